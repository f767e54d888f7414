"""A table as an office makes it: title lines, headings in one or two rows, merged cells, totals and signatures."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from guatu.base.panics import panics_told
from guatu.errors import Fault, LoadError
from guatu.load.hearing import FIRST_ROWS, Counted, Heard, hear
from guatu.load.table import Sheet, sheets_of
from guatu.load.words import plain

Meaning = Callable[[str], str]
"""What a heading means here, as a name of a column; empty where it means nothing."""
_FOOT = re.compile(r"(制表|填表|填报人|审核|签发|负责人|联系人|联系电话|备注[:：]|注[:：\d]|说明[:：])")
_TOTAL = ("合计", "总计", "小计", "平均", "平均值", "均值")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data: its number from 1 in the sheet and its cells by the meaning of their column."""

    number: int
    cells: dict[str, str]
    total: bool = False


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """One table found in a sheet.

    columns: meaning → place from 0; headings: place → heading as written (two rows joined by ／); above: the texts
    over the headings (title, 填报单位, 填报日期, 单位); lines: the rows of data, sums marked; ignored: headings that
    mean nothing here; first: the line of the headings; faults: two columns of one meaning.
    """

    sheet: Sheet
    columns: dict[str, int]
    headings: dict[int, str]
    above: tuple[str, ...]
    lines: Sequence[Line]
    ignored: tuple[str, ...] = ()
    first: int = 1
    faults: tuple[Fault, ...] = field(default=())

    def where(self, line: int, name: str) -> str:
        """How a person finds a cell: file, sheet and address such as C7, with the heading."""
        at = self.columns.get(name)
        sheet = f"工作表“{self.sheet.name}”" if self.sheet.name else ""
        if at is None:
            return f"{self.sheet.file} {sheet}第 {line} 行"
        return f"{self.sheet.file} {sheet}{letters(at)}{line}（{self.headings[at]}）"

    def address(self, line: int, name: str) -> str:
        """The address of a cell, C7; of the row where the table has no such column."""
        at = self.columns.get(name)
        return f"{letters(at)}{line}" if at is not None else f"{line}"


