"""Exact sums behind the means of a section: day, month, quarter, year, with pH through the hydrogen ion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.compute.readings import PLACES, UNIT, average
from guatu.compute.surface_water.items import ROOM
from guatu.errors import ComputeError

_IONS = 10**30  # hydrogen ions are counted in 1e-30 mol/L: 16 digits are left at pH 14
_DEEP = Context(prec=60)
_QUIET = Decimal("1e-12")  # a mean of equal pH comes back as that pH


EVERY = {"day": "1d", "month": "1mo", "quarter": "1q", "year": "1y"}


@dataclass(frozen=True, slots=True)
class SectionMean:
    """The exact means of one section over one period.

    values: item → mean [unit of the item; ph as mol/L of hydrogen ions]; n: samples, slots, days or months averaged;
    first: first day of the period; last: the last day with a reading, whose standard judges.
    """

    section: str
    kind: str
    first: date
    last: date
    values: Mapping[str, Fraction]
    n: int

    def settled(self) -> dict[str, Decimal]:
        """The means as they are judged."""
        return {item: settled(item, mean, self.last) for item, mean in self.values.items()}


def section_means(
    table: pl.DataFrame, length: str, items: Sequence[str], readings: pl.DataFrame, automatic: bool
) -> list[SectionMean]:
    """The means of each section and period, through days (automatic) and months (year) where the rule says so.

    table: ``section time _kind _day``; readings: the items [1e-9] row by row; length: day, month, quarter or year.
    """
    refuse_doubles(table)
    wide = with_ions(table.select("section", "time", "_kind", "_day").hstack(readings.select(items)))
    if automatic:
        wide = one_a_slot(wide, items)
    ladder = [*(["day"] if automatic and length != "day" else []), *(["month"] if length == "year" else []), length]
    keys: list[str | pl.Expr] = ["section", "_kind", pl.col("_day").dt.truncate(EVERY[ladder[0]]).alias("_first")]
    sums = sum_up(wide, items, keys)
    parts, steps = 1, ladder[1:]
    if steps and ladder[0] == "day":
        sums, parts = _days_together(sums, items, steps[0])
        steps = steps[1:]
    lowest = [
        SectionMean(
            row["section"],
            row["_kind"],
            row["_first"],
            row["_last"],
            {item: mean for item in items if (mean := mean_of(row, item, parts)) is not None},
            row["_n"],
        )
        for row in sums.iter_rows(named=True)
    ]
    found = [one for one in lowest if one.values]
    for step in steps:
        found = _rolled(found, step)
    return sorted(found, key=lambda one: (one.section, one.first))


def _days_together(days: pl.DataFrame, items: Sequence[str], step: str) -> tuple[pl.DataFrame, int]:
    """Sums of the means of days over a longer step, all in one part of a count, and that part.

    A day has at most its slots (six of four hours), so the means of all days share the small denominator returned, and
    their sum stays a whole number.
    """
    counts = {count for item in items for count in days[f"{item}#"].unique() if count}
    parts = lcm(*counts) if counts else 1
    there = pl.any_horizontal(pl.col(f"{item}#") > 0 for item in items)
    scaled = [
        (pl.col(item).cast(pl.Int128) * (parts // pl.when(pl.col(f"{item}#") > 0).then(f"{item}#"))).alias(item)
        for item in items
    ]
    first = pl.col("_first").dt.truncate(EVERY[step])
    return (
        days.filter(there)
        .select("section", "_kind", first, "_last", *scaled)
        .group_by("section", "_kind", "_first", maintain_order=True)
        .agg(
            *(pl.col(item).sum() for item in items),
            *(pl.col(item).count().alias(f"{item}#") for item in items),
            pl.len().alias("_n"),
            pl.col("_last").max(),
        ),
        parts,
    )


def _rolled(parts: Sequence[SectionMean], step: str) -> list[SectionMean]:
    """The mean of the parts that fall into one longer period, item by item over the parts that have it."""
    groups: dict[tuple[str, str, date], list[SectionMean]] = {}
    for part in parts:
        groups.setdefault((part.section, part.kind, _start(part.first, step)), []).append(part)
    return [
        SectionMean(
            section, kind, first, max(one.last for one in group), average([one.values for one in group]), len(group)
        )
        for (section, kind, first), group in groups.items()
    ]


def _start(day: date, step: str) -> date:
    month = {"month": day.month, "quarter": day.month - (day.month - 1) % 3, "year": 1}[step]
    return date(day.year, month, 1)


def sum_up(table: pl.DataFrame, items: Sequence[str], keys: Sequence[str | pl.Expr]) -> pl.DataFrame:
    """Per group ``<item>`` sum [1e-9], ``<item>#`` number of values, ``_n`` rows with a value, ``_last`` day."""
    return table.group_by(keys, maintain_order=True).agg(
        *(pl.col(item).sum() for item in items),
        *(pl.col(item).count().alias(f"{item}#") for item in items),
        pl.any_horizontal(pl.col(item).is_not_null() for item in items).sum().alias("_n"),
        pl.col("_day").max().alias("_last"),
    )


