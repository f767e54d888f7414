"""Periods as the office writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.base.period import Period
from guatu.errors import GuatuError

WRITTEN = [
    ("2021", date(2021, 1, 1), date(2021, 12, 31), 365),
    ("2020", date(2020, 1, 1), date(2020, 12, 31), 366),
    ("2021Q1", date(2021, 1, 1), date(2021, 3, 31), 90),
    ("2021Q4", date(2021, 10, 1), date(2021, 12, 31), 92),
    ("2020-02", date(2020, 2, 1), date(2020, 2, 29), 29),
    ("2021-09-30", date(2021, 9, 30), date(2021, 9, 30), 1),
    ("2021-01-01..2021-09-30", date(2021, 1, 1), date(2021, 9, 30), 273),
]


@pytest.mark.parametrize(("text", "first", "last", "days"), WRITTEN)
def test_each_written_form(text: str, first: date, last: date, days: int) -> None:
    period = Period.of(text)
    assert (period.first, period.last, period.days) == (first, last, days)
    assert str(period) == text


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "2021-02-29", "2021Q5", "二〇二一", "2021-9-1", "2021-09-30..2021-01-01"]
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(GuatuError) as refused:
        Period.of(text)
    assert refused.value.codes == ("G-BASE-01",)


def test_what_is_left_of_a_running_year() -> None:
    year = Period.of("2021")
    assert year.after(date(2021, 10, 11)) == 81
    assert year.after(date(2021, 12, 31)) == 0
    assert year.after(date(2022, 5, 1)) == 0
    assert year.after(date(2020, 5, 1)) == 365
    assert str(year.until(date(2021, 10, 11))) == "2021-01-01..2021-10-11"


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 800))
def test_any_stretch_of_days_says_its_length(first: date, extra: int) -> None:
    last = date.fromordinal(first.toordinal() + extra)
    period = Period(first, last)
    assert period.days == extra + 1
    assert first in period and last in period
    assert date.fromordinal(last.toordinal() + 1) not in period


YEAR_BEFORE = [
    ("2021", "2020"),
    ("2021Q1", "2020Q1"),
    ("2021-02", "2020-02"),
    ("2024-02", "2023-02"),
    ("2025-01-01..2025-02-28", "2024-01-01..2024-02-29"),
    ("2024-02-29", "2023-02-28"),
    ("2025-02-28", "2024-02-28"),
    ("2024-02-10..2024-02-29", "2023-02-10..2023-02-28"),
    ("2021-10-16..2021-12-31", "2020-10-16..2020-12-31"),
]


@pytest.mark.parametrize(("period", "before"), YEAR_BEFORE)
def test_the_same_stretch_a_year_before_keeps_whole_months_whole(period: str, before: str) -> None:
    assert Period.of(period).year_before == Period.of(before)
