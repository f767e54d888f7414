"""Columns of a year that is known by months or quarters: this year's beside last year's, and the target across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from guatu.office.drawing.line import STEPS, Mark

WIDTH, HEIGHT = 900, 200
WIDEST = 56
LEFT = 60  # for the name of the target line


@dataclass(frozen=True, slots=True)
class Column:
    """One stretch: the places of its two columns (height 0 where nothing is known), its words and figures."""

    x: float
    y: float
    height: float
    before_x: float
    before_y: float
    before_height: float
    middle: float
    label: str
    figure: str
    last_year: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The drawing: columns, the target line, the rungs, the width of a column; the scale may begin above nought."""

    columns: tuple[Column, ...]
    goal: Mark | None
    rungs: tuple[Mark, ...]
    bar: float
    from_nought: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def half(self) -> float:
        """Half a column, where its figure stands."""
        return round(self.bar / 2, 1)


def columns(stretches: Sequence[Mapping[str, Any]], firm: str) -> Columns | None:
    """Draw the stretches in their order; None without two figures, which need no drawing."""
    known = [Decimal(one[key]) for one in stretches for key in ("figure", "last_year") if one[key]]
    if len(known) < 2:
        return None
    shown = [*known, *([Decimal(firm)] if firm else [])]
    spread = max(shown) - min(shown)
    from_nought = min(shown) >= 0 and min(shown) <= spread * 2
    least = Decimal(0) if from_nought else min(shown) - (spread or Decimal(1))
    step = next((s for s in STEPS if (max(shown) - least) / s <= 5), STEPS[-1])
    low, high = floor(least / step) * step, ceil(max(shown) / step) * step
    high += step * (high == low)

    def y(number: Decimal) -> float:
        return round(float((high - number) / (high - low)) * HEIGHT, 1)

    room = (WIDTH - LEFT) / len(stretches)
    bar = round(min(WIDEST, room * 0.36), 1)
    drawn = []
    for at, one in enumerate(stretches):
        middle = round(LEFT + room * (at + 0.5), 1)
        tops = [y(Decimal(one[key])) if one[key] else float(HEIGHT) for key in ("figure", "last_year")]
        drawn.append(
            Column(
                round(middle - (0 if one["last_year"] else bar / 2), 1), tops[0], round(HEIGHT - tops[0], 1),
                round(middle - bar, 1), tops[1], round(HEIGHT - tops[1], 1),
                middle, one["words"].partition("年")[2] or "至今", one["figure"], one["last_year"],
            )
        )  # fmt: skip
    rungs = tuple(
        Mark(y(low + step * n), f"{(low + step * n).normalize():f}") for n in range(int((high - low) / step) + 1)
    )
    return Columns(tuple(drawn), Mark(y(Decimal(firm)), firm) if firm else None, rungs, bar, from_nought)
