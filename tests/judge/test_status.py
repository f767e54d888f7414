"""The word of a target, at the edges where rounding, comparators and the calendar decide."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from guatu.judge.room import Room
from guatu.judge.status import status_of
from tests.judge.targets import good_days, pm25, value


@pytest.mark.parametrize(
    ("target", "raw", "code", "judged"),
    [
        # HJ 663 表3 evaluates PM2.5 at 0 decimals; GB/T 8170 sends ties to the even number.
        (pm25("30"), "30.5", "met", "30"),
        (pm25("30"), "30.51", "missed", "31"),
        (pm25("30"), Fraction(61, 2) + Fraction(1, 10**12), "missed", "31"),
        (pm25("33"), "33.5", "missed", "34"),
        (pm25("33"), "33.4999", "met", "33"),
        # The same figures where the plan says one decimal: 30.05 → 30.0, 30.15 → 30.2.
        (pm25("30", decimals=1), "30.5", "missed", "30.5"),
        (pm25("30", decimals=1), "30.05", "met", "30.0"),
        (pm25("30", decimals=1), "30.06", "missed", "30.1"),
        # A target written with a decimal is judged at it.
        (pm25("30.5"), "30.55", "missed", "30.6"),
        (pm25("30.5"), "30.45", "met", "30.4"),
        (pm25("34", stretch="33"), "33.4", "aspired", "33"),
        (pm25("34", stretch="33"), "33.6", "met", "34"),
        # 336 of 365 days are 92.05 %, 335 are 91.78 %; ratios are judged at one decimal.
        (good_days("92"), Fraction(33600, 365), "met", "92.1"),
        (good_days("92"), Fraction(33500, 365), "missed", "91.8"),
        (good_days("92", decimals=0), Fraction(33500, 365), "met", "92"),
        (good_days("92"), "91.95", "met", "92.0"),
        (good_days("92", op=">"), "92", "missed", "92.0"),
        (good_days("100", op="=="), "100", "met", "100.0"),
    ],
)
def test_the_judged_figure_decides(target: object, raw: str | Fraction, code: str, judged: str) -> None:
    found = status_of(target, value(raw), over=True)  # type: ignore[arg-type]
    assert (found.code, str(found.judged)) == (code, judged)


def test_where_rounding_decides_it_is_said() -> None:
    assert "修约决定结果" in status_of(pm25("30"), value("30.4"), over=True).note
    assert status_of(pm25("30"), value("29.6"), over=True).note == ""
    assert status_of(pm25("30"), value("31.6"), over=True).note == ""


def test_missed_is_said_only_when_the_period_is_over() -> None:
    assert status_of(pm25("30"), value("40"), over=False).word == "暂未达标"
    assert status_of(pm25("30"), value("40"), over=False, growing=True).word == "未达序时"
    assert status_of(pm25("30"), value("40"), over=True).word == "未达标"


@pytest.mark.parametrize(
    ("target", "figure", "reason"),
    [
        (pm25("30"), value(None, reason="无点位"), "无点位"),
        (pm25("30"), value(None), "数据未到"),
        (pm25("30"), value("20", reason="数据不足"), "数据不足"),
        (replace(pm25("30"), op="schedule", value=None), value("20"), "待上级下达目标值"),
        (replace(pm25("30"), value=None), value("20"), "待上级下达目标值"),
        (replace(pm25("30"), op="~"), value("30"), "判据待确认"),
        (replace(pm25("30"), op="range", value=(Decimal(1), Decimal(2))), value("30"), "判据待确认"),
    ],
)
def test_undecided_always_has_a_reason_word(target: object, figure: object, reason: str) -> None:
    for over in (False, True):
        found = status_of(target, figure, over=over)  # type: ignore[arg-type]
        assert (found.code, found.word, found.reason) == ("undecided", "无法判定", reason)


def room(**facts: object) -> Room:
    return Room("mean", "open", 80, 285, 285, **facts)  # type: ignore[arg-type]


def test_close_is_a_target_met_now_that_last_years_rest_would_lose() -> None:
    target = pm25("34", stretch="33")
    tight = room(rest=Decimal("40.0"), last_year=Decimal("44.0"))
    wide = room(rest=Decimal("48.0"), last_year=Decimal("44.0"))
    assert status_of(target, value("32"), over=False, room=tight).word == "临界"
    assert status_of(target, value("32"), over=False, room=wide).word == "力争达标"
    assert status_of(target, value("32"), over=True, room=tight).word == "力争达标"
    assert status_of(target, value("36"), over=False, room=tight).word == "暂未达标"


def test_close_of_days_by_last_year_or_by_five_left() -> None:
    def days(left: int, before: int | None) -> Room:
        last = None if before is None else Decimal(before)
        return Room("days", "open", 80, 285, 285, bad_used=20, bad_left=left, last_year=last)

    figure = value("95", indicator="aqi_good_ratio")
    assert status_of(good_days("92"), figure, over=False, room=days(8, 9)).code == "close"
    assert status_of(good_days("92"), figure, over=False, room=days(9, 9)).code == "met"
    assert status_of(good_days("92"), figure, over=False, room=days(5, None)).code == "close"
    assert status_of(good_days("92"), figure, over=False, room=days(6, None)).code == "met"
