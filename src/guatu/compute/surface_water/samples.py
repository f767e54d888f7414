"""The class of one sample of surface water, GB 3838-2002 5.1: the worst item decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.frame import enter
from guatu.compute.classes import item_class, worst
from guatu.compute.dated import days, eras
from guatu.compute.readings import keep_free, scaled
from guatu.compute.surface_water.items import ROOM, kinds, present, take

WORST = 6


def sample_class(frame: Any, items: Sequence[str] | None = None) -> Any:
    """Add ``class`` [1 to 6, 6 is 劣Ⅴ] and ``deciding`` (items of the worst class, null in class Ⅰ) to each sample.

    frame: ``ph do codmn cod bod5 nh3n tp …`` [mg/L], any part of the 21; optional ``kind`` (river, lake; river
    without it), ``time`` (the standard of that day holds), ``do_sat`` [%], ``<item>_below``. Non-detects ``0.01L``
    count as half their limit. A missing item is left out; with none the class is null. The frame's kind, rows and
    order are kept; nothing is rounded. items: evaluate these only. Raises ComputeError, RuleError.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    keep_free(table, ["class", "deciding"], ROOM)
    found = present(table, items)
    amounts = take(table, found).counted("half")
    day = days(table, ROOM)
    answer = classed(amounts, found, kinds(table), day)
    return back(table.hstack(answer).lazy())


def classed(amounts: pl.DataFrame, items: Sequence[str], kind: pl.Series, day: pl.Series | None) -> pl.DataFrame:
    """``class`` and ``deciding`` of rows of amounts [1e-9]; kind and day run beside them."""
    wide = amounts.with_columns(kind.alias("_kind"))
    if day is not None:
        wide = wide.with_columns(day.alias("_day"))
    return wide.select(worst(item_classes(items, "do_sat" in amounts.columns, day)))


def item_classes(items: Sequence[str], saturation: bool, day: pl.Series | None) -> dict[str, pl.Expr]:
    """The class of each item as an expression over amounts [1e-9], ``_kind`` and, with days, ``_day``."""
    answers: dict[str, pl.Expr] = {}
    for condition, table in eras("gb3838.table1", day):
        for item in items:
            one = _one(item, table, saturation)
            answers[item] = pl.when(condition).then(one).otherwise(answers[item]) if item in answers else one
    return answers


def _one(item: str, rule: rules.Rule, saturation: bool) -> pl.Expr:
    amount, table = pl.col(item), rule.value
    if item == "ph":
        low, high = (scaled(bound) for bound in rules.at("gb3838.ph", rule.since).value)
        return pl.when(amount.is_between(low, high)).then(1).when(amount.is_not_null()).then(WORST).cast(pl.Int8)
    if item == "do":
        by_amount = item_class(amount, table["do"], "higher")
        if not saturation:
            return by_amount
        enough = pl.col("do_sat") >= scaled(rules.at("gb3838.do.saturation", rule.since).value)
        return pl.when(enough).then(pl.lit(1, pl.Int8)).otherwise(by_amount)
    if f"{item}_lake" in table:
        lake = pl.col("_kind") == "lake"
        return (
            pl.when(lake)
            .then(item_class(amount, table[f"{item}_lake"]))
            .otherwise(item_class(amount, table[f"{item}_river"]))
        )
    return item_class(amount, table[item])
