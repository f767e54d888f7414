"""One day, one concentration: the index functions on single values, for a person, a page or a test."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import Exact, half_even
from guatu.compute.air.breakpoints import ABSENT, marked
from guatu.compute.air.cities import O3_1H, daily_items
from guatu.compute.air.index import good_limit, judged, level_of
from guatu.compute.air.pollutants import DAILY, decimals


@dataclass(frozen=True, slots=True)
class Verdict:
    """The AQI of a day: aqi and level None with a reason where it cannot be stated; name and colour of the level."""

    aqi: int | None
    level: int | None
    primary: tuple[str, ...]
    reason: str = ""

    @property
    def name(self) -> str:
        """优, 良, 轻度污染 …; empty without an AQI."""
        return "" if self.level is None else str(_class(self.level)["name"])

    @property
    def rgb(self) -> tuple[int, int, int] | None:
        """The colour of the level (HJ 633 附录A)."""
        if self.level is None:
            return None
        red, green, blue = _class(self.level)["rgb"]
        return red, green, blue


def sub_index(item: str, concentration: Exact, day: date, reading: str = "by_date") -> int | None:
    """The IAQI of one item such as ``pm25_24h``, ``so2_1h``, ``o3_8h`` [ug/m3, CO mg/m3]; the input is rounded first.

    None where the clause sends one to the other averaging time (HJ 633-2012: SO2 1 h, O3 8 h above 800).
    """
    found = marked(item, _whole(item, concentration), day, reading)
    return found if found > ABSENT else None


def day_aqi(
    values: Mapping[str, Exact | None], day: date, *, reading: str = "by_date", not_monitored: Collection[str] = ()
) -> Verdict:
    """The AQI of a day from ``pm25 pm10 so2 no2 co o3_8h`` (an absent or None one is missing); see ``city_day``.

    ``o3_1h``, the day's largest hour, decides where O3 8 h is above 800 under HJ 633-2012.
    Errors: ComputeError G-AIR-08 (no such reading).
    """
    names = (*DAILY, O3_1H)
    held = pl.LazyFrame({name: [_held(name, values.get(name))] for name in names}, dict.fromkeys(names, pl.Int32))
    instead = {"o3_8h": (O3_1H, pl.col(O3_1H))}
    found = judged(held, daily_items(""), pl.lit(day), reading, not_monitored, instead=instead)
    row = found.collect().row(0, named=True)
    return Verdict(row["aqi"], row["level"], _split(row["primary"]), row["aqi_reason"] or "")


def sand_day_aqi(
    values: Mapping[str, Exact | None], day: date, observed: int | None = None, observed_primary: Collection[str] = ()
) -> Verdict:
    """The AQI of a day whose particles were deducted as sand, from what is left in values.

    An observed AQI that is good stays, with its primary pollutants; else the AQI of what is left stands, also at
    100 and below (practice of audited provincial figures; 环办监测〔2016〕120号).
    """
    if observed is not None and observed <= good_limit():
        level = pl.select(level_of(pl.lit(observed))).item()
        return Verdict(observed, level, tuple(observed_primary), "沙尘扣除前已不超过100，保留原值")
    gone = [name for name in DAILY if values.get(name) is None]
    return day_aqi(values, day, not_monitored=gone)


def _held(name: str, value: Exact | None) -> int | None:
    return None if value is None else _whole(name, value)


def _whole(item: str, value: Exact) -> int:
    places = decimals(item)
    return int(half_even(value, places) * 10**places)


def _split(primary: str | None) -> tuple[str, ...]:
    return tuple(primary.split(",")) if primary else ()


def _class(level: int) -> dict[str, Any]:
    found: dict[str, Any] = rules.timeline(f"hj633.class.{level}")[-1].value
    return found
