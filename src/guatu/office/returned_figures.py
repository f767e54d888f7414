"""Tables of figures in returned files: each row read by the same rules as a loaded table, with faults by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guatu.act.collection import Cell, Figure, Line, Returned, column_of, figure_id, figure_parts
from guatu.base.period import Period
from guatu.errors import Fault
from guatu.load.figures.reading import WRONG_SUM, Given, Reading
from guatu.load.figures.row import meaning, places_of
from guatu.load.office_table import Line as TableLine
from guatu.load.office_table import OfficeTable, letters, tables_of
from guatu.load.table import Sheet
from guatu.load.words import plain
from guatu.load.workspace import Workspace
from guatu.office.collecting_figures import AMOUNTS, said_of
from guatu.report.figure_rows import OWN, worded
from guatu.rules.cards import Cards

NEEDED = ({"place"}, {"numerator", "value"})


def figure_meaning(heading: str) -> str:
    """What a heading means in a table of figures; the hidden key as in the sheet of measures."""
    return "key" if column_of(heading) == "key" else meaning(heading)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a sheet says: its unit, its period, and the hidden mark of its file."""

    stated: str
    period: str
    mark: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Known:
    """What words in a table may mean: written name of a body → its name, of a place → its name, the indicators."""

    bodies: Mapping[str, str]
    places: Mapping[str, str]
    cards: Cards


def figure_tables(path: Path) -> list[OfficeTable]:
    """The tables of figures of a file. Raises LoadError where there is none (G-OFFICE-20)."""
    return tables_of(path, figure_meaning, NEEDED, "G-OFFICE-20", "工作进展或报送数")


def returned(table: OfficeTable, head: Head, known: Known, received: date) -> Returned:
    """A table of figures as returned rows; what a row means is said by its indicator, place and period."""
    faults: list[Fault] = []
    rows, _ = Reading(table, None, Given(received=received), known.places, known.cards, faults).rows()
    by_line = {row["line"]: row for row in rows}
    told = dict(_by_line(table, faults))
    unsound = any(fault.code == WRONG_SUM for fault in faults)
    lines = []
    for line in table.lines:
        cells = {name: Cell(raw) for name, raw in line.cells.items()}
        cells["measure"] = Cell(" ".join(line.cells.get(name, "") for name in ("indicator", "place", "period")))
        row = by_line.get(line.number)
        doubts = (("numerator", "同表的合计与各行相加不等，不知错在哪一行"),) if unsound and row else ()
        figure = Figure(_means(row), said_of(row) if row else {}, tuple(told.get(line.number, ())), doubts)
        lines.append(Line(line.number, cells, total=line.total, figure=figure))
    at = {name: letters(column) for name, column in table.columns.items()}
    at["measure"] = at.get("indicator") or at["place"]
    ignored = tuple(one for one in table.ignored if plain(one) not in OWN)
    return Returned(
        table.sheet.file, table.sheet.name, tuple(lines), at, head.stated, head.period, head.mark, ignored
    )  # fmt: skip


def _means(row: Mapping[str, Any] | None) -> str:
    if not row or not row["indicator"] or not row["place"] or row["first"] is None:
        return ""
    return figure_id(row["indicator"], row["place"], str(Period(row["first"], row["last"])))


def _by_line(table: OfficeTable, faults: list[Fault]) -> Iterator[tuple[int, list[tuple[str, Fault]]]]:
    """Faults by the line and column they stand in."""
    places = {
        table.where(line.number, name): (line.number, name)
        for line in table.lines
        for name in ("note", "received", "unit", "index_kind", "period", "place", "indicator", *AMOUNTS)
    }
    found: dict[int, list[tuple[str, Fault]]] = {}
    for fault in faults:
        number, name = places.get(fault.where, (0, ""))
        if not number and table.lines:
            number, name = table.lines[0].number, "indicator"
        found.setdefault(number, []).append((name, fault))
    yield from found.items()


def of_form(ws: Workspace, rows: Mapping[str, Mapping[str, str]], received: date) -> dict[str, Line]:
    """Figures filled in on a page, by id, read by the same rules as a returned table."""
    heads = ("indicator", "place", "period", *AMOUNTS, "index_kind", "proof", "note")
    lines = []
    for number, (name, row) in enumerate(rows.items(), 2):
        indicator, place, period = figure_parts(name)
        first = {"indicator": ws.cards.card(indicator).name, "place": place, "period": worded(Period.of(period))}
        lines.append(TableLine(number, {head: {**row, **first}.get(head, "") for head in heads}))
    sheet = Sheet("网页填报", "", "CSV", "", ("", ","))
    table = OfficeTable(sheet, {head: at for at, head in enumerate(heads)}, dict(enumerate(heads)), (), tuple(lines))
    read = returned(table, Head("", "", None), Known({}, places_of(ws), ws.cards), received)
    return dict(zip(rows, read.lines, strict=True))
