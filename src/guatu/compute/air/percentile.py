"""Percentiles of daily values by HJ 663 附录A.6, in whole hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import polars as pl


def percentile(values: Sequence[int | Fraction], percent: int) -> Fraction | None:
    """The exact percentile: k = 1 + (n-1) p; X(s) + (X(s+1) - X(s)) (k - s), s = floor(k); None of nothing.

    Where k = n (one value, or p = 100 %) there is no X(s+1) and the largest value stands.
    """
    if not values:
        return None
    ordered = sorted(values)
    whole, rest = divmod((len(ordered) - 1) * percent, 100)
    low = ordered[whole]
    high = ordered[min(whole + 1, len(ordered) - 1)]
    return Fraction(low) + Fraction(high - low) * Fraction(rest, 100)


def percentile_hundredths(column: str, percent: int) -> pl.Expr:
    """The same within a group of whole numbers, times 100, as Int64; null where no value is."""
    present = pl.col(column).drop_nulls().sort()
    span = (pl.col(column).count().cast(pl.Int64) - 1) * percent
    whole, rest = span // 100, span % 100
    low = present.get(whole, null_on_oob=True)
    high = present.get(pl.min_horizontal(whole + 1, pl.col(column).count().cast(pl.Int64) - 1), null_on_oob=True)
    return low * 100 + (high - low) * rest
