"""Change of a figure over years: Spearman's rank correlation with a named table of critical values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact
from guatu.errors import ComputeError


@dataclass(frozen=True, slots=True)
class Trend:
    """The coefficient, the critical value it was held against (None: the table has none for N), and the words."""

    coefficient: Fraction
    critical: Fraction | None
    table: str
    words: str


def ranks(values: Sequence[Exact]) -> list[Fraction]:
    """Rank of each value from the smallest, 1 up; equal values share the mean of their places."""
    order = sorted(Fraction(value) for value in values)
    places: dict[Fraction, list[int]] = {}
    for place, value in enumerate(order, 1):
        places.setdefault(value, []).append(place)
    return [Fraction(sum(places[Fraction(one)]), len(places[Fraction(one)])) for one in values]


def spearman(values: Sequence[Exact]) -> Fraction:
    """rs = 1 - 6 Σd² / (N³ - N), d the rank less the place in time. Raises ComputeError (G-TREND-01) below 5 years."""
    n = len(values)
    least = rules.timeline("water.trend.years")[-1].value
    if n < least:
        raise ComputeError.of(
            f"{n} years are too few",
            "G-TREND-01",
            "趋势分析",
            f"只有 {n} 年",
            f"秩相关法至少要 {least} 年",
            "补足年份，或只比较前后两年",
        )
    gaps = [rank - place for place, rank in enumerate(ranks(values), 1)]
    return 1 - 6 * sum((gap * gap for gap in gaps), Fraction(0)) / (n**3 - n)


def water_trend(values: Sequence[Exact], day: date, significance: str = "0.05") -> Trend:
    """Trend of yearly concentrations by the table that goes with the water rules (环办〔2011〕22号 三).

    Above the critical value: 显著上升 or 显著下降; else 变化趋势不显著; a number of years the table lacks: 无法判定.
    """
    name = f"water.trend.{significance}"
    coefficient = spearman(values)
    printed = rules.at(name, day).value.get(str(len(values)))
    if printed is None:
        return Trend(coefficient, None, name, "无法判定")
    critical = Fraction(printed)
    if abs(coefficient) <= critical:
        return Trend(coefficient, critical, name, "变化趋势不显著")
    return Trend(coefficient, critical, name, "显著上升" if coefficient > 0 else "显著下降")
