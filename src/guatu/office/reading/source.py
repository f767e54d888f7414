"""The left half: the source in numbered lines, every field highlighted and leading to its item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guatu.office.reading.items import Item
from guatu.office.reading.shelf import Reading
from guatu.read.side_by_side import pieces

LEGEND = (("", "已读出"), ("unsure", "有疑点"), ("now", "正在核"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one line: how they are highlighted, the item they lead to, and the anchor that stands here."""

    words: str
    css: str = ""
    item: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its number, page and score where the form has them, its stretches."""

    number: int
    stretches: tuple[Stretch, ...]
    page: int | None = None
    score: str = ""


def lines_of(reading: Reading, items: Mapping[str, Item], unsure: frozenset[str], now: str) -> tuple[Line, ...]:
    """Every line of the text; unsure: ids of items with open doubts, now: the item on the right."""
    marked = items[now].span if now in items else None
    lines: list[Line] = []
    open_line: list[Stretch] = []
    page: int | None = None
    score = ""
    anchored: set[str] = set()
    for piece in pieces(reading.plan, reading.text, reading.places):
        if piece.line is not None:
            page = piece.line.page
            score = "" if piece.line.score is None else f"{piece.line.score:.2f}"
        owner = _owner([mark[3] for mark in piece.marks if mark[2]], items, unsure)
        at = piece.first
        for order, part in enumerate(piece.words.split("\n")):
            if order:
                lines.append(Line(len(lines) + 1, tuple(open_line), page, score))
                open_line, at = [], at + 1
            if part:
                here = marked is not None and marked[0] <= at < marked[1]
                css = "now" if here else "unsure" if owner in unsure else "read" if owner else ""
                _add(open_line, Stretch(part, css, owner if part.strip() else ""), anchored)
                at += len(part)
    lines.append(Line(len(lines) + 1, tuple(open_line), page, score))
    return tuple(line for line in lines if line.stretches)


def _add(line: list[Stretch], new: Stretch, anchored: set[str]) -> None:
    """Put a stretch behind the others; one that leads where its neighbour leads is joined to it."""
    last = line[-1] if line else None
    if last and (last.css, last.item) == (new.css, new.item):
        line[-1] = replace(last, words=last.words + new.words)
    elif new.item and new.item not in anchored:
        anchored.add(new.item)
        line.append(replace(new, anchor=new.item))
    else:
        line.append(new)


def _owner(names: list[str], items: Mapping[str, Item], unsure: frozenset[str]) -> str:
    """The item a piece leads to: of several the one with an open doubt, else the first."""
    known = [_item_of(name, items) for name in names]
    found = [name for name in known if name]
    return next((name for name in found if name in unsure), found[0] if found else "")


def _item_of(name: str, items: Mapping[str, Item]) -> str:
    """The item of a mark's name: itself, its change where the paper amends, the head for its fields."""
    if name in items:
        return name
    return "doc" if name.startswith("h-") and "doc" in items else ""
