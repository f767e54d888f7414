"""The engine equals the slow oracle in exact fractions on the edges where engines go wrong."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.compute import air
from tests.compute.oracle import air_law as law
from tests.compute.oracle.air_day import city_days, given_day, hours_of, station_day
from tests.compute.oracle.air_index import daily_aqi, hourly_aqi, sand_day
from tests.compute.oracle.air_number import stamp_of
from tests.compute.oracle.air_statistics import composite_index
from tests.compute.oracle.air_trend import critical, ranking, spearman
from tests.compute.oracle.air_year import percentile, year
from tests.compute.strategies import Row, day_values, hourly_frames, hourly_rows, station_days, steps, unrounded_hours
from tests.compute.yearly import city_years

HOURS = {"station": pl.String, "city": pl.String, "time": pl.Datetime("us"), **dict.fromkeys(law.ITEMS, pl.Float64)}
FEW = settings(max_examples=60, deadline=None)
YEARS = settings(max_examples=15, deadline=None)


def hours(rows: list[Row]) -> pl.DataFrame:
    """Rows as a frame; figures as the binary floats a CSV reader would make of them."""
    plain = [{name: float(v) if isinstance(v, Decimal) else v for name, v in row.items()} for row in rows]
    return pl.DataFrame([{name: row[name] for name in HOURS} for row in plain], schema=HOURS)


def number(value: Any, item: str) -> Fraction | None:
    """An answer of the engine as the decimal it prints."""
    return None if value is None else Fraction(str(value))


def names(primary: str | None) -> set[str]:
    return set(primary.split(",")) if primary else set()


@FEW
@given(st.lists(st.one_of(hourly_rows(), unrounded_hours()), min_size=1, max_size=40))
def test_hourly_aqi(rows: list[Row]) -> None:
    for mine, row in zip(air.hourly_aqi(hours(rows)).to_dicts(), rows, strict=True):
        theirs = hourly_aqi(row, row["time"])
        assert (mine["aqi"], mine["level"], names(mine["primary"])) == (theirs.aqi, theirs.level, set(theirs.primary))


@FEW
@given(st.lists(st.tuples(hourly_rows(), st.none() | st.integers(0, 2700)), min_size=1, max_size=20))
def test_above_800_the_day_s_so2_decides(pairs: list[tuple[Row, int | None]]) -> None:
    rows = [{**row, "so2": row["so2"] and 795 + int(row["so2"]) % 10} for row, _ in pairs]
    frame = hours(rows).with_columns(so2_24h=pl.Series([day for _, day in pairs], dtype=pl.Int64))
    for mine, row, (_, day) in zip(air.hourly_aqi(frame).to_dicts(), rows, pairs, strict=True):
        theirs = hourly_aqi({**row, "so2_24h": day}, row["time"])
        assert (mine["aqi"], mine["level"], names(mine["primary"])) == (theirs.aqi, theirs.level, set(theirs.primary))


@given(st.integers(795, 1300), st.none() | st.integers(795, 1300), st.sampled_from((2019, 2026)))
def test_above_800_the_largest_hour_of_ozone_decides(eight: int, hour: int | None, year_of: int) -> None:
    day = date(year_of, 6, 1)
    values = {"pm25": 20, "pm10": 30, "so2": 5, "no2": 9, "co": 1, "o3_8h": eight, "o3_1h": hour}
    theirs = daily_aqi(values, day)
    verdict = air.day_aqi(values, day)
    assert (verdict.aqi, verdict.level) == (theirs.aqi, theirs.level)
    kinds = dict.fromkeys(values, pl.Int64)
    frame = pl.DataFrame([values], schema=kinds).with_columns(city=pl.lit("c"), date=pl.lit(day))
    (found,) = air.city_day(frame.with_columns(station=pl.lit("s"))).to_dicts()
    assert (found["aqi"], found["o3_1h"]) == (theirs.aqi, hour)
    assert (found["aqi_reason"] == "o3_8h高于800，须看o3_1h") == (theirs.aqi is None)
    assert air.period(frame, "month")["valid_days"].item() == int(theirs.aqi is not None)


@FEW
@given(st.lists(station_days(), min_size=1, max_size=4))
def test_station_day(days: list[list[Row]]) -> None:
    rows = [{**row, "station": f"s{k}"} for k, day in enumerate(days) for row in day]
    if not rows:
        return
    found = {(one["station"], one["date"]): one for one in air.station_day(hours(rows)).to_dicts()}
    expected = {
        (f"s{k}", day): station_day(day, slots)
        for k, own in enumerate(days)
        for day, slots in hours_of([(row["time"], row) for row in own]).items()
    }
    assert found.keys() == expected.keys()
    for key, theirs in expected.items():
        for item in law.DAY_ITEMS:
            mine = found[key]
            assert (number(mine[item], item), mine[f"n_{item}"], mine[f"valid_{item}"]) == (
                theirs.reported[item],
                theirs.n[item],
                theirs.valid[item],
            ), (key, item)


@FEW
@given(hourly_frames())
def test_city_day(rows: list[Row]) -> None:
    frame = hours(rows)
    found = {(one["city"], one["date"]): one for one in air.city_day(frame).to_dicts()}
    expected = city_days(rows, of="reported")
    assert found.keys() == expected.keys()
    for key, theirs in expected.items():
        mine = found[key]
        for item in law.DAY_ITEMS:
            assert number(mine[item], item) == theirs.reported[item], (key, item)
            assert (mine[f"n_{item}"], mine[f"valid_{item}"]) == (theirs.n[item], theirs.valid[item])
        assert theirs.index is not None
        if key[1] < law.NEW_RULES_FROM and (theirs.reported["o3_8h"] or 0) > 800:
            assert mine["aqi"] is None  # 2012 sends one to the 1 h value, which a city day does not carry
            continue
        primary = {"o3" if item == "o3_8h" else item for item in theirs.index.primary}
        assert (mine["aqi"], mine["level"], names(mine["primary"])) == (theirs.index.aqi, theirs.index.level, primary)
    assert air.city_day(air.station_day(frame)).equals(air.city_day(frame))


@YEARS
@given(city_years())
def test_year(rows: list[Row]) -> None:
    if not rows:
        return
    plain = [{name: float(v) if isinstance(v, Decimal) else v for name, v in row.items()} for row in rows]
    kinds = {"city": pl.String, "date": pl.Date, **dict.fromkeys(law.DAY_ITEMS, pl.Float64)}
    (mine,) = air.year(pl.DataFrame(plain, schema=kinds)).to_dicts()
    theirs = year(mine["year"], [given_day(row["date"], row) for row in rows])
    assert (mine["good_days"], mine["valid_days"], mine["heavy_days"]) == (
        theirs.good_days,
        theirs.valid_days,
        theirs.heavy_days,
    )
    assert number(mine["good_ratio"], "") == theirs.good_ratio
    assert number(mine["composite"], "") == theirs.composite
    for item in law.ITEMS:
        column = "o3_8h" if item == "o3" else item
        share = f"{item}_p{law.PERCENT[item]}"
        decimals = 1 if item == "co" else 0
        high = theirs.percentile[item]
        assert number(mine[share], item) == (
            None if high is None else Fraction(round(high * 10**decimals), 10**decimals)
        )
        assert (mine[f"n_{column}"], mine[f"valid_{column}"]) == (theirs.days[item], theirs.valid[item])
        assert mine[f"attain_{column}"] == theirs.attained[item], (item, mine, theirs)
        if item in ("pm25", "pm10", "so2", "no2"):
            assert number(mine[f"{item}_mean"], item) == theirs.printed[f"{item}_mean"]
    assert mine["attain"] == theirs.all_attained


@given(st.lists(st.integers(0, 500), max_size=40), st.sampled_from((50, 90, 95, 98, 100)))
def test_percentile(values: list[int], percent: int) -> None:
    assert air.percentile(values, percent) == percentile([Fraction(value) for value in values], percent)


@given(st.tuples(*[steps(item) for item in law.ITEMS]))
def test_composite_index(counts: tuple[int, ...]) -> None:
    given_values = {
        item: Decimal(n).scaleb(-1) if item == "co" else Decimal(n) for item, n in zip(law.ITEMS, counts, strict=True)
    }
    ours = air.composite({("o3_8h" if item == "o3" else item): value for item, value in given_values.items()})
    assert ours is not None
    assert Fraction(ours.index) == composite_index(given_values)


@FEW
@given(st.fixed_dictionaries({item: st.none() | day_values(item).map(lambda v: v[0]) for item in ("so2", "no2", "o3")}))
def test_sand_day(rest: dict[str, int | None]) -> None:
    values = {"so2": rest["so2"], "no2": rest["no2"], "o3_8h": rest["o3"] and min(rest["o3"], 800)}
    day = date(2025, 4, 14)
    ours, theirs = air.sand_day_aqi(values, day), sand_day(values, day)
    assert (ours.aqi, ours.level) == (theirs.aqi, theirs.level)


def test_deducted_days_in_a_long_table() -> None:
    """Day k of 400 has PM2.5 k: every fifth is listed; each row stays in its place and equals the oracle's day."""
    first = date(2024, 1, 1)
    plain = {"pm10": 60, "so2": 5, "no2": 9, "co": 0.5, "o3_8h": 80}
    rows = [{"city": "c", "date": first + timedelta(days=k), "pm25": k, **plain} for k in range(400)]
    days = air.city_day(pl.DataFrame([{**row, "station": "s"} for row in rows]))
    listed = pl.DataFrame({"city": "c", "date": [first + timedelta(days=k) for k in range(0, 400, 5)]})
    found = air.without_sand(days, listed)
    assert found["date"].to_list() == [row["date"] for row in rows]
    for k, (row, mine) in enumerate(zip(rows, found.to_dicts(), strict=True)):
        observed = daily_aqi(row, row["date"])  # type: ignore[arg-type]
        assert (mine["aqi_observed"], mine["sand"]) == (observed.aqi, k % 5 == 0)
        if k % 5:
            assert (mine["aqi"], mine["pm25"], mine["pm10"]) == (observed.aqi, k, 60)
            continue
        assert observed.aqi is not None
        left = {name: value for name, value in plain.items() if name != "pm10"}
        theirs = sand_day(left, row["date"], (observed.aqi, observed.primary))  # type: ignore[arg-type]
        assert (mine["aqi"], mine["level"], mine["pm25"], mine["pm10"]) == (theirs.aqi, theirs.level, None, None)
        assert names(mine["primary"]) == set(theirs.primary)


