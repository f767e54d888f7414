"""An office's own ledger in and out: its rows read with all faults by cell, the same columns given back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guatu.act.deadlines import read_due
from guatu.act.headings import Layout, Rows, layout_faults, words
from guatu.act.ledger import Field, Ledger
from guatu.act.measure_rows import cell_of, cell_read, measures_of
from guatu.act.problem import Problem
from guatu.act.values import wrong_with
from guatu.errors import ActError, Fault

DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$")
TOTALS = ("合计", "总计", "小计")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the office wrote it: its line, its cells, its fields and state.

    private: what is confidential, never among the fields; its cells are emptied in cells.
    """

    line: int
    cells: tuple[Any, ...]
    fields: Mapping[str, Any]
    state: str = ""
    number: str = ""
    private: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet: its layout, every line as it stood, and its items; lines that are no item are kept too."""

    layout: Layout
    lines: tuple[tuple[Any, ...], ...]
    rows: tuple[Row, ...]


def read(rows: Rows, layout: Layout, ledger: Ledger, year: int, progress: Progress | None = None) -> Sheet:
    """Read a sheet whole or not at all; year [calendar year] stands where a time limit names none.

    progress is called with lines done and lines in all. Raises ActError with every fault of every cell: G-ACT-71 the
    layout, G-ACT-72 a cell that does not fit its field, G-ACT-73 a required cell empty.
    """
    faults = layout_faults(layout, ledger)
    if faults:
        raise ActError("the layout has faults", faults)
    found, lines, last = [], [], [None] * len(layout.columns)
    total = len(rows)
    for at, given in enumerate(rows):
        cells = tuple(given)
        if at < layout.head or not _is_item(cells, layout):
            lines.append(cells)
            continue
        row, cells = _row(at + 1, cells, layout, ledger, year, last, faults)
        lines.append(cells)
        found.append(row)
        if progress and at % 1000 == 0:
            progress(at, total)
    if progress:
        progress(total, total)
    if faults:
        raise ActError(f"{len(faults)} faults in the sheet", faults)
    return Sheet(layout, tuple(lines), tuple(found))


def write(
    sheet: Sheet, ledger: Ledger, problems: Mapping[int, Problem], more: Iterable[Problem] = ()
) -> list[list[Any]]:
    """The same lines and columns again; problems: by line of the sheet; more: those entered since, put at the end.

    A cell whose field did not change is given back as it stood, so that what goes out can come in again without loss.
    """
    lines = [list(line) for line in sheet.lines]
    for row in sheet.rows:
        problem = problems.get(row.line)
        if problem is None:
            continue
        line = lines[row.line - 1]
        line += [None] * (len(sheet.layout.columns) - len(line))
        for at, column in enumerate(sheet.layout.columns):
            if _changed(column.field, row, problem, ledger):
                line[at] = _shown(column.field, problem, ledger)
    for problem in more:
        lines.append([_shown(column.field, problem, ledger) for column in sheet.layout.columns])
    return lines


def cell_name(line: int, column: int) -> str:
    """The name of a cell, line from 1 and column from 0: B7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line}"


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without .0, dates as 2021-06-30, line breaks kept, blanks at the ends not."""
    if type(cell) is str:  # nearly all of them
        return cell.strip()
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float():
            number = Decimal(repr(cell))
            return f"{number.normalize():f}" if number.is_finite() else ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def _is_item(cells: Sequence[Any], layout: Layout) -> bool:
    said = [text_of(cell) for cell in cells]
    if not any(said):
        return False
    first = re.sub(r"\s+", "", next(one for one in said if one))
    mapped = [said[at] for at, column in enumerate(layout.columns) if column.field and at < len(said)]
    return not first.startswith(TOTALS) and any(mapped)


def _row(
    line: int,
    cells: tuple[Any, ...],
    layout: Layout,
    ledger: Ledger,
    year: int,
    last: list[Any],
    faults: list[Fault],
) -> tuple[Row, tuple[Any, ...]]:
    fields: dict[str, Any] = dict(layout.same)
    private: dict[str, str] = {}
    state = number = ""
    kept = list(cells) + [None] * (len(layout.columns) - len(cells))
    for at, column in enumerate(layout.columns):
        name = column.field
        if not name:
            continue
        cell = kept[at]
        if column.fill:
            cell = last[at] = last[at] if text_of(cell) == "" else cell
        text = text_of(cell)
        if name in ledger.fields and ledger.fields[name].kind == "private":
            kept[at] = None
            if text:
                private[name] = f"{private[name]}；{text}" if name in private else text
        elif not text or name == "sequence":
            continue
        elif name == "number":
            number = text
        elif name in ("closed", "state"):
            state = _state(text, ledger) or state
            if not _state(text, ledger):
                faults.append(
                    _cell_fault(line, at, column.heading, f"“{text}”看不出是否销号、到了哪一步", "写 是、否 或状态名")
                )
        elif wrong := _put(ledger.fields[name], text, cell, year, fields):
            faults.append(_cell_fault(line, at, column.heading, wrong, "改正这一格"))
    for at, column in enumerate(layout.columns):
        one = ledger.fields.get(column.field)
        if one and (one.required or one.id == "text") and one.id not in fields:
            name = cell_name(line, at)
            if not any(fault.where.endswith(f"{name}（{column.heading}）") for fault in faults[-len(layout.columns) :]):
                faults.append(Fault("G-ACT-73", f"单元格 {name}（{column.heading}）", "是空的", "登记时必须有", "补填"))
    shown = tuple(kept[: len(cells)]) if len(kept) >= len(cells) else tuple(kept)
    return Row(line, shown, fields, state, number, private), shown


def _put(one: Field, text: str, cell: Any, year: int, fields: dict[str, Any]) -> str:
    """Put a cell into its field; returns what is wrong with it, if anything."""
    if one.id == "deadline_text":
        try:
            due = read_due(text, year)
        except ActError as error:
            return f"“{text}”{error.faults[0].what}"
        fields |= {"deadline_text": text, "deadline_kind": due.kind}
        if due.day:
            fields["deadline"] = due.day.isoformat()
        return ""
    value = _value(one, text, cell)
    wrong = wrong_with(one, value)
    if not wrong and value:
        fields[one.id] = value
    return wrong


def _value(one: Field, text: str, cell: Any) -> Any:
    match one.kind:
        case "list" | "choices":
            return [part.strip() for part in re.split(r"[、；;\n]+", text) if part.strip()]
        case "measures":
            return cell_read(text)
        case "yesno":
            answers = words()["answers"]
            return "是" if text in answers["yes"] else "否" if text in answers["no"] else text
        case "number" | "whole":
            return text.translate(DIGITS).replace(",", "")
        case "date":
            match = DAY.match(text.translate(DIGITS))
            if match is None or isinstance(cell, int | float):
                return text
            year, month, day = (int(part) for part in match.groups())
            return f"{year:04d}-{month:02d}-{day:02d}"
        case _:
            return text


def _state(text: str, ledger: Ledger) -> str:
    """The state a word of 是否销号 or 状态 means in this ledger; empty when it means none."""
    if text in ledger.states:
        return text
    answers = words()["answers"]
    if text in answers["yes"]:
        return str(answers["closed"])
    if text in answers["no"]:
        open_state = next((move.target for move in ledger.moves.values() if move.id in ("start", "approve_plan")), "")
        return open_state or ledger.initial
    return ""


def _changed(name: str, row: Row, problem: Problem, ledger: Ledger) -> bool:
    match name:
        case "" | "sequence":
            return False
        case "number":
            return row.number != problem.number
        case "closed":
            was = ledger.states.get(row.state)
            return (was is not None and was.closed) != ledger.states[problem.state].closed
        case "state":
            return row.state != problem.state
        case "deadline_text":
            return bool(row.fields.get("deadline") != problem.fields.get("deadline"))
        case _:
            return bool(row.fields.get(name) != problem.fields.get(name))


def _shown(name: str, problem: Problem, ledger: Ledger) -> Any:
    """A field as a cell; what is confidential is never shown."""
    if name in ledger.fields and ledger.fields[name].kind == "private":
        return None
    match name:
        case "" | "sequence":
            return None
        case "number":
            return problem.number
        case "state":
            return problem.state
        case "closed":
            return "是" if ledger.states[problem.state].closed else "否"
        case "deadline_text":
            day = problem.date_of("deadline")
            return f"{day.year}年{day.month}月{day.day}日" if day else problem.fields.get("deadline_text")
        case _:
            return shown(problem.fields.get(name), ledger.fields[name].kind)


def shown(value: Any, kind: str) -> Any:
    """A field as one cell holds it: measures a line each, other parts joined."""
    if kind == "measures":
        return cell_of(measures_of(value)) or None
    return "、".join(value) if isinstance(value, list) else value


def _cell_fault(line: int, at: int, heading: str, what: str, remedy: str) -> Fault:
    return Fault("G-ACT-72", f"单元格 {cell_name(line, at)}（{heading}）", what, "整张表都没有存", remedy)
