"""What the year may end at, whatever the target: the distribution of the final value of one indicator on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

import numpy as np

from guatu import rules
from guatu.judge.indicators import good_aqi
from guatu.judge.outlook.ending import Ending, History, ending_of
from guatu.judge.outlook.field import Parts
from guatu.judge.outlook.model import Floats, Model, model
from guatu.judge.outlook.monthly import AQI
from guatu.judge.outlook.others import Days, Others, Rows, months_of, rows_of, season_from
from guatu.judge.outlook.season import prior_season
from guatu.judge.outlook.stretch import seen, to_come

Places = Mapping[str, Days] | Days
"""Days by member place, or of the one place there is."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The year of an indicator as it looks after a day; every target of it is judged on the same one.

    ending: the distribution of the final value, None where there is none, with the reason, and where the year is
    over, with its exact value; until: the last day known; left: the days after it; whole: whether the year before is;
    one_table: whether the AQI of earlier years is known to be by the table of this year's end.
    """

    indicator: str
    year: int
    until: date
    left: int
    whole: bool
    ending: Ending | None = None
    exact: Fraction | None = None
    reason: str = ""
    one_table: bool = False


def forecast_of(
    indicator: str,
    daily: Places,
    history: Places,
    others: Others | None = None,
    *,
    as_of: date,
    year: int,
    one_table: bool = False,
) -> Forecast:
    """Forecast ``pm25_mean`` or ``aqi_good_ratio``; see ``outlook_of`` for what is given."""
    asked = model()
    now, before = _by_place(daily), _by_place(history)
    until = min(as_of, date(year, 12, 31))
    places = [_Place(indicator, now[name], before.get(name, {}), year, until, asked) for name in now]
    left = max(0, (date(year, 12, 31) - max(until, date(year - 1, 12, 31))).days)
    least = int(rules.at("hj663.year.min_days", date(year, 12, 31)).value)
    whole = all(place.last_year >= least for place in places)
    if not places or any(place.valid + left < least for place in places):
        return Forecast(indicator, year, until, left, whole, reason="有效天数不够，全年无法评价")
    if left == 0:
        return Forecast(indicator, year, until, left, whole, exact=_final(indicator, places))
    if not whole and until <= date(year, *asked.wait_until):
        return Forecast(indicator, year, until, left, whole, reason="没有上一年的完整数据，6 月 30 日前不给概率")
    ending = _together(indicator, [place.ending(others) for place in places])
    return Forecast(indicator, year, until, left, whole, ending, one_table=one_table)


class _Place:
    """One member place: its months seen and what is to come."""

    def __init__(self, indicator: str, now: Days, before: Days, year: int, gone: date, asked: Model) -> None:
        self.indicator, self.year, self.gone, self.model = indicator, year, gone, asked
        first = date(year, 1, 1)
        past = {day: value for day, value in before.items() if day < first}
        mine = {day: value for day, value in now.items() if day.year == year and day <= gone}
        self.values = [value for value in mine.values() if value is not None and value > 0]
        self.valid = len(self.values)
        self.last_year = sum(
            1 for day, value in past.items() if value is not None and value > 0 and day.year == year - 1
        )
        self.past = past
        self.rows: Rows = rows_of([{**past, **mine}])

    def ending(self, others: Others | None) -> Ending:
        """The final value of the place."""
        season = season_from(others, rows_of([self.past]), self.year, self.model) if others is not None else None
        if season is None:
            season = prior_season(self.model.of(self.indicator), self.year)
        rest = to_come(self.year, self.gone)
        return ending_of(self.indicator, self._history(), self.year, rest, season, good_aqi(), self.model)

    def _history(self) -> History:
        if not len(self.rows.values):
            nothing: Floats = np.empty(0)
            return History(Parts(np.empty(0, dtype=np.int_), nothing, nothing), nothing, nothing, nothing, nothing)
        months = months_of(self.indicator, ("",), self.rows)
        return seen(months, 0, 12 * self.year - self.model.past_months, self.gone)


def _by_place(days: Places) -> dict[str, Days]:
    if any(isinstance(key, date) for key in days):
        return {"": cast(Days, days)}
    return dict(cast(Mapping[str, Days], days)) or {"": {}}


def _together(indicator: str, endings: list[Ending]) -> Ending:
    days = sum(ending.days for ending in endings)
    if indicator == AQI:
        return Ending(sum((e.values * e.days for e in endings), np.zeros(1)) / days, days)
    return Ending(sum((e.values for e in endings), np.zeros(1)) / len(endings), days)


def _final(indicator: str, places: list[_Place]) -> Fraction:
    """The year is over: the figure, reckoned exactly."""
    values = [[Fraction(v) for v in place.values] for place in places]
    if indicator == AQI:
        every = [v for place in values for v in place]
        limit = good_aqi()
        return Fraction(100 * sum(v <= limit for v in every), len(every))
    return sum((sum(place, Fraction()) / len(place) for place in values), Fraction()) / len(values)
