"""Made-up hours of air: seasons, days that hang together, rush hours, gaps; the same for the same seed."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import polars as pl

SEED = 20210112
# By month, January first: what a middling day looks like in the urban core.
PM25 = (52, 44, 36, 30, 24, 18, 15, 17, 23, 32, 41, 50)
OZONE_PEAK = (62, 76, 100, 126, 140, 130, 132, 144, 148, 120, 84, 62)
STATIONS = {  # code: factor on particles, factor on gases, factor on ozone
    "DEMO01": (1.06, 1.10, 0.97),
    "DEMO02": (1.00, 1.00, 1.00),
    "DEMO03": (1.08, 1.15, 0.95),
    "DEMO04": (0.97, 0.95, 1.02),
    "DEMO05": (1.02, 0.90, 1.03),
    "DEMO06": (0.72, 0.60, 1.05),
    "DEMO07": (1.04, 1.05, 0.98),
    "DEMO08": (0.90, 0.85, 1.00),
}
OUTAGES = {  # station: first day, days without any row
    "DEMO05": (date(2021, 3, 8), 3),
    "DEMO06": (date(2021, 6, 21), 2),
    "DEMO03": (date(2020, 8, 3), 4),
}
DRIFT = ("DEMO04", date(2021, 9, 6), 70)  # station, day, µg/m³ too much of PM2.5 until it is voided
HEADINGS = ("监测时间", "站点编码", "PM2.5(μg/m3)", "PM10(μg/m3)", "SO2(μg/m3)", "NO2(μg/m3)", "CO(mg/m3)", "O3(μg/m3)")


def hours(first: date, last: date) -> pl.DataFrame:
    """Hours of all stations from 01:00 of the first day to 24:00 of the last, as a platform exports them: all text.

    Columns: the Chinese headings with units; time is the end of the hour; a gap is a blank cell, an outage no row.
    """
    return pl.DataFrame(list(_rows(first, last)), schema=dict.fromkeys(HEADINGS, pl.String), orient="row")


def _rows(first: date, last: date) -> Iterator[tuple[str, ...]]:
    chance = random.Random(SEED + first.year)
    stagnation = sun = 0.0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        stagnation = 0.62 * stagnation + chance.gauss(0, 0.34)
        sun = 0.5 * sun + chance.gauss(0, 0.19)
        dust, clear = math.exp(stagnation - 0.09), math.exp(sun - 0.02)
        for station, (particles, gases, ozone) in STATIONS.items():
            if _out(station, day):
                continue
            for hour in range(1, 25):
                cells = _hour(chance, day, hour, dust * particles, gases * dust**0.4, clear * ozone)
                if (station, day) == DRIFT[:2] and cells[0]:
                    cells = (str(int(cells[0]) + DRIFT[2]), *cells[1:])
                end = datetime(day.year, day.month, day.day) + timedelta(hours=hour)
                yield (f"{end:%Y-%m-%d %H:%M}", station, *cells)


def _hour(chance: random.Random, day: date, hour: int, dust: float, gases: float, clear: float) -> tuple[str, ...]:
    rush = math.exp(-((hour - 8) ** 2) / 6) + math.exp(-((hour - 19) ** 2) / 8)
    noon = max(0.0, math.sin((hour - 7) / 15 * math.pi)) if hour >= 7 else 0.0
    pm25 = _month(PM25, day) * dust * (0.92 + 0.18 * rush - 0.1 * noon) * chance.uniform(0.88, 1.12)
    pm10 = pm25 * chance.uniform(1.45, 1.75) + chance.uniform(2, 9)
    so2 = (6 + 4 * gases) * chance.uniform(0.8, 1.2)
    no2 = (11 + 14 * gases * (0.6 + rush)) * chance.uniform(0.85, 1.15)
    co = (0.45 + 0.35 * gases + 0.15 * rush) * chance.uniform(0.9, 1.1)
    o3 = (18 + (_month(OZONE_PEAK, day) * clear - 18) * noon) * chance.uniform(0.94, 1.06)
    figures = [str(max(1, round(value))) for value in (pm25, pm10, so2, no2)]
    cells = [*figures, f"{max(0.1, co):.1f}", str(max(1, round(o3)))]
    if chance.random() < 0.012:  # a calibration takes one or all of the instruments away for the hour
        gone = chance.randrange(9)
        cells = ["" if gone in (at, 6, 7, 8) else cell for at, cell in enumerate(cells)]
    return tuple(cells)


def _month(levels: tuple[int, ...], day: date) -> float:
    """The level of a day, between those of the neighbouring months' middles."""
    place = day.month - 1 + (day.day - 15) / 30
    low = math.floor(place)
    share = place - low
    return levels[low % 12] * (1 - share) + levels[(low + 1) % 12] * share


def _out(station: str, day: date) -> bool:
    start, days = OUTAGES.get(station, (date.max, 0))
    return 0 <= (day - start).days < days
