"""Records of the meteorological bureau are kept as given: product, days, grade, paper; guatu adds no grade."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import LoadError
from guatu.judge.board import board_of
from guatu.load.weather import products_of, store_weather
from guatu.load.workspace import Workspace
from guatu.read.plan import Head, Plan
from tests.load.city import CITY

TABLE = """大气污染扩散条件预报
产品,地区,日期,扩散条件等级,AQI下限,AQI上限,文号,发布日期
大气扩散条件预报,全市,2021-10-12,较差,,,气象〔2021〕41期,2021-10-11
大气扩散条件预报,甲区,2021-10-13,差,120,160,气象〔2021〕41期,2021-10-11
"""
SEASON = """产品,时段,潜势等级,说明,文号,发布日期
秋冬季污染潜势,2021年10-12月,偏高,静稳日数偏多,气候〔2021〕7号,2021-09-28
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", CITY)


def store(ws: Workspace, text: str, name: str = "w.csv") -> None:
    path = ws.folder / name
    path.write_text(text, encoding="utf-8")
    store_weather(ws, path)


def test_kept_as_given_and_shown_beside_air(ws: Workspace) -> None:
    store(ws, TABLE)
    store(ws, SEASON, "s.csv")
    found = products_of(ws, date(2021, 10, 11), date(2021, 10, 12), date(2021, 12, 31))
    assert [(one.product, one.place, str(one.period.first), one.grade, one.low, one.high) for one in found] == [
        ("秋冬季污染潜势", "全市", "2021-10-01", "偏高", None, None),
        ("大气扩散条件预报", "全市", "2021-10-12", "较差", None, None),
        ("大气扩散条件预报", "甲区", "2021-10-13", "差", 120, 160),
    ]
    board = board_of(ws, Plan(Head(year=2021)), date(2021, 10, 11))
    assert board.weather == found
    assert found[2].words == "大气扩散条件预报（甲区，2021年10月13日）差，AQI 120～160〔气象〔2021〕41期，2021-10-11〕"


def test_a_record_counts_from_its_issue_and_the_newest_stands(ws: Workspace) -> None:
    store(ws, TABLE)
    day = date(2021, 10, 12)
    assert products_of(ws, date(2021, 10, 10), day, day) == ()
    later = "产品,地区,日期,等级,文号,发布日期\n大气扩散条件预报,全市,2021-10-12,一般,气象〔2021〕42期,2021-10-12\n"
    store(ws, later, "later.csv")
    assert [one.grade for one in products_of(ws, date(2021, 10, 11), day, day)] == ["较差"]
    assert [one.grade for one in products_of(ws, day, day, day)] == ["一般"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("预报,外地,2021-10-12,较差,,,一期,2021-10-11", "G-WEA-02"),
        ("预报,全市,明天,较差,,,一期,2021-10-11", "G-WEA-03"),
        ("预报,全市,2021-10-12,,,,一期,2021-10-11", "G-WEA-04"),
        ("预报,全市,2021-10-12,较差,,五百,一期,2021-10-11", "G-WEA-05"),
        ("预报,全市,2021-10-12,较差,,501,一期,2021-10-11", "G-WEA-05"),
        ("预报,全市,2021-10-12,较差,,,,2021-10-11", "G-WEA-06"),
        ("预报,全市,2021-10-12,较差,,,一期,", "G-WEA-06"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is(ws: Workspace, line: str, code: str) -> None:
    with pytest.raises(LoadError) as error:
        store(ws, TABLE + line + "\n")
    assert error.value.codes == (code,)
    assert products_of(ws, date(2022, 1, 1), date(2021, 1, 1), date(2021, 12, 31)) == ()


def test_by_command(ws: Workspace) -> None:
    path = ws.folder / "w.csv"
    path.write_text(TABLE, encoding="utf-8")
    told = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(path), "--kind", "weather"])
    assert told.exit_code == 0
    assert "气象产品新 2 条" in told.output
