"""An office's own table: titles above, two rows of headings, merged cells, totals, signatures; all of it by cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guatu.errors import LoadError
from guatu.load.figures.filled import check_figures, store_figures
from guatu.load.figures.reading import Given
from guatu.load.figures.row import FIGURES
from guatu.load.kept import known
from guatu.load.workspace import Workspace
from tests.load.figures.county import workspace

DAY = Given(received=date(2021, 10, 8))


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def book(path: Path, rows: list[list[Any]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Path:
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("三季度")
    for r0, c0, r1, c1 in merged:
        sheet.merge_range(r0, c0, r1, c1, rows[r0][c0])
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell not in (None, "") and not any(r0 <= r <= r1 and c0 <= c <= c1 for r0, c0, r1, c1 in merged):
                sheet.write(r, c, cell)
    made.close()
    return path


def test_a_real_looking_table_with_everything_around_it(ws: Workspace, tmp_path: Path) -> None:
    path = book(
        tmp_path / "表.xlsx",
        [
            ["试验市2021年第三季度城镇生活污水处理率统计表", None, None, None, None],
            ["填报单位：市住建局", None, None, "填报日期：2021年10月8日", None],
            ["序号", "县（市、区）", "城镇生活污水处理率", None, None],
            [None, None, "分子（万立方米）", "分母（万立方米）", "比例（%）"],
            [1, "甲区", 95, 100, 95],
            [2, "浮梁", "１９０", "200", "95.0"],
            [3, "高新区★", 45, "1,000", 4.5],
            ["合计", None, 330, 1300, 25.4],
            ["制表人：张三", None, "审核：李四", None, None],
        ],
        ((0, 0, 0, 4), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 4)),
    )
    store_figures(ws, path, Given(indicator="城镇生活污水处理率"))
    rows = known(ws.data, FIGURES).sort("line").to_dicts()
    assert [(r["place"], r["numerator"], r["denominator"], r["cell"]) for r in rows] == [
        ("甲区", 95, 100, "C5"),
        ("浮梁县", 190, 200, "C6"),
        ("高新区", 45, 1000, "C7"),
    ]  # fmt: skip
    assert {(r["first"], r["last"], r["reporter"], r["received"]) for r in rows} == {
        (date(2021, 7, 1), date(2021, 9, 30), "市住建局", date(2021, 10, 8))
    }


def test_a_total_that_does_not_agree_and_a_printed_rate_that_does_not(ws: Workspace, tmp_path: Path) -> None:
    path = book(
        tmp_path / "表.xlsx",
        [
            ["2021年三季度 城镇生活污水处理率", None, None, None],
            ["地区", "分子", "分母", "处理率（%）"],
            ["甲区", 95, 100, 96],
            ["浮梁县", 90, 100, 90],
            ["全市", 186, 200, 93],
        ],
    )
    with pytest.raises(LoadError) as caught:
        check_figures(ws, path, DAY)
    assert [(f.code, f.where.split("”")[1].split("（")[0]) for f in caught.value.faults] == [("G-FIG-10", "D3")]
    path = book(
        tmp_path / "表二.xlsx",
        [
            ["2021年三季度 城镇生活污水处理率", None, None],
            ["地区", "分子", "分母"],
            ["甲区", 95, 100],
            ["浮梁县", 90, 100],
            ["合计", 186, 200],
        ],
    )
    with pytest.raises(LoadError) as caught:
        check_figures(ws, path, DAY)
    assert [(f.code, f.where.split("”")[1].split("（")[0]) for f in caught.value.faults] == [("G-FIG-09", "B5")]


def test_a_county_merged_downwards_is_filled_and_a_blank_one_is_not(ws: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["地区", "时段", "分子", "分母"],
        ["甲区", "2021Q2", 1, 2],
        [None, "2021Q3", 1, 2],
        [None, "2021Q1", 1, 2],
    ]
    with pytest.raises(LoadError) as caught:
        check_figures(
            ws,
            book(tmp_path / "a.xlsx", rows, ((1, 0, 2, 0),)),
            Given("农村生活污水治理率", received=date(2021, 10, 8)),
        )
    assert [(f.code, f.where.split("”")[1].split("（")[0]) for f in caught.value.faults] == [("G-FIG-03", "A4")]


def test_share_or_per_cent_is_asked_and_never_guessed(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "率.csv"
    head, clear = "指标,地区,时段,数值\n", "森林覆盖率,浮梁县,2021,67.05%\n"
    path.write_text(f"{head}森林覆盖率,甲区,2021,0.67\n{clear}", encoding="gb18030")
    with pytest.raises(LoadError) as caught:
        check_figures(ws, path, DAY)
    assert [(f.code, f.where.split("（")[0]) for f in caught.value.faults] == [("G-FIG-15", "率.csv D2")]
    path.write_text(head + clear, encoding="gb18030")
    rows, _ = check_figures(ws, path, DAY)
    assert rows[0]["value"] == Decimal("67.05")


def test_every_kind_of_fault_of_one_table_at_once(ws: Workspace, tmp_path: Path) -> None:
    lines = [
        "指标,地区,时段,分子,分母,单位,填报日期",
        "臭味,甲区,2021Q1,1,2,,2021-04-08",
        "农村生活污水治理率,月球,2021Q1,1,2,,2021-04-08",
        "农村生活污水治理率,甲区,2021.1,1,2,,2021-04-08",
        "农村生活污水治理率,甲区,2021Q1,一,2,,2021-04-08",
        "农村生活污水治理率,甲区,2021Q2,1,2,公里,2021-07-08",
        "农村生活污水治理率,甲区,2021Q3,1,2,,昨天",
        "农村生活污水治理率,浮梁县,2022Q3,1,2,,2021-10-08",
        "农村生活污水治理率,浮梁县,2021Q3,1,,,2021-10-08",
        "PM2.5平均浓度,浮梁县,2021Q3,1,2,,2021-10-08",
    ]
    path = tmp_path / "表.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        store_figures(ws, path)
    found = [(f.code, f.where.split(" ")[1].split("（")[0]) for f in caught.value.faults]
    assert found == [
        ("G-FIG-02", "A2"),
        ("G-FIG-03", "B3"),
        ("G-FIG-04", "C4"),
        ("G-FIG-05", "D5"),
        ("G-FIG-11", "F6"),
        ("G-FIG-13", "G7"),
        ("G-FIG-16", "C8"),
        ("G-FIG-08", "E9"),
        ("G-FIG-02", "A10"),
    ]
    assert known(ws.data, FIGURES).is_empty()


def test_one_figure_twice_in_a_table(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(
        "指标,地区,时段,分子,分母\n农村生活污水治理率,浮梁,2021Q1,1,2\n农村生活污水治理率,浮梁县,2021年一季度,1,2\n",
        "utf-8",
    )
    with pytest.raises(LoadError) as caught:
        store_figures(ws, path, DAY)
    assert caught.value.codes == ("G-LOAD-33",)


def test_a_file_without_such_a_table(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("姓名,电话\n张三,1\n", "utf-8")
    with pytest.raises(LoadError) as caught:
        store_figures(ws, path, DAY)
    assert caught.value.codes == ("G-FIG-01",)
