"""The grade of each reading of a table of black-odorous waters, in towns and in villages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.frame import enter
from guatu.compute import black_water
from guatu.compute.dated import days
from guatu.compute.readings import UNIT, Readings, keep_free, need, take

ROOM = "BLACK"
_ORP = "orp_mv"


def graded(frame: Any) -> Any:
    """Add ``grade`` (不黑臭, 轻度黑臭, 重度黑臭), ``deciding`` and ``rural`` (black by the village rule) to readings.

    frame: any of ``sd_cm`` [cm], ``do`` [mg/L], ``orp_mv`` [mV], ``nh3n`` [mg/L]; ``depth_cm`` where the water is
    shallow; ``time``. Non-detects count as half their limit. Without any item there is no grade.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    keep_free(table, ["grade", "deciding", "rural"], ROOM)
    known = rules.timeline("black_water.grades")[-1].value
    items = [item for item in known if item in table.columns]
    if not items:
        need(table, list(known), ROOM)
    day = days(table, ROOM)
    newest = rules.timeline("black_water.grades")[-1].since
    amounts = _amounts(table, items)
    depths = table["depth_cm"].to_list() if "depth_cm" in table.columns else [None] * table.height
    rows: list[tuple[str | None, str | None, bool | None]] = []
    for at, row in enumerate(amounts.iter_rows(named=True)):
        given = {item: Fraction(value, UNIT) for item, value in row.items() if value is not None}
        if not given:
            rows.append((None, None, None))
            continue
        on = newest if day is None else day[at]
        depth = None if depths[at] in (None, "") else Fraction(str(depths[at]))
        levels = black_water.levels(given, on, depth_cm=depth)
        grade = black_water.reading_grade(given, on, depth_cm=depth)
        names = [str(known[item]["name"]) for item, level in levels.items() if level == grade != black_water.NOT]
        rows.append((grade, "、".join(names) or None, black_water.rural(given, on)))
    schema = {"grade": pl.String(), "deciding": pl.String(), "rural": pl.Boolean()}
    return back(table.hstack(pl.DataFrame(rows, schema=schema, orient="row")).lazy())


def _amounts(table: pl.DataFrame, items: list[str]) -> pl.DataFrame:
    """The items in billionths; a redox potential may well be below zero, which is no fault."""
    plain = [item for item in items if item != _ORP]
    read: Readings | None = take(table, plain, ROOM) if plain else None
    columns = read.counted("half").get_columns() if read is not None else []
    if _ORP in items:
        below = table[_ORP].cast(pl.String).str.starts_with("-").fill_null(False)
        sizes = table.with_columns(pl.col(_ORP).cast(pl.String).str.strip_prefix("-"))
        size = take(sizes, [_ORP], ROOM).amounts[_ORP]
        columns = [*columns, pl.select(pl.when(below).then(-size).otherwise(size).alias(_ORP)).to_series()]
    return pl.DataFrame(columns)
