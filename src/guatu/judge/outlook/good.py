"""From the logs of a month's AQI to its number of good days: the size of near misses tells more than their count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guatu.judge.outlook.field import Parts
from guatu.judge.outlook.model import Floats, Model
from guatu.judge.outlook.sample import independent, normal_cdf


@dataclass(frozen=True, slots=True)
class Link:
    """Share of good days of a month with mean log y: Phi((edge - y) / scatter[month] + shift)."""

    edge: float
    scatter: Floats
    shift: float


def link_of(seen: Parts, y: Floats, own: Floats, good: Floats, usual: Floats, limit: int, model: Model) -> Link:
    """Fit the link to a city's months seen.

    own: standard deviation of the daily logs of each part (nan: none); good: its good days; usual: the twelve
    standard deviations of other cities. The city's ratio to them is shrunk towards 1 with the weight of
    scatter_months, the shift towards 0 as a penalised likelihood.
    """
    month = seen.month % 12
    fit = ~np.isnan(own) & (seen.days >= model.scatter_days)
    ratio = (float((own[fit] / usual[month[fit]]).sum()) + model.scatter_months) / (fit.sum() + model.scatter_months)
    scatter = usual * ratio
    edge = float(np.log(limit + model.good_margin))
    return Link(edge, scatter, _shift((edge - y) / scatter[month], seen.days, good, model))


def good_days(logs: Floats, rest: Parts, link: Link, model: Model) -> Floats:
    """Good days among those to come, one whole number for each draw [draw, part] of the logs."""
    share = normal_cdf((link.edge - logs) / link.scatter[rest.month % 12] + link.shift)
    mean = share @ rest.days
    spread = np.sqrt(model.good_overdispersion * ((share * (1 - share)) @ rest.days))
    return np.asarray(np.clip(np.rint(mean + spread * independent(model)), 0, rest.days.sum()))


def _shift(x: Floats, days: Floats, good: Floats, model: Model) -> float:
    """The most likely shift: binomial counts of overdispersed days, normal prior; Newton's method, 12 steps."""
    shift, prior = 0.0, model.good_shift_sd**2
    for _ in range(12):
        share = np.clip(normal_cdf(x + shift), 1 / 10**6, 1 - 1 / 10**6)
        density = np.exp(-((x + shift) ** 2) / 2) / np.sqrt(2 * np.pi)
        weight = density / (share * (1 - share)) / model.good_overdispersion
        slope = float(((good - days * share) * weight).sum()) - shift / prior
        shift += slope / (float((days * density * weight).sum()) + 1 / prior)
    return shift
