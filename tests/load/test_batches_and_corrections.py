"""Batches only grow; loading twice changes nothing; a correction counts from the day it came in."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.errors import LoadError
from guatu.load import air, alone
from guatu.load.review import reviewed
from guatu.load.workspace import Workspace
from tests.load.city import CITY

HEAD = "时间,站点,PM2.5,PM10\n"
FIRST = HEAD + "2021-10-10 23:00,S1,30,50\n2021-10-11 00:00,S1,40,60\n2021-10-11 01:00,S1,,70\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", CITY)


def load(ws: Workspace, text: str, **how: object) -> air.Stored:
    path = ws.folder.parent / "a.csv"
    path.write_text(text, encoding="utf-8")
    return air.store(ws, path, at=datetime(2021, 10, 15, 9), **how)  # type: ignore[arg-type]


def pm25(ws: Workspace, as_of: date | None = None) -> dict[str, Decimal | None]:
    rows = ws.hours(as_of).select("time", "pm25").collect().iter_rows()
    return {f"{time:%d %H}": value for time, value in rows}


def test_a_batch_tells_its_file_hash_rows_and_span(ws: Workspace) -> None:
    batch = load(ws, FIRST, person="张三").batch
    assert batch is not None
    assert (batch.number, batch.rows, batch.kind, batch.person) == (1, 3, "first", "张三")
    assert (batch.first, batch.last) == ("2021-10-10 23:00:00", "2021-10-11 01:00:00")
    assert ws.batches() == (batch,)
    assert ws.data_version() == "air-hourly/0001"


def test_the_same_file_again_changes_nothing(ws: Workspace) -> None:
    load(ws, FIRST)
    before = {p.name: p.read_bytes() for p in (ws.data / "air_hourly").iterdir()}
    again = load(ws, FIRST)
    assert (again.batch, again.new, again.same) == (None, 0, 3)
    assert {p.name: p.read_bytes() for p in (ws.data / "air_hourly").iterdir()} == before


def test_only_new_rows_of_an_overlapping_file_are_kept(ws: Workspace) -> None:
    load(ws, FIRST)
    more = load(ws, FIRST + "2021-10-11 02:00,S1,45,80\n")
    assert (more.new, more.same) == (1, 3)
    assert more.batch is not None
    assert more.batch.rows == 1


def test_changed_values_are_refused_with_each_cell(ws: Workspace) -> None:
    load(ws, FIRST)
    with pytest.raises(LoadError) as caught:
        load(ws, HEAD + "2021-10-10 23:00,S1,31,50\n2021-10-11 00:00,S1,40,\n2021-10-11 01:00,S1,5,70\n")
    assert caught.value.codes == ("G-LOAD-16",) * 3
    assert "pm25 原为 30，现为 31" in str(caught.value.faults[0])
    assert "pm10 原为 60，现为 空" in str(caught.value.faults[1])
    assert "pm25 原为 空，现为 5" in str(caught.value.faults[2])
    assert len(ws.batches()) == 1


def test_a_correction_needs_a_reason(ws: Workspace) -> None:
    with pytest.raises(LoadError) as caught:
        load(ws, FIRST, correct=True, reason="  ")
    assert caught.value.codes == ("G-LOAD-17",)


def test_first_values_count_from_their_hour_and_corrections_from_their_day(ws: Workspace) -> None:
    load(ws, FIRST)
    load(ws, HEAD + "2021-10-11 00:00,S1,44,60\n", correct=True, reason="校准", on=date(2021, 10, 13))
    load(ws, HEAD + "2021-10-11 00:00,S1,,60\n", correct=True, reason="作废", on=date(2021, 10, 14))
    assert pm25(ws, date(2021, 10, 9)) == {}
    assert pm25(ws, date(2021, 10, 10)) == {"10 23": Decimal(30), "11 00": Decimal(40)}
    assert pm25(ws, date(2021, 10, 12))["11 00"] == Decimal(40)
    assert pm25(ws, date(2021, 10, 13))["11 00"] == Decimal(44)
    assert pm25(ws, date(2021, 10, 14))["11 00"] is None
    assert pm25(ws)["11 00"] is None
    assert [ws.data_version(date(2021, 10, day))[-1] for day in (12, 13, 14)] == ["1", "2", "3"]


def test_corrections_count_by_their_day_not_by_the_order_of_loading(ws: Workspace) -> None:
    load(ws, FIRST)
    load(ws, HEAD + "2021-10-11 00:00,S1,48,60\n", correct=True, reason="终审", on=date(2021, 12, 1))
    load(ws, HEAD + "2021-10-11 00:00,S1,44,60\n", correct=True, reason="补记", on=date(2021, 11, 1))
    assert pm25(ws, date(2021, 11, 15))["11 00"] == Decimal(44)
    assert pm25(ws)["11 00"] == Decimal(48)


def test_a_file_of_other_items_adds_to_the_same_hours(ws: Workspace) -> None:
    load(ws, FIRST)
    load(ws, "时间,站点,O3\n2021-10-10 23:00,S1,88\n")
    row = ws.hours().collect().row(0, named=True)
    assert (row["pm25"], row["pm10"], row["o3"]) == (Decimal(30), Decimal(50), Decimal(88))


def test_rows_carry_the_batch_and_line_that_said_them(ws: Workspace) -> None:
    load(ws, FIRST)
    load(ws, HEAD + "2021-10-11 00:00,S1,44,60\n", correct=True, reason="校准", on=date(2021, 10, 13))
    rows = ws.hours().select("batch", "line").collect().rows()
    assert rows == [(1, 2), (2, 2), (1, 4)]


def test_a_torn_write_leaves_nothing_that_is_read(ws: Workspace) -> None:
    load(ws, FIRST)
    (ws.data / "air_hourly" / "0002.parquet").write_bytes(b"torn")
    (ws.data / "air_hourly" / "batch.tmp").write_bytes(b"torn")
    assert len(pm25(ws)) == 3
    assert load(ws, HEAD + "2021-10-11 02:00,S1,1,2\n").batch is not None
    assert len(pm25(ws)) == 4


def test_a_second_load_at_the_same_time_is_refused_and_told_whose_the_first_is(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(ws, FIRST)
    monkeypatch.setattr(alone, "PATIENCE", 0.2)
    with in_another_process(ws), pytest.raises(LoadError) as caught:
        load(ws, HEAD + "2021-10-11 02:00,S1,1,2\n")
    assert caught.value.codes == ("G-LOAD-18",)
    assert "张三" in str(caught.value.faults[0])


def test_a_load_waits_for_a_short_one(ws: Workspace) -> None:
    load(ws, FIRST)
    with in_another_process(ws, seconds=1):
        assert load(ws, HEAD + "2021-10-11 02:00,S1,1,2\n").batch is not None


def test_a_lock_of_a_killed_load_holds_nobody_up(ws: Workspace) -> None:
    load(ws, FIRST)
    with in_another_process(ws) as other:
        other.kill()
        other.wait()
        assert (ws.data / "air_hourly" / "loading.lock").stat().st_size, "the killed load left its mark"
        assert load(ws, HEAD + "2021-10-11 02:00,S1,1,2\n").batch is not None


def test_a_lock_file_of_an_older_guatu_holds_nobody_up(ws: Workspace) -> None:
    (ws.data / "air_hourly").mkdir(parents=True)
    (ws.data / "air_hourly" / "loading.lock").touch()
    assert load(ws, FIRST).batch is not None


def test_two_who_load_the_same_rows_at_once_store_them_once(ws: Workspace) -> None:
    said = []
    ready = threading.Barrier(2)

    def one(name: str) -> None:
        path = ws.folder.parent / f"{name}.csv"
        path.write_text(FIRST, encoding="utf-8")
        ready.wait()
        said.append(air.store(ws, path))

    threads = [threading.Thread(target=one, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(stored.new for stored in said) == [0, 3]
    assert len(ws.batches()) == 1


@contextmanager
def in_another_process(ws: Workspace, seconds: float = 60) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of the hours."""
    folder = str(ws.data / "air_hourly")
    code = (
        "import time; from pathlib import Path; from guatu.load.alone import alone\n"
        f"with alone(Path({folder!r}), '张三'):\n print('held', flush=True); time.sleep({seconds})"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            yield other
        finally:
            other.kill()


def test_a_broken_list_of_batches_is_said(ws: Workspace) -> None:
    load(ws, FIRST)
    path = ws.data / "air_hourly" / "manifest.json"
    for content in ("{", json.dumps([{"number": 1}])):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(LoadError) as caught:
            ws.hours()
        assert caught.value.codes == ("G-LOAD-19",)


def test_the_raw_value_stays_beside_the_reviewed_one(ws: Workspace) -> None:
    load(ws, FIRST)
    assert reviewed(ws).is_empty()
    said = {"correct": True, "person": "李四"}
    load(ws, HEAD + "2021-10-11 00:00,S1,44,60\n", reason="校准", on=date(2021, 10, 13), **said)
    load(ws, HEAD + "2021-10-11 00:00,S1,,60\n2021-10-11 01:00,S1,8,70\n", reason="作废", on=date(2021, 10, 14), **said)
    rows = reviewed(ws).select("time", "item", "raw", "reviewed", "on", "reason", "person", "batch").rows()
    midnight, one = datetime(2021, 10, 11), datetime(2021, 10, 11, 1)
    assert sorted(rows, key=lambda row: (row[-1], row[0])) == [
        (midnight, "pm25", Decimal(40), Decimal(44), date(2021, 10, 13), "校准", "李四", 2),
        (midnight, "pm25", Decimal(40), None, date(2021, 10, 14), "作废", "李四", 3),
        (one, "pm25", None, Decimal(8), date(2021, 10, 14), "作废", "李四", 3),
    ]
