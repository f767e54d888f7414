"""Workspaces made for one test: hours typed or filled in, loaded through the door like any file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from guatu.load import air
from guatu.load.workspace import Workspace
from tests.load.city import CITY

QUIET = {"pm25": 30, "pm10": 40, "so2": 5, "no2": 10, "co": 0.5, "o3": 60}
Fill = Callable[[date, int], int | None]


def hour(day: date, end: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(hours=end)


def year(folder: Path, days: list[date], station: str = "S1", fill: Fill = lambda _day, _hour: 30) -> Workspace:
    """A workspace with 24 hours of one station on each of the days; fill: PM2.5 by day and hour."""
    return of_rows(folder, rows(days, station, fill))


def rows(days: list[date], station: str, fill: Fill) -> list[dict[str, object]]:
    return [
        {**QUIET, "time": hour(day, end), "station": station, "pm25": fill(day, end)}
        for day in days
        for end in range(1, 25)
    ]


def of_rows(folder: Path, said: list[dict[str, object]]) -> Workspace:
    ws = Workspace.create(folder / "ws", CITY)
    add(ws, said)
    return ws


def add(ws: Workspace, said: list[dict[str, object]], **how: object) -> None:
    path = ws.folder.parent / "hours.parquet"
    frame = pl.DataFrame(said, schema_overrides={"time": pl.Datetime("ms"), "pm25": pl.Int64})
    frame.rename({"co": "CO(mg/m3)"} if "co" in frame.columns else {}).write_parquet(path)
    air.store(ws, path, **how)  # type: ignore[arg-type]


def all_days(year: int = 2021, until: date | None = None) -> list[date]:
    first = date(year, 1, 1)
    last = until or date(year, 12, 31)
    return [first + timedelta(days=k) for k in range((last - first).days + 1)]
