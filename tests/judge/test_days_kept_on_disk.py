"""What is kept in data/derived never differs from a run over all hours, whatever came in and in whatever order."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from guatu.base.period import Period
from guatu.judge import derived
from guatu.judge.board import board_of, wall_of
from guatu.judge.daily import days_of, hours_present, station_days
from guatu.load.workspace import Workspace
from guatu.read.plan import Head, Plan
from tests.judge.made import QUIET, add, hour, of_rows
from tests.judge.targets import good_days, pm25

FIRST = date(2021, 1, 1)
YEAR = Period.of("2021")


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    from guatu.judge import daily

    derived._memory.clear()
    daily._days_kept.cache_clear()


def rows(chance: random.Random, first: date, days: int, stations: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {**QUIET, "time": hour(first + timedelta(days=day), end), "station": station,
         "pm25": chance.choice([None, chance.randint(5, 150)]) if chance.random() < 0.2 else chance.randint(5, 150),
         "o3": chance.randint(20, 220)}
        for station in stations for day in range(days) for end in range(1, 25) if chance.random() < 0.97
    ]  # fmt: skip


def everything(ws: Workspace, day: date) -> list[object]:
    found: list[object] = [station_days(ws, day).sort("station", "date").to_dicts()]
    for name in ("城区", "单站", "乙县"):
        scope = ws.scope(name, day)
        assert scope is not None
        found.append(days_of(ws, scope, YEAR, day).to_dicts())
        found.append(hours_present(ws, scope, YEAR, day, "aqi"))
    return found


def from_nothing(ws: Workspace, day: date, tmp_path: Path) -> list[object]:
    """The same from a copy that has no derived folder and no memory."""
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ws.folder, copy, ignore=shutil.ignore_patterns("derived"))
    return everything(Workspace.open(copy), day)


@pytest.mark.parametrize("seed", [1, 2])
def test_days_added_corrected_and_asked_of_the_past(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    stations = ("S1", "S2", "S3", "S9")
    ws = of_rows(tmp_path, rows(chance, FIRST, 6, stations))
    days = [date(2021, 1, 6)]
    assert everything(ws, days[-1]) == from_nothing(ws, days[-1], tmp_path)
    for step in range(4):
        start = FIRST + timedelta(days=6 + step)
        add(ws, rows(chance, start, 1, stations))
        if step % 2:
            fixed = [dict(row, pm25=77) for row in rows(chance, FIRST + timedelta(days=step), 1, ("S1",))]
            add(ws, fixed, correct=True, reason="复核", on=start)
        derived._memory.clear()
        for day in (start, FIRST + timedelta(days=3), start - timedelta(days=1)):
            assert everything(ws, day) == from_nothing(ws, day, tmp_path), (step, day)
    kept = list((ws.data / "derived").glob("station_days-*.parquet"))
    assert 1 <= len(kept) <= derived.KEPT


def test_one_more_day_remakes_one_day_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guatu.compute import air

    chance = random.Random(3)
    ws = of_rows(tmp_path, rows(chance, FIRST, 6, ("S1", "S2")))
    station_days(ws, date(2021, 1, 6))
    add(ws, rows(chance, date(2021, 1, 7), 1, ("S1", "S2")))
    seen: list[set[date]] = []
    whole = air.station_day

    def watched(frame: pl.DataFrame) -> pl.DataFrame:
        found: pl.DataFrame = whole(frame)
        seen.append(set(found["date"]))
        return found

    monkeypatch.setattr(air, "station_day", watched)
    station_days(ws, date(2021, 1, 7))
    assert seen == [{date(2021, 1, 7)}]


def test_a_broken_or_forbidden_folder_is_no_fault(tmp_path: Path) -> None:
    chance = random.Random(4)
    ws = of_rows(tmp_path, rows(chance, FIRST, 3, ("S1",)))
    day = date(2021, 1, 3)
    right = everything(ws, day)
    for broken in ("station_days.json", *(path.name for path in (ws.data / "derived").glob("*.parquet"))):
        (ws.data / "derived" / broken).write_bytes(b"{")
        derived._memory.clear()
        assert everything(ws, day) == right
    shutil.rmtree(ws.data / "derived")
    (ws.data / "derived").write_text("no folder", encoding="utf-8")
    derived._memory.clear()
    assert everything(ws, day) == right


def test_rules_of_another_day_make_the_days_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    ws = of_rows(tmp_path, rows(chance, FIRST, 3, ("S1",)))
    before = station_days(ws, date(2021, 1, 3))
    monkeypatch.setattr(derived, "made_by", lambda: "another guatu")
    derived._memory.clear()
    assert derived._near(ws.data, "station_days", derived.counted(ws.data, date(2021, 1, 3))) is None
    assert station_days(ws, date(2021, 1, 3)).equals(before)


def test_the_wall_of_places_is_the_board_of_each(tmp_path: Path) -> None:
    chance = random.Random(6)
    ws = of_rows(tmp_path, rows(chance, FIRST, 20, ("S1", "S9")))
    plan = Plan(Head(year=2021), (pm25("60", scope="全市"), good_days("50", scope="全市")))
    day = date(2021, 1, 20)
    for place, board in wall_of(ws, plan, day, ("单站", "乙县")).items():
        alone = Plan(Head(year=2021), (pm25("60", scope=place), good_days("50", scope=place)))
        for mine, theirs in zip(board.rows, board_of(ws, alone, day).rows, strict=True):
            assert (mine.status, mine.room, mine.value.raw) == (theirs.status, theirs.room, theirs.value.raw)
