"""Excel files of problem ledgers: rows and merged columns in, the same rows or the usual A3 form out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineWorkbook

from guatu.act.ledger import Ledger
from guatu.act.problem import Problem
from guatu.errors import ActError

A3 = 8
"""The number of A3 in the page set-up of a workbook."""
HEADINGS = {"sequence": "序号", "closed": "是否销号", "number": "编号", "state": "状态"}


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one worksheet and the columns, from 0, in which cells are merged downwards."""

    rows: list[list[Any]]
    merged: frozenset[int]


def read_page(path: Path, sheet: str = "") -> Page:
    """Read a worksheet, the first if none is named. Raises ActError (G-ACT-70) where it cannot be read."""
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet and sheet not in names:
            raise _unreadable(path, f"没有工作表“{sheet}”，只有 {'、'.join(names)}")
        page = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        rows = page.to_python(skip_empty_area=False)
        ranges = page.merged_cell_ranges or []
    except (CalamineError, OSError) as error:
        raise _unreadable(path, f"打不开（{str(error).splitlines()[0][:80]}）") from error
    merged = frozenset(first[1] for first, last in ranges if last[0] > first[0] and first[1] == last[1])
    return Page([[None if cell == "" else cell for cell in row] for row in rows], merged)


def write_page(path: Path, rows: Sequence[Sequence[Any]], head: int, title: str = "台账") -> None:
    """Write rows as they are, head rows bold and repeated, on A3 landscape. Raises ActError (G-ACT-70)."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(title[:31])
    plain = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "仿宋", "font_size": 10}
    body = book.add_format(plain)
    bold = book.add_format({**plain, "bold": True, "align": "center"})
    dated = book.add_format({**plain, "num_format": "yyyy-mm-dd"})
    page.set_landscape()
    page.set_paper(A3)
    page.fit_to_pages(1, 0)
    if head:
        page.repeat_rows(0, head - 1)
        page.freeze_panes(head, 0)
    for at, row in enumerate(rows):
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
    return "、".join(value) if isinstance(value, list) else value


def _unreadable(path: Path, what: str) -> ActError:
    return ActError.of(
        f"cannot use {path}", "G-ACT-70", str(path), what, "台账没有读写成", "用 Excel 打开另存为 .xlsx 后再试"
    )
