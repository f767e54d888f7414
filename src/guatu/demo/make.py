"""guatu demo DIR: a workspace with the structure of a real plan and generated data, marked as such throughout."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import polars as pl

from guatu.demo.weather import HEADINGS, hours
from guatu.load import air
from guatu.load.city import city_from_toml
from guatu.load.workspace import Workspace
from guatu.read import read_notice

TODAY = date(2021, 10, 11)
"""The day the demonstration stands on: its data end with this day."""
CORRECTED = date(2021, 9, 20)
VOID = ("DEMO01", date(2021, 9, 6))


def make(folder: Path | str) -> Workspace:
    """Make the demonstration workspace in a new folder.

    Holds guatu.toml with demo = true, the notice and the plan read from it, hours of 2020 and of 2021 to 11 October in
    two batches, and a third that voids a day of one station, known from 20 September. The same bytes each time.
    Raises WorkspaceError (G-WORK-09) where a workspace already stands.
    """
    own = files(__package__)
    ws = Workspace.create(folder, city_from_toml(own.joinpath("city.toml").read_bytes()))
    notice = ws.folder / "plan" / "notice.txt"
    notice.write_bytes(own.joinpath("notice.txt").read_bytes())
    ws.plan_path.write_text(read_notice(notice).to_toml(), encoding="utf-8", newline="\n")
    source = ws.folder / "source"
    source.mkdir()
    for first, last in ((date(2020, 1, 1), date(2020, 12, 31)), (date(2021, 1, 1), TODAY)):
        path = source / f"air-{first.year}.csv"
        hours(first, last).write_csv(path)
        air.store(ws, path, person="演示", at=_moment(TODAY))
    path = source / "air-correction.csv"
    _voided(source / "air-2021.csv").write_csv(path)
    reason = "校准漂移，当日 PM2.5 作废"
    air.store(ws, path, correct=True, reason=reason, on=CORRECTED, person="演示", at=_moment(CORRECTED))
    return ws


def _voided(path: Path) -> pl.DataFrame:
    """The hours of one station and day with their PM2.5 taken out."""
    station, day = VOID
    ends = [f"{day} {hour:02d}:00" for hour in range(1, 24)]
    rows = pl.read_csv(path, infer_schema=False)
    mine = rows.filter((pl.col(HEADINGS[1]) == station) & pl.col(HEADINGS[0]).is_in(ends))
    return mine.with_columns(pl.lit("—").alias(HEADINGS[2]))


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8)
