"""The year cut at a day: the months seen, the last one perhaps in part, and the parts to come."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from guatu.judge.outlook.ending import History
from guatu.judge.outlook.field import Parts
from guatu.judge.outlook.monthly import Months, month_of


def seen(months: Months, row: int, since: int, gone: date) -> History:
    """The months of one city that have valid days, from a running month to a day.

    The months must hold no day after `gone`; the month of that day stands at the middle of its part gone by.
    """
    columns = np.arange(max(since, months.first), month_of(gone) + 1) - months.first
    columns = columns[columns < months.n.shape[1]]
    columns = columns[months.n[row, columns] > 0]
    month = columns + months.first
    size = monthrange(gone.year, gone.month)[1]
    shift = Fraction(gone.day - size, 2 * size)
    return History(
        Parts(month, month + np.where(month == month_of(gone), float(shift), 0.0), months.n[row, columns]),
        months.y[row, columns],
        months.scatter[row, columns],
        months.good[row, columns],
        months.total[row, columns],
    )


def to_come(year: int, gone: date) -> Parts:
    """The parts of a year after a day: the rest of its month, if any, and the months after it."""
    start = max(gone + timedelta(days=1), date(year, 1, 1))
    month = np.arange(month_of(start), 12 * year + 12)
    sizes = np.array([monthrange(year, int(m) % 12 + 1)[1] for m in month], dtype=np.float64)
    missing = np.where(month == month_of(start), start.day - 1, 0)
    return Parts(month, month + missing / (2 * sizes), sizes - missing)
