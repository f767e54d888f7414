"""A table of figures that comes back, a filled template or an office's own: every fault by its cell, then one batch."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

from guatu.base.period import Period
from guatu.errors import Fault, LoadError
from guatu.load.figures.reading import AS_WRITTEN, Asked, Given, Reading
from guatu.load.figures.row import FIGURES, meaning, places_of
from guatu.load.figures.template import HEAD, KEY, MARK
from guatu.load.kept import Kept, keep
from guatu.load.office_table import OfficeTable, letters, tables_of
from guatu.load.table import Sheet, sheets_of
from guatu.load.workspace import Workspace

REMEDY = "在表头写明地区和分子、分母（或数值）各列，或用 guatu figures template 生成的表"
NEEDED = ({"place"}, {"numerator", "value"})


def check_figures(
    ws: Workspace, file: Path | str, given: Given = AS_WRITTEN, scopes: Collection[str] = ()
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The rows of a table of figures and notes for the person; nothing is stored.

    given: indicator, period, unit and day of the whole table, where it has no column of them; scopes: further places
    a figure may be of (those of the plan). Raises LoadError with every fault of the file, each by sheet and cell:
    G-FIG-01 no such table, 02 indicator, 03 place, 04 period, 05 no number, 06 negative, 07 part over whole, 08 one
    of the pair lacks, 09 a sum that does not agree, 10 a printed rate that does not agree, 11 unit, 12 a heading of
    the template changed, 13 day, 14 decimals, 15 per cent or share, 16 a period to come, 17 nothing filled in, 18
    which index.
    """
    path = Path(file)
    asked = _asked(path)
    tables = tables_of(path, meaning, NEEDED, "G-FIG-01", "报送数", REMEDY)
    places = places_of(ws, scopes)
    faults: list[Fault] = []
    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    for table in tables:
        if table.sheet.name == KEY:
            continue
        faults += table.faults
        form = asked.get(table.sheet.name)
        if form is not None:
            faults += _headings_changed(table, form)
        told, blank = Reading(table, form, given, places, ws.cards, faults).rows()
        rows += told
        if blank:
            notes.append(f"{table.sheet.name or path.name} 有 {blank} 行没有填数，没有收")
    if not rows and not faults:
        faults.append(Fault("G-FIG-17", path.name, "没有填一个数", "没有可入库的数据", "填好再传"))
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)
    return rows, tuple(notes)


def store_figures(
    ws: Workspace,
    file: Path | str,
    given: Given = AS_WRITTEN,
    scopes: Collection[str] = (),
    *,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Kept:
    """Check a table of figures and keep it as one batch; see check_figures and guatu.load.kept.keep for the faults."""
    path = Path(file)
    rows, notes = check_figures(ws, path, given, scopes)

    return keep(
        ws.data,
        FIGURES,
        path,
        rows,
        look=look,
        correct=correct,
        reason=reason,
        on=on,
        person=person,
        at=at,
        notes=notes,
    )


def _asked(path: Path) -> dict[str, Asked]:
    """What the sheets of a template ask for; nothing for an office's own table."""
    key = next((sheet for sheet in sheets_of(path) if sheet.name == KEY), None)
    lines = list(key.lines()) if key else []
    if not lines or lines[0][1][0] != MARK:
        return {}
    return {
        cells[0]: Asked(cells[1], Period.of(cells[2]), tuple(json.loads(cells[3])))
        for _, cells in lines[1:]
        if cells[0]
    }


def _headings_changed(table: OfficeTable, form: Asked) -> list[Fault]:
    cells: list[str] = next((cells for line, cells in table.sheet.lines() if line == HEAD), [])
    sheet: Sheet = table.sheet
    return [
        Fault(
            "G-FIG-12",
            f"{sheet.file} 工作表“{sheet.name}”{letters(at)}{HEAD}",
            f"表头被改成“{cells[at] if at < len(cells) else ''}”，原为“{wanted}”",
            "不能确定这一列填的是什么",
            "恢复表头，或重新生成模板",
        )
        for at, wanted in enumerate(form.headings)
        if (cells[at] if at < len(cells) else "") != wanted
    ]
