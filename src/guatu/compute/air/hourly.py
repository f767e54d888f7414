"""Hourly AQI as the national platform publishes it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from guatu.base.frame import enter
from guatu.compute.air.door import day_of_hour, demand, whole
from guatu.compute.air.index import instead_of, judged
from guatu.compute.air.pollutants import SIX


def hourly_aqi(frame: Any, *, reading: str = "by_date", not_monitored: Collection[str] = ()) -> Any:
    """Each row's hourly AQI: the frame with ``aqi level primary aqi_reason`` added, rows and columns kept.

    frame: any kind of frame with ``time`` (hour-ending, Asia/Shanghai), ``pm25 pm10 so2 no2 o3`` [ug/m3] and ``co``
    [mg/m3], all 1 h means; a null or negative value is missing. Optionally ``so2_24h`` [ug/m3]: under HJ 633-2012 the
    24 h mean decides where SO2 is above 800; without it such a row has no AQI.
    reading: ``by_date``, ``2012`` or ``2026``. not_monitored: pollutants left out by HJ 633-2026 5.3.2.
    Returns aqi [0 to 500], null where it cannot be published; level 1 to 6; primary joined by ",", null at AQI <= 50;
    aqi_reason, why there is none or what was missing.
    Clauses: six 1 h values, particles through the 24 h column of the table, as the national platform does (HJ 633-2012
    practice; HJ 633-2026 real-time report); 2026-03-01 00:00 is the last hour of 2012. A missing value: the rest
    decides, from 2026 only above 100 (5.3.1).
    Errors: ComputeError G-AIR-01 to 03, G-AIR-08 (no such reading), G-FRAME-01.
    """
    lazy, back = enter(frame)
    schema = lazy.collect_schema()
    demand(schema, ("time", *SIX), (*SIX, "so2_24h"))
    items = {name: (f"{name}_1h", whole(name, schema[name])) for name in SIX}
    day = day_of_hour(schema["time"])
    instead = instead_of(schema, "so2", "so2_24h")
    return back(judged(lazy, items, day, reading, not_monitored, "hj633.missing.hour", instead))


def hourly_aqi_by_text(frame: Any) -> Any:
    """Each row's hourly AQI by the letter of HJ 633-2012 5.1.3, which the national platform did not follow.

    frame: any kind of frame with ``time`` (hour-ending, Asia/Shanghai), 1 h means ``so2 no2 o3`` [ug/m3] and ``co``
    [mg/m3], and the running means ``o3_8h pm10_24h pm25_24h`` [ug/m3] as they stand at that hour; optionally
    ``so2_24h`` [ug/m3], which decides where SO2 is above 800. Where o3_8h is above 800 the 1 h value decides (表1注).
    Returns the columns of ``hourly_aqi``. The edition of 2012 judges every row: that of 2026 has 1 h values only, and
    ``hourly_aqi`` is its letter. Errors: ComputeError G-AIR-01 to 03, G-FRAME-01.
    """
    lazy, back = enter(frame)
    schema = lazy.collect_schema()
    running = {"pm25": "pm25_24h", "pm10": "pm10_24h", "o3_8h": "o3_8h"}
    hourly = ("so2", "no2", "co", "o3")
    columns = (*hourly, *running.values())
    demand(schema, ("time", *columns), (*columns, "so2_24h"))
    items = {name: (f"{name}_1h", whole(name, schema[name])) for name in hourly}
    items |= {name: (item, whole(item, schema[item])) for name, item in running.items()}
    instead = instead_of(schema, "so2", "so2_24h") | {"o3_8h": items["o3"]}
    day = day_of_hour(schema["time"])
    return back(judged(lazy, items, day, "2012", (), "hj633.missing.hour", instead))
