"""The days of a scope: from the hours known on a day to one row a calendar day, absent days included."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

import polars as pl

from guatu.base.period import Period
from guatu.base.place import Scope
from guatu.compute import air
from guatu.load.batches import hours_known, inputs_hash
from guatu.load.workspace import Workspace

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
    null where the day is not valid. Sites follow each day's version of the scope in the workspace. For asking
    what if: own takes the sites of the scope as given, without passes over a batch.
    """
    until = period.until(as_of)
    if until.days < 1:
        return pl.DataFrame(schema={"date": pl.Date, **_daily_schema()})
    key = inputs_hash(ws.data, as_of)
    versions = (scope,) if own else ws.scopes
    years = range(until.first.year, until.last.year + 1)
    found = pl.concat([_area_days(ws, versions, year, as_of, key, without) for year in years])
    calendar = pl.DataFrame({"date": pl.date_range(until.first, until.last, eager=True)})
    mine = found.filter(pl.col("city") == scope.name).drop("city")
    return calendar.join(mine, on="date", how="left").sort("date")


@lru_cache(maxsize=24)
def _area_days(
    ws: Workspace, versions: tuple[Scope, ...], year: int, as_of: date, key: str, without: int
) -> pl.DataFrame:
    """City days of all scopes that have sites, over a calendar year; computed once for all figures of a day."""
    period = Period.of(str(year))
    roster = pl.concat([_roster(scope, period) for scope in versions])
    days = _station_days(ws, as_of, key, without).filter(pl.col("date").is_between(period.first, period.last))
    mine = days.join(roster, on="station").filter(pl.col("date").is_between("since", "until")).drop("since", "until")
    if mine.is_empty():
        return pl.DataFrame(schema={"city": pl.String, "date": pl.Date, **_daily_schema()})
    found: pl.DataFrame = air.city_day(mine, roster=roster)
    return found.select("city", "date", *_daily_schema())


def station_days(ws: Workspace, as_of: date, without: int = 0) -> pl.DataFrame:
    """Daily values of every station as known on a day; see guatu.compute.air.station_day."""
    return _station_days(ws, as_of, inputs_hash(ws.data, as_of), without)


@lru_cache(maxsize=6)
def _station_days(ws: Workspace, as_of: date, _key: str, without: int) -> pl.DataFrame:
    hours = hours_known(ws.data, as_of, without).select("station", "time", "pm25", "pm10", "so2", "no2", "co", "o3")
    found: pl.DataFrame = air.station_day(hours.collect())
    return found


def hours_present(ws: Workspace, scope: Scope, period: Period, as_of: date, item: str) -> tuple[int, int]:
    """Hourly values of an item (``aqi``: of all six) that are there, and that should be, in an urban area's period."""
    until = period.until(as_of)
    kinds = ["pm25", "pm10", "so2", "no2", "co", "o3"] if item == "aqi" else [item.partition("_")[0]]
    versions = [version for version in ws.scopes if version.name == scope.name]
    roster = pl.concat([_roster(version, until) for version in versions]).with_columns(
        pl.col("since").clip(lower_bound=until.first), pl.col("until").clip(upper_bound=until.last)
    )
    due = roster.select((pl.col("until") - pl.col("since")).dt.total_days() + 1).sum().item() * 24 * len(kinds)
    counts = _hour_counts(ws, as_of, inputs_hash(ws.data, as_of)).join(roster, on="station")
    there = counts.filter(pl.col("date").is_between("since", "until")).select(pl.sum_horizontal(kinds)).sum().item()
    return int(there), int(due)


@lru_cache(maxsize=6)
def _hour_counts(ws: Workspace, as_of: date, _key: str) -> pl.DataFrame:
    day = (pl.col("time") - pl.duration(milliseconds=1)).dt.date().alias("date")
    kinds = ("pm25", "pm10", "so2", "no2", "co", "o3")
    return ws.hours(as_of).group_by("station", day).agg(pl.col(kind).count().cast(pl.Int64) for kind in kinds).collect()


def data_until(ws: Workspace, as_of: date) -> date | None:
    """The last day of which any hour is known."""
    last = ws.hours(as_of).select(pl.max("time")).collect().item()
    return None if last is None else (last - timedelta(hours=1)).date()


def today_of(ws: Workspace) -> date:
    """The day to judge on where none is asked for: today, and in a demonstration the last day that has data."""
    until = data_until(ws, datetime.now().date()) if ws.demo else None
    return until or datetime.now().date()


def _roster(scope: Scope, period: Period) -> pl.DataFrame:
    """Which stations belong to one version of a scope from when to when; none if it was not in force in the period."""
    touches = scope.since <= period.last and period.first <= scope.until
    rows = [(scope.name, site, scope.since, scope.until) for site in scope.sites if touches]
    schema = {"city": pl.String, "station": pl.String, "since": pl.Date, "until": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _daily_schema() -> dict[str, pl.DataType]:
    numbers: dict[str, pl.DataType] = {n: pl.Float64() if n == "co" else pl.Int64() for n in ITEMS}
    counts: dict[str, pl.DataType] = {f"n_{n}": pl.Int32() for n in ITEMS}
    verdict: dict[str, pl.DataType] = {"aqi": pl.Int32(), "level": pl.Int32(), "primary": pl.String()}
    return {**numbers, **counts, "n_stations": pl.Int32(), **verdict}
