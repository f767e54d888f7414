"""A target's course through the year, day by day: what a chart draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from guatu.base.exact import half_even
from guatu.errors import GuatuError
from guatu.judge.board import period_of
from guatu.judge.figure import figure_of, last_year_of
from guatu.judge.indicators import AIR, GOOD_DAYS, Indicator, good_aqi
from guatu.judge.room import Daily
from guatu.load.workspace import Workspace
from guatu.read.plan import Target


@dataclass(frozen=True, slots=True)
class Course:
    """Day by day, all tuples of one length; None where the day is not valid.

    daily: the day's figure [unit] (for the good-day ratio the day's AQI); cumulative: the figure from the first day
    of the period to that day, one decimal; aqi, level (1 to 6) and primary of the day; good: whether the day is good.
    For a scope of several places daily is the mean of the places that have a valid day, and aqi, level, primary and
    good are None; see parts, which have theirs.
    last_year: the daily figures of the same days a year before; before: the figure from the first day of the whole
    period a year before to each of its days, empty where nothing is known of it.
    """

    indicator: str
    scope: str
    unit: str
    days: tuple[date, ...]
    daily: tuple[Decimal | None, ...]
    cumulative: tuple[Decimal | None, ...]
    aqi: tuple[int | None, ...]
    level: tuple[int | None, ...]
    primary: tuple[str | None, ...]
    good: tuple[bool | None, ...]
    last_year: tuple[Decimal | None, ...] = ()
    parts: tuple[Course, ...] = ()
    before: tuple[tuple[date, Decimal | None], ...] = ()


def course_of(ws: Workspace, target: Target, as_of: date, year: int | None = None) -> Course:
    """The course of a target from the first day of its period to the day given; year: the plan's, if not as_of's.

    Raises GuatuError (G-JUDGE-03) for an indicator that is not computed from rows. A scope without a site, and a
    period that has not begun, have no days.
    """
    indicator = AIR.get(target.indicator_id or "")
    if indicator is None:
        raise not_computed(target.indicator_id or target.indicator)
    period = period_of(target, year or as_of.year)
    figure = figure_of(ws, indicator, target.scope, period, as_of)
    before = last_year_of(ws, indicator, target.scope, period.until(as_of), as_of)
    parts = tuple(_area(indicator, name, frame, before.get(name, {})) for name, frame in figure.parts.items())
    course = parts[0] if len(parts) == 1 else _together(indicator, target.scope, parts)
    return replace(
        course, before=tuple(_year_before(indicator, last_year_of(ws, indicator, target.scope, period, as_of)))
    )


def not_computed(indicator: str) -> GuatuError:
    """The error for an indicator that is not computed from rows."""
    return GuatuError.of(
        f"indicator {indicator} is not computed from rows",
        "G-JUDGE-03",
        f"指标“{indicator}”",
        "不是由观测数据算出的指标",
        "没有日值可看",
        f"从 {'、'.join(AIR)} 中选一个",
    )


def _year_before(indicator: Indicator, daily: Daily) -> Iterable[tuple[date, Decimal | None]]:
    """The running figure of the year before, day by day; nothing where a place has no day."""
    if not daily or not all(any(value is not None for value in days.values()) for days in daily.values()):
        return ()
    calendar = sorted(next(iter(daily.values())))
    areas = [tuple(_decimal(days.get(day)) for day in calendar) for days in daily.values()]
    return zip(calendar, _running(indicator, areas), strict=True)


def _same_day(day: date) -> date | None:
    """The day's fellow of the year before; 29 February has none."""
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _area(indicator: Indicator, name: str, frame: pl.DataFrame, before: object) -> Course:
    days = tuple(frame["date"])
    daily = tuple(_decimal(value) for value in frame[indicator.item])
    aqi = tuple(frame["aqi"])
    good = tuple(None if value is None else value <= good_aqi() for value in aqi)
    then = [before.get(_same_day(day)) for day in days] if isinstance(before, dict) and before else []
    return Course(
        indicator.id,
        name,
        indicator.unit,
        days,
        daily,
        tuple(_running(indicator, [daily])),
        aqi,
        tuple(frame["level"]),
        tuple(frame["primary"]),
        good,
        tuple(_decimal(value) for value in then),
    )


def _together(indicator: Indicator, scope: str, parts: tuple[Course, ...]) -> Course:
    days = parts[0].days if parts else ()
    none = (None,) * len(days)
    return Course(
        indicator.id,
        scope,
        indicator.unit,
        days,
        tuple(_mean(values) for values in zip(*(part.daily for part in parts), strict=True)),
        tuple(_running(indicator, [part.daily for part in parts])),
        none,
        none,
        none,
        none,
        tuple(_mean(values) for values in zip(*(part.last_year for part in parts), strict=False)),
        parts,
    )


def _running(indicator: Indicator, areas: list[tuple[Decimal | None, ...]]) -> Iterable[Decimal | None]:
    """The figure up to each day: mean of the areas' means, or all good days over all valid days."""
    if indicator.percentile:  # a running percentile would redraw the whole year each day; the figure has its own page
        yield from (None for _ in zip(*areas, strict=True))
        return
    total = [Fraction()] * len(areas)
    count = [0] * len(areas)
    good = 0
    for values in zip(*areas, strict=True):
        for at, value in enumerate(values):
            if value is not None:
                total[at] += Fraction(value)
                count[at] += 1
                good += value <= good_aqi()
        if indicator.id in GOOD_DAYS:
            yield half_even(Fraction(100 * good, sum(count)), indicator.shown) if any(count) else None
        elif all(count):
            means = [t / n for t, n in zip(total, count, strict=True)]
            yield half_even(sum(means, Fraction()) / len(means), indicator.shown)
        else:
            yield None


def _mean(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [Fraction(value) for value in values if value is not None]
    return half_even(sum(known, Fraction()) / len(known), 1) if known else None


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
