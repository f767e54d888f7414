"""Lists of targets and tasks in Excel, web pages and Markdown, under headings of the office's own."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
import xlsxwriter

from guatu import read_notice
from guatu.read import forms
from guatu.read.forms.grid import lines_of, role_of

TARGETS = [
    ["甲市2021年生态环境保护目标分解表"],
    ["序号", "指标名称", "单位", "2021年目标值", "力争目标", "责任单位"],
    [1, "全市细颗粒物（PM2.5）平均浓度", "微克/立方米", "≤30", "", "市生态环境局"],
    [2, "市中心城区细颗粒物（PM2.5）平均浓度", "微克/立方米", "34以内", 33, "市生态环境局"],
    [3, "全市空气质量优良天数比例", "%", "92以上", "", "市生态环境局"],
]
TASKS = [
    ["序号", "类别", "工作任务", "工作内容", "牵头单位", "配合单位", "完成时限"],
    [
        1,
        "大气",
        "强化柴油货车污染治理",
        "持续推进运输结构调整。",
        "市交通运输局",
        "市生态环境局\n市公安局",
        "2021年9月底",
    ],
    [2, "", "秸秆综合利用", "推进秸秆收储运体系建设", "市农业农村局", "市财政局", datetime.date(2021, 6, 30)],
    [3, "水", "城镇生活污水收集处理", "加快污水管网建设", "市住建局", "", "持续推进"],
]


def workbook(sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if cell != "":
                        sheet.write(i, j, cell, day if isinstance(cell, datetime.date) else None)
    return out.getvalue()


def test_a_workbook_of_targets_and_tasks_is_a_plan() -> None:
    text = forms.extract(workbook({"目标": TARGETS, "任务": TASKS}), "清单.xlsx").text
    plan = read_notice(text)
    assert [(t.indicator_id, t.scope, t.op, t.value, t.unit, t.stretch) for t in plan.targets] == [
        ("pm25_mean", "全市", "<=", Decimal(30), "ug/m3", None),
        ("pm25_mean", "市中心城区", "<=", Decimal(34), "ug/m3", Decimal(33)),
        ("aqi_good_ratio", "全市", ">=", Decimal(92), "%", None),
    ]
    tasks = [task for task in plan.tasks if task.outline.startswith("二")]
    assert [(t.title, t.lead, t.coop, t.deadlines) for t in tasks] == [
        ("强化柴油货车污染治理", ("市交通运输局",), ("市生态环境局", "市公安局"), ("2021-09-30",)),
        ("秸秆综合利用", ("市农业农村局",), ("市财政局",), ("2021-06-30",)),
        ("城镇生活污水收集处理", ("市住建局",), (), ()),
    ]


def test_hidden_sheets_are_left_out_and_unknown_heads_are_noted() -> None:
    data = workbook({"任务": TASKS, "旧": [["作废"]], "附": [["甲", "乙"], ["丙", "丁"]]}, hidden=("旧",))
    extract = forms.extract(data, "清单.xlsx")
    assert "作废" not in extract.text and "丙\n丁" in extract.text
    assert [note.code for note in extract.notes] == ["sheet-unknown"] and "附" in extract.notes[0].text


def test_no_cell_of_a_list_is_lost() -> None:
    grid = [["序号", "任务", "责任单位", "资金（万元）", "备注说明"], ["1", "建站", "市局", "120", "分两期"]]
    assert list(lines_of(grid)) == ["1. 建站。资金（万元）：120。备注说明：分两期。（责任单位：市局）"]


def test_a_head_in_two_rows_is_one_head() -> None:
    grid = [
        ["序号", "任务", "责任单位", "", "时限"],
        ["", "", "牵头单位", "配合单位", ""],
        ["1", "建站", "市局", "市财政局", "年底前"],
    ]
    assert list(lines_of(grid)) == ["1. 建站。（牵头单位：市局；配合单位：市财政局；完成时限：年底前）"]


def test_a_table_without_a_known_head_stays_cell_by_cell() -> None:
    assert list(lines_of([["甲", "乙\n丙"], ["", "丁"]])) == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("序  号", "number"), ("牵头部门", "lead"),
        ("主责单位", "lead"), ("责任单位", "responsible"), ("配合单位", "coop"),
        ("协办单位", "coop"), ("完成时限", "time"), ("时限要求", "time"), ("单位", "measure_unit"), ("目标值", "value"),
        ("年度目标", "value"), ("指标名称", "indicator"), ("重点任务", "title"), ("工作内容", "text"),
        ("具体措施", "text"),
        ("某某路", None),
    ],
)  # fmt: skip
def test_headings_of_offices_are_known(heading: str, role: str | None) -> None:
    assert role_of(heading) == role


def test_a_list_in_a_web_page_and_in_markdown_reads_as_in_excel() -> None:
    rows = [
        ["序号", "任务", "牵头单位", "时限"],
        ["1", "淘汰老旧车辆", "市公安局", "9月底"],
        ["2", "油气回收", "市商务局", "6月底"],
    ]
    page = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    web = forms.extract(f"<html><body><table>{page}</table></body></html>".encode(), "a.html").text
    lines = ["|".join(["", *row, ""]) for row in rows]
    mark = forms.extract("\n".join([lines[0], "|---|:-:|---|---|", *lines[1:]]).encode(), "a.md").text
    expected = [
        "1. 淘汰老旧车辆。（牵头单位：市公安局；完成时限：9月底）",
        "2. 油气回收。（牵头单位：市商务局；完成时限：6月底）",
    ]
    assert web.split("\n")[:2] == expected and mark.split("\n")[:2] == expected


def test_merged_cells_of_a_web_page_stand_in_their_columns() -> None:
    page = (
        "<html><table><tr><th>序号<th>领域<th>任务<th>牵头单位<tr><td>1<td rowspan=2>大气<td>甲事<td>市公安局"
        "<tr><td>2<td>乙事<td>市商务局<tr><td>3<td>水<td>丙事<td>市水利局</table>"
    )
    assert forms.extract(page.encode(), "a.html").text.splitlines() == [
        "（一）大气", "1. 甲事。（牵头单位：市公安局）", "2. 乙事。（牵头单位：市商务局）", "（二）水",
        "3. 丙事。（牵头单位：市水利局）",
    ]  # fmt: skip
