"""A figure of a past day stays what it was on that day, also after a correction; and the tree shows the difference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.judge.address import parse, value_at
from guatu.judge.board import row_of
from guatu.judge.course import course_of
from tests.judge.made import QUIET, add, all_days, hour, of_rows, rows, year
from tests.judge.targets import good_days, pm25

WRONG = date(2021, 1, 5)


def test_a_correction_changes_today_and_not_yesterday(tmp_path: Path) -> None:
    """Ten days of 30, one of them wrongly 80: (9 × 30 + 80) / 10 = 35.0; corrected to 50: 32.0."""
    until = date(2021, 1, 10)
    ws = year(tmp_path, all_days(until=until), fill=lambda day, _end: 80 if day == WRONG else 30)
    mended = rows([WRONG], "S1", lambda _day, _end: 50)
    add(ws, mended, correct=True, reason="仪器漂移", on=date(2021, 1, 20))
    address = "pm25_mean/单站/2021-01@{}"
    assert value_at(ws, None, address.format("2021-01-10")).number == Decimal("35.0")
    assert value_at(ws, None, address.format("2021-01-19")).number == Decimal("35.0")
    assert value_at(ws, None, address.format("2021-01-20")).number == Decimal("32.0")
    old, new = (value_at(ws, None, f"pm25/单站/{WRONG}@2021-01-{day}") for day in (19, 20))
    assert (old.number, new.number) == (Decimal(80), Decimal(50))
    assert (old.data_version, new.data_version) == ("air-hourly/0001", "air-hourly/0002")
    assert old.inputs != new.inputs
    first_hour = [value.why.below[0].below[0].below[0].text for value in (old, new)]
    assert first_hour == ["01:00 批次 0001 第 97 行", "01:00 批次 0002 第 1 行"]


def test_what_came_later_was_not_known_before(tmp_path: Path) -> None:
    ws = year(tmp_path, all_days(until=date(2021, 1, 10)), fill=lambda day, _end: day.day)
    # days 1 to 4: (1 + 2 + 3 + 4) / 4 = 2.5
    assert value_at(ws, None, "pm25_mean/单站/2021@2021-01-04").number == Decimal("2.5")


def test_places_are_averaged_and_their_days_pooled(tmp_path: Path) -> None:
    """单站: 10 days of 30, 乙县: 5 days of 90 (AQI over 100). Mean of means 60.0; good days 10 of 15, 66.7 %."""
    until = date(2021, 1, 10)
    ws = year(tmp_path, all_days(until=until))
    add(ws, rows(all_days(until=date(2021, 1, 5)), "S9", lambda _day, _end: 90))
    period = Period.of("2021")
    assert row_of(ws, pm25("34", scope="全市"), period, until).value.number == Decimal("60.0")
    ratio = row_of(ws, good_days("92", scope="全市"), period, until).value
    assert (ratio.number, ratio.n_valid, ratio.n_expected) == (Decimal("66.7"), 15, 20)
    course = course_of(ws, good_days("92", scope="全市"), until)
    assert [str(c) for c in course.cumulative[:2]] == ["50.0", "50.0"]
    assert str(course.cumulative[-1]) == "66.7"
    assert [part.scope for part in course.parts] == ["单站", "乙县"]


def test_the_course_ends_on_the_figure(tmp_path: Path) -> None:
    until = date(2021, 2, 10)
    ws = year(tmp_path, all_days(until=until), fill=lambda day, end: None if day.day == 3 else day.day + end % 7)
    for target in (pm25("34"), good_days("92")):
        course = course_of(ws, target, until)
        assert course.days == tuple(all_days(until=until))
        assert course.daily[2] is None
        assert course.cumulative[-1] == row_of(ws, target, Period.of("2021"), until).value.number


def test_last_year_stands_beside_this_year(tmp_path: Path) -> None:
    before = [
        {**QUIET, "time": hour(day, end), "station": "S1", "pm25": 44} for day in all_days(2020) for end in range(1, 25)
    ]
    until = date(2021, 10, 11)
    ws = year(tmp_path, all_days(until=until))
    add(ws, before)
    row = row_of(ws, pm25("34"), Period.of("2021"), until)
    assert row.room is not None
    assert str(row.room.last_year) == "44.0"
    # (34.5 × 365 − 30 × 284) / 81 = 50.28…
    assert str(row.room.rest) == "50.2"
    assert row.status.code == "met"
    assert set(course_of(ws, pm25("34"), until).last_year) == {Decimal(44)}


def test_each_day_stands_beside_the_same_day_of_a_leap_year(tmp_path: Path) -> None:
    """1 March 2021 beside 1 March 2020, not beside 29 February."""
    before = [
        {**QUIET, "time": hour(day, end), "station": "S1", "pm25": 10 * day.month}
        for day in all_days(2020)
        if day.month <= 3
        for end in range(1, 25)
    ]
    until = date(2021, 3, 5)
    ws = year(tmp_path, all_days(until=until))
    add(ws, before)
    then = dict(zip(all_days(until=until), course_of(ws, pm25("34"), until).last_year, strict=True))
    assert (then[date(2021, 2, 28)], then[date(2021, 3, 1)]) == (Decimal(20), Decimal(30))


@pytest.mark.parametrize(
    "address", ["pm25_mean", "pm25_mean/2021", "pm25_mean/单站/2021@昨天", "//2021", "a/b/2021-13"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(GuatuError) as caught:
        parse(address)
    assert caught.value.codes[0] in ("G-JUDGE-02", "G-BASE-01")


def test_an_indicator_nobody_knows(tmp_path: Path) -> None:
    ws = year(tmp_path, all_days(until=date(2021, 1, 2)))
    with pytest.raises(GuatuError) as caught:
        value_at(ws, None, "no_such_indicator/全市/2021")
    assert caught.value.codes == ("G-JUDGE-03",)


def test_a_percentile_by_hand(tmp_path: Path) -> None:
    """O3 of 10, 20, … 100 on ten days: k = 1 + 9 × 0.9 = 9.1, so 90 + 0.1 × 10 = 91."""
    days = all_days(until=date(2021, 1, 10))
    said = [
        {**QUIET, "time": hour(day, end), "station": "S1", "o3": 10 * day.day} for day in days for end in range(1, 25)
    ]
    value = value_at(of_rows(tmp_path, said), None, "o3_p90/单站/2021@2021-01-10")
    assert value.number == Decimal("91.0")
    assert "第 90 百分位" in value.why.below[1].text
