"""A table in an address: words sought, the column sorted by, the page; the same rows on a page and in its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator

SIZES = (20, 50, 200)
USUAL = 50
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: its title, how the table is sorted by it (empty: not), what the address says to sort by it next."""

    title: str
    sorted: str
    turn: str
    num: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows of a table: its headings, the page of rows, how many there are after and before seeking."""

    heads: tuple[Head, ...]
    page: Page[Any]
    shown: int
    total: int
    q: str
    size: int
    sizes: tuple[int, ...] = SIZES


def cells_of(row: Any) -> Sequence[str]:
    """The cells of a row that is nothing else."""
    return tuple(str(cell) for cell in row)


def chosen(
    asked: Mapping[str, Any], rows: Sequence[Row], cells: Callable[[Row], Sequence[str]] = cells_of
) -> list[Row]:
    """The rows that hold every word sought (q), in the order asked for (sort: number of a column, with - from the end).

    Numbers sort as numbers, days as days, blanks and dashes last either way; rows that are alike keep their order.
    """
    words = str(asked.get("q", "")).lower().split()[:8]
    found = [row for row in rows if _holds(cells(row), words)] if words else list(rows)
    sort = str(asked.get("sort", ""))
    column = sort.removeprefix("-")
    width = len(cells(found[0])) if found else 0
    if not column.isdecimal() or not int(column) < width:
        return found
    at = int(column)
    said = [row for row in found if not _blank(cells(row)[at])]
    said.sort(key=lambda row: _key(cells(row)[at]), reverse=sort.startswith("-"))
    return [*said, *(row for row in found if _blank(cells(row)[at]))]


def laid(
    asked: Mapping[str, Any],
    titles: Sequence[str],
    rows: Sequence[Row],
    cells: Callable[[Row], Sequence[str]] = cells_of,
    numbers: Collection[int] = (),
) -> Table:
    """The page of a table that an address asks for; numbers: the columns that are set to the right."""
    found = chosen(asked, rows, cells)
    size = str(asked.get("size", ""))
    each = int(size) if size.isdecimal() and int(size) in SIZES else USUAL
    sort = str(asked.get("sort", ""))
    heads = tuple(
        Head(
            title,
            "ascending" if sort == f"{at}" else "descending" if sort == f"-{at}" else "",
            f"-{at}" if sort == f"{at}" else f"{at}",
            at in numbers,
        )
        for at, title in enumerate(titles)
    )
    page = Paginator(found, each).get_page(str(asked.get("page", "")))
    return Table(heads, page, len(found), len(rows), str(asked.get("q", "")).strip(), each)


def _holds(cells: Sequence[str], words: Sequence[str]) -> bool:
    text = " ".join(cells).lower()
    return all(word in text for word in words)


def _blank(cell: str) -> bool:
    return cell.strip() in ("", "—")


def _key(cell: str) -> tuple[int, Decimal, str]:
    found = None if _DAY.match(cell) else _NUMBER.match(cell)
    number = Decimal(found[0].replace(",", "").replace("−", "-")) if found else Decimal(0)
    return (0 if found else 1, number, cell)
