"""Collection 收表: what is asked of whom, what a returned sheet says, and the words both are known by."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from guatu.errors import Fault

CONTENT = ("state", "count", "text", "next", "proof", "done_on", "trouble")
"""The columns a unit fills in; all others come from the breakdown and are only read to know the row."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a unit's sheet: the measure, the unit's part in it, and what it said last."""

    measure: str
    text: str
    task: str
    part: str
    node: date | None = None
    node_text: str = ""
    quantity: str = ""
    unit: str = ""
    done: str = "standing"
    last: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as written, and as the number or day it is, if it is one."""

    raw: str
    number: Decimal | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a row of figures was read as: the figure it means by its own words, its content, faults and doubts.

    means: the id of what was asked (see figure_id), empty where its words do not say; said: empty where no number was
    filled in; faults and doubts: by column.
    """

    means: str
    said: Mapping[str, str]
    faults: tuple[tuple[str, Fault], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a returned table; spanned: columns whose cell is merged over several rows; figure: in a table of
    figures, what the row was read as."""

    number: int
    cells: Mapping[str, Cell]
    spanned: frozenset[str] = frozenset()
    total: bool = False
    figure: Figure | None = None

    def raw(self, name: str) -> str:
        """The text of a column, empty where the table has none."""
        cell = self.cells.get(name)
        return cell.raw.strip() if cell else ""


@dataclass(frozen=True, slots=True)
class Returned:
    """One table found in a returned file.

    stated: the unit its head names; said_period: the period its head names (2021-09, empty: none); mark: sender and
    period of the hidden sheet, where it survives; letters: column name → letters of its place in the sheet.
    """

    file: str
    sheet: str
    lines: tuple[Line, ...]
    letters: Mapping[str, str]
    stated: str = ""
    said_period: str = ""
    mark: tuple[str, str] | None = None
    ignored: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """How a person tells it from the others."""
        return f"{self.file}／{self.sheet}" if self.sheet else self.file

    def where(self, line: int, name: str = "") -> str:
        """How a person finds a cell."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return (
            f"{self.file} {sheet}{self.letters[name]}{line}"
            if name in self.letters
            else f"{self.file} {sheet}第 {line} 行"
        )


@cache
def _document() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        files("guatu.act").joinpath("collection.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def _columns() -> dict[str, str]:
    return {normal(word): name for name, words in _document()["columns"].items() for word in words}


@cache
def _words() -> dict[str, str]:
    return {normal(word): name for name, words in _document()["words"].items() for word in words}


def column_of(heading: str) -> str:
    """The column a heading means, empty where it means none; remarks in brackets do not matter."""
    found = _columns().get(normal(heading))
    return found or _columns().get(normal(re.sub(r"[（(].*?[）)]", "", heading)), "")


def headings() -> dict[str, str]:
    """The heading of every column as guatu writes it."""
    return {name: words[0] for name, words in _document()["columns"].items()}


def state_word(text: str) -> str:
    """The state a unit means by its words; empty where they are none of the known ones."""
    return _words().get(normal(text), "")


def normal(text: str) -> str:
    """A text without blanks and punctuation, with half-width letters and digits: what two writings share."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


FIGURE = "数"
"""The first letter of the id of a figure asked for; ids of measures are those of the breakdown."""


def figure_id(indicator: str, place: str, period: str) -> str:
    """The id under which a figure is asked for and stored: indicator, place and period (2021Q3)."""
    return f"{FIGURE}:{indicator}@{place}@{period}"


def is_figure(name: str) -> bool:
    """Whether an id is that of a figure."""
    return name.startswith(f"{FIGURE}:")


def figure_parts(name: str) -> tuple[str, str, str]:
    """Indicator, place and period of a figure's id."""
    indicator, place, period = name.removeprefix(f"{FIGURE}:").split("@")
    return indicator, place, period


def row_key(sender: str, period: str, measure: str) -> str:
    """The hidden key of a row: says by itself whose row it is, so it survives sorting and copying into another file."""
    digest = hashlib.sha256(f"{sender}\n{period}\n{measure}".encode()).hexdigest()
    return f"{measure}~{digest[:10]}"
