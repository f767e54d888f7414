"""A sheet adds up to the last digit, says what is missing, keeps its bytes, and grades and ranks by exact points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.score import Fact, Facts, Row, define, losses_of, schemes, score_of, scores_of, what_if
from guatu.score.facts import record, restore
from guatu.score.what_if import good_month
from tests.score.schemes_in_text import HEAD, facts_of, one_item

DAY, TRIAL = date(2022, 1, 15), date(2021, 10, 11)
number = st.integers(0, 400).map(lambda n: Fact(Fraction(n, 7)))
maybe = st.one_of(number, st.just(Fact(reason="数据未到")), st.just(Fact(reason="无此项任务")))
COUNTIES = ("乐平市", "浮梁县", "珠山区", "昌江区", "高新区", "昌南新区")


def facts_of_county() -> st.SearchStrategy[dict[str, dict[str, Fact]]]:
    scheme = schemes()["demo-counties-2021"]
    return st.fixed_dictionaries({
        item.id: st.fixed_dictionaries({
            name: number if "levels" not in source.said else st.just(Fact(Fraction(0))) if item.points else rows(source)
            for name, source in {**item.facts, **HANDS.get(item.id, {})}.items()
        } if item.id in ("B1", "P1") else dict.fromkeys({**item.facts, **HANDS.get(item.id, {})}, maybe))
        for item in scheme.items
    })  # fmt: skip


def rows(source: object) -> st.SearchStrategy[Fact]:
    levels = source.said["levels"]  # type: ignore[attr-defined]
    return st.lists(st.sampled_from(levels), max_size=4).map(
        lambda found: Fact(Fraction(len(found)), rows=tuple(Row("次", level=level) for level in found))
    )


HANDS: dict[str, dict[str, object]] = {"T3": {"points": None}}


@given(st.data())
def test_lost_points_add_up_exactly(data: st.DataObject) -> None:
    """Full marks less the total is the sum of all losses, and each loss is the sum of its steps and its rounding."""
    facts = Facts({county: data.draw(facts_of_county()) for county in COUNTIES[:2]})
    scheme = schemes()["demo-counties-2021"]
    for day in (DAY, TRIAL):
        sheet = score_of(scheme, "乐平市", facts, day)
        losses = losses_of(sheet)
        assert sum((one.lost for one in losses), Decimal(0)) == 100 - sheet.total
        for one in losses:
            if one.steps:
                assert sum((step.lost for step in one.steps), Fraction(0)) + one.rounding == Fraction(one.lost)
        decided = [line for line in sheet.lines if line.got is not None]
        assert sheet.added_up == sum((line.got for line in decided), Decimal(0))  # type: ignore[misc]


@given(st.data())
def test_the_same_facts_give_the_same_bytes(data: st.DataObject) -> None:
    facts = Facts({county: data.draw(facts_of_county()) for county in COUNTIES[:2]}, "air-hourly/0003")
    scheme = schemes()["demo-counties-2021"]
    first = scores_of(scheme, facts, DAY)
    again = scores_of(scheme, restore(record(facts)), DAY)
    assert [one.bytes for one in first.sheets] == [one.bytes for one in again.sheets]
    assert restore(record(facts)) == facts


def two(policy: str) -> str:
    item = (
        '[[item]]\nid = "{0}"\ntitle = "{0}"\npoints = {1}\nscored_by = ["办"]\nrule = {{ kind = "ratio", to = 100 }}\n'
    )
    facts = 'facts = { x = { from = "hand" } }\n'
    return f'{HEAD}full = 100\nmissing = "{policy}"\n' + item.format("甲", 90) + facts + item.format("乙", 10) + facts


@pytest.mark.parametrize(
    ("policy", "total", "missing", "pending"),
    [
        ("rescale", "97.78", 10, 0),
        ("full", "98.00", 0, 0),
        ("zero", "88.00", 0, 0),
        ("mean", "93.00", 0, 0),
        ("hold", "88.00", 0, 10),
    ],
)
def test_a_task_a_county_does_not_have(policy: str, total: str, missing: int, pending: int) -> None:
    scheme = define(two(policy), "t.toml")
    share = Fact(Fraction(8800, 90))
    facts = Facts({
        "一县": {"甲": {"x": share}, "乙": {"x": Fact(reason="无此项任务")}},
        "二县": {"甲": {"x": share}, "乙": {"x": Fact(Fraction(50))}},
    })  # fmt: skip
    sheet = score_of(scheme, "一县", facts, DAY)
    assert (sheet.total, sheet.missing, sheet.pending) == (Decimal(total), missing, pending)
    assert ("不完整" in sheet.mark) == (policy == "hold")
    words = sheet.lines[1].words
    assert "无此项任务" in words


def test_what_has_not_come_is_never_zero() -> None:
    """No policy for absent tasks touches a figure that is only late: it waits, and the total says so."""
    for policy in ("rescale", "full", "zero", "mean"):
        scheme = define(two(policy), "t.toml")
        facts = Facts({"一县": {"甲": {"x": Fact(Fraction(100))}, "乙": {"x": Fact(reason="数据未到")}}})
        sheet = score_of(scheme, "一县", facts, TRIAL)
        assert (sheet.lines[1].state, sheet.lines[1].got, sheet.pending) == ("待定", None, 10)
        assert sheet.mark == "试算，不完整（10 分待定）"


GRADES = '[[grade]]\nname = "优"\nleast = 9\n[[grade]]\nname = "良"\nleast = 8\n[[grade]]\nname = "差"\nleast = 0\n'
GATE = '[[gate]]\nid = "g"\ntitle = "前置"\ngrade = "优"\n'
GATE += 'when = { of = "ok", is = "==", than = 1 }\nfacts = { ok = { from = "hand" } }\n'


def veto(effect: str, more: str = "") -> str:
    return (
        f'[[veto]]\nid = "v"\ntitle = "出事"\neffect = "{effect}"\n{more}\nwhen = {{ of = "n", is = ">", than = 0 }}\n'
        'facts = { n = { from = "hand" } }\n'
    )


def graded(points: str, rest: str, **bars: int) -> tuple[str, Decimal, tuple[str, ...]]:
    scheme = one_item('{ kind = "judge" }', rest=rest)
    facts = facts_of(points=Fact(Fraction(points), person="某", said="因"))
    for name, value in bars.items():
        kind, fact = {"ok": ("gate/g", "ok"), "n": ("veto/v", "n")}[name]
        facts = facts.with_fact("甲县", kind, fact, Fact(Fraction(value)))
    sheet = score_of(scheme, "甲县", facts, DAY)
    return sheet.grade, sheet.total, sheet.bars


def test_a_grade_comes_from_unrounded_points() -> None:
    assert graded("8.996", GRADES)[:2] == ("良", Decimal("9.00"))
    assert graded("9", GRADES)[:2] == ("优", Decimal("9.00"))
    assert graded("8.996", GRADES.replace("[[grade]]", "[[grade]]", 1))[0] == "良"


def test_gates_and_vetoes() -> None:
    assert graded("9.5", GRADES + GATE, ok=1)[0] == "优"
    grade, _, words = graded("9.5", GRADES + GATE, ok=0)
    assert grade == "良" and "前置" in words[0]
    assert "还不能判定" in graded("9.5", GRADES + GATE)[2][0]
    assert graded("8.5", GRADES + GATE, ok=0)[2] == ()
    assert graded("9.5", GRADES + veto("cap_at", 'grade = "良"'), n=1)[0] == "良"
    assert graded("9.5", GRADES + veto("fail"), n=1)[0] == "差"
    assert graded("9.5", GRADES + veto("down_one"), n=1)[0] == "良"
    assert graded("9.5", GRADES + veto("zero"), n=1)[:2] == ("差", Decimal("0.00"))
    assert graded("9.5", GRADES + veto("zero_item", 'item = "A"'), n=1)[:2] == ("差", Decimal("0.00"))
    assert graded("9.5", GRADES + veto("fail"), n=0)[0] == "优"


def ranked(totals: list[str], tie: str = "1224", groups: str = "") -> list[tuple[str, int]]:
    scheme = one_item('{ kind = "judge" }', head=f'tie = "{tie}"\n{groups}')
    facts = Facts({
        f"县{n}": {"A": {"points": Fact(Fraction(one), person="某", said="因")}} for n, one in enumerate(totals)
    })  # fmt: skip
    return [(one.subject, one.rank) for one in scores_of(scheme, facts, DAY).sheets]


def test_equal_totals_share_a_rank() -> None:
    assert ranked(["7", "9", "9", "5"]) == [("县1", 1), ("县2", 1), ("县0", 3), ("县3", 4)]
    assert [place for _, place in ranked(["7", "9", "9", "5"], "1223")] == [1, 1, 2, 3]
    assert [place for _, place in ranked(["8.994", "8.991", "8.994"])] == [1, 1, 3]


def test_ranks_stay_inside_a_group() -> None:
    groups = 'groups = [["山区", ["县0", "县2"]], ["平原", ["县1", "县3"]]]'
    assert ranked(["7", "9", "9", "5"], groups=groups) == [("县2", 1), ("县0", 2), ("县1", 1), ("县3", 2)]


def test_periods_are_weighted() -> None:
    head = 'compose = { kind = "periods", weights = [["Q1", 0.1], ["Q2", 0.1], ["Q3", 0.1], ["year", 0.7]] }'
    scheme = one_item('{ kind = "judge" }', head=head)
    facts = facts_of(points=8)
    for name, value in (("Q1", 6), ("Q2", 7), ("Q3", 9)):
        facts = facts.with_fact("甲县", "periods", name, Fact(Fraction(value)))
    assert score_of(scheme, "甲县", facts, DAY).exact == Fraction("0.6") + Fraction("0.7") + Fraction(
        "0.9"
    ) + 7 * Fraction("0.8")


BLOCKS = """blocks = [["质量", 60], ["任务", 40]]
compose = { kind = "%s", weights = [["质量", %s], ["任务", %s]] }
"""


def blocked(kind: str, left: str, right: str, **facts: tuple[int, int]) -> dict[str, Fraction]:
    item = '[[item]]\nid = "{0}"\ntitle = "{0}"\nblock = "{0}"\npoints = {1}\n'
    item += 'scored_by = ["办"]\nrule = {{ kind = "judge" }}\n'
    text = f"{HEAD}full = 100\n{BLOCKS % (kind, left, right)}" + item.format("质量", 60) + item.format("任务", 40)
    given = Facts({
        name: {
            title: {"points": Fact(Fraction(n), person="某", said="因")}
            for title, n in zip(("质量", "任务"), both, strict=True)
        }
        for name, both in facts.items()
    })  # fmt: skip
    made = scores_of(define(text, "t.toml"), given, DAY)
    return {one.subject: one.exact for one in made.sheets}


def test_blocks_are_weighted_or_their_ranks_summed() -> None:
    weighted = blocked("weighted", "70", "30", 甲=(30, 40))
    assert weighted["甲"] == 70 * Fraction(1, 2) + 30
    summed = blocked("rank_sum", "0.4", "0.6", 甲=(50, 10), 乙=(40, 30), 丙=(40, 20))
    assert summed == {"甲": Fraction("0.4") + 3 * Fraction("0.6"), "乙": 2 * Fraction("0.4") + Fraction("0.6"),
                      "丙": 2 * Fraction("0.4") + 2 * Fraction("0.6")}  # fmt: skip


def test_a_person_may_set_points_with_a_reason_and_both_stay() -> None:
    facts = facts_of(x=90).with_fact("甲县", "A", "override", Fact(Fraction(10), person="张三", said="复核更正"))
    line = score_of(one_item('{ kind = "ratio", to = 100 }', facts="x"), "甲县", facts, DAY).lines[0]
    assert (line.state, line.got, line.computed, line.person, line.reason) == (
        "人工", Decimal("10.00"), Decimal("9.00"), "张三", "复核更正",
    )  # fmt: skip


def test_what_would_be_if_a_target_or_a_month_were_otherwise() -> None:
    scheme = one_item('{ kind = "step", base = "goal", better = "lower", unit = 1, k = 2 }', facts="x goal")
    facts = facts_of(x=Fact(Fraction("31.5"), good=Fraction("30.5"), good_words="再有一个好月"), goal=30)
    found = what_if(scheme, "甲县", facts, TRIAL, {("A", "goal"): Fraction(33)})
    assert (found.before.total, found.after.total, found.gain) == (Decimal("7.00"), Decimal("10.00"), Decimal("3.00"))
    assert [one.item for one in found.shifts] == ["A"]
    month = good_month(scheme, "甲县", facts, TRIAL)
    assert (month.gain, month.supposed) == (Decimal("2.00"), ("甲：再有一个好月",))


def test_a_trial_score_says_what_may_change_it() -> None:
    more = """
modifier = [
  { kind = "count", id = "月", of = "over", k = 2 },
  { kind = "waive_if", when = { of = "year_over", is = "==", than = 0 }, what = ["月"] },
]"""
    scheme = one_item('{ kind = "all", when = { of = 1, is = "==", than = 1 } }', facts="over year_over", more=more)
    facts = Facts({"甲县": {"A": {"over": Fact(Fraction(2)), "year_over": Fact(Fraction(1))}}})
    trial = score_of(scheme, "甲县", facts, TRIAL)
    assert trial.trial and any("可免扣 4 分" in one for one in trial.lines[0].may_change)
    assert score_of(scheme, "甲县", facts, DAY).lines[0].may_change == ()
