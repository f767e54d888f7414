"""Figures of a bulletin in the oracle: composite index and shares, percent change, exceed multiple."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tests.compute.oracle import air_law as law
from tests.compute.oracle.air_number import Given, exact, half_even


def single_indices(statistics: Mapping[str, Given], limits: str = "2012") -> dict[str, Fraction] | None:
    """I_i = C / S, 2 dp half-even, of six statistics; None if one is missing (air.md 3.6, 8 #10).

    C (means of SO2, NO2, PM10, PM2.5; P95 of CO; P90 of O3) is first rounded to 0 dp, CO to 1. S is the annual class II
    limit, CO 4, O3 160, for a month or quarter too.
    """
    out = {}
    for item in law.ITEMS:
        c = exact(statistics.get(item))
        if c is None:
            return None
        annual, daily = law.LIMITS[limits][item]
        limit = daily if annual is None else annual
        out[item] = half_even(half_even(c, 1 if item == "co" else 0) / limit, 2)
    return out


def composite_index(statistics: Mapping[str, Given], limits: str = "2012") -> Fraction | None:
    """Sum of the six rounded I_i, all weights 1, no further rounding (环办〔2014〕64号)."""
    singles = single_indices(statistics, limits)
    return None if singles is None else sum(singles.values(), Fraction(0))


def shares(statistics: Mapping[str, Given], limits: str = "2012") -> dict[str, Fraction] | None:
    """Share of each item in per cent: rounded I_i over the index, 1 dp half-even; None when the index is 0."""
    singles = single_indices(statistics, limits)
    if singles is None or sum(singles.values()) == 0:
        return None
    return {item: half_even(100 * one / sum(singles.values()), 1) for item, one in singles.items()}


def main_pollutants(statistics: Mapping[str, Given], limits: str = "2012") -> tuple[str, ...]:
    """The items with the largest I_i, all of them when they tie."""
    singles = single_indices(statistics, limits)
    return () if singles is None else tuple(i for i in law.ITEMS if singles[i] == max(singles.values()))


def percent_change(now: Given, base: Given) -> Fraction | None:
    """Change against the base in per cent from the PRINTED figures, 1 dp half-even (air.md 3.5); none on base 0."""
    later, earlier = exact(now), exact(base)
    if later is None or earlier is None or earlier == 0:
        return None
    return half_even(100 * (later - earlier) / earlier, 1)


def exceed_multiple(c: Given, limit: Given, decimals: int = 2) -> Fraction | None:
    """(C - S) / S of a value above its limit, 2 dp half-even (HJ 663, air.md 3.3); none when it does not exceed."""
    value, bound = exact(c), exact(limit)
    if value is None or bound is None or value <= bound:
        return None
    return half_even((value - bound) / bound, decimals)
