"""Forecast past years as if they were to come, from other years only, and see what came of it."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from guatu import rules
from guatu.errors import LoadError
from guatu.judge.indicators import good_aqi
from guatu.judge.outlook.cityday import CityDays
from guatu.judge.outlook.ending import Ending, ending_of
from guatu.judge.outlook.likeness import anomalies, likeness_of
from guatu.judge.outlook.model import Floats, model
from guatu.judge.outlook.monthly import AQI, gather
from guatu.judge.outlook.season import Season, pool_of, season_of
from guatu.judge.outlook.skill import Judged, crps
from guatu.judge.outlook.stretch import seen, to_come

PM25 = "pm25_mean"


@cache
def questions() -> dict[str, Any]:
    """Origins, targets and classes of reliability, as ``backtest.toml`` has them."""
    return tomllib.loads(files(__package__).joinpath("backtest.toml").read_text(encoding="utf-8"))


def backtest(data: CityDays, origins: dict[str, int] | None = None) -> list[Judged]:
    """Judge every city-year that is whole and has a whole year before it, at each origin.

    Season, level and scatter come from the other cities in other years; where these lack a calendar month, as in a file
    of one city, from the city's own earlier years too. Of the city itself only days before the origin are used; no
    day of the year judged is used for anything but that city's own course up to the origin.
    origins: name to months gone; those of ``backtest.toml`` if not given. Raises LoadError (G-OUTLOOK-05) where no
    city-year can be judged.
    """
    origins = questions()["origins"] if origins is None else origins
    measured = [name for name, values in ((PM25, data.pm25), (AQI, data.aqi)) if not np.isnan(values).all()]
    judged = [row for indicator in measured for row in _Test(indicator, data).rows(origins)]
    if not judged:
        raise LoadError.of(
            "no city-year can be judged",
            "G-OUTLOOK-05",
            f"{len(data.names)} 个城市的日值",
            "没有一个城市年可以回测",
            "至少一个城市要有连续两个有效天数足够的年，还要有别的城市或更早的年份可学季节",
            "补上更多城市和年份的日值",
        )
    return judged


@dataclass(frozen=True, slots=True)
class _Case:
    """A city-year to judge: its truth, last year's value, and the year-on-year changes that others had."""

    row: int
    year: int
    truth: float
    last: float
    changes: Floats


class _Test:
    """One indicator of one file."""

    def __init__(self, indicator: str, data: CityDays) -> None:
        self.indicator, self.data, self.model = indicator, data, model()
        values = data.aqi if indicator == AQI else data.pm25
        there = ~np.isnan(values)
        first = int(data.months.min()) // 12 * 12
        count = (int(data.months.max()) // 12 + 1) * 12 - first
        rows, months, values = data.rows[there], data.months[there], values[there]
        self.months = gather(indicator, data.names, rows, months, values, good_aqi(), first, count)
        self.days, self.calendar = anomalies(rows, months, data.days[there], values, len(data.names))
        last = date(self.months.years[-1], 12, 31)
        self.least = int(rules.at("hj663.year.min_days", last).value)

    def rows(self, origins: dict[str, int]) -> Iterator[Judged]:
        """All forecasts of this indicator, by year, city and origin."""
        pool = pool_of(self.months, self.model)
        for year in self.months.years:
            cases = list(self._cases(year))
            likeness = self._likeness(year) if cases else None
            for case in cases:
                near = None if likeness is None else likeness[case.row]
                constants = self.model.of(self.indicator)
                season = season_of(pool.without(case.row, 12 * year), near, constants)
                season = season or season_of(pool.earlier(case.row, 12 * year), near, constants)
                if season is not None:
                    yield from (self._judge(case, season, name, gone) for name, gone in origins.items())

    def _likeness(self, year: int) -> Floats:
        years = self.calendar.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
        return likeness_of(self.days[years != year], self.data.places, self.model.of(self.indicator), self.model)

    def _final(self, row: int, year: int) -> float:
        """The final value of a whole year; nan where it has too few days."""
        columns = self.months.year(year)
        if columns is None or self.months.valid_days(row, year) < self.least:
            return float("nan")
        what = 100 * self.months.good if self.indicator == AQI else self.months.total
        return float(what[row, columns].sum() / self.months.n[row, columns].sum())

    def _cases(self, year: int) -> Iterator[_Case]:
        cities = range(len(self.months.names))
        finals = {
            y: np.array([self._final(row, y) for row in cities]) for y in (*self.months.years, self.months.years[0] - 1)
        }
        for row in cities:
            truth, last = finals[year][row], finals[year - 1][row]
            if np.isnan(truth) or np.isnan(last):
                continue
            changes = [
                self._change(np.delete(finals[y], row), np.delete(finals[y - 1], row))
                for y in self.months.years
                if y != year
            ]
            known = np.concatenate([*changes, np.empty(0)])
            yield _Case(row, year, float(truth), float(last), known[~np.isnan(known)])

    def _change(self, now: Floats, before: Floats) -> Floats:
        return now - before if self.indicator == AQI else now / before

    def _judge(self, case: _Case, season: Season, origin: str, gone: int) -> Judged:
        ending = self._ending(case, season, gone)
        asked = questions()["targets"][self.indicator]
        return Judged(
            self.data.names[case.row],
            case.year,
            origin,
            self.indicator,
            ending.mean,
            *ending.quantiles(self.model),
            tuple(self._target(case, ending, step) for step in asked),
            case.truth,
            crps(ending.values, case.truth),
        )

    def _target(self, case: _Case, ending: Ending, step: float) -> tuple[float, float, bool, float]:
        if self.indicator == AQI:
            value = case.last + step
            usual = float((case.last + case.changes >= value).mean()) if len(case.changes) else float("nan")
            return value, ending.at_least(value), case.truth >= value, usual
        value = case.last * step
        usual = float((case.last * case.changes <= value).mean()) if len(case.changes) else float("nan")
        return value, ending.at_most(value), case.truth <= value, usual

    def _ending(self, case: _Case, season: Season, gone: int) -> Ending:
        until = date(case.year, 1, 1) if gone == 0 else date(case.year, gone, monthrange(case.year, gone)[1])
        until = until - timedelta(days=1) if gone == 0 else until
        past = seen(self.months, case.row, 12 * case.year - self.model.past_months, until)
        rest = to_come(case.year, until)
        return ending_of(self.indicator, past, case.year, rest, season, good_aqi(), self.model)
