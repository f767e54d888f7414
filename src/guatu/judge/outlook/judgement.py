"""The outlook of one target on one day: the year's final value as a distribution, and the chance to meet it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

import numpy as np

from guatu import rules
from guatu.base.exact import half_even
from guatu.judge.indicators import AIR, good_aqi, judged_decimals
from guatu.judge.outlook.ending import Ending, History, ending_of, likely
from guatu.judge.outlook.field import Parts
from guatu.judge.outlook.model import Floats, Model, model
from guatu.judge.outlook.monthly import AQI
from guatu.judge.outlook.others import Days, Others, Rows, months_of, others_of, rows_of, season_from
from guatu.judge.outlook.record import past_of
from guatu.judge.outlook.season import prior_season
from guatu.judge.outlook.stretch import seen, to_come
from guatu.judge.outlook.told import Outlook, per_cent, worded
from guatu.judge.room import bad_days_allowed
from guatu.judge.status import meets
from guatu.read.plan import Target

__all__ = ["Others", "Outlook", "others_of", "outlook_of"]

Places = Mapping[str, Days] | Days
"""Days by member place, or of the one place there is."""


def outlook_of(
    target: Target,
    daily: Places,
    history: Places,
    others: Others | None = None,
    *,
    as_of: date,
    year: int | None = None,
    percent: bool = True,
) -> Outlook:
    """The outlook of a yearly target after a day.

    daily: the year's days so far, history: the days of earlier years, by member place or of the one place; PM2.5 means
    [µg/m³] or AQI, for a chance of good days all by one table of AQI; days after as_of are ignored. others: other
    cities (see others_of); without them the model's own season is used. year: that of as_of if not given. percent:
    False where the office hides percentages. Of several places a mean is the mean of their means, good days are
    counted together, and they share their weather.
    """
    year = as_of.year if year is None else year
    asked, indicator = model(), target.indicator_id or ""
    known = {"<=": indicator != AQI, ">=": indicator == AQI, ">": indicator == AQI}.get(target.op, False)
    if indicator not in asked.by_indicator or not known or not isinstance(target.value, Decimal):
        return Outlook(reason="只对 PM2.5 年均值（不高于）和优良天数比例（不低于）给出概率")
    now, before = _by_place(daily), _by_place(history)
    gone = min(as_of, date(year, 12, 31))
    places = [_Place(indicator, now[name], before.get(name, {}), year, gone, asked) for name in now]
    left = max(0, (date(year, 12, 31) - max(gone, date(year - 1, 12, 31))).days)
    least = int(rules.at("hj663.year.min_days", date(year, 12, 31)).value)
    if not places or any(place.valid + left < least for place in places):
        return Outlook(reason="有效天数不够，全年无法评价")
    if left == 0:
        return _decided(target, target.value, places, year, percent, asked)
    whole = all(place.last_year >= least for place in places)
    if not whole and gone <= date(year, *asked.wait_until):
        return Outlook(reason="没有上一年的完整数据，6 月 30 日前不给概率")
    endings = [place.ending(others) for place in places]
    ending = _together(indicator, endings)
    chance = _chance(target, target.value, ending, year)
    aspired = None if target.stretch is None else _chance(target, target.stretch, ending, year)
    tentative, handover = not whole and gone <= date(year, *asked.tentative_until), left <= asked.last_days
    p10, p90, p025, p975 = (ending.quantile(asked.quantiles[name]) for name in ("p10", "p90", "p025", "p975"))
    past = past_of(indicator, chance, gone, year)
    return Outlook(
        ending.mean,
        p10,
        p90,
        p025,
        p975,
        chance,
        aspired,
        _shown(chance, percent, asked),
        past.said(percent) if past else "",
        notes=_notes(tentative, handover, left, indicator, year),
        expected=f"{ending.mean:.1f}",
        span=f"{p10:.1f}～{p90:.1f}",
        unit=AIR[indicator].unit,
        word=worded(chance, asked),
        aspired_shown="" if aspired is None else _shown(aspired, percent, asked),
        past=past,
        until=gone,
        left=left,
        tentative=tentative,
        handover=handover,
    )


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
        self.past: Rows = rows_of([past])
        self.rows: Rows = rows_of([{**past, **mine}])

    def ending(self, others: Others | None) -> Ending:
        """The final value of the place."""
        season = season_from(others, self.past, self.year, self.model) if others is not None else None
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


def _chance(target: Target, limit: Decimal, ending: Ending, year: int) -> float:
    """The chance to meet the target once rounded to the decimals it is judged at (GB/T 8170)."""
    decimals = judged_decimals(target, date(year, 12, 31))
    if target.indicator_id == AQI:
        bad = ending.days - np.rint(ending.values * ending.days / 100)
        return likely(bad <= bad_days_allowed(limit, ending.days, decimals, target.op))
    top = Fraction(limit) + Fraction(1, 2 * 10**decimals)
    closed = half_even(top, decimals) <= limit
    return likely(ending.values <= float(top) if closed else ending.values < float(top))


def _decided(target: Target, limit: Decimal, places: list[_Place], year: int, percent: bool, asked: Model) -> Outlook:
    """The year is over: no chance is left, only the figure, reckoned exactly."""
    values = [[Fraction(v) for v in place.values] for place in places]
    if target.indicator_id == AQI:
        every = [v for place in values for v in place]
        final = Fraction(100 * sum(v <= good_aqi() for v in every), len(every))
    else:
        final = sum((sum(place, Fraction()) / len(place) for place in values), Fraction()) / len(values)
    judged = half_even(final, judged_decimals(target, date(year, 12, 31)))
    chance = float(meets(target.op, judged, limit))
    aspired = None if target.stretch is None else float(meets(target.op, judged, target.stretch))
    end, text = float(final), f"{half_even(final, 1)}"
    return Outlook(
        end,
        end,
        end,
        end,
        end,
        chance,
        aspired,
        _shown(chance, percent, asked),
        notes=("全年已过，以评价结果为准",),
        expected=text,
        span=text,
        unit=AIR[target.indicator_id or ""].unit,
        word=worded(chance, asked),
        until=date(year, 12, 31),
        left=0,
    )


def _shown(chance: float, percent: bool, asked: Model) -> str:
    return per_cent(chance) if percent else worded(chance, asked)


def _notes(tentative: bool, handover: bool, left: int, indicator: str, year: int) -> tuple[str, ...]:
    notes = []
    if tentative:
        notes.append("没有上一年的完整数据，仅供参考")
    if handover:
        notes.append(f"余下 {left} 天，本预测不知道眼下的天气过程，也没有接入逐日预报，请以逐日预报为准")
    if indicator == AQI and _table_changes(year):
        notes.append("AQI 标准在此期间更换，历史 AQI 须按同一版本重算，否则概率偏高")
    return tuple(notes)


def _table_changes(year: int) -> bool:
    """Whether the table of AQI is another one at the end of the year than two years before."""
    return (
        rules.at("hj633.index", date(year, 12, 31)).edition != rules.at("hj633.index", date(year - 2, 12, 31)).edition
    )
