"""Targets of a table of indicators that came out one cell a line: 指标, 2020年, 2025年, 属性."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from guatu.read import labels
from guatu.read.figures import UNITS
from guatu.read.layout import Page
from guatu.read.outline import Outline, Range
from guatu.read.pledge import Pledge
from guatu.read.scope import split_scope

_NAME = re.compile(r"(?:主要|考核|具体|约束性)?指标(?:名称)?$|目标名称$")
_VALUE = re.compile(r"(?P<year>20\d\d)年?(?P<what>（[^（）]*）|[\u4e00-\u9fff]{0,6})$|(?:目标|规划|指标|考核)值$")
_TOTAL = re.compile(r"[〔（]?(?:五年)?累计[〕）]?\d?$")
_OTHER = re.compile(
    r"序号$|编号$|(?:计量)?单位$|(?:指标)?(?:属性|类型|类别|性质)$|备注$|责任(?:单位|部门)$|牵头(?:单位|部门)$"
)
_PAST = re.compile(r"现状|实际|基准|基期|完成|现有")
_CELL = re.compile(
    r"〔?(?P<sign>[≥≤<>＜＞＝=])?(?P<n>\d+(?:\.\d+)?)(?P<pct>%)?〕?(?P<suffix>(?:及)?以上|以内|之内|(?:及)?以下|左右)?$"
    r"|(?P<none>[—/-]+)$"
)
_UNIT = re.compile(r"（(?P<unit>[^（）]{1,10})）$")
_SIGNS = {"≥": ">=", "≤": "<=", "<": "<=", "＜": "<=", ">": ">", "＞": ">"}


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a table: its last line, and for each column of values the year it is for (0: none told).

    total: whether a last column tells what the years bring together; it counts where the year's own cell is empty.
    """

    last: int
    years: tuple[int, ...]
    past: tuple[bool, ...]
    total: bool = False


def pledges_of_tables(page: Page, outline: Outline) -> Iterator[tuple[str, Pledge]]:
    """Each value that a table sets for a later year, with the path of the heading above the table."""
    ranges = page.paragraphs
    lines = [page.text[first:last] for first, last in ranges]
    index = 0
    while index < len(lines):
        head = _head(lines, index)
        if head is None:
            index += 1
            continue
        path = _path_at(outline, ranges[index][0])
        index = head.last
        while (row := _row(lines, index, len(head.years), head.total)) is not None:
            name, cells = row
            told = False
            for cell, year, past in zip(cells, head.years, head.past, strict=False):
                if not past and (pledge := _pledge(lines, ranges, name, cell, year)):
                    told = True
                    yield path, pledge
            summed = cells[-1] if not told and len(cells) > len(head.years) else None
            if summed is not None and (pledge := _pledge(lines, ranges, name, summed, max(head.years))):
                yield path, replace(pledge, change=True, falls="降" in lines[name] or "减" in lines[name])
            index = cells[-1] + 1


def _head(lines: list[str], first: int) -> _Head | None:
    """The head that begins on a line: one column of indicators and at least one of values, among known headings."""
    names = 0
    values: list[re.Match[str]] = []
    total = False
    index = first
    while index < len(lines) and len(lines[index]) <= 16:
        if _NAME.match(lines[index]):
            names += 1
        elif match := _VALUE.match(lines[index]):
            values.append(match)
        elif values and _TOTAL.match(lines[index]):
            total = True
        elif not _OTHER.match(lines[index]):
            break
        index += 1
    if names != 1 or not values:
        return None
    years = tuple(int(match["year"] or 0) for match in values)
    first_year = min(years) if len(years) > 1 else -1
    past = tuple(
        bool(_PAST.search(match["what"] or "")) or year == first_year for match, year in zip(values, years, strict=True)
    )
    return _Head(index, years, past, total)


def _row(lines: list[str], first: int, columns: int, total: bool) -> tuple[int, list[int]] | None:
    """The next row: the line of its name, and those of its values; None where the table is over.

    total: a further cell may follow, or may be empty.
    """
    name = -1
    cells: list[int] = []
    for index in range(first, min(first + columns + 6, len(lines))):
        line = lines[index]
        label = labels.of(line)
        if len(line) > 40 or (label is not None and label.length < len(line)):
            return None
        if name >= 0 and _CELL.match(line):
            cells.append(index)
            if len(cells) == columns + total:
                return name, cells
        elif len(cells) == columns:
            return name, cells
        elif cells:
            return None
        elif re.search(r"[\u4e00-\u9fff]{2}|PM", line) and not re.fullmatch(r"(?:约束|预期)性", line):
            name = index if name < 0 or not _is_unit(line) else name
    return None


def _is_unit(line: str) -> bool:
    return line in UNITS or line in ("微克/立方米", "万吨", "亿立方米", "万亩", "天", "家", "个")


def _pledge(lines: list[str], ranges: list[Range], name: int, cell: int, year: int) -> Pledge | None:
    match = _CELL.match(lines[cell])
    if match is None or match["none"]:
        return None
    words = lines[name]
    told = _UNIT.search(words)
    unit = told["unit"] if told else next((line for line in lines[name + 1 : cell] if _is_unit(line)), "")
    unit = "%" if match["pct"] else unit
    scoped = split_scope(words[: told.start()] if told else words)
    suffix = match["suffix"] or ""
    op = "~" if suffix == "左右" else "<=" if suffix.endswith(("内", "下")) else ">="
    return Pledge(
        ranges[name][0],
        ranges[cell][1],
        scoped.rest,
        scoped.scope,
        False,
        _SIGNS.get(match["sign"] or "", op),
        Decimal(match["n"]),
        UNITS.get(unit, unit) or None,
        bare=not match["sign"] and not suffix,
        value_at=ranges[cell],
        deadline=str(year) if year else "",
    )


def _path_at(outline: Outline, place: int) -> str:
    path = ""
    for node in outline.nodes():
        if node.start > place:
            break
        path = node.path
    return path
