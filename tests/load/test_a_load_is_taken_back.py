"""Undoing a load: every figure, on every day, is again what it was; the list keeps who took it back and why."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli import app
from guatu.errors import LoadError
from guatu.load import door
from guatu.load.batches import inputs_hash
from guatu.load.history import history, undo
from guatu.load.papers import papers_in
from guatu.load.workspace import Workspace
from tests.load.city import CITY

FIRST = "时间,站点,PM2.5\n2021-10-10 23:00,S1,30\n2021-10-11 00:00,S1,40\n"
SAID = door.Said(person="张三")
DAYS = (date(2021, 10, 9), date(2021, 10, 10), date(2021, 10, 12), None)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", CITY)


def take(ws: Workspace, text: str, name: str = "a.csv", kind: str = "air-hourly", said: door.Said = SAID) -> str:
    path = ws.folder.parent / name
    path.write_text(text, encoding="utf-8")
    return door.take(ws, path, kind, said).address


def known(ws: Workspace) -> list[object]:
    """All that anything is computed from: rows with their batch, their hash, the version, on each of the days."""
    return [(ws.hours(day).collect().rows(), inputs_hash(ws.data, day), ws.data_version(day)) for day in DAYS]


def test_after_undo_all_is_as_before_to_the_byte(ws: Workspace) -> None:
    take(ws, FIRST)
    before = known(ws)
    first = take(ws, FIRST + "2021-10-11 01:00,S1,50\n")
    second = take(
        ws,
        "时间,站点,PM2.5\n2021-10-11 00:00,S1,44\n",
        said=door.Said(correct=True, reason="校准", on=date(2021, 10, 12)),
    )
    assert known(ws) != before
    undo(ws, second, reason="传错了", person="李四")
    undo(ws, first, reason="传错了", person="李四")
    assert known(ws) == before


def test_the_same_file_can_come_in_again_after_undo(ws: Workspace) -> None:
    address = take(ws, FIRST)
    after = known(ws)
    undo(ws, address, reason="试")
    assert ws.hours().collect().is_empty()
    again = take(ws, FIRST)
    assert again != address, "a number is never given twice"
    assert [rows[0] for rows in known(ws)][:1] == [after[0][0]]  # type: ignore[index]
    assert ws.hours().collect()["pm25"].to_list() == [30, 40]


def test_only_the_newest_can_go_and_the_others_are_named(ws: Workspace) -> None:
    first = take(ws, FIRST)
    take(ws, FIRST + "2021-10-11 01:00,S1,50\n")
    with pytest.raises(LoadError) as caught:
        undo(ws, first, reason="试")
    assert caught.value.codes == ("G-LOAD-37",)
    assert "0002" in str(caught.value.faults[0])


@pytest.mark.parametrize("address", ["air-hourly/0009", "noise/0001", "air-hourly", "official/0001"])
def test_what_is_not_there_cannot_go(ws: Workspace, address: str) -> None:
    with pytest.raises(LoadError) as caught:
        undo(ws, address, reason="试")
    assert caught.value.codes == ("G-LOAD-36",)


def test_undo_needs_a_reason_and_is_not_done_twice(ws: Workspace) -> None:
    address = take(ws, FIRST)
    with pytest.raises(LoadError) as caught:
        undo(ws, address, reason=" ")
    assert caught.value.codes == ("G-LOAD-17",)
    undo(ws, address, reason="传错了")
    with pytest.raises(LoadError) as caught:
        undo(ws, address, reason="传错了")
    assert caught.value.codes == ("G-LOAD-36",)


def test_official_figures_go_back_to_the_byte(ws: Workspace) -> None:
    head = "指标,范围,时段,数值,文号,发布日期\n"
    take(ws, head + "PM2.5,全市,2021年9月,30,甲号,2021-10-09\n", kind="official")
    path = ws.data / "official.json"
    before = path.read_bytes()
    address = take(ws, head + "PM2.5,全市,2021年1—9月,31,乙号,2021-10-09\n", kind="official")
    assert path.read_bytes() != before
    undo(ws, address, reason="撤")
    assert path.read_bytes() == before
    undo(ws, "official/0001", reason="撤")
    assert not path.exists()
    assert [one.undone is not None for one in papers_in(ws.data)] == [True, True]


def test_sections_written_by_hand_since_are_not_lost(ws: Workspace) -> None:
    address = take(ws, "断面名称,河流,控制级别\n甲断面,某河,国控\n", kind="sections")
    path = ws.folder / "plan" / "sections.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# 手工\n", encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        undo(ws, address, reason="撤")
    assert caught.value.codes == ("G-LOAD-37",)
    assert "# 手工" in path.read_text(encoding="utf-8")


def test_the_history_says_who_when_what_and_what_became_of_it(ws: Workspace) -> None:
    address = take(ws, FIRST)
    undo(ws, address, reason="传错了", person="李四")
    take(ws, FIRST, "b.csv")
    newest, oldest = history(ws.data)
    assert oldest.sha256 == hashlib.sha256(FIRST.encode()).hexdigest()
    assert (oldest.file, oldest.rows, oldest.person, oldest.newest) == ("a.csv", 2, "张三", False)
    assert "李四：传错了" in oldest.state
    assert (newest.file, newest.state, newest.newest) == ("b.csv", "在用", True)


def test_by_command(ws: Workspace) -> None:
    address = take(ws, FIRST)
    said = CliRunner().invoke(app, ["-C", str(ws.folder), "loads"]).output
    assert address in said
    assert "共 1 批" in said
    done = CliRunner().invoke(app, ["-C", str(ws.folder), "loads", "undo", address, "--reason", "传错了"])
    assert done.exit_code == 0, done.output
    assert ws.hours().collect().is_empty()
    assert "已撤销" in CliRunner().invoke(app, ["-C", str(ws.folder), "loads", "--csv"]).output
