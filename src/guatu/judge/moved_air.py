"""Means of days and good-day ratios cut by months, days, counties, stations and pollutants, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from guatu.base.period import Period
from guatu.base.place import Scope
from guatu.judge.daily import days_of, members, station_days
from guatu.judge.day_tree import NAMES
from guatu.judge.figure import figure_of, last_year_of, statistic
from guatu.judge.indicators import GOOD_DAYS, Indicator, good_aqi
from guatu.judge.moved import Breakdown, Cause, Moved, no_figure
from guatu.load.workspace import Workspace

Parts = Mapping[str, pl.DataFrame]


def of_air(
    ws: Workspace, indicator: Indicator, scope_name: str, period: Period, as_of: date, reference: Fraction, against: str
) -> Moved:
    """Cut a mean of days or a good-day ratio by months, days, counties, stations and pollutants.

    A mean is Σ (day − reference) / n of each place, over the places; a good-day ratio lies 100 % less its bad days
    over all valid days, so its distance is cut from 100 % whatever the target. Percentiles: see moved_percentile.
    Raises GuatuError (G-JUDGE-04) where there is no figure.
    """
    parts = figure_of(ws, indicator, scope_name, period, as_of).parts
    figure = statistic(indicator, parts) if parts else None
    if figure is None:
        raise no_figure(f"{indicator.id}/{scope_name}/{period}")
    ratio = indicator.id in GOOD_DAYS
    start = Fraction(100) if ratio else reference
    rows = list(_shares(indicator, parts, start))
    cut: list[Breakdown] = []
    for kind, key in _ways(ratio, len(parts)):
        cut.append(Breakdown(kind, tuple(_causes(indicator, scope_name, parts, rows, key, as_of, kind == "日期"))))
    if not ratio:
        cut += _stations(ws, indicator, scope_name, period, as_of, parts, start)
    words = "全部优良（100%）" if ratio else against
    return Moved(figure, start, words, indicator.unit, tuple(one for one in cut if one.causes))


def against_last_year(ws: Workspace, indicator: Indicator, scope_name: str, period: Period, as_of: date) -> Moved:
    """Cut the change from the same days of the year before by months and by counties."""
    parts = figure_of(ws, indicator, scope_name, period, as_of).parts
    now = statistic(indicator, parts) if parts else None
    stretch = period.until(as_of)
    before = {
        name: pl.DataFrame({"date": list(days), indicator.item: list(days.values())})
        for name, days in last_year_of(ws, indicator, scope_name, stretch, as_of).items()
    }
    then = statistic(indicator, before) if before and not indicator.percentile else None
    if now is None or then is None:
        raise no_figure(f"{indicator.id}/{scope_name}/{stretch}（去年同期）")
    cut = []
    for kind, key in (("月份", _month), ("县（市、区）", _place)):
        mine, theirs = (_sums(_shares(indicator, frames, Fraction(0), plain=True), key) for frames in (parts, before))
        names = sorted({*mine, *theirs})
        causes = tuple(Cause(name, mine.get(name, Fraction()) - theirs.get(name, Fraction())) for name in names)
        if kind == "月份" or len(parts) > 1:
            cut.append(Breakdown(kind, tuple(sorted(causes, key=lambda one: -abs(one.part)))))
    return Moved(now, then, "去年同期", indicator.unit, tuple(cut))


def _shares(
    indicator: Indicator, parts: Parts, start: Fraction, *, plain: bool = False
) -> Iterable[tuple[str, dict[str, Any], Fraction]]:
    """Each valid day of each place with its share of the distance; of a ratio bad days only (plain: good ones)."""
    ratio = indicator.id in GOOD_DAYS
    counts = {name: frame[indicator.item].count() for name, frame in parts.items()}
    whole = sum(counts.values())
    for name, frame in parts.items():
        for row in frame.iter_rows(named=True):
            value = row[indicator.item]
            if value is None:
                continue
            if not ratio:
                yield name, row, (Fraction(str(value)) - start) / (counts[name] * len(parts))
            elif plain and value <= good_aqi():
                yield name, row, Fraction(100, whole)
            elif not plain and value > good_aqi():
                yield name, row, Fraction(-100, whole)


Key = Callable[[str, dict[str, Any]], tuple[str, ...]]


def _month(_name: str, row: dict[str, Any]) -> tuple[str, ...]:
    return (f"{row['date']:%Y-%m}",)


def _place(name: str, _row: dict[str, Any]) -> tuple[str, ...]:
    return (name,)


def _day(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    return (f"{row['date']} {name}",)


def _pollutant(_name: str, row: dict[str, Any]) -> tuple[str, ...]:
    """A day with two primary pollutants counts half for each."""
    primary = row["primary"] or ""
    return tuple(NAMES.get(one, one) for one in primary.split(",")) if primary else ("未列首要污染物",)


def _ways(ratio: bool, places: int) -> list[tuple[str, Key]]:
    ways: list[tuple[str, Key]] = [("污染物", _pollutant)] if ratio else []
    ways += [("月份", _month)]
    ways += [("县（市、区）", _place)] if places > 1 else []
    return [*ways, ("日期", _day)]


def _sums(rows: Iterable[tuple[str, dict[str, Any], Fraction]], key: Key) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for name, row, share in rows:
        for group in (groups := key(name, row)):
            found[group] = found.get(group, Fraction()) + share / len(groups)
    return found


def _causes(
    indicator: Indicator,
    scope: str,
    parts: Parts,
    rows: list[tuple[str, dict[str, Any], Fraction]],
    key: Key,
    as_of: date,
    by_day: bool,
) -> Iterable[Cause]:
    """The groups, those that move the figure most first, each with the figure its days left out would give."""
    gone: dict[str, set[tuple[str, date]]] = {}
    for name, row, _ in rows:
        for group in key(name, row):
            gone.setdefault(group, set()).add((name, row["date"]))
    for group, share in sorted(_sums(rows, key).items(), key=lambda pair: -abs(pair[1])):
        out = gone[group]
        name = next(iter(out))[0]
        address = f"{indicator.id}/{name}/{next(iter(out))[1]}@{as_of}" if by_day else ""
        yield Cause(group, share, _left(indicator, parts, out), address, len(out))


def _left(indicator: Indicator, parts: Parts, out: set[tuple[str, date]]) -> Fraction | None:
    """The figure without some days of some places; a place without any day left is left out whole."""
    kept = {}
    for name, frame in parts.items():
        mine = [day for place, day in out if place == name]
        rest = frame.filter(~pl.col("date").is_in(mine)) if mine else frame
        if rest[indicator.item].count():
            kept[name] = rest
    return statistic(indicator, kept) if kept else None


def _stations(
    ws: Workspace, indicator: Indicator, scope_name: str, period: Period, as_of: date, parts: Parts, start: Fraction
) -> Iterable[Breakdown]:
    """Each station's share of a mean; the rounding of daily values to whole numbers is what is left over."""
    scope = ws.scope(scope_name, min(as_of, period.last))
    areas = members(ws, scope, period.last) if scope else ()
    several = [area for area in areas if len(area.sites) > 1]
    if not several:
        return
    names = {station.code: station.name for station in ws.stations}
    causes, total, fixed = [], Fraction(), Fraction()
    for area in areas:
        frame = parts[area.name].filter(pl.col(indicator.item).is_not_null())
        weight = Fraction(1, frame.height * len(parts))
        every = sum((Fraction(str(value)) - start for value in frame[indicator.item]), Fraction()) * weight
        total += every
        days = station_days(ws, as_of).join(frame.select("date"), on="date")
        days = days.filter(pl.col("station").is_in(list(area.sites)) & pl.col(indicator.item).is_not_null())
        counted = days.with_columns(pl.len().over("date").alias("_k"))
        for code in area.sites:
            mine = counted.filter(station=code)
            pairs = mine.select(indicator.item, "_k").iter_rows()
            part = sum(((Fraction(str(value)) - start) / k for value, k in pairs), Fraction()) * weight
            fixed += part
            left = _without_station(ws, indicator, area, code, period, as_of, parts)
            causes.append(Cause(f"{code} {names.get(code, '')}".strip(), part, left, "", mine.height))
    ordered = tuple(sorted(causes, key=lambda one: -abs(one.part)))
    yield Breakdown("站点", ordered, total - fixed, "日均值取整")


def _without_station(
    ws: Workspace, indicator: Indicator, area: Scope, code: str, period: Period, as_of: date, parts: Parts
) -> Fraction | None:
    others = tuple(site for site in area.sites if site != code)
    if not others:
        return None
    fewer = Scope(area.name, sites=others, since=area.since)
    return statistic(indicator, {**parts, area.name: days_of(ws, fewer, period, as_of, own=True)})
