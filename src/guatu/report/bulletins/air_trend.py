"""PM2.5 month by month beside the year before: a table and the lines drawn from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guatu.base.period import Period
from guatu.load.workspace import Workspace
from guatu.report.figures import air_number
from guatu.report.paper import Chart, Grid, Number, Runs, Series


def trend(ws: Workspace, scopes: Sequence[str], period: Period, as_of: date) -> tuple[Grid, Chart]:
    """The months of the year up to the period's last, of every scope; the chart is of the first scope."""
    year = period.last.year
    months = [Period.of(f"{year}-{month:02d}") for month in range(1, period.last.month + 1)]
    told: dict[str, tuple[list[Number], list[Number]]] = {}
    for scope in scopes:
        now = [_mean(ws, scope, month, as_of) for month in months]
        told[scope] = (
            now,
            [_mean(ws, scope, month.year_before, as_of, one) for month, one in zip(months, now, strict=True)],
        )
    rows: list[tuple[Runs, ...]] = [
        ((f"{month.first.month}月",), *((one[at],) for pair in told.values() for one in pair))
        for at, month in enumerate(months)
    ]
    heads = ("月份", *(f"{scope}{which}" for scope in scopes for which in (f"{year}年", f"{year - 1}年")))
    grid = Grid("PM2.5逐月平均浓度（微克/立方米）", heads, tuple(rows), wide=True)
    first = scopes[0] if scopes else ""
    series = tuple(Series(f"{year - at}年", tuple(numbers)) for at, numbers in enumerate(told[first] if told else ()))
    labels = tuple(f"{month.first.month}月" for month in months)
    return grid, Chart(f"{first}PM2.5逐月平均浓度", "lines", labels, series, "微克/立方米")


def _mean(ws: Workspace, scope: str, month: Period, as_of: date, beside: Number | None = None) -> Number:
    like = beside.text if beside else ""
    return air_number(ws, "pm25_mean", scope, month, as_of, f"{scope}/pm25_mean/{month}", like)
