"""Daily values gathered by calendar month: what the outlook looks at instead of single days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from guatu.judge.outlook.model import Floats

Ints = NDArray[np.int_]
AQI = "aqi_good_ratio"


def month_of(day: date) -> int:
    """A calendar month as one running number: twelve times the year, plus 0 for January."""
    return 12 * day.year + day.month - 1


@dataclass(frozen=True, slots=True)
class Months:
    """Months of several cities or places; arrays are [city, month], months counted from `first`.

    n: valid days; total: sum of the daily values [unit]; y: log of the month's mean, for AQI the mean of the daily
    logs (nan: no valid day); scatter: standard deviation of the daily logs (nan: fewer than two days);
    good: days with AQI up to the limit.
    """

    names: tuple[str, ...]
    first: int
    n: Floats
    total: Floats
    y: Floats
    scatter: Floats
    good: Floats

    def year(self, year: int) -> slice | None:
        """The twelve columns of a calendar year; None where the table does not hold all of them."""
        start = 12 * year - self.first
        return slice(start, start + 12) if start >= 0 and start + 12 <= self.n.shape[1] else None

    def valid_days(self, row: int, year: int) -> int:
        """Valid days of a city in a year; 0 where the table does not cover it."""
        columns = self.year(year)
        return 0 if columns is None else int(self.n[row, columns].sum())

    @property
    def years(self) -> range:
        """The calendar years the table touches."""
        return range(self.first // 12, (self.first + self.n.shape[1] - 1) // 12 + 1)


def gather(
    indicator: str, names: Sequence[str], rows: Ints, months: Ints, values: Floats, limit: int, first: int, count: int
) -> Months:
    """Sum up daily values by city and month.

    rows: index into names; months: running numbers (see month_of); values > 0 [unit], none missing; limit: the AQI up
    to which a day is good; first, count: the months the table holds (days outside are an error of the caller).
    """
    shape = (len(names), count)
    cell = rows * count + (months - first)
    size = shape[0] * shape[1]

    def add(what: Floats) -> Floats:
        return np.bincount(cell, weights=what, minlength=size).reshape(shape).astype(np.float64)

    n, total, logs = add(np.ones(len(values))), add(values), np.log(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = add(logs) / n
        y = mean if indicator == AQI else np.log(total / n)
        away = logs - mean.ravel()[cell]
        scatter = np.sqrt(add(away * away) / np.where(n > 1, n - 1, np.nan))
    return Months(tuple(names), first, n, total, y, scatter, add((values <= limit).astype(np.float64)))
