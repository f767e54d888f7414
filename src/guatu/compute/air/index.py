"""IAQI, AQI, level and primary pollutants on whole-number concentrations (HJ 633)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import polars as pl

from guatu import rules
from guatu.base.exact import ceiling_quotient
from guatu.compute.air.edition import by_day
from guatu.compute.air.pollutants import decimals, species

ABOVE = ("so2_1h", "o3_8h")  # items whose table ends below the last index


def iaqi(item: str, concentration: pl.Expr, day: pl.Expr, reading: str) -> pl.Expr:
    """The sub-index of one item, e.g. ``co_1h``, of a whole-number concentration; null above a table that ends early.

    The pieces below the one that holds C add whole numbers and those above add nothing, so that the sum of the
    rounded-up pieces is the rounded-up interpolation of HJ 633 式(1); above the whole table it is 500.
    """
    scale = 10 ** decimals(item)
    index = rules.timeline("hj633.index")[0].value

    def interpolate(nodes: list[str]) -> pl.Expr:
        bounds = [int(Decimal(node) * scale) for node in nodes]
        pieces = [
            ceiling_quotient((concentration.clip(low, high) - low) * (index[i + 1] - index[i]), high - low)
            for i, (low, high) in enumerate(pairwise(bounds))
        ]
        total = pieces[0]
        for piece in pieces[1:]:
            total = total + piece
        return total.cast(pl.Int32)

    found = by_day(f"hj633.iaqi.{item}", day, reading, interpolate)
    if item not in ABOVE:
        return found
    return pl.when(beyond(item, concentration, day, reading)).then(pl.lit(None, dtype=pl.Int32)).otherwise(found)


def beyond(item: str, concentration: pl.Expr, day: pl.Expr, reading: str) -> pl.Expr:
    """Whether C is above a table that ends early and the clause sends one to the other averaging time.

    HJ 633-2012 表1注 does (SO2 1 h, O3 8 h above 800); HJ 633-2026 表3注 ends at 200 and 300, as the table does.
    """
    if item not in ABOVE:
        return pl.lit(False)
    last = int(Decimal(rules.timeline(f"hj633.iaqi.{item}")[0].value[-1]) * 10 ** decimals(item))
    elsewhere = by_day(f"hj633.above.{item}", day, reading, lambda said: pl.lit(said == "none"))
    return (elsewhere & (concentration > last)).fill_null(False)


def judged(
    lazy: pl.LazyFrame,
    items: Mapping[str, tuple[str, pl.Expr]],
    day: pl.Expr,
    reading: str,
    not_monitored: Collection[str] = (),
    missing_rule: str = "hj633.missing.day",
) -> pl.LazyFrame:
    """Add ``aqi level primary aqi_reason`` from items: pollutant -> (item of the table, whole-number concentration).

    missing_rule names the rule for missing items. ``rest_above_100``: the AQI of the rest stands where it is above
    100, else there is none (HJ 633-2026 5.3.1); ``rest``: it stands in any case (hours of 2012). An item of
    not_monitored is left out without harm (5.3.2). aqi_reason says what was missing, null otherwise.
    """
    sub = {name: f"__iaqi_{name}" for name in items}
    held = {name: pl.col(f"__c_{name}") for name in items}
    wanted = [name for name in items if name not in not_monitored]
    missing = pl.any_horizontal([pl.col(sub[name]).is_null() for name in wanted]) if wanted else pl.lit(False)
    undecided = pl.any_horizontal(
        [beyond(item, held[name], pl.col("__day"), reading) for name, (item, _) in items.items()]
    )
    lazy = lazy.with_columns(
        __day=day, **{f"__c_{name}": pl.when(c >= 0).then(c) for name, (_, c) in items.items()}
    ).with_columns(
        **{sub[name]: iaqi(item, held[name], pl.col("__day"), reading) for name, (item, _) in items.items()},
        __beyond=undecided,
        __tolerant=by_day(missing_rule, pl.col("__day"), reading, lambda said: pl.lit(said == "rest")),
        __least=by_day("hj633.range", pl.col("__day"), reading, lambda bounds: pl.lit(int(bounds[0]), dtype=pl.Int32)),
    )
    rest = pl.max_horizontal(*[pl.col(name) for name in sub.values()])
    lazy = lazy.with_columns(__worst=pl.max_horizontal(rest, pl.when(rest.is_not_null()).then(pl.col("__least"))))
    worst = pl.col("__worst")
    publish = ~pl.col("__beyond") & (~missing | pl.col("__tolerant") | (worst > good_limit()))
    lazy = lazy.with_columns(aqi=pl.when(publish).then(worst), __missing=missing)
    lazy = lazy.with_columns(level=level_of(pl.col("aqi")), primary=primary_of(sub), aqi_reason=_reason(sub, wanted))
    return lazy.drop("^__(iaqi_|c_).*$", "__worst", "__missing", "__beyond", "__tolerant", "__least", "__day")


def level_of(aqi: pl.Expr) -> pl.Expr:
    """The level 1 to 6 of an AQI (HJ 633 表2)."""
    upper = [rules.timeline(f"hj633.class.{level}")[-1].value["upto"] for level in range(1, 6)]
    level = sum(((aqi > bound).cast(pl.Int32) for bound in upper), start=pl.lit(1, dtype=pl.Int32))
    return pl.when(aqi.is_not_null()).then(level)


def good_limit() -> int:
    """The AQI up to which a day is good (level 2)."""
    return int(rules.timeline("hj633.class.2")[-1].value["upto"])


def primary_of(sub: Mapping[str, str]) -> pl.Expr:
    """All pollutants whose IAQI is the AQI, joined by a comma, where AQI > 50 (HJ 633 首要污染物)."""
    above = rules.timeline("hj633.primary_above")[-1].value
    parts = [pl.when(pl.col(column) == pl.col("aqi")).then(pl.lit(species(name))) for name, column in sub.items()]
    return pl.when(pl.col("aqi") > above).then(pl.concat_str(parts, separator=",", ignore_nulls=True))


def _reason(sub: Mapping[str, str], wanted: Sequence[str]) -> pl.Expr:
    absent = [pl.when(pl.col(sub[name]).is_null()).then(pl.lit(name)) for name in wanted]
    if not absent:
        return pl.lit(None, dtype=pl.String)
    names = pl.concat_str(absent, separator=",", ignore_nulls=True)
    verdict = (
        pl.when(pl.col("__beyond"))
        .then(pl.format("{}高于800，须看另一平均时间", names))
        .when(pl.col("__tolerant").is_null())
        .then(pl.lit("该日没有在用的标准"))
        .when(pl.col("__worst").is_null())
        .then(pl.lit("没有可用的浓度"))
        .when(pl.col("aqi").is_null())
        .then(pl.format("缺{}，其余项不超过100", names))
        .otherwise(pl.format("缺{}，按其余项", names))
    )
    return pl.when(pl.col("__missing")).then(verdict)
