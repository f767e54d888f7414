"""What the sources print comes out to the last digit: 97.78, 20.88, 70 × rate − 63, 18 of 18, the bands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from guatu.errors import GuatuError
from guatu.score import Fact, Facts, Row, Scheme, Sheet, schemes, score_of, scores_of
from guatu.score.given import read, template
from guatu.score.money import brackets, by_rank, payments_of, per_point, settled
from guatu.score.worked import reckoned, worked_out

DAY = date(2022, 1, 15)
Shared = Callable[..., Path]


def sheet(scheme: str, subject: str = "甲", **items: dict[str, Fact]) -> Sheet:
    return score_of(schemes()[scheme], subject, Facts({subject: items}), DAY)


def number(value: object, **more: object) -> Fact:
    return Fact(Fraction(str(value)), **more)  # type: ignore[arg-type]


def test_a_missing_item_is_rescaled() -> None:
    """88 of 90 is 97.78 (河长制 2018)."""
    made = sheet(
        "river-chief-2018",
        有此项={"points": number(88, person="评分组", said="各部门相加")},
        无此项={"points": Fact(reason="无此项任务")},
    )
    assert (made.total, made.missing, made.grade) == (Decimal("97.78"), 10, "优秀")
    assert made.exact == Fraction(8800, 90)


def test_eighty_nine_and_a_half_has_a_grade() -> None:
    made = sheet(
        "river-chief-2018",
        有此项={"points": number("80.55", person="组", said="合计")},
        无此项={"points": Fact(reason="无此项任务")},
    )
    assert (made.total, made.grade) == (Decimal("89.50"), "合格")


def test_rewards_less_fines_of_taiyuan() -> None:
    parts = [Fraction(text) for text in ("10.25", "6.34", "17.29")]
    made = sheet("rank-and-money", 名次={}, 奖惩={"reward": Fact(settled(parts)), "fine": number(13)})
    line = made.line("奖惩")
    assert line is not None and line.got == Decimal("20.88")


@pytest.mark.parametrize(("rate", "points"), [("1", 7), ("0.95", "3.5"), ("0.9", 0), ("0.85", 0), ("0.93", "2.1")])
def test_seventy_times_the_rate_less_sixty_three(rate: str, points: object) -> None:
    line = sheet("water-section-items", 断面达标率2005={"x": number(rate)}).line("断面达标率2005")
    assert line is not None and line.exact == Fraction(str(points))


@pytest.mark.parametrize(("days", "points"), [(340, "7"), (339, "6.8"), (306, "0.2"), (305, "0"), (300, "0")])
def test_days_under_three_hundred_and_forty(days: int, points: str) -> None:
    line = sheet("water-section-items", 优良天数2005={"x": number(days)}).line("优良天数2005")
    assert line is not None and line.exact == Fraction(points)


def test_states_of_projects_by_their_coefficients() -> None:
    places = tuple((name, Fact(word=name)) for name in ("完成", "调试", "在建", "可研", "未启动"))
    line = sheet("water-section-items", 治理项目={"x": Fact(word="完成", places=places)}).line("治理项目")
    assert line is not None and line.exact == 20 * Fraction("2.5") / 5


def test_a_neighbours_water_counts_three_tenths() -> None:
    facts = {"x": number("0.9"), "neighbour": number("0.8")}
    line = sheet("water-section-items", 综合达标率=facts).line("综合达标率")
    assert line is not None and line.exact == 60 * (
        Fraction("0.9") * Fraction("0.7") + Fraction("0.8") * Fraction("0.3")
    )


@pytest.mark.parametrize(("rate", "points"), [(70, "8"), (75, "8"), (60, "6.5"), (50, "5"), (0, "0")])
def test_a_factor_of_a_section(rate: int, points: str) -> None:
    places = (("断面甲", number(rate)),)
    line = sheet("water-section-items", 断面因子={"x": number(rate, places=places)}).line("断面因子")
    assert line is not None and line.exact == Fraction(points)


@pytest.mark.parametrize(
    ("scheme", "item", "facts", "points"),
    [
        ("river-chief-xianyang", "方案", {"lacking": 3}, "3.5"),  # 5, half a point for each thing lacking
        ("river-chief-xianyang", "方案", {"lacking": 11}, "0"),
        ("river-chief-xianyang", "全覆盖", {"lacking": 1}, "1.5"),
        ("masked-2018-air", "PM10", {"x": 72, "goal": 70}, "2"),  # 3, half a point a microgram
        ("masked-2018-air", "优良天数", {"x": 88, "goal": 90}, "0.5"),  # 1, a quarter a percentage point
        ("water-section-items", "达标断面比例", {"ok": 9, "all": 12}, "60"),  # P × 0.8 of a hundred, 9 of 12
        ("zhoushan-2021-water", "省控断面", {"good": 3, "all": 4}, "22.5"),  # 30, the share of good sections
    ],
)
def test_each_row_that_is_printed_whole_is_scored(scheme: str, item: str, facts: dict[str, int], points: str) -> None:
    line = sheet(scheme, **{item: {name: number(value) for name, value in facts.items()}}).line(item)
    assert line is not None and line.exact == Fraction(points)


@pytest.mark.parametrize(
    ("word", "points"), [("优秀", 60), ("良好", 45), ("合格", 30), ("不合格但一项合格以上", 10), ("全不合格", 0)]
)
def test_the_grade_of_boundary_sections_is_converted(word: str, points: int) -> None:
    line = sheet("zhejiang-2017-2020-items", 交接断面={"x": Fact(word=word)}).line("交接断面")
    assert line is not None and line.exact == points


def test_pm25_is_used_up_after_two_micrograms() -> None:
    """masked city 2018: 1 point, 0.5 a microgram, floor reached after 2 µg."""
    facts = {"x": number(37), "goal": number(35)}
    line = sheet("masked-2018-air", **{"PM2.5": facts}).line("PM2.5")
    assert line is not None and line.exact == 0


def test_a_fire_costs_by_who_found_it() -> None:
    rows = tuple(Row("火点", level=level) for level in ("卫星", "省巡查", "市巡查", "县巡查", "镇巡查", "市高清探头"))
    made = sheet(
        "village-straw-2021",
        禁烧={
            "fires": number(6, rows=rows),
            "posts": number(1),
            "absent": number(1),
            "weak": number(1),
            "own": number(1),
        },
    )
    assert made.total == 100 - (30 + 10 + 5 + 3 + 2 + 5) - 5 - 3 - 2 + 2


def test_sections_of_zhoushan() -> None:
    """4 of 5 sections, below the target: × 0.8; a fifth risen a class: + 2; a month 劣Ⅴ: − 2; a year failed: − 5."""
    facts = {
        "good": number(4), "all": number(5), "share": number(80), "wanted": number(100),
        "improved_share": number("0.2"), "inferior": number(1), "failed": number(1),
    }  # fmt: skip
    line = sheet("zhoushan-2021-water", "新城管委会", 国控断面=facts).line("国控断面")
    assert line is not None and line.exact == Fraction(50 * 4, 5) * Fraction("0.8") + 2 - 2 - 5
    assert [change.after for change in line.changes] == [40, 32, 34, 32, 27]


def test_zhejiang_months_forgiven_and_classes_risen() -> None:
    facts = {"months": number(6), "inferior": number(0), "year_over": number(0), "improved": number(5)}
    line = sheet("zhejiang-2017-2020-items", 水十条断面=facts).line("水十条断面")
    assert line is not None and line.exact == 100 + 20
    worse = {**facts, "year_over": number(1), "improved": number(0)}
    line = sheet("zhejiang-2017-2020-items", 水十条断面=worse).line("水十条断面")
    assert line is not None and line.exact == 100 - 30


def test_the_lower_of_quality_and_tasks() -> None:
    tasks = {f"{part}.points": number(worth, person="部", said="合格") for part, worth in TASKS.items()}
    made = sheet("air-2014-national", 质量={"given": number(86), "risen": number(0)}, 任务=tasks)
    assert (made.total, made.grade) == (Decimal("86.00"), "良好")
    risen = sheet("air-2014-national", 质量={"given": number(86), "risen": number(1)}, 任务=tasks)
    assert (risen.total, risen.grade) == (Decimal("0.00"), "不合格")


TASKS = {
    "产业": 12, "清洁生产": 6, "煤炭": 10, "小锅炉": 10, "工业": 15, "扬尘": 8, "机动车": 12, "建筑": 5,
    "资金": 6, "管理": 16,
}  # fmt: skip


def test_money_by_rank_by_bracket_and_by_point() -> None:
    ranks, ladder, coefficient = schemes()["rank-and-money"].money
    assert [by_rank(ranks, place, 10) for place in range(1, 11)] == [100, 80, 60, 0, 0, 0, 0, -60, -80, -100]
    assert [brackets(ladder, Fraction(text)) for text in ("3", "5", "7.5")] == [30, 50, 100]
    assert per_point(coefficient, Fraction("1.5"), "中心城区") == 15


def test_cities_are_ranked_by_the_weighted_sum_of_two_ranks() -> None:
    """0.4 × rank of the index + 0.6 × rank of its change; equal sums share a place (4.6 twice, 5.6 twice)."""
    values = {"甲": ("4.0", "-10"), "乙": ("4.2", "-12"), "丙": ("4.2", "-8"), "丁": ("5.0", "3")}
    facts = Facts({
        city: {"名次": {"index": number(index), "change": number(change)}} for city, (index, change) in values.items()
    })  # fmt: skip
    scheme = schemes()["rank-and-money"]
    got = {one.subject: one.line("名次").got for one in scores_of(scheme, facts, DAY).sheets}  # type: ignore[union-attr]
    # 乙 4 × 2 + 6 × 1 = 14, 甲 4 × 1 + 6 × 2 = 16, 丙 4 × 2 + 6 × 3 = 26, 丁 4 × 4 + 6 × 4 = 40 (in tenths)
    assert [got[city] for city in "乙甲丙丁"] == [18, 17, 16, 0]


def shicheng(scheme: Scheme, share: Fraction) -> dict[str, dict[str, Fact]]:
    """Facts of a township that gets the same share of every judged point and loses nothing else."""
    facts: dict[str, dict[str, Fact]] = {}
    for item in scheme.items:
        named = {f"{part.id}.points": Fact(part.points * share, person="县河长办", said="现场") for part in item.parts}
        if item.rule is not None and item.rule.kind == "judge":
            named["points"] = Fact(item.points * share, person="县河长办", said="现场")
        facts[item.id] = named
    facts["3"] = {"on_time": Fact(Fraction(1))}
    facts["12"] = {"fails": Fact(Fraction(0))}
    facts["17"]["unreported"] = Fact(Fraction(0))
    facts["20"]["cases"] = Fact(Fraction(2))
    facts["21"] = {"retired": Fact(Fraction(3)), "all": Fact(Fraction(4))}
    facts["24"]["more"] = Fact(Fraction(0))
    facts["25"] = {"praised": Fact(Fraction(0)), "exposed": Fact(Fraction(0))}
    return facts


def test_shicheng_is_scored_whole() -> None:
    scheme = schemes()["shicheng-2018-townships"]
    full, part = shicheng(scheme, Fraction(1)), shicheng(scheme, Fraction(1, 2))
    full["25"] = {"praised": Fact(Fraction(1), rows=(Row("通报表扬", level="省"),)), "exposed": Fact(Fraction(0))}
    part["12"] = {"fails": Fact(Fraction(3))}
    part["17"]["unreported"] = Fact(Fraction(1))
    part["20"]["cases"] = Fact(Fraction(0))
    made = scores_of(scheme, Facts({"琴江镇": full, "小松镇": part}), DAY)
    town, other = made.of("琴江镇"), made.of("小松镇")
    assert (town.total, town.missing, town.pending) == (Decimal("119.00"), 0, 0)  # 100 − 1 of the reservoirs + 20
    # Half of 87 judged points (2 of the lake left out), 2 in time, 0 of 4, 3 of 4 reservoirs, less 2 and 1.5, of 98.
    judged = sum((item.points for item in scheme.items if item.id not in ("3", "7", "12", "21", "25")), Fraction(0))
    got = judged / 2 + 2 + 0 + 3 - 2 - Fraction(3, 2)
    assert (other.missing, other.exact) == (2, got * 100 / 98)
    assert [one.subject for one in made.sheets] == ["琴江镇", "小松镇"]


def test_the_scheme_of_shicheng_is_that_of_its_source(shared: Shared) -> None:
    source = tomllib.loads(shared("assessment", "shicheng_2018_townships.toml").read_text(encoding="utf-8"))
    scheme = schemes()["shicheng-2018-townships"]
    assert [(one["id"], one["points"]) for one in source["item"]] == [(one.id, one.points) for one in scheme.items]
    for said in source["item"]:
        item = scheme.item(said["id"])
        assert item is not None and list(item.scored_by) == said["scored_by"]
        assert (item.rule.kind if item.rule else "none") == said.get("rule", {"kind": "none"})["kind"]
        printed = [Fraction(str(points)) for _, points in said.get("rule", {}).get("parts", [])]
        assert [part.points for part in item.parts][: len(printed)] == printed


def test_the_demo_scheme_has_the_points_of_its_draft(shared: Shared) -> None:
    source = tomllib.loads(shared("assessment", "demo_county_2021_INVENTED.toml").read_text(encoding="utf-8"))
    scheme = schemes()["demo-counties-2021"]
    for said in source["item"]:
        item = scheme.item(said["id"])
        assert item is not None and item.points == said["points"]
        assert item.rule is not None and item.rule.kind == said["rule"]["kind"]
    assert [(one.name, one.least) for one in scheme.grades] == [(one["name"], one["from"]) for one in source["grade"]]


def test_every_example_that_a_scheme_prints_comes_out() -> None:
    """The examples stand in the files with what their sources print; none is reckoned to another number."""
    found = {(name, one.says): one for name, by in schemes().items() for one in reckoned(by)}
    assert {key: (one.gives, one.got) for key, one in found.items() if not one.same} == {}
    printed = {one.gives for one in found.values()}
    assert {Fraction("97.78"), Fraction("20.88"), Fraction("3.5"), Fraction(7)} <= printed
    lacking = [name for name, by in schemes().items() if not by.demo and not by.worked]
    assert lacking == [], "every real scheme has an example"
    items = {(name, one.item) for (name, _), one in found.items()}
    for name, by in schemes().items():
        if not by.demo and not by.complete and all(item != "合计" for scheme, item in items if scheme == name):
            assert {item for scheme, item in items if scheme == name} >= {one.id for one in by.items}, name


def test_shicheng_runs_whole_from_a_file_of_numbers(tmp_path: Path) -> None:
    """The same facts as in Python, written down and read: every fact of every item, two townships, ranks."""
    scheme = schemes()["shicheng-2018-townships"]
    blank = template(scheme, ("琴江镇",))
    asked = tomllib.loads(blank)["琴江镇"]
    assert list(asked) == [item.id for item in scheme.items]
    filled = re.sub(r"^# (\S+) =   # .*$", r"\1 = 1", blank, flags=re.MULTILINE)
    path = tmp_path / "facts.toml"
    path.write_text(filled.replace("on_time = 1", "on_time = 1").replace("more = 1", "more = 0"), encoding="utf-8")
    path.write_text(re.sub(r"(praised|exposed) = 1", r"\1 = 0", path.read_text("utf-8")), encoding="utf-8")
    sheet = worked_out(scheme, read(path, scheme)).of("琴江镇")
    assert sheet.pending == 0 and len(sheet.lines) == 25
    path.write_text('["甲"."99"]\nx = 1\n["甲"."12"]\nfails = true\nfail = 1\n', encoding="utf-8")
    with pytest.raises(GuatuError) as caught:
        read(path, scheme)
    assert caught.value.codes == ("G-SCORE-41",) * 3


def test_money_of_a_sheet_by_rank_by_gap_and_by_point() -> None:
    """By hand: 31.2 against 30 is 1.2 × 10; 37 against 30 is 5 × 10 + 2 × 20; the first of the group gains 30."""
    scheme = schemes()["demo-counties-2021"]
    facts = Facts({
        "乐平市": {"money/M1": {"x": number("31.2"), "goal": number(30)}, "money/M2": {"over": number(3)}},
        "浮梁县": {"money/M1": {"x": number(37), "goal": number(30)},
                "money/M2": {"over": Fact(reason="无此项任务（没有断面）")}},
        "珠山区": {"money/M1": {"x": number(29), "goal": number(30)}, "money/M2": {"over": Fact(reason="数据未到")}},
    })  # fmt: skip
    paid = payments_of(scores_of(scheme, facts, DAY))
    got = {name: [one.amount for one in mine] for name, mine in paid.items()}
    assert got["乐平市"][:2] == [-12, -15] and got["浮梁县"][:2] == [-90, 0] and got["珠山区"][:2] == [0, None]
    assert "还不能算" in paid["珠山区"][1].words and "不适用" in paid["浮梁县"][1].words


def test_what_is_not_whole_says_what_is_left_out() -> None:
    for one in schemes().values():
        assert one.complete != bool(one.left_out), one.id
        assert one.source and one.confidence in ("V", "D")
