"""Lines of a year as SVG points: series of (day, number-as-text) on a fixed box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick or a line: its position on the drawing, its label, and on which side the label stands."""

    at: float
    label: str
    above: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """What a template needs to draw one year's course."""

    width: int
    height: int
    points: str
    last: tuple[float, float] | None
    last_label: str
    last_free: bool  # whether a label fits right of the last point
    goals: tuple[Mark, ...]
    rungs: tuple[Mark, ...]
    months: tuple[Mark, ...]


STEPS = (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), *(Decimal(n) for n in (1, 2, 5, 10, 20, 50, 100)))


def year_line(
    days: Sequence[str],
    numbers: Sequence[str | None],
    goals: Sequence[str],
    box: tuple[int, int] = (600, 200),
    settle: int = 45,
) -> Line | None:
    """Draw a running figure over its calendar year with the target lines; None without a single number.

    The scale ignores the first ``settle`` days, when a running mean still jumps; the line begins where it has come
    to stay on the scale.
    """
    drawn = [(date.fromisoformat(day), Decimal(n)) for day, n in zip(days, numbers, strict=True) if n is not None]
    if not drawn:
        return None
    width, height = box
    year = drawn[-1][0].year
    span = (date(year, 12, 31) - date(year, 1, 1)).days
    settled = [n for day, n in drawn if (day - date(year, 1, 1)).days >= settle] or [n for _, n in drawn]
    shown = [*settled, *(Decimal(goal) for goal in goals)]
    step = next((s for s in STEPS if (max(shown) - min(shown)) / s <= 5), STEPS[-1])
    low, high = floor(min(shown) / step) * step, ceil(max(shown) / step) * step
    high += step * (high == low)

    def x(day: date) -> float:
        return round((day - date(year, 1, 1)).days / span * width, 1)

    def y(number: Decimal) -> float:
        return round(float((high - number) / (high - low)) * height, 1)

    outside = [n for n, (_, number) in enumerate(drawn) if not low <= number <= high]
    drawn = drawn[outside[-1] + 1 :] if outside else drawn
    rungs = [low + step * n for n in range(int((high - low) / step) + 1)]
    return Line(
        width=width,
        height=height,
        points=" ".join(f"{x(day)},{y(n)}" for day, n in drawn),
        last=(x(drawn[-1][0]), y(drawn[-1][1])),
        last_label=str(drawn[-1][1]),
        last_free=x(drawn[-1][0]) <= width * 0.8,
        goals=tuple(Mark(y(Decimal(goal)), goal, Decimal(goal) == max(map(Decimal, goals))) for goal in goals),
        rungs=tuple(Mark(y(rung), f"{rung.normalize():f}") for rung in rungs),
        months=tuple(Mark(x(date(year, month, 1)), f"{month}月") for month in (1, 3, 5, 7, 9, 11)),
    )
