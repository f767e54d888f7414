"""A slow second opinion on surface water, written from GB 3838-2002 table 1 in exact fractions, row by row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

TABLE = {
    "codmn": ("2", "4", "6", "10", "15"),
    "cod": ("15", "15", "20", "30", "40"),
    "bod5": ("3", "3", "4", "6", "10"),
    "nh3n": ("0.15", "0.5", "1.0", "1.5", "2.0"),
    "hg": ("0.00005", "0.00005", "0.0001", "0.001", "0.001"),
    "cu": ("0.01", "1.0", "1.0", "1.0", "1.0"),
}
PHOSPHORUS = {"river": ("0.02", "0.1", "0.2", "0.3", "0.4"), "lake": ("0.01", "0.025", "0.05", "0.1", "0.2")}
OXYGEN = ("7.5", "6", "5", "3", "2")


def item_class(item: str, value: Fraction, kind: str) -> int:
    """Walk down the classes until the value is good enough for one."""
    if item == "ph":
        return 1 if Fraction(6) <= value <= Fraction(9) else 6
    for number in range(5):
        if item == "do":
            if value >= Fraction(OXYGEN[number]):
                return number + 1
        elif value <= Fraction((PHOSPHORUS[kind] if item == "tp" else TABLE[item])[number]):
            return number + 1
    return 6


def sample(values: Mapping[str, Fraction | None], kind: str) -> tuple[int | None, str | None]:
    """The worst class and the items that have it."""
    graded = {item: item_class(item, value, kind) for item, value in values.items() if value is not None}
    if not graded:
        return None, None
    worst = max(graded.values())
    return worst, None if worst == 1 else ",".join(item for item, one in graded.items() if one == worst)


def reading(text: str | None) -> Fraction | None:
    """``0.02L`` counts as half of 0.02."""
    if text is None:
        return None
    return Fraction(text[:-1]) / 2 if text.endswith("L") else Fraction(text)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Four down, six up, five to even; a value above zero keeps one significant digit."""
    while True:
        step = Fraction(1, 10**decimals)
        down = math.floor(value / step)
        rest = value / step - down
        answer = (down + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and down % 2 == 1))) * step
        if answer or not value:
            return answer
        decimals += 1
