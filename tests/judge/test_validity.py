"""324 days and 27 a month, 25 in February: judged while they can be reached, undecided as soon as they cannot."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from guatu.base.period import Period
from guatu.judge.board import row_of
from tests.judge.made import all_days, year
from tests.judge.targets import pm25

YEAR = Period.of("2021")


def without(days: list[date], gone: list[date]) -> list[date]:
    return [day for day in days if day not in gone]


def spread(lost: int) -> list[date]:
    """So many days taken out, at most four from any month: 1, 2, 3 and 4 of months with 31 days, 1 to 3 of others."""
    out = [
        date(2021, month, day)
        for day in (10, 11, 12, 13)
        for month in range(1, 13)
        if day < 13 or month in (1, 3, 5, 7, 8, 10, 12)
    ]
    return [day for day in out if day.month != 2 or day.day < 13][:lost]


@pytest.mark.parametrize(("lost", "code"), [(41, "met"), (42, "undecided")])
def test_324_days_are_enough_and_323_are_not(tmp_path: Path, lost: int, code: str) -> None:
    ws = year(tmp_path, without(all_days(), spread(lost)))
    row = row_of(ws, pm25("34"), YEAR, date(2021, 12, 31))
    assert row.value.n_valid == 365 - lost
    assert row.status.code == code
    assert str(row.value.number) == "30.0", "the mean is shown either way"
    assert row.status.reason == ("" if code == "met" else "数据不足")


@pytest.mark.parametrize(
    ("month", "lost", "code"),
    [(2, 3, "met"), (2, 4, "undecided"), (4, 3, "met"), (4, 4, "undecided"), (5, 4, "met"), (5, 5, "undecided")],
)
def test_the_least_days_of_a_month(tmp_path: Path, month: int, lost: int, code: str) -> None:
    gone = [date(2021, month, 1) + timedelta(days=k) for k in range(lost)]
    ws = year(tmp_path, without(all_days(), gone))
    assert row_of(ws, pm25("34"), YEAR, date(2021, 12, 31)).status.code == code


def test_a_month_still_running_is_not_held_against_the_year(tmp_path: Path) -> None:
    """On 4 April four days of April may be missing with 26 to come: 26 < 27 is out of reach; three missing are not."""
    until = date(2021, 4, 4)
    for lost, code in ((3, "met"), (4, "undecided")):
        gone = [date(2021, 4, 1) + timedelta(days=k) for k in range(lost)]
        folder = tmp_path / str(lost)
        folder.mkdir()
        ws = year(folder, without(all_days(until=until), gone))
        assert row_of(ws, pm25("34"), YEAR, until).status.code == code


def test_a_day_of_19_hours_is_no_day(tmp_path: Path) -> None:
    blank = date(2021, 6, 1)
    ws = year(tmp_path, all_days(), fill=lambda day, end: None if day == blank and end <= 5 else 30)
    value = row_of(ws, pm25("34"), YEAR, date(2021, 12, 31)).value
    assert value.n_valid == 364
    assert any("缺 1 天" in flag for flag in value.flags)
    assert any("缺 5 个小时值" in flag for flag in value.flags)


@pytest.mark.parametrize(("scope", "where"), [("空白区", "空白区"), ("全市含空白", "空白区"), ("没有这个范围", "没有")])
def test_a_scope_without_a_site_is_undecided_and_never_replaced(tmp_path: Path, scope: str, where: str) -> None:
    ws = year(tmp_path, all_days())
    row = row_of(ws, pm25("34", scope=scope), YEAR, date(2021, 12, 31))
    assert (row.status.word, row.status.reason, row.value.number) == ("无法判定", "无点位", None)
    assert where in row.value.why.text


def test_before_the_year_and_before_any_data(tmp_path: Path) -> None:
    ws = year(tmp_path, all_days(until=date(2021, 1, 31)))
    assert row_of(ws, pm25("34"), YEAR, date(2020, 12, 31)).status.reason == "未到统计期"
    assert row_of(ws, pm25("34", scope="乙县"), YEAR, date(2021, 1, 31)).status.reason in ("数据未到", "数据不足")
    assert row_of(ws, pm25("34", scope="乙县"), YEAR, date(2021, 1, 2)).status.reason == "数据未到"
