"""Whatever moved a figure, the parts named add up to the whole distance, and leaving one out gives what it says."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.base.period import Period
from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.judge.address import value_at
from guatu.judge.board import row_of
from guatu.judge.moved import Breakdown, Moved
from guatu.judge.moved_at import moved_at
from guatu.load.figures.filled import store_figures
from guatu.load.lists import store_list
from guatu.load.water_class import Paper, store_classes
from guatu.load.workspace import Workspace
from guatu.read.plan import Head, Plan, Target
from tests.judge.made import QUIET, add, all_days, hour, of_rows, year
from tests.judge.targets import good_days, pm25
from tests.load.city import CITY

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
    add(ws, before)
    moved = moved_at(ws, None, "pm25_mean/全市/2021@2021-01-02", last_year=True)
    assert (moved.figure, moved.reference, moved.distance) == (30, 27, 3)
    assert {one.name: one.part for one in cut(moved, "县（市、区）").causes} == {"单站": 5, "乙县": -2}
    with pytest.raises(GuatuError) as none:
        moved_at(ws, None, "pm25_mean/全市/2020@2020-01-02", last_year=True)
    assert none.value.codes == ("G-JUDGE-04",)


def reported(ws: Workspace, lines: list[str]) -> None:
    path = ws.folder / "f.csv"
    head = "指标,地区,时段,分子,分母,填报单位,填报日期"
    path.write_text("\n".join([head, *(f"town_sewage_rate,{line},某局,2021-10-08" for line in lines)]) + "\n", "utf-8")
    store_figures(ws, path)


def test_counties_of_a_reported_ratio_add_up_to_the_figure_judged(tmp_path: Path) -> None:
    """Two quarters together: 甲 180/200, 乙 100/100, so 280/300; against 95 甲 is −10/3 and 乙 5/3 points.

    乙 has not reported the third quarter, which therefore counts neither in the figure nor in its parts.
    """
    ws = Workspace.create(tmp_path / "ws", CITY)
    reported(ws, ["甲区,2021Q1,90,100", "乙县,2021Q1,50,50", "甲区,2021Q2,90,100", "乙县,2021Q2,50,50",
                  "甲区,2021Q3,10,100"])  # fmt: skip
    target = Target("T", "二", "污水", "全市", ">=", Decimal(95), "%", "", indicator_id="town_sewage_rate")
    moved = moved_at(ws, plan(target), "town_sewage_rate/全市/2021@2021-10-11")
    assert moved.figure == Fraction(28000, 300) == row_of(ws, target, Period.of("2021"), date(2021, 10, 11)).value.raw
    assert [(one.name, one.part, one.without) for one in cut(moved, "县（市、区）").causes] == [
        ("甲区", Fraction(-10, 3), 100), ("乙县", Fraction(5, 3), 90),
    ]  # fmt: skip
    assert moved.distance == Fraction(-5, 3)


def test_sections_and_their_items_add_up(tmp_path: Path) -> None:
    """Of four sections one is Ⅳ for two items and one Ⅴ for one: −25 each, half of the first to each of its items."""
    ws = Workspace.create(tmp_path / "ws", CITY)
    names = "甲乙丙丁"
    (ws.folder / "plan" / "sections.toml").write_text(
        "".join(f'[[section]]\nid = "{n}"\nname = "{n}桥"\naim = 3\n' for n in names)
        + f'[[list]]\nname = "省控断面"\nsections = {list(names)}\n'.replace("'", '"'),
        encoding="utf-8",
    )
    path = ws.folder / "c.csv"
    path.write_text(
        "断面名称,水质类别,超标项目\n甲桥,Ⅱ,\n乙桥,Ⅳ,总磷(0.2)、氨氮(0.1)\n丙桥,Ⅲ,\n丁桥,Ⅴ,总磷(0.6)\n",
        encoding="utf-8",
    )
    store_classes(ws, path, Paper("通报", date(2021, 10, 9), "2021年1—9月"))
    moved = moved_at(ws, None, "sw_good_ratio/省控断面/2021@2021-10-11")
    assert (moved.figure, moved.distance) == (50, -50)
    assert {one.name: one.part for one in cut(moved, "断面").causes} == {"乙桥（总磷、氨氮）": -25, "丁桥（总磷）": -25}
    items = {one.name: one.part for one in cut(moved, "项目").causes}
    assert items == {"总磷": Fraction(-75, 2), "氨氮": Fraction(-25, 2)}
    assert cut(moved, "断面").causes[0].without == Fraction(200, 3)


def test_days_above_the_number_hold_a_percentile(tmp_path: Path) -> None:
    """CO of ten days .5 … 5 mg/m³ (附录A.6: k = 1 + 9 × .95 = 9.55, so 4.5 + .55 × .5 = 4.775) against 4.

    Two days lie above 4, none may: behind the higher of the two that make the percentile stands no day. Without the
    two the eight days left give k = 7.65, 3.825 mg/m³.
    """
    said = [{**QUIET, "time": hour(day, end), "station": "S1", "co": at / 2}
            for at, day in enumerate(all_days(until=date(2021, 1, 10)), 1) for end in range(1, 25)]  # fmt: skip
    ws = of_rows(tmp_path, said)
    target = Target("T", "二", "CO", "单站", "<=", Decimal(4), "mg/m3", "", indicator_id="co_p95")
    moved = moved_at(ws, plan(target), "co_p95/单站/2021@2021-01-10")
    assert (moved.figure, moved.reference, moved.distance) == (2, 0, 2)
    month = cut(moved, "月份")
    assert [(one.name, one.part, one.without) for one in month.causes] == [("2021-01", 2, Fraction(153, 40))]
    assert [one.address for one in cut(moved, "日期").causes] == [
        "co_p95/单站/2021-01-10@2021-01-10", "co_p95/单站/2021-01-09@2021-01-10",
    ]  # fmt: skip
    assert "第 95 百分位 4.78 mg/m³" in moved.note
    for one in moved.breakdowns:
        assert sum((cause.part for cause in one.causes), one.rest) == moved.distance


def test_a_list_by_county_and_object(tmp_path: Path) -> None:
    """Of five villages three are done, 60 %: two of 甲区 are open, −20 each; without 甲区's two it were 100 %."""
    ws = Workspace.create(tmp_path / "ws", CITY)
    path = ws.folder / "v.csv"
    rows = [("甲区", f"村{n}", "是" if n > 2 else "否") for n in range(1, 5)] + [("乙县", "村5", "是")]
    path.write_text("县区,行政村,是否完成治理\n" + "".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    store_list(ws, path, "villages", at_period="2021-09", received=date(2021, 10, 1))
    moved = moved_at(ws, None, "rural_sewage_rate/全市/2021@2021-10-11")
    assert (moved.figure, moved.distance) == (60, -40)
    county = cut(moved, "县（市、区）").causes
    assert [(one.name, one.part, one.without) for one in county] == [("甲区", -40, 100)]
    assert {one.name: one.part for one in cut(moved, "行政村").causes} == {"甲区 村1": -20, "甲区 村2": -20}
    assert moved.figure == value_at(ws, None, "rural_sewage_rate/全市/2021@2021-10-11").raw


def test_what_is_no_sum_is_refused(tmp_path: Path) -> None:
    ws = year(tmp_path, all_days(until=date(2021, 1, 5)))
    with pytest.raises(GuatuError) as against_last_year:
        moved_at(ws, None, "o3_p90/单站/2021@2021-01-05", last_year=True)
    assert against_last_year.value.codes == ("G-JUDGE-05",)
    for address, code in (("o3_p90/空白区/2021", "G-JUDGE-04"), ("pm25_mean/空白区/2021", "G-JUDGE-04"),
                          ("forest_cover/全市/2021", "G-JUDGE-04"), ("nothing/全市/2021", "G-JUDGE-03")):  # fmt: skip
        with pytest.raises(GuatuError) as error:
            moved_at(ws, None, f"{address}@2021-01-05")
        assert error.value.codes == (code,), address


def test_the_figure_cut_is_the_figure_judged_and_the_command_shows_the_sum(tmp_path: Path) -> None:
    ws = made(tmp_path, {"S1": [10, 20, 30, 61]})
    target = pm25("25")
    ws.plan_path.write_text(plan(target).to_toml(), encoding="utf-8")
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
