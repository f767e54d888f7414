"""A day appended or an old day corrected: only what depends on it is computed again, and equals the full run."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import polars as pl

from guatu.compute import air


def patched(
    days: pl.DataFrame, hours: pl.LazyFrame, roster: pl.DataFrame, day: date, cities: list[str]
) -> pl.DataFrame:
    """City days with one day of some cities computed again from the hours."""
    own = hours.filter(pl.col("city").cast(pl.String).is_in(cities)) if cities else hours
    fresh = air.city_day(air.of_days(own, day, day), roster=roster).collect()
    fresh = fresh.with_columns(pl.col("city").cast(days.schema["city"]))
    kept = days.join(fresh.select("city", "date"), on=["city", "date"], how="anti")
    return pl.concat([kept, fresh]).sort("city", "date")


def measured(path: Path, year: int) -> dict[str, float | bool]:
    """Seconds of appending the nation's last day and of correcting one old city-day; both against full runs."""
    hours = pl.scan_parquet(path)
    roster = hours.select("city", "station").unique().collect()
    last, old = date(year, 12, 31), date(year, 3, 5)
    full = air.city_day(hours, roster=roster).collect()
    before = full.filter(pl.col("date") < last)
    start = time.perf_counter()
    appended = patched(before, hours, roster, last, [])
    append = time.perf_counter() - start
    city = str(full["city"][0])
    wrong = hours.with_columns(
        pm25=pl.when((pl.col("city").cast(pl.String) == city) & (pl.col("time").dt.date() == old))
        .then(pl.col("pm25") + 9)
        .otherwise("pm25")
    )
    corrected_full = air.city_day(wrong, roster=roster).collect()
    start = time.perf_counter()
    corrected = patched(patched(full, wrong, roster, old, [city]), wrong, roster, date(year, 3, 4), [city])
    statistics = air.year(corrected.filter(pl.col("city").cast(pl.String) == city))
    correct = time.perf_counter() - start
    same_year = statistics.equals(air.year(corrected_full.filter(pl.col("city").cast(pl.String) == city)))
    return {
        "append_day_s": append,
        "append_equal": appended.equals(full.sort("city", "date")),
        "correct_day_s": correct,
        "correct_equal": corrected.equals(corrected_full.sort("city", "date")) and same_year,
    }
