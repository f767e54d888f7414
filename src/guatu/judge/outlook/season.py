"""The usual course of a year, taken from other cities in other years: profile, level and scatter of days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guatu.judge.outlook.model import Constants, Floats, Model
from guatu.judge.outlook.monthly import Ints, Months

ROUNDS = 12  # of the two-way fit; it stands still after a few


@dataclass(frozen=True, slots=True)
class Season:
    """profile: twelve log departures from the year's mean; level: mean log of a month; when: the running month the
    level belongs to; scatter: twelve standard deviations of the daily logs within a month; restless: how many times
    more the months of these cities differ from year to year than those the model was made with; lone: 0 where many of
    them have the city's weather, towards 1 where none has, so that its season is more of its own."""

    profile: Floats
    level: float
    when: float
    scatter: Floats
    restless: float = 1.0
    lone: float = 0.0


@dataclass(frozen=True, slots=True)
class Pool:
    """Years of cities to learn a season from, one row a city-year, [row, calendar month]; nan: too few days.

    city: index of its city; start: its first running month; y: mean log; scatter: standard deviation of daily logs.
    """

    city: Ints
    start: Ints
    y: Floats
    scatter: Floats

    def without(self, city: int, start: int) -> Pool:
        """The pool without one city and without one calendar year (given by its first running month)."""
        keep = (self.city != city) & (self.start != start)
        return Pool(self.city[keep], self.start[keep], self.y[keep], self.scatter[keep])

    def earlier(self, city: int, start: int) -> Pool:
        """The pool without one calendar year and without later years of one city: what a file of few cities has."""
        keep = (self.start < start) | ((self.city != city) & (self.start != start))
        return Pool(self.city[keep], self.start[keep], self.y[keep], self.scatter[keep])


def pool_of(months: Months, model: Model) -> Pool:
    """All city-years with enough months of enough valid days (pool_months, pool_days), whole or not."""
    rows: list[tuple[int, int, Floats, Floats]] = []
    for year in months.years:
        columns = months.year(year)
        if columns is None:
            continue
        for city in range(len(months.names)):
            enough = months.n[city, columns] >= model.pool_days
            if enough.sum() >= model.pool_months:
                y = np.where(enough, months.y[city, columns], np.nan)
                rows.append((city, 12 * year, y, np.where(enough, months.scatter[city, columns], np.nan)))
    return Pool(
        np.array([row[0] for row in rows], dtype=np.int_),
        np.array([row[1] for row in rows], dtype=np.int_),
        np.array([row[2] for row in rows], dtype=np.float64).reshape(-1, 12),
        np.array([row[3] for row in rows], dtype=np.float64).reshape(-1, 12),
    )


def season_of(pool: Pool, likeness: Floats | None, constants: Constants) -> Season | None:
    """The season expected of a city from a pool it does not belong to; None where a calendar month has no data.

    likeness: correlation of the city's days with those of every city of the table. Cities with the same weather weigh
    w = exp(-(1 - r) / likeness); their profile is shrunk to that of all cities alike by W / (W + likeness_half), W the
    sum of w over cities, so that few or far neighbours change nothing; lone is lone_half / (W + lone_half).
    """
    if not len(pool.y) or np.isnan(pool.y).all(axis=0).any():
        return None
    weights, lone = np.ones(len(pool.y)), 0.0
    profile, level = _two_way(pool.y, weights)
    if likeness is not None:
        near = np.exp(-(1 - likeness) / constants.likeness)
        weights = near[pool.city]
        strength = float(near[np.unique(pool.city)].sum())
        trust = strength / (strength + constants.likeness_half)
        lone = constants.lone_half / (strength + constants.lone_half)
        local, level = _two_way(pool.y, weights)
        profile = trust * local + (1 - trust) * profile
    middle = float(pool.start.mean()) + (12 - 1) / 2
    scatter = np.sqrt(np.nanmean(pool.scatter**2, axis=0))
    return Season(profile, float(weights @ level / weights.sum()), middle, scatter, _restless(pool, constants), lone)


def _restless(pool: Pool, constants: Constants) -> float:
    """How restless the months of a pool are against the usual: the standard deviation by which a month, its year's mean
    taken out, differs from the same month of the city's next year, over year_sd.

    Years are what counts, for cities share their weather: with n pairs of years the square weighs n against 1 of the
    usual. 1 where no city has two years.
    """
    order = np.lexsort((pool.start, pool.city))
    y, city = pool.y[order], pool.city[order]
    apart = (y[1:] - y[:-1])[city[1:] == city[:-1]]
    months = (~np.isnan(apart)).sum(axis=1)
    apart = apart[months > 1]
    if not len(apart):
        return 1.0
    apart = apart - np.nanmean(apart, axis=1, keepdims=True)
    months = months[months > 1]
    square = float(np.nansum(apart**2) / (months - 1).sum() / 2)
    years = len(np.unique(pool.start)) - 1
    return float(np.sqrt((1 + years * square / constants.year_sd**2) / (1 + years)))


def prior_season(constants: Constants, year: int) -> Season:
    """The season of the model itself, for a city that has no others to learn from; its level is of today's era."""
    return Season(
        np.array(constants.prior_season),
        constants.prior_level,
        12.0 * year,
        np.array(constants.prior_scatter),
        lone=1.0,
    )


def _two_way(y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Month effects (of mean zero) and level of each row, fitted together, so that months without data do not tilt."""
    there = ~np.isnan(y)
    filled = np.where(there, y, 0.0)
    weighed = weights[:, None] * there
    profile, level = np.zeros(12), np.zeros(len(y))
    for _ in range(ROUNDS):
        level = ((filled - profile) * there).sum(axis=1) / there.sum(axis=1)
        profile = (weighed * (filled - level[:, None])).sum(axis=0) / np.maximum(weighed.sum(axis=0), 1 / 10**9)
        profile = profile - profile.mean()
    return profile, level