def with_ions(table: pl.DataFrame) -> pl.DataFrame:
    """Replace ph [1e-9] by its hydrogen ions as 128-bit integers; a table without ph stays as it is."""
    if "ph" not in table.columns or table["ph"].dtype == pl.Int128:
        return table
    known = table["ph"].drop_nulls().unique().to_list()
    ions = [int(Decimal(_IONS) * _DEEP.power(10, Decimal(-one) / UNIT)) for one in known]
    lookup = pl.DataFrame([pl.Series("ph", known, dtype=pl.Int64), pl.Series("_ions", ions, dtype=pl.Int128)])
    return table.join(lookup, on="ph", how="left", maintain_order="left").drop("ph").rename({"_ions": "ph"})


def one_a_slot(table: pl.DataFrame, items: Sequence[str]) -> pl.DataFrame:
    """The first value of each item in each four-hour slot of an automatic station; what follows repeats it.

    table has ``section``, ``_kind``, ``_day`` and ``time`` with the hour; slots run from midnight.
    """
    if not table["time"].dtype.is_temporal() or table["time"].dtype == pl.Date:
        raise ComputeError.of(
            "automatic readings need a date and time",
            f"G-{ROOM}-11",
            "列 time",
            "只有日期或是文本",
            "自动站数据按 4 小时取值",
            "给出带钟点的时间类型",
        )
    hours = rules.timeline("water.slot_hours")[-1].value
    slot = (pl.col("time").dt.hour() // hours).alias("_slot")
    groups = table.sort("time", maintain_order=True).group_by("section", "_kind", "_day", slot, maintain_order=True)
    return groups.agg(pl.col(item).drop_nulls().first() for item in items)


def mean_of(row: Mapping[str, object], item: str, parts: int = 1) -> Fraction | None:
    """The exact mean of a summed row [unit of the item; for ph mol/L of ions], None without values.

    parts: into how many the sums were cut to be whole numbers.
    """
    total, count = row[item], row[f"{item}#"]
    if not count:
        return None
    assert isinstance(total, int)
    assert isinstance(count, int)
    return Fraction(total, count * parts * (_IONS if item == "ph" else UNIT))


def settled(item: str, mean: Fraction, day: date) -> Decimal:
    """The mean as it is judged: rounded half-even to the item's decimals, a value above zero never to zero."""
    value = acidity(mean) if item == "ph" else mean
    decimals = rules.at("water.items", day).value[item]["decimals"]
    rounded = half_even(value, decimals)
    while not rounded and value > 0 and decimals < PLACES:
        decimals += 1
        rounded = half_even(value, decimals)
    return rounded


@lru_cache(maxsize=4096)
def acidity(ions: Fraction) -> Decimal:
    """pH of a mean of hydrogen ions [mol/L] to twelve decimals."""
    concentration = _DEEP.divide(Decimal(ions.numerator), Decimal(ions.denominator))
    return -_DEEP.log10(concentration).quantize(_QUIET, context=_DEEP)


def refuse_doubles(table: pl.DataFrame) -> None:
    """Two rows of one section at one time would count twice (G-WATER-09); one section is of one kind (G-WATER-10)."""
    twice = table.filter(pl.struct("section", "time").is_duplicated())
    if twice.height:
        section, time = twice.row(0, named=True)["section"], twice.row(0, named=True)["time"]
        raise ComputeError.of(
            f"{twice.height} rows share section and time",
            f"G-{ROOM}-09",
            f"断面 {section} {time}",
            f"有重复的记录（共 {twice.height} 行重复）",
            "重复的记录会在均值里多算",
            "每个断面每个时间只留一行",
        )
    mixed = table.group_by("section").agg(pl.col("_kind").n_unique()).filter(pl.col("_kind") > 1)
    if mixed.height:
        raise ComputeError.of(
            f"{mixed.height} sections have two kinds",
            f"G-{ROOM}-10",
            f"断面 {mixed['section'][0]}",
            "既写作河流又写作湖库",
            "两类水体总磷标准不同",
            "统一该断面的 kind",
        )
