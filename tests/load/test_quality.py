"""Faults planted in real hours of Nanchang 2026: how many are found, and how many alarms are false."""

from __future__ import annotations

import random
from datetime import timedelta

import polars as pl
import pytest

from guatu.load.quality import WORDS, doubts

SEED = 7
PLANTED = 40
# Share of planted faults found at least, and share of untouched hours alarmed at most.
HITS = {"range": 1.0, "spike": 0.9, "flat": 1.0, "inverted": 1.0, "repeat": 1.0, "absent": 1.0}
WEEKS = {1: 0.3, 2: 0.85, 3: 0.95}  # share of weeks in which a clock wrong by so many hours is seen
FALSE = 0.001


@pytest.fixture(scope="module")
def real() -> pl.DataFrame:
    from tests.conftest import real_inputs

    path = real_inputs("data", "air_cnemc_2026", "hourly_jiangxi_full_20260226_20260531.parquet")
    rows = pl.read_parquet(path).with_columns(pl.col("stationcode", "area").cast(pl.String))
    return rows.filter(pl.col("area") == "南昌市").select(
        pl.col("stationcode").alias("station"),
        "time",
        pl.col("pm2_5").alias("pm25").cast(pl.Float64),
        *[pl.col(item).cast(pl.Float64) for item in ("pm10", "so2", "no2")],
        (pl.col("co_x10") / 10).alias("co"),
        pl.col("o3").cast(pl.Float64),
    )


@pytest.fixture(scope="module")
def clean(real: pl.DataFrame) -> set[tuple[str, object, str, str]]:
    return marks(doubts(real))


def marks(found: pl.DataFrame) -> set[tuple[str, object, str, str]]:
    return set(found.select("station", "time", "item", "flag").rows())


def places(real: pl.DataFrame, count: int, apart: int = 30) -> list[tuple[str, object]]:
    """Hours far from one another and from the ends, with all values there."""
    chance = random.Random(SEED)
    whole = real.drop_nulls().sort("station", "time")
    first, last = real["time"].min(), real["time"].max()
    chosen: list[tuple[str, object]] = []
    for station, time in chance.sample(whole.select("station", "time").rows(), whole.height):
        near = any(s == station and abs(t - time) < timedelta(hours=apart) for s, t in chosen)
        if not near and first + timedelta(days=3) < time < last - timedelta(days=3):
            chosen.append((station, time))
        if len(chosen) == count:
            break
    return chosen


def put(real: pl.DataFrame, item: str, cells: dict[tuple[str, object], float]) -> pl.DataFrame:
    rows = [(station, time, value) for (station, time), value in cells.items()]
    schema = {"station": pl.String, "time": real.schema["time"], "new": pl.Float64}
    planted = real.join(pl.DataFrame(rows, schema=schema, orient="row"), on=["station", "time"], how="left")
    return planted.with_columns(pl.coalesce("new", item).alias(item)).drop("new")


def value(real: pl.DataFrame, station: str, time: object, item: str) -> float:
    return float(real.filter((pl.col("station") == station) & (pl.col("time") == time))[item][0])


def report(flag: str, found: pl.DataFrame, cells: set[tuple[str, object]]) -> None:
    hit = {(station, time) for station, time, _, mark in marks(found) if mark == flag} & cells
    print(f"{WORDS[flag]}: {len(hit)}/{len(cells)} found")
    assert len(hit) >= HITS[flag] * len(cells)


def test_false_alarms_on_untouched_hours_are_rare(real: pl.DataFrame, clean: set[tuple[str, object, str, str]]) -> None:
    for flag in WORDS:
        alarms = sum(mark[3] == flag for mark in clean)
        print(f"{WORDS[flag]}: {alarms} of {real.height} untouched hours, {100 * alarms / real.height:.3f}%")
        if flag != "absent":
            assert alarms <= FALSE * real.height


