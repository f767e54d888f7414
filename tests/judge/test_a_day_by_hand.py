"""One city-day typed hour by hour and reckoned on paper, compared with what guatu computes and explains."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.base.value import Step
from guatu.judge.address import value_at
from guatu.load.workspace import Workspace
from tests.judge.made import QUIET, hour, of_rows

DAY = date(2021, 3, 7)
# 24 hours: 30+31+33+36+40+45+51+56+58+52+44+38 = 514 and 33+30+28+27+26+28+31+35+37+36+34+32 = 377; 514 + 377 = 891.
# 891 / 24 = 37.125 → 37
FIRST = [30, 31, 33, 36, 40, 45, 51, 56, 58, 52, 44, 38, 33, 30, 28, 27, 26, 28, 31, 35, 37, 36, 34, 32]
# 20 hours, the least that is valid: 10 × 33 + 10 × 36 = 690. 690 / 20 = 34.5 → 34, the even one
SECOND = [33] * 10 + [None] * 4 + [36] * 10
# 19 hours: no valid day
THIRD = [90] * 19 + [None] * 5
# Two of three stations are 66.7 %, and a city of fewer than four needs 50 %: (37 + 34) / 2 = 35.5 → 36, the even one.
ADDRESS = f"pm25_mean/城区/{DAY}@{DAY}"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    said = [
        {**QUIET, "time": hour(DAY, at + 1), "station": station, "pm25": cell}
        for station, cells in (("S1", FIRST), ("S2", SECOND), ("S3", THIRD))
        for at, cell in enumerate(cells)
    ]
    return of_rows(tmp_path, said)


def lines(step: Step) -> list[str]:
    return [f"{step.text} {step.figure}".strip(), *(line for below in step.below for line in lines(below))]


def test_the_figure_is_the_one_on_paper(ws: Workspace) -> None:
    assert sum(FIRST) == 891
    value = value_at(ws, None, ADDRESS)
    assert value.number == Decimal(36)
    assert value.data_version == "air-hourly/0001"


def test_the_tree_goes_down_to_the_hours_and_says_each_step(ws: Workspace) -> None:
    told = lines(value_at(ws, None, ADDRESS).why)
    assert any("2／3 个站有效，37 + 34 的平均 35.50 36" in line for line in told)
    assert any(line.startswith("S1 一号：24 个小时值，和 891，平均 37.12 37") for line in told)
    assert any(line.startswith("S2 二号：20 个小时值，和 690，平均 34.50 34") for line in told)
    assert any(line.startswith("S3 三号：19 个小时值，和 1710") and "不足 20 个，无效" in line for line in told)
    assert sum("批次 0001 第" in line for line in told) == 72
    assert "01:00 批次 0001 第 1 行 30" in told
    assert "24:00 批次 0001 第 24 行 32" in told
    assert "11:00 批次 0001 第 35 行 缺测" in told


def test_every_step_by_a_rule_names_clause_and_confidence(ws: Workspace) -> None:
    def walk(step: Step) -> list[Step]:
        return [step, *(s for below in step.below for s in walk(below))]

    ruled = [step for step in walk(value_at(ws, None, ADDRESS).why) if step.rule]
    assert {"hj663.day.min_hours", "hj663.city.aggregation"} <= {step.rule for step in ruled}
    assert all(step.clause and step.confidence in "TXE21M" for step in ruled)


def test_an_hour_without_a_row_is_named(tmp_path: Path) -> None:
    said = [{**QUIET, "time": hour(DAY, at), "station": "S1", "pm25": 30} for at in range(1, 25) if at != 6]
    told = lines(value_at(of_rows(tmp_path, said), None, f"pm25/单站/{DAY}@{DAY}").why)
    assert "06:00 没有这一小时的记录 缺测" in told


def test_the_days_of_midnight(tmp_path: Path) -> None:
    """The hour that ends at 00:00 belongs to the day before: 23 × 30 + 54 = 744, 744 / 24 = 31."""
    said = [{**QUIET, "time": hour(DAY, at), "station": "S1", "pm25": 54 if at == 24 else 30} for at in range(1, 25)]
    ws = of_rows(tmp_path, said)
    assert value_at(ws, None, f"pm25/单站/{DAY}@{DAY}").number == Decimal(31)
    assert value_at(ws, None, "pm25/单站/2021-03-08@2021-03-08").number is None
