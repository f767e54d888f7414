"""The O3 day: the maximum 8 h mean of 24 hourly slots (HJ 663 6.1.2)."""

from __future__ import annotations

from math import lcm

import polars as pl

from guatu import rules
from guatu.base.exact import half_even_quotient
from guatu.compute.air.edition import by_day
from guatu.compute.air.pollutants import decimals

_ONE = 2**20  # a present hour; the values of a window add up below it


def eight_hour_day(days: pl.LazyFrame) -> pl.LazyFrame:
    """From slots ``__h0 … __h23`` (1 or less: no value, else value + 2) make ``o3_8h n_o3_8h valid_o3_8h``.

    o3_8h is a whole number [ug/m3], n_o3_8h counts windows of enough hours.
    """
    form = rules.timeline("hj663.o3_day.windows")[-1].value
    (least,) = {rule.value for rule in rules.timeline("hj663.o3_8h.min_hours")}
    common = lcm(*range(least, form["hours"] + 1))
    windows = [pl.col(f"__s{end - form['hours']}") for end in range(form["first_end"], form["last_end"] + 1)]
    days = _sums(days, form).with_columns(
        __best=pl.max_horizontal([_mean(window, least, form["hours"]) for window in windows]),
        n_o3_8h=pl.sum_horizontal([(window >= least * _ONE).cast(pl.Int32) for window in windows]),
    )
    mean = half_even_quotient(pl.col("__best"), common)
    days = days.with_columns(o3_8h=pl.when(pl.col("n_o3_8h") > 0).then(mean))
    date, scale = pl.col("date"), 10 ** decimals("o3_8h")
    limit = by_day("gb3095.o3.day_max8h", date, "by_date", lambda classes: pl.lit(int(classes["II"]) * scale))
    needed = by_day("hj663.o3_day.min_windows", date, "by_date", lambda windows: pl.lit(int(windows)))
    valid = (pl.col("n_o3_8h") >= needed) | (pl.col("o3_8h") > limit)
    return days.with_columns(valid_o3_8h=valid.fill_null(False))


def _sums(days: pl.LazyFrame, form: dict[str, int]) -> pl.LazyFrame:
    """``__s0 …``: value sums of the windows by their first slot, with the number of present hours above them."""
    value = {k: pl.col(f"__h{k}") for k in range(24)}
    days = days.with_columns(**{f"__s{k}": pl.when(h > 1).then(h + (_ONE - 2)).otherwise(0) for k, h in value.items()})
    step = 1
    while step < form["hours"]:  # 8 by doubling: sums of 2, 4, 8 slots
        starts = range(24 - 2 * step + 1)
        days = days.with_columns(**{f"__s{k}": pl.col(f"__s{k}") + pl.col(f"__s{k + step}") for k in starts})
        step *= 2
    return days


def _mean(window: pl.Expr, least: int, hours: int) -> pl.Expr:
    """The mean of a window as a whole number of 1/lcm; 0, which is never above another, with fewer hours than least."""
    common = lcm(*range(least, hours + 1))
    share = pl.lit(0, dtype=pl.Int32)
    for present in range(least, hours + 1):
        share = pl.when(window >= present * _ONE).then(pl.lit(common // present, dtype=pl.Int32)).otherwise(share)
    return (window & (_ONE - 1)) * share
