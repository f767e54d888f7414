"""A plan over years as a drawing: what each year asks, and what each year brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from guatu.office.drawing.line import STEPS, Mark

WIDTH, HEIGHT = 900, 180
EDGE = 60  # left and right of the first and last year, for their figures


@dataclass(frozen=True, slots=True)
class Dot:
    """A year's figure: its place, the figure, whether it is what came (or what is asked) and the side of its words."""

    x: float
    y: float
    label: str
    came: bool
    above: bool


@dataclass(frozen=True, slots=True)
class PlanYears:
    """The drawing: the asked path and what came as points of lines, their dots, the years below, the rungs."""

    asked: str
    came: str
    dots: tuple[Dot, ...]
    years: tuple[Mark, ...]
    rungs: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT


def plan_years(found: Mapping[str, Any]) -> PlanYears | None:
    """Draw an evaluation of a plan; None for a path of fewer than two years, which needs no drawing.

    found: an evaluation as a picture keeps it, with `way` (every year of the plan and the value asked at its end) and
    `years` (those begun, with the value that came, empty where there is none).
    """
    way = [(one["year"], Decimal(one["required"])) for one in found.get("way", ())]
    if len(way) < 2:
        return None
    came = [(one["year"], Decimal(one["value"])) for one in found["years"] if one["value"]]
    asked = dict(way)
    shown = [number for _, number in (*way, *came)]
    step = next((s for s in STEPS if (max(shown) - min(shown)) / s <= 5), STEPS[-1])
    low, high = floor(min(shown) / step) * step, ceil(max(shown) / step) * step
    high += step * (high == low)
    first, last = way[0][0], way[-1][0]

    def x(year: int) -> float:
        return round(EDGE + (year - first) / (last - first) * (WIDTH - 2 * EDGE), 1)

    def y(number: Decimal) -> float:
        return round(float((high - number) / (high - low)) * HEIGHT, 1)

    over = {year: number >= asked.get(year, number) for year, number in came}
    dots = [Dot(x(year), y(number), f"{number}", False, not over.get(year, False)) for year, number in way]
    dots += [Dot(x(year), y(number), f"{number}", True, over[year]) for year, number in came]
    return PlanYears(
        " ".join(f"{x(year)},{y(number)}" for year, number in way),
        " ".join(f"{x(year)},{y(number)}" for year, number in came),
        tuple(dots),
        tuple(Mark(x(year), f"{year}") for year, _ in way),
        tuple(
            Mark(y(low + step * n), f"{(low + step * n).normalize():f}") for n in range(int((high - low) / step) + 1)
        ),
    )
