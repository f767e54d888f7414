"""The six pollutants, the names of their columns and the unit in which their values are whole numbers."""

from __future__ import annotations

from functools import cache

import polars as pl

from guatu import rules

SIX = ("pm25", "pm10", "so2", "no2", "co", "o3")
DAILY = ("pm25", "pm10", "so2", "no2", "co", "o3_8h")
MEANS = ("pm25", "pm10", "so2", "no2")


def species(column: str) -> str:
    """The pollutant a column measures: ``o3_8h`` is o3."""
    return column.partition("_")[0]


@cache
def decimals(column: str) -> int:
    """Decimals in which values of the column are reported (HJ 663 表3): 1 for CO [mg/m3], 0 else [ug/m3]."""
    (places,) = {rule.value[species(column)] for rule in rules.timeline("hj663.decimals.raw")}
    return int(places)


def in_unit(whole: pl.Expr, column: str, more: int = 0) -> pl.Expr:
    """Whole numbers of 10**-(decimals + more) as the concentration people read: integers, or the nearest float."""
    places = decimals(column) + more
    if places == 0:
        return whole.cast(pl.Int64)
    return (whole / float(10**places)).round(places)
