"""The usual course of a year, taken from other cities in other years: profile, level and scatter of days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guatu.judge.outlook.model import Constants, Floats
from guatu.judge.outlook.monthly import Months


@dataclass(frozen=True, slots=True)
class Season:
    """profile: twelve log departures from the year's mean; level: mean log of a month; when: the running month the
    level belongs to; scatter: twelve standard deviations of the daily logs within a month."""

    profile: Floats
    level: float
    when: float
    scatter: Floats


@dataclass(frozen=True, slots=True)
class Pool:
    """Whole years of cities to learn a season from: one row a city-year; city is the index of its city."""

    city: Floats
    start: Floats
    y: Floats
    scatter: Floats

    def without(self, city: int, start: int) -> Pool:
        """The pool without one city and without one calendar year (given by its first running month)."""
        keep = (self.city != city) & (self.start != start)
        return Pool(self.city[keep], self.start[keep], self.y[keep], self.scatter[keep])


def pool_of(months: Months, least: int) -> Pool:
    """All city-years with at least so many valid days and no month empty."""
    city, start, y, scatter = [], [], [], []
    for year in months.years:
        columns = months.year(year)
        if columns is None:
            continue
        for row in range(len(months.names)):
            course = months.y[row, columns]
            if months.n[row, columns].sum() >= least and not np.isnan(course).any():
                city.append(row)
                start.append(12 * year)
                y.append(course)
                scatter.append(months.scatter[row, columns])
    shape = (len(y), 12)
    return Pool(
        np.array(city, dtype=np.float64),
        np.array(start, dtype=np.float64),
        np.array(y, dtype=np.float64).reshape(shape),
        np.array(scatter, dtype=np.float64).reshape(shape),
    )


def season_of(pool: Pool, likeness: Floats | None, constants: Constants) -> Season | None:
    """The season expected of a city from a pool it does not belong to; None for an empty pool.

    likeness: correlation of the city's days with those of every city of the table. Cities with the same weather weigh
    w = exp(-(1 - r) / likeness); their profile is shrunk to the plain mean of all by W / (W + likeness_half), W the
    sum of w over cities, so that few or far neighbours change nothing.
    """
    if not len(pool.y):
        return None
    level = pool.y.mean(axis=1)
    departures = pool.y - level[:, None]
    profile = departures.mean(axis=0)
    weights = np.ones(len(level))
    if likeness is not None:
        near = np.exp(-(1.0 - likeness) / constants.likeness)
        weights = near[pool.city.astype(int)]
        strength = float(near[np.unique(pool.city.astype(int))].sum())
        trust = strength / (strength + constants.likeness_half)
        profile = trust * (weights @ departures) / weights.sum() + (1.0 - trust) * profile
    return Season(
        profile,
        float(weights @ level / weights.sum()),
        float(pool.start.mean()) + (12 - 1) / 2,
        np.sqrt(np.nanmean(pool.scatter**2, axis=0)),
    )


def prior_season(constants: Constants, year: int) -> Season:
    """The season of the model itself, for a city that has no others to learn from; its level is of today's era."""
    return Season(
        np.array(constants.prior_season),
        constants.prior_level,
        12.0 * year,
        np.array(constants.prior_scatter),
    )
