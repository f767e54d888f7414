"""The constants of the outlook, read once from ``model.toml``: no law, but choices with their reasons beside them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drift:
    """The yearly change of the level [log per year] that the plans in force let one expect, from a year on."""

    since: int
    change: float


@dataclass(frozen=True, slots=True)
class Constants:
    """One indicator's constants; what each is stands in ``model.toml``."""

    indicator: str
    level_sd: float
    season_sd: float
    season_width: float
    month_sd: float
    slow_sd: float
    slow_months: float
    weather_sd: float
    weather_months: float
    day_sd: float
    short_sd: float
    winter_factor: float
    spell_sd: float
    spell_months: float
    spread: float
    year_sd: float
    drift: tuple[Drift, ...]
    likeness: float
    likeness_half: float
    lone_half: float
    lone_season_sd: float
    lone_month_sd: float
    prior_level: float
    prior_season: tuple[float, ...]
    prior_scatter: tuple[float, ...]

    def drift_in(self, year: int) -> float:
        """The change a year [log] that holds for forecasts of the given year."""
        return [entry.change for entry in self.drift if entry.since <= year][-1]


@dataclass(frozen=True, slots=True)
class Model:
    """All constants: those of the two indicators, of the good-day link, of the draws and of what is published.

    winter, spell: 1 or 0 by calendar month; the others are as in ``model.toml``.
    """

    by_indicator: dict[str, Constants]
    winter: Floats
    spell: Floats
    past_months: int
    draws: int
    seed: int
    tails: int
    good_margin: float
    good_overdispersion: float
    good_shift_sd: float
    scatter_months: float
    scatter_days: int
    pool_months: int
    pool_days: int
    common_days: int
    near_degrees: float
    wait_until: tuple[int, int]
    tentative_until: tuple[int, int]
    last_days: int
    words: list[tuple[float, str]]
    quantiles: dict[str, float]

    def of(self, indicator: str) -> Constants:
        """The constants of ``pm25_mean`` or ``aqi_good_ratio``."""
        return self.by_indicator[indicator]

    def heat(self, months: NDArray[np.int_], constants: Constants) -> Floats:
        """How many times stronger than in summer the weather of each month is; months counted from 0 = January."""
        return 1 + (constants.winter_factor - 1) * self.winter[months % 12]

    def cold(self, months: NDArray[np.int_]) -> Floats:
        """1 in the months of the cold season's spell, 0 in the others."""
        return self.spell[months % 12]


@cache
def model() -> Model:
    """The model as it stands in ``model.toml``."""
    table: dict[str, Any] = tomllib.loads(files(__package__).joinpath("model.toml").read_text(encoding="utf-8"))
    shared = table.pop("shared")
    return Model(
        by_indicator={name: _constants(name, entry) for name, entry in table.items()},
        winter=_by_month(shared.pop("winter")),
        spell=_by_month(shared.pop("spell")),
        wait_until=_day(shared.pop("wait_until")),
        tentative_until=_day(shared.pop("tentative_until")),
        **shared,
    )


def _constants(name: str, entry: dict[str, Any]) -> Constants:
    drift = tuple(Drift(step["since"], step["change"]) for step in entry.pop("drift"))
    return Constants(
        indicator=name,
        drift=drift,
        prior_season=tuple(entry.pop("prior_season")),
        prior_scatter=tuple(entry.pop("prior_scatter")),
        **entry,
    )


def _by_month(months: list[int]) -> Floats:
    """1 in the months named (1 to 12), 0 in the others."""
    return np.array([float(month in months) for month in range(1, 13)])


def _day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