def letters(at: int) -> str:
    """The letters of a column from its place: 0 is A, 26 is AA."""
    return letters(at // 26 - 1) + chr(65 + at % 26) if at >= 26 else chr(65 + at)


def tables_of(
    path: Path,
    meaning: Meaning,
    needed: Sequence[Collection[str]],
    code: str,
    what: str,
    remedy: str = "在表头写明各列名称",
) -> list[OfficeTable]:
    """The tables of a file whose headings mean something; sheets without such a table are passed over.

    needed: sets of column names, of each of which a table has at least one. Raises LoadError: G-LOAD-01 to 05
    unreadable, and the code given when no sheet has such a table, saying what was looked for and what to do (remedy).
    """
    sheets = sheets_of(path)
    merged = _merged(path) if sheets[0].form == "Excel" else {}
    found = [table for sheet in sheets if (table := _table(sheet, merged.get(sheet.name, []), meaning, needed))]
    if not found:
        head = sheets[0].head
        _hear_best(sheets[0], meaning)
        seen = "、".join(cell[:12] for _, cells in head[:3] for cell in cells if cell)[:60]
        raise LoadError.of(
            f"{path.name}: no table of {what}",
            code,
            path.name,
            f"没有找到{what}的表头（读到的是：{seen or '没有字'}）",
            "不知哪一列是什么",
            remedy,
        )
    return found


def _hear_best(sheet: Sheet, meaning: Meaning) -> None:
    """Where no row of headings was found, a person is shown the row that came nearest, to say what it means."""
    if not sheet.head:
        return
    number, cells = max(
        sheet.head, key=lambda head: (sum(bool(meaning(cell)) for cell in head[1]), sum(map(bool, head[1])))
    )
    headings = _headings(cells, None)
    columns: dict[str, int] = {}
    for place, heading in headings.items():
        if name := _meant(heading, meaning):
            columns.setdefault(name, place)
    if headings:
        hear(_heard(sheet, number, headings, columns, number, max(0, sheet.size - number)))


Range = tuple[tuple[int, int], tuple[int, int]]


def _merged(path: Path) -> dict[str, list[Range]]:
    """Merged ranges of each sheet as (row, column) from 0 of the first and the last cell."""
    try:
        with panics_told():
            book = CalamineWorkbook.from_path(path)
            return {name: list(book.get_sheet_by_name(name).merged_cell_ranges or []) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError):
        return {}


def _table(
    sheet: Sheet, merged: list[Range], meaning: Meaning, needed: Sequence[Collection[str]]
) -> OfficeTable | None:
    head = sheet.head
    best: tuple[int, int, int, dict[int, str]] | None = None
    for at, (number, cells) in enumerate(head):
        single = _headings(cells, None)
        options = [(number, single)]
        if at + 1 < len(head) and _goes_on(cells, head[at + 1], number, merged):
            both = (head[at + 1][0], _headings(_filled(cells, number, merged), head[at + 1][1]))
            options.insert(0 if _spanning(number, merged) else 1, both)
        for last, headings in options:
            names = {name for heading in headings.values() if (name := _meant(heading, meaning))}
            if all(set(group) & names for group in needed) and (best is None or _better(len(names), at, best)):
                best = (len(names), at, last, headings)
    if best is None or best[0] < _FEWEST:
        return None
    _, at, last, headings = best
    heading_line = last
    columns: dict[str, int] = {}
    faults = []
    for place, heading in headings.items():
        name = _meant(heading, meaning)
        if name in columns:
            other = headings[columns[name]]
            where = f"{sheet.where(last)}{letters(place)} 列"
            faults.append(
                Fault("G-LOAD-07", where, f"“{heading}”和“{other}”意思相同", "不知取哪一列", "只留一列，或改一个名字")
            )
        elif name:
            columns[name] = place
    if at + 1 < len(head) and last == head[at][0] and _only_units(head[at + 1][1], headings):
        last, units = head[at + 1]
        headings = {
            place: f"{h}（{units[place]}）" if place < len(units) and units[place] else h
            for place, h in headings.items()
        }
    above = tuple(cell for _, cells in head[:at] for cell in cells if cell)
    used = set(columns.values())
    lines = tuple(_lines(sheet, last, columns, merged))
    hear(_heard(sheet, heading_line, headings, columns, last, len(lines)))
    return OfficeTable(
        sheet, columns, headings, above, Counted(lines, "核对各行"),
        tuple(heading for place, heading in headings.items() if place not in used), head[at][0], tuple(faults),
    )  # fmt: skip


def _heard(sheet: Sheet, line: int, headings: dict[int, str], columns: dict[str, int], last: int, count: int) -> Heard:
    """What a person is shown of a table: its headings as written, what each was taken as, its first rows."""
    written = sheet.written(line)
    width = max(headings) + 1
    meant = {place: name for name, place in columns.items()}
    as_written = (
        written[at] if at < len(written) and written[at] and "／" not in headings.get(at, "") else headings.get(at, "")
        for at in range(width)
    )
    below = ((number, cells) for number, cells in sheet.lines() if number > last and any(cells))
    rows = tuple(
        (number, tuple([*cells, *[""] * (width - len(cells))][:width])) for number, cells in islice(below, FIRST_ROWS)
    )
    return Heard(sheet.name, line, tuple(as_written), tuple(meant.get(at, "") for at in range(width)), rows, count)


def _better(names: int, at: int, best: tuple[int, int, int, dict[int, str]]) -> bool:
    """More columns understood; or as many without the row above, which then is a title."""
    return names > best[0] or (names == best[0] and at == best[1] + 1)


def _headings(cells: list[str], below: list[str] | None) -> dict[int, str]:
    """The headings of one row, or of two: what stands above and below joined where they differ."""
    width = max(len(cells), len(below or []))
    top = [*cells, *[""] * (width - len(cells))]
    low = [*(below or []), *[""] * (width - len(below or []))]
    joined = ("／".join(dict.fromkeys(part for part in pair if part)) for pair in zip(top, low, strict=True))
    return {place: heading for place, heading in enumerate(joined) if heading}


def _meant(heading: str, meaning: Meaning) -> str:
    """The meaning of a heading; of two rows that of the whole, else of the lower one."""
    return meaning(heading.replace("／", "")) or meaning(heading.rpartition("／")[2])


def _goes_on(cells: list[str], after: tuple[int, list[str]], number: int, merged: list[Range]) -> bool:
    """Whether the next row still belongs to the headings: texts only, under a heading that spans or stands above."""
    line, below = after
    texts = [cell for cell in below if cell]
    if (
        line != number + 1
        or not texts
        or any(re.search(r"\d", plain(c)) and not re.search(r"[^\W\d_]", c) for c in texts)
    ):
        return False
    gaps = any(cell and not (cells[place] if place < len(cells) else "") for place, cell in enumerate(below))
    return gaps or _spanning(number, merged)


def _spanning(number: int, merged: list[Range]) -> bool:
    """Whether a cell of the row is merged over further columns or rows."""
    return any(first[0] == number - 1 and last != first for first, last in merged)


def _filled(cells: list[str], number: int, merged: list[Range]) -> list[str]:
    """A row of headings with merged headings repeated over their columns; without marks of merging, to the right."""
    spans = [(first[1], last[1]) for first, last in merged if first[0] == number - 1]
    filled = list(cells)
    for first, last in spans:
        filled += [""] * (last + 1 - len(filled))
        filled[first : last + 1] = [filled[first]] * (last + 1 - first)
    if spans:
        return filled
    return [cell or next((left for left in reversed(cells[:place]) if left), "") for place, cell in enumerate(cells)]


def _only_units(cells: list[str], headings: dict[int, str]) -> bool:
    """Whether a row holds nothing but units: mg/L, 无量纲, 万元, %."""
    texts = [cell for cell in cells if cell]
    unit = re.compile(
        r"[(（\[]?(mg/?L|µg/?L|μg/?L|ug/L|mg/m3|μg/m3|无量纲|%|％|℃|NTU|μS/cm|cells/L|个/L|吨|亩|个|万元|公里)[)）\]]?",
        re.IGNORECASE,
    )
    return bool(texts) and all(unit.fullmatch(cell) or cell in ("/", "—", "-") for cell in texts)


def _lines(sheet: Sheet, after: int, columns: dict[str, int], merged: list[Range]) -> Iterator[Line]:
    """The rows of data; a cell merged downwards says the same in each of its rows, nothing else is filled."""
    if sheet.form == "Parquet":
        frame, _ = sheet.columns(after, 0, columns)
        yield from (Line(int(row.pop("line")), row) for row in frame.iter_rows(named=True))
        return
    down = {
        (row, first[1]): first for first, last in merged if last[0] > first[0] for row in range(first[0], last[0] + 1)
    }
    said: dict[tuple[int, int], str] = {}
    first_column = min(columns.values())
    for number, cells in sheet.lines():
        if number <= after or not any(cells):
            continue
        lead = next((cell for cell in cells if cell), "")
        if _FOOT.match(plain(lead)) and sum(bool(cell) for cell in cells) <= max(_FEWEST, len(columns) // 2):
            continue
        row = {}
        for name, place in columns.items():
            cell = cells[place] if place < len(cells) else ""
            corner = down.get((number - 1, place))
            if corner is not None:
                said.setdefault(corner, cell)
                cell = cell or said[corner]
            row[name] = cell
        if not any(row.values()):
            continue
        words = {plain(cell) for cell in cells[: first_column + 3]}
        yield Line(number, row, bool(words & set(_TOTAL)))
