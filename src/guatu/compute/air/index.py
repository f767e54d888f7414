"""AQI, level and primary pollutants on whole-number concentrations (HJ 633)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from guatu import rules
from guatu.compute.air.breakpoints import ABSENT, ELSEWHERE, elsewhere, items_eras, sub_index_of
from guatu.compute.air.door import whole
from guatu.compute.air.edition import era_of, in_force
from guatu.compute.air.pollutants import species

Item = tuple[str, pl.Expr]
"""An item of the table, such as ``co_1h``, and its whole-number concentration."""


def judged(
    lazy: pl.LazyFrame,
    items: Mapping[str, Item],
    day: pl.Expr,
    reading: str,
    not_monitored: Collection[str] = (),
    missing_rule: str = "hj633.missing.day",
    instead: Mapping[str, Item] | None = None,
) -> pl.LazyFrame:
    """Add ``aqi level primary aqi_reason`` from items: pollutant -> (item of the table, whole-number concentration).

    missing_rule names the rule for missing items. ``rest_above_100``: the AQI of the rest stands where it is above
    100, else there is none (HJ 633-2026 5.3.1); ``rest``: it stands in any case (hours of 2012). An item of
    not_monitored is left out without harm (5.3.2). instead: the item to which the clause sends one above a table that
    ends early (HJ 633-2012 表1注); without it such a row has no AQI. aqi_reason says why there is none or what was
    missing, null otherwise.
    """
    firsts = items_eras(reading)
    sub = {name: f"__iaqi_{name}" for name in items}
    era, worst, others = pl.col("__era"), pl.col("__worst"), instead or {}
    wanted = [name for name in items if name not in not_monitored]
    least = _by_era("hj633.range", firsts, reading, lambda bounds: int(bounds[0]))
    rest = pl.max_horizontal(*sub.values())
    lazy = (
        lazy.with_columns(__era=era_of(day, firsts))
        .with_columns(**{sub[name]: _found(item, others.get(name), era, reading) for name, item in items.items()})
        .with_columns(
            __worst=pl.when(rest > ABSENT).then(pl.max_horizontal(rest, least)).otherwise(ABSENT),
            __missing=_set({name: pl.col(sub[name]) == ABSENT for name in wanted}),
            __beyond=_set({name: pl.col(sub[name]) == ELSEWHERE for name in items}),
            __tolerant=_by_era(missing_rule, firsts, reading, lambda said: int(said == "rest")) > 0,
            __ruled=_by_era(missing_rule, firsts, reading, lambda said: 1) > 0,
        )
    )
    stands = (pl.col("__missing") == 0) | pl.col("__tolerant") | (worst > good_limit())
    stands = stands & (worst > ABSENT) & (pl.col("__beyond") == 0)
    lazy = lazy.with_columns(aqi=pl.when(stands).then(worst).cast(pl.Int32)).with_columns(
        level=level_of(pl.col("aqi")), primary=_primary(sub), aqi_reason=_reason(items, wanted, reading)
    )
    return lazy.drop(*sub.values(), "__era", "__worst", "__missing", "__beyond", "__tolerant", "__ruled")


def instead_of(schema: pl.Schema, pollutant: str, item: str) -> dict[str, Item]:
    """The frame's column of another averaging time, where it has one, for ``judged`` to use above a table's end."""
    return {pollutant: (item, whole(item, schema[item]))} if item in schema else {}


def level_of(aqi: pl.Expr) -> pl.Expr:
    """The level 1 to 6 of an AQI (HJ 633 表2)."""
    upper = [rules.timeline(f"hj633.class.{level}")[-1].value["upto"] for level in range(1, 6)]
    return 1 + pl.sum_horizontal([(aqi > bound).cast(pl.Int32) for bound in upper], ignore_nulls=False)


def good_limit() -> int:
    """The AQI up to which a day is good (level 2)."""
    return int(rules.timeline("hj633.class.2")[-1].value["upto"])


def _found(item: Item, instead: Item | None, era: pl.Expr, reading: str) -> pl.Expr:
    own = sub_index_of(*item, era, reading)
    if instead is None:
        return own
    other = sub_index_of(*instead, era, reading)
    return pl.when((own == ELSEWHERE) & (other > ABSENT)).then(other).otherwise(own)


def _by_era(rule_id: str, firsts: tuple[date, ...], reading: str, say: Callable[[Any], int]) -> pl.Expr:
    """What say makes of the rule in force in each row's era; 0 where none is."""
    values = [0 if said is None else say(said) for said in (in_force(rule_id, first, reading) for first in firsts)]
    chosen = pl.lit(values[0], dtype=pl.Int16)
    for k, value in enumerate(values[1:], 1):
        chosen = pl.when(pl.col("__era") >= k).then(pl.lit(value, dtype=pl.Int16)).otherwise(chosen)
    return chosen


def _set(members: Mapping[str, pl.Expr]) -> pl.Expr:
    """Which of the conditions hold, as one number: the first is 1, the second 2, the third 4 …"""
    none = pl.lit(0, dtype=pl.UInt16)
    bits = [
        pl.when(held).then(pl.lit(2**k, dtype=pl.UInt16)).otherwise(none) for k, held in enumerate(members.values())
    ]
    return pl.sum_horizontal(bits) if bits else none


def _spelt(names: Sequence[str]) -> list[str]:
    """The names in each of the sets that ``_set`` counts, each once, joined by a comma."""
    sets = ((name for k, name in enumerate(names) if held >> k & 1) for held in range(2 ** len(names)))
    return [",".join(dict.fromkeys(members)) for members in sets]


def _primary(sub: Mapping[str, str]) -> pl.Expr:
    """All pollutants whose IAQI is the AQI, joined by a comma, where AQI > 50 (HJ 633 首要污染物)."""
    above = rules.timeline("hj633.primary_above")[-1].value
    largest = _set({name: pl.col(column) == pl.col("__worst") for name, column in sub.items()})
    words = [said or None for said in _spelt([species(name) for name in sub])]
    return pl.lit(pl.Series(words)).gather(pl.when(pl.col("aqi") > above).then(largest).otherwise(0))


def _reason(items: Mapping[str, Item], wanted: Sequence[str], reading: str) -> pl.Expr:
    ends = [elsewhere(item, reading) for item, _ in items.values()]
    ended = [f"{name}高于{end[0]}，须看{end[1]}" if end else "" for name, end in zip(items, ends, strict=True)]
    gone = _spelt(wanted)
    words: list[str | None] = [None, "该日没有在用的标准", "没有可用的浓度"]
    starts = []
    for said in (
        _spelt(ended),
        [f"缺{names}，其余项不超过100" for names in gone],
        [f"缺{names}，按其余项" for names in gone],
    ):
        starts.append(len(words))
        words += said
    beyond, missing = pl.col("__beyond"), pl.col("__missing")
    place = (
        pl.when(beyond > 0)
        .then(starts[0] + beyond)
        .when(missing == 0)
        .then(0)
        .when(~pl.col("__ruled"))
        .then(1)
        .when(pl.col("__worst") == ABSENT)
        .then(2)
        .when(pl.col("aqi").is_null())
        .then(starts[1] + missing)
        .otherwise(starts[2] + missing)
    )
    return pl.lit(pl.Series(words)).gather(place)
