"""A slow reading of the score functions, in exact fractions and by counting, written from the printed rules."""

from __future__ import annotations

from fractions import Fraction


def step(points: Fraction, gap: Fraction, unit: Fraction, k: Fraction, way: str) -> Fraction:
    """每差一个单位扣 k 分, floor 0: take units off one by one."""
    left, rest = points, gap
    while rest >= unit:
        left, rest = left - k, rest - unit
    if rest > 0 and way == "started":
        left -= k
    if rest > 0 and way == "exact":
        left -= k * rest / unit
    return left if left > 0 else Fraction(0)


def line(points: Fraction, x: Fraction, x0: Fraction, x1: Fraction) -> Fraction:
    """0 at x0, all at x1; along the straight line through both points, never outside 0..P."""
    slope = points / (x1 - x0)
    got = slope * x - slope * x0
    return sorted([Fraction(0), got, points])[1]


def ratio(points: Fraction, done: Fraction, whole: Fraction) -> Fraction:
    """按完成比例得分, no more than all."""
    return points if done >= whole else points * done / whole


def count(points: Fraction, found: list[Fraction]) -> Fraction:
    """Take one deduction after another, stop at zero 扣完为止."""
    for k in found:
        points = points - k
        if points <= 0:
            return Fraction(0)
    return points


def places(values: list[Fraction], higher: bool) -> list[int]:
    """1224: walk down the sorted list, equal values keep the place of the first of them."""
    order = sorted(values, reverse=higher)
    return [order.index(value) + 1 for value in values]


def even(x: Fraction, decimals: int) -> str:
    """四舍六入五成双, digit by digit on integers."""
    scaled = x * 10**decimals
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    if twice > scaled.denominator or (twice == scaled.denominator and whole % 2):
        whole += 1
    digits = str(whole).rjust(decimals + 1, "0")
    return f"{sign if whole else ''}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"
