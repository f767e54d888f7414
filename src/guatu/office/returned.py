"""Opening what units send back: any workbook or csv of the heap as tables of returned rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from guatu.act.collection import Cell, Line, Returned, column_of
from guatu.errors import Fault, LoadError
from guatu.load import words
from guatu.load.office_table import OfficeTable, letters, tables_of
from guatu.load.table import sheets_of
from guatu.report.duty_sheet import KEY_SHEET, MARK

NEEDED = (("measure", "key"), ("state", "text", "count"))
_STATED = re.compile(r"^(?:填报|报送|责任)?单位(?:名称)?(?:[（(]盖章[)）])?[:：]?(.*)$")
_MONTH = re.compile(r"(20\d\d)\s*(?:年|-|\.|/)\s*(\d{1,2})")


def open_heap(paths: Sequence[Path], names: Mapping[str, str]) -> tuple[list[Returned], list[Fault]]:
    """Every table of the files, and a fault for each file that has none; names: written name of a body → its name."""
    found, faults = [], []
    for path in paths:
        try:
            found += list(_tables(path, names))
        except LoadError as error:
            faults += error.faults
    return found, faults


def _tables(path: Path, names: Mapping[str, str]) -> Iterator[Returned]:
    mark = _mark(path)
    spans = _spans(path)
    for table in tables_of(path, column_of, NEEDED, "G-OFFICE-20", "工作进展"):
        if table.sheet.name != KEY_SHEET:
            yield _returned(table, mark, spans.get(table.sheet.name, {}), names)


def _returned(
    table: OfficeTable,
    mark: tuple[str, str] | None,
    spans: Mapping[int, frozenset[int]],
    names: Mapping[str, str],
) -> Returned:
    lines = []
    for line in table.lines:
        cells = {name: Cell(raw, words.number(raw), words.day(raw)) for name, raw in line.cells.items()}
        merged = spans.get(line.number, frozenset())
        spanned = frozenset(name for name, at in table.columns.items() if at in merged)
        lines.append(Line(line.number, cells, spanned, line.total))
    return Returned(
        table.sheet.file,
        table.sheet.name,
        tuple(lines),
        {name: letters(at) for name, at in table.columns.items()},
        _stated(table.above, names),
        _period(table.above),
        mark,
        table.ignored,
    )


def _stated(above: Sequence[str], names: Mapping[str, str]) -> str:
    """The unit that the head names after 填报单位, in the same cell or the next."""
    for at, cell in enumerate(above):
        match = _STATED.match(words.plain(cell))
        if match and "截止" not in cell:
            said = match[1] or (above[at + 1] if at + 1 < len(above) else "")
            if name := words.named(said, names):
                return name
    return ""


def _period(above: Sequence[str]) -> str:
    """The month after 填报期, else that of the title, as 2021-09; empty where none is written."""
    after = [above[at + 1] for at, cell in enumerate(above[:-1]) if words.plain(cell).startswith("填报期")]
    inside = [cell for cell in above if words.plain(cell).startswith("填报期")]
    for cell in (*after, *inside, *above[:1]):
        if match := _MONTH.search(words.plain(cell)):
            return f"{match[1]}-{int(match[2]):02d}"
    return ""


def _mark(path: Path) -> tuple[str, str] | None:
    """Sender and period of the hidden sheet, None where it was lost."""
    for sheet in sheets_of(path):
        if sheet.name == KEY_SHEET:
            first = next(iter(sheet.lines()), (0, []))[1]
            if len(first) >= 3 and first[0] == MARK:
                return first[1], first[2]
    return None


def _spans(path: Path) -> dict[str, dict[int, frozenset[int]]]:
    """For each sheet and line the columns, from 0, whose cell is merged over several rows."""
    try:
        book = CalamineWorkbook.from_path(path)
        found: dict[str, dict[int, frozenset[int]]] = {}
        for name in book.sheet_names:
            rows: dict[int, set[int]] = {}
            for first, last in book.get_sheet_by_name(name).merged_cell_ranges or []:
                if last[0] > first[0]:
                    for row in range(first[0], last[0] + 1):
                        rows.setdefault(row + 1, set()).update(range(first[1], last[1] + 1))
            found[name] = {row: frozenset(columns) for row, columns in rows.items()}
        return found
    except (CalamineError, OSError, ValueError):
        return {}
