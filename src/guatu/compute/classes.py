"""The class of an item from ascending or descending limits, and the worst item of a sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import polars as pl

from guatu.compute.readings import scaled

ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
Better = Literal["lower", "higher"]


def item_class(amount: pl.Expr, limits: Sequence[str], better: Better = "lower") -> pl.Expr:
    """One more than the number of limits passed: a value at a limit belongs to its class, equal limits to the better.

    amount in 1e-9 of the unit of the limits; null stays null. GB 3838-2002 5.1, GB/T 14848-2017 6.
    """
    bounds = [scaled(limit) for limit in limits]
    passed = [(amount > bound) if better == "lower" else (amount < bound) for bound in bounds]
    answer = passed[0].cast(pl.Int8)
    for one in passed[1:]:
        answer = answer + one.cast(pl.Int8)
    return answer + 1


def worst(classes: Mapping[str, pl.Expr]) -> list[pl.Expr]:
    """``class``: the worst item's class, null when nothing was measured; ``deciding``: the items that set it.

    Items joined by ``,`` in the order given; null at class 1, where no item decides.
    """
    top = pl.max_horizontal(*classes.values())
    at_top = [pl.when((one == top) & (top > 1)).then(pl.lit(name)) for name, one in classes.items()]
    names = pl.concat_str(at_top, separator=",", ignore_nulls=True)
    return [top.cast(pl.Int64).alias("class"), pl.when(top > 1).then(names).alias("deciding")]
