"""The final value of the year as a distribution: what is seen, plus the drawn rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guatu.judge.outlook.field import Parts, ahead
from guatu.judge.outlook.good import good_days, link_of
from guatu.judge.outlook.model import Floats, Model
from guatu.judge.outlook.monthly import AQI
from guatu.judge.outlook.sample import draw
from guatu.judge.outlook.season import Season


@dataclass(frozen=True, slots=True)
class History:
    """The parts seen of one place, in order: y log of each, scatter of its daily logs, good days, total [unit]."""

    parts: Parts
    y: Floats
    scatter: Floats
    good: Floats
    total: Floats


@dataclass(frozen=True, slots=True)
class Ending:
    """Equally likely final values: a mean [unit], or good days [%] with their number of `days`."""

    values: Floats
    days: int

    @property
    def mean(self) -> float:
        """Expected final value."""
        return float(self.values.mean())

    def quantiles(self, model: Model) -> tuple[float, float, float, float]:
        """p10, p90, p025 and p975 of the endings."""
        shares = [model.quantiles[name] for name in ("p10", "p90", "p025", "p975")]
        p10, p90, p025, p975 = np.quantile(self.values, shares)
        return float(p10), float(p90), float(p025), float(p975)

    def at_most(self, bound: float) -> float:
        """Chance of an ending not above the bound."""
        return likely(self.values <= bound)

    def at_least(self, bound: float) -> float:
        """Chance of an ending not below the bound."""
        return likely(self.values >= bound)


def likely(met: NDArray[np.bool_]) -> float:
    """The chance of what is met in some of the draws: (met + 1/2) / (draws + 1), for no draws make a thing certain."""
    return (int(met.sum()) + 1 / 2) / (len(met) + 1)


def ending_of(
    indicator: str, past: History, year: int, rest: Parts, season: Season, limit: int, model: Model
) -> Ending:
    """The distribution of the year's final value.

    past: what is seen, of this year and at most past_months before it; rest: the parts to come, at least one;
    limit: the AQI up to which a day is good. The final mean is (sum so far + sum of the rest) / (valid days so far +
    calendar days to come), the final ratio the same with good days.
    """
    constants = model.of(indicator)
    mean, covariance = ahead(past.parts, past.y, rest, season, constants, model, constants.drift_in(year))
    logs = draw(mean, covariance, model, constants.spread * season.restless)
    now = past.parts.month >= 12 * year
    days = float(past.parts.days[now].sum() + rest.days.sum())
    if indicator == AQI:
        link = link_of(past.parts, past.y, past.scatter, past.good, season.scatter, limit, model)
        good = float(past.good[now].sum()) + good_days(logs, rest, link, model)
        return Ending(100 * good / days, round(days))
    levels = np.exp(logs)
    levels *= np.exp(mean + np.diag(covariance) / 2) / levels.mean(axis=0)
    return Ending((float(past.total[now].sum()) + levels @ rest.days) / days, round(days))
