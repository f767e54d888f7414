"""Day, month, quarter and year of a section: mean concentrations first, then the class (环办〔2011〕22号 一(二))."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.frame import enter
from guatu.compute.dated import days
from guatu.compute.readings import need, scaled
from guatu.compute.surface_water.grades import in_words, main_pollutants, section_grade
from guatu.compute.surface_water.items import ROOM, kinds, present, take
from guatu.compute.surface_water.means import SectionMean, section_means
from guatu.compute.surface_water.samples import classed


def day(frame: Any, items: Sequence[str] | None = None) -> Any:
    """Days of automatic stations: the mean of the four-hour values. Columns as ``month``; n counts the values."""
    return _of("day", frame, items, True, ())


def month(frame: Any, items: Sequence[str] | None = None, *, automatic: bool = False) -> Any:
    """One row a section and month with the mean concentrations and what follows from them.

    frame: ``section time kind`` and items as in ``sample_class``; automatic: the readings are of automatic stations,
    so days are averaged first. Returns ``section kind period``, the items [mg/L, rounded as judged], ``n`` (samples,
    or days), ``class`` [1 to 6], ``deciding``, ``grade``, ``pollutants`` and ``flag`` (null, or what falls short).
    Raises ComputeError for a missing column, a doubled (section, time) or a section of two kinds.
    """
    return _of("month", frame, items, automatic, ())


def quarter(frame: Any, items: Sequence[str] | None = None, *, automatic: bool = False) -> Any:
    """Quarters: the mean of at least two samplings (of the days of an automatic station); fewer are flagged."""
    return _of("quarter", frame, items, automatic, ())


def year(
    frame: Any, items: Sequence[str] | None = None, *, automatic: bool = False, ice_bound: Collection[str] = ()
) -> Any:
    """Years: the mean of twelve monthly means, of at least eight in sections named in ice_bound; fewer are flagged.

    The class is that of the yearly mean concentrations, not the worst or the most frequent month.
    """
    return _of("year", frame, items, automatic, ice_bound)


def _of(length: str, frame: Any, items: Sequence[str] | None, automatic: bool, ice_bound: Collection[str]) -> Any:
    lazy, back = enter(frame)
    found = means_of(lazy.collect(), length, items, automatic)
    return back(told(found, length, ice_bound).lazy())


def means_of(
    table: pl.DataFrame, length: str, items: Sequence[str] | None = None, automatic: bool = False
) -> list[SectionMean]:
    """The exact means behind a table of samples, by section and period."""
    need(table, ["section", "time"], ROOM)
    chosen = present(table, items)
    day_of = days(table, ROOM)
    assert day_of is not None
    keys = [table["section"].cast(pl.String), table["time"], kinds(table).alias("_kind"), day_of.alias("_day")]
    return section_means(pl.DataFrame(keys), length, chosen, take(table, chosen).counted("half"), automatic)


def told(means: Sequence[SectionMean], length: str, ice_bound: Collection[str] = ()) -> pl.DataFrame:
    """One row a mean: rounded items, class, deciding items, grade, main pollutants, what falls short."""
    values = [one.settled() for one in means]
    chosen = list(dict.fromkeys(item for row in values for item in row))
    amounts = pl.DataFrame(
        {item: [scaled(row[item]) if item in row else None for row in values] for item in chosen},
        schema=dict.fromkeys(chosen, pl.Int64),
    )
    kind = pl.Series("kind", [one.kind for one in means], dtype=pl.String)
    last = pl.Series("_day", [one.last for one in means], dtype=pl.Date)
    answers = (
        classed(amounts, chosen, kind, last)
        if chosen
        else pl.DataFrame(schema={"class": pl.Int64, "deciding": pl.String})
    )
    words = [
        (section_grade(grade, one.last), in_words(main_pollutants(row, one.last, one.kind), one.last))
        for grade, row, one in zip(answers["class"], values, means, strict=True)
    ]
    return pl.DataFrame(
        [
            pl.Series("section", [one.section for one in means], dtype=pl.String),
            kind,
            pl.Series("period", [_written(one.first, length) for one in means], dtype=pl.String),
            *(
                pl.Series(item, [float(row[item]) if item in row else None for row in values], dtype=pl.Float64)
                for item in chosen
            ),
            pl.Series("n", [one.n for one in means], dtype=pl.Int64),
            answers["class"],
            answers["deciding"],
            pl.Series("grade", [grade for grade, _ in words], dtype=pl.String),
            pl.Series("pollutants", [named or None for _, named in words], dtype=pl.String),
            pl.Series("flag", [_shortfall(one, length, ice_bound) for one in means], dtype=pl.String),
        ]
    )


def _shortfall(mean: SectionMean, length: str, ice_bound: Collection[str]) -> str | None:
    least = rules.at("water.means", mean.last).value
    if length == "quarter" and mean.n < least["quarter_samples"]:
        return f"采样次数不足（{mean.n}/{least['quarter_samples']}）"
    months = least["ice_months" if mean.section in ice_bound else "year_months"]
    return f"月数不足（{mean.n}/{months}）" if length == "year" and mean.n < months else None


def _written(first: date, length: str) -> str:
    return {
        "day": first.isoformat(),
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}Q{(first.month + 2) // 3}",
        "year": f"{first.year}",
    }[length]
