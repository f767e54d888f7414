"""A document before it has a form: headings, sentences and tables, in which every number keeps its way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.base.period import Period


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed.

    key: its name in the document, the same in every issue of the kind (``全市/pm25_mean``); text: as printed, with no
    unit; address: what ``guatu explain`` opens, empty for a number derived from others; of: keys it is derived from;
    note: the other witness, where official and computed differ, or why there is no number.
    """

    key: str
    text: str
    address: str = ""
    of: tuple[str, ...] = ()
    note: str = ""


Run = str | Number
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 to 4 as 一、（一）1.（1）, its number written out in the words."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of running text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption, headings, rows of cells and notes below."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    notes: tuple[str, ...] = ()
    wide: bool = False  # on pages of their own, landscape


Block = Heading | Para | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """One issue of a bulletin.

    kind: its name in ``guatu report --list``; as_of: the day as whose knowledge it was made; made_of: what it was
    made of (data version, plan, rules, template), by name; sign: who signs; demo: whether everything is generated.
    """

    kind: str
    title: str
    period: Period
    as_of: date
    city: str
    demo: bool
    blocks: tuple[Block, ...]
    made_of: tuple[tuple[str, str], ...]
    addressee: str = ""
    sign: str = ""
    dense: bool = False  # on as few pages as it goes, for a desk and not for the file

    def runs(self) -> Iterator[tuple[str, Runs]]:
        """Every stretch of text in order, with a word for where it stands."""
        section = ""
        for block in self.blocks:
            match block:
                case Heading():
                    section = block.words
                    yield section, (block.words,)
                case Para():
                    yield section, block.runs
                case Grid():
                    yield block.caption, (block.caption,)
                    yield block.caption, tuple(block.heads)
                    for row in block.rows:
                        for cell in row:
                            yield block.caption, cell
                    for note in block.notes:
                        yield block.caption, (note,)

    def numbers(self) -> dict[str, Number]:
        """Every number by its key; a number printed twice stands once."""
        return {run.key: run for _, runs in self.runs() for run in runs if isinstance(run, Number)}

    @property
    def text(self) -> str:
        """The running text, a line a paragraph or cell."""
        return "\n".join(plain(runs) for _, runs in self.runs())


def plain(runs: Runs) -> str:
    """The words of runs."""
    return "".join(run.text if isinstance(run, Number) else run for run in runs)


def sentence(*parts: Run | Sequence[Run]) -> Para:
    """A paragraph of words, numbers and lists of them."""
    return Para(flat(parts))


def flat(parts: Sequence[Run | Sequence[Run]]) -> Runs:
    """Runs of words, numbers and lists of them."""
    found: list[Run] = []
    for part in parts:
        if isinstance(part, str | Number):
            found.append(part)
        else:
            found.extend(part)
    return tuple(found)


def joined(parts: Sequence[Sequence[Run]], mark: str = "，") -> Runs:
    """Lists of runs with a mark between them."""
    found: list[Run] = []
    for at, part in enumerate(parts):
        found.extend(([mark] if at else []) + list(part))
    return tuple(found)
