"""The days of a scope: from the hours known on a day to one row a calendar day, absent days included."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from guatu.base.period import Period
from guatu.base.place import Scope
from guatu.compute import air
from guatu.judge.derived import Span, counted, grown, within
from guatu.judge.sand import deducted
from guatu.load.batches import counting, hours_said
from guatu.load.sand import KIND as SAND
from guatu.load.workspace import Workspace

SIX = ("pm25", "pm10", "so2", "no2", "co", "o3")
ITEMS = ("pm25", "pm10", "so2", "no2", "co", "o3_8h")


def members(ws: Workspace, scope: Scope, day: date) -> tuple[Scope, ...]:
    """The scopes whose stations are averaged first: the scope itself, or its parts where places are combined."""
    if scope.combine != "places":
        return (scope,)
    found: list[Scope] = []
    for name in scope.parts:
        part = ws.scope(name, day)
        found += members(ws, part, day) if part else [Scope(name)]
    return tuple(found)


def days_of(
    ws: Workspace, scope: Scope, period: Period, as_of: date, *, own: bool = False, without: int = 0
) -> pl.DataFrame:
    """Daily values of one urban area as known on a day, one row each calendar day of the period up to then.

    Columns: date, pm25 pm10 so2 no2 o3_8h [µg/m³], co [mg/m³], n_* valid stations, n_stations, aqi, level, primary;
    null where the day is not valid. Days deducted as sand are as they are assessed, with ``sand`` and ``*_observed``
    beside them (guatu.judge.sand.deducted). Sites follow each day's version of the scope in the workspace. For asking
    what if: own takes the sites of the scope as given, without passes over a batch.
    """
    until = period.until(as_of)
    if until.days < 1:
        return pl.DataFrame(schema={"date": pl.Date, **_daily_schema()})
    if own or without:
        every = _area_days(ws, (scope,) if own else ws.scopes, as_of, without, keep=False)
        return deducted(ws, scope, _days(every.filter(pl.col("city") == scope.name), until), as_of)
    air_batches = tuple(one.stored for one in counted(ws.data, as_of))
    sand_batches = tuple(one.stored for one in counting(ws.data, as_of, SAND))
    return _days_kept(ws, scope, until, as_of, (air_batches, sand_batches))


@lru_cache(maxsize=256)
def _days_kept(ws: Workspace, scope: Scope, until: Period, as_of: date, _batches: object) -> pl.DataFrame:
    """The days of an area, looked out once for all the figures and last-year's stretches of a wall."""
    areas = _areas_kept(ws, as_of, _batches)
    mine = areas.get((scope.name,))
    found = areas[()].clear() if mine is None else mine
    return deducted(ws, scope, _days(found, until), as_of)


def by_day(days: pl.DataFrame, item: str) -> dict[date, Any]:
    """One column of a frame of days by its date."""
    return dict(zip(days["date"].to_list(), days[item].to_list(), strict=True))


@lru_cache(maxsize=8)
def _areas_kept(ws: Workspace, as_of: date, _batches: object) -> dict[tuple[object, ...], pl.DataFrame]:
    """The days of every area by its name; under no name the columns they have."""
    every = _area_days(ws, ws.scopes, as_of, 0, keep=True)
    return {(): every, **every.partition_by("city", as_dict=True)}


def _days(mine: pl.DataFrame, until: Period) -> pl.DataFrame:
    every = [until.first + timedelta(days=step) for step in range(until.days)]
    calendar = pl.DataFrame({"date": every}, schema={"date": pl.Date})
    return calendar.join(mine.drop("city"), on="date", how="left", maintain_order="left")


def _area_days(ws: Workspace, versions: tuple[Scope, ...], as_of: date, without: int, *, keep: bool) -> pl.DataFrame:
    """City days of all scopes that have sites; computed once for all figures and kept for the next run."""
    batches = counted(ws.data, as_of, without)
    roster = pl.concat([_roster(scope) for scope in versions])
    schema = {"city": pl.String(), "date": pl.Date(), **_daily_schema()}

    def make(spans: Sequence[Span] | None) -> pl.DataFrame:
        days = _station_days(ws, as_of, without)
        days = days if spans is None else days.filter(within(spans))
        mine = days.join(roster, on="station").filter(pl.col("date").is_between("since", "until"))
        if mine.is_empty():
            return pl.DataFrame(schema=schema)
        found: pl.DataFrame = air.city_day(mine.drop("since", "until", "hours_o3"), roster=roster)
        return found.select("city", "date", *_daily_schema())

    kind = "area_days_" + hashlib.sha256(repr(versions).encode()).hexdigest()[:12]
    return grown(ws.data, kind, batches, make, keep=keep)


def station_days(ws: Workspace, as_of: date, without: int = 0) -> pl.DataFrame:
    """Daily values of every station as known on a day; see guatu.compute.air.station_day."""
    return _station_days(ws, as_of, without).filter(pl.col("date") <= as_of)


