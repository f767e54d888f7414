"""Statistics of city days over a month, a quarter, a year or any stretch of days (HJ 663)."""

from __future__ import annotations

from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import half_even_quotient
from guatu.base.frame import enter
from guatu.base.period import Period
from guatu.compute.air.attainment import attained
from guatu.compute.air.cities import O3_1H, city_day_lazy, daily_items
from guatu.compute.air.composite import composite_hundredths
from guatu.compute.air.door import date_of, demand, whole
from guatu.compute.air.edition import by_day
from guatu.compute.air.index import good_limit, judged
from guatu.compute.air.percentile import percentile_hundredths
from guatu.compute.air.pollutants import DAILY, MEANS, decimals, in_unit
from guatu.compute.air.validity import shortfalls

VERDICT = ("aqi", "level", "primary", "aqi_reason")


def year(frame: Any, *, reading: str | None = None, roster: Any = None) -> Any:
    """Statistics of each city and calendar year: ``period`` by year, with the column ``year`` [int] in place of it.

    Input, clauses and errors: see ``period``.
    """
    lazy, back = enter(frame)
    found = period_lazy(lazy, "year", reading, None if roster is None else enter(roster)[0])
    return back(found.with_columns(pl.col("period").cast(pl.Int32)).rename({"period": "year"}))


def period(frame: Any, by: str | Period = "year", *, reading: str | None = None, roster: Any = None) -> Any:
    """Statistics of each city over periods.

    frame: city days (``city date pm25 pm10 so2 no2 co o3_8h``; ``aqi`` where there is one, ``o3_1h`` as
    for ``city_day``), station days or hours.
    by: ``month``, ``quarter``, ``year``, or one Period, e.g. ``Period.of("2026").until(day)`` for a running year.
    reading: None keeps the frame's own ``aqi``, or else judges each day by its date; ``by_date``, ``2012`` and
    ``2026`` judge anew. roster: see ``city_day``.
    Returns ``city period first last``; ``good_days valid_days good_ratio`` [%], ``heavy_days``; ``pm25_mean pm10_mean
    so2_mean no2_mean co_p95 o3_p90 pm25_p95 pm10_p95 so2_p98 no2_p98`` at the decimals of HJ 663; the exact
    ``sum_*`` (CO in tenths) and ``n_*`` of daily values; ``valid_*``; ``composite``; ``attain_*`` and ``attain``
    (null: not decided), ``over_*`` (times over, null where not over); ``edition``; ``flags``, a shortfall each.
    Clauses: annual mean = mean of daily means (GB 3095 3.13); percentiles 附录A.6; good days over valid days;
    composite index 环办〔2014〕64号. The edition is that of the period's last day.
    Errors: ComputeError G-AIR-01, 02 (columns), G-AIR-08 (no such reading); from hours those of ``station_day``.
    """
    lazy, back = enter(frame)
    return back(period_lazy(lazy, by, reading, None if roster is None else enter(roster)[0]))


