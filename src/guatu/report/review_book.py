"""The review of a heap as a workbook: questions with a drop-down for the answer, faults, rows to land, the late."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from guatu.act.collection_answers import landing, waiting
from guatu.act.collection_heap import Review
from guatu.act.collection_late import Standing
from guatu.load.table import sheets_of

QUESTIONS = "疑问"
ANSWER = "答（从下拉中选）"


def review_book(review: Review, units: Sequence[Standing]) -> bytes:
    """The workbook of a review; only the answers in its first sheet are read back."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        asked = [(one.id, one.kind, one.where, one.words, one.answer) for one in review.questions]
        sheet = _sheet(
            book, QUESTIONS, ("编号", "问", "在哪里", "情况", ANSWER), asked, (10, 14, 34, 52, 30), head, cell
        )
        for line, question in enumerate(review.questions, 1):
            if sum(map(len, question.choices)) + len(question.choices) <= 250:
                sheet.data_validation(line, 4, line, 4, {"validate": "list", "source": list(question.choices)})
            else:
                sheet.write_comment(line, 4, "可答：" + "、".join(question.choices))
        faults = [(one.code, one.where, one.what, one.why, one.remedy) for one in review.faults]
        _sheet(
            book, "错处", ("代号", "在哪里", "错在", "为什么要改", "怎么改"), faults, (11, 40, 36, 30, 40), head, cell
        )
        rows = [(r.sender, r.measure, r.said.get("state", ""), r.said.get("text", ""), r.file) for r in landing(review)]
        _sheet(book, "可入账", ("单位", "措施", "状态", "进展", "来自"), rows, (18, 9, 10, 60, 30), head, cell)
        held = [(row.sender, row.measure, row.file, str(row.line)) for row in waiting(review)]
        _sheet(book, "待答复", ("单位", "措施", "文件", "行"), held, (18, 9, 40, 6), head, cell)
        who = [(one.sender, str(one.asked), one.word, "、".join(one.missing)) for one in units if one.word != "按时"]
        _sheet(book, "未报迟报", ("单位", "应报", "情况", "还缺"), who, (20, 7, 24, 60), head, cell)
        seen = [
            (one.file, one.sheet, one.sender, one.how, str(one.lines), "；".join(one.remarks)) for one in review.seen
        ]
        _sheet(
            book,
            "收到的表",
            ("文件", "工作表", "单位", "怎么认出", "行数", "备注"),
            seen,
            (34, 14, 18, 16, 6, 40),
            head,
            cell,
        )
    return out.getvalue()


def answers_in(path: Path) -> dict[str, str]:
    """The answers a person chose in a review's workbook, by the question's id; blank ones are left out."""
    sheet = next((one for one in sheets_of(path) if one.name == QUESTIONS), None)
    rows = [cells for _, cells in sheet.lines()][1:] if sheet else []
    return {cells[0]: cells[4] for cells in rows if len(cells) > 4 and cells[0] and cells[4]}


def _sheet(
    book: Any,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    head: Any,
    cell: Any,
) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, head)
    for line, values in enumerate(rows, 1):
        for at, value in enumerate(values):
            sheet.write_string(line, at, value, cell)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    return sheet
