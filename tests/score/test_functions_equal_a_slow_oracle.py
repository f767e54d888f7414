"""Every score function gives what counting by hand gives, for any exact numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.score import Fact, Facts, Row, score_of
from guatu.score.functions import scored
from guatu.score.ranking import places_of
from guatu.score.reading import Reading
from guatu.score.scheme import Rule
from guatu.score.sheet import Line
from tests.score import oracle
from tests.score.schemes_in_text import facts_of, one_item

DAY = date(2022, 1, 15)
points = st.integers(1, 40).map(lambda n: Fraction(n, 2))
tenths = st.integers(0, 2000).map(lambda n: Fraction(n, 10))
small = st.integers(1, 40).map(lambda n: Fraction(n, 8))


def got(rule: Rule, worth: Fraction, **numbers: Fraction) -> Fraction:
    facts = {name: Fact(number) for name, number in numbers.items()}
    return scored(rule, worth, Reading(facts, {})).points


@given(points, tenths, tenths, small, small, st.sampled_from(["exact", "started", "full"]), st.booleans())
def test_step(worth: Fraction, x: Fraction, base: Fraction, unit: Fraction, k: Fraction, way: str, lower: bool) -> None:
    said = {"base": base, "better": "lower" if lower else "higher", "unit": unit, "k": k, "steps": way}
    gap = max(Fraction(0), x - base if lower else base - x)
    assert got(Rule("step", said), worth, x=x) == oracle.step(worth, gap, unit, k, way)


@given(points, tenths, tenths, tenths)
def test_line(worth: Fraction, x: Fraction, x0: Fraction, x1: Fraction) -> None:
    if x0 != x1:
        assert got(Rule("line", {"x0": x0, "x1": x1}), worth, x=x) == oracle.line(worth, x, x0, x1)


@given(points, tenths, tenths)
def test_ratio(worth: Fraction, done: Fraction, whole: Fraction) -> None:
    if whole:
        assert got(Rule("ratio", {"to": "t"}), worth, x=done, t=whole) == oracle.ratio(worth, done, whole)


@given(points, st.lists(st.sampled_from(["卫星", "省", "县"]), max_size=12))
def test_count_by_the_level_that_found_it(worth: Fraction, found: list[str]) -> None:
    k = {"卫星": Fraction(30), "省": Fraction(10), "县": Fraction("0.5")}
    fact = Fact(Fraction(len(found)), rows=tuple(Row("火点", level=level) for level in found))
    rule = Rule("count", {"of": "fires", "k": k})
    assert scored(rule, worth, Reading({"fires": fact}, {})).points == oracle.count(worth, [k[one] for one in found])


@given(st.lists(tenths, min_size=1, max_size=20), st.booleans())
def test_ranks_share_and_skip(values: list[Fraction], higher: bool) -> None:
    sign = -1 if higher else 1
    made = places_of({str(n): [sign * value] for n, value in enumerate(values)})
    assert [made[str(n)] for n in range(len(values))] == oracle.places(values, higher)


@given(st.integers(-100000, 100000), st.integers(1, 999), st.integers(0, 3))
def test_points_are_rounded_half_even(numerator: int, denominator: int, places: int) -> None:
    exact = Fraction(numerator, denominator)
    scheme = one_item('{ kind = "judge" }')
    assert scheme.rounded(exact, places) == Decimal(oracle.even(exact, places))


@given(points, tenths, tenths)
def test_the_other_readings_of_a_step_stand_on_the_sheet(worth: Fraction, x: Fraction, base: Fraction) -> None:
    rule = Rule("step", {"base": base, "better": "lower", "unit": Fraction(1), "k": Fraction("0.5")})
    out = scored(rule, worth, Reading({"x": Fact(x)}, {}))
    gap = max(Fraction(0), x - base)
    for way in ("exact", "started", "full"):
        wanted = oracle.step(worth, gap, Fraction(1), Fraction("0.5"), way)
        assert out.readings.get(way, out.points) == wanted


def test_four_tenths_of_a_microgram_cost_a_fifth_a_half_or_nothing() -> None:
    """0.4 µg short of a target at half a point a microgram: 0.2, 0.5 or 0, as forms.md reads the words."""
    rule = Rule("step", {"base": Fraction(35), "better": "lower", "unit": Fraction(1), "k": Fraction("0.5")})
    out = scored(rule, Fraction(3), Reading({"x": Fact(Fraction("35.4"))}, {}))
    lost = [3 - out.points, 3 - out.readings["started"], 3 - out.readings["full"]]
    assert lost == [Fraction("0.2"), Fraction("0.5"), 0]


@given(st.lists(tenths, min_size=1, max_size=6), st.sampled_from(["mean", "sum", "worst", "share", "each_equal_part"]))
def test_over_places(values: list[Fraction], how: str) -> None:
    modifier = f'[[item.modifier]]\nkind = "over_places"\nhow = "{how}"'
    scheme = one_item('{ kind = "ratio", to = 100 }', facts="x", more=modifier)
    places = tuple((f"断面{n}", Fact(value)) for n, value in enumerate(values))
    line = line_of(scheme, facts_of(x=Fact(values[0], places=places)))
    each = [oracle.ratio(Fraction(10), value, Fraction(100)) for value in values]
    wanted = {
        "mean": sum(each) / len(each),
        "sum": sum(each),
        "worst": min(each),
        "share": Fraction(10 * sum(value >= 100 for value in values), len(values)),
        "each_equal_part": sum(each) / len(each),
    }[how]
    assert line.exact == wanted


@pytest.mark.parametrize(("months", "year_over", "left"), [(3, 0, 10), (3, 1, 4), (9, 1, 0), (0, 1, 10)])
def test_monthly_deductions_are_forgiven_when_the_year_is_met(months: int, year_over: int, left: int) -> None:
    more = """
modifier = [
  { kind = "count", id = "月度", of = "over", k = 2 },
  { kind = "waive_if", when = { of = "year_over", is = "==", than = 0 }, what = ["月度"] },
]"""
    scheme = one_item('{ kind = "all", when = { of = 1, is = "==", than = 1 } }', facts="over year_over", more=more)
    assert line_of(scheme, facts_of(over=months, year_over=year_over)).exact == left


def test_a_count_short_of_what_is_required_costs_for_each_one_lacking() -> None:
    """少于 2 次每少一次扣 5: N − 2 of the Zhejiang program."""
    rule = Rule("count", {"of": "n", "k": Fraction(5), "min_required": Fraction(2)})
    assert [got(rule, Fraction(10), n=Fraction(n)) for n in range(4)] == [0, 5, 10, 10]


def line_of(scheme: object, facts: Facts) -> Line:
    sheet = score_of(scheme, "甲县", facts, DAY)  # type: ignore[arg-type]
    return sheet.lines[0]
