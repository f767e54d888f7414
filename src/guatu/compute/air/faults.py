"""Hours that cannot become a station-day: negative, doubled, off the hour. All of them are said at once."""

from __future__ import annotations

import polars as pl

from guatu.compute.air.door import milliseconds, whole
from guatu.compute.air.packing import HOUR, LIMIT
from guatu.compute.air.pollutants import SIX
from guatu.errors import ComputeError, Fault


def refuse(days: pl.DataFrame, lazy: pl.LazyFrame, keys: list[str], schema: pl.Schema) -> None:
    """Raise ComputeError (G-AIR-04, 05, 06) if the sums of station-days show faulty hours; the first is located."""
    hours = pl.sum_horizontal([pl.col(f"__h{hour}") > 0 for hour in range(24)])
    doubled = days.filter(pl.col("date").is_not_null() & (pl.col("__rows") != hours))
    off, bad = days.filter(pl.col("__off") > 0), days.filter(pl.col("__bad") > 0)
    faults = []
    if len(bad):
        values = pl.any_horizontal(*[(whole(n, schema[n]) < 0) | (whole(n, schema[n]) >= LIMIT) for n in SIX])
        where = _first(lazy.filter(values), keys)
        what = f"{bad['__bad'].sum()} 行的浓度为负或大得不可能"
        faults.append(Fault("G-AIR-04", where, what, "均值会被带偏", "改正这些值，缺测的留空"))
    if len(doubled):
        where = _first(lazy.filter(pl.struct(*keys, "time").is_duplicated()), keys)
        what = f"{len(doubled)} 个站点日里同一站点同一小时有两行"
        faults.append(Fault("G-AIR-05", where, what, "一个小时会被算两次", "每站每小时只留一行"))
    if len(off):
        where = _first(lazy.filter((milliseconds(schema["time"]) % HOUR != 0).fill_null(True)), keys)
        what = f"{off['__off'].sum()} 行的时间缺失、认不出来或不在整点"
        faults.append(Fault("G-AIR-06", where, what, "小时值归不到哪一小时", "时间写成整点，如 2026-03-01 01:00"))
    if faults:
        raise ComputeError("hours that cannot become station-days", faults)


def _first(lazy: pl.LazyFrame, keys: list[str]) -> str:
    found = lazy.select(*keys, "time").head(1).collect()
    if not len(found):
        return "输入的数据"
    *names, time = found.row(0)
    return f"站点 {'、'.join(str(name) for name in reversed(names))}，{time}"
