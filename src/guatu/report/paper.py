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
    unit; address: what ``guatu explain`` opens, empty for a number derived or counted; of: keys it is derived from;
    note: the other witness, where official and computed differ, or why there is no number; rows: what it was counted
    from, each by kind and name (``measure/M001``, ``problem/SJ-1``, ``body/市水利局``).
    """

    key: str
    text: str
    address: str = ""
    of: tuple[str, ...] = ()
    note: str = ""
    rows: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars of a chart; None: there is no figure."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers that stand in the paper too. kind: ``bars`` one below the other, ``lines`` over time.

    unit: of the figures, as printed; limit: a value drawn across all, with its name.
    """

    caption: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limit: tuple[str, str] | None = None


Block = Heading | Para | Grid | Chart


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows the signature, under a name of its own."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One issue of a bulletin.

    kind: its name in ``guatu report --list``; as_of: the day as whose knowledge it was made; made_of: what it was
    made of (data version, plan, rules, template), by name; sign: who signs; demo: whether everything is generated.
    form: ``bulletin``, or ``document`` 文件格式 or ``letter`` 信函格式 of GB/T 9704; head, number: 发文机关标志, 文号;
    subject: what a paper is about that is not of the whole city: a body, the cause of a letter.
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
    annexes: tuple[Annex, ...] = ()
    form: str = "bulletin"
    head: str = ""
    number: str = ""
    copy_to: tuple[str, ...] = ()
    contact: str = ""
    subject: str = ""

    def runs(self) -> Iterator[tuple[str, Runs]]:
        """Every stretch of text in order, with a word for where it stands."""
        yield from runs_of(self.blocks)
        for annex in self.annexes:
            yield annex.name, (annex.name,)
            yield from runs_of(annex.blocks)

    def grids(self) -> Iterator[Grid]:
        """Every table, those of the annexes last."""
        for block in (*self.blocks, *(one for annex in self.annexes for one in annex.blocks)):
            if isinstance(block, Grid):
                yield block

    def numbers(self) -> dict[str, Number]:
        """Every number by its key; a number printed twice stands once."""
        return {run.key: run for _, runs in self.runs() for run in runs if isinstance(run, Number)}

    @property
    def text(self) -> str:
        """The running text, a line a paragraph or cell."""
        return "\n".join(plain(runs) for _, runs in self.runs())


def runs_of(blocks: Sequence[Block]) -> Iterator[tuple[str, Runs]]:
    """Every stretch of text of some blocks in order, with a word for where it stands."""
    section = ""
    for block in blocks:
        match block:
            case Heading():
                section = block.words
                yield section, (block.words,)
            case Para():
                yield section, block.runs
            case Chart():
                yield block.caption, (block.caption,)
            case Grid():
                yield block.caption, (block.caption,)
                yield block.caption, tuple(block.heads)
                for row in block.rows:
                    for cell in row:
                        yield block.caption, cell
                for note in block.notes:
                    yield block.caption, (note,)


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
