"""Changes come from the printed numbers, ranks share ties, absence is said aloud."""

from __future__ import annotations

from fractions import Fraction

import pytest

from guatu.report.paper import Number, Paper, plain
from guatu.report.words import cell_of_change, change_count, change_percent, change_points, listed, ranks, share


def n(key: str, text: str) -> Number:
    return Number(key, text)


# The first is the national PM2.5 of 2021 against 2020 as it was published; the others are reckoned by hand.
PAIRS = [("30", "33", "下降9.1%"), ("33", "30", "上升10.0%"), ("29", "29", "持平"), ("19.9", "20", "下降0.5%")]


@pytest.mark.parametrize(("now", "before", "said"), PAIRS)
def test_a_change_in_percent(now: str, before: str, said: str) -> None:
    assert plain(tuple(change_percent(n("a", now), n("b", before)))) == f"同比{said}"


def test_a_change_in_points_and_days() -> None:
    assert plain(tuple(change_points(n("a", "86.5"), n("b", "87.0")))) == "同比下降0.5个百分点"
    assert plain(tuple(change_count(n("a", "27"), n("b", "24")))) == "同比增加3天"
    assert plain(tuple(change_percent(n("a", "27"), None))) == "同比无可比数"
    assert plain(tuple(change_percent(n("a", "—"), n("b", "3")))) == "同比无可比数"
    assert plain(cell_of_change(n("a", "3"), n("b", "0"))) == "—"


def test_equal_numbers_share_a_rank_and_the_next_is_skipped() -> None:
    values = {"甲": n("甲", "20"), "乙": n("乙", "21"), "丙": n("丙", "20"), "丁": n("丁", "—")}
    found = ranks(values, smallest_first=True, key="rank")
    assert {place: one.text for place, one in found.items()} == {"甲": "1", "丙": "1", "乙": "3", "丁": "—"}


def test_shares_are_printed_as_computed_and_absence_is_said() -> None:
    assert [share("x", k, 7).text for k in (1, 2, 4)] == ["14.3", "28.6", "57.1"]
    assert share("x", 0, 0).text == "—"
    assert listed([]) == "无"


def test_every_change_in_the_monthly_bulletin_follows_from_two_printed_numbers(monthly: Paper) -> None:
    """Exact fractions of the printed words, by their keys; half a unit of the last place is all that rounding takes."""
    numbers = monthly.numbers()
    seen = 0
    for number in numbers.values():
        if "~" not in number.key:
            continue
        now, before = (Fraction(numbers[key].text) for key in number.of)
        plain_difference = number.of[0].endswith(("good_ratio", "_days"))
        exact = abs(now - before) if plain_difference else abs(now - before) / before * 100
        assert abs(abs(Fraction(number.text)) - exact) <= Fraction(1, 20), number
        seen += 1
    assert seen > 10


def test_the_ranking_of_the_monthly_bulletin_is_by_good_days_then_pm25(monthly: Paper) -> None:
    numbers = monthly.numbers()
    places = [key.removesuffix("/rank") for key in numbers if key.endswith("/rank")]
    order = {
        p: (-Fraction(numbers[f"{p}/aqi_good_ratio"].text), Fraction(numbers[f"{p}/pm25_mean"].text)) for p in places
    }
    for place in places:
        assert int(numbers[f"{place}/rank"].text) == 1 + sum(other < order[place] for other in order.values())
