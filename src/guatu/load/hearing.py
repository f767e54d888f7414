"""What a person hears of a file while it is read, and says of it: which heading means what, and how far it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, overload

LEFT_OUT = "不收"  # said of a column that is not to be taken in
FIRST_ROWS = 8
EACH = 500  # rows between two words of how far it is
_UNIT = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]\s*$")
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Heard:
    """One table as it was understood: its sheet, the line of its headings, and by place each heading with its meaning.

    names: what each heading was taken as, empty where it was passed over; rows: the first rows as they stand, each
    with its line; count: how many rows there are.
    """

    sheet: str
    line: int
    headings: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    count: int


@dataclass(slots=True)
class Hearing:
    """An ear at the reading: renamed in, tables and steps out.

    renamed: what a person says a heading means, by its text or by its place (see place_of); tell: called with a step
    in words, how far and of how much.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    tell: Tell | None = None
    heard: list[Heard] = field(default_factory=list)


_now: ContextVar[Hearing | None] = ContextVar("hearing", default=None)


@contextmanager
def listening(hearing: Hearing) -> Iterator[Hearing]:
    """Within, whatever is read is heard."""
    token = _now.set(hearing)
    try:
        yield hearing
    finally:
        _now.reset(token)


def place_of(sheet: str, line: int, at: int) -> str:
    """The place of a heading, as a key of renamed."""
    return f"{sheet}!{line}!{at}"


def as_said(sheet: str, line: int, cells: list[str]) -> list[str]:
    """The cells of a line of headings with the words a person put in their place; a unit in brackets stays."""
    hearing = _now.get()
    if hearing is None or not hearing.renamed:
        return cells
    said = [hearing.renamed.get(place_of(sheet, line, at), hearing.renamed.get(cell)) for at, cell in enumerate(cells)]
    return [cell if word is None else _with_unit(word, cell) for word, cell in zip(said, cells, strict=True)]


def _with_unit(word: str, cell: str) -> str:
    unit = _UNIT.search(cell)
    return word + unit[0] if unit and word != LEFT_OUT and not _UNIT.search(word) else word


def hear(table: Heard) -> None:
    """A table was found."""
    hearing = _now.get()
    if hearing is not None:
        hearing.heard.append(table)


def step(words: str, done: int, total: int) -> None:
    """Say how far it is."""
    hearing = _now.get()
    if hearing is not None and hearing.tell is not None:
        hearing.tell(words, done, total)


class Counted(Sequence[Any]):
    """Rows that say how far it is while they are gone through."""

    def __init__(self, rows: Sequence[Any], words: str) -> None:
        self._rows, self._words = rows, words

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Any: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...

    def __getitem__(self, at: int | slice) -> Any:
        return self._rows[at]

    def __iter__(self) -> Iterator[Any]:
        total = len(self._rows)
        for done, row in enumerate(self._rows):
            if done % EACH == 0:
                step(self._words, done, total)
            yield row
