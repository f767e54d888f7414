"""The sub-index of every reportable concentration, written out once: HJ 633 式(1) as tables to look up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

import polars as pl

from guatu import rules
from guatu.base.exact import ceiling_ratio
from guatu.compute.air.edition import era_of, eras, in_force
from guatu.compute.air.pollutants import decimals

ABSENT, ELSEWHERE = -1, -2
"""Marks in the place of a sub-index: nothing to look up; the clause sends one to another averaging time."""


def sub_index_of(item: str, concentration: pl.Expr, era: pl.Expr, reading: str) -> pl.Expr:
    """The IAQI of ``item`` (``co_1h``, ``o3_8h`` …) from a whole-number concentration, or a mark; never null.

    era: as ``edition.era_of`` counts the eras of ``items_eras``.
    """
    table, width = _table(item, reading)
    absent = width - 1
    place = (
        pl.when(concentration > absent - 1)
        .then(pl.lit(absent - 1, dtype=pl.Int32))
        .when(concentration >= 0)
        .then(concentration.cast(pl.Int32))
        .otherwise(pl.lit(absent, dtype=pl.Int32))
    )
    return pl.lit(table).gather((place + era.cast(pl.Int32) * width).cast(pl.UInt32, wrap_numerical=True))


def marked(item: str, concentration: int, day: date, reading: str) -> int:
    """The same for one concentration of one day."""
    era = pl.select(era_of(pl.lit(day), items_eras(reading))).item()
    table, width = _table(item, reading)
    return int(table[era * width + (min(concentration, width - 2) if concentration >= 0 else width - 1)])


def items_eras(reading: str) -> tuple[date, ...]:
    """The first days of the stretches in which one edition of HJ 633 holds."""
    return eras("hj633.index", reading)


def elsewhere(item: str, reading: str) -> tuple[str, str] | None:
    """The last node of a table that ends early, and the item whose sub-index stands above it (HJ 633-2012 表1注)."""
    for first in items_eras(reading):
        nodes, said = in_force(f"hj633.iaqi.{item}", first, reading), _above(item, first, reading)
        if nodes is not None and not said.isdigit():
            return nodes[-1], said
    return None


@cache
def _table(item: str, reading: str) -> tuple[pl.Series, int]:
    """Sub-indices of whole-number concentrations, era after era, each to just above the last node, then ABSENT."""
    scale = 10 ** decimals(item)
    found: list[list[int]] = []
    for first in items_eras(reading):
        index, nodes = in_force("hj633.index", first, reading), in_force(f"hj633.iaqi.{item}", first, reading)
        if nodes is None:
            found.append([])
            continue
        bounds = [int(Decimal(node) * scale) for node in nodes]
        values = [index[0]]
        for k, (low, high) in enumerate(pairwise(bounds)):
            rise = index[k + 1] - index[k]
            values += [index[k] + ceiling_ratio(rise * (c - low), high - low) for c in range(low + 1, high + 1)]
        said = _above(item, first, reading)
        found.append([*values, int(said) if said.isdigit() else ELSEWHERE])
    longest = max(map(len, found))
    even = [[*one, *one[-1:] * (longest - len(one))] if one else [ABSENT] * longest for one in found]
    return pl.Series([value for one in even for value in (*one, ABSENT)], dtype=pl.Int16), longest + 1


def _above(item: str, day: date, reading: str) -> str:
    own = f"hj633.above.{item}"
    known = {rule.id for rule in rules.every("hj633.above.")}
    return str(in_force(own if own in known else "hj633.above.others", day, reading))