@given(st.dictionaries(st.sampled_from("abcdefg"), st.none() | st.integers(0, 5)))
def test_ranking(values: dict[str, int | None]) -> None:
    assert air.ranking(values) == ranking(values)


@given(st.lists(st.integers(0, 9), min_size=5, max_size=7))
def test_trend(values: list[int]) -> None:
    ours = air.yearly_trend(values)
    assert ours.coefficient == spearman(values)
    exact = critical(len(values), Fraction(5, 100))
    assert exact is not None
    assert (ours.words != "变化不显著") == (abs(ours.coefficient) >= exact)


@pytest.mark.parametrize("n", [5, 6, 7, 8])
@pytest.mark.parametrize("alpha", ["0.05", "0.025", "0.01"])
def test_critical_values_are_exact(n: int, alpha: str) -> None:
    """A coefficient equal to the critical one is significant, though its printed form (.829 for 29/35) is larger."""
    assert air.yearly_trend(list(range(n)), alpha).critical == critical(n, Fraction(alpha))


def test_29_of_35_is_significant_and_less_is_not() -> None:
    assert air.yearly_trend([1, 2, 3, 6, 5, 4], "0.05").coefficient == Fraction(27, 35)
    found = [air.yearly_trend(years) for years in ([1, 2, 4, 3, 6, 5], [2, 1, 4, 3, 5, 6], [1, 2, 3, 6, 5, 4])]
    assert [(one.coefficient >= Fraction(29, 35), one.words) for one in found] == [
        (True, "显著上升"),
        (True, "显著上升"),
        (False, "变化不显著"),
    ]
    edge = air.yearly_trend([3, 1, 2, 4, 5, 6])
    assert (edge.coefficient, edge.critical, edge.words) == (Fraction(29, 35), Fraction(29, 35), "显著上升")


def test_a_day_does_not_depend_on_the_days_beside_it() -> None:
    """Windows do not reach into the day before: a high night does not make the next day's maximum."""
    day = date(2025, 7, 1)
    rows: list[Row] = []
    for later, value in ((0, 300), (1, 20)):
        for hour in range(1, 25):
            stamp = stamp_of(day + timedelta(days=later), hour)
            rows.append({"station": "s", "city": "c", "time": stamp, **dict.fromkeys(law.ITEMS, value)})
    found = air.station_day(hours(rows)).to_dicts()
    assert [one["o3_8h"] for one in found] == [300, 20]
