"""Comparison with an earlier period (同比, 环比), from the published rounded figures on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact, half_even


@dataclass(frozen=True, slots=True)
class Base:
    """The figure compared with, and the release it was printed in: a later release may have revised it."""

    value: Decimal
    release: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change against a base: percent for concentrations and indices, points (百分点) for ratios."""

    now: Decimal
    base: Base
    percent: Decimal | None
    points: Decimal


def percent_change(now: Exact, base: Exact) -> Decimal | None:
    """(now - base) / base [%], 1 decimal half-even, from the printed figures; None on a base of 0."""
    if base == 0:
        return None
    return half_even((Fraction(now) - Fraction(base)) / Fraction(base) * 100, _places())


def point_change(now: Exact, base: Exact) -> Decimal:
    """now - base in percentage points, 1 decimal."""
    return half_even(Fraction(now) - Fraction(base), _places())


def compared(now: Decimal, base: Base) -> Change:
    """A printed figure against the base as its newest release has it."""
    return Change(now, base, percent_change(now, base.value), point_change(now, base.value))


def exceed_percent(value: Exact, limit: Exact) -> Decimal | None:
    """How far a value lies over its limit [% of the limit], 1 decimal; None where it does not exceed."""
    return percent_change(value, limit) if Fraction(value) > Fraction(limit) else None


def _places() -> int:
    return int(rules.timeline("change.decimals")[-1].value["percent"])
