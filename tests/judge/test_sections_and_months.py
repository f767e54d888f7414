"""Which sections missed their class in a month, by how much, and a target month by month, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.base.period import Period
from guatu.cli.app import app
from guatu.judge.board import row_of
from guatu.judge.sections_now import sections_now
from guatu.judge.through_the_year import through_the_year
from guatu.load.figures.filled import store_figures
from guatu.load.water import store_water
from guatu.load.water_class import Paper, store_classes
from guatu.load.workspace import Workspace
from guatu.read.plan import Target
from tests.load.city import CITY

DAY = date(2021, 10, 11)
SECTIONS = """
[[section]]
id = "A"
name = "鲇鱼山"
river = "昌江"
place = "乙县"
aim = 3
[[section]]
id = "B"
name = "吕蒙"
aim = 3
[[section]]
id = "C"
name = "不在清单"
[[list]]
name = "省控断面"
sections = ["A", "B"]
"""
GOOD = Target("T05", "二", "水质", "省控断面", ">=", Decimal(100), "%", "", indicator_id="sw_good_ratio")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """总磷 of 鲇鱼山 .25 in September 2021 (Ⅳ), .15 in August (Ⅲ) and September 2020; 吕蒙 published Ⅱ."""
    made = Workspace.create(tmp_path / "ws", CITY)
    (made.folder / "plan" / "sections.toml").write_text(SECTIONS, encoding="utf-8")
    path = made.folder / "w.csv"
    path.write_text(
        "断面名称,采样日期,总磷\n鲇鱼山,2020-09-10,0.15\n鲇鱼山,2021-08-10,0.15\n鲇鱼山,2021-09-10,0.25\n",
        encoding="utf-8",
    )
    store_water(made, path)
    path = made.folder / "c.csv"
    path.write_text("断面名称,水质类别,超标项目\n吕蒙,Ⅱ,\n", encoding="utf-8")
    store_classes(made, path, Paper("通报", date(2021, 10, 9), "2021年9月"))
    return made


def test_the_section_that_missed_its_class_comes_first_with_its_times_over(ws: Workspace) -> None:
    """(0.25 − 0.2) / 0.2 = 0.25 times over, 0.2 at one decimal half to even."""
    first, second = sections_now(ws, DAY)
    assert (first.section.name, first.grade, first.missed, first.factors) == ("鲇鱼山", 4, True, "总磷(0.2)")
    assert (first.before, first.year_ago, first.source, first.lists) == (3, 3, "样品", ("省控断面",))
    assert (second.section.name, second.grade, second.missed, second.source) == ("吕蒙", 2, False, "公布")
    assert sections_now(ws, DAY, "没有的清单") == ()
    earlier = sections_now(ws, DAY, "省控断面", Period.of("2021-08"))
    assert [(one.section.name, one.grade, one.missed) for one in earlier] == [
        ("鲇鱼山", 3, False),
        ("吕蒙", None, None),
    ]


def test_the_command_names_section_river_county_class_and_times(ws: Workspace) -> None:
    told = CliRunner().invoke(app, ["-C", str(ws.folder), "sections", "--as-of", "2021-10-11"])
    assert told.exit_code == 0
    line = next(line for line in told.output.splitlines() if "鲇鱼山" in line)
    assert [word.strip() for word in line.strip("│ ").split("│")] == [
        "■", "鲇鱼山", "昌江", "乙县", "Ⅲ", "Ⅳ", "总磷(0.2)", "样品", "Ⅲ", "Ⅲ",
    ]  # fmt: skip
    assert "没达到目标类别的 1 个" in told.output


def test_a_share_of_sections_month_by_month(ws: Workspace) -> None:
    """August: 鲇鱼山 alone, 100 %; September: one of two, 50.0 %, and 100 % a year before."""
    found = {str(one.period): (one.number, one.last_year) for one in through_the_year(ws, GOOD, 2021, DAY)}
    assert found == {"2021-08": (Decimal("100.0"), None), "2021-09": (Decimal("50.0"), Decimal("100.0"))}


def test_reported_quarters_with_the_year_before(tmp_path: Path) -> None:
    ws = Workspace.create(tmp_path / "ws", CITY)
    path = ws.folder / "f.csv"
    rows = ["2020Q1,80,100", "2021Q1,90,100", "2021Q2,45,50"]
    lines = [f"town_sewage_rate,{place},{row},某局,2021-07-08" for row in rows for place in ("甲区", "乙县")]
    path.write_text("指标,地区,时段,分子,分母,填报单位,填报日期\n" + "\n".join(lines) + "\n", encoding="utf-8")
    store_figures(ws, path)
    target = Target("T", "二", "污水", "全市", ">=", Decimal(95), "%", "", indicator_id="town_sewage_rate")
    found = [(one.period.words, one.number, one.last_year) for one in through_the_year(ws, target, 2021, DAY)]
    assert found[:2] == [
        ("2021年1季度", Decimal("90.0"), Decimal("80.0")), ("2021年2季度", Decimal("90.0"), None),
    ]  # fmt: skip


def test_last_year_stands_beside_the_room_of_a_list_of_sections(ws: Workspace) -> None:
    """In the last 81 days of 2020 nothing was sampled, which is said; then one section of Ⅲ is."""
    assert room(ws).endswith("，没有去年同期的数")
    path = ws.folder / "w2.csv"
    path.write_text("断面名称,采样日期,总磷\n鲇鱼山,2020-11-10,0.15\n", encoding="utf-8")
    store_water(ws, path)
    assert room(ws).endswith("，去年同期 1 个中 1 个")


def room(ws: Workspace) -> str:
    found = row_of(ws, GOOD, Period.of("2021"), DAY)
    assert found.room is not None
    return found.room.sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021", "2021年"), ("2021Q1", "2021年1季度"), ("2021-09", "2021年9月"), ("2021-09-30", "2021年9月30日"),
        ("2021-01-01..2021-09-30", "2021年1—9月"), ("2021-01-02..2022-09-30", "2021年1月2日至2022年9月30日"),
    ],
)  # fmt: skip
def test_periods_in_words(text: str, words: str) -> None:
    assert Period.of(text).words == words
