"""The official figure prevails and stands beside the computed one; a difference is led back to a station or a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.base.period import Period
from guatu.errors import LoadError
from guatu.judge.address import value_at
from guatu.judge.beside import all_beside, beside
from guatu.judge.board import row_of
from guatu.load.official import official_in, store_official
from guatu.load.workspace import Workspace
from tests.judge.made import add, all_days, rows, year
from tests.judge.targets import pm25

HEAD = "指标,范围,时段,数值,文号,发布日期\n"
JANUARY = date(2021, 1, 31)
KNOWN = date(2021, 2, 10)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """January: S1 30 a day, S2 40, S3 53; the city 41 a day, but 101 on the 9th when all three read 60 more."""
    days = all_days(until=JANUARY)
    dust = date(2021, 1, 9)
    made = year(tmp_path, days, fill=lambda day, _end: 30 + 60 * (day == dust))
    add(made, rows(days, "S2", lambda day, _end: 40 + 60 * (day == dust)))
    add(made, rows(days, "S3", lambda day, _end: 53 + 60 * (day == dust)))
    return made


def say(ws: Workspace, *lines: str) -> tuple[int, int]:
    path = ws.folder.parent / "通报.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return store_official(ws, path)


def test_equal_to_the_last_digit(ws: Workspace) -> None:
    """(30 × 41 + 101) / 31 = 42.935…, printed 43 or 42.9."""
    say(ws, "PM2.5,城区,2021-01,43,甲〔2021〕1号,2021-02-05", "PM2.5,城区,2021年1月,42.9,乙,2021-02-06")
    for pair in all_beside(ws, KNOWN):
        assert (pair.difference, pair.readings) == (Decimal(0), ())


def test_a_station_left_out_is_found(ws: Workspace) -> None:
    """Without S3 the city has 35 a day and 95 on the 9th: (30 × 35 + 95) / 31 = 36.93…"""
    say(ws, "PM2.5,城区,2021-01,36.9,甲〔2021〕1号,2021-02-05")
    (pair,) = all_beside(ws, KNOWN)
    assert (pair.computed, pair.difference) == (Decimal("42.9"), Decimal("-6.0"))
    assert [reading.text for reading in pair.readings] == ["不计站点 S3 三号"]


def test_a_day_taken_out_for_sand_is_found(ws: Workspace) -> None:
    say(ws, "PM2.5,城区,2021-01,41.0,甲〔2021〕1号,2021-02-05")
    (pair,) = all_beside(ws, KNOWN)
    assert [reading.text for reading in pair.readings] == ["不计 城区 2021-01-09（当日 101，如沙尘等剔除）"]


def test_daily_figures_of_the_paper_point_at_the_day(ws: Workspace) -> None:
    say(
        ws,
        "PM2.5,城区,2021-01,41.0,甲,2021-02-05",
        "PM2.5,城区,2021-01-08,41,甲,2021-02-05",
        "PM2.5,城区,2021-01-09,39,甲,2021-02-05",
    )
    (pair,) = all_beside(ws, KNOWN)
    assert pair.days == ((date(2021, 1, 9), Decimal(39), Decimal(101)),)


def test_values_before_a_correction_are_found(ws: Workspace) -> None:
    add(ws, rows([date(2021, 1, 9)], "S3", lambda _day, _end: 53), correct=True, reason="审核", on=date(2021, 2, 8))
    say(ws, "PM2.5,城区,2021-01,42.9,甲,2021-02-05")
    (pair,) = all_beside(ws, KNOWN)
    assert pair.computed == Decimal("42.3")  # 30 × 41 and (90 + 100 + 53) / 3 = 81: 1311 / 31 = 42.29
    assert "不计批次 0004 的更正（2021-02-08，审核）" in [reading.text for reading in pair.readings]


def test_what_nothing_explains_is_left_open(ws: Workspace) -> None:
    say(ws, "PM2.5,城区,2021-01,12.3,甲,2021-02-05")
    (pair,) = all_beside(ws, KNOWN)
    assert pair.difference == Decimal("-30.6")
    assert pair.readings == ()


def test_the_official_figure_prevails_from_its_day_and_the_computed_stays_beside(ws: Workspace) -> None:
    say(ws, "PM2.5,城区,2021-01,41,甲〔2021〕1号,2021-02-05")
    month, target = Period.of("2021-01"), pm25("42", scope="城区")
    before, after = (row_of(ws, target, month, day) for day in (date(2021, 2, 4), date(2021, 2, 5)))
    assert (before.status.code, before.official) == ("missed", None)
    assert (after.status.code, after.status.judged) == ("met", Decimal(41))
    assert after.value.number == Decimal("42.9")
    assert "甲〔2021〕1号" in after.status.note


def test_a_later_paper_replaces_nothing_but_stands_last(ws: Workspace) -> None:
    assert say(ws, "PM2.5,城区,2021-01,41,甲,2021-02-05") == (1, 0)
    assert say(ws, "PM2.5,城区,2021-01,41,甲,2021-02-05", "PM2.5,城区,2021-01,43,更正通报,2021-02-09") == (1, 1)
    month, target = Period.of("2021-01"), pm25("42", scope="城区")
    assert row_of(ws, target, month, date(2021, 2, 8)).status.code == "met"
    assert row_of(ws, target, month, date(2021, 2, 9)).status.code == "missed"


def test_the_figure_opens_to_its_paper_file_and_cell(ws: Workspace) -> None:
    """The state rests on the official 41.0, which meets ≤ 41; the computed 42.9 stands below it."""
    say(ws, "PM2.5,城区,2021-01,41.0,甲〔2021〕1号,2021-02-05")
    told = value_at(ws, None, "pm25_mean/城区/2021-01@2021-02-10").why.below[0]
    assert "上级通报值" in told.text and "甲〔2021〕1号" in told.text and "通报.csv D2" in told.text
    assert told.figure == "41.0 µg/m³"
    assert any("不计 城区 2021-01-09" in step.text for step in told.below)


def test_all_faults_of_a_table_at_once_and_nothing_kept(ws: Workspace) -> None:
    with pytest.raises(LoadError) as caught:
        say(
            ws,
            "PM2.5,城区,2021-01,41,甲,2021-02-05",
            "臭味,城区,2021-01,41,甲,2021-02-05",
            "PM2.5,月球,2021-01,41,甲,2021-02-05",
            "PM2.5,城区,2021-13,41,甲,2021-02-05",
            "PM2.5,城区,2021-01,四十,甲,2021-02-05",
            "PM2.5,城区,2021-01,41,,2021-02-05",
            "PM2.5,城区,2021-01,41,甲,昨天",
            "PM2.5,城区,2021-01,43,甲,2021-02-05",
        )
    assert caught.value.codes == ("G-LOAD-31",) * 6 + ("G-LOAD-32",)
    assert [fault.where for fault in caught.value.faults[:6]] == [
        "通报.csv A3（指标）",
        "通报.csv B4（范围）",
        "通报.csv C5（时段）",
        "通报.csv D6（数值）",
        "通报.csv E7（文号）",
        "通报.csv F8（发布日期）",
    ]
    assert official_in(ws.data) == ()


def test_a_stretch_of_months_and_an_unknown_scope_of_time(ws: Workspace) -> None:
    say(ws, "优良天数比例,城区,2021年1—2月,96.8%,甲,2021-03-05")
    (figure,) = official_in(ws.data)
    assert str(figure.period) == "2021-01-01..2021-02-28"
    assert beside(ws, figure, date(2021, 3, 5)).computed == Decimal("96.8")
