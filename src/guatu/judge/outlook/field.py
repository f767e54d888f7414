"""What the months seen say of the parts of the year still to come: a Gaussian process on the log scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guatu.judge.outlook.model import Constants, Floats, Model
from guatu.judge.outlook.monthly import Ints
from guatu.judge.outlook.season import Season

WHOLE = 28  # days from which a stretch is as good as a month


@dataclass(frozen=True, slots=True)
class Parts:
    """Stretches of days inside one calendar month each.

    month: running number; at: middle of the stretch on the same scale, a whole month standing at its number;
    days: valid days seen, or calendar days to come.
    """

    month: Ints
    at: Floats
    days: Floats


def ahead(
    seen: Parts, y: Floats, rest: Parts, season: Season, constants: Constants, model: Model, drift: float
) -> tuple[Floats, Floats]:
    """Mean and covariance of the log of each part to come, given the logs y of the parts seen.

    y = level + profile + drift + f + e; f is the sum of the city's own level, its own season (smooth and month by
    month, the more of both the fewer cities are like it), a slow change, the weather of a month, which lasts less than
    a month and is stronger in winter, and the spell of a cold season, which lasts through it; e is the noise of a
    stretch of few days.
    """
    sol_mean = _expected(seen, season, drift)
    covariance = _covariance(seen, seen, season.lone, constants, model) + np.diag(_noise(seen, constants))
    across = _covariance(rest, seen, season.lone, constants, model)
    solved = np.linalg.solve(covariance, np.column_stack([y - sol_mean, across.T]))
    mean = _expected(rest, season, drift) + across @ solved[:, 0]
    left = (
        _covariance(rest, rest, season.lone, constants, model)
        + np.diag(_noise(rest, constants))
        - across @ solved[:, 1:]
    )
    return mean, left


def _expected(parts: Parts, season: Season, drift: float) -> Floats:
    return np.asarray(season.level + season.profile[parts.month % 12] + drift * (parts.at - season.when) / 12)


def _noise(parts: Parts, constants: Constants) -> Floats:
    short = np.maximum(0.0, 1 / parts.days - 1 / WHOLE)
    return np.asarray(constants.day_sd**2 / parts.days + constants.short_sd**2 * short)


def _covariance(a: Parts, b: Parts, lone: float, c: Constants, model: Model) -> Floats:
    apart = np.abs(a.at[:, None] - b.at[None, :])
    turn = np.sin(np.pi * (a.month[:, None] - b.month[None, :]) / 12) ** 2
    same_month = (a.month[:, None] - b.month[None, :]) % 12 == 0
    strength = np.outer(model.heat(a.month, c), model.heat(b.month, c))
    cold = np.outer(model.cold(a.month), model.cold(b.month))
    return np.asarray(
        c.level_sd**2
        + (c.season_sd**2 + lone * c.lone_season_sd**2) * np.exp(-2 * turn / c.season_width**2)
        + (c.month_sd**2 + lone * c.lone_month_sd**2) * same_month
        + c.slow_sd**2 * np.exp(-apart / c.slow_months)
        + c.weather_sd**2 * strength * np.exp(-apart / c.weather_months)
        + c.spell_sd**2 * cold * np.exp(-apart / c.spell_months)
    )
