"""The filtered table of targets as a file that says what it is: filter, day, data version, demo mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from guatu.office import wording

HEADS = (
    "编号",
    "文件位置",
    "目标",
    "范围",
    "年度目标",
    "力争",
    "单位",
    "当前值",
    "计算值（当前值取自通报时）",
    "通报文件",
    "判定值",
    "状态",
    "理由",
    "余量",
    "有效数",
    "应有数",
    "时段",
)
GROUP_WORDS = {"": "全部", "fail": "未达标（含暂未达标）", "close": "临界", "met": "达标", "undecided": "无法判定"}
DEMO = "演示数据，非实测"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def answer(kind: str, shot: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], status: str) -> HttpResponse:
    """The rows as csv or xlsx to be saved."""
    head = [
        f"{shot['city']} {shot['doc_number']} 目标 {len(rows)} 行",
        f"筛选：{GROUP_WORDS[status]}　截至：{shot['as_of']}",
        f"数据至：{shot['data_until'] or '无'}　数据版本：{shot['data_version'] or '无'}",
        *([DEMO] if shot["demo"] else []),
    ]
    table = [_cells(row) for row in rows]
    name = f"目标-{shot['as_of']}{'-演示数据' if shot['demo'] else ''}.{kind}"
    content = _csv(head, table) if kind == "csv" else _xlsx(head, table)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f"attachment; filename=\"targets.{kind}\"; filename*=UTF-8''{quote(name)}"
    return response


def _cells(row: Mapping[str, Any]) -> list[str]:
    return [
        row["id"],
        wording.outline_text(row["outline"]),
        row["indicator"],
        row["scope"],
        row["goal"],
        row["aspired"],
        row["unit"],
        row["figure"],
        row["computed"],
        row["official"],
        row["judged"],
        row["word"],
        row["reason"],
        row["room"]["sentence"] if row["room"] else "",
        str(row["valid"]) if row["expected"] else "",
        str(row["expected"]) if row["expected"] else "",
        row["period"],
    ]


def _csv(head: Sequence[str], table: Sequence[Sequence[str]]) -> bytes:
    """With a byte order mark, which spreadsheet programs need to see UTF-8; a leading sign is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([line] for line in head)
    writer.writerow(HEADS)
    writer.writerows([f"'{cell}" if cell[:1] in "=+@\t" and cell[:1] else cell for cell in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(head: Sequence[str], table: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": True}
    ) as book:
        sheet = book.add_worksheet("目标")
        bold = book.add_format(
            {"bold": True, "bg_color": "#eef2f7", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for line, words in enumerate(head):
            sheet.write_string(line, 0, words)
        top = len(head)
        sheet.write_row(top, 0, HEADS, bold)
        for line, cells in enumerate(table, top + 1):
            sheet.write_row(line, 0, cells, wrap)
        for column, width in enumerate((6, 13, 30, 22, 12, 8, 9, 10, 10, 10, 24, 40, 8, 8, 10)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(top + 1, 3)
        sheet.autofilter(top, 0, top + len(table), len(HEADS) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
    return out.getvalue()
