"""Which items may be the same thing: the same object, near in place or near in words; shown, never merged unseen."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from guatu.act.problem import Problem

NEAR = 200
"""How far apart two places may lie to be offered as one [m]; a house figure a caller may change."""
SHARED = Fraction(3, 5)
"""The share of letter pairs two texts have in common to be offered as one; a house figure."""
COMMON = 200
"""A pair of characters in more texts than this tells nothing apart and leads to no other text [texts]."""
ARC = Decimal("111320")
"""Length of one degree of latitude [m]; near enough for offering neighbours, used for nothing else."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two items that may be one, and why. metres is None where a place is unknown."""

    first: str
    second: str
    reasons: tuple[str, ...]
    metres: int | None = None


def alike(problems: Sequence[Problem], near: int = NEAR, of: frozenset[str] = frozenset()) -> tuple[Likeness, ...]:
    """Every pair that may be one thing, across ledgers; a person links them, each list keeps its count.

    of: only pairs with one of these numbers in them; empty for all.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    distances: dict[tuple[str, str], int] = {}
    at = {problem.number: n for n, problem in enumerate(problems)}
    linked = {frozenset((problem.number, other)) for problem in problems for other in problem.fields.get("also_in", ())}

    def offer(first: str, second: str, reason: str) -> None:
        pair = (first, second) if at[first] < at[second] else (second, first)
        if first != second and frozenset(pair) not in linked and (not of or first in of or second in of):
            found.setdefault(pair, {})[reason] = None

    for key, title in (("object_no", "同一对象"), ("receipt_number", "同一受理编号")):
        for numbers in _groups(problems, key):
            for n, first in enumerate(numbers):
                for second in numbers[n + 1 :]:
                    offer(first, second, title)
    for first, second, metres in _near(problems, near):
        offer(first, second, f"相距约 {metres} 米")
        distances[(first, second) if at[first] < at[second] else (second, first)] = metres
    for first, second in _worded_alike(problems, of):
        offer(first, second, "文字相近")
    return tuple(
        Likeness(first, second, tuple(reasons), distances.get((first, second)))
        for (first, second), reasons in sorted(found.items(), key=lambda one: (at[one[0][0]], at[one[0][1]]))
    )


def _groups(problems: Iterable[Problem], key: str) -> Iterator[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        if value := problem.fields.get(key):
            groups[value].append(problem.number)
    yield from groups.values()


def _near(problems: Iterable[Problem], near: int) -> Iterator[tuple[str, str, int]]:
    """Pairs within the distance, by a grid whose squares are nowhere narrower than it."""
    placed = [
        (problem.number, Decimal(problem.fields["longitude"]), Decimal(problem.fields["latitude"]))
        for problem in problems
        if problem.fields.get("longitude") and problem.fields.get("latitude")
    ]
    high = near / ARC
    wide = high / _shrink(max((abs(latitude) for _, _, latitude in placed), default=Decimal(0)))
    grid: dict[tuple[int, int], list[tuple[str, Decimal, Decimal]]] = defaultdict(list)
    for number, longitude, latitude in placed:
        square = (int(longitude // wide), int(latitude // high))
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other, x, y in grid.get((square[0] + dx, square[1] + dy), ()):
                    east = (longitude - x) * ARC * _shrink((latitude + y) / 2)
                    metres = int((east**2 + ((latitude - y) * ARC) ** 2).sqrt())
                    if metres <= near:
                        yield other, number, metres
        grid[square].append((number, longitude, latitude))


def _shrink(latitude: Decimal) -> Decimal:
    """How much shorter a degree of longitude is than one of latitude."""
    return Decimal(max(math.cos(math.radians(float(latitude))), 0.01))


def _worded_alike(problems: Iterable[Problem], of: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Pairs of the same county whose texts share enough pairs of characters; a rare shared pair leads to them."""
    counties: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for problem in problems:
        text = "".join(one for one in str(problem.fields.get("text", "")) if one.isalnum())
        if len(text) > 5:
            pairs = {text[n : n + 2] for n in range(len(text) - 1)}
            counties[problem.fields.get("county", "")].append((problem.number, pairs))
    for items in counties.values():
        often = Counter(pair for _, pairs in items for pair in pairs)
        holding: dict[str, list[int]] = defaultdict(list)
        for n, (number, pairs) in enumerate(items):
            rare = [pair for pair in pairs if often[pair] <= COMMON]
            for other in sorted({other for pair in rare for other in holding[pair]}):
                before, its = items[other]
                if of and number not in of and before not in of:
                    continue
                if Fraction(len(pairs & its), len(pairs | its)) >= SHARED:
                    yield before, number
            for pair in rare:
                holding[pair].append(n)
