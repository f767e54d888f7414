"""EI and EQI of a table of regions, from their parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.frame import enter
from guatu.compute import ecology
from guatu.compute.dated import days
from guatu.compute.readings import UNIT, keep_free, need, take

ROOM = "ECO"


def ei(frame: Any) -> Any:
    """Add ``ei`` and ``grade`` to each row of parts (HJ 192-2015 5).

    frame: ``biology vegetation water land_stress pollution_load`` [0 to 100], ``limit`` (环境限制指数, a whole number,
    zero or below) where there is one, ``time`` where the rows are of several years. A row that lacks a part has none.
    """
    return _added(frame, "ei", tuple(rules.timeline("ei.weights")[-1].value))


def eqi(frame: Any) -> Any:
    """Add ``eqi`` and ``grade`` (一类 to 五类) to each row of ``pattern function biodiversity stress`` [0 to 100].

    The weights are from memory (rule eqi.weights, confidence M): a figure to compare with, not one to report.
    """
    return _added(frame, "eqi", tuple(rules.timeline("eqi.weights")[-1].value))


def _added(frame: Any, name: str, parts: tuple[str, ...]) -> Any:
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, parts, ROOM)
    keep_free(table, [name, "grade"], ROOM)
    day = days(table, ROOM)
    newest = rules.timeline(f"{name}.weights")[-1].since
    amounts = take(table, list(parts), ROOM).amounts
    limits = table["limit"].to_list() if "limit" in table.columns else [None] * table.height
    rows = []
    for at, row in enumerate(amounts.iter_rows(named=True)):
        given = {part: Fraction(value, UNIT) for part, value in row.items() if value is not None}
        on = newest if day is None else day[at]
        rows.append(_one(name, given, int(limits[at] or 0), on) if len(given) == len(parts) else (None, None))
    schema = {name: pl.Float64(), "grade": pl.String()}
    return back(table.hstack(pl.DataFrame(rows, schema=schema, orient="row")).lazy())


def _one(name: str, parts: Mapping[str, Fraction], limit: int, day: date) -> tuple[float, str]:
    if name == "ei":
        index = ecology.ei(parts, limit, day)
        return float(index), ecology.grade(index, "EI", day)
    exact = ecology.eqi(parts, day)
    return float(half_even(exact, 2)), ecology.grade(exact, "EQI", day)
