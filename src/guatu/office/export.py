"""The filtered table of targets as a file that says what it is: filter, day, data version, demo mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from guatu.office import wording
from guatu.office.tables import DEMO, table_file

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
    "达标可能性",
    "回测记录",
    "有效数",
    "应有数",
    "时段",
)
GROUP_WORDS = {"": "全部", "fail": "未达标（含暂未达标）", "close": "临界", "met": "达标", "undecided": "无法判定"}
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
    name = f"目标-{shot['as_of']}{'-演示数据' if shot['demo'] else ''}"
    return table_file(kind, name, head, HEADS, table)


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
        row["chance"]["shown"] if row["chance"] else "",
        row["chance"]["record"] if row["chance"] else "",
        str(row["valid"]) if row["expected"] else "",
        str(row["expected"]) if row["expected"] else "",
        row["period"],
    ]
