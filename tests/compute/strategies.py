"""Hypothesis strategies for hourly air data with the edges where engines go wrong; small, so that runs are fast.

Rows are dicts with the columns of the product: station city time pm25 pm10 so2 no2 co o3 (µg/m³ as int, CO mg/m³ as a
Decimal of tenths, null as None). An absent hour has no row; a null hour has a row with None.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.compute.oracle.air_law import GAS_POINTS, ITEMS, POINTS, RAW_DECIMALS
from tests.compute.oracle.air_number import stamp_of

Row = dict[str, Any]

# Year ends, both leap days and their neighbours, the day of the change of rules and those beside it.
EDGE_DAYS = (
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2025, 2, 28),
    date(2025, 12, 31),
    date(2026, 2, 27),
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2026, 3, 2),
    date(2030, 12, 31),
    date(2031, 1, 1),
)
days = st.sampled_from(EDGE_DAYS)
# Hour 24 is the stamp 00:00 of the next day; 7, 8 and 23 are the ends of the ozone windows' range.
hours = st.one_of(st.sampled_from((24, 1, 7, 8, 23)), st.integers(1, 24))

TABLE_NODES = {
    item: sorted(
        {
            node
            for table in (*POINTS.values(), GAS_POINTS)
            for column, nodes in table.items()
            if column.startswith(item + "_")
            for node in nodes
        }
    )
    for item in ITEMS
}


def in_unit(item: str, steps: int) -> int | Decimal:
    """A count of smallest steps in the item's unit: µg/m³, or tenths of mg/m³ for CO."""
    return Decimal(steps).scaleb(-1) if item == "co" else steps


def near_nodes(item: str) -> st.SearchStrategy[int]:
    """Steps at, one below and one above a break point, and past the end of the table."""
    scale = 10 ** RAW_DECIMALS[item]
    around = sorted({max(0, node * scale + d) for node in TABLE_NODES[item] for d in (-1, 0, 1)})
    return st.sampled_from([*around, around[-1] + 500 * scale])


def steps(item: str) -> st.SearchStrategy[int]:
    """Any concentration in smallest steps: everyday, near a break point, nought."""
    everyday = 60 if item == "co" else 250
    return st.one_of(st.integers(0, everyday), near_nodes(item))


@st.composite
def hourly_rows(draw: st.DrawFn) -> Row:
    """One hour of one station for the hourly AQI: edges of the tables, missing items, the change of rules."""
    day = draw(st.one_of(days, st.just(date(2026, 2, 28))))
    row: Row = {"station": "s1", "city": "c1", "time": stamp_of(day, draw(hours))}
    missing = draw(st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(ITEMS))))
    for item in ITEMS:
        row[item] = None if item in missing else in_unit(item, draw(steps(item)))
    return row


@st.composite
def unrounded_hours(draw: st.DrawFn) -> Row:
    """An hour whose figures carry one digit too many, ties included: 35.5, 60.5, CO 2.25. Figures are Decimal."""
    row = draw(hourly_rows())
    for item in ITEMS:
        if row[item] is not None:
            tail = draw(st.sampled_from(("0", "4", "5", "6")))
            row[item] = Decimal(row[item]) + Decimal("0." + "0" * RAW_DECIMALS[item] + tail)
    return row


@st.composite
def hour_marks(draw: st.DrawFn) -> list[str]:
    """For hours 1..24 one of "here", "null", "absent": nearly full, on the edge of 20, broken for ozone, or any."""
    kind = draw(st.sampled_from(("full", "edge of 20", "late start", "early end", "holes", "any")))
    gap = st.sampled_from(("null", "absent"))
    marks = ["here"] * 24
    if kind == "edge of 20":
        for hour in draw(st.permutations(range(24)))[: draw(st.sampled_from((3, 4, 5)))]:
            marks[hour] = draw(gap)
    elif kind == "late start":  # hours k..24 leave 24 - k - 4 windows: 14 for k = 6, 13 for k = 7
        what = draw(gap)
        first = draw(st.sampled_from((4, 5, 6, 7, 8)))
        marks = [what] * (first - 1) + marks[first - 1 :]
    elif kind == "early end":
        what = draw(gap)
        last = draw(st.sampled_from((17, 18, 19, 20, 21, 22)))
        marks = marks[:last] + [what] * (24 - last)
    elif kind == "holes":  # three of eight hours gone breaks every window across them
        start = draw(st.integers(0, 21))
        for hour in range(start, start + draw(st.sampled_from((2, 3)))):
            marks[hour] = draw(gap)
    elif kind == "any":
        marks = draw(st.lists(st.sampled_from(("here", "here", "null", "absent")), min_size=24, max_size=24))
    return marks


