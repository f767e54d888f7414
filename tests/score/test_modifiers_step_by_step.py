"""Each modifier does what its words say, with the points before and after; reckoned by hand from the printed forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from guatu.score import Fact, Facts, Row, score_of
from tests.score.schemes_in_text import facts_of, one_item

DAY = date(2022, 1, 15)
FULL = '{ kind = "all", when = { of = 1, is = "==", than = 1 } }'


def points(more: str, facts: str = "", rule: str = FULL, floor: str = "", **numbers: object) -> list[Fraction]:
    """The points after the rule and after each modifier."""
    scheme = one_item(rule, facts=facts, more=f"modifier = [{more}]\n{floor}")
    return [one.after for one in score_of(scheme, "甲县", facts_of(**numbers), DAY).lines[0].changes]


def levels(*found: str) -> Fact:
    return Fact(Fraction(len(found)), rows=tuple(Row("次", level=one) for one in found))


SHORT = '{ kind = "times_if", when = { of = "x", is = "<", than = 100 }, factor = 0.8 }'
RISEN = (
    '{ kind = "zero_if", when = { all = [{ of = "x", is = ">", than = 30 }, { of = "x", is = ">", than = "last" }] }'
)
RISEN += " }"


@pytest.mark.parametrize(("x", "left"), [("99.9", 8), ("100", 10)])
def test_a_factor_where_a_condition_fails(x: str, left: int) -> None:
    assert points(SHORT, "x", x=x) == [10, left]


@pytest.mark.parametrize(("x", "last", "left"), [(32, 31, 0), (32, 33, 10), (29, 28, 10)])
def test_a_rise_over_the_target_gives_nothing(x: int, last: int, left: int) -> None:
    assert points(RISEN, "x last", x=x, last=last) == [10, left]


@pytest.mark.parametrize(("n", "left"), [(0, [10, 10, 10]), (2, [10, 6, 6]), (4, [10, 2, 6]), (9, [10, 0, 6])])
def test_no_more_than_four_points_are_taken(n: int, left: list[int]) -> None:
    """最高扣 4 分: what was taken beyond is given back."""
    assert points('{ kind = "count", of = "n", k = 2 }, { kind = "cap", most_lost = 4 }', "n", n=n) == left


def test_a_deduction_with_its_own_limit() -> None:
    assert points('{ kind = "count", of = "n", k = 2, cap = 4 }', "n", n=9) == [10, 6]


def test_a_bonus_fills_up_what_was_lost_or_goes_beyond() -> None:
    lose = '{ kind = "count", of = "n", k = 1 }'
    inside = f'{lose}, {{ kind = "bonus", of = "up", k = 1, cap = 3 }}'
    beyond = inside.replace("cap = 3", 'cap = 3, to = "total"')
    assert points(inside, "n up", n=2, up=9) == [10, 8, 10]
    assert points(beyond, "n up", n=2, up=9) == [10, 8, 11]
    assert points(inside, "n up", n=5, up=2) == [10, 5, 7]


def test_a_bonus_and_a_deduction_by_level() -> None:
    by = 'k = { "国家" = 3, "省" = 1 }'
    more = f'{{ kind = "bonus", of = "up", {by}, to = "total" }}, {{ kind = "count", of = "down", {by} }}'
    assert points(more, "up down", up=levels("国家", "省"), down=levels("省", "省")) == [10, 14, 12]


def test_a_level_the_scheme_does_not_know_waits_and_is_not_passed_over() -> None:
    scheme = one_item(FULL, facts="n", more='modifier = [{ kind = "count", of = "n", k = { "省" = 1 } }]')
    line = score_of(scheme, "甲县", facts_of(n=levels("县")), DAY).lines[0]
    assert (line.got, line.state) == (None, "待定") and "县" in line.words


def test_water_no_worse_than_what_came_in_counts_as_met() -> None:
    more = '{ kind = "inflow", how = "not_worse", when = { of = "out", is = "<=", than = "in" } }'
    rule = '{ kind = "ratio", of = "x", to = 100 }'
    assert points(more, "x out in", rule, x=50, out="0.2", **{"in": "0.2"}) == [5, 10]
    assert points(more, "x out in", rule, x=50, out="0.21", **{"in": "0.2"}) == [5, 5]


def test_half_of_what_was_taken_is_forgiven_for_a_case_solved() -> None:
    """当年破案减半扣."""
    more = '{ kind = "count", id = "案", of = "n", k = 2 }, '
    more += '{ kind = "waive_if", when = { of = "solved", is = "==", than = 1 }, what = ["案"], factor = 0.5 }'
    assert points(more, "n solved", n=3, solved=1) == [10, 7, 7]
    assert points(more, "n solved", n=3, solved=0) == [10, 4, 4]


def test_forgiven_months_do_not_hide_other_deductions() -> None:
    """Ten months forgiven and three points for something else: seven are left, not ten."""
    more = '{ kind = "count", id = "月", of = "n", k = 1 }, '
    more += '{ kind = "waive_if", when = { of = "met", is = "==", than = 1 }, what = ["月"] }, '
    more += '{ kind = "count", of = "other", k = 3 }'
    assert points(more, "n met other", n=10, met=1, other=1)[-1] == 7
    assert points(more, "n met other", n=10, met=0, other=1)[-1] == 0


def test_a_penalty_without_a_bottom_and_one_with() -> None:
    more = '{ kind = "count", of = "n", k = 20 }'
    assert points(more, "n", floor='floor = "none"', n=2)[-1] == -30
    assert points(more, "n", floor="floor = -10", n=2)[-1] == -10
    assert points(more, "n", n=2)[-1] == 0


def test_a_gap_to_the_mean_of_the_group() -> None:
    """base = group_mean: one point for each microgram over the mean 31 of 30, 31 and 32."""
    scheme = one_item('{ kind = "step", base = "group_mean", better = "lower", unit = 1, k = 1 }', facts="x")
    facts = Facts({name: {"A": {"x": Fact(Fraction(x))}} for name, x in (("甲", 30), ("乙", 31), ("丙", 32))})
    assert [score_of(scheme, name, facts, DAY).total for name in "甲乙丙"] == [Decimal(n) for n in (10, 10, 9)]
