"""An office's own indicator: one card in the workspace, and reader, template, loader and status all know it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import WorkspaceError
from guatu.judge.address import value_at
from guatu.judge.board import board_of, plan_of
from guatu.load.city import City, city_from_toml
from guatu.load.workspace import Workspace
from guatu.read import read_notice

CARD = """
[[card]]
id = "bamboo_cover"
name = "竹林覆盖率"
say = ["毛竹林覆盖率"]
unit = "%"
better = "higher"
numerator = "竹林面积"
denominator = "国土面积"
counted_in = "公顷"
decimals = 2
clause = "某市竹产业方案"

[[card]]
id = "dust_complaints"
name = "扬尘投诉件数"
unit = "件"
better = "lower"
kind = "yearly"
clause = "某市扬尘方案"
decimals = 0
"""
NOTICE = """某市2021年生态环境工作要点

一、工作目标
全市竹林覆盖率达到12.50%，扬尘投诉件数控制在300件，森林覆盖率达到60%。

某市生态环境局
2021年3月1日
"""
CITY = b"""city = "\xe6\x9f\x90\xe5\xb8\x82"
[[place]]
code = "P1"
name = "\xe7\x94\xb2\xe5\x8e\xbf"
kind = "\xe5\x8e\xbf\xe5\x8c\xba"
[[place]]
code = "P2"
name = "\xe4\xb9\x99\xe5\x8e\xbf"
kind = "\xe5\x8e\xbf\xe5\x8c\xba"
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """Two counties, two own cards in two files, and the notice."""
    made: City = city_from_toml(CITY)
    ws = Workspace.create(tmp_path / "ws", made)
    first, second = CARD.strip().split("\n\n")
    (ws.folder / "cards.toml").write_text(first, encoding="utf-8")
    (ws.folder / "cards").mkdir()
    (ws.folder / "cards" / "dust.toml").write_text(second, encoding="utf-8-sig")
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    return ws


def guatu(ws: Workspace, *words: str) -> str:
    done = CliRunner().invoke(app, ["-C", str(ws.folder), *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_card_goes_all_the_way_from_the_notice_to_the_state(ws: Workspace, tmp_path: Path) -> None:
    guatu(ws, "read", str(tmp_path / "notice.txt"), "-o", str(ws.plan_path))
    targets = {target.indicator_id: target for target in plan_of(ws).targets}
    assert set(targets) == {"bamboo_cover", "dust_complaints", "forest_cover"}
    form = tmp_path / "form.xlsx"
    guatu(ws, "figures", "template", "--period", "2021Q3", "--indicator", "毛竹林覆盖率", "-o", str(form))
    book = openpyxl.load_workbook(form)
    sheet = book[book.sheetnames[1]]
    assert sheet["C4"].value == "分子：竹林面积（公顷）"
    for row, (part, whole) in enumerate(((13, 100), (24, 196)), 5):
        sheet[f"C{row}"], sheet[f"D{row}"] = part, whole
    book.save(form)
    guatu(ws, "load", str(form), "--kind", "figures", "--date", "2021-10-08")
    own = tmp_path / "own.csv"
    own.write_text("指标,地区,时段,数值,单位\n扬尘投诉件数,全市,2021年1—9月,310,件\n", encoding="utf-8")
    guatu(ws, "load", str(own), "--kind", "figures", "--date", "2021-10-08")
    rows = {row.target.indicator_id: row for row in board_of(ws, plan_of(ws), date(2021, 10, 11)).rows}
    bamboo, dust = rows["bamboo_cover"], rows["dust_complaints"]
    assert (str(bamboo.value.number), bamboo.status.code) == ("12.50", "met")  # 37 of 296, not the mean of 13 and 12.24
    assert (str(dust.value.number), dust.status.code) == ("310", "behind")
    told = str(value_at(ws, plan_of(ws), "bamboo_cover/全市/2021@2021-10-11").why)
    assert "form.xlsx" in told and "C5" in told and "某市竹产业方案" in told


def test_cards_are_listed_with_their_ids_and_which_are_the_offices_own(ws: Workspace) -> None:
    told = guatu(ws, "figures", "cards", "覆盖率")
    assert "bamboo_cover  竹林覆盖率（%）自有；分子 竹林面积，分母 国土面积" in told
    assert "forest_cover  森林覆盖率（%）；" in told and "pm25_mean" not in told
    assert "自有 1 张" in told


def test_without_the_card_nothing_is_guessed(tmp_path: Path) -> None:
    plan = read_notice(NOTICE)
    assert [target.indicator_id for target in plan.targets] == [None, None, "forest_cover"]


def test_two_workspaces_do_not_see_each_others_cards(ws: Workspace, tmp_path: Path) -> None:
    other = Workspace.create(tmp_path / "other", city_from_toml(CITY))
    assert ws.cards.named("竹林覆盖率") is not None
    assert other.cards.named("竹林覆盖率") is None
    assert other.cards.named("森林覆盖率") == ws.cards.named("森林覆盖率")


WRONG = """[[card]]
id = "Bamboo cover"
name = "竹林覆盖率"
unit = "%"
better = "up"
clause = "某市方案"
numerator = "竹林面积"

[[card]]
id = "forest_cover"
name = "森林覆盖率"
unit = "%"
better = "higher"
clause = "某市方案"
decimals = "2"
colour = "green"
say = "毛竹"

[[card]]
id = "half"
"""


def test_every_fault_of_a_card_is_told_by_its_line(ws: Workspace) -> None:
    (ws.folder / "cards.toml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        _ = ws.cards
    told = {(fault.code, fault.where) for fault in caught.value.faults}
    line = "cards.toml 第 {} 行".format
    assert told == {
        ("G-WORK-43", line(2)),  # the id
        ("G-WORK-43", line(5)),  # better
        ("G-WORK-45", line(1)),  # no denominator
        ("G-WORK-44", line(10)),  # an id of guatu
        ("G-WORK-44", line(11)),  # a name of guatu
        ("G-WORK-43", line(15)),  # decimals as text
        ("G-WORK-42", line(16)),  # an unknown key
        ("G-WORK-43", line(17)),  # say is no list
        ("G-WORK-41", line(19)),  # what lacks
    }
    done = CliRunner().invoke(app, ["-C", str(ws.folder), "status"])
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[card]]\nid "x"\n', "第 2 行"),
        ("[[card]]\nid = x\n", "第 2 行"),
        ("[[card]\n", "第 1 行"),
        ('[[card]]\nname = "竹\nx', "第 2 行"),
    ],
)
def test_broken_toml_is_told_in_chinese_by_line(ws: Workspace, text: str, line: str) -> None:
    (ws.folder / "cards.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        _ = ws.cards
    (fault,) = caught.value.faults
    assert fault.code == "G-WORK-40" and fault.what.startswith(line)
    assert not any(letter.isascii() and letter.isalpha() for letter in fault.what)