@st.composite
def day_values(draw: st.DrawFn, item: str) -> list[int]:
    """24 hourly figures in smallest steps: flat, flat but for a remainder that makes x.5 or its neighbour, or any."""
    base = draw(st.one_of(st.integers(0, 200), st.sampled_from((160, 161)) if item == "o3" else near_nodes(item)))
    kind = draw(st.sampled_from(("flat", "tie of 24", "tie of 20", "tie of 8", "any")))
    values = [base] * 24
    if kind == "any":
        return draw(st.lists(st.integers(0, 300), min_size=24, max_size=24))
    if kind != "flat":
        length = {"tie of 24": 24, "tie of 20": 20, "tie of 8": 8}[kind]
        more = length // 2 + draw(st.sampled_from((-1, 0, 0, 0, 1)))
        for place in range(24):
            values[place] += place % length < more
    return values


@st.composite
def station_days(draw: st.DrawFn, station: str = "s1", city: str = "c1", day: date | None = None) -> list[Row]:
    """The rows of one station on one day; an hour absent for one item is absent for all, else it is null."""
    day = day or draw(days)
    shared = draw(hour_marks())
    own = {item: draw(hour_marks()) if draw(st.booleans()) else shared for item in ITEMS}
    values = {item: draw(day_values(item)) for item in ITEMS}
    rows = []
    for hour in range(1, 25):
        if shared[hour - 1] == "absent":
            continue
        row: Row = {"station": station, "city": city, "time": stamp_of(day, hour)}
        for item in ITEMS:
            here = shared[hour - 1] == "here" and own[item][hour - 1] == "here"
            row[item] = in_unit(item, values[item][hour - 1]) if here else None
        rows.append(row)
    return rows


@st.composite
def hourly_frames(draw: st.DrawFn, most_cities: int = 2, most_days: int = 2) -> list[Row]:
    """An hourly frame of cities with 1 to 5 stations over one or more days that follow one another, in any order.

    A station may miss a whole day, its rows absent or null. Few distinct station days are drawn and reused, shifted by
    a step, which makes city means of 2, 3, 4 stations fall on ties. May be empty.
    """
    first = draw(days)
    rows: list[Row] = []
    for c in range(draw(st.integers(1, most_cities))):
        pattern = draw(station_days(day=first))
        for s in range(draw(st.sampled_from((1, 2, 3, 4, 5)))):
            fresh = draw(st.sampled_from((False, False, True)))
            own = draw(station_days(day=first)) if fresh else pattern
            for d in range(draw(st.integers(1, most_days))):
                there = draw(st.sampled_from(("here", "here", "here", "null", "null", "absent")))
                if there != "absent":
                    made = moved(own, f"c{c}s{s}", f"c{c}", d, draw(st.integers(0, 2)))
                    rows += made if there == "here" else [{**row, **dict.fromkeys(ITEMS)} for row in made]
    if draw(st.booleans()):
        rows.reverse()
    return rows


def moved(rows: list[Row], station: str, city: str, later: int, more: int) -> list[Row]:
    """The same day at another station, some days later, every figure some smallest steps higher."""
    out = []
    for row in rows:
        new: Row = {**row, "station": station, "city": city, "time": row["time"] + timedelta(days=later)}
        for item in ITEMS:
            if new[item] is not None:
                new[item] += in_unit(item, more)
        out.append(new)
    return out
