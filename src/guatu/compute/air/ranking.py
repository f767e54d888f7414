"""Ranking of cities: equal values share a rank and the next rank is skipped (1, 2, 2, 4)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from guatu.base.exact import Exact


def ranking(values: Mapping[str, Exact | None], *, smallest_first: bool = True) -> dict[str, int | None]:
    """The rank of each place, 1 the best; equal values share one (2017-02-12 排名规定); None without a value."""
    known = [Fraction(value) for value in values.values() if value is not None]
    found: dict[str, int | None] = {}
    for place, value in values.items():
        if value is None:
            found[place] = None
        else:
            own = Fraction(value)
            found[place] = 1 + sum(other < own if smallest_first else other > own for other in known)
    return found


def change_ranking(percent: Mapping[str, Exact | None]) -> dict[str, int | None]:
    """Rank by percent change of the composite index, the best improvement first (2017-02-12 排名规定)."""
    return ranking(percent)


def worsening(percent: Mapping[str, Exact | None], attains: Mapping[str, bool | None]) -> dict[str, int | None]:
    """Rank of the worsening list, the greatest worsening first; a city whose pollutants all attain is left out."""
    return ranking(
        {place: value for place, value in percent.items() if attains.get(place) is not True}, smallest_first=False
    )
