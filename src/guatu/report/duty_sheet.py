"""The sheet a unit fills in each month: its own measures, last period in grey, drop-downs, a hidden key a row."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from guatu.act.breakdown import DONE
from guatu.act.collection import CONTENT, Asked, headings, row_key
from guatu.act.duty_states import sayable
from guatu.report import figure_rows
from guatu.rules.cards import Cards

KEY_SHEET = "_guatu"
MARK = "guatu-duties/1"
DEMO = "演示数据，非实测"
LINE = 15  # height of one line of text [pt]
HEAD = 4  # row of the headings, from 1
WIDTHS = {
    **{"key": 4, "no": 5, "task": 20, "measure": 38, "part": 9, "node": 12, "quantity": 11, "done": 10},
    **{"last_state": 9, "last_text": 24, "state": 11, "count": 11, "text": 36, "next": 24, "proof": 22},
    **{"done_on": 12, "trouble": 22},
}
INSTRUCTIONS = (
    "填白底各列。本期状态从下拉中选；本期累计完成数只填数，不填百分比；报办结的，文件类填印发文号，数量类要做满总数，"
    "清单类写明销号材料；没有的留空。不要改动灰底各列和隐藏列，可以加行说明，不影响汇总。"
)


def duty_sheet(
    sender: str,
    period: str,
    due: date,
    rows: Sequence[Asked],
    demo: bool = False,
    figures: Sequence[Asked] = (),
    cards: Cards | None = None,
) -> bytes:
    """One workbook for a unit and a period: its measures, and on a second sheet the figures it owes.

    The columns a unit fills in are open, all others locked without a password.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        styles = _styles(book)
        mark = f" {DEMO}" if demo else ""
        told = ("填报单位", sender, "填报期", period, "报送截止", due.isoformat(), "填报人", "", "联系电话", "")
        if rows:
            sheet = book.add_worksheet("工作进展")
            names = headings()
            _head(sheet, f"{sender} 重点工作进展报送表（{period}）{mark}", told, INSTRUCTIONS, names, WIDTHS, styles)
            for line, one in enumerate(rows, HEAD):
                cells = _cells(one, sender, period, line - HEAD + 1)
                _line(sheet, line, list(names), cells, styles)
                sheet.set_row(line, tall(cells, WIDTHS))
            _choices(sheet, list(names), len(rows), due)
            _finish(sheet, 4)
        if figures and cards is not None:
            sheet = book.add_worksheet(figure_rows.SHEET)
            title = f"{sender} 指标数据报送表（{period}）{mark}"
            _head(sheet, title, told, figure_rows.INSTRUCTIONS, figure_rows.HEADINGS, figure_rows.WIDTHS, styles)
            figure_rows.put_rows(sheet, HEAD, sender, period, figures, cards, styles)
            _finish(sheet, 5)
        key = book.add_worksheet(KEY_SHEET)
        key.write_row(0, 0, [MARK, sender, period])
        for line, one in enumerate((*rows, *figures), 1):
            key.write_row(line, 0, [row_key(sender, period, one.measure), one.text])
        key.very_hidden()
    return out.getvalue()


def _head(
    sheet: Any, title: str, told: Sequence[str], words: str, names: Mapping[str, str], widths: Mapping[str, int],
    styles: Mapping[str, Any],
) -> None:  # fmt: skip
    """Title, who and by when, what to do, and the headings with their widths; the key's column is hidden."""
    last = len(names) - 1
    sheet.merge_range(0, 1, 0, last, title, styles["title"])
    for at, said in enumerate(told, 2):
        sheet.write(1, at, said, styles["open" if said == "" else "locked"])
    sheet.set_row(0, 26)
    sheet.set_row(1, 20)
    sheet.merge_range(2, 1, 2, last, words, styles["note"])
    sheet.set_row(2, 34)
    sheet.set_row(HEAD - 1, 34)
    for at, (name, heading) in enumerate(names.items()):
        sheet.write(HEAD - 1, at, heading, styles["head"])
        sheet.set_column(at, at, widths[name], None, {"hidden": name == "key"})


def tall(cells: Mapping[str, str], widths: Mapping[str, int]) -> int:
    """The height of a row in which no cell is cut: a Chinese character takes two places of a column's width [pt]."""
    lines = [-(-2 * len(words) // (widths[name] - 1)) for name, words in cells.items() if name != "key"]
    return LINE * max(2, *lines)


def _finish(sheet: Any, columns: int) -> None:
    """Frozen head, locked cells, one A3 landscape page in width with the headings on every page."""
    sheet.freeze_panes(HEAD, columns)
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True, "sort": True})
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD - 1)


def _cells(one: Asked, sender: str, period: str, number: int) -> Mapping[str, str]:
    return {
        "key": row_key(sender, period, one.measure),
        "no": str(number),
        "task": one.task,
        "measure": one.text,
        "part": one.part,
        "node": one.node.isoformat() if one.node else one.node_text or "全年",
        "quantity": f"{one.quantity}{one.unit}",
        "done": DONE[one.done],
        "last_state": one.last.get("state", ""),
        "last_text": "，".join(part for name in ("count", "text") if (part := one.last.get(name))),
    }


def _line(sheet: Any, line: int, names: Sequence[str], cells: Mapping[str, str], styles: Mapping[str, Any]) -> None:
    for at, name in enumerate(names):
        if name in CONTENT:
            sheet.write_blank(line, at, None, styles["day" if name == "done_on" else "open"])
        else:
            sheet.write_string(line, at, cells[name], styles["grey" if name.startswith("last_") else "locked"])


def _choices(sheet: Any, names: Sequence[str], rows: int, due: date) -> None:
    """Drop-down of the states; numbers only, from 0, in the column of numbers."""
    state, count = names.index("state"), names.index("count")
    end = HEAD + rows + 4
    words = list(sayable(due))
    sheet.data_validation(HEAD, state, end, state, {
        "validate": "list", "source": words, "error_title": "状态", "error_message": "从下拉的状态中选一个",
    })  # fmt: skip
    sheet.data_validation(HEAD, count, end, count, {
        "validate": "decimal", "criteria": ">=", "value": 0, "error_title": "不是数",
        "error_message": "填累计完成的数，不填百分比；没有数量要求就留空。",
    })  # fmt: skip


def _styles(book: Any) -> dict[str, Any]:
    border = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({**border, "bold": True, "bg_color": "#D9E2EC", "align": "center"}),
        "locked": book.add_format({**border, "bg_color": "#F3F3F3"}),
        "note": book.add_format({**border, "font_color": "#444444"}),
        "grey": book.add_format({**border, "font_color": "#808080", "bg_color": "#ECECEC"}),
        "open": book.add_format({**border, "locked": False}),
        "day": book.add_format({**border, "locked": False, "num_format": "yyyy-mm-dd"}),
    }
