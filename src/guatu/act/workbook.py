"""Excel files of problem ledgers: rows and merged columns in, the same rows or the usual A3 form out."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineWorkbook

from guatu.act.ledger import Ledger
from guatu.act.problem import Problem
from guatu.act.sheet import shown
from guatu.base.panics import panics_told
from guatu.base.workbooks import checked as sound_workbook
from guatu.errors import ActError

A3 = 8
"""The number of A3 in the page set-up of a workbook."""
HEADINGS = {"sequence": "序号", "closed": "是否销号", "number": "编号", "state": "状态"}


NARROWEST, WIDEST = 6, 38
"""Widths of columns [characters of the default font]."""
LINE_HEIGHT, HIGHEST = 13.5, 400
"""Height of a line of text, and the most Excel lets a row have [pt]."""
LOOKED_AT = 2000
"""Rows by which the widths are set [rows]."""


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one worksheet and the columns, from 0, in which cells are merged downwards."""

    rows: list[list[Any]]
    merged: frozenset[int]


def read_page(path: Path, sheet: str = "", content: bytes | None = None) -> Page:
    """Read a worksheet, the first if none is named. Raises ActError (G-ACT-70) where it cannot be read.

    content: the bytes of the file, where it lies nowhere in the clear; path then only names it.
    """
    if content is None and not path.is_file():
        raise _unreadable(path, "没有这个文件")
    try:
        sound_workbook(path.read_bytes() if content is None else content)
        with panics_told():
            if content is None:
                book = CalamineWorkbook.from_path(path)
            else:
                book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            names = book.sheet_names
            if sheet and sheet not in names:
                raise _unreadable(path, f"没有工作表“{sheet}”，只有 {'、'.join(names)}")
            page = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
            rows = page.to_python(skip_empty_area=False)
            ranges = page.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _unreadable(path, f"打不开（{' '.join(str(error).split())[:80]}）") from error
    merged = frozenset(first[1] for first, last in ranges if last[0] > first[0] and first[1] == last[1])
    return Page([[None if cell == "" else cell for cell in row] for row in rows], merged)


def write_page(
    path: Path, rows: Sequence[Sequence[Any]], head: int, title: str = "台账", *, titled: bool = False
) -> None:
    """Write rows as they are, head rows bold and repeated, on A3 landscape; titled: the first row is one title.

    Columns are as wide and rows as high as what stands in them, so that nothing is hidden on paper. Raises ActError
    (G-ACT-70).
    """
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(title[:31])
    plain = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "仿宋", "font_size": 10}
    body = book.add_format(plain)
    bold = book.add_format({**plain, "bold": True, "align": "center"})
    big = book.add_format({**plain, "bold": True, "align": "center", "font_size": 18, "border": 0})
    dated = book.add_format({**plain, "num_format": "yyyy-mm-dd"})
    page.set_landscape()
    page.set_paper(A3)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C第 &P 页　共 &N 页")
    widths = _widths(rows[1:] if titled else rows)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    if head:
        page.repeat_rows(0, head - 1)
        page.freeze_panes(head, 0)
    for at, row in enumerate(rows):
        if titled and at == 0:
            page.set_row(0, 30)
            page.merge_range(0, 0, 0, max(1, len(widths) - 1), row[0], big)
            continue
        if (lines := _lines(row, widths)) > 1:
            page.set_row(at, min(HIGHEST, lines * LINE_HEIGHT + 4))
        for column, cell in enumerate(row):
            if isinstance(cell, date | datetime):
                page.write_datetime(at, column, cell, dated)
            elif cell is not None:
                page.write(at, column, cell, bold if at < head else body)
            else:
                page.write_blank(at, column, None, bold if at < head else body)
    try:
        book.close()
    except (xlsxwriter.exceptions.FileCreateError, OSError) as error:
        raise _unreadable(path, "写不进去") from error


def _widths(rows: Sequence[Sequence[Any]]) -> list[float]:
    """How wide each column is, by the longest of the first rows: long texts wrap, short words do not [characters]."""
    longest: dict[int, int] = {}
    for row in rows[:LOOKED_AT]:
        for column, cell in enumerate(row):
            longest[column] = max(longest.get(column, 0), _length(cell))
    return [min(WIDEST, max(NARROWEST, longest.get(n, 0) + 2)) for n in range(max(longest, default=-1) + 1)]


def _lines(row: Sequence[Any], widths: Sequence[float]) -> int:
    """How many lines the longest cell of a row takes."""
    most = 1
    for cell, width in zip(row, widths, strict=False):
        if isinstance(cell, str) and (2 * len(cell) > width - 1 or "\n" in cell):
            parts = cell.split("\n")
            most = max(most, sum(max(1, -int(-_length(part) // (width - 1))) for part in parts))
    return most


def _length(cell: Any) -> int:
    """The width of a cell's words, a Chinese character counting two."""
    if cell is None:
        return 0
    if isinstance(cell, date | datetime):
        return 10
    return max((sum(1 if one < "\u2e80" else 2 for one in part) for part in str(cell).split("\n")), default=0)


def printed(ledger: Ledger, problems: Sequence[Problem]) -> list[list[Any]]:
    """The usual printed form of a ledger: a heading row and one row an item; 是否销号 from the state, never typed."""
    head = [HEADINGS.get(name) or ledger.fields[name].title for name in ledger.columns]
    return [
        head,
        *([_cell(ledger, problem, name, n) for name in ledger.columns] for n, problem in enumerate(problems, start=1)),
    ]


def _cell(ledger: Ledger, problem: Problem, name: str, n: int) -> Any:
    special: Mapping[str, Any] = {
        "sequence": n,
        "number": problem.number,
        "state": problem.state,
        "closed": "是" if ledger.states[problem.state].closed else "否",
    }
    if name in special:
        return special[name]
    value = problem.fields.get(name)
    if name == "deadline_text":
        value = value or problem.fields.get("deadline")
        earlier = problem.fields.get("earlier_deadlines")
        if earlier:
            value = f"{problem.fields.get('deadline')}（原 {'、'.join(earlier)}）"
    return shown(value, ledger.fields[name].kind)


def _unreadable(path: Path, what: str) -> ActError:
    return ActError.of(
        f"cannot use {path}", "G-ACT-70", str(path), what, "台账没有读写成", "用 Excel 打开另存为 .xlsx 后再试"
    )
