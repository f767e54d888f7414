"""Which cities share a city's weather: the correlation of their days, the season and the level taken out."""

from __future__ import annotations

import numpy as np

from guatu.judge.outlook.model import Floats
from guatu.judge.outlook.monthly import Ints


def anomalies(rows: Ints, months: Ints, days: Ints, values: Floats, cities: int) -> tuple[Floats, Ints]:
    """Log of each day less the mean log of its city and calendar month, as [day, city] (nan: missing), and the days.

    A month is taken out by its own mean alone, so no day knows anything of another month, let alone year.
    """
    logs = np.log(values)
    first = int(months.min())
    cell = rows * (int(months.max()) - first + 1) + months - first
    mean = np.bincount(cell, weights=logs) / np.maximum(np.bincount(cell), 1)
    calendar = np.unique(days)
    table = np.full((len(calendar), cities), np.nan)
    table[np.searchsorted(calendar, days), rows] = logs - mean[cell]
    return table, calendar


def correlations(table: Floats) -> Floats:
    """Correlation of every two columns over the days both have; 0 where there is none."""
    there = ~np.isnan(table)
    filled = np.where(there, table, 0.0)
    square = (filled * filled).T @ there
    norm = np.sqrt(square * square.T)
    return np.asarray(filled.T @ filled / np.where(norm > 0, norm, 1.0), dtype=np.float64)
