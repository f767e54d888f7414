"""A copy of the sender's own file with a comment on every cell that is faulty or doubtful."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

from guatu.act.collection_heap import Marked
from guatu.load.table import sheets_of

RED, YELLOW = PatternFill("solid", fgColor="FFF4B6B0"), PatternFill("solid", fgColor="FFFFF0C2")
WRITER = "guatu"


def marked_copy(path: Path, marks: Iterable[Marked]) -> bytes:
    """The file as xlsx with the marks as comments, faults on red and questions on yellow ground.

    An xlsx keeps its look and its other sheets; xls and csv become an xlsx with the same cells in the same places.
    """
    book = _opened(path)
    said: dict[tuple[str, str], list[Marked]] = {}
    for mark in marks:
        said.setdefault((mark.sheet, f"{mark.column}{mark.line}"), []).append(mark)
    for (name, address), told in said.items():
        sheet = book[name] if name in book.sheetnames else book.worksheets[0]
        cell = _corner(sheet, address)
        cell.fill = RED if any(one.fault for one in told) else YELLOW
        words = "\n".join(dict.fromkeys(one.words for one in told))
        cell.comment = Comment(words, WRITER, height=40 + 18 * (len(words) // 16 + 1), width=280)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _opened(path: Path) -> Any:
    try:
        return load_workbook(path)
    except (BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError):
        return _rebuilt(path)
    except Exception as error:  # openpyxl raises its own InvalidFileException, a plain Exception, for csv and xls
        if type(error).__name__ != "InvalidFileException":
            raise
        return _rebuilt(path)


def _rebuilt(path: Path) -> Any:
    """The cells of another form in a new workbook, each where it stood."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets_of(path):
        made = book.create_sheet(sheet.name or "数据")
        for number, cells in sheet.lines():
            for at, cell in enumerate(cells, 1):
                if cell:
                    made.cell(number, at, cell).data_type = "s"
    return book


def _corner(sheet: Any, address: str) -> Any:
    """The cell that can carry a comment: of a merged range its first one."""
    letters = address.rstrip("0123456789")
    row, column = int(address[len(letters) :]), column_index_from_string(letters)
    for one in sheet.merged_cells.ranges:
        if one.min_row <= row <= one.max_row and one.min_col <= column <= one.max_col:
            return sheet.cell(one.min_row, one.min_col)
    return sheet.cell(row, column)
