"""The outlook of one target on one day: the year's final value as a distribution, and the chance to meet it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from guatu import rules
from guatu.base.exact import half_even
from guatu.judge.comparing import meets
from guatu.judge.indicators import AIR, judged_decimals
from guatu.judge.outlook.ending import Ending, likely
from guatu.judge.outlook.forecast import Forecast, Places, forecast_of
from guatu.judge.outlook.model import Model, model
from guatu.judge.outlook.monthly import AQI
from guatu.judge.outlook.others import Others, others_of
from guatu.judge.outlook.record import past_of
from guatu.judge.outlook.told import Outlook, per_cent, worded
from guatu.judge.room import bad_days_allowed
from guatu.read.plan import Target

__all__ = ["Others", "Outlook", "can_be_told", "others_of", "outlook_from", "outlook_of"]


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
    if not can_be_told(target):
        return Outlook(reason="只对 PM2.5 年均值（不高于）和优良天数比例（不低于）给出概率")
    year = as_of.year if year is None else year
    return outlook_from(
        target, forecast_of(target.indicator_id or "", daily, history, others, as_of=as_of, year=year), percent=percent
    )


def can_be_told(target: Target) -> bool:
    """Whether it is a target of one of the two indicators, in the direction that they have."""
    ops = {"pm25_mean": ("<=",), AQI: (">=", ">")}.get(target.indicator_id or "", ())
    return target.op in ops and isinstance(target.value, Decimal)


def outlook_from(target: Target, forecast: Forecast, *, percent: bool = True) -> Outlook:
    """The outlook of a target on a forecast of its indicator, which all targets of a place share."""
    assert isinstance(target.value, Decimal)
    asked, indicator, year, until = model(), forecast.indicator, forecast.year, forecast.until
    if forecast.exact is not None:
        return _decided(target, target.value, forecast, percent, asked)
    ending = forecast.ending
    if ending is None:
        return Outlook(reason=forecast.reason)
    chance = _chance(target, target.value, ending, year)
    aspired = None if target.stretch is None else _chance(target, target.stretch, ending, year)
    tentative = not forecast.whole and until <= date(year, *asked.tentative_until)
    handover = forecast.left <= asked.last_days
    p10, p90, p025, p975 = ending.quantiles(asked)
    past = past_of(indicator, chance, until, year)
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
        notes=_notes(tentative, handover, forecast),
        expected=f"{ending.mean:.1f}",
        span=f"{p10:.1f}～{p90:.1f}",
        unit=AIR[indicator].unit,
        word=worded(chance, asked),
        aspired_shown="" if aspired is None else _shown(aspired, percent, asked),
        past=past,
        until=until,
        left=forecast.left,
        tentative=tentative,
        handover=handover,
    )


def _chance(target: Target, limit: Decimal, ending: Ending, year: int) -> float:
    """The chance to meet the target once rounded to the decimals it is judged at (GB/T 8170)."""
    decimals = judged_decimals(target, date(year, 12, 31))
    if target.indicator_id == AQI:
        bad = ending.days - np.rint(ending.values * ending.days / 100)
        return likely(bad <= bad_days_allowed(limit, ending.days, decimals, target.op))
    top = Fraction(limit) + Fraction(1, 2 * 10**decimals)
    closed = half_even(top, decimals) <= limit
    return likely(ending.values <= float(top) if closed else ending.values < float(top))


def _decided(target: Target, limit: Decimal, forecast: Forecast, percent: bool, asked: Model) -> Outlook:
    """The year is over: no chance is left, only the figure, reckoned exactly."""
    final = forecast.exact or Fraction()
    judged = half_even(final, judged_decimals(target, date(forecast.year, 12, 31)))
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
        unit=AIR[forecast.indicator].unit,
        word=worded(chance, asked),
        until=forecast.until,
        left=0,
    )


def _shown(chance: float, percent: bool, asked: Model) -> str:
    return per_cent(chance) if percent else worded(chance, asked)


def _notes(tentative: bool, handover: bool, forecast: Forecast) -> tuple[str, ...]:
    notes = []
    if tentative:
        notes.append("没有上一年的完整数据，仅供参考")
    if handover:
        notes.append(f"余下 {forecast.left} 天，本预测不知道眼下的天气过程，也没有接入逐日预报，请以逐日预报为准")
    if forecast.indicator == AQI and table_changes(forecast.year):
        done = "往年 AQI 已按年末施行的版本由日浓度重算"
        notes.append(
            f"AQI 标准在此期间更换，{done if forecast.one_table else '历史 AQI 须按同一版本重算，否则概率偏高'}"
        )
    return tuple(notes)


def table_changes(year: int) -> bool:
    """Whether the table of AQI is another one at the end of the year than two years before."""
    return (
        rules.at("hj633.index", date(year, 12, 31)).edition != rules.at("hj633.index", date(year - 2, 12, 31)).edition
    )
