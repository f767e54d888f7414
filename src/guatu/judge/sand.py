"""Days deducted as sand by the level above: taken out of an area's days, what was observed kept beside them."""

from __future__ import annotations

from datetime import date

import polars as pl

from guatu import rules
from guatu.base.place import Scope
from guatu.compute import air
from guatu.load.figures.row import CITY
from guatu.load.sand import sand_days
from guatu.load.workspace import Workspace

ASSESSED = "sand.assessed"


def deducted(ws: Workspace, area: Scope, days: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The days of an area as they are assessed, by the list known on a day.

    Where the list names a day of the frame: particles and AQI of such days are those left after deduction
    (guatu.compute.air.without_sand), ``sand`` names the paper, ``*_observed`` keeps what was measured. Else the frame
    as it is.
    """
    listed = sand_days(ws.data, as_of)
    if listed.is_empty():
        return days
    listed = listed.filter(pl.col("place").is_in(_names(ws, area)) & pl.col("date").is_in(days["date"].implode()))
    if listed.is_empty():
        return days
    once = listed.group_by("date").agg(pl.col("pm10", "pm25").any(), pl.col("paper").first())
    left = air.without_sand(days.with_columns(city=pl.lit("")), once.with_columns(city=pl.lit("")).drop("paper"))
    how = rules.timeline(ASSESSED)[-1].value
    taken = [name for name in ("pm10", "pm25") if how[name] == "deducted"]
    taken += ["aqi", "level", "primary"] if how["aqi"] == "deducted" else []
    kept = days.with_columns(pl.col(name).alias(f"{name}_observed") for name in taken)
    return kept.with_columns(left[name] for name in taken).join(
        once.select("date", sand="paper"), on="date", how="left", maintain_order="left"
    )


def observed(days: pl.DataFrame) -> pl.DataFrame:
    """The same days as they were measured, nothing deducted."""
    names = [name.removesuffix("_observed") for name in days.columns if name.endswith("_observed")]
    if not names:
        return days
    return days.with_columns(pl.col(f"{name}_observed").alias(name) for name in names)


def papers(days: pl.DataFrame, item: str) -> dict[date, str]:
    """The days on which deduction takes something from an item, each with its paper."""
    if f"{item}_observed" not in days.columns:
        return {}
    changed = days.filter(pl.col("sand").is_not_null() & pl.col(item).ne_missing(pl.col(f"{item}_observed")))
    return dict(changed.select("date", "sand").iter_rows())


def _names(ws: Workspace, area: Scope) -> list[str]:
    """What a list may call an area: the city, itself, its place, and every scope it is a part of."""
    around = {area.name}
    for _ in ws.scopes:
        around |= {scope.name for scope in ws.scopes if around & set(scope.parts)}
    place = ws.city.place(area.place) if area.place else None
    return [CITY, *around, *([place.name] if place else [])]
