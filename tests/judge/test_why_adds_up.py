"""Whatever moved a figure, the parts named add up to the whole distance, and leaving one out gives what it says."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.judge.board import row_of
from guatu.judge.moved import Breakdown, Moved
from guatu.judge.moved_at import moved_at
from guatu.load.workspace import Workspace
from guatu.read.plan import Head, Plan, Target
from tests.judge.made import QUIET, all_days, hour, of_rows, year
from tests.judge.targets import good_days, pm25

FOUR = date(2021, 1, 4)


def made(folder: Path, values: dict[str, list[int]], first: int = 2021) -> Workspace:
    """Stations with one PM2.5 for all hours of each of the first days of a year."""
    days = all_days(first, date(first, 1, len(next(iter(values.values())))))
    said = [
        {**QUIET, "time": hour(day, end), "station": station, "pm25": level}
        for station, levels in values.items()
        for day, level in zip(days, levels, strict=True)
        for end in range(1, 25)
    ]
    return of_rows(folder, said)


def plan(*targets: Target) -> Plan:
    return Plan(Head(year=2021), targets)


def cut(moved: Moved, kind: str) -> Breakdown:
    return next(one for one in moved.breakdowns if one.kind == kind)


def test_a_mean_by_hand(tmp_path: Path) -> None:
    """10, 20, 30, 60 are 30 on average; against 25 the days are −15/4, −5/4, 5/4, 35/4, which make 5; less 60: 20."""
    ws = made(tmp_path, {"S1": [10, 20, 30, 60]})
    moved = moved_at(ws, plan(pm25("25")), "pm25_mean/单站/2021@2021-01-04")
    assert (moved.figure, moved.reference, moved.distance) == (30, 25, 5)
    days = cut(moved, "日期").causes
    assert [one.part for one in days] == [Fraction(35, 4), Fraction(-15, 4), Fraction(-5, 4), Fraction(5, 4)]
    assert [one.without for one in days] == [20, Fraction(110, 3), Fraction(100, 3), 30]
    assert days[0].address == "pm25_mean/单站/2021-01-04@2021-01-04"


def test_bad_days_by_pollutant_and_county(tmp_path: Path) -> None:
    """PM2.5 of 80 is AQI 107: of 2 × 4 days three are bad, so 62.5 % is 100 − 12.5 (S1) − 25 (S9)."""
    ws = made(tmp_path, {"S1": [80, 20, 20, 20], "S9": [80, 90, 20, 20]})
    moved = moved_at(ws, plan(good_days("92", scope="全市")), "aqi_good_ratio/全市/2021@2021-01-04")
    assert (moved.figure, moved.distance) == (Fraction(125, 2), Fraction(-75, 2))
    assert [(one.name, one.part) for one in cut(moved, "县（市、区）").causes] == [
        ("乙县", Fraction(-25)), ("单站", Fraction(-25, 2)),
    ]  # fmt: skip
    assert [(one.name, one.part, one.days) for one in cut(moved, "污染物").causes] == [("PM2.5", Fraction(-75, 2), 3)]


def test_stations_and_the_rounding_of_days_add_up(tmp_path: Path) -> None:
    """Three stations of 10, 10, 11 make a day of 10 (10.33 rounded): the third of a unit is told as rounding."""
    ws = made(tmp_path, {"S1": [10], "S2": [10], "S3": [11]})
    moved = moved_at(ws, plan(pm25("9", scope="城区")), "pm25_mean/城区/2021-01@2021-01-01")
    stations = cut(moved, "站点")
    assert sorted(one.part for one in stations.causes) == [Fraction(1, 3), Fraction(1, 3), Fraction(2, 3)]
    assert (stations.rest, stations.rest_name) == (Fraction(-1, 3), "日均值取整")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_way_of_cutting_adds_up(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    levels = {name: [chance.randint(5, 160) for _ in range(31)] for name in ("S1", "S2", "S3", "S9")}
    ws = made(tmp_path, levels)
    targets = plan(pm25("30", scope="城区"), pm25("30", scope="全市"), good_days("92", scope="城区"))
    kinds = set()
    for address in ("pm25_mean/城区/2021", "pm25_mean/全市/2021-01", "aqi_good_ratio/城区/2021"):
        moved = moved_at(ws, targets, f"{address}@2021-01-31")
        assert moved.breakdowns
        for one in moved.breakdowns:
            kinds.add(one.kind)
            assert sum((cause.part for cause in one.causes), one.rest) == moved.distance, (address, one.kind)
    assert kinds == {"月份", "日期", "县（市、区）", "站点", "污染物"}


def test_against_last_year_by_month_and_county(tmp_path: Path) -> None:
    ws = made(tmp_path, {"S1": [40, 20], "S9": [30, 30]})
    before = [
        {**QUIET, "time": hour(day, end), "station": station, "pm25": level}
        for station, level in (("S1", 20), ("S9", 34))
        for day in all_days(2020, date(2020, 1, 2))
        for end in range(1, 25)
    ]
    from tests.judge.made import add

    add(ws, before)
    moved = moved_at(ws, None, "pm25_mean/全市/2021@2021-01-02", last_year=True)
    assert (moved.figure, moved.reference, moved.distance) == (30, 27, 3)
    assert {one.name: one.part for one in cut(moved, "县（市、区）").causes} == {"单站": 5, "乙县": -2}
    with pytest.raises(GuatuError) as none:
        moved_at(ws, None, "pm25_mean/全市/2020@2020-01-02", last_year=True)
    assert none.value.codes == ("G-JUDGE-04",)


def test_what_is_no_sum_is_refused(tmp_path: Path) -> None:
    ws = year(tmp_path, all_days(until=date(2021, 1, 5)))
    for address, code in (("o3_p90/单站/2021", "G-JUDGE-05"), ("pm25_mean/空白区/2021", "G-JUDGE-04"),
                          ("forest_cover/全市/2021", "G-JUDGE-04"), ("nothing/全市/2021", "G-JUDGE-03")):  # fmt: skip
        with pytest.raises(GuatuError) as error:
            moved_at(ws, None, f"{address}@2021-01-05")
        assert error.value.codes == (code,), address


def test_the_figure_cut_is_the_figure_judged_and_the_command_shows_the_sum(tmp_path: Path) -> None:
    ws = made(tmp_path, {"S1": [10, 20, 30, 61]})
    target = pm25("25")
    ws.plan_path.write_text(plan(target).to_toml(), encoding="utf-8")
    from guatu.base.period import Period

    row = row_of(ws, target, Period.of("2021"), FOUR)
    moved = moved_at(ws, plan(target), "pm25_mean/单站/2021@2021-01-04")
    assert moved.figure == row.value.raw
    told = CliRunner().invoke(app, ["-C", str(ws.folder), "why", "pm25_mean/单站/2021@2021-01-04", "--top", "1"])
    assert told.exit_code == 0
    assert "30.250µg/m³，目标 25.000µg/m³，相差 +5.250" in told.output
    assert told.output.count("+5.250  合计") == 2  # by month and by day
    assert Decimal("5.250") == Decimal("9.000") + Decimal("-3.750")  # 61 alone is +9, the other three make −3.75
    assert "+9.000  2021-01-04" in told.output
    assert "−3.750  其余 3 项" in told.output
