"""How wide the columns of a table are, the same in Word and in PDF."""

from __future__ import annotations

import re

from guatu.report.paper import Grid, plain

WIDE, UPRIGHT = 225.0, 156.0  # [mm] the type area of a page on its side and upright
SHORT = 18.0  # [mm] a cell as short as this stands on one line
LEAST = 30.0  # [mm] what a column of sentences keeps when others press
_WORD = re.compile(r"\d{4}-\d\d-\d\d|[\x21-\x2c\x2e-\x7e]+-?|-|[^\x00-\x7f]")


def widths(grid: Grid) -> list[float]:
    """Widths of the columns [mm]: each as wide as its words as far as they go, the longest ones give way first.

    A heading may stand on two lines; a number or a Latin word is broken only after a hyphen, a date never.
    """
    whole = WIDE if grid.wide else UPRIGHT
    columns = range(len(grid.heads))
    bodies = [[plain(row[at]) for row in grid.rows] for at in columns]
    natural = [
        max([_across(grid.heads[at]) / (2 if len(grid.heads[at]) > 4 else 1), *map(_across, bodies[at])]) + 4.5
        for at in columns
    ]
    least = [
        max(
            [
                _across(grid.heads[at][:3]),
                *(_longest(words) for words in (*_WORD.findall(grid.heads[at]), *bodies[at])),
                LEAST - 4.5 if natural[at] > 2 * LEAST else 0.0,
            ]
        )
        + 4.5
        for at in columns
    ]
    natural = [max(pair) for pair in zip(natural, least, strict=True)]
    if sum(natural) <= whole:
        return [one * whole / sum(natural) for one in natural]
    cap = _cap(natural, whole)
    given = [max(min(one, cap), small) for one, small in zip(natural, least, strict=True)]
    free = [one - small for one, small in zip(given, least, strict=True)]
    over = sum(given) - whole
    if over <= 0 or sum(free) < over:
        return [one * whole / sum(given) for one in given]
    return [one - over * part / sum(free) for one, part in zip(given, free, strict=True)]


def _cap(natural: list[float], whole: float) -> float:
    """The width above which columns are cut so that all together fill the page."""
    left, open_ones = whole, sorted(natural)
    while open_ones and open_ones[0] * len(open_ones) <= left:
        left -= open_ones.pop(0)
    return left / len(open_ones) if open_ones else whole


def _across(words: str) -> float:
    """How wide words stand on one line of 五号 [mm]."""
    return sum(2.4 if char.isascii() else 3.72 for char in words)


def _longest(words: str) -> float:
    """How wide the longest stretch is that must not be broken [mm]."""
    whole = _across(words)
    if whole <= SHORT:
        return whole
    return max((_across(one) for one in _WORD.findall(words[:200])), default=0.0)
