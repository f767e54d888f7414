from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.compute import surface_water
from guatu.errors import ComputeError
from tests.compute.water import oracle

DECIMALS = {"codmn": 1, "nh3n": 2, "tp": 3, "hg": 5}


def table(item: str, values: list[object], days: list[date], section: str = "甲") -> pl.DataFrame:
    return pl.DataFrame({"section": [section] * len(values), "time": days, item: values}, strict=False)


def days(n: int, first: date = date(2021, 3, 1)) -> list[date]:
    return [first + timedelta(days=i) for i in range(n)]


def test_a_mean_is_rounded_before_it_is_compared() -> None:
    got = surface_water.month(table("nh3n", [1.004], days(1)))
    assert got["nh3n"].to_list() == [1.0]
    assert got["class"].to_list() == [3]
    assert surface_water.sample_class(table("nh3n", [1.004], days(1)))["class"].to_list() == [4]
    assert surface_water.month(table("ph", [9.4], days(1)))["class"].to_list() == [1]
    assert surface_water.month(table("ph", [9.6], days(1)))["class"].to_list() == [6]


def test_five_goes_to_even_on_the_exact_mean() -> None:
    assert surface_water.month(table("codmn", [6.0, 6.1], days(2)))["codmn"].to_list() == [6.0]  # 6.05
    assert surface_water.month(table("codmn", [6.1, 6.2], days(2)))["codmn"].to_list() == [6.2]  # 6.15
    assert surface_water.month(table("ph", [7.5, 7.5, 7.5], days(3)))["ph"].to_list() == [8.0]
    assert surface_water.month(table("ph", [6.5, 6.5], days(2)))["ph"].to_list() == [6.0]


def test_acidity_is_averaged_through_the_hydrogen_ion() -> None:
    # mean of 10^-6 and 10^-9 is 5.005e-7, pH 6.30; the mean of the numbers would be 7.5
    assert surface_water.month(table("ph", [6.0, 9.0], days(2)))["ph"].to_list() == [6.0]


def test_half_the_detection_limit_enters_the_mean() -> None:
    got = surface_water.month(table("nh3n", ["0.03L", "0.075"], days(2)))
    assert got["nh3n"].to_list() == [0.04]  # (0.015 + 0.075) / 2 = 0.045, to even


def test_a_mean_above_zero_keeps_one_significant_digit() -> None:
    assert surface_water.month(table("hg", ["0.000008L", "0.000004"], days(2)))["hg"].to_list() == [0.000004]
    assert surface_water.month(table("nh3n", [0.0, 0.0], days(2)))["nh3n"].to_list() == [0.0]


def test_a_year_is_the_mean_of_its_months_not_of_its_samples_nor_the_commonest_class() -> None:
    stamps = [date(2021, 1, day) for day in (1, 2, 3, 4)] + [date(2021, month, 1) for month in range(2, 13)]
    got = surface_water.year(table("codmn", [26.0] * 4 + [2.0] * 11, stamps))
    assert got["codmn"].to_list() == [4.0]  # (26 + 11 × 2) / 12, while the samples average 8.4
    assert got["class"].to_list() == [2]
    assert got["flag"].to_list() == [None]
    months = surface_water.year(table("codmn", [1.0] * 7 + [30.0] * 5, [date(2021, m, 1) for m in range(1, 13)]))
    assert months["class"].to_list() == [5]  # mean 13.08, though most months are class Ⅰ


def test_too_few_samples_are_flagged() -> None:
    eleven = table("codmn", [2.0] * 11, [date(2021, m, 1) for m in range(1, 12)])
    assert surface_water.year(eleven)["flag"].to_list() == ["月数不足（11/12）"]
    assert surface_water.year(eleven, ice_bound=["甲"])["flag"].to_list() == [None]
    seven = eleven.head(7)
    assert surface_water.year(seven, ice_bound=["甲"])["flag"].to_list() == ["月数不足（7/8）"]
    assert surface_water.quarter(table("codmn", [2.0], days(1)))["flag"].to_list() == ["采样次数不足（1/2）"]
    assert surface_water.quarter(table("codmn", [2.0, 3.0], days(2)))["flag"].to_list() == [None]


def test_automatic_stations_go_through_slots_and_days() -> None:
    at = [datetime(2021, 3, 1, hour) for hour in (0, 1, 4)] + [datetime(2021, 3, 2, 0)]
    frame = pl.DataFrame({"section": ["甲"] * 4, "time": at, "codmn": [2.0, 2.0, 4.0, 9.0]})
    one_day = surface_water.day(frame)
    assert one_day["codmn"].to_list() == [3.0, 9.0]  # the value of 01:00 repeats that of its slot
    assert one_day["n"].to_list() == [2, 1]
    got = surface_water.month(frame, automatic=True)
    assert got["codmn"].to_list() == [6.0]
    assert got["n"].to_list() == [2]
    with pytest.raises(ComputeError):
        surface_water.day(table("codmn", [1.0], days(1)))


