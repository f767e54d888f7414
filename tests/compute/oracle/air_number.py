"""Exact numbers of the oracle: what a printed figure means, and the two roundings the rules know."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

Given = int | str | float | Decimal | Fraction | None


def exact(given: Given) -> Fraction | None:
    """The fraction a printed figure stands for; a float is taken as the shortest decimal that prints it.

    GB/T 8170 speaks of written digits: 4.3 is 43/10, never the nearest binary float. None and NaN are missing.
    """
    if given is None or given == "":
        return None
    if isinstance(given, Fraction):
        return given
    written = Decimal(str(given))
    return None if written.is_nan() else Fraction(written)


def half_even(x: Fraction, decimals: int) -> Fraction:
    """GB/T 8170 (air.md 3.4): the nearest multiple of 10^-decimals; a tie goes to the even last digit; one step."""
    scale = 10**decimals
    lower = (x * scale).numerator // (x * scale).denominator
    rest = x * scale - lower
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and lower % 2 == 1):
        lower += 1
    return Fraction(lower, scale)


def ceiling(x: Fraction) -> int:
    """HJ 633-2012 6.2, HJ 633-2026 4.2.6: every fraction is carried up."""
    whole = x.numerator // x.denominator
    return whole if whole == x else whole + 1


def printed(x: Fraction, decimals: int) -> str:
    """The digits a bulletin would show, rounded half-even."""
    last_digits = half_even(x, decimals) * 10**decimals
    return str(Decimal(int(last_digits)).scaleb(-decimals))


def hour_day(stamp: datetime) -> tuple[date, int]:
    """(day, hour 1..24) of an hour-ending stamp: 00:00 is 24:00 of the day before (air.md 3.2, design 5.5)."""
    if stamp.minute or stamp.second or stamp.microsecond:
        raise ValueError(f"not a full hour: {stamp}")
    if stamp.hour == 0:
        return stamp.date() - timedelta(days=1), 24
    return stamp.date(), stamp.hour


def stamp_of(day: date, hour: int) -> datetime:
    """The stamp that ends the given hour 1..24 of a day, the inverse of hour_day."""
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour)
