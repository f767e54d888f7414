"""The word of a target, at the edges where rounding, comparators and the calendar decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.base.period import Period
from guatu.judge.board import row_of
from guatu.judge.outlook import Outlook
from guatu.judge.pace import due_by
from guatu.judge.room import Room
from guatu.judge.status import printed_doubt, status_of, told
from guatu.load.conventions import Conventions
from guatu.load.official import store_official
from guatu.load.workspace import Workspace
from guatu.read.plan import Target
from tests.judge.targets import good_days, pm25, value
from tests.load.city import CITY


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


def test_both_readings_stand_where_rounding_decides() -> None:
    """30.4 is 30 by HJ 663 表3; one who does not round says it is over 30."""
    lenient = status_of(pm25("30"), value("30.4"), over=True)
    assert lenient.code == "met"
    assert "精确值 30.40，不修约则未达标；按 0 位小数评价为 30，达标" in lenient.note
    exactly_half = status_of(pm25("30"), value("30.5"), over=True)
    assert (exactly_half.code, str(exactly_half.judged)) == ("met", "30")
    assert "精确值 30.50" in exactly_half.note
    above = status_of(good_days("92", op=">"), value("92.04"), over=True)
    assert above.code == "missed"
    assert "不修约则达标；按 1 位小数评价为 92.0，未达标" in above.note


def other(indicator: str, op: str, limit: Decimal | tuple[Decimal, Decimal], **more: object) -> Target:
    target = Target("T", "二", indicator, "全市", op, limit, "%", "", indicator_id=indicator)
    return replace(target, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "raw", "code"),
    [
        # 1,999 of 2,000 villages are 99.95 %, which rounds to 100.0: the whole is not reached by rounding.
        (other("msw_harmless_rate", ">=", Decimal(100)), Fraction(199900, 2000), "missed"),
        (other("msw_harmless_rate", ">=", Decimal(100)), "100", "met"),
        (other("sw_good_ratio", "==", Decimal(100)), Fraction(1900, 20), "missed"),
        # one section in 3,000 is .03 %, which rounds to 0.0.
        (other("sw_inferior_v_ratio", "<=", Decimal(0)), Fraction(100, 3000), "missed"),
        (other("sw_inferior_v_ratio", "<=", Decimal(0)), "0", "met"),
        # 约 35 %: equal at the decimals it is written in, up or down, where the office has set no band.
        (other("ecored_share", "~", Decimal(35)), "34.51", "met"),
        (other("ecored_share", "~", Decimal(35)), "35.49", "met"),
        (other("ecored_share", "~", Decimal(35)), "34.49", "missed"),
        (other("ecored_share", "~", Decimal(35)), "36.1", "missed"),
        (other("ecored_share", "range", (Decimal(33), Decimal(37))), "36.1", "met"),
        (other("ecored_share", "range", (Decimal(33), Decimal(37))), "37.1", "missed"),
        # 约 90 % of what is better the higher it is: more is no fault.
        (other("town_sewage_rate", "~", Decimal(90)), "93", "met"),
        (other("town_sewage_rate", "~", Decimal(90)), "89.4", "missed"),
        # 基本实现全覆盖: only the whole leaves nothing open.
        (other("sanitation_village_cover", "~", Decimal(100), qualitative=True), "99.9", "undecided"),
        (other("sanitation_village_cover", "~", Decimal(100), qualitative=True), "100", "met"),
    ],
)
def test_wholes_noughts_and_bands(target: Target, raw: str | Fraction, code: str) -> None:
    found = status_of(target, value(raw, indicator=target.indicator_id or ""), over=True)
    assert found.code == code
    assert found.reason == ("判据待确认" if code == "undecided" else "")


def test_a_band_is_as_wide_as_the_office_sets_it() -> None:
    target, figure = other("ecored_share", "~", Decimal(35)), value("36.1", indicator="ecored_share")
    assert status_of(target, figure, over=True, conventions=Conventions(band_percent=3)).code == "met"  # 33.95 to 36.05
    assert status_of(target, figure, over=True, conventions=Conventions(band_percent=2)).code == "missed"


def test_a_whole_is_not_reached_by_rounding_and_it_is_said() -> None:
    found = status_of(other("msw_harmless_rate", ">=", Decimal(100)), value("99.996"), over=True)
    assert "100% 不靠修约达到：精确值 99.996，修约后为 100.0" in found.note


def test_what_builds_up_is_judged_by_the_plan_of_the_day() -> None:
    """2021-10-11 is day 284 of 365: of 90 at the end of the year 70.03 is due; from 40 at its beginning 78.90."""
    year, day = Period.of("2021"), date(2021, 10, 11)
    target = other("rectify_rate", ">=", Decimal(90))
    due = due_by(target, year, day)
    assert due == Fraction(90 * 284, 365)
    assert due_by(target, year, day, Fraction(40)) == 40 + Fraction(50 * 284, 365)
    words = [
        status_of(target, value(raw, indicator="rectify_rate"), over=over, due=due).word
        for raw, over in (("70", False), ("70.1", False), ("90", False), ("89", True))
    ]
    assert words == ["未达序时", "达到序时", "达标", "未达标"]
    assert due_by(pm25("30"), year, day) is None


def test_missed_is_said_only_when_the_period_is_over() -> None:
    assert status_of(pm25("30"), value("40"), over=False).word == "暂未达标"
    assert status_of(pm25("30"), value("40"), over=True).word == "未达标"


@pytest.mark.parametrize(
    ("target", "figure", "reason"),
    [
        (pm25("30"), value(None, reason="无点位"), "无点位"),
        (pm25("30"), value(None), "数据未到"),
        (pm25("30"), value("20", reason="数据不足"), "数据不足"),
        (replace(pm25("30"), op="schedule", value=None), value("20"), "待上级下达目标值"),
        (replace(pm25("30"), value=None), value("20"), "待上级下达目标值"),
        (replace(pm25("30"), op="done"), value("30"), "判据待确认"),
        (replace(pm25("30"), value="4A"), value("30"), "判据待确认"),
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


@pytest.mark.parametrize(
    ("printed", "doubtful"),
    [("30.5", True), ("30.4", False), ("30.6", False), ("30", False), ("29", False), ("31", False), ("30.50", True)],
)
def test_a_published_figure_at_the_edge_is_doubted(printed: str, doubtful: bool) -> None:
    """30.5 may be 30.46, which is 30, or 30.54, which is 31; 30 printed whole may be 29.6 or 30.4: both meet."""
    said = printed_doubt(pm25("30"), Decimal(printed), date(2021, 12, 31))
    assert bool(said) == doubtful


RANK = {"missed": 0, "behind": 0, "close": 1, "met": 1, "aspired": 1}


@given(st.integers(0, 6000), st.integers(100, 500), st.integers(0, 100), st.booleans())
def test_an_easier_target_is_never_worse(raw: int, limit: int, ease: int, over: bool) -> None:
    exact = Fraction(raw, 100)
    for strict, easier in (
        (pm25(str(limit // 10)), pm25(str((limit + ease) // 10))),
        (good_days(str(limit // 5)), good_days(str(max(0, limit - ease) // 5))),
    ):
        one, two = (status_of(target, value(exact), over=over) for target in (strict, easier))
        assert RANK[one.code] <= RANK[two.code]


def test_about_n_is_judged_as_it_is_written_on_the_board_too(tmp_path: Path) -> None:
    """34.8 published of 约 35: at the decimals 35 is written in it is 35, whatever the card of the indicator keeps."""
    ws = Workspace.create(tmp_path / "ws", CITY)
    path = ws.folder / "o.csv"
    path.write_text(
        "指标,范围,时段,数值,文号,发布日期\necored_share,全市,2021Q2,34.8,通报5号,2021-07-30\n", encoding="utf-8"
    )
    store_official(ws, path)
    about = Target("T20", "二", "红线", "全市", "~", Decimal(35), "%", "", indicator_id="ecored_share")
    found = row_of(ws, about, Period.of("2021"), date(2021, 10, 11))
    assert (found.status.code, found.status.judged) == ("met", Decimal(35))


def test_a_low_chance_makes_a_target_that_is_met_close() -> None:
    """Met now, 26 % to hold: close, and the chance told; 70 % and more, no chance, a year that is over: met."""
    target, now = good_days("90"), value("90.8")
    low, high = (Outlook(mean=88.0, chance=at, shown=f"{at:.0%}") for at in (0.26, 0.7))
    found = status_of(target, now, over=False, outlook=low)
    assert (found.code, found.note) == ("close", "眼下满足，年底达标的可能性26%")
    assert status_of(target, now, over=False, outlook=high).code == "met"
    assert status_of(target, now, over=False, outlook=Outlook(reason="没有上一年的完整数据")).code == "met"
    assert status_of(target, now, over=True, outlook=low).code == "met"
    assert status_of(target, now, over=False, outlook=low, conventions=Conventions(chance_percent=20)).code == "met"


def test_a_figure_is_printed_so_that_it_does_not_look_like_the_limit_it_misses() -> None:
    near = replace(value("99.99"), number=Decimal("100.0"))
    target = good_days("100")
    missed = status_of(target, near, over=True)
    assert (missed.code, told(target, near, missed)) == ("missed", Decimal("99.99"))
    nearer = replace(value("99.9999999"), number=Decimal("100.0"))
    assert told(target, nearer, status_of(target, nearer, over=True)) == Decimal("99.9999999")
    whole = replace(value("100"), number=Decimal("100.0"))
    assert told(target, whole, status_of(target, whole, over=True)) == Decimal("100.0")