def test_words_follow_the_class() -> None:
    got = surface_water.month(table("codmn", [2.0], days(1)).with_columns(nh3n=pl.lit(0.1)))
    assert got["grade"].to_list() == ["优"]
    assert got["pollutants"].to_list() == [None]
    bad = surface_water.month(table("codmn", [13.2], days(1)).with_columns(nh3n=pl.lit(1.2), do=pl.lit(2.5)))
    assert bad["grade"].to_list() == ["中度污染"]
    assert bad["pollutants"].to_list() == ["高锰酸盐指数(1.2)、溶解氧、氨氮(0.2)"]


@pytest.mark.parametrize("kinds", [["river", "river"], ["river", "lake"]])
def test_a_doubled_row_or_a_section_of_two_kinds_is_refused(kinds: list[str]) -> None:
    stamps = days(1) * 2 if kinds[0] == kinds[1] else days(2)
    with pytest.raises(ComputeError) as error:
        surface_water.month(table("codmn", [1.0, 2.0], stamps).with_columns(pl.Series("kind", kinds)))
    assert error.value.codes == ("G-WATER-09" if kinds[0] == kinds[1] else "G-WATER-10",)


VALUES = st.one_of(st.none(), st.decimals(0, 30, places=5), st.sampled_from([Decimal("6.05"), Decimal("0.0005")]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(sorted(DECIMALS)), VALUES), min_size=1, max_size=40))
def test_months_and_years_equal_the_slow_second_opinion(cells: list[tuple[int, str, Decimal | None]]) -> None:
    known = {(date(2021, 1, 1) + timedelta(days=offset), item): value for offset, item, value in cells}
    stamps = sorted({day for day, _ in known})
    frame = pl.DataFrame(
        {"section": ["甲"] * len(stamps), "time": stamps}
        | {
            item: pl.Series(item, [_text(known.get((day, item))) for day in stamps], dtype=pl.String)
            for item in DECIMALS
        }
    )
    months: dict[str, dict[str, list[Fraction]]] = {}
    for (day, item), value in sorted(known.items()):
        if value is not None:
            months.setdefault(f"{day:%Y-%m}", {}).setdefault(item, []).append(Fraction(value))
    years: dict[str, dict[str, list[Fraction]]] = {}
    for month, items in months.items():
        for item, values in items.items():
            years.setdefault(month[:4], {}).setdefault(item, []).append(sum(values, Fraction(0)) / len(values))
    for got, expected in ((surface_water.month(frame), months), (surface_water.year(frame), years)):
        ours = {
            row["period"]: {item: row[item] for item in DECIMALS if row.get(item) is not None} for row in got.to_dicts()
        }
        assert ours == {
            period: {
                item: float(oracle.rounded(sum(v, Fraction(0)) / len(v), DECIMALS[item])) for item, v in items.items()
            }
            for period, items in expected.items()
        }


SLOTS = st.tuples(st.integers(0, 58), st.integers(0, 5), st.decimals(0, 30, places=5))


@settings(max_examples=60)
@given(st.lists(SLOTS, min_size=1, max_size=60, unique_by=lambda one: one[:2]))
def test_automatic_months_and_years_equal_the_slow_second_opinion(cells: list[tuple[int, int, Decimal]]) -> None:
    """Days first, then the mean of the days of a month, then of the months: exact fractions all the way."""
    cells.sort(key=lambda one: one[:2])
    at = [datetime(2021, 1, 1) + timedelta(days=day, hours=4 * slot) for day, slot, _ in cells]
    frame = pl.DataFrame({"section": ["甲"] * len(at), "time": at, "codmn": [str(value) for *_, value in cells]})
    days: dict[date, list[Fraction]] = {}
    for when, (*_, value) in zip(at, cells, strict=True):
        days.setdefault(when.date(), []).append(Fraction(value))
    months: dict[str, list[Fraction]] = {}
    for day, values in days.items():
        months.setdefault(f"{day:%Y-%m}", []).append(sum(values, Fraction(0)) / len(values))
    means = {month: sum(values, Fraction(0)) / len(values) for month, values in months.items()}
    got = surface_water.month(frame, automatic=True)
    assert dict(got.select("period", "codmn").rows()) == {
        month: float(oracle.rounded(mean, DECIMALS["codmn"])) for month, mean in means.items()
    }
    assert dict(got.select("period", "n").rows()) == {month: len(values) for month, values in months.items()}
    year = surface_water.year(frame, automatic=True)
    whole = sum(means.values(), Fraction(0)) / len(means)
    assert year["codmn"].to_list() == [float(oracle.rounded(whole, DECIMALS["codmn"]))]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
