"""Whether an answer equals a published one: words as they stand, numbers at the printed decimals or the tolerance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guatu.base.exact import half_even


def agrees(
    ours: Mapping[str, Any], expected: Mapping[str, Any], tolerance: Decimal, left_out: Collection[str] = ()
) -> bool:
    """Every expected name must be answered, but those left out; numbers of expected are ints or Decimals."""
    names = [name for name in expected if name not in left_out]
    return bool(names) and all(name in ours and same(ours[name], expected[name], tolerance) for name in names)


def same(ours: Any, printed: Any, tolerance: Decimal) -> bool:
    """One value against its printed form, figures printed as text read as figures; None only equals None."""
    if isinstance(printed, str) and isinstance(ours, int | Fraction | Decimal):
        printed = Decimal(printed)
    if ours is None or printed is None or isinstance(printed, str):
        return bool(ours == printed)
    if tolerance:
        return abs(Fraction(ours) - Fraction(printed)) <= Fraction(tolerance)
    decimals = max(0, -int(Decimal(printed).as_tuple().exponent))
    return half_even(Fraction(ours), decimals) == Decimal(printed)


def shown(answer: Mapping[str, Any]) -> str:
    """An answer on one line without spaces, long numbers to six decimals."""
    return ",".join(f"{name}={_short(value)}" for name, value in answer.items())


def _short(value: Any) -> str:
    if isinstance(value, Fraction | Decimal) and Fraction(value).denominator > 1:
        return str(half_even(Fraction(value), 6)).rstrip("0")
    return str(value)