def _station_days(ws: Workspace, as_of: date, without: int) -> pl.DataFrame:
    """Station days of the batches known on a day, with ``hours_o3``, the ozone hours there are; later days too."""
    batches = counted(ws.data, as_of, without)

    def make(spans: Sequence[Span] | None) -> pl.DataFrame:
        day = (pl.col("time") - pl.duration(milliseconds=1)).dt.date()
        said = hours_said(ws.data, batches, None if spans is None else _hours_of(spans))
        hours = said.select("station", "time", *SIX).collect()
        counts = hours.group_by("station", day.alias("date")).agg(hours_o3=pl.col("o3").count().cast(pl.Int32))
        found: pl.DataFrame = air.station_day(hours)
        return found.join(counts, on=["station", "date"], how="left")

    return grown(ws.data, "station_days", batches, make, keep=not without)


def _hours_of(spans: Sequence[Span]) -> pl.Expr:
    """The hours that end from 01:00 of the first day of a span to 24:00 of its last."""
    bounds = [(datetime.combine(a, time.min), datetime.combine(b + timedelta(days=1), time.min)) for a, b in spans]
    return pl.any_horizontal([(pl.col("time") > first) & (pl.col("time") <= last) for first, last in bounds])


def hours_present(ws: Workspace, scope: Scope, period: Period, as_of: date, item: str) -> tuple[int, int]:
    """Hourly values of an item (``aqi``: of all six) that are there, and that should be, in an urban area's period."""
    until = period.until(as_of)
    kinds = SIX if item == "aqi" else (item.partition("_")[0],)
    due = 0
    for version in ws.scopes:
        first, last = max(version.since, until.first), min(version.until, until.last)
        if version.name == scope.name and first <= last:
            due += ((last - first).days + 1) * len(version.sites) * 24 * len(kinds)
    counts = _hours_by_area(ws, as_of, tuple(one.stored for one in counted(ws.data, as_of))).get(scope.name)
    if counts is None:
        return 0, due
    columns = ["hours_o3" if kind == "o3" else f"n_{kind}" for kind in kinds]
    days, hours = counts
    start, stop = bisect_left(days, until.first), bisect_right(days, until.last)
    return sum(sum(hours[column][start:stop]) for column in columns), due


@lru_cache(maxsize=8)
def _hours_by_area(
    ws: Workspace, as_of: date, _batches: tuple[str, ...]
) -> dict[str, tuple[list[date], dict[str, list[int]]]]:
    """Hours with a value of each item, by area: its days, and for each item the hours of each of them, over the
    stations each day's version of the area has."""
    roster = pl.concat([_roster(version) for version in ws.scopes])
    joined = _station_days(ws, as_of, 0).join(roster, on="station")
    inside = joined.filter(pl.col("date").is_between("since", "until"))
    columns = ["hours_o3", *(f"n_{kind}" for kind in SIX if kind != "o3")]
    summed = inside.group_by("city", "date").agg(pl.col(column).cast(pl.Int64).sum() for column in columns)
    parts = summed.sort("date").partition_by("city", as_dict=True)
    return {
        str(name): (part["date"].to_list(), {column: part[column].to_list() for column in columns})
        for (name,), part in parts.items()
    }


def data_until(ws: Workspace, as_of: date) -> date | None:
    """The last day of which any hour is known."""
    batches = counted(ws.data, as_of)
    return _data_until(ws, as_of, tuple(one.stored for one in batches)) if batches else None


@lru_cache(maxsize=64)
def _data_until(ws: Workspace, as_of: date, _batches: tuple[str, ...]) -> date | None:
    last = station_days(ws, as_of)["date"].max()
    return last if isinstance(last, date) else None


def today_of(ws: Workspace) -> date:
    """The day to judge on where none is asked for: today, and in a demonstration the last day that has data."""
    until = data_until(ws, datetime.now().date()) if ws.demo else None
    return until or datetime.now().date()


def _roster(scope: Scope) -> pl.DataFrame:
    """Which stations belong to one version of a scope from when to when."""
    rows = [(scope.name, site, scope.since, scope.until) for site in scope.sites]
    schema = {"city": pl.String, "station": pl.String, "since": pl.Date, "until": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _daily_schema() -> dict[str, pl.DataType]:
    numbers: dict[str, pl.DataType] = {n: pl.Float64() if n == "co" else pl.Int64() for n in ITEMS}
    counts: dict[str, pl.DataType] = {f"n_{n}": pl.Int32() for n in ITEMS}
    verdict: dict[str, pl.DataType] = {"aqi": pl.Int32(), "level": pl.Int32(), "primary": pl.String()}
    return {**numbers, **counts, "n_stations": pl.Int32(), **verdict}