@pytest.mark.parametrize("item", ["pm25", "o3"])
def test_spikes(real: pl.DataFrame, item: str) -> None:
    cells = {at: 3.5 * value(real, *at, item) + 120 for at in places(real, PLANTED)}
    report("spike", doubts(put(real, item, cells)), set(cells))


def test_values_out_of_range(real: pl.DataFrame) -> None:
    cells = dict.fromkeys(places(real, PLANTED), 985.0)
    report("range", doubts(put(real, "pm25", cells)), set(cells))


def test_pm25_above_pm10(real: pl.DataFrame) -> None:
    cells = {at: 1.2 * value(real, *at, "pm10") + 6 for at in places(real, PLANTED)}
    report("inverted", doubts(put(real, "pm25", cells)), set(cells))


@pytest.mark.parametrize("item", ["pm25", "o3"])
def test_a_stuck_instrument(real: pl.DataFrame, item: str) -> None:
    starts = places(real, 12)
    known = set(real.select("station", "time").rows())
    cells = {
        (station, time + timedelta(hours=k)): 41.0  # type: ignore[operator]
        for station, time in starts
        for k in range(14)
    }
    cells = {at: v for at, v in cells.items() if at in known}
    found = doubts(put(real, item, cells))
    hit = {at for at in starts if any(m[:2] == at and m[3] == "flat" for m in marks(found))}
    gaps = [at for at in starts if sum((at[0], at[1] + timedelta(hours=k)) in known for k in range(8)) < 8]  # type: ignore[operator]
    print(f"{WORDS['flat']} {item}: {len(hit)}/{len(starts)} found, {len(gaps)} broken by a gap in the real hours")
    assert len(hit) >= len(starts) - len(gaps)


def test_a_day_pasted_twice(real: pl.DataFrame) -> None:
    starts = places(real, 8, apart=120)
    rows = {(r["station"], r["time"]): r for r in real.iter_rows(named=True)}
    for station, time in starts:
        for k in range(24):
            at, before = time + timedelta(hours=k), time + timedelta(hours=k - 24)  # type: ignore[operator]
            if (station, before) in rows:
                rows[station, at] = {**rows[station, before], "time": at}
            else:
                rows.pop((station, at), None)
    found = doubts(pl.DataFrame(list(rows.values()), schema=real.schema))
    told = [(station, time) for station, time, _, flag in marks(found) if flag == "repeat"]
    day = timedelta(days=1)
    hit = [at for at in starts if any(s == at[0] and at[1] <= t < at[1] + day for s, t in told)]  # type: ignore[operator]
    print(f"{WORDS['repeat']}: {len(hit)}/{len(starts)} found")
    assert len(hit) == len(starts)


@pytest.mark.parametrize("by", [-2, -1, 1, 2, 3])
def test_a_clock_that_is_wrong(real: pl.DataFrame, by: int) -> None:
    stations = real["station"].unique().sort().to_list()[:4]
    seen = blamed = 0
    for station in stations:
        moved = pl.when(pl.col("station") == station).then(pl.col("time") + timedelta(hours=by)).otherwise("time")
        found = doubts(real.with_columns(moved.alias("time"))).filter(pl.col("flag") == "shift")
        right = found.filter(pl.col("station") == station).height
        seen, blamed = seen + right, blamed + found.height - right
    weeks = 13 * len(stations)
    print(f"{WORDS['shift']} by {by} h: seen in {seen}/{weeks} weeks; other stations blamed {blamed} times")
    assert seen >= WEEKS[abs(by)] * weeks
    assert blamed <= 3


def test_missing_rows(real: pl.DataFrame) -> None:
    cells = set(places(real, PLANTED))
    left = pl.DataFrame([row for row in real.iter_rows() if row[:2] not in cells], schema=real.schema, orient="row")
    report("absent", doubts(left), cells)


def test_doubts_change_nothing(real: pl.DataFrame) -> None:
    before = real.clone()
    doubts(real)
    assert real.equals(before)


def test_no_hours_no_doubts(real: pl.DataFrame) -> None:
    assert doubts(real.clear()).is_empty()
