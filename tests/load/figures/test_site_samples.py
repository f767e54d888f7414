"""Raw tables of wells and of drinking-water sources, as laboratories hand them in, up to the share and the rate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from guatu.base.period import Period
from guatu.base.value import Step
from guatu.cli.app import app
from guatu.errors import LoadError
from guatu.judge.reported import answer_of
from guatu.load.city import city_from_toml
from guatu.load.kept import known
from guatu.load.site_samples import GROUND, SOURCES, store_site_samples
from guatu.load.workspace import Workspace

SECTIONS = """
[[section]]
id = "W1"
name = "一号井"
kind = "ground"
also = ["1#井"]
[[section]]
id = "W2"
name = "二号井"
kind = "ground"
[[section]]
id = "W3"
name = "三号井"
kind = "ground"
[[section]]
id = "R1"
name = "河边水厂"
kind = "river"
[[section]]
id = "L1"
name = "山上水库"
kind = "lake"
[[section]]
id = "G1"
name = "井群水厂"
kind = "ground"
[[list]]
name = "地下水国考点位"
sections = ["W1", "W2", "W3"]
[[list]]
name = "县级及以上城市"
sections = ["R1", "L1", "G1"]
"""
YEAR, NOW = Period.of("2021"), date(2021, 10, 11)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws", city_from_toml('city = "某市"'.encode()))
    (made.folder / "plan" / "sections.toml").write_text(SECTIONS, encoding="utf-8")
    return made


def book(tmp_path: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "监测结果"
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    path = tmp_path / "表.xlsx"
    made.save(path)
    return path


def leaves(step: Step) -> list[str]:
    return [f"{step.text} {step.figure}", *(text for below in step.below for text in leaves(below))]


# GB/T 14848-2017 table 1: 锰 Ⅲ 0.10 Ⅳ 1.50, 硝酸盐 Ⅰ 2 Ⅱ 5, 氨氮 Ⅲ 0.50 Ⅳ 1.50; 苯 table 2 [µg/L] Ⅰ 0.5 Ⅳ 120.
WELLS: list[list[object]] = [
    ["某市2021年地下水监测结果", None, None, None, None, None, None, None],
    ["点位名称", "采样日期", "常规指标", None, None, None, "有机物", "水质类别"],
    [None, None, "pH值", "锰(μg/L)", "硝酸盐(以N计)", "氨氮（以N计）mg/L", "苯(mg/L)", None],
    ["1#井", "2021.4.6", "７．２", "1800", "0.016L", 0.12, "ND", "Ⅴ"],
    ["一号井", "2021-08-20", 7.1, 1600, "—", "＜0.025", "0.0004L", "5"],
    ["二号井", "2021年4月6日", 8.7, 90, 1.5, 0.4, "ND", "Ⅳ"],
    ["三号井", 44292, 7, "50", 3, "0.09", 0.0001, "Ⅴ"],
    ["制表：张三", None, None, None, None, None, None, None],
]


def test_wells_give_classes_and_the_share_of_the_worst(ws: Workspace, tmp_path: Path) -> None:
    path = book(tmp_path, WELLS, ("A1:H1", "A2:A3", "B2:B3", "C2:F2", "H2:H3"))
    done = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(path), "--kind", "groundwater"])
    assert done.exit_code == 0, done.output
    kept = {
        (row["site"], str(row["time"])[:10], row["item"]): row["reading"] for row in known(ws.data, GROUND).to_dicts()
    }
    assert kept["W1", "2021-04-06", "锰"] == "1.800"
    assert kept["W1", "2021-04-06", "硝酸盐"] == "0.016L"
    assert kept["W1", "2021-04-06", "ph"] == "7.2"
    assert kept["W1", "2021-08-20", "苯"] == "0.4L"  # µg/L, as table 2 prints it
    assert kept["W3", "2021-04-06", "苯"] == "0.1"
    assert ("W1", "2021-08-20", "硝酸盐") not in kept
    answer = answer_of(ws, "gw_v_ratio", "地下水国考点位", YEAR, NOW)
    assert (str(answer.value.number), answer.value.n_valid) == ("33.3", 3)  # W1 Ⅴ by 锰, W2 Ⅳ by pH, W3 Ⅱ
    told = leaves(answer.value.why)
    assert any("一号井" in line and "2 次采样均值，定类项目 锰" in line and line.endswith("Ⅴ") for line in told)
    assert any("锰（groundwater/0001 表.xlsx 工作表“监测结果”D4" in line for line in told)
    assert "三号井 2021-04-06 表上是Ⅴ类，按各项为Ⅱ类" in done.output  # a class that the readings do not bear out


def test_every_fault_of_a_table_of_wells_is_told_by_its_cell(ws: Workspace, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["点位名称", "采样日期", "锰(mg/L)", "铁(mg/L)", "水质类别"],
        ["九号井", "2021-04-06", 0.1, 0.1, "Ⅲ"],
        ["一号井", "四月初", 0.1, 0.1, "Ⅲ"],
        ["一号井", "2021-04-06", "约0.1", -1, "Ⅵ"],
        ["河边水厂", "2021-04-06", 0.1, 0.1, "Ⅲ"],
        ["二号井", "2021-04-06", 0.1, 0.2, "Ⅲ"],
        ["二号井", "2021-04-06", 0.1, 0.2, "Ⅲ"],
    ]
    with pytest.raises(LoadError) as caught:
        store_site_samples(ws, book(tmp_path, rows), "groundwater")
    told = {(fault.code, fault.where.partition("“监测结果”")[2].partition("（")[0]) for fault in caught.value.faults}
    assert told == {
        ("G-RAW-02", "A2"), ("G-RAW-03", "B3"), ("G-RAW-04", "C4"), ("G-RAW-04", "D4"), ("G-RAW-07", "E4"),
        ("G-RAW-06", "A5"),
    }  # fmt: skip
    assert known(ws.data, GROUND).is_empty()
    with pytest.raises(LoadError) as caught:
        store_site_samples(ws, book(tmp_path, [rows[0], *rows[-2:]]), "groundwater")
    assert set(caught.value.codes) == {"G-LOAD-33"}


# 氨氮 Ⅲ: 1.0 in a river (GB 3838), 0.50 in the ground (GB/T 14848); 总磷 Ⅲ: 0.2 in a river, 0.05 in a lake.
SAMPLES: list[list[object]] = [
    ["水源名称", "监测日期", "氨氮(mg/L)", "总磷(mg/L)", "高锰酸盐指数", "三氯甲烷(μg/L)", "总氮", "取水量(万吨)"],
    ["河边水厂", "2021-08-03", 0.8, 0.06, 3, "0.4L", 2.1, 60],
    ["山上水库", "2021-08-03", 0.2, 0.06, 2, "—", 0.9, 30],
    ["井群水厂", "2021-08-03", 0.8, None, 2, 5, None, 10],
    ["河边水厂", "2021-09-03", 0.9, 0.05, 3, 30, None, 60],
    ["山上水库", "2021-09-03", 0.2, 0.05, 2, None, None, 30],
    ["井群水厂", "2021-09-03", 0.4, None, 2, 5, None, 10],
]


def test_each_source_is_judged_by_the_standard_of_its_kind(ws: Workspace, tmp_path: Path) -> None:
    done = store_site_samples(ws, book(tmp_path, SAMPLES), "sources")
    assert "2 列没有写单位" in done.notes[0]
    kept = {
        (row["site"], str(row["time"])[:10], row["item"]): row["reading"] for row in known(ws.data, SOURCES).to_dicts()
    }
    assert kept["R1", "2021-08-03", "三氯甲烷"] == "0.0004L"  # mg/L in GB 3838 table 3
    assert kept["G1", "2021-08-03", "三氯甲烷"] == "5"  # µg/L in GB/T 14848 table 2
    assert (kept["R1", "2021-08-03", "nh3n"], kept["G1", "2021-08-03", "氨氮"]) == ("0.8", "0.8")
    answer = answer_of(ws, "drinking_source_ok", "县级及以上城市", YEAR, NOW)
    assert str(answer.value.number) == "33.3"  # only the river is good both times
    flags = "；".join(answer.value.flags)
    assert "按达标次数：66.7%" in flags  # 4 of 6
    assert "按取水量：80.0%" in flags  # (60 + 60 + 30 + 10) of 200
    told = leaves(answer.value.why)
    assert any("超标：总磷(0.2)" in line for line in told)  # (0.06 - 0.05) / 0.05
    assert any("总氮 单独评价" in line or "tn 单独评价" in line for line in told)
    assert any("表.xlsx 工作表“监测结果”D3" in line for line in told)


def test_looking_stores_nothing(ws: Workspace, tmp_path: Path) -> None:
    path = book(tmp_path, SAMPLES)
    done = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(path), "--kind", "sources", "--check"])
    assert done.exit_code == 0 and "没有入库" in done.output
    assert known(ws.data, SOURCES).is_empty()
