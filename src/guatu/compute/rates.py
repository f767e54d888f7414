"""Rates from numerators and denominators: places are added, never averaged; an empty denominator is no zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guatu.base.exact import Exact, half_even
from guatu.errors import ComputeError

NOT_APPLICABLE = "不适用"
MISSING = "缺分子或分母"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share [%] of part in whole, or None with a reason word (不适用: nothing to divide by; 缺分子或分母)."""

    exact: Fraction | None
    reason: str = ""
    part: Fraction | None = None
    whole: Fraction | None = None

    def printed(self, decimals: int) -> Decimal | None:
        """The rate at the decimals of its target, half-even; comparisons with a target use this."""
        return None if self.exact is None else half_even(self.exact, decimals)


def rate(numerator: Exact | None, denominator: Exact | None, *, stock: bool = False) -> Rate:
    """numerator / denominator [%]. stock: the numerator may hold a stock of earlier years and pass 100 %.

    Raises ComputeError (G-RATE-01) for a negative figure or a part greater than its whole.
    """
    if numerator is None or denominator is None:
        return Rate(None, MISSING)
    part, whole = Fraction(numerator), Fraction(denominator)
    if part < 0 or whole < 0 or (part > whole and not stock):
        raise ComputeError.of(
            f"{numerator} of {denominator}",
            "G-RATE-01",
            f"分子 {numerator}，分母 {denominator}",
            "分子大于分母或有负数",
            "部分不会多于全部",
            "核对两个数的口径后改正",
        )
    return Rate(100 * part / whole, "", part, whole) if whole else Rate(None, NOT_APPLICABLE, part, whole)


def together(figures: Iterable[tuple[Exact | None, Exact | None]], *, stock: bool = False) -> Rate:
    """The rate of several places: the sum of the numerators over that of the denominators; one gap leaves no rate."""
    parts: list[Fraction] = []
    wholes: list[Fraction] = []
    for numerator, denominator in figures:
        if numerator is None or denominator is None:
            return Rate(None, MISSING)
        rate(numerator, denominator, stock=stock)
        parts.append(Fraction(numerator))
        wholes.append(Fraction(denominator))
    return rate(sum(parts, Fraction(0)), sum(wholes, Fraction(0)), stock=stock)


def completion(done: int, total: int) -> Rate:
    """完成率 of a rectification plan [%]: tasks completed over all tasks of the plan, the rate that is reported."""
    return rate(done, total)


@dataclass(frozen=True, slots=True)
class Duty:
    """One task of a rectification list: its deadline (None: 长期坚持) and the day it was completed, if it was."""

    deadline: date | None
    done: date | None = None


def plan_and_due(duties: Sequence[Duty], day: date) -> tuple[Rate, Rate]:
    """The rate over the plan and, beside it, that over the tasks due by the day; a standing task is never due."""
    done = [one for one in duties if one.done is not None and one.done <= day]
    due = [one for one in duties if one.deadline is not None and one.deadline <= day]
    return completion(len(done), len(duties)), completion(sum(one in done for one in due), len(due))
