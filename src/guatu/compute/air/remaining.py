"""What the rest of the year may still be: the control value 年剩余日控制值 and the days left to lose or win."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact, half_even


def remaining_mean(
    target: Exact, days: int, days_done: int, *, total: Exact | None = None, mean: Exact | None = None
) -> Fraction | None:
    """The mean that the remaining days may have: R = (T N - Σ) / (N - n); None when no day remains.

    target T and result in the unit of the pollutant; days N and days_done n are valid days; total: the unrounded sum of
    daily values so far, or mean, from which the sum is n times it (a rounded mean makes R uncertain by n / (N - n)
    times its rounding).
    """
    if days <= days_done:
        return None
    if total is None:
        if mean is None:
            raise TypeError("remaining_mean needs total or mean")
        total = Fraction(mean) * days_done
    return (Fraction(target) * days - Fraction(total)) / (days - days_done)


def remaining_days(of_year: int, so_far: int) -> int:
    """Days [d] still to be won (good days) or still allowed (heavy days); negative: the target is passed or broken."""
    return of_year - so_far


def days_of_year(so_far: int, remaining: int) -> int:
    """The yearly number of days behind a printed gap: days so far plus the gap."""
    return so_far + remaining


def good_days_needed(percent: Exact, valid_days: int, decimals: int | None = None) -> int:
    """The least g with g / valid_days at or above percent [%]; with decimals, the ratio is rounded half-even first.

    valid_days + 1 where even all days would not do.
    """
    for good in range(valid_days + 1):
        ratio: Fraction | Decimal = Fraction(100 * good, valid_days) if valid_days else Fraction(0)
        if decimals is not None:
            ratio = half_even(ratio, decimals)
        if Fraction(ratio) >= Fraction(percent):
            return good
    return valid_days + 1


def good_ratio(good_days: int, valid_days: int) -> Decimal | None:
    """Good days over valid days [%], 1 decimal half-even; None without a valid day."""
    if valid_days == 0:
        return None
    return half_even(Fraction(100 * good_days, valid_days), rules.timeline("hj663.decimals.ratio_percent")[-1].value)
