"""What must hold of the oracle on every frame, and that the strategies really reach the edges they promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tests.compute import strategies, yearly
from tests.compute.oracle import air_law as law
from tests.compute.oracle.air_day import Day, city_days, given_day, hours_of, station_day
from tests.compute.oracle.air_index import hourly_aqi, iaqi
from tests.compute.oracle.air_number import half_even, hour_day, stamp_of
from tests.compute.oracle.air_year import percentile, year

Row = dict[str, Any]


@given(st.fractions(-1000, 1000), st.integers(0, 2))
def test_half_even_is_the_nearest_and_the_tie_is_even(x: Fraction, decimals: int) -> None:
    got = half_even(x, decimals)
    step = Fraction(1, 10**decimals)
    assert abs(got - x) <= step / 2
    assert abs(got - x) < step / 2 or (got / step) % 2 == 0


@given(strategies.days, st.integers(1, 24))
def test_hour_day_and_stamp_are_inverse(day: date, hour: int) -> None:
    assert hour_day(stamp_of(day, hour)) == (day, hour)


@given(st.sampled_from(sorted(law.POINTS["2026"])), st.sampled_from(("2012", "2026")), st.integers(0, 3000))
def test_a_sub_index_never_falls_as_the_concentration_rises(column: str, edition: str, c: int) -> None:
    low, high = iaqi(column, edition, c), iaqi(column, edition, c + 1)
    assert high is None or (low is not None and low <= high)


@given(strategies.unrounded_hours())
def test_an_hourly_aqi_has_class_and_primary_pollutants(row: Row) -> None:
    found = hourly_aqi(row, row["time"])
    assert (found.aqi is None) == (found.level is None)
    assert bool(found.primary) == (found.aqi is not None and found.aqi > 50)
    assert all(row[item] is not None for item in found.primary)


@settings(max_examples=30, deadline=None)
@given(strategies.hourly_frames())
def test_a_city_value_lies_between_its_stations(frame: list[Row]) -> None:
    for (city, day), value in city_days(frame).items():
        names = {row["station"] for row in frame if row["city"] == city}
        made = []
        for name in names:
            own = hours_of([(row["time"], row) for row in frame if (row["city"], row["station"]) == (city, name)])
            made.append(station_day(day, own.get(day, {})))
        for item in law.DAY_ITEMS:
            exact = [one.unrounded[item] for one in made if one.valid[item]]
            assert value.n[item] == len(exact)
            if value.valid[item]:
                assert min(exact) <= value.unrounded[item] <= max(exact)


@settings(max_examples=15, deadline=None)
@given(yearly.city_years(), st.randoms(use_true_random=False))
def test_a_year_does_not_depend_on_the_order_of_its_days(rows: list[Row], chance: Any) -> None:
    days = [given_day(row["date"], row) for row in rows]
    if not days:
        return
    number = days[0].day.year
    found = year(number, days)
    chance.shuffle(days)
    assert year(number, days) == found
    assert found.good_days <= found.valid_days <= len(days)
    assert all(found.days[item] < 324 or "year" not in found.short[item] for item in law.ITEMS)


@given(st.lists(st.fractions(0, 100), min_size=1, max_size=40), st.integers(0, 100))
def test_a_percentile_is_within_its_neighbours(values: list[Fraction], percent: int) -> None:
    found = percentile(values, percent)
    assert found is not None
    assert sum(value <= found for value in values) * 100 >= (len(values) - 1) * percent
    assert min(values) <= found <= max(values)


def only_day(frame: list[Row]) -> Day:
    days = hours_of([(row["time"], row) for row in frame])
    day, slots = next(iter(days.items())) if days else (date(2025, 1, 1), {})
    return station_day(day, slots)


def city_sizes(frame: list[Row]) -> list[tuple[int, int]]:
    """(stations of the city, valid for PM2.5) of each city day."""
    return [
        (len({row["station"] for row in frame if row["city"] == city}), day.n["pm25"])
        for (city, _), day in city_days(frame).items()
    ]


def ties(day: Day, item: str) -> bool:
    value = day.unrounded[item]
    return (
        value is not None
        and (value * 10 ** law.RAW_DECIMALS[item] * 2).denominator == 1
        and (value != day.reported[item] and day.valid[item])
    )


EDGES: dict[str, tuple[st.SearchStrategy[list[Row]], Callable[[list[Row]], bool]]] = {
    "nineteen hours": (strategies.station_days(), lambda f: only_day(f).n["pm25"] == 19),
    "twenty hours": (strategies.station_days(), lambda f: only_day(f).n["pm25"] == 20),
    "thirteen windows": (strategies.station_days(), lambda f: only_day(f).n["o3_8h"] == 13),
    "thirteen windows, valid": (
        strategies.station_days(),
        lambda f: only_day(f).n["o3_8h"] == 13 and only_day(f).valid["o3_8h"],
    ),
    "fourteen windows": (strategies.station_days(), lambda f: only_day(f).n["o3_8h"] == 14),
    "PM2.5 mean on a tie": (strategies.station_days(), lambda f: ties(only_day(f), "pm25")),
    "CO mean on a tie": (strategies.station_days(), lambda f: ties(only_day(f), "co")),
    "ozone maximum on a tie": (strategies.station_days(), lambda f: ties(only_day(f), "o3_8h")),
    "one station": (strategies.hourly_frames(), lambda f: (1, 1) in city_sizes(f)),
    "one of three": (strategies.hourly_frames(), lambda f: (3, 1) in city_sizes(f)),
    "two of three": (strategies.hourly_frames(), lambda f: (3, 2) in city_sizes(f)),
    "two of four": (strategies.hourly_frames(), lambda f: (4, 2) in city_sizes(f)),
    "three of four": (strategies.hourly_frames(), lambda f: (4, 3) in city_sizes(f)),
    "both sides of the change": (
        strategies.hourly_frames(),
        lambda f: {date(2026, 2, 28), date(2026, 3, 1)} <= {hour_day(row["time"])[0] for row in f},
    ),
    "rounding of stations first matters": (
        strategies.hourly_frames(),
        lambda f: (
            [d.reported for d in city_days(f).values()] != [d.reported for d in city_days(f, "reported").values()]
        ),
    ),
    "323 days": (yearly.city_years(), lambda f: sum(row["pm25"] is not None for row in f) == 323),
    "324 days": (yearly.city_years(), lambda f: sum(row["pm25"] is not None for row in f) == 324),
    "leap day": (yearly.city_years(), lambda f: any((row["date"].month, row["date"].day) == (2, 29) for row in f)),
}


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("edge", EDGES)
def test_the_strategies_reach(edge: str) -> None:
    strategy, is_there = EDGES[edge]
    quick = settings(max_examples=1500, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    found = find(strategy, is_there, settings=quick)
    assert is_there(found)
