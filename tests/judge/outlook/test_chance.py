"""What every chance must obey, and what is said instead of one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.value import Value
from guatu.judge.outlook import Outlook, others_of, outlook_of
from guatu.judge.room import room_of
from guatu.judge.status import status_of
from tests.judge.outlook.made import days, target

YEAR = 2021
HISTORY = {
    "pm25_mean": days(date(2019, 1, 1), date(2020, 12, 31), level=34, seed=5),
    "aqi_good_ratio": days(date(2019, 1, 1), date(2020, 12, 31), level=70, seed=6),
}
NOW = {
    "pm25_mean": days(date(YEAR, 1, 1), date(YEAR, 12, 31), level=33, seed=7),
    "aqi_good_ratio": days(date(YEAR, 1, 1), date(YEAR, 12, 31), level=70, seed=8),
}
OP = {"pm25_mean": "<=", "aqi_good_ratio": ">="}
INDICATORS = st.sampled_from(["pm25_mean", "aqi_good_ratio"])
DAYS = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
some = settings(max_examples=25, deadline=None)


def judged(indicator: str, value: str, as_of: date, **other: object) -> Outlook:
    asked = target(indicator, OP[indicator], value, decimals=1)
    return outlook_of(asked, NOW[indicator], HISTORY[indicator], as_of=as_of, **other)  # type: ignore[arg-type]


@some
@given(INDICATORS, DAYS, st.lists(st.decimals(20, 99, places=1), min_size=2, max_size=5, unique=True))
def test_an_easier_target_is_never_less_likely(indicator: str, as_of: date, values: list[Decimal]) -> None:
    values.sort(reverse=indicator == "aqi_good_ratio")
    chances = [judged(indicator, str(value), as_of).chance for value in values]
    assert all(a is not None and b is not None and a <= b for a, b in pairwise(chances))


@some
@given(INDICATORS, DAYS)
def test_the_same_days_give_the_same_outlook(indicator: str, as_of: date) -> None:
    assert judged(indicator, "40", as_of) == judged(indicator, "40", as_of)


@some
@given(INDICATORS, DAYS)
def test_days_that_are_not_known_yet_change_nothing(indicator: str, as_of: date) -> None:
    asked = target(indicator, OP[indicator], "40", decimals=1)
    known = {day: value for day, value in NOW[indicator].items() if day <= as_of}
    assert outlook_of(asked, known, HISTORY[indicator], as_of=as_of) == judged(indicator, "40", as_of)


def final(indicator: str) -> Fraction:
    values = list(NOW[indicator].values())
    if indicator == "pm25_mean":
        return Fraction(sum(values), len(values))
    return Fraction(100 * sum(value <= 100 for value in values), len(values))


@some
@given(INDICATORS, st.integers(-40, 40).filter(bool))
def test_chance_goes_to_nought_or_one_as_days_run_out(indicator: str, tenths: int) -> None:
    end = half_even(final(indicator), 1)
    value = end + Decimal(tenths) / 10
    met = (end <= value) == (indicator == "pm25_mean")
    chances = [judged(indicator, str(value), date(YEAR, 12, day)).chance for day in (24, 28, 31)]
    assert chances[2] == float(met)
    if abs(tenths) >= 20:
        assert all(chance is not None and abs(chance - met) < 0.02 for chance in chances)


@some
@given(INDICATORS, st.integers(-30, 30))
def test_on_the_last_day_chance_status_and_room_agree(indicator: str, tenths: int) -> None:
    """The year is over: what the outlook says for sure is what the status says, and the room says lost or secured."""
    year = Period.of(str(YEAR))
    asked = target(indicator, OP[indicator], str(half_even(final(indicator), 1) + Decimal(tenths) / 10), decimals=1)
    chance = outlook_of(asked, NOW[indicator], HISTORY[indicator], as_of=year.last).chance
    figure = Value(indicator, "全市", year, half_even(final(indicator), 1), "", raw=final(indicator))
    room = room_of(asked, {"": NOW[indicator]}, year, year.last)
    status = status_of(asked, figure, over=True, room=room)
    assert room is not None and status.code in ("met", "missed")
    assert (chance == 1) == (status.code == "met") == (room.outcome == "secured")


@some
@given(INDICATORS, st.integers(0, 360))
def test_the_interval_closes_on_the_final_value(indicator: str, gone: int) -> None:
    near, far = (judged(indicator, "40", date(YEAR, 12, 31) - timedelta(days=left)) for left in (0, 1))
    assert near.p025 == near.p975 == pytest.approx(float(final(indicator)))
    early = judged(indicator, "40", date(YEAR, 1, 1) + timedelta(days=gone))
    assert None not in (early.p025, early.p10, early.mean, early.p90, early.p975)
    assert early.p025 <= early.p10 <= early.p90 <= early.p975  # type: ignore[operator]
    assert far.p975 - far.p025 < 2  # type: ignore[operator]


@some
@given(INDICATORS, DAYS, st.decimals(1, 100, places=0))
def test_nobody_ever_reads_nought_or_a_hundred_per_cent(indicator: str, as_of: date, value: Decimal) -> None:
    shown = judged(indicator, str(value), as_of).shown
    assert shown in ("<1%", ">99%") or 1 <= int(shown.removesuffix("%")) <= 99


def test_an_office_can_hide_the_percentage() -> None:
    hidden = judged("pm25_mean", "60", date(YEAR, 9, 30), percent=False)
    assert hidden.shown == "很可能达标"
    assert "%" not in judged("pm25_mean", "33", date(YEAR, 9, 30), percent=False).shown


def test_rounding_belongs_to_the_target() -> None:
    """30.5 rounds to 30 (half to even) and meets 30 at no decimals; 31.5 rounds to 32 and misses 31."""
    for limit, ending, met in ((30, Fraction(61, 2), True), (31, Fraction(63, 2), False)):
        every = {date(2021, 1, 1) + timedelta(days=step): 0 for step in range(364)}
        total = int(ending * 364)
        for at, day in enumerate(every):
            every[day] = total // 364 + (at < total % 364)
        assert Fraction(sum(every.values()), 364) == ending
        asked = target("pm25_mean", "<=", str(limit), decimals=0)
        assert outlook_of(asked, every, {}, as_of=date(2021, 12, 31)).chance == float(met)
        strict = target("pm25_mean", "<=", str(limit), decimals=1)
        assert outlook_of(strict, every, {}, as_of=date(2021, 12, 31)).chance == 0


def test_a_target_of_whole_numbers_is_easier_than_its_tenths() -> None:
    as_of = date(YEAR, 10, 31)
    whole, tenths = (
        outlook_of(target("pm25_mean", "<=", "33", d), NOW["pm25_mean"], HISTORY["pm25_mean"], as_of=as_of)
        for d in (0, 1)
    )
    assert whole.mean == tenths.mean
    assert whole.chance > tenths.chance  # type: ignore[operator]


def test_no_chance_before_the_end_of_june_without_history() -> None:
    asked = target("pm25_mean", "<=", "35")
    before = outlook_of(asked, NOW["pm25_mean"], {}, as_of=date(YEAR, 6, 29))
    assert (before.chance, before.mean, before.shown) == (None, None, "")
    assert before.reason == "没有上一年的完整数据，6 月 30 日前不给概率"
    after = outlook_of(asked, NOW["pm25_mean"], {}, as_of=date(YEAR, 6, 30))
    assert after.chance is not None
    assert after.notes == ("没有上一年的完整数据，仅供参考",)


def test_every_chance_shows_its_record_at_that_time_of_the_year() -> None:
    found = judged("pm25_mean", "35", date(YEAR, 10, 14))
    assert found.past is not None and found.chance is not None
    assert found.past.origin == "09-30" and found.past.low <= found.chance <= found.past.high
    assert found.past.count >= 20 and found.past.gap < 0.2
    assert found.record.startswith("回测9 月末给出") and "实际达标" in found.record
    assert found.record in found.lines()


def test_without_percentages_nothing_shows_one() -> None:
    found = judged("pm25_mean", "35", date(YEAR, 10, 14), percent=False)
    assert found.shown == found.word and found.record
    assert not any("%" in line.replace("80% 区间", "") for line in found.lines())


@some
@given(INDICATORS, DAYS.filter(lambda day: day < date(YEAR, 12, 31)), st.decimals(1, 100, places=0))
def test_no_chance_is_nought_or_one_while_days_are_left(indicator: str, as_of: date, value: Decimal) -> None:
    found = judged(indicator, str(value), as_of)
    assert found.chance is not None and 0 < found.chance < 1
    assert found.past is None or found.past.low <= found.chance <= found.past.high
    assert found.left == (date(YEAR, 12, 31) - as_of).days and found.until == as_of
    assert found.handover == any("逐日预报" in note for note in found.notes)


def test_the_last_fortnight_is_left_to_the_daily_forecast() -> None:
    assert not judged("pm25_mean", "35", date(YEAR, 12, 16)).notes
    assert "请以逐日预报为准" in judged("pm25_mean", "35", date(YEAR, 12, 17)).notes[0]


def test_a_year_that_cannot_be_valid_any_more_has_no_chance() -> None:
    few = {day: value for day, value in NOW["pm25_mean"].items() if day > date(YEAR, 3, 1)}
    found = outlook_of(target("pm25_mean", "<=", "35"), few, HISTORY["pm25_mean"], as_of=date(YEAR, 9, 30))
    assert (found.chance, found.reason) == (None, "有效天数不够，全年无法评价")


def test_other_targets_are_refused_in_words() -> None:
    for asked in (target("pm25_mean", ">=", "35"), target("so2_mean", "<=", "10"), target("aqi_good_ratio", "<=", "9")):
        found = outlook_of(asked, NOW["pm25_mean"], HISTORY["pm25_mean"], as_of=date(YEAR, 9, 30))
        assert (found.chance, found.reason) == (None, "只对 PM2.5 年均值（不高于）和优良天数比例（不低于）给出概率")


def test_aqi_of_two_tables_is_warned_of() -> None:
    x = {day.replace(year=2026): value for day, value in NOW["aqi_good_ratio"].items()}
    found = outlook_of(target("aqi_good_ratio", ">=", "90"), x, {}, as_of=date(2026, 10, 31))
    assert any("同一版本" in note for note in found.notes)


def test_two_places_alike_are_as_one() -> None:
    asked = target("aqi_good_ratio", ">=", "90", decimals=1)
    now, before = NOW["aqi_good_ratio"], HISTORY["aqi_good_ratio"]
    one = outlook_of(asked, {"甲": now}, {"甲": before}, as_of=date(YEAR, 6, 30))
    two = outlook_of(asked, {"甲": now, "乙": now}, {"甲": before, "乙": before}, as_of=date(YEAR, 6, 30))
    assert two.mean == pytest.approx(one.mean)
    assert two.chance == pytest.approx(one.chance, abs=0.05)


def test_the_aspired_value_is_harder() -> None:
    asked = target("pm25_mean", "<=", "33", decimals=1, stretch="31")
    found = outlook_of(asked, NOW["pm25_mean"], HISTORY["pm25_mean"], as_of=date(YEAR, 9, 30))
    assert found.aspired is not None and found.chance is not None
    assert found.aspired < found.chance


def test_other_cities_teach_the_season() -> None:
    """A city without history whose likes all have a summer peak is not told to expect a winter one."""
    first, last = date(2019, 1, 1), date(2020, 12, 31)
    summery = {day: round(1200 / value) for day, value in days(first, last, seed=11).items()}
    likes = others_of("pm25_mean", {"乙": summery, "丙": {d: v + 1 for d, v in summery.items()}})
    this_year = dict.fromkeys(NOW["pm25_mean"], 35)
    asked = target("pm25_mean", "<=", "35")
    told = outlook_of(asked, this_year, {}, likes, as_of=date(YEAR, 9, 30))
    alone = outlook_of(asked, this_year, {}, as_of=date(YEAR, 9, 30))
    assert told.mean < 35 < alone.mean  # type: ignore[operator]
