"""Water at the door: real automatic stations, and the dirt of tables that offices send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from guatu.base.period import Period
from guatu.errors import LoadError
from guatu.judge.reported import answer_of
from guatu.judge.reported_water import doubts
from guatu.load.kept import known
from guatu.load.sections import sections_of
from guatu.load.water import SAMPLES, store_water
from guatu.load.water_class import CLASSES, Paper, is_class_table, store_classes
from guatu.load.workspace import Workspace
from tests.load.figures.county import workspace

SECTIONS = """
[[section]]
id = "360200A"
name = "鲇鱼山"
river = "昌江"
also = ["鲶鱼山", "鲇鱼山（昌江）"]
[[section]]
id = "360200B"
name = "镇埠"
river = "昌江"
[[section]]
id = "360200C"
name = "戴村"
river = "乐安河"
[[section]]
id = "360500A"
name = "邓家洲"
[[section]]
id = "T1"
name = "大桥"
river = "甲河"
[[section]]
id = "T2"
name = "大桥"
river = "乙河"
[[list]]
name = "国控断面"
sections = ["360200A", "360200B", "360200C", "360500A"]
programme = "5+X"
"""
PAPER = Paper("省厅水质通报", date(2021, 10, 9), "2021-09")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    (made.folder / "plan" / "sections.toml").write_text(SECTIONS, encoding="utf-8")
    return made


def csv(ws: Workspace, *lines: str) -> Path:
    path = ws.folder.parent / "表.csv"
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


def test_a_real_export_of_automatic_stations(ws: Workspace, shared: Callable[..., Path]) -> None:
    """46,729 rows of 77 sections; the city keeps its own and lets the rest pass, by name and count."""
    path = shared("data", "water_cnemc_2026", "jiangxi_20260709_20260823.parquet")
    with pytest.raises(LoadError) as caught:
        store_water(ws, path)
    assert set(caught.value.codes) == {"G-WAT-02"}
    done = store_water(ws, path, leave_unknown=True)
    real = pl.read_parquet(path).filter(pl.col("section").is_in(["鲇鱼山", "镇埠", "戴村", "邓家洲"]))
    assert done.new == real.height
    rows = known(ws.data, SAMPLES)
    assert rows["automatic"].all()
    assert rows.filter(section="360200A").height == real.filter(pl.col("section") == "鲇鱼山").height == 298
    conflict = real.filter(pl.col("value_class_conflict"))
    told = [line for line in doubts(ws, date(2026, 9, 1)) if "nh3n" in line or "tp" in line]
    assert conflict.height == 2
    wanted = [f"邓家洲 {time:%Y-%m-%d %H:%M} nh3n=2" for time in conflict["time"]]
    assert [line.split(" 单项")[0].removesuffix(".0") for line in told] == wanted
    assert store_water(ws, path, leave_unknown=True).batch is None
    share = answer_of(ws, "sw_good_ratio", "国控断面", Period.of("2026-07"), date(2026, 8, 1)).value
    assert share.n_valid == 3, "鲇鱼山 has rows from August only"


def test_a_value_that_lost_its_exponent_is_told_and_left_out(ws: Workspace) -> None:
    """7 that was 7E-05: beside published Ⅱ it would make the month 劣Ⅴ."""
    rows = [f"鲇鱼山,2026-07-{day:02d},7.5,8.0,2.0,{'7' if day == 5 else '0.1'},Ⅱ" for day in range(1, 11)]
    store_water(ws, csv(ws, "断面,时间,pH,溶解氧,高锰酸盐指数,氨氮,水质类别", *rows))
    (doubt,) = doubts(ws, date(2026, 8, 1))
    assert doubt.startswith("鲇鱼山 2026-07-05 00:00 nh3n=7 单项为劣Ⅴ类，比公布的Ⅱ类差")
    value = answer_of(ws, "sw_inferior_v_ratio", "国控断面", Period.of("2026-07"), date(2026, 8, 1)).value
    assert value.raw == 0
    assert doubt in value.flags


def test_units_marks_and_names_of_real_tables(ws: Workspace) -> None:
    store_water(
        ws,
        csv(
            ws,
            "某市2021年9月地表水监测数据,,,,,,",
            "断面(点位),河流,采样时间,pH(无量纲),溶解氧（mg/L）,砷(μg/L),氨氮(NH3-N)",
            "鲶鱼山断面,昌江,2021.9.6,７．５,8.0,0.3L,0.01L",
            "大桥,乙河,2021年9月7日,7.1,—,１２,＜0.025",
            "镇埠(昌江),昌江,44446,7.1,8.1,/,0.02ND",
        ),
    )
    rows = known(ws.data, SAMPLES).sort("section").to_dicts()
    found = [(r["section"], r["time"], r["ph"], r["do"], r["as"], r["nh3n"]) for r in rows]
    assert found == [
        ("360200A", datetime(2021, 9, 6), "7.5", "8.0", "0.0003L", "0.01L"),
        ("360200B", datetime(2021, 9, 7), "7.1", "8.1", None, "0.02L"),
        ("T2", datetime(2021, 9, 7), "7.1", None, "0.012", "0.025L"),
    ]


def test_all_faults_of_samples_by_cell(ws: Workspace) -> None:
    path = csv(
        ws,
        "断面,采样日期,pH,氨氮(mg/L),总磷(ppm),类别",
        "大桥,2021-09-06,7.1,0.1,0.1,Ⅱ",
        "镇埠,九月六日,7.1,0.1,0.1,Ⅱ",
        "镇埠,2021-09-06,弱碱,0.1,0.1,Ⅱ",
        "镇埠,2021-09-07,7.1,未检出,0.1,Ⅱ",
        "镇埠,2021-09-08,7.1,0.1,0.1,良好",
        "月球,2021-09-08,7.1,0.1,0.1,Ⅱ",
    )
    with pytest.raises(LoadError) as caught:
        store_water(ws, path)
    found = {(f.code, f.where.split(" ")[1].split("（")[0]) for f in caught.value.faults}
    assert found == {
        ("G-WAT-06", "E2"),
        ("G-WAT-02", "A2"),
        ("G-WAT-03", "B3"),
        ("G-WAT-04", "C4"),
        ("G-WAT-05", "D5"),
        ("G-WAT-07", "F6"),
        ("G-WAT-02", "A7"),
    }
    assert known(ws.data, SAMPLES).is_empty()


def test_a_class_table_of_two_rows_of_headings_with_months_side_by_side(ws: Workspace, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "9月.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("9月")
    sheet.merge_range(0, 0, 0, 6, "2021年9月某市地表水水质状况")
    for column, heading in ((0, "序号"), (1, "河流"), (2, "断面名称"), (5, "主要污染指标（超标倍数）"), (6, "备注")):
        sheet.merge_range(1, column, 2, column, heading)
    sheet.merge_range(1, 3, 1, 4, "水质类别")
    rows: list[list[Any]] = [
        [1, "昌江", "鲇鱼山★", "Ⅱ", "Ⅲ", "", ""],
        [2, "", "镇埠", "劣Ⅴ类", "Ⅳ", "总磷（0.3）、氨氮（0.1）", ""],
        [3, "乐安河", "戴村", "—", "Ⅱ", "", "断流"],
        ["", "注：本表不含湖库", "", "", "", "", ""],
    ]
    sheet.write_row(2, 3, ["本月", "上月"])
    for at, row in enumerate(rows):
        sheet.write_row(3 + at, 0, row)
    sheet.merge_range(3, 1, 4, 1, "昌江")
    made.close()
    assert is_class_table(path)
    store_classes(ws, path, Paper("省厅水质通报", date(2021, 10, 9)))
    stored = known(ws.data, CLASSES).sort("section").to_dicts()
    assert [(r["section"], r["class"], r["factors"], r["cell"]) for r in stored] == [
        ("360200A", 2, "", "D4"),
        ("360200B", 6, "总磷（0.3）、氨氮（0.1）", "D5"),
        ("360200C", None, "", "D6"),
    ]
    assert {(r["first"], r["last"]) for r in stored} == {(date(2021, 9, 1), date(2021, 9, 30))}


def test_a_class_table_with_a_column_for_each_month(ws: Workspace) -> None:
    path = csv(ws, "2021年1—9月水质类别表,,,", "断面名称,7月,8月,累计类别", "鲇鱼山,Ⅱ,Ⅲ,Ⅱ", "镇埠,Ⅳ,—,Ⅳ")
    assert is_class_table(path)
    store_classes(ws, path, Paper("省厅水质通报", date(2021, 10, 9)))
    stored = known(ws.data, CLASSES).sort("section", "first", "last").to_dicts()
    assert [(r["section"], f"{r['first']:%m}-{r['last']:%m}", r["class"], r["cell"]) for r in stored] == [
        ("360200A", "01-09", 2, "D3"), ("360200A", "07-07", 2, "B3"), ("360200A", "08-08", 3, "C3"),
        ("360200B", "01-09", 4, "D4"), ("360200B", "07-07", 4, "B4"), ("360200B", "08-08", None, "C4"),
    ]  # fmt: skip
    with pytest.raises(LoadError) as caught:
        store_classes(ws, csv(ws, "断面名称,7月,8月", "鲇鱼山,Ⅱ,Ⅶ", "月亮,Ⅱ,Ⅱ"), Paper("通报", date(2021, 10, 9)))
    assert set(caught.value.codes) == {"G-WAT-12", "G-WAT-13", "G-WAT-14"}


def test_faults_of_a_class_table(ws: Workspace) -> None:
    path = csv(ws, "2021年8月水质,", "断面,类别", "月球,Ⅱ", "镇埠,7", "戴村,优")
    with pytest.raises(LoadError) as caught:
        store_classes(ws, path, PAPER)
    assert caught.value.codes == ("G-WAT-16", "G-WAT-12", "G-WAT-13", "G-WAT-13")
    with pytest.raises(LoadError) as caught:
        store_classes(ws, csv(ws, "断面,类别", "镇埠,Ⅱ"))
    assert caught.value.codes == ("G-WAT-15", "G-WAT-15", "G-WAT-14")


def test_a_table_with_concentrations_is_no_class_table(ws: Workspace) -> None:
    assert not is_class_table(csv(ws, "断面,时间,氨氮,类别", "镇埠,2021-09-06,0.1,Ⅱ"))


def test_a_namesake_needs_its_river(ws: Workspace) -> None:
    waters = sections_of(ws)
    assert waters.named("大桥") is None
    found = waters.named("大桥断面", "甲河")
    assert found is not None
    assert found.id == "T1"
