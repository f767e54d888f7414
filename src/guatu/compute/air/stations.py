"""Station days from hours: 24 h means, O3 daily maximum 8 h mean, validity (GB 3095 表4, HJ 663 6.1.2)."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

import polars as pl

from guatu.base.exact import half_even_quotient
from guatu.base.frame import enter
from guatu.compute.air.door import demand, milliseconds, whole
from guatu.compute.air.edition import by_day
from guatu.compute.air.faults import refuse
from guatu.compute.air.key import Key
from guatu.compute.air.ozone import eight_hour_day
from guatu.compute.air.packing import FIVE, added, pack, unpacked
from guatu.compute.air.pollutants import DAILY, SIX, in_unit

AT_ONCE = 20_000_000
"""Rows summed in one pass: more than the national network of a year, within some hundred MB."""


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
    days, key = whole_days(lazy)
    columns = [*(f"n_{name}" for name in DAILY), *(f"valid_{name}" for name in DAILY)]
    values = {name: in_unit(pl.col(name), name) for name in DAILY}
    found = days.lazy().with_columns(**key.names(pl.col("__key")), **values)
    names = [name for name in ("station", "city") if name in key.kinds]
    return back(found.select(*names, "date", *DAILY, *columns).sort(*key.kinds, "date"))


def whole_days(lazy: pl.LazyFrame) -> tuple[pl.DataFrame, Key]:
    """Station days of hours as ``__key date``, whole-number DAILY (null: not valid), ``n_*`` and ``valid_*``."""
    schema = lazy.collect_schema()
    demand(schema, ("station", "time", *SIX), SIX)
    key = Key.of(schema)
    parts = [_summed(part, key, schema) for part in _by_year(lazy, schema)]
    return pl.concat(parts), key


def _summed(lazy: pl.LazyFrame, key: Key, schema: pl.Schema) -> pl.DataFrame:
    """The days of hours in one pass, refused where hours are faulty."""
    rows = lazy.select(
        *key.kinds, __t=milliseconds(schema["time"]), **{name: whole(name, schema[name]) for name in SIX}
    )
    days = unpacked(added(pack(rows, key))).collect(engine="streaming")
    refuse(days, lazy, list(key.kinds), schema)
    return _values(days.lazy()).collect(engine="streaming")


def _by_year(lazy: pl.LazyFrame, schema: pl.Schema) -> list[pl.LazyFrame]:
    """Hours too many to be summed at once, by calendar year: memory then does not grow with the years."""
    kind = schema["time"]
    if not isinstance(kind, pl.Datetime) or kind.time_zone is not None:
        return [lazy]
    time = pl.col("time")
    span = lazy.select(n=pl.len(), first=time.min(), last=time.max(), gone=time.null_count())
    n, first, last, gone = span.collect(engine="streaming").row(0)
    if n <= AT_ONCE or gone:
        return [lazy]
    turns = [datetime(year, 1, 1) for year in range(first.year, last.year + 2)]
    return [lazy.filter((time > start) & (time <= end)) for start, end in pairwise([datetime.min, *turns[1:]])]


def _values(days: pl.LazyFrame) -> pl.LazyFrame:
    least = by_day("hj663.day.min_hours", pl.col("date"), "by_date", lambda hours: pl.lit(int(hours)))
    days = eight_hour_day(days).with_columns(
        **{f"valid_{name}": (pl.col(f"n_{name}") >= least).fill_null(False) for name in FIVE}
    )
    means = {name: half_even_quotient(pl.col(f"sum_{name}"), pl.col(f"n_{name}")) for name in FIVE}
    means["o3_8h"] = pl.col("o3_8h")
    values = {name: pl.when(pl.col(f"valid_{name}")).then(means[name]) for name in DAILY}
    counts = [pl.col(f"n_{name}").cast(pl.Int32) for name in DAILY]
    return days.select("__key", "date", *counts, *[f"valid_{name}" for name in DAILY], **values)
