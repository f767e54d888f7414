"""The official figure beside the computed one, and what would make them equal: rounding, station, day, older values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.place import Scope
from guatu.base.value import Step
from guatu.judge.daily import days_of, members
from guatu.judge.figure import figure_of, statistic
from guatu.judge.indicators import AIR, Indicator
from guatu.judge.sand import observed, papers
from guatu.load.batches import counting
from guatu.load.official import Official, official_in
from guatu.load.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reading:
    """A way of reckoning that gives the official figure to its last digit: what is different, and its own result."""

    text: str
    result: Decimal


@dataclass(frozen=True, slots=True)
class Beside:
    """An official figure, the computed one at the same decimals, their difference, and readings that explain it.

    days: where the paper above also gave daily figures, the days on which they differ: day, official, computed.
    """

    official: Official
    computed: Decimal | None
    difference: Decimal | None
    readings: tuple[Reading, ...] = ()
    days: tuple[tuple[date, Decimal, Decimal | None], ...] = ()


def beside(ws: Workspace, official: Official, as_of: date) -> Beside:
    """Set an official figure beside the one computed from the rows known on a day.

    Where they differ, each single cause is tried: a station left out, a day left out, values as first stored instead
    of corrected ones. A reading is told only if it gives the official figure exactly; none is chosen.
    """
    indicator = AIR[official.indicator]
    places = max(0, -int(official.value.as_tuple().exponent))
    figure = figure_of(ws, indicator, official.scope, official.period, as_of)
    if figure.value.raw is None:
        return Beside(official, None, None)
    computed = half_even(figure.value.raw, places)
    difference = official.value - computed
    readings: tuple[Reading, ...] = ()
    if difference:
        found = _readings(ws, indicator, official, figure.parts, as_of)
        readings = tuple(
            Reading(text, half_even(raw, places)) for text, raw in found if half_even(raw, places) == official.value
        )
    return Beside(official, computed, difference, readings, tuple(_days(ws, official, as_of)))


def official_step(ws: Workspace, official: Official, as_of: date) -> Step:
    """The official figure of an air indicator with its paper and cell, and what explains that it is another."""
    pair = beside(ws, official, as_of)
    below = [Step(f"能算出它的口径：{reading.text}", f"{reading.result}") for reading in pair.readings]
    below += [
        Step(f"{day} 通报 {said}", "没有计算值" if ours is None else f"计算 {ours}") for day, said, ours in pair.days
    ]
    if pair.difference and not pair.readings:
        below.append(Step("逐站、逐日剔除都算不出它，请向发文单位核对口径"))
    told = f"，与计算值相差 {pair.difference:+}" if pair.difference else ""
    where = "，".join(part for part in (f"{official.day}", official.source) if part)
    text = f"以此为准：上级通报值（{official.period}，“{official.paper}”，{where}）{told}"
    return Step(text, f"{official.value} {AIR[official.indicator].unit}".strip(), below=tuple(below))


def all_beside(ws: Workspace, as_of: date) -> tuple[Beside, ...]:
    """Every official figure of more than a day known on a day, beside the computed one, oldest paper first."""
    return tuple(
        beside(ws, figure, as_of)
        for figure in official_in(ws.data, as_of)
        if figure.period.days > 1 and figure.indicator in AIR
    )


def _readings(
    ws: Workspace, indicator: Indicator, official: Official, parts: dict[str, pl.DataFrame], as_of: date
) -> Iterable[tuple[str, Fraction]]:
    period = official.period
    scope = ws.scope(official.scope, min(as_of, period.last))
    names = {station.code: station.name for station in ws.stations}
    if any(papers(frame, indicator.item) for frame in parts.values()):
        raw = statistic(indicator, {name: observed(frame) for name, frame in parts.items()})
        if raw is not None:
            yield "不扣除沙尘", raw
    for area in members(ws, scope, period.last) if scope else ():
        for site in area.sites if len(area.sites) > 1 else ():
            fewer = Scope(area.name, sites=tuple(code for code in area.sites if code != site), since=area.since)
            raw = statistic(indicator, {**parts, area.name: days_of(ws, fewer, period, as_of, own=True)})
            if raw is not None:
                yield f"不计站点 {site} {names.get(site, '')}".rstrip(), raw
    for name, frame in parts.items():
        for row in frame.filter(pl.col(indicator.item).is_not_null()).iter_rows(named=True):
            raw = statistic(indicator, {**parts, name: frame.filter(pl.col("date") != row["date"])})
            if raw is not None:
                yield f"不计 {name} {row['date']}（当日 {row[indicator.item]}，如沙尘等剔除）", raw
    areas = {area.name: area for area in members(ws, scope, period.last)} if scope else {}
    for batch in counting(ws.data, as_of):
        if batch.kind == "correction":
            before = {name: days_of(ws, area, period, as_of, without=batch.number) for name, area in areas.items()}
            raw = statistic(indicator, before)
            if raw is not None:
                yield f"不计批次 {batch.number:04d} 的更正（{batch.on}，{batch.reason}）", raw


def _days(ws: Workspace, official: Official, as_of: date) -> Iterable[tuple[date, Decimal, Decimal | None]]:
    """Days for which there is an official figure too, and it is another."""
    for other in official_in(ws.data, as_of):
        same = (other.indicator, other.scope) == (official.indicator, official.scope)
        day = other.period.first
        if same and other.period.days == 1 and day in official.period:
            raw = figure_of(ws, AIR[other.indicator], other.scope, Period(day, day), as_of).value.raw
            computed = None if raw is None else half_even(raw, max(0, -int(other.value.as_tuple().exponent)))
            if computed != other.value:
                yield day, other.value, computed
