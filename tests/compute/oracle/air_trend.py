"""Trend and order in the oracle: Spearman's coefficient with exact critical values, ranks with ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations

from tests.compute.oracle.air_number import Given, exact


def mid_ranks(values: Sequence[Given]) -> list[Fraction]:
    """Rank 1 for the smallest; equal values share the mean of their places."""
    numbers = [exact(value) for value in values]
    if any(number is None for number in numbers):
        raise ValueError("a rank needs every value")
    below = [sum(1 for other in numbers if other < one) for one in numbers]  # type: ignore[operator]
    same = [sum(1 for other in numbers if other == one) for one in numbers]
    return [Fraction(2 * b + s + 1, 2) for b, s in zip(below, same, strict=True)]


def spearman(values: Sequence[Given]) -> Fraction:
    """γ = 1 - 6 Σ(X - Y)² / (n³ - n) over the years in their order, mid-ranks for ties (HJ 663, air.md 3.9); n >= 5."""
    n = len(values)
    if n < 5:
        raise ValueError("a trend needs five years")
    squares = sum((rank - place) ** 2 for place, rank in enumerate(mid_ranks(values), start=1))
    return 1 - Fraction(6) * squares / (n**3 - n)


def critical(n: int, alpha: Fraction) -> Fraction | None:
    """The smallest γ reached or passed, one-sided, with probability <= alpha among all orders of n ranks; small n."""
    seen: dict[Fraction, int] = {}
    total = 0
    for order in permutations(range(1, n + 1)):
        squares = sum((rank - place) ** 2 for place, rank in enumerate(order, start=1))
        gamma = 1 - Fraction(6 * squares, n**3 - n)
        seen[gamma] = seen.get(gamma, 0) + 1
        total += 1
    best, above = None, 0
    for gamma in sorted(seen, reverse=True):
        above += seen[gamma]
        if Fraction(above, total) > alpha:
            break
        best = gamma
    return best


def ranking(values: Mapping[str, Given], *, smallest_first: bool = True) -> dict[str, int | None]:
    """1 + the number of strictly better places: equal values share a rank and the next one is skipped.

    A place without a value has no rank (2017-02-12 ranking rules: ties share a rank).
    """
    numbers = {place: exact(value) for place, value in values.items()}
    out: dict[str, int | None] = {}
    for place, own in numbers.items():
        if own is None:
            out[place] = None
            continue
        others = [n for n in numbers.values() if n is not None]
        out[place] = 1 + sum(1 for n in others if (n < own if smallest_first else n > own))
    return out


def worsening(change: Mapping[str, Given], all_attained: Mapping[str, bool]) -> dict[str, int | None]:
    """Order of worsening by per cent change of the index, largest first, without cities that attain everything."""
    return ranking({c: v for c, v in change.items() if not all_attained[c]}, smallest_first=False)
