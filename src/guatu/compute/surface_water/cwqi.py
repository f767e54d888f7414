"""The city water quality index (环办监测〔2017〕51号): 21 item indices of the mean of all sections, summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact
from guatu.compute.surface_water.grades import limit_of
from guatu.compute.surface_water.items import programme


@dataclass(frozen=True, slots=True)
class Cwqi:
    """The index of rivers or lakes; missing names the items without a mean: such an index is not ranked."""

    value: Fraction | None
    missing: tuple[str, ...] = ()


def cwqi(means: Mapping[str, Exact], day: date, kind: str = "river") -> Cwqi:
    """Sum of the 21 item indices; means: item → mean over all sections of the kind [mg/L].

    An item index is mean / class Ⅲ limit, of do limit / mean, of ph its distance from 7 in shares of the way to 6 or
    9. With an item missing, or without oxygen, there is no value: a shorter sum would look better than it is.
    """
    items = programme("21", day)
    missing = tuple(item for item in items if item not in means)
    if missing or not means["do"]:
        return Cwqi(None, missing or ("do",))
    return Cwqi(sum((_index(item, Fraction(means[item]), day, kind) for item in items), Fraction(0)))


def city(river: Cwqi | None, sections: int, lake: Cwqi | None, points: int) -> Cwqi:
    """The index of a city: rivers and lakes weighted by their numbers of sections and points."""
    parts = [(one, weight) for one, weight in ((river, sections), (lake, points)) if one is not None and weight]
    missing = tuple(dict.fromkeys(item for one, _ in parts for item in one.missing))
    if missing or not parts:
        return Cwqi(None, missing)
    total = sum((weight * one.value for one, weight in parts if one.value is not None), Fraction(0))
    return Cwqi(total / sum(weight for _, weight in parts))


def _index(item: str, mean: Fraction, day: date, kind: str) -> Fraction:
    if item == "ph":
        low, high = (Fraction(bound) for bound in rules.at("gb3838.ph", day).value)
        middle = Fraction(rules.at("water.cwqi", day).value["neutral"])
        return (middle - mean) / (middle - low) if mean <= middle else (mean - middle) / (high - middle)
    limit = Fraction(limit_of(item, rules.at("water.cwqi", day).value["against"], day, kind))
    return limit / mean if item == "do" else mean / limit
