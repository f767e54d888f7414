"""Station day and city day in the oracle, with the counts and validity of GB 3095 Table 4 and HJ 663."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from tests.compute.oracle import air_law as law
from tests.compute.oracle.air_index import Index, daily_aqi
from tests.compute.oracle.air_number import Given, exact, half_even, hour_day

Row = Mapping[str, Given]


@dataclass
class Day:
    """Daily values of a station or a city by item of law.DAY_ITEMS.

    unrounded: the exact value wherever one exists, valid or not. reported: rounded half-even to the raw decimals, only
    where valid. n: hours (O3: 8 h windows; a city: valid stations).
    """

    day: date
    unrounded: dict[str, Fraction | None] = field(default_factory=dict)
    reported: dict[str, Fraction | None] = field(default_factory=dict)
    n: dict[str, int] = field(default_factory=dict)
    valid: dict[str, bool] = field(default_factory=dict)
    o3_1h: Fraction | None = None
    index: Index | None = None

    def settle(self, item: str, value: Fraction | None, n: int, valid: bool) -> None:
        """Note one item; only a valid one is reported."""
        self.unrounded[item], self.n[item], self.valid[item] = value, n, valid
        self.reported[item] = half_even(value, law.RAW_DECIMALS[item]) if valid and value is not None else None


def hours_of(rows: Sequence[tuple[datetime, Row]]) -> dict[date, dict[int, Row]]:
    """Rows of one station by day and hour 1..24; a stamp met twice is refused."""
    days: dict[date, dict[int, Row]] = {}
    for stamp, row in rows:
        day, hour = hour_day(stamp)
        slots = days.setdefault(day, {})
        if hour in slots:
            raise ValueError(f"twice: {stamp}")
        slots[hour] = row
    return days


def hour_value(slots: Mapping[int, Row], hour: int, item: str) -> Fraction | None:
    """An hourly value, rounded half-even before any use (air.md 3.4: HJ 663-2013, hourly values too)."""
    value = exact(slots[hour].get(item)) if hour in slots else None
    return None if value is None else half_even(value, law.RAW_DECIMALS[item])


def o3_windows(slots: Mapping[int, Row]) -> dict[int, Fraction]:
    """Running 8 h means by END hour 08..24, over hours h-7..h of the same day, each with at least 6 hours.

    Exact; the platform prints them rounded half-even. No window reaches into the day before (air.md 3.2, 8 #9).
    """
    windows: dict[int, Fraction] = {}
    for end in law.O3_WINDOW_ENDS:
        values = [hour_value(slots, hour, "o3") for hour in range(end - 7, end + 1)]
        present = [value for value in values if value is not None]
        if len(present) >= law.O3_WINDOW_MIN_HOURS:
            windows[end] = sum(present, Fraction(0)) / len(present)
    return windows


def station_day(day: date, slots: Mapping[int, Row]) -> Day:
    """One station's day from its hours 1..24 (GB 3095 3.9, 3.10, Table 4; HJ 663 6.1.2).

    Order: hourly values rounded; means exact; each value rounded once, half-even, when reported. The O3 exception
    compares the reported (rounded) maximum with 160, since attainment is judged on 0 decimals (HJ 663 Table 3).
    """
    out = Day(day)
    for item in ("pm25", "pm10", "so2", "no2", "co"):
        values = [hour_value(slots, hour, item) for hour in range(1, 25)]
        present = [value for value in values if value is not None]
        mean = sum(present, Fraction(0)) / len(present) if present else None
        out.settle(item, mean, len(present), len(present) >= law.DAY_MIN_HOURS)
    windows = o3_windows(slots)
    top = max(windows.values(), default=None)
    exceeds = top is not None and half_even(top, 0) > law.O3_CLASS_II
    out.settle("o3_8h", top, len(windows), len(windows) >= law.O3_MIN_WINDOWS or exceeds)
    hours = [hour_value(slots, hour, "o3") for hour in range(1, 25)]
    out.o3_1h = max((value for value in hours if value is not None), default=None)
    out.index = daily_aqi({**out.reported, "o3_1h": out.o3_1h}, day)
    return out


def given_day(day: date, values: Row) -> Day:
    """A day whose daily values are known already; an item that is None or not there is not valid."""
    out = Day(day)
    for item in law.DAY_ITEMS:
        value = exact(values.get(item))
        out.settle(item, value, 0 if value is None else 1, value is not None)
    out.o3_1h = exact(values.get("o3_1h"))
    out.index = daily_aqi({**out.reported, "o3_1h": out.o3_1h}, day)
    return out


def enough_stations(valid: int, all_stations: int) -> bool:
    """HJ 663 6.1.5: at least 75 % of the city's stations valid, at least 50 % where it has fewer than four."""
    if all_stations == 0:
        return False
    return valid * 100 >= all_stations * (75 if all_stations >= 4 else 50)


def city_day(day: date, stations: Mapping[str, Day | None], of: str = "unrounded") -> Day:
    """One city's day: mean of the valid stations' daily values (HJ 663 Table A.2); O3 of their own max 8 h.

    stations: every station of the city, None where it has no row that day; all of them count in the fraction.
    of="unrounded": the mean of exact station values, rounded once when the city reports it (air.md 3.4 "once, from the
    exact value"). of="reported": the mean of the rounded station values, the other possible reading.
    AQI from the reported city values, never a mean or worst of stations' AQI (air.md 8 #24).
    """
    out = Day(day)
    for item in law.DAY_ITEMS:
        values = [getattr(one, of)[item] for one in stations.values() if one is not None and one.valid[item]]
        mean = sum(values, Fraction(0)) / len(values) if values else None
        out.settle(item, mean, len(values), bool(values) and enough_stations(len(values), len(stations)))
    peaks = [one.o3_1h for one in stations.values() if one is not None and one.o3_1h is not None]
    out.o3_1h = sum(peaks, Fraction(0)) / len(peaks) if peaks else None
    out.index = daily_aqi({**out.reported, "o3_1h": out.o3_1h}, day)
    return out


def city_days(frame: Sequence[Row], of: str = "unrounded") -> dict[tuple[str, date], Day]:
    """All city days of an hourly frame (columns station, city, time and the six items).

    The stations of a city are those with any row in the frame; a station's day without rows is a missing station. A
    day on which no station of the city has a row has no city day.
    """
    by_station: dict[tuple[str, str], list[tuple[datetime, Row]]] = {}
    for row in frame:
        stamp = row["time"]
        assert isinstance(stamp, datetime)
        by_station.setdefault((str(row["city"]), str(row["station"])), []).append((stamp, row))
    hours = {key: hours_of(rows) for key, rows in by_station.items()}
    out: dict[tuple[str, date], Day] = {}
    for city in sorted({city for city, _ in hours}):
        own = {station: days for (place, station), days in hours.items() if place == city}
        for day in sorted({day for days in own.values() for day in days}):
            made = {station: station_day(day, days[day]) if day in days else None for station, days in own.items()}
            out[city, day] = city_day(day, made, of)
    return out
