"""Groundwater points over a year, and the share of class Ⅴ among the points of a list."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from guatu.base.frame import enter
from guatu.compute.dated import days
from guatu.compute.groundwater.samples import ROOM, WORST, item_columns, limits, one_class
from guatu.compute.readings import UNIT, need, take
from guatu.errors import ComputeError


def year(frame: Any) -> Any:
    """Class of each point and year from the means of its samplings; non-detects count as half their limit.

    frame: ``point time`` and items as in ``sample_class``. An item never detected is class Ⅰ. Returns
    ``point year n`` (samplings), ``class`` [1 to 5], ``deciding``.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["point", "time"], ROOM)
    day = days(table, ROOM)
    assert day is not None
    columns = {column: item for column, item in item_columns(table).items() if item == "ph" or item in limits(day[0])}
    readings = take(table, list(columns), ROOM, bare=True)
    keys = [table["point"], day.dt.year().alias("year").cast(pl.Int64), day.alias("_day")]
    wide = (
        readings.counted("half")
        .hstack([one.alias(f"{one.name}<") for one in readings.below.get_columns()])
        .hstack(keys)
    )
    rows = []
    for group in wide.partition_by("point", "year", maintain_order=True):
        graded: dict[str, int] = {}
        for column, item in columns.items():
            values = group[column].drop_nulls()
            if len(values):
                below = f"{column}<" in group.columns and bool(
                    group.filter(pl.col(column).is_not_null())[f"{column}<"].all()
                )
                mean = Fraction(int(values.sum()), len(values) * UNIT)
                graded[column] = one_class(item, mean, group["_day"].to_list()[-1], below=below)
        worst = max(graded.values(), default=None)
        names = ",".join(column for column, one in graded.items() if one == worst)
        row = {"point": group["point"][0], "year": group["year"][0], "n": group.height, "class": worst}
        rows.append(row | {"deciding": names if worst and worst > 1 else None})
    schema: dict[str, pl.DataType] = {"point": table.schema["point"], "year": pl.Int64(), "n": pl.Int64()}
    return back(pl.DataFrame(rows, schema=schema | {"class": pl.Int64(), "deciding": pl.String()}).lazy())


def class_v(frame: Any, by: Sequence[str] = ("list_id", "year")) -> Any:
    """Share of class Ⅴ points of each list.

    frame: ``point class`` and those of the columns of by that it has; a point without a class counts on neither side.
    Returns by, ``points class_v`` (counts), ``class_v_pct`` [%, null without points]. A point twice in one list is
    refused (G-GW-07).
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["point", "class"], ROOM)
    keys = [name for name in by if name in table.columns]
    twice = table.filter(pl.struct(*keys, "point").is_duplicated())
    if twice.height:
        raise ComputeError.of(
            "a point is twice in one list",
            f"G-{ROOM}-07",
            f"点位 {twice['point'][0]}",
            "在同一清单里出现不止一次",
            "每个点位只能计一次",
            "按年份或清单分开，或去掉重复的行",
        )
    rows = []
    for group in table.partition_by(keys, maintain_order=True) if keys else [table]:
        classes = group["class"].drop_nulls()
        bad = int((classes == WORST).sum())
        share = float(Fraction(100 * bad, len(classes))) if len(classes) else None
        rows.append(
            {name: group[name][0] for name in keys} | {"points": len(classes), "class_v": bad, "class_v_pct": share}
        )
    schema: dict[str, pl.DataType] = {name: table.schema[name] for name in keys}
    schema |= {"points": pl.Int64(), "class_v": pl.Int64(), "class_v_pct": pl.Float64()}
    return back(pl.DataFrame(rows, schema=schema).lazy())
