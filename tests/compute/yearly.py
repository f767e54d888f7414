"""Hypothesis strategies for a year of city days: years short by a day, leap years, days on the edge of a class."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.compute.oracle.air_law import DAY_ITEMS
from tests.compute.strategies import in_unit

Row = dict[str, Any]

years = st.sampled_from((2023, 2024, 2025, 2026, 2028, 2031))
# Day figures that turn a class or a verdict: 24 h limits old and new, their neighbours, and everyday ones.
TURNING = {
    "pm25": (0, 1, 28, 30, 31, 35, 36, 60, 61, 75, 76, 150, 151, 600),
    "pm10": (0, 48, 50, 51, 60, 61, 70, 71, 120, 121, 150, 151, 421, 700),
    "so2": (0, 5, 50, 51, 60, 61, 150, 151),
    "no2": (0, 20, 30, 31, 40, 41, 80, 81),
    "co": (0, 5, 9, 20, 39, 40, 41, 60),
    "o3_8h": (0, 80, 100, 101, 159, 160, 161, 215, 266, 800),
}


def calendar(year: int) -> list[date]:
    """Every day of a calendar year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days)]


@st.composite
def gaps(draw: st.DrawFn, year: int) -> frozenset[date]:
    """Days without a valid value: none; a month cut to 26, 27 (February 24, 25); the year cut to 323, 324; or any."""
    every = calendar(year)
    kind = draw(st.sampled_from(("none", "month", "year", "year", "any", "most")))
    if kind == "month":
        month = draw(st.sampled_from((1, 2, 2, 4, 12)))
        keep = draw(st.sampled_from((24, 25) if month == 2 else (26, 27)))
        return frozenset(day for day in every if day.month == month and day.day > keep)
    if kind == "year":  # 27 days in each month are 324
        kept = [day for day in every if day.day <= 27]
        extra = draw(st.sampled_from((-1, 0, 1)))
        out = set(every) - set(kept)
        if extra < 0:
            out.add(date(year, 2, 26))
        elif extra > 0:
            out.discard(date(year, 1, 28))
        return frozenset(out)
    if kind == "any":
        return frozenset(draw(st.lists(st.sampled_from(every), max_size=30)))
    if kind == "most":
        return frozenset(every[draw(st.integers(1, 40)) :])
    return frozenset()


@st.composite
def city_years(draw: st.DrawFn, city: str = "c1", year: int | None = None) -> list[Row]:
    """Rows of one city and one calendar year: city date pm25 pm10 so2 no2 co o3_8h (CO in tenths as Decimal).

    Each item runs through a short tile of figures, so 365 days cost a few draws; some days are absent altogether, some
    lack one item only.
    """
    year = year or draw(years)
    absent = draw(gaps(year))
    tiles, lacking = {}, {}
    for item in DAY_ITEMS:
        figures = st.one_of(st.sampled_from(TURNING[item]), st.integers(0, 120))
        tiles[item] = draw(st.lists(figures, min_size=1, max_size=9))
        lacking[item] = draw(gaps(year)) if draw(st.sampled_from((False, False, True))) else frozenset()
    rows = []
    for place, day in enumerate(calendar(year)):
        if day in absent:
            continue
        row: Row = {"city": city, "date": day}
        for item in DAY_ITEMS:
            figure = tiles[item][place % len(tiles[item])]
            row[item] = None if day in lacking[item] else in_unit(item, figure)
        rows.append(row)
    return rows
