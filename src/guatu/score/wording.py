"""How numbers of points and facts are written in the sentences of a sheet."""

from __future__ import annotations

from fractions import Fraction

from guatu.base.exact import half_even

PLACES = 4


def plain(exact: Fraction | int) -> str:
    """An exact number in digits: as many decimals as it has, four at most (then 约 stands before it)."""
    number = Fraction(exact)
    for places in range(PLACES + 1):
        if number * 10**places == half_even(number, places) * 10**places:
            return f"{half_even(number, places):f}"
    return f"约 {half_even(number, PLACES):f}"
