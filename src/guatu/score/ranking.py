"""Ranks: of one figure, of weighted ranks, of totals; equal ones share a rank and nobody is ordered by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from guatu.score.facts import Fact
from guatu.score.reading import MissingFactError


def places_of(values: Mapping[str, Sequence[Fraction]], tie: str = "1224") -> dict[str, int]:
    """Rank each by its keys, the smallest first; equal keys share a rank.

    tie 1224: the next rank is skipped; 1223: it is not.
    """
    keys = {name: tuple(key) for name, key in values.items()}
    if tie == "1223":
        order = {key: place for place, key in enumerate(sorted(set(keys.values())), 1)}
        return {name: order[key] for name, key in keys.items()}
    return {name: 1 + sum(other < key for other in keys.values()) for name, key in keys.items()}


def ranked_by(
    subject: str, compared: Mapping[str, Mapping[str, Fact]], terms: tuple[tuple[str, Fraction], ...], better: str
) -> tuple[int, int]:
    """The rank of a subject by w1 × rank(a) + w2 × rank(b), the least sum first, and among how many.

    Those without all the figures are not ranked. Raises MissingFactError where the subject is one of them.
    """
    names = [name for name, _ in terms]
    mine = compared.get(subject, {})
    for name in names:
        fact = mine.get(name)
        if fact is None or fact.number is None:
            raise MissingFactError(
                name, fact.reason if fact and fact.reason else "没有可排名的数", bool(fact and fact.absent)
            )
    numbers = {
        one: [named[name].number for name in names]
        for one, named in compared.items()
        if all(name in named and named[name].number is not None for name in names)
    }
    sign = 1 if better == "lower" else -1
    sums = dict.fromkeys(numbers, Fraction(0))
    for position, (_, weight) in enumerate(terms):
        column = {one: [sign * Fraction(values[position] or 0)] for one, values in numbers.items()}
        for one, place in places_of(column).items():
            sums[one] += weight * place
    return places_of({one: [total] for one, total in sums.items()})[subject], len(numbers)
