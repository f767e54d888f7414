"""Loads of a section: concentration times water, where a non-detect carries nothing (SL 219)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from guatu.base.frame import enter
from guatu.compute.readings import UNIT, need
from guatu.compute.readings import take as take_readings
from guatu.compute.surface_water.items import ROOM

_GRAMS_A_TON = 10**6


def loads(frame: Any, items: Sequence[str]) -> Any:
    """Load of each section and item [t]: sum of concentration [mg/L] × ``volume`` [m³] that each sample stands for.

    frame: ``section volume`` and the items. A non-detect counts as nothing here (in means it counts as half its
    limit). A sample without a concentration or volume leaves the item of its section null. Returns ``section`` and
    the items.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["section", "volume", *items], ROOM)
    amounts = take_readings(table, items, ROOM).counted("zero")
    water = take_readings(table, ["volume"], ROOM).amounts["volume"]
    rows = []
    for section in table["section"].unique(maintain_order=True):
        mine = table["section"] == section
        volumes = water.filter(mine).to_list()
        row = {"section": section}
        for item in items:
            pairs = list(zip(amounts[item].filter(mine).to_list(), volumes, strict=True))
            whole = all(c is not None and v is not None for c, v in pairs)
            grams = Fraction(sum(c * v for c, v in pairs), UNIT * UNIT) if whole else None
            row[item] = None if grams is None else float(grams / _GRAMS_A_TON)
        rows.append(row)
    schema: dict[str, pl.DataType] = {"section": table.schema["section"]}
    return back(pl.DataFrame(rows, schema=schema | {item: pl.Float64() for item in items}).lazy())
