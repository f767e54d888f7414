"""The O3 day: 24 hourly slots packed into six integers, then the maximum 8 h mean (HJ 663 6.1.2)."""

from __future__ import annotations

from math import lcm

import polars as pl

from guatu import rules
from guatu.base.exact import half_even_quotient
from guatu.compute.air.edition import by_day
from guatu.compute.air.pollutants import decimals

SLOT = 32_768  # one hourly value; larger ones are refused before they could spill into the next slot
PER_WORD = 4
WORDS = 24 // PER_WORD


def packed(value: pl.Expr, slot: pl.Expr) -> list[pl.Expr]:
    """Aggregations that keep a station-day's 24 values: a bit per present hour and four slots to an Int64 word."""
    place = slot % PER_WORD
    shifted = value * _power(place)
    word = slot // PER_WORD
    bit = pl.lit(2, dtype=pl.Int64).pow(slot)
    return [
        *[shifted.filter(word == k).sum().alias(f"__w{k}") for k in range(WORDS)],
        bit.filter(value.is_not_null()).sum().alias("__mask"),
        bit.sum().alias("__hours"),
    ]


def _power(place: pl.Expr) -> pl.Expr:
    power: pl.Expr = pl.lit(SLOT ** (PER_WORD - 1), dtype=pl.Int64)
    for k in range(PER_WORD - 1):
        power = pl.when(place == k).then(pl.lit(SLOT**k, dtype=pl.Int64)).otherwise(power)
    return power


def eight_hour_day(days: pl.LazyFrame) -> pl.LazyFrame:
    """Replace the packed slots by ``o3_8h`` (whole number), ``n_o3_8h`` (valid windows) and ``valid_o3_8h``."""
    form = rules.timeline("hj663.o3_day.windows")[-1].value
    hours, ends = form["hours"], range(form["first_end"], form["last_end"] + 1)
    enough = {rule.value for rule in rules.timeline("hj663.o3_8h.min_hours")}
    (least,) = enough
    common = lcm(*range(least, hours + 1))
    sums, counts = _running()
    days = days.with_columns(**sums, **counts)
    factor = {n: common // n for n in range(least, hours + 1)}

    def window(end: int) -> pl.Expr:
        total = pl.col(f"__s{end}") - pl.col(f"__s{end - hours}") if end > hours else pl.col(f"__s{end}")
        n = pl.col(f"__c{end}") - pl.col(f"__c{end - hours}") if end > hours else pl.col(f"__c{end}")
        chosen: pl.Expr = pl.lit(None, dtype=pl.Int64)
        for present, times in factor.items():
            chosen = pl.when(n == present).then(total * times).otherwise(chosen)
        return chosen

    names = [f"__m{end}" for end in ends]
    days = days.with_columns(**{name: window(end) for name, end in zip(names, ends, strict=True)})
    days = days.with_columns(
        o3_8h=half_even_quotient(pl.max_horizontal(*names), common),
        n_o3_8h=pl.sum_horizontal(*[pl.col(name).is_not_null().cast(pl.Int32) for name in names]),
    )
    date, scale = pl.col("date"), 10 ** decimals("o3_8h")
    limit = by_day("gb3095.o3.day_max8h", date, "by_date", lambda classes: pl.lit(int(classes["II"]) * scale))
    needed = by_day("hj663.o3_day.min_windows", date, "by_date", lambda windows: pl.lit(int(windows)))
    valid = (pl.col("n_o3_8h") >= needed) | (pl.col("o3_8h") > limit)
    return days.with_columns(valid_o3_8h=valid.fill_null(False))


def _running() -> tuple[dict[str, pl.Expr], dict[str, pl.Expr]]:
    """Running sums ``__s1..24`` and counts ``__c1..24`` over the slots."""
    sums: dict[str, pl.Expr] = {}
    counts: dict[str, pl.Expr] = {}
    total: pl.Expr = pl.lit(0, dtype=pl.Int64)
    n: pl.Expr = pl.lit(0, dtype=pl.Int64)
    for slot in range(24):
        total = total + (pl.col(f"__w{slot // PER_WORD}") // SLOT ** (slot % PER_WORD)) % SLOT
        n = n + (pl.col("__mask") // 2**slot) % 2
        sums[f"__s{slot + 1}"], counts[f"__c{slot + 1}"] = total, n
    return sums, counts
