"""Money that follows from a score: by rank from either end, by brackets of an amount, by point and class."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from guatu.score.functions import ZERO
from guatu.score.scheme import Money


def by_rank(money: Money, rank: int, among: int) -> Fraction:
    """What a rank gains or pays: the table names ranks as ``1`` and ``倒1`` (the last)."""
    table = dict(money.table)
    return table.get(str(rank), table.get(f"倒{among - rank + 1}", ZERO))


def brackets(money: Money, amount: Fraction) -> Fraction:
    """So much a unit up to an edge, more beyond: rows (edge, rate), the last edge 以上; every unit at its own rate."""
    total, low = ZERO, ZERO
    for edge, rate in money.table:
        top = amount if edge == "以上" else min(amount, Fraction(edge))
        if top > low:
            total += (top - low) * rate
            low = top
    return total


def per_point(money: Money, points: Fraction, kind: str) -> Fraction:
    """Points times the coefficient of a class."""
    return points * dict(money.table)[kind]


def settled(amounts: Sequence[Fraction]) -> Fraction:
    """Rewards less payments."""
    return sum(amounts, ZERO)
