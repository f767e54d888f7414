"""Made-up days for the outlook: a season, a level and noise from a fixed seed."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from decimal import Decimal

from guatu.read.plan import Target


def days(first: date, last: date, *, level: float = 40, seed: int = 1) -> dict[date, int]:
    """Whole daily values with a winter peak."""
    source = random.Random(seed)
    count = (last - first).days + 1
    found = {}
    for step in range(count):
        day = first + timedelta(days=step)
        season = 0.4 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 15) / 365)
        found[day] = max(1, round(level * math.exp(season + source.gauss(0, 0.35))))
    return found


def target(indicator: str, op: str, value: str, decimals: int | None = None, stretch: str | None = None) -> Target:
    """A target with nothing but its number."""
    return Target(
        "1",
        "1",
        indicator,
        "全市",
        op,
        Decimal(value),
        None,
        "",
        indicator_id=indicator,
        decimals=decimals,
        stretch=None if stretch is None else Decimal(stretch),
    )


def file_rows(cities: int = 4, years: tuple[int, ...] = (2019, 2020, 2021)) -> list[tuple[str, date, int, int]]:
    """city, date, pm25, aqi of some cities over whole years."""
    rows = []
    for city in range(cities):
        first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
        pm25 = days(first, last, level=35 + 5 * city, seed=city)
        aqi = days(first, last, level=70 + 4 * city, seed=100 + city)
        rows += [(f"城{city}", day, pm25[day], aqi[day]) for day in pm25]
    return rows
