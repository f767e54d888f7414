"""`guatu compute` takes the tables offices have: Chinese headings, a title above, units in headings, dirty cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import LoadError

# Name, lines of the table, and what the new columns must say. By the clause tables: GB 3838 氨氮 Ⅱ 0.5 Ⅳ 1.5,
# 总磷 river Ⅲ 0.2; GB/T 14848 锰 Ⅳ 1.5, 苯 Ⅱ 1 µg/L; TLI(TP 0.05 mg/L) = 10(9.436 + 1.624 ln 0.05) = 45.71;
# TLI(SD 0.5 m) = 10(5.118 - 1.94 ln 0.5) = 64.63. IAQI of CO 2.2 mg/m³ in an hour: 22, of PM2.5 75: 100, of 35: 50.
CASES = {
    "water-class": (
        [
            ["某市地表水监测数据", None, None, None, None],
            ["断面名称", "监测日期", "氨氮(mg/L)", "总磷(µg/L)", "备注"],
            ["甲断面", "2021.9.1", "０．６", "150", "阴"],
            ["乙断面", "2021-09-01", "0.025L", "—", None],
        ],
        {"class": [3, 1], "deciding": ["nh3n,tp", None], "备注": ["阴", None], "断面名称": ["甲断面", "乙断面"]},
    ),
    "groundwater-class": (
        [["监测井", "采样日期", "锰(μg/L)", "苯"], ["一号", "2021/4/6", 1600, "ND"], ["二号", "2021/4/6", 90, 0.9]],
        {"class": [5, 3], "deciding": ["锰", "锰"]},
    ),
    "lake-tli": (
        [
            ["湖库名称", "总磷(mg/L)", "透明度(cm)", "叶绿素a(μg/L)"],
            ["东湖", 0.05, None, None],
            ["西湖", None, 50, None],
        ],
        {"tli": [45.71, 64.63], "missing": ["chla,tn,sd,codmn", "chla,tp,tn,codmn"]},
    ),
    "source-verdict": (
        [
            ["水源名称", "采样日期", "水源类型", "氨氮", "三氯甲烷(μg/L)"],
            ["甲", "2021-08-03", "河流型", 0.8, 30],
            ["乙", "2021-08-03", "地下水型", 0.8, 30],
        ],
        {"ok": [True, False], "over": [None, "氨氮(0.6)"]},
    ),
    "farmland-class": (
        [
            ["样品编号", "土地利用类型", "pH值", "镉(mg/kg)", "铬"],
            ["1", "水田", 6.8, 0.5, "4L"],
            ["2", "旱地", 6.8, 0.5, 100],
        ],
        {"class": ["优先保护类", "安全利用类"], "deciding": [None, "镉"]},
    ),
    "plot-over": (
        [
            ["样品编号", "用地类型", "砷", "铬（六价）", "苯(mg/kg)"],
            ["1", "第一类", 21, 2, 0.5],
            ["2", "第二类", 141, 2, 0.5],
        ],
        {"over": ["砷(筛选值)", "砷(管制值)"]},
    ),
    "black-water": (
        [
            ["水体名称", "透明度(m)", "溶解氧(mg/L)", "氧化还原电位(mV)", "氨氮(mg/L)"],
            ["甲河", 0.3, 2.5, 60, 1],
            ["乙塘", 0.2, 1.5, -210, 9],
        ],
        {"grade": ["不黑臭", "重度黑臭"], "deciding": [None, "氧化还原电位"], "rural": [False, True]},
    ),
    "ei": (
        [
            ["县区", "生物丰度指数", "植被覆盖指数", "水网密度指数", "土地胁迫指数", "污染负荷指数", "环境限制指数"],
            ["甲县", 103, 80.04, 50, 10, 5, -10],
        ],
        {"ei": [75.5], "grade": ["优"]},
    ),
    "hourly-aqi": (
        [
            ["监测时间", "站点名称", "PM2.5(μg/m3)", "CO(μg/m3)", "O3", "PM10", "SO2", "NO2"],
            ["2021-01-01 01:00", "一号站", 75, 800, "—", 80, 9, 20],
            ["2021-01-01 02:00", "一号站", 35, 2200, 20, 40, 9, 20],
        ],
        {"aqi": [100, 50], "站点名称": ["一号站", "一号站"]},
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_table_is_taken_as_it_is_and_its_rows_come_back(name: str, ending: str, tmp_path: Path) -> None:
    rows, expected = CASES[name]
    source, out = tmp_path / f"表.{ending}", tmp_path / "出.parquet"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(source)
    else:
        lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
        source.write_bytes("\n".join(lines).encode("gb18030"))
    done = CliRunner().invoke(app, ["compute", name, str(source), "-o", str(out)])
    assert done.exit_code == 0, done.output or done.exception
    got = pl.read_parquet(out)
    for column, wanted in expected.items():
        cells = [
            round(cell, 2) if isinstance(cell, float) else None if cell == "" else cell
            for cell in got[column].to_list()
        ]
        assert cells == wanted, column
    assert "→" in done.output


def test_a_month_by_chinese_headings(tmp_path: Path) -> None:
    source, out = tmp_path / "表.csv", tmp_path / "出.csv"
    source.write_text("断面,采样日期,高锰酸盐指数\n甲,2021-03-01,6.0\n甲,2021-03-02,6.1\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["compute", "water-month", str(source), "-o", str(out)]).exit_code == 0
    assert pl.read_csv(out).select("section", "period", "codmn", "class").rows() == [("甲", "2021-03", 6.0, 3)]


def test_bad_cells_are_told_by_their_address(tmp_path: Path) -> None:
    source = tmp_path / "表.csv"
    source.write_text("断面名称,监测日期,氨氮(mg/L),总磷(ppm)\n甲,九月,约0.5,0.1\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["compute", "water-class", str(source), "-o", str(tmp_path / "出.csv")])
    assert isinstance(done.exception, LoadError)
    told = [(fault.code, fault.where.split(" ")[1]) for fault in done.exception.faults]
    assert told == [
        ("G-HEAD-01", "B2（监测日期）"),
        ("G-HEAD-02", "C2（氨氮(mg/L)）"),
        ("G-HEAD-03", "D2（总磷(ppm)）"),
    ]
