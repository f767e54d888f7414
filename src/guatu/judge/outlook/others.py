"""Other cities' past days, prepared once: what a city without many years of its own learns the season from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from guatu.judge.indicators import good_aqi
from guatu.judge.outlook.likeness import anomalies, correlations
from guatu.judge.outlook.model import Floats, Model, model
from guatu.judge.outlook.monthly import Ints, Months, gather, month_of
from guatu.judge.outlook.season import Pool, Season, pool_of, season_of

Days = Mapping[date, int | float | Decimal | None]
"""One place's days: mean PM2.5 [µg/m³] or AQI; None, absent, 0 or below: missing."""


@dataclass(frozen=True, slots=True)
class Others:
    """Years of other cities: their months as a pool, their days' anomalies to tell which of them are alike."""

    indicator: str
    pool: Pool
    days: Floats
    calendar: Ints


@dataclass(frozen=True, slots=True)
class Rows:
    """Daily values as columns: place index, running month, day number (1970-01-01 is 0), value."""

    rows: Ints
    months: Ints
    days: Ints
    values: Floats


def others_of(indicator: str, days: Mapping[str, Days]) -> Others | None:
    """Prepare other cities' days for ``outlook_of``; None where they hold no value. To be kept, not made each time."""
    rows = rows_of(list(days.values()))
    if not len(rows.values):
        return None
    months = months_of(indicator, tuple(days), rows)
    table, calendar = anomalies(rows.rows, rows.months, rows.days, rows.values, len(days))
    return Others(indicator, pool_of(months, model()), table, calendar)


def season_from(others: Others, own: Rows, year: int, asked: Model) -> Season | None:
    """The season of a city as its likes of other years have it; own: the city's rows before that year."""
    likeness = None
    if len(own.values):
        mine, calendar = anomalies(np.zeros_like(own.rows), own.months, own.days, own.values, 1)
        both, here, there = np.intersect1d(calendar, others.calendar, return_indices=True)
        if len(both):
            likeness = correlations(mine[here], others.days[there])[0]
    return season_of(others.pool.without(-1, 12 * year), likeness, asked.of(others.indicator))


def rows_of(places: Sequence[Days], until: date | None = None) -> Rows:
    """The days of some places that have a value, up to a day."""
    kept = [
        (place, month_of(day), day.toordinal(), float(value))
        for place, days in enumerate(places)
        for day, value in days.items()
        if value is not None and value > 0 and (until is None or day <= until)
    ]
    columns = list(zip(*kept, strict=True)) or [(), (), (), ()]
    epoch = date(1970, 1, 1).toordinal()
    return Rows(
        np.array(columns[0], dtype=np.int_),
        np.array(columns[1], dtype=np.int_),
        np.array(columns[2], dtype=np.int_) - epoch,
        np.array(columns[3], dtype=np.float64),
    )


def months_of(indicator: str, names: tuple[str, ...], rows: Rows) -> Months:
    """The rows by month, in whole calendar years."""
    first = int(rows.months.min()) // 12 * 12
    count = (int(rows.months.max()) // 12 + 1) * 12 - first
    return gather(indicator, names, rows.rows, rows.months, rows.values, good_aqi(), first, count)
