"""Cells of a returned workbook whose formula gave nothing: an error, or never reckoned by a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

from guatu.load.office_table import OfficeTable

NO_RESULT = "#VALUE!"
"""What stands for a formula without a result: the reader of a row says of it what it says of any error."""
Failed = Mapping[str, Mapping[tuple[int, int], str]]


def failed(path: Path) -> Failed:
    """Sheet → (row from 1, column from 0) → the error that stands there; empty where no cell has a formula.

    The reader of workbooks gives such a cell as empty, and an empty cell says that nothing was filled in.
    """
    try:
        with ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            if not any(mark in archive.read(name) for name in parts for mark in (b"<f", b't="e"')):
                return {}
        formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    except Exception:  # openpyxl and its XML readers fail in a dozen ways where calamine still reads the sheet
        return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                value = values[sheet.title].cell(cell.row, cell.column).value
                if cell.data_type == "e" or (cell.data_type == "f" and (value is None or str(value).startswith("#"))):
                    told = found.setdefault(sheet.title, {})
                    told[cell.row, cell.column - 1] = str(value or NO_RESULT)
    return found


def put(tables: Iterable[OfficeTable], errors: Failed) -> None:
    """Write the errors into the rows of the tables, where the reader left the cells empty."""
    for table in tables:
        of_sheet = errors.get(table.sheet.name, {})
        for line in table.lines:
            for name, at in table.columns.items():
                if not line.cells.get(name) and (line.number, at) in of_sheet:
                    line.cells[name] = of_sheet[line.number, at]
