"""A target changes by paper and date: old months keep the old number, and national and provincial figures prevail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import WorkspaceError
from guatu.judge.board import board_of
from guatu.judge.versions import change, in_force, versions_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Head, Plan
from tests.judge.made import all_days, year
from tests.judge.targets import pm25

TARGET = pm25("30", stretch="29")
PLAN = Plan(Head(year=2021), (TARGET,))


def row(since: date, value: str, level: str = "省", paper: str = "文1", **more: str) -> dict[str, object]:
    return {
        "target": "T", "since": since, "level": level, "value": value, "paper": paper, "reason": "省下达不同", **more
    }  # fmt: skip


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = year(tmp_path, all_days(until=date(2021, 9, 30)), fill=lambda _day, _hour: 32)
    made.plan_path.write_text(PLAN.to_toml(), encoding="utf-8")
    return made


def test_old_months_keep_the_old_number(ws: Workspace) -> None:
    change(ws, PLAN, [row(date(2021, 8, 1), "33")])
    seen = {}
    for day in (date(2021, 7, 31), date(2021, 8, 1), date(2021, 9, 30)):
        found = board_of(ws, PLAN, day).rows[0]
        assert isinstance(found.target.value, Decimal)
        seen[day] = (str(found.target.value), found.status.code in ("met", "close"))
    assert list(seen.values()) == [("30", False), ("33", True), ("33", True)]


def test_the_higher_level_prevails_and_of_one_level_the_newest(ws: Workspace) -> None:
    change(
        ws,
        PLAN,
        [
            row(date(2021, 3, 1), "31", "省", "省1"),
            row(date(2021, 5, 1), "29", "市", "市1"),  # a later word of the city does not undo the province's
            row(date(2021, 7, 1), "33", "省", "省2"),
            row(date(2021, 9, 1), "32", "国家", "国1"),
        ],
    )
    later = versions_of(ws)
    days = (date(2021, 2, 28), date(2021, 3, 1), date(2021, 6, 1), date(2021, 8, 1), date(2021, 9, 1))
    assert [str(in_force(TARGET, later, day).value) for day in days] == ["30", "31", "31", "33", "32"]
    told = in_force(TARGET, later, date(2021, 8, 1)).authority
    assert told == "省“省2”自 2021-07-01 起 33（原 30，省下达不同）"
    assert in_force(TARGET, later, date(2021, 8, 1)).stretch is None


def test_a_schedule_target_gets_its_number_and_the_way_of_its_indicator(ws: Workspace) -> None:
    target = replace(
        TARGET, op="schedule", value=None, stretch=None, indicator_id="co2_per_gdp_reduction", reference="时序进度"
    )
    plan = replace(PLAN, targets=(target,))
    change(ws, plan, [row(date(2021, 6, 1), "3.9")])
    found = in_force(target, versions_of(ws), date(2021, 6, 1))
    assert (found.op, str(found.value)) == (">=", "3.9")
    assert "原 时序进度" in found.authority


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"target": "T", "since": date(2021, 8, 1), "level": "省", "value": "33"}], "G-JUDGE-31"),
        ([row(date(2021, 8, 1), "33", "乡")], "G-JUDGE-31"),
        ([row(date(2021, 8, 1), "三十三")], "G-JUDGE-31"),
        ([row(date(2021, 8, 1), "33", by="张三")], "G-JUDGE-31"),
        ([row(date(2021, 8, 1), "33"), row(date(2021, 8, 1), "34", paper="文2")], "G-JUDGE-32"),
        ([{**row(date(2021, 8, 1), "33"), "target": "T99"}], "G-JUDGE-33"),
    ],
)
def test_a_change_that_cannot_be_is_refused_whole(ws: Workspace, rows: list[dict[str, object]], code: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        change(ws, PLAN, [row(date(2021, 4, 1), "31", "市"), *rows])
    assert error.value.codes == (code,)
    assert versions_of(ws) == ()


def test_the_same_change_twice_is_one_version(ws: Workspace) -> None:
    assert len(change(ws, PLAN, [row(date(2021, 8, 1), "33")])) == 1
    assert change(ws, PLAN, [row(date(2021, 8, 1), "33")]) == ()
    assert len(versions_of(ws)) == 1


def test_the_command_lists_the_effect_on_the_state(ws: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "变更.csv"
    table.write_text(
        "编号,数值,力争,自何日起,级别,文号,原因\nT,33,,2021-08-01,省,省环委〔2021〕12号,省下达不同\n", "utf-8"
    )
    told = CliRunner().invoke(
        app, ["-C", str(ws.folder), "target", "change", "--file", str(table), "--as-of", "2021-09-30"]
    )
    assert told.exit_code == 0
    assert "T：省“省环委〔2021〕12号”自 2021-08-01 起 33" in told.output
    assert "现值 32.0：原 30 暂未达标，现 33 " in told.output
    later = CliRunner().invoke(app, ["-C", str(ws.folder), "target", "list"]).output
    assert "通知 30" in later
    assert "省环委〔2021〕12号" in later


def test_versions_kept_in_the_plan_itself_count_too(ws: Workspace) -> None:
    """A later notice read with the plan leaves its numbers there; the higher level still prevails over both."""
    from guatu.read.plan import Version

    read = replace(PLAN, versions=(Version("T", date(2021, 5, 1), "市", "31", "市1", "后来的文件改了数"),))
    change(ws, read, [row(date(2021, 8, 1), "33")])
    values = [
        str(board_of(ws, read, day).rows[0].target.value)
        for day in (date(2021, 4, 30), date(2021, 5, 1), date(2021, 8, 1))
    ]
    assert values == ["30", "31", "33"]
