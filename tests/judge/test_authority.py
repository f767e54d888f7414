"""A city's targets against the level above and against its counties, and what is odd in Jingdezhen but right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import guatu
from guatu.errors import WorkspaceError
from guatu.judge.authority import Above, Levels, Share, compared, days_allowed, levels_of
from guatu.judge.findings import Finding
from guatu.load.workspace import Workspace
from guatu.read.plan import Head, Plan, Target
from tests.judge.targets import good_days, pm25
from tests.load.city import CITY

DAY = date(2021, 6, 1)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", CITY)


def plan(*targets: Target) -> Plan:
    return Plan(Head(year=2021), tuple(replace(one, id=f"T{at}") for at, one in enumerate(targets, 1)))


def words(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.target, one.word) for one in found]


@pytest.mark.parametrize(
    ("target", "above", "word"),
    [
        (pm25("34", scope="全市"), "33", "宽于"),
        (pm25("32", scope="全市"), "33", "严于"),
        (pm25("33", scope="全市"), "33", "一致"),
        (good_days("90", scope="全市"), "92", "宽于"),
        (good_days("93", scope="全市"), "92", "严于"),
        (replace(pm25("30", scope="全市"), op="schedule", value=None), "33", "缺"),
    ],
)
def test_looser_stricter_missing(ws: Workspace, target: Target, above: str, word: str) -> None:
    levels = Levels((Above(target.indicator_id or "", "全市", above),))
    assert words(compared(ws, plan(target), levels, DAY)) == [("T1", word)]


def test_what_the_city_did_not_take_over_is_missing(ws: Workspace) -> None:
    found = compared(ws, plan(pm25("30", scope="全市")), Levels((Above("heavy_pollution_days", "全市", "2"),)), DAY)
    assert words(found) == [("", "缺")]


def test_the_oddities_of_jingdezhen_do_not_misfire(ws: Workspace, shared: Callable[..., Path]) -> None:
    """34 for the centre beside 30 for the whole, and 100 % of the sections beside the province's 90 %, are right."""
    notice = guatu.read_notice(next(shared("notices", "texts").glob("00-*")))
    assert words(compared(ws, notice, Levels(), DAY)) == []
    above = Levels(
        (
            Above("pm25_mean", "全市含各县（市、区）", "30"),
            Above("aqi_good_ratio", "全市含各县（市、区）", "92"),
            Above("sw_good_ratio", "全市地表水省控断面", "90"),
        )
    )
    assert words(compared(ws, notice, above, DAY)) == [("T01", "一致"), ("T03", "一致"), ("T05", "严于")]


def test_counties_weighted_against_the_city(ws: Workspace) -> None:
    """31 and 28 with weights 2 and 1 make 30.0; alike they make 29.5; 32 and 29 make 30.5."""
    asked = plan(pm25("30", scope="全市"))

    def of(one: str, two: str, weights: tuple[str, str] = ("1", "1")) -> Finding:
        shares = (Share("T1", "甲区", one, weight=weights[0]), Share("T1", "乙县", two, weight=weights[1]))
        found = compared(ws, asked, Levels((), shares), DAY)
        assert len(found) == 1
        return found[0]

    assert of("31", "28").word == "严于"
    assert (of("31", "28", ("2", "1")).word, "= 30.00" in of("31", "28", ("2", "1")).text) == ("一致", True)
    assert of("32", "29").word == "宽于"
    assert "各县都达标，全市仍可能不达标" in of("32", "29").text


def test_a_district_that_follows_the_city_and_one_left_out(ws: Workspace) -> None:
    asked = plan(pm25("30", scope="全市"), pm25("34", scope="城区"))
    follows = Levels((), (Share("T1", "甲区", follows="T2"), Share("T1", "乙县")))
    assert words(compared(ws, asked, follows, DAY)) == [("T1", "缺"), ("T1", "宽于")]
    alone = compared(ws, asked, Levels((), (Share("T1", "甲区", "30"),)), DAY)
    assert [one.word for one in alone] == ["缺", "一致"]
    assert "乙县" in alone[0].text


@pytest.mark.parametrize(("ratio", "year", "days"), [("92.5", 2021, 27), ("92", 2021, 29), ("90", 2020, 36)])
def test_a_ratio_told_as_days(ws: Workspace, ratio: str, year: int, days: int) -> None:
    """92.5 % of a year: at most 27 bad days, as a county's table has it; 92 %: 29."""
    assert days_allowed(good_days(ratio), Decimal(ratio), year) == days
    shares = (Share("T1", "甲区", "92.5", days=27), Share("T1", "乙县", "92.5", days=28))
    found = compared(ws, plan(good_days("92.5", scope="全市")), Levels((), shares), DAY)
    assert [one.word for one in found] == ["不符", "一致"]
    assert "乙县" in found[0].text


def test_aspired_must_be_better_than_firm(ws: Workspace) -> None:
    found = compared(ws, plan(pm25("34", stretch="35"), pm25("34", stretch="33")), Levels(), DAY)
    assert words(found) == [("T1", "不符")]


def test_a_wrong_file_is_told_with_every_entry(ws: Workspace) -> None:
    (ws.folder / "plan" / "authority.toml").write_text(
        '[[above]]\nindicator = "pm25_mean"\nscope = "全市"\nvalue = 30\n[[county]]\nplace = "甲区"\nshare = "1"\n',
        encoding="utf-8",
    )
    with pytest.raises(WorkspaceError) as error:
        levels_of(ws)
    assert error.value.codes == ("G-JUDGE-36", "G-JUDGE-36")


SECTIONS = """
[[section]]
id = "A"
name = "鲇鱼山"
also = ["鲶鱼山"]
aim = 3
[[section]]
id = "B"
name = "宝石"
aim = 2
[[section]]
id = "C"
name = "吕蒙"
[[list]]
name = "国控断面"
sections = ["A", "B", "C"]
"""
ABOVE = """
[[sections]]
list = "国控断面"
paper = "赣环字〔2021〕1号"
sections = ["鲶鱼山", "宝石", "塔前"]
aims = { "鲶鱼山" = 2, "宝石" = 3 }
"""


def test_a_list_of_sections_against_the_one_above(ws: Workspace) -> None:
    """Section by section, by any spelling: one looser, one stricter, one missing, one too many."""
    (ws.folder / "plan" / "sections.toml").write_text(SECTIONS, encoding="utf-8")
    (ws.folder / "plan" / "authority.toml").write_text(ABOVE, encoding="utf-8")
    found = compared(ws, plan(pm25("30", scope="国控断面")), levels_of(ws), DAY)
    said = {(one.word, next(name for name in ("鲇鱼山", "宝石", "塔前", "吕蒙") if name in one.text)) for one in found}
    assert said == {("宽于", "鲇鱼山"), ("严于", "宝石"), ("缺", "塔前"), ("不符", "吕蒙")}
    assert {one.target for one in found} == {"T1"}
    same = ABOVE.replace('"塔前"]', '"吕蒙"]').replace(" = 2, ", " = 3, ").replace('"宝石" = 3', '"宝石" = 2')
    (ws.folder / "plan" / "authority.toml").write_text(same, encoding="utf-8")
    assert words(compared(ws, plan(), levels_of(ws), DAY)) == [("", "一致")]


def test_a_list_written_wrong_is_refused_whole(ws: Workspace) -> None:
    wrong = ABOVE.replace('"宝石" = 3', '"别处" = 3')
    (ws.folder / "plan" / "authority.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        levels_of(ws)
    assert [fault.code for fault in caught.value.faults] == ["G-JUDGE-36"]
