"""Station days from hours: 24 h means, O3 daily maximum 8 h mean, validity (GB 3095 表4, HJ 663 6.1.2)."""

from __future__ import annotations

from typing import Any

import polars as pl

from guatu.base.exact import half_even_quotient
from guatu.base.frame import enter
from guatu.compute.air.door import HOUR, demand, milliseconds, whole
from guatu.compute.air.edition import by_day
from guatu.compute.air.faults import refuse
from guatu.compute.air.ozone import SLOT, eight_hour_day, packed
from guatu.compute.air.pollutants import DAILY, SIX, in_unit

FIVE = ("pm25", "pm10", "so2", "no2", "co")


def station_day(frame: Any) -> Any:
    """Daily values of each station from its hours.

    frame: any kind of frame with ``station time`` (hour-ending, Asia/Shanghai; 00:00 belongs to the day before),
    ``pm25 pm10 so2 no2 o3`` [ug/m3] and ``co`` [mg/m3]; ``city`` is carried along where it is there. Hours may be
    absent or null. Returns, by station and day: ``station [city] date pm25 pm10 so2 no2 co o3_8h``, ``n_*`` (hours
    with a value; for n_o3_8h valid 8 h windows of 17) and ``valid_*``; a value that is not valid is null.
    A LazyFrame is computed here, year by year, so that faults surface at the call.
    Clauses: day mean of at least 20 hours (GB 3095 表4); 8 h windows ending 08 to 24 of at least 6 hours, at least
    14 of them, or fewer if their maximum already exceeds the class II limit (HJ 663 6.1.2); half-even (GB/T 8170).
    Errors: ComputeError G-AIR-01, 02, 03; G-AIR-04 negative values; G-AIR-05 doubled (station, time); G-AIR-06 stamps
    that are no time or not on the hour.
    """
    lazy, back = enter(frame)
    return back(station_day_lazy(lazy))


def station_day_lazy(lazy: pl.LazyFrame) -> pl.LazyFrame:
    """station_day on a LazyFrame, computed."""
    schema = lazy.collect_schema()
    demand(schema, ("station", "time", *SIX), SIX)
    keys = ["station", "city"] if "city" in schema else ["station"]
    days = _sums(lazy, keys, schema).collect(engine="streaming")
    refuse(days, lazy, keys, schema)
    return _values(days.lazy(), keys)


def _sums(lazy: pl.LazyFrame, keys: list[str], schema: pl.Schema) -> pl.LazyFrame:
    """Exact sums and counts of each station-day in one pass, O3 packed into 24 slots."""
    stamp = milliseconds(schema["time"])
    rows = lazy.select(*keys, __t=stamp, **{name: whole(name, schema[name]) for name in SIX}).with_columns(
        __hour=(pl.col("__t") - 1) // HOUR
    )
    rows = rows.with_columns(
        date=(pl.col("__hour") // 24).cast(pl.Int32),
        __slot=(pl.col("__hour") % 24).cast(pl.UInt8),
        __off=(pl.col("__t") % HOUR != 0).fill_null(True),
        __bad=(pl.min_horizontal(*SIX) < 0) | (pl.col("o3") >= SLOT),
    )
    return rows.group_by(*keys, "date").agg(
        *[pl.col(name).sum().alias(f"sum_{name}") for name in FIVE],
        *[pl.col(name).count().alias(f"n_{name}") for name in FIVE],
        *packed(pl.col("o3"), pl.col("__slot")),
        __rows=pl.col("__slot").count(),
        __off=pl.col("__off").sum(),
        __bad=pl.col("__bad").sum(),
    )


def _values(days: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    days = days.with_columns(pl.col("date").cast(pl.Date))
    date = pl.col("date")
    least = by_day("hj663.day.min_hours", date, "by_date", lambda hours: pl.lit(int(hours)))
    days = eight_hour_day(days).with_columns(
        **{f"valid_{name}": (pl.col(f"n_{name}") >= least).fill_null(False) for name in FIVE}
    )
    means = {name: half_even_quotient(pl.col(f"sum_{name}"), pl.col(f"n_{name}").cast(pl.Int64)) for name in FIVE}
    means["o3_8h"] = pl.col("o3_8h")
    days = days.with_columns(
        **{name: in_unit(pl.when(pl.col(f"valid_{name}")).then(means[name]), name) for name in DAILY}
    )
    counts = [pl.col(f"n_{name}").cast(pl.Int32) for name in DAILY]
    valid = [f"valid_{name}" for name in DAILY]
    return days.select(*keys, "date", *DAILY, *counts, *valid).sort(*reversed(keys), "date")
