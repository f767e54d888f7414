"""A table on a page as a file to be saved: title lines that say what it is, headings, exactly the rows shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from guatu.office.views.answers import attached

KINDS = ("csv", "xlsx")
DEMO = "演示数据，非实测"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
Cells = Sequence[Sequence[str]]


def told(shot: Mapping[str, Any], title: str) -> list[str]:
    """The lines above a table: its title, the day, the data version, and the demo mark."""
    lines = [f"{shot['city']} {title}", f"按 {shot['as_of']} 所知　数据版本：{shot['data_version'] or '无'}"]
    return [*lines, *([DEMO] if shot["demo"] else [])]


def table_file(kind: str, name: str, head: Sequence[str], heads: Sequence[str], rows: Cells) -> HttpResponse:
    """The rows as csv or xlsx under a Chinese name."""
    return attached(_csv(head, heads, rows) if kind == "csv" else _xlsx(head, heads, rows), f"{name}.{kind}")


def _csv(head: Sequence[str], heads: Sequence[str], rows: Cells) -> bytes:
    """With a byte order mark, which spreadsheet programs need to see UTF-8; a leading sign is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([line] for line in head)
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """A cell that a spreadsheet program would take for a formula is defused; a number with its sign is none."""
    signed = cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and cell.strip("-"))
    return f"'{cell}" if signed and not _NUMBER.fullmatch(cell) else cell


def _xlsx(head: Sequence[str], heads: Sequence[str], rows: Cells) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": True}
    ) as book:
        sheet = book.add_worksheet("数据")
        bold = book.add_format({"bold": True, "bg_color": "#eef2f7", "bottom": 1})
        for line, words in enumerate(head):
            sheet.write_string(line, 0, words)
        top = len(head)
        sheet.write_row(top, 0, heads, bold)
        for line, cells in enumerate(rows, top + 1):
            sheet.write_row(line, 0, cells)
        for column, word in enumerate(heads):
            longest = max((len(row[column]) for row in rows if column < len(row)), default=0)
            sheet.set_column(column, column, min(60, max(8, 2 * len(word), longest + 2)))
        sheet.freeze_panes(top + 1, 1)
    return out.getvalue()
