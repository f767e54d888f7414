"""Working days by the yearly notices; the law of public holidays itself checks each table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.deadlines import Term
from guatu.act.working_days import Calendar, Year
from guatu.errors import ActError

CALENDAR = Calendar.official()

# 全国年节及纪念日放假办法: 11 days a year, 13 from 2025 (两天增加: 除夕、5月2日). In 2020 the extension of the
# spring festival to 2 February took one weekday off and one weekend working day away: two days more; and
# the mid-autumn day fell on the national day, whose compensation was arranged within the eight days.
STATUTORY = {2021: 11, 2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}


def test_the_published_publicity_of_ten_working_days() -> None:
    """Xinyu 2025: 10 working days from 28 April, first day counted, ended on 14 May."""
    assert Term(10, True, True).end(date(2025, 4, 28), CALENDAR) == date(2025, 5, 14)
    assert Term(10, True, False).end(date(2025, 4, 28), CALENDAR) == date(2025, 5, 15)
    assert Term.by_rule("deadline.publicity", date(2025, 4, 28)).end(date(2025, 4, 28), CALENDAR) == date(2025, 5, 14)


@pytest.mark.parametrize("year", STATUTORY)
def test_each_year_gives_the_statutory_days(year: int) -> None:
    """Weekdays off less weekend days worked is what the law gives, since days on a weekend are made up for."""
    table = CALENDAR.years[year]
    weekdays_off = sum(day.weekday() < 5 for day in table.off)
    next_year = sum(day.weekday() < 5 and day.month == 12 for day in table.off)
    before = CALENDAR.years.get(year - 1)
    from_last = sum(day.weekday() < 5 and day.month == 12 for day in before.off) if before else 0
    assert weekdays_off - next_year + from_last - len(table.work) == STATUTORY[year]


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2020-02-01", False),  # extended spring festival: the Saturday first meant for work
        ("2020-01-31", False),
        ("2020-02-03", True),
        ("2021-02-20", True),  # Saturday worked
        ("2021-10-09", True),
        ("2021-10-10", False),
        ("2024-04-07", True),
        ("2026-01-04", True),
        ("2026-02-23", False),
        ("2026-11-23", True),
    ],
)
def test_single_days_of_the_notices(day: str, worked: bool) -> None:
    assert CALENDAR.is_worked(date.fromisoformat(day)) is worked


def test_thirty_working_days_over_the_spring_festival() -> None:
    """Counted by hand: from 2021-01-29 (not counted): Feb 1-5, 7-10, 18-20, 22-26, Mar 1-5, 8-12, 15-17."""
    assert Term(30, True, False).end(date(2021, 1, 29), CALENDAR) == date(2021, 3, 17)


def test_an_unknown_year_is_refused_not_guessed() -> None:
    with pytest.raises(ActError) as caught:
        Term(10, True, True).end(date(2026, 12, 28), CALENDAR)
    assert caught.value.codes == ("G-ACT-01",)
    assert "2027" in str(caught.value.faults[0])
    assert Term(10, False, False).end(date(2026, 12, 28), CALENDAR) == date(2027, 1, 7)  # calendar days need no table


def test_an_office_adds_a_year() -> None:
    off = [{"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 3)}]
    added = CALENDAR.with_year(Year.of(2027, off, [], "国办发明电〔2026〕X号", "1"))
    assert Term(5, True, True).end(date(2026, 12, 28), added) == date(2027, 1, 4)
    assert 2027 not in CALENDAR.years


def test_all_faults_of_an_added_year_are_told_at_once() -> None:
    off = [{"name": "元旦", "first": date(2027, 1, 3), "last": date(2027, 1, 1)}]
    with pytest.raises(ActError) as caught:
        Year.of(2027, off, [date(2027, 1, 4)], "", "1")
    assert caught.value.codes == ("G-ACT-02",) * 3


@given(start=st.dates(date(2020, 1, 1), date(2026, 9, 1)), days=st.integers(1, 60), counts=st.booleans())
def test_a_term_holds_exactly_its_working_days(start: date, days: int, counts: bool) -> None:
    """Between the first day that may count and the end lie exactly the days of the term, and the end is worked."""
    end = Term(days, True, counts).end(start, CALENDAR)
    first = start if counts else start + timedelta(days=1)
    assert CALENDAR.count(first, end) == days
    assert CALENDAR.is_worked(end)
