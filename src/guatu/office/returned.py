"""Opening what units send back: any workbook or csv of the heap as tables of returned rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import is_zipfile

from python_calamine import CalamineError, CalamineWorkbook

from guatu.act.collection import Cell, Line, Returned, column_of
from guatu.base.panics import panics_told
from guatu.errors import Fault, LoadError
from guatu.load import words
from guatu.load.office_table import OfficeTable, letters, tables_of
from guatu.load.table import sheets_of
from guatu.office import returned_figures, returned_formulas
from guatu.office.returned_figures import Head, Known, figure_tables
from guatu.report.duty_sheet import KEY_SHEET, MARK

SUFFIXES = (".xlsx", ".xls", ".csv", ".xlsm", ".et")
OTHERS = {
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".webp"), "图片（照片或扫描件）"
    ),
    **dict.fromkeys((".pdf", ".ofd"), "版式文件（多半是盖章扫描件）"),
    **dict.fromkeys((".doc", ".docx", ".wps", ".txt"), "文字文件"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "压缩包"),
}
"""What comes in a heap besides sheets; it is kept, named and asked for again, never dropped in silence."""
Progress = Callable[[int, int], None] | None
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
NEEDED = (("measure", "key"), ("state", "text", "count"))
_STATED = re.compile(r"^(?:填报|报送|责任)?单位(?:名称)?(?:[（(]盖章[)）])?[:：]?(.*)$")
_MONTH = re.compile(r"(20\d\d)\s*(?:年|-|\.|/)\s*(\d{1,2})")


def open_heap(
    paths: Sequence[Path], words_known: Known, received: date, progress: Progress = None
) -> tuple[list[Returned], list[Fault]]:
    """Every table of the files, and a fault for each file that has none.

    progress is called with files done and files in all.
    """
    found: list[Returned] = []
    faults: list[Fault] = []
    for done, path in enumerate(paths, 1):
        if why := shut(path):
            faults.append(Fault("G-OFFICE-60", path.name, why[0], "没有可收的行", why[1]))
        else:
            try:
                found += _tables(path, words_known, received)
            except LoadError as error:
                faults += error.faults
        if progress:
            progress(done, len(paths))
    return found, faults


def shut(path: Path) -> tuple[str, str] | None:
    """Why a file cannot be opened as a sheet and what to do, None for one that may be tried."""
    if path.is_dir():
        return "是文件夹，没有看里面的文件", "把里面的表拿出来，和别的放在一起"
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        return (
            f"是{OTHERS.get(kind, f'“{kind or path.name}”文件')}，不是表格，没有收",
            "让对方交电子表，或由您照着填进报送表",
        )
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OLE) and _LOCKED in path.read_bytes():
        return "加了打开密码，读不了", "让对方去掉密码再交，或用密码打开后另存一份"
    if start.startswith(b"PK\x03\x04") and not is_zipfile(path):
        return "文件已损坏，打不开", "让对方重新交一份"
    return None


def _tables(path: Path, known: Known, received: date) -> Iterator[Returned]:
    mark, spans = _mark(path), _spans(path)
    measures, error = _found(lambda: tables_of(path, column_of, NEEDED, "G-OFFICE-20", "工作进展"))
    figures, _ = _found(lambda: figure_tables(path))
    if not measures and not figures and error:
        remedy = "让对方用发出的报送表填，或在表头写明“具体措施”“本期状态”“本期进展情况”各列"
        raise LoadError(error.message, [replace(fault, remedy=remedy) for fault in error.faults])
    returned_formulas.put((*measures, *figures), returned_formulas.failed(path))
    taken = {KEY_SHEET}
    for table in measures:
        if table.sheet.name not in taken:
            taken.add(table.sheet.name)
            yield _returned(table, mark, spans.get(table.sheet.name, {}), known.bodies)
    for table in figures:
        if table.sheet.name not in taken:
            head = Head(_stated(table.above, known.bodies), _period(table.above), mark)
            yield returned_figures.returned(table, head, known, received)


def _found(look: Callable[[], list[OfficeTable]]) -> tuple[list[OfficeTable], LoadError | None]:
    try:
        return look(), None
    except LoadError as error:
        return [], error


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
        with panics_told():
            book = CalamineWorkbook.from_path(path)
            ranges = {name: book.get_sheet_by_name(name).merged_cell_ranges or [] for name in book.sheet_names}
        found: dict[str, dict[int, frozenset[int]]] = {}
        for name, merged in ranges.items():
            rows: dict[int, set[int]] = {}
            for first, last in merged:
                if last[0] > first[0]:
                    for row in range(first[0], last[0] + 1):
                        rows.setdefault(row + 1, set()).update(range(first[1], last[1] + 1))
            found[name] = {row: frozenset(columns) for row, columns in rows.items()}
        return found
    except (CalamineError, OSError, ValueError):
        return {}
