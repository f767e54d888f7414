"""Attainment of GB 3095 and times over: each pollutant by its mean and its percentile (HJ 663)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import Exact, half_even, half_even_quotient
from guatu.compute.air.edition import by_day
from guatu.compute.air.pollutants import DAILY, MEANS, decimals


def exceed_multiple(value: Exact, limit: Exact) -> Decimal:
    """Times over B = (C - S) / S, 2 decimals; negative where C is below S (HJ 663)."""
    places = rules.timeline("hj663.decimals.exceed_multiple")[-1].value
    return half_even((Fraction(value) - Fraction(limit)) / Fraction(limit), places)


def attained(found: pl.LazyFrame, reading: str, grade: str = "II") -> pl.LazyFrame:
    """Add ``attain_*``, ``attain`` and ``over_*`` from whole numbers: means ``__e_*``, percentiles ``__q_*``.

    A pollutant attains where mean and percentile are within their limits, is null where it is not valid. over_* is
    the larger multiple of the two [times], null where it attains. A city attains where all six do.
    """
    last = pl.col("last")
    attain, over = {}, {}
    for name in DAILY:
        scale = 10 ** decimals(name)
        pairs = [(pl.col(f"__q_{name}"), "gb3095.o3.day_max8h" if name == "o3_8h" else f"gb3095.{name}.day")]
        if name in MEANS:
            pairs.append((pl.col(f"__e_{name}"), f"gb3095.{name}.annual"))
        limited = [(c, by_day(rule, last, reading, _class_limit(grade, scale))) for c, rule in pairs]
        within = pl.all_horizontal([c <= limit for c, limit in limited])
        attain[f"attain_{name}"] = pl.when(pl.col(f"valid_{name}")).then(within)
        multiple = pl.max_horizontal([half_even_quotient((c - limit) * 100, limit) for c, limit in limited])
        over[f"over_{name}"] = (pl.when(~within).then(multiple) / 100.0).round(2)
    found = found.with_columns(**attain, **over)
    return found.with_columns(attain=pl.all_horizontal([pl.col(f"attain_{name}") for name in DAILY]))


def _class_limit(grade: str, scale: int) -> Callable[[Any], pl.Expr]:
    return lambda classes: pl.lit(int(Decimal(classes[grade]) * scale))
