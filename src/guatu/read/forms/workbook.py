"""Excel lists of targets and tasks (.xlsx, .xls, .et) through calamine: sheet by sheet, under their own headings."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import Any

from guatu.base.workbooks import checked as sound_workbook
from guatu.read.forms import faults, grid
from guatu.read.forms.archive import Archive
from guatu.read.forms.extract import Extract
from guatu.read.forms.grid import Grid
from guatu.read.forms.opening import label_of
from guatu.read.plan_parts import Note

_KIND = " Excel 工作簿"
MOST_CELLS = 300_000


def read(data: bytes, name: str) -> Extract:
    """The text of a workbook; raises ReadError: G-READ-20 damaged, 21 encrypted, 22 limits, 24 without text."""
    if data.startswith(b"PK"):
        Archive(data, name, _KIND)
    lines: list[str] = []
    notes: list[Note] = []
    order = 0
    for title, rows in _sheets(data, name):
        found = grid.header_of(rows)
        if found is None:
            lines += grid.lines_of(rows)
            notes.append(Note("sheet-unknown", "doubt", f"工作表“{title}”没有认出表头，按单元格逐行读入"))
            continue
        first, body, names = found
        lines += [cell for row in rows[:first] for cell in row if cell.strip()] or [title]
        if not _has_sections(rows[body:]):
            order += 1
            lines.append(f"{'一二三四五六七八九十'[(order - 1) % 10]}、{_heading(names)}")
        lines += grid.lines_of(rows[first:])
    if not any(line.strip() for line in lines):
        raise faults.without_text(name, _KIND)
    return Extract("\n".join(lines) + "\n", notes=tuple(notes))


def _heading(names: list[str]) -> str:
    roles = {grid.role_of(name) for name in names}
    return "主要目标" if {"indicator", "value"} <= roles else "主要任务"


def _has_sections(rows: Grid) -> bool:
    found = (label_of(cell) for row in rows for cell in row[:2])
    return any(label is not None and label.scheme == "一" for label in found)


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, Grid]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        sound_workbook(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for entry in book.sheets_metadata:
            if entry.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(entry.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise faults.unsafe(name, f"工作表“{entry.name}”超过 {MOST_CELLS} 个单元格")
            rows = [[_shown(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
            if any(cell for row in rows for cell in row):
                yield entry.name, rows
    except PasswordError as error:
        raise faults.locked(name, _KIND) from error
    except (CalamineError, OSError, ValueError, KeyError, IndexError) as error:
        raise faults.damaged(name, _KIND, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the Rust reader gave up on a broken file
            raise
        raise faults.damaged(name, _KIND, error) from error


def _shown(cell: Any) -> str:
    """A cell as a person sees it: whole numbers without a point, dates in words."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return str(cell).replace("\r\n", "\n").strip()
