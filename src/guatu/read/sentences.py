"""Sentences and clauses, cut at the marks that stand outside brackets and quotations."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 400  # [character] of a clause; what runs on longer without a mark is no sentence of a notice


def sentences(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Ranges between 。；！？ and line ends that stand outside brackets and marks."""
    yield from cuts(text, first, last, "。；！？\n")


def cuts(text: str, first: int, last: int, marks: str) -> Iterator[tuple[int, int]]:
    """Ranges of [first, last) between the given marks that stand outside brackets and quotations."""
    depth, start = 0, first
    for place in range(first, last):
        char = text[place]
        depth = max(0, depth + (char in "（《“") - (char in "）》”"))
        if char == "\n":
            depth = 0
        if char in marks and depth == 0:
            if place > start:
                yield start, place
            start = place + 1
    if last > start:
        yield start, last
