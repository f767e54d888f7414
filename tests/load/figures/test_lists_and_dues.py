"""Lists of objects and duties to report: every fault at once, a blank is neither yes nor no."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guatu.errors import LoadError, RuleError, WorkspaceError
from guatu.load.figures.due import dues_of
from guatu.load.kept import known
from guatu.load.lists import OBJECTS, store_list
from guatu.load.sections import sections_of
from guatu.load.workspace import Workspace
from guatu.rules.cards import card
from guatu.rules.lists import counted_lists
from tests.load.figures.county import workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def csv(ws: Workspace, *lines: str) -> Path:
    path = ws.folder.parent / "清单.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def cells(error: LoadError) -> list[tuple[str, str]]:
    return [(fault.code, fault.where.split(" ")[1].split("（")[0]) for fault in error.faults]


def test_faults_of_a_list_by_cell(ws: Workspace) -> None:
    path = csv(
        ws,
        "图斑编号,县区,污染程度,面积,措施是否到位,农产品是否达标",
        "1,甲区,轻微,五亩,是,是",
        "2,月球,轻微,5,是,是",
        "3,甲区,很重,5,是,是",
        "4,甲区,轻中度,5,,是",
        "5,甲区,轻中度,5,是,差不多",
        ",甲区,重度,5,是,是",
    )
    with pytest.raises(LoadError) as caught:
        store_list(ws, path, "farmland", at_period="2021-09")
    assert sorted(cells(caught.value)) == [
        ("G-LIST-02", "A7"),
        ("G-LIST-03", "B3"),
        ("G-LIST-04", "D2"),
        ("G-LIST-05", "E5"),
        ("G-LIST-05", "F6"),
        ("G-LIST-06", "C4"),
    ]
    assert known(ws.data, OBJECTS).is_empty()


def test_a_class_that_asks_for_more_needs_its_column(ws: Workspace) -> None:
    path = csv(ws, "图斑编号,污染程度,面积,措施是否到位", "1,轻微,5,是", "2,轻中度,5,是")
    with pytest.raises(LoadError) as caught:
        store_list(ws, path, "farmland", at_period="2021-09")
    (fault,) = caught.value.faults
    assert (fault.code, fault.what) == ("G-LIST-05", "没有“农产品是否达标”列")


def test_the_days_of_a_problem_as_offices_write_them(ws: Workspace) -> None:
    path = csv(
        ws,
        "某市2021年9月整改清单,,,",
        "反馈问题,整改时限,是否销号,销号日期",
        "甲,2021年6月,√,2021.5.20",
        "乙,长期坚持,×,",
        "丙,2021/12/31,整改中,—",
    )
    store_list(ws, path, "problems", label="省级督察", received=date(2021, 10, 1))
    rows = known(ws.data, OBJECTS).sort("object").to_dicts()
    assert [(r["object"], r["deadline"], r["done"], r["done_on"]) for r in rows] == [
        ("丙", date(2021, 12, 31), False, None),
        ("乙", None, False, None),
        ("甲", date(2021, 6, 30), True, date(2021, 5, 20)),
    ]


def test_a_list_nobody_declared(ws: Workspace) -> None:
    with pytest.raises(RuleError) as caught:
        store_list(ws, csv(ws, "名称,是否完成", "甲,是"), "moons")
    assert caught.value.codes == ("G-RULE-04",)


def test_every_list_counts_an_indicator_that_has_a_card() -> None:
    assert len({rule.id for rule in counted_lists()}) == len(counted_lists()) == 7
    for rule in counted_lists():
        assert card(rule.indicator).unit == "%"


def test_duties_with_faults(ws: Workspace) -> None:
    text = """
[[due]]
indicator = "moon"
body = "甲"
[[due]]
indicator = "pm25_mean"
body = "甲"
[[due]]
indicator = "straw_use"
every = "week"
places = ["月球"]
"""
    (ws.folder / "plan" / "figures.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        dues_of(ws)
    assert caught.value.codes == ("G-WORK-24",) * 3
    assert caught.value.faults[2].what == "没有写 body；every 写成了“week”；地区“月球”没有登记"


def test_sections_with_faults(ws: Workspace) -> None:
    text = """
[[section]]
id = "A"
name = "甲"
[[section]]
id = "A"
name = "乙"
kind = "sea"
[[section]]
name = "丙"
[[list]]
name = "国控"
sections = ["A", "Z"]
"""
    (ws.folder / "plan" / "sections.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        sections_of(ws)
    assert sorted(caught.value.codes) == ["G-WORK-21", "G-WORK-21", "G-WORK-22", "G-WORK-22"]


def test_lists_of_sections_are_dated(ws: Workspace) -> None:
    text = """
[[section]]
id = "A"
name = "甲"
[[section]]
id = "B"
name = "乙"
[[list]]
name = "国控断面"
sections = ["A"]
until = 2020-12-31
[[list]]
name = "国控断面"
sections = ["A", "B"]
since = 2021-01-01
"""
    (ws.folder / "plan" / "sections.toml").write_text(text, encoding="utf-8")
    waters = sections_of(ws)
    lists = [waters.list_of("国控断面", day) for day in (date(2020, 12, 31), date(2021, 1, 1))]
    assert [one.sections if one else None for one in lists] == [("A",), ("A", "B")]
