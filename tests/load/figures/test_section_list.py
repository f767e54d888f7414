"""A list of sections as an office keeps it becomes plan/sections.toml, and the shares of the notice can be counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import LoadError
from guatu.judge.board import board_of, plan_of
from guatu.load.city import city_from_toml
from guatu.load.section_list import Listed, store_section_list
from guatu.load.sections import sections_of
from guatu.load.words import day
from guatu.load.workspace import Workspace
from guatu.read import read_notice

CITY = 'city = "某市"\n' + "".join(
    f'[[place]]\ncode = "{k}"\nname = "{n}"\nkind = "县区"\n' for k, n in (("A", "甲县"), ("B", "乙县"))
)
SCOPES = ("全市地表水省控断面", "国控断面", "地下水国考点位", "全市")
NOTICE = (
    "某市2021年工作要点\n\n一、工作目标\n全市地表水省控断面水质达到或好于Ⅲ类断面比例达到100%；"
    "国控断面水质达到或好于Ⅲ类断面比例达到100%。\n\n某市环委办\n2021年3月1日\n"
)
TABLE = (
    "2021年地表水断面清单\n断面编码,断面名称,所在河流,所在县区,水质目标,控制级别\n"
    "A01,上游,清河,甲县,Ⅲ,国控、省控\nA02,下游,清河,乙县,Ⅲ类,省控\n—,湖心,东湖,乙县,Ⅱ,市控\n"
)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", city_from_toml(CITY.encode()))


def written(ws: Workspace, text: str) -> Path:
    path = ws.folder.parent / "清单.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_level_is_a_list_that_stands_for_the_scopes_of_the_plan(ws: Workspace) -> None:
    done = store_section_list(ws, written(ws, TABLE), SCOPES)
    assert done == Listed(3, 0, {"国控断面": 1, "省控断面": 2, "市控断面": 1})
    waters = sections_of(ws)
    on = day("2021-06-01")
    assert on is not None
    province, nation = waters.list_of("全市地表水省控断面", on), waters.list_of("国控断面", on)
    assert province is not None and province.sections == ("A01", "A02")
    assert nation is not None and nation.sections == ("A01",)
    assert waters.list_of("地下水国考点位", on) is None  # wells are no sections of a river
    lake = waters.named("湖心")
    assert lake is not None and (lake.id, lake.place, lake.aim) == ("东湖湖心", "乙县", 2)


def test_a_second_table_adds_and_keeps_what_a_person_wrote(ws: Workspace) -> None:
    store_section_list(ws, written(ws, TABLE), SCOPES)
    path = ws.folder / "plan" / "sections.toml"
    path.write_text("# 按省厅2021年文件\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    more = "断面名称,水体类型,控制级别\n上游,河流,省控\n三号井,地下水,国考\n"
    assert store_section_list(ws, written(ws, more), SCOPES) == Listed(1, 1, {"省控断面": 2, "地下水国考点位": 1})
    assert path.read_text(encoding="utf-8").startswith("# 按省厅2021年文件")
    assert [one.name for one in sections_of(ws).sections] == ["上游", "下游", "湖心", "三号井"]


def test_looking_changes_nothing(ws: Workspace) -> None:
    assert store_section_list(ws, written(ws, TABLE), SCOPES, look=True).new == 3
    assert not (ws.folder / "plan" / "sections.toml").exists()


def test_every_fault_is_told_by_its_cell(ws: Workspace) -> None:
    store_section_list(ws, written(ws, TABLE), SCOPES)
    bad = (
        "断面名称,所在河流,所在县区,水质目标,水体类型,控制级别\n"
        ",清河,甲县,Ⅲ,河流,国控\n新一,清河,丙县,Ⅵ,沼泽,国控\n新二,清河,甲县,Ⅲ,河流,\n上游,清河,甲县,Ⅱ,河流,国控\n新二,清河,甲县,Ⅲ,河流,国控\n"
    )
    with pytest.raises(LoadError) as caught:
        store_section_list(ws, written(ws, bad), SCOPES)
    told = {(fault.code, fault.where.removeprefix("清单.csv ").partition("（")[0]) for fault in caught.value.faults}
    assert told == {
        ("G-SECT-02", "A2"), ("G-SECT-03", "C3"), ("G-SECT-05", "D3"), ("G-SECT-04", "E3"), ("G-SECT-06", "F4"),
        ("G-SECT-07", "D5"), ("G-SECT-08", "A6"),
    }  # fmt: skip


def test_from_the_list_and_a_class_table_the_targets_of_a_notice_are_answered(ws: Workspace, tmp_path: Path) -> None:
    ws.plan_path.write_text(read_notice(NOTICE).to_toml(), encoding="utf-8")
    on = day("2022-02-01")
    assert on is not None
    before = board_of(ws, plan_of(ws), on).rows
    assert [row.status.reason for row in before] == ["无点位", "无点位"]
    said = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(written(ws, TABLE)), "--kind", "sections"])
    assert said.exit_code == 0 and "省控断面：2 个" in said.output
    classes = tmp_path / "类别.csv"
    classes.write_text("断面名称,水质类别\n上游断面,Ⅱ\n下游,Ⅳ\n", encoding="utf-8")
    words = ["--kind", "official", "--paper", "通报", "--date", "2022-01-15", "--period", "2021"]
    assert CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(classes), *words]).exit_code == 0
    rows = board_of(ws, plan_of(ws), on).rows
    assert [(str(row.value.number), row.status.code) for row in rows] == [("50.0", "missed"), ("100.0", "met")]
