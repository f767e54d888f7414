"""The outlook of a target from what the workspace keeps: this year's days and all earlier ones of its places."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import cast

import polars as pl

from guatu import rules
from guatu.base.period import Period
from guatu.base.place import Scope
from guatu.compute import air
from guatu.judge.daily import ITEMS, by_day, data_until, days_of, members
from guatu.judge.indicators import AIR, Indicator
from guatu.judge.outlook import Outlook, outlook_of
from guatu.judge.outlook.forecast import Forecast, forecast_of
from guatu.judge.outlook.judgement import can_be_told, outlook_from, table_changes
from guatu.judge.outlook.model import model
from guatu.judge.outlook.others import Days
from guatu.load.batches import counting
from guatu.load.sand import KIND as SAND
from guatu.load.workspace import Workspace
from guatu.read.plan import Target


def chance_of(ws: Workspace, target: Target, period: Period, as_of: date) -> Outlook | None:
    """What page, command and bulletin show of a yearly target of PM2.5 or good days: see ``Outlook`` for its fields.

    None for any other target or period, before the period begins, and where its scope has no site. Where nothing can
    be said although the target is one of the two, an Outlook whose ``reason`` says why. Show ``shown`` (never the bare
    ``chance``) with ``record`` beside it and every one of ``notes``, or simply ``lines()``; ``[judge] show_chance =
    false`` in guatu.toml makes words of percentages. Days and history are those known on as_of.
    """
    indicator = AIR.get(target.indicator_id or "")
    if indicator is None or str(period) != f"{period.first.year}":
        return None
    scope = ws.scope(target.scope, max(period.first, min(as_of, period.last)))
    if scope is None or as_of < period.first:
        return None
    areas = members(ws, scope, min(as_of, period.last))
    if not areas or not all(area.sites for area in areas):
        return None
    if not can_be_told(target):
        return outlook_of(target, {}, {}, as_of=as_of)
    known = tuple(batch.stored for kind in ("air-hourly", SAND) for batch in counting(ws.data, None, kind))
    forecast = _forecast(ws, areas, indicator, period.first.year, as_of, known)
    return outlook_from(target, forecast, percent=ws.city.judge.show_chance)


@lru_cache(maxsize=128)
def _forecast(
    ws: Workspace, areas: tuple[Scope, ...], indicator: Indicator, year: int, as_of: date, _known: tuple[str, ...]
) -> Forecast:
    """The forecast that all targets of an indicator and scope share; made anew when any batch comes in."""
    period = Period.of(str(year))
    earlier = Period(date(year - model().past_months // 12, 1, 1), date(year - 1, 12, 31))
    now, history = (
        {area.name: _days(ws, area, when, as_of, indicator.item) for area in areas} for when in (period, earlier)
    )
    until = min(as_of, data_until(ws, as_of) or as_of - timedelta(days=1))
    anew = indicator.item == "aqi" and table_changes(year)
    if anew:
        history = {area.name: _by_table_of(days_of(ws, area, earlier, as_of), year) for area in areas}
    return forecast_of(indicator.id, now, history, as_of=until, year=year, one_table=anew)


def _by_table_of(days: pl.DataFrame, year: int) -> Days:
    """The AQI of the days of an area by the table in force at a year's end, so that near misses mean the same."""
    if days.is_empty():
        return {}
    edition = rules.at("hj633.index", date(year, 12, 31)).edition
    alone = days.select("date", *ITEMS).with_columns(station=pl.lit(""), city=pl.lit(""))
    return cast(Days, by_day(air.city_day(alone, reading=edition), "aqi"))


def _days(ws: Workspace, area: Scope, period: Period, as_of: date, item: str) -> Days:
    return cast(Days, by_day(days_of(ws, area, period, as_of), item))
