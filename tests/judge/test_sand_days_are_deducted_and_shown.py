"""A list of sand days from above: the figure with and without deduction, which of them is judged, and every day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guatu.base.period import Period
from guatu.base.value import Step
from guatu.errors import LoadError
from guatu.judge.address import value_at
from guatu.judge.beside import all_beside
from guatu.judge.figure import figure_of
from guatu.judge.indicators import AIR
from guatu.load.official import store_official
from guatu.load.sand import sand_days, store_sand
from guatu.load.workspace import Workspace
from tests.judge.made import all_days, year

JANUARY, KNOWN, DUST = Period.of("2021-01"), date(2021, 2, 10), date(2021, 1, 9)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """January at 单站: PM2.5 30 a day, 92 on the 9th: (30 × 30 + 92) / 31 = 32; AQI of the 9th 122, of the rest 30."""
    return year(tmp_path, all_days(until=date(2021, 1, 31)), fill=lambda day, _end: 92 if day == DUST else 30)


def say(ws: Workspace, text: str) -> None:
    path = ws.folder.parent / "沙尘.csv"
    path.write_text(text, encoding="utf-8")
    store_sand(ws, path)


def figure(ws: Workspace, indicator: str, as_of: date = KNOWN, scope: str = "单站"):  # type: ignore[no-untyped-def]
    return figure_of(ws, AIR[indicator], scope, JANUARY, as_of).value


def lines(step: Step) -> list[str]:
    return [f"{step.text} {step.figure}", *(line for below in step.below for line in lines(below))]


def test_both_results_stand_side_by_side(ws: Workspace) -> None:
    assert (figure(ws, "pm25_mean").number, figure(ws, "aqi_good_ratio").number) == (Decimal("32.0"), Decimal("96.8"))
    say(ws, "地区,日期,文号,发布日期\n单站,2021-01-09,总站函〔2021〕1号,2021-01-20\n")
    mean, ratio = figure(ws, "pm25_mean"), figure(ws, "aqi_good_ratio")
    assert (mean.number, ratio.number) == (Decimal("30.0"), Decimal("100.0"))
    both = "沙尘扣除 1 天（总站函〔2021〕1号）：扣除后 {}，按扣除后评价；不扣除为 {}"
    assert both.format("30.0 µg/m³", "32.0 µg/m³") in mean.flags
    assert both.format("100.0 %", "96.8 %") in ratio.flags
    assert "sand.assessed" in mean.rules
    told = lines(mean.why)
    assert any("环办监测〔2016〕120号" in step.clause for step in mean.why.below)
    assert any("2021-01-09 1／1 个站有效 沙尘扣除（总站函〔2021〕1号），观测值 92" in line for line in told)
    assert (mean.n_valid, mean.reason) == (31, "")  # a deducted day was measured: it is no missing day


def test_the_list_counts_from_its_paper(ws: Workspace) -> None:
    say(ws, "地区,日期,文号,发布日期\n全市,2021年1月9日,甲,2021-02-05\n")
    assert figure(ws, "pm25_mean", date(2021, 2, 4)).number == Decimal("32.0")
    assert figure(ws, "pm25_mean", date(2021, 2, 5)).number == Decimal("30.0")
    assert figure(ws, "so2_mean").flags == ()


def test_an_item_that_is_not_named_stays(ws: Workspace) -> None:
    say(ws, "城市,日期,项目,文号,发布日期\n试验市,2021-01-09,PM10,甲,2021-01-20\n")
    assert figure(ws, "pm25_mean").number == Decimal("32.0")
    assert figure(ws, "aqi_good_ratio").number == Decimal("96.8")  # PM2.5 alone keeps the day at AQI 122
    assert figure(ws, "pm10_mean").flags[-1].startswith("沙尘扣除 1 天")


def test_the_day_itself_shows_what_was_measured(ws: Workspace) -> None:
    say(ws, "地区,开始日期,结束日期,文号,发布日期\n单站,2021-01-09,2021-01-10,甲,2021-01-20\n")
    told = lines(value_at(ws, None, "pm25_mean/单站/2021-01-09@2021-02-10").why)
    assert any("2021-01-09 是上级认定的沙尘扣除日（甲），观测值如下，本日按不计入" in line for line in told)
    assert any("92" in line for line in told)
    assert len(sand_days(ws.data, KNOWN)) == 2


def test_an_official_figure_that_keeps_sand_is_explained(ws: Workspace) -> None:
    say(ws, "地区,日期,文号,发布日期\n单站,2021-01-09,甲,2021-01-20\n")
    path = ws.folder.parent / "通报.csv"
    path.write_text("指标,范围,时段,数值,文号,发布日期\nPM2.5,单站,2021-01,32,乙,2021-02-05\n", encoding="utf-8")
    store_official(ws, path)
    (pair,) = all_beside(ws, KNOWN)
    assert (pair.computed, [reading.text for reading in pair.readings]) == (Decimal(30), ["不扣除沙尘"])


def test_all_faults_of_a_list_are_said_at_once(ws: Workspace) -> None:
    with pytest.raises(LoadError) as caught:
        say(ws, "地区,日期,项目,文号,发布日期\n某地,2021-01-09,PM10,甲,2021-01-20\n单站,9日,O3,,2021-01-20\n")
    assert [fault.code for fault in caught.value.faults] == ["G-SAND-02", "G-SAND-03", "G-SAND-04", "G-SAND-05"]
    assert sand_days(ws.data, KNOWN).is_empty()
