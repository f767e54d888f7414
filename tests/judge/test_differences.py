"""Two figures of one thing that differ: the section and month, the object of the list, the part and whole are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guatu.base.value import Step
from guatu.judge.address import value_at
from guatu.load.city import city_from_toml
from guatu.load.figures.filled import store_figures
from guatu.load.figures.reading import Given
from guatu.load.lists import store_list
from guatu.load.official import store_official
from guatu.load.site_samples import store_site_samples
from guatu.load.water import store_water
from guatu.load.water_class import Paper, store_classes
from guatu.load.workspace import Workspace

CITY = """city = "某市"
[[place]]
code = "A"
name = "甲区"
kind = "县区"
[[place]]
code = "B"
name = "乙县"
kind = "县区"
"""
SECTIONS = """
[[section]]
id = "S1"
name = "上游"
[[section]]
id = "S2"
name = "下游"
[[section]]
id = "G1"
name = "一号井"
kind = "ground"
[[list]]
name = "省控断面"
sections = ["S1", "S2"]
[[list]]
name = "地下水国考点位"
sections = ["G1"]
"""
PAPER = Paper("水质通报〔2021〕9号", date(2021, 10, 9), "2021年1—3月")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws", city_from_toml(CITY.encode()))
    (made.folder / "plan" / "sections.toml").write_text(SECTIONS, encoding="utf-8")
    return made


def written(ws: Workspace, name: str, text: str) -> Path:
    path = ws.folder.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def difference(ws: Workspace, address: str) -> Step:
    """The step that says by how much the figures differ."""
    tree = value_at(ws, None, f"{address}@2021-10-11").why
    return next(step for step in tree.below if step.text.startswith("差值"))


def lines(step: Step) -> list[str]:
    return [f"{step.text}|{step.figure}", *(line for below in step.below for line in lines(below))]


def test_of_sections_the_month_that_makes_the_difference_is_found(ws: Workspace) -> None:
    """氨氮 of 下游: 0.8, 2.6, 0.8, mean 1.4 → Ⅳ; the paper says Ⅲ, which the two other months (0.8) give."""
    rows = "".join(
        f"上游,2021-0{month}-05,0.3\n下游,2021-0{month}-05,{value}\n" for month, value in ((1, 0.8), (2, 2.6), (3, 0.8))
    )
    store_water(ws, written(ws, "水质.csv", f"断面,采样日期,氨氮(mg/L)\n{rows}"))
    store_classes(ws, written(ws, "类别.csv", "断面,类别,主要污染指标\n上游,Ⅱ,\n下游,Ⅲ,\n"), PAPER)
    store_classes(
        ws,
        written(ws, "二月.csv", "断面,类别,主要污染指标\n下游,Ⅲ,氨氮\n"),
        Paper("二月通报", date(2021, 3, 9), "2021年2月"),
    )
    found = difference(ws, "sw_good_ratio/省控断面/2021")
    (section,) = found.below
    assert section.text.startswith("下游：公布Ⅲ") and "类别.csv B3" in section.text and section.figure == "Ⅲ／Ⅳ"
    assert "定类项目 氨氮 1.4" in section.text
    months = {step.text[:7]: step for step in section.below if step.text[:4] == "2021"}
    assert set(months) == {"2021-01", "2021-02", "2021-03"}
    assert "不计这个月就是公布的Ⅲ" in months["2021-02"].text
    assert "二月.csv B2" in months["2021-02"].text and months["2021-02"].figure == "劣Ⅴ"
    assert "不计这个月" not in months["2021-01"].text
    assert "水质.csv" in months["2021-02"].below[0].text and months["2021-02"].below[0].figure == "氨氮 2.6"
    assert any(step.text.startswith("样品里没有") and "总磷" in step.text for step in section.below)


def test_each_section_opens_to_its_samples(ws: Workspace) -> None:
    store_water(ws, written(ws, "水质.csv", "断面,采样日期,氨氮(mg/L)\n上游,2021-01-05,0.3\n下游,2021-02-05,0.025L\n"))
    told = lines(value_at(ws, None, "sw_good_ratio/省控断面/2021@2021-10-11").why)
    assert "2021-01-05 00:00（water/0001 水质.csv 第 2 行）|氨氮 0.3" in told
    assert "2021-02-05 00:00（water/0001 水质.csv 第 3 行）|氨氮 0.025L" in told


def test_of_points_the_samplings_stand_below_with_their_cells(ws: Workspace) -> None:
    table = "点位名称,采样日期,锰(mg/L),铁(mg/L)\n一号井,2021-02-06,1.8,0.1\n"
    store_site_samples(ws, written(ws, "井.csv", table), "groundwater")
    store_classes(ws, written(ws, "点位.csv", "点位名称,类别\n一号井,Ⅳ\n"), PAPER)
    (point,) = difference(ws, "gw_v_ratio/地下水国考点位/2021").below
    assert point.figure == "Ⅳ／Ⅴ" and "定类项目 锰" in point.text
    assert "锰（groundwater/0001 井.csv C2" in lines(point)[2]


def test_of_a_rate_the_objects_of_the_list_are_named(ws: Workspace) -> None:
    villages = "行政村,地区,是否完成治理\n一村,甲区,是\n二村,甲区,否\n三村,乙县,是\n四村,乙县,否\n"
    store_list(ws, written(ws, "村.csv", villages), "villages", at_period="2021-09", received=date(2021, 10, 1))
    paper = "指标,范围,时段,数值,文号,发布日期\n农村生活污水治理率,全市,2021年1—9月,75,通报,2021-10-09\n"
    store_official(ws, written(ws, "通报.csv", paper))
    told = lines(difference(ws, "rural_sewage_rate/全市/2021"))
    assert any("要分子 3，这里是 2|分子差 -1" in line for line in told)
    assert any("二村（是否完成治理：否）" in line and "村.csv C3" in line for line in told)
    assert any("四村" in line for line in told)
    assert not any("一村" in line for line in told if "没有算完成" in line)


def test_of_a_list_and_reports_each_area_that_differs_is_told(ws: Workspace) -> None:
    villages = "行政村,地区,是否完成治理\n一村,甲区,是\n二村,甲区,否\n三村,乙县,是\n"
    store_list(ws, written(ws, "村.csv", villages), "villages", at_period="2021-09", received=date(2021, 10, 1))
    table = "地区,指标,时段,分子,分母\n甲区,农村生活污水治理率,2021Q3,2,2\n乙县,农村生活污水治理率,2021Q3,1,1\n"
    store_figures(ws, written(ws, "报.csv", table), Given(received=date(2021, 10, 8)))
    whole, *_ = difference(ws, "rural_sewage_rate/全市/2021").below
    assert whole.text == "合计：清单 2／3，报送 3／3" and whole.figure == "分子差 -1，分母差 0"
    (area,) = whole.below
    assert area.text == "甲区：清单 1／2，报送 2／2"
    assert any("二村" in step.text for step in area.below) and any("报.csv D2" in step.text for step in area.below)


def test_of_reports_the_stretch_of_time_is_told_apart_from_the_numbers(ws: Workspace) -> None:
    """Half-year 60 of 100, nine months 70 of 100; the paper speaks of the half-year and says 60.0."""
    name = "农村生活污水治理率"
    table = f"地区,指标,时段,分子,分母\n全市,{name},2021年上半年,60,100\n全市,{name},2021年1—9月,70,100\n"
    store_figures(ws, written(ws, "报.csv", table), Given(received=date(2021, 10, 8)))
    paper = "指标,范围,时段,数值,文号,发布日期\n农村生活污水治理率,全市,2021年上半年,60.0,通报,2021-08-09\n"
    store_official(ws, written(ws, "通报.csv", paper))
    told = lines(difference(ws, "rural_sewage_rate/全市/2021"))
    assert any("这一时段这里也是 60.0：差值只来自时段" in line for line in told)


def test_of_a_printed_share_without_sections_the_number_it_means_is_told(ws: Workspace) -> None:
    rows = "".join(f"{name},2021-0{m}-05,0.3\n" for m in (1, 2, 3) for name in ("上游", "下游"))
    store_water(ws, written(ws, "水质.csv", f"断面,采样日期,氨氮(mg/L)\n{rows}"))
    paper = "指标,范围,时段,数值,文号,发布日期\n{},省控断面,2021年1—3月,{},通报,2021-04-09\n"
    name = "地表水达到或好于Ⅲ类断面比例"
    store_official(ws, written(ws, "通报.csv", paper.format(name, "50.0")), ["省控断面"])
    told = lines(difference(ws, "sw_good_ratio/省控断面/2021"))
    assert any("2 个断面（点位）里，通报的 50.0% 是 1 个，这里是 2 个" in line for line in told)
