"""guatu demo DIR: a workspace with the structure of a real plan and generated data, marked as such throughout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import polars as pl

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.demo.figures import add_figures
from guatu.demo.problems import add_problems
from guatu.demo.weather import DRIFT, HEADINGS, hours
from guatu.judge.daily import days_of
from guatu.judge.figure import statistic
from guatu.judge.indicators import AIR
from guatu.load import air
from guatu.load.city import city_from_toml
from guatu.load.official import store_official
from guatu.load.weather import store_weather
from guatu.load.workspace import Workspace
from guatu.read import read_notice

TODAY = date(2021, 10, 11)
"""The day the demonstration stands on: its data end with this day."""
CORRECTED = date(2021, 9, 20)


def make(folder: Path | str) -> Workspace:
    """Make the demonstration workspace in a new folder.

    Holds guatu.toml with demo = true, the notice and the plan read from it, hours of 2020 and of 2021 to 11 October in
    two batches, a third that voids a drifted day of one station, known from 20 September, four official monthly
    figures, two of them other than computed, numbers of the level above, products of the weather bureau; and figures,
    class tables, samples and lists of the other targets. The same bytes each time.
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
    path = source / "official.csv"
    path.write_text(_published(ws), encoding="utf-8", newline="\n")
    store_official(ws, path)
    (ws.folder / "plan" / "authority.toml").write_bytes(own.joinpath("authority.toml").read_bytes())
    path = source / "weather-products.csv"
    path.write_bytes(own.joinpath("weather-products.csv").read_bytes())
    store_weather(ws, path, person="演示", at=_moment(TODAY))
    add_figures(ws, TODAY)
    add_problems(source)
    return ws


def _published(ws: Workspace) -> str:
    """Made-up monthly figures of the level above: two as computed, one without a station, one before a correction."""
    core = next(scope for scope in ws.scopes if scope.name == "市中心城区")
    fewer = replace(core, sites=core.sites[1:])
    lines = ["指标,范围,时段,数值,文号,发布日期"]
    corrected = ws.batches()[-1].number
    for month, day, scope, without in (
        ("2021-06", "2021-07-08", core, 0),
        ("2021-07", "2021-08-09", core, 0),
        ("2021-08", "2021-09-08", fewer, 0),
        ("2021-09", "2021-10-09", core, corrected),
    ):
        period = Period.of(month)
        days = days_of(ws, scope, period, TODAY, own=True, without=without)
        mean = statistic(AIR["pm25_mean"], {scope.name: days})
        if mean is not None:
            lines.append(
                f"PM2.5,{scope.name},{month},{half_even(mean, 1)},演示通报〔2021〕{period.first.month}号,{day}"
            )
    return "\n".join(lines) + "\n"


def _voided(path: Path) -> pl.DataFrame:
    """The hours of one station and day with their PM2.5 taken out."""
    station, day, _ = DRIFT
    ends = [f"{day} {hour:02d}:00" for hour in range(1, 24)]
    rows = pl.read_csv(path, infer_schema=False)
    mine = rows.filter((pl.col(HEADINGS[1]) == station) & pl.col(HEADINGS[0]).is_in(ends))
    return mine.with_columns(pl.lit("—").alias(HEADINGS[2]))


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8)
