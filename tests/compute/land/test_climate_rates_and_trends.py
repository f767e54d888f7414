from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.base.exact import half_even
from guatu.compute import climate, rates, trend
from guatu.errors import ComputeError

DAY = date(2021, 6, 30)
D = Decimal


def two(values: tuple[Decimal, ...]) -> list[str]:
    return [str(half_even(value, 2)) for value in values]


def test_drops_multiply_over_years() -> None:
    assert half_even(climate.cumulative_drop([D("8.01"), D("1.79"), D("5.35")]), 2) == D("14.49")
    assert climate.annual_drop(D(2), D(6)) == 100 * (1 - Fraction(102, 106))
    assert climate.intensity_drop((98, 104), (100, 100)) == climate.annual_drop(-2, 4)


@pytest.mark.parametrize(("target", "share"), [(13, "2.75"), (16, "3.43"), (18, "3.89")])
def test_the_equal_share_of_five_years(target: int, share: str) -> None:
    assert str(half_even(climate.yearly_share(target), 2)) == share


def test_paths_are_named_and_end_at_the_target() -> None:
    path = climate.geometric(18)
    assert two(path.required) == ["3.89", "7.63", "11.23", "14.68", "18.00"]
    assert (path.name, path.after(5)) == ("等比", 18)
    even = climate.linear(18)
    assert [str(half_even(one, 1)) for one in even.required] == ["3.6", "7.2", "10.8", "14.4", "18.0"]
    table = climate.printed([3, D("7.5"), 11, 15, 18])
    assert (table.name, table.after(2)) == ("省级印发的年度表", D("7.5"))
    assert climate.on_path(D("7.5"), table, 2)
    assert not climate.on_path(D("7.49"), table, 2)
    for broken in ([], [3, 2]):
        with pytest.raises(ComputeError):
            climate.printed(broken)
    with pytest.raises(ComputeError):
        table.after(6)


@given(st.decimals("0.1", 60, places=1), st.integers(1, 5))
def test_the_geometric_path_repeats_its_first_year(target: Decimal, year: int) -> None:
    path = climate.geometric(target)
    repeated = climate.cumulative_drop([path.required[0]] * year)
    assert abs(repeated - Fraction(path.after(year))) < Fraction(1, 10**30)


def test_reductions_count_reviewed_tons_against_the_target() -> None:
    assert climate.reduction_progress([100, D("150.5")], 500).exact == Fraction(501, 10)
    assert climate.reduction_progress([600], 500).exact == 120
    assert climate.share(20, 100).exact == 20
    assert climate.combustion({"coal": 100, "gas": 10}, "ndrc_2014", DAY) == Fraction("280.3")
    assert climate.combustion({"coal": 100}, "mee_14_5", DAY) == 266


def test_places_are_added_and_never_averaged() -> None:
    assert rates.together([(1, 2), (9, 10)]).exact == Fraction(1000, 12)
    assert rates.together([(1, 2), (None, 10)]).reason == "缺分子或分母"
    assert rates.rate(0, 0).exact is None
    assert rates.rate(0, 0).reason == "不适用"
    assert rates.rate(0, 5).exact == 0
    assert rates.rate(Fraction(899, 10), 100).printed(0) == 90
    for part, whole in ((6, 5), (-1, 5)):
        with pytest.raises(ComputeError):
            rates.rate(part, whole)
    assert rates.rate(6, 5, stock=True).exact == 120


def test_the_plan_rate_stands_beside_the_due_rate() -> None:
    early, late = date(2021, 3, 31), date(2021, 12, 31)
    duties = [
        rates.Duty(early, early),
        rates.Duty(early),
        rates.Duty(late),
        rates.Duty(late, date(2021, 5, 1)),
        rates.Duty(None),
    ]
    plan, due = rates.plan_and_due(duties, date(2021, 6, 30))
    assert (plan.exact, due.exact) == (40, 50)
    assert rates.completion(1275, 2164).printed(1) == D("58.9")


def test_spearman_and_its_named_table() -> None:
    assert trend.spearman([1, 2, 3, 4, 5]) == 1
    assert trend.spearman([5, 4, 3, 2, 1]) == -1
    assert trend.ranks([D("0.2"), D("0.1"), D("0.2")]) == [Fraction(5, 2), 1, Fraction(5, 2)]
    assert trend.water_trend([9, 8, 7, 6, 5, 4], DAY).words == "显著下降"
    assert trend.water_trend([9, 8, 7, 6, 5, 4], DAY).table == "water.trend.0.05"
    assert trend.water_trend([1, 2, 3, 5, 4], DAY).words == "变化趋势不显著"  # 0.9 is not above 0.900
    assert trend.water_trend(list(range(11)), DAY).words == "无法判定"
    with pytest.raises(ComputeError):
        trend.spearman([1, 2, 3, 4])


@given(st.lists(st.integers(0, 6), min_size=5, max_size=12))
def test_spearman_turns_round_with_the_series(values: list[int]) -> None:
    assert -1 <= trend.spearman(values) <= 1 or len(set(values)) < len(values)
    if len(set(values)) == len(values):
        assert trend.spearman(values[::-1]) == -trend.spearman(values)