def period_lazy(
    lazy: pl.LazyFrame, by: str | Period, reading: str | None, roster: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """period on a LazyFrame."""
    schema = lazy.collect_schema()
    if "time" in schema or "station" in schema:
        lazy = city_day_lazy(lazy, roster, reading or "by_date")
        schema = lazy.collect_schema()
    demand(schema, ("city", "date", *DAILY), (*DAILY, O3_1H))
    values = {name: whole(name, schema[name]) for name in (*DAILY, O3_1H) if name in schema}
    days = lazy.select("city", *_aqi(schema, reading), date=date_of(schema["date"]), **values)
    if "aqi" not in schema or reading is not None:
        instead = {"o3_8h": (O3_1H, pl.col(O3_1H))} if O3_1H in schema else {}
        days = judged(days, daily_items(""), pl.col("date"), reading or "by_date", instead=instead)
    days = _named(days, by)
    aqi = pl.col("aqi")
    heavy = rules.timeline("hj633.heavy_above")[-1].value
    shares = rules.timeline("hj663.percentile")[-1].value
    found = days.group_by("city", "period", "first", "last").agg(
        good_days=(aqi <= good_limit()).sum().cast(pl.Int32),
        valid_days=aqi.count().cast(pl.Int32),
        heavy_days=(aqi > heavy).sum().cast(pl.Int32),
        **{f"sum_{name}": pl.col(name).sum() for name in DAILY},
        **{f"n_{name}": pl.col(name).count().cast(pl.Int32) for name in DAILY},
        **{f"__p_{name}": percentile_hundredths(name, shares[name]) for name in DAILY},
    )
    found = shortfalls(found, days, by)
    return _statistics(found, reading or "by_date").sort("city", "first")


def _aqi(schema: pl.Schema, reading: str | None) -> list[pl.Expr]:
    return [pl.col("aqi").cast(pl.Int32)] if "aqi" in schema and reading is None else []


def _named(days: pl.LazyFrame, by: str | Period) -> pl.LazyFrame:
    """Give each day its period: name, first and last day."""
    date = pl.col("date")
    if isinstance(by, Period):
        bounds = {"first": pl.lit(by.first), "last": pl.lit(by.last), "period": pl.lit(str(by))}
        return days.filter(date.is_between(by.first, by.last)).with_columns(**bounds)
    step = {"month": "1mo", "quarter": "1q", "year": "1y"}[by]
    first = date.dt.truncate(step)
    form = {
        "month": first.dt.strftime("%Y-%m"),
        "quarter": pl.format("{}Q{}", date.dt.year(), date.dt.quarter()),
        "year": date.dt.year().cast(pl.String),
    }[by]
    return days.with_columns(first=first, last=first.dt.offset_by(step).dt.offset_by("-1d"), period=form)


def statistic_name(column: str) -> str:
    """The name of a pollutant's percentile column: ``co_p95``, ``o3_p90``."""
    share = rules.timeline("hj663.percentile")[-1].value[column]
    return f"{'o3' if column == 'o3_8h' else column}_p{share}"


def _statistics(found: pl.LazyFrame, reading: str) -> pl.LazyFrame:
    last = pl.col("last")
    ratio = half_even_quotient(pl.col("good_days").cast(pl.Int64) * 1000, pl.col("valid_days").cast(pl.Int64))
    evaluated = {f"__e_{name}": _mean(name, 0) for name in MEANS}
    evaluated |= {f"__q_{name}": half_even_quotient(pl.col(f"__p_{name}"), 100) for name in DAILY}
    found = found.with_columns(**evaluated)
    index = {name: pl.col(f"__e_{name}" if name in MEANS else f"__q_{name}") for name in DAILY}
    found = attained(
        found.with_columns(
            good_ratio=(ratio / 10.0).round(1),
            **{f"{name}_mean": _printed_mean(name, last, reading) for name in MEANS},
            **{statistic_name(name): in_unit(pl.col(f"__q_{name}"), name) for name in DAILY},
            composite=(
                by_day("composite.limits", last, reading, lambda limits: composite_hundredths(index, limits)) / 100.0
            ).round(2),
            edition=by_day_edition(last, reading),
        ),
        reading,
    )
    means = [f"{name}_mean" for name in MEANS]
    order = ("co", "o3_8h", "pm25", "pm10", "so2", "no2")
    return found.select(
        "city", "period", "first", "last", "good_days", "valid_days", "good_ratio", *means,
        *[statistic_name(name) for name in order], "composite", "heavy_days",
        *[f"sum_{name}" for name in DAILY], *[f"n_{name}" for name in DAILY], *[f"valid_{name}" for name in DAILY],
        *[f"attain_{name}" for name in DAILY], "attain", *[f"over_{name}" for name in DAILY], "edition", "flags",
    )  # fmt: skip


def _mean(name: str, more: int) -> pl.Expr:
    return half_even_quotient(pl.col(f"sum_{name}") * 10**more, pl.col(f"n_{name}").cast(pl.Int64))


def _printed_mean(name: str, last: pl.Expr, reading: str) -> pl.Expr:
    """The mean at the decimals of a statistic (HJ 663 表3), as a number people read."""

    def rounded(places: Any) -> pl.Expr:
        more = int(places[name]) - decimals(name)
        return (_mean(name, more) / float(10**more)).round(more)

    return by_day("hj663.decimals.statistic", last, reading, rounded)


def by_day_edition(last: pl.Expr, reading: str) -> pl.Expr:
    """The edition of GB 3095 that judges a period."""
    if reading != "by_date":
        return pl.lit(reading)
    found: pl.Expr = pl.lit(None, dtype=pl.String)
    for rule in rules.timeline("gb3095.pm25.annual"):
        found = pl.when(last >= rule.since).then(pl.lit(rule.edition)).otherwise(found)
    return found
