"""Rounding of law on exact ratios: GB/T 8170 half-even and HJ 633 ceiling, never on a binary float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import polars as pl

Exact = int | Fraction | Decimal


def half_even(x: Exact, decimals: int) -> Decimal:
    """Round x to the given number of decimals, ties to even (GB/T 8170, 修约一次)."""
    scaled = round(Fraction(x) * 10**decimals)
    return Decimal(scaled).scaleb(-decimals)


def ceiling_ratio(numerator: int, denominator: int) -> int:
    """The smallest integer not below numerator / denominator, denominator > 0 (HJ 633: 全部进位取整数)."""
    return -(-numerator // denominator)


def half_even_quotient(numerator: pl.Expr, denominator: pl.Expr | int) -> pl.Expr:
    """Integer nearest to numerator / denominator, ties to even; both integers, denominator > 0.

    To keep d decimals multiply the numerator by 10**d first; the result is then in units of 10**-d.
    """
    quotient = numerator // denominator
    twice = 2 * (numerator - quotient * denominator)
    up = (twice > denominator) | ((twice == denominator) & (quotient % 2 == 1))
    return quotient + up.cast(pl.Int64)
