"""What became of the chances given: the reliability of past forecasts, as kept in ``record.toml``."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from guatu.judge.outlook.told import Past

START = "01-01"


@cache
def record() -> dict[str, Any]:
    """The record: ``years`` and, for each indicator and month end, its classes [low, high, count, given, met]."""
    return tomllib.loads(files(__package__).joinpath("record.toml").read_text(encoding="utf-8"))


def origin_of(day: date, year: int) -> str:
    """The month end of the record that a day falls behind; 1 January before the first of them."""
    first = date(year, 1, 1)
    end = (day + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    return START if end < first else f"{min(end, date(year, 11, 30)):%m-%d}".replace("02-29", "02-28")


def past_of(indicator: str, chance: float, day: date, year: int) -> Past | None:
    """What became of such chances at the month end before a day; of all month ends where there were too few."""
    kept = record()
    origins: dict[str, list[list[float]]] = kept[indicator]
    origin = origin_of(day, year)
    found = [entry for entry in origins[origin] if _within(entry, chance)]
    if sum(entry[2] for entry in found) < kept["least"]:
        origin, found = "", [entry for rows in origins.values() for entry in rows if _within(entry, chance)]
    count = sum(entry[2] for entry in found)
    if not count:
        return None
    given, met = (sum(entry[2] * entry[at] for entry in found) / count for at in (3, 4))
    return Past(origin, found[0][0], found[0][1], round(count), given, met, kept["years"])


def _within(entry: list[float], chance: float) -> bool:
    low, high = entry[:2]
    return low <= chance < high or chance == high == 1
