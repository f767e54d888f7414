"""Which cities share a city's weather: the correlation of their days, the season and the level taken out."""

from __future__ import annotations

import numpy as np

from guatu.judge.outlook.model import Constants, Floats, Model
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


def correlations(left: Floats, right: Floats) -> Floats:
    """Correlation of every column of left with every column of right, over the days both have; 0 where there is none.

    Columns are anomalies (see above), [day, city]; the result is [city of left, city of right].
    """
    here, there = (~np.isnan(table) for table in (left, right))
    a, b = np.where(here, left, 0.0), np.where(there, right, 0.0)
    norm = np.sqrt(((a * a).T @ there.astype(np.float64)) * (here.astype(np.float64).T @ (b * b)))
    return np.asarray(a.T @ b / np.where(norm > 0, norm, 1.0), dtype=np.float64)


def likeness_of(table: Floats, places: Floats | None, constants: Constants, model: Model) -> Floats:
    """Likeness of every two cities: the correlation of their days, and where they share too few, their distance.

    table: anomalies, [day, city]; places: longitude and latitude [degrees], None if not known. A distance of
    near_degrees weighs exp(-1/2), as the correlation that weighs the same would.
    """
    alike = correlations(table, table)
    if places is None:
        return alike
    there = (~np.isnan(table)).astype(np.float64)
    east, north = (places[:, None, axis] - places[None, :, axis] for axis in (0, 1))
    middle = (places[:, None, 1] + places[None, :, 1]) / 2
    apart = (east * np.cos(np.radians(middle))) ** 2 + north**2
    by_distance = 1 - constants.likeness * apart / (2 * model.near_degrees**2)
    known = (there.T @ there >= model.common_days) | np.isnan(apart)
    return np.where(known, alike, by_distance)
