"""What is left, checked against published figures, against arithmetic by hand and against a slow search."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.base.period import Period
from guatu.judge.room import bad_days_allowed, room_of
from guatu.judge.status import status_of
from tests.judge.targets import good_days, pm25, value

YEAR = Period.of("2021")


def days(first: date, values: list[int | None]) -> dict[date, int | None]:
    return {first + timedelta(days=k): v for k, v in enumerate(values)}


@pytest.mark.parametrize(("day", "mean", "rest"), [(date(2020, 7, 27), 58, "55.6"), (date(2020, 12, 13), 55, "95.6")])
def test_the_required_mean_a_county_published(day: date, mean: int, rest: str) -> None:
    """A county printed 56 and 95 for the days left of 2020 with a target of 57: 55.67 and 95.67 from whole means."""
    year = Period.of("2020")
    daily = {"县": days(year.first, [mean] * year.until(day).days)}
    found = room_of(pm25("57"), daily, year, day)
    assert found is not None
    assert str(found.rest_calendar) == rest


def test_the_required_mean_by_hand() -> None:
    """200 days of 30 and 80 of 36 make 8880. With 365 − 285 = 80 to come, five days having been lost, N is 360.

    Strictly 34 × 360 = 12240, so the 80 days may hold 3360: 42.0 a day. Judged at 0 decimals 34.5 still is 34:
    34.5 × 360 = 12420, 3540 left: 44.25 a day, shown as 44.2.
    """
    daily = {"城区": days(YEAR.first, [30] * 200 + [None] * 5 + [36] * 80)}
    found = room_of(pm25("34"), daily, YEAR, date(2021, 10, 12))
    assert found is not None
    assert (found.days_left, found.valid, found.expected) == (80, 280, 285)
    assert (str(found.rest_strict), str(found.rest)) == ("42.0", "44.2")
    # by calendar days: running mean 8880/280 over 285 days, (34 × 365 − 8880 × 285/280) / 80 = 42.14…
    assert str(found.rest_calendar) == "42.1"
    assert "余下 80 天均值须不高于 44.2" in found.sentence


def test_an_odd_limit_excludes_its_half() -> None:
    """33.5 rounds to 34: a rest that would land on it exactly is a tenth too high."""
    daily = {"城区": days(YEAR.first, [33] * 364)}
    found = room_of(pm25("33"), daily, YEAR, date(2021, 12, 30))
    assert found is not None
    # 33.5 × 365 − 33 × 364 = 215.5 exactly would give 33.5 → 34
    assert str(found.rest) == "215.4"
    assert str(room_of(pm25("34"), daily, YEAR, date(2021, 12, 30)).rest) == "580.5"  # type: ignore[union-attr]


def test_two_places_have_the_mean_of_their_means_not_of_all_their_days() -> None:
    """A: 100 days of 20; B: 50 of 50; 265 to come. Half of (2000 + 265x)/365 + (2500 + 265x)/315 may be 30.5."""
    as_of = date(2021, 4, 10)
    daily = {"A": days(YEAR.first, [20] * 100), "B": days(YEAR.first, [50] * 50)}
    found = room_of(pm25("30"), daily, YEAR, as_of)
    assert found is not None and found.rest is not None
    for x, inside in ((Fraction(found.rest), True), (Fraction(found.rest) + Fraction(1, 10), False)):
        end = (Fraction(2000 + 265 * x) / 365 + Fraction(2500 + 265 * x) / 315) / 2
        assert (end <= Fraction(61, 2)) == inside


@pytest.mark.parametrize(
    ("ratio", "n", "decimals", "bad"),
    [
        ("90", 365, 1, 36),
        ("92", 365, 1, 29),
        ("95", 365, 1, 18),
        ("92", 365, 0, 31),
        ("100", 365, 1, 0),
        ("90", 1, 1, 0),
    ],
)
def test_bad_days_a_year_allows(ratio: str, n: int, decimals: int, bad: int) -> None:
    assert bad_days_allowed(Decimal(ratio), n, decimals) == bad


@given(st.integers(1, 400), st.integers(0, 1000), st.integers(0, 2))
def test_bad_days_allowed_are_the_most_that_still_meet(n: int, permille: int, decimals: int) -> None:
    ratio = Decimal(permille) / 10
    allowed = bad_days_allowed(ratio, n, decimals)
    target = good_days(str(ratio), decimals=decimals)

    def met(bad: int) -> bool:
        figure = value(Fraction(100 * (n - bad), n), indicator="aqi_good_ratio")
        return status_of(target, figure, over=True).code == "met"

    # judged_decimals never goes below what a plan says, so the same decimals judge here
    assert allowed == max((bad for bad in range(n + 1) if met(bad)), default=-1)


def test_days_left_and_the_dates_between_which_it_can_be_lost() -> None:
    """31 bad days by 11 October; 90 % of 365 allows 36, so 5 are left.

    The sixth bad day can come on 17 October at the earliest; after the evening of 25 December six days are left, after
    that of the 26th only five.
    """
    daily = {"城区": days(YEAR.first, [120] * 31 + [60] * 253)}
    found = room_of(good_days("90"), daily, YEAR, date(2021, 10, 11))
    assert found is not None
    assert (found.outcome, found.bad_used, found.bad_left, found.days_left) == ("open", 31, 5, 81)
    assert found.first_loss == date(2021, 10, 17)
    assert found.last_open == date(2021, 12, 25)


def test_lost_and_secured() -> None:
    daily = {"城区": days(YEAR.first, [120] * 37 + [60] * 247)}
    lost = room_of(good_days("90"), daily, YEAR, date(2021, 10, 11))
    assert lost is not None and (lost.outcome, lost.bad_left) == ("lost", -1)
    daily = {"城区": days(YEAR.first, [60] * 330)}
    secured = room_of(good_days("90"), daily, YEAR, date(2021, 11, 26))
    assert secured is not None and (secured.outcome, secured.bad_left) == ("secured", 36)
    hopeless = room_of(pm25("10"), {"城区": days(YEAR.first, [35] * 300)}, YEAR, date(2021, 10, 27))
    assert hopeless is not None and hopeless.outcome == "lost"


daily_pm = st.lists(st.one_of(st.none(), st.integers(1, 120)), min_size=3, max_size=60)


@given(daily_pm, st.integers(5, 80))
def test_keeping_the_required_mean_meets_the_target_and_a_tenth_more_does_not(
    values: list[int | None], limit: int
) -> None:
    month = Period(date(2021, 1, 1), date(2021, 3, 31))
    as_of = date(2021, 1, 1) + timedelta(days=len(values) - 1)
    target = pm25(str(limit))
    found = room_of(target, {"城区": days(month.first, values)}, month, as_of)
    known = [v for v in values if v is not None]
    if found is None:
        assert not known
        return
    assert found.rest is not None

    def code(rest: Fraction) -> str:
        end = Fraction(sum(known) + rest * found.days_left) / (len(known) + found.days_left)  # type: ignore[union-attr]
        return status_of(target, value(end), over=True).code

    if found.outcome == "lost":
        assert code(Fraction(0)) == "missed"
    else:
        assert code(Fraction(found.rest)) == "met"
    assert code(Fraction(found.rest) + Fraction(1, 10)) == "missed"


@given(st.lists(st.integers(1, 200), min_size=31, max_size=31), st.integers(0, 100), st.booleans())
def test_room_and_status_agree_on_the_last_day(values: list[int], limit: int, ratio: bool) -> None:
    month = Period.of("2021-01")
    daily = {"城区": days(month.first, list(values))}
    target = good_days(str(limit)) if ratio else pm25(str(limit))
    raw = Fraction(100 * sum(v <= 100 for v in values), 31) if ratio else Fraction(sum(values), 31)
    room = room_of(target, daily, month, month.last)
    state = status_of(target, value(raw, indicator=target.indicator_id or ""), over=True, room=room)
    assert room is not None
    assert (room.outcome == "secured") == (state.code == "met")
    assert (room.outcome == "lost") == (state.code == "missed")


@given(st.lists(st.integers(1, 150), min_size=1, max_size=300), st.integers(15, 60), st.integers(0, 20))
def test_room_grows_with_the_target(values: list[int], limit: int, ease: int) -> None:
    daily = {"站": days(YEAR.first, list(values))}
    day = YEAR.first + timedelta(days=len(values) - 1)
    strict, easier = (room_of(pm25(str(one)), daily, YEAR, day) for one in (limit, limit + ease))
    assert strict is not None
    assert easier is not None
    assert strict.rest is not None
    assert easier.rest is not None
    assert strict.rest <= easier.rest
    few, many = (room_of(good_days(str(one)), daily, YEAR, day) for one in (92, 92 - ease))
    assert few is not None
    assert many is not None
    assert (few.bad_left or 0) <= (many.bad_left or 0)
