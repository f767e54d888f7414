"""How wide the columns of a table are, the same in Word and in PDF."""

from __future__ import annotations

from guatu.report.paper import Grid, plain

NARROW = 40.0  # [mm]; a column of sentences is never more than three times as wide as one of this width


def widths(grid: Grid) -> list[float]:
    """Widths of the columns [mm]: short ones as wide as their words, long ones share what is left."""
    whole = 225.0 if grid.wide else 156.0
    natural = [
        max(_wide(head) for head in [grid.heads[at][:4], *(plain(row[at]) for row in grid.rows)])
        for at in range(len(grid.heads))
    ]
    short = [one <= whole / len(natural) for one in natural]
    left = whole - sum(one for one, small in zip(natural, short, strict=True) if small)
    long = sum(min(one, 3 * NARROW) for one, small in zip(natural, short, strict=True) if not small)
    if not long:
        return [one * whole / sum(natural) for one in natural]
    return [one if small else left * min(one, 3 * NARROW) / long for one, small in zip(natural, short, strict=True)]


def _wide(words: str) -> float:
    """How wide words stand in a cell on one line [mm], the cell's margins with them."""
    return sum(2.1 if char.isascii() else 3.75 for char in words) + 4.5
