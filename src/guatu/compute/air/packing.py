"""A station-day in nine integers: what one pass over the hours must add up, packed so that few sums are needed.

Three words hold the sums and counts of the five pollutants with 24 h means, and the counts of rows and of faulty rows.
Six words hold the 24 hourly slots of O3, four to a word: 0 no row, 1 a row without a value, else the value + 2.
"""

from __future__ import annotations

import polars as pl

from guatu.compute.air.key import Key, date_of_key

FIVE = ("pm25", "pm10", "so2", "no2", "co")
LIMIT, O3_LIMIT = 0x4000, 0x2000
"""Values from here on are refused; below, two doubled hours cannot spill from their slot, and more are counted."""

HOUR = 3_600_000  # ms
_FIELD, _COUNT = 0x200_0000, 0x10_0000  # 24 values below LIMIT sum to less than 2**20; the count stands above the sum
_PAIRS = (("pm25", "pm10"), ("so2", "no2"), ("co",))
_ROWS, _BAD, _OFF = _FIELD, _FIELD * 0x1000, _FIELD * 0x100_0000  # in the third word, beside CO
_SLOT, _PER_WORD, _WORDS = 0x8000, 4, 6


def pack(rows: pl.LazyFrame, key: Key) -> pl.LazyFrame:
    """Rows with names, whole numbers ``pm25 … o3`` and ``__t`` [ms] as ``__key`` and nine words to be summed."""
    time = pl.col("__t")
    rows = rows.with_columns(
        __hour=((time - 1) // HOUR).cast(pl.Int32),
        __ozone=(pl.col("o3") + 2).fill_null(1),
        **{name: (pl.col(name) + _COUNT).fill_null(0) for name in FIVE},
    ).with_columns(__slot=pl.col("__hour") % 24, __day=pl.col("__hour") // 24)
    ozone = pl.col("__ozone")
    every = pl.col(FIVE[0])
    for name in FIVE[1:]:
        every = every | pl.col(name)
    bad = ((every & ~(_COUNT | (LIMIT - 1))) != 0) | (ozone < 1) | (ozone >= O3_LIMIT)
    off = (time != (pl.col("__hour").cast(pl.Int64) + 1) * HOUR).fill_null(True)
    words = [_fields(pair) for pair in _PAIRS]
    words[2] = words[2] + pl.when(bad | off).then(_ROWS + bad * _BAD + off * _OFF).otherwise(_ROWS)
    rows = rows.select(
        __key=key.packed(pl.col("__day")),
        __word=pl.col("__slot") // _PER_WORD,
        __ozone=ozone.cast(pl.Int64) * _powers(pl.col("__slot") % _PER_WORD),
        **{f"__a{k}": word for k, word in enumerate(words)},
    )
    slots = {f"__o{k}": pl.when(pl.col("__word") == k).then("__ozone").otherwise(0) for k in range(_WORDS)}
    return rows.with_columns(**slots).drop("__word", "__ozone")


def added(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The words of each station-day."""
    names = [f"__a{k}" for k in range(len(_PAIRS))] + [f"__o{k}" for k in range(_WORDS)]
    return rows.group_by("__key").agg(pl.col(names).sum())


def unpacked(days: pl.LazyFrame) -> pl.LazyFrame:
    """The words as ``__key date``, ``sum_* n_*`` of the five, ``__rows __bad __off`` and slots ``__h0 … __h23``."""
    found = {"__key": pl.col("__key"), "date": date_of_key(pl.col("__key"))}
    for k, pair in enumerate(_PAIRS):
        for place, name in enumerate(pair):
            part = (pl.col(f"__a{k}") // _FIELD**place % _FIELD).cast(pl.Int32)
            found[f"sum_{name}"], found[f"n_{name}"] = part % _COUNT, part // _COUNT
    last = pl.col("__a2")
    found |= {"__rows": last // _ROWS % (_BAD // _ROWS), "__bad": last // _BAD % (_OFF // _BAD), "__off": last // _OFF}
    for hour in range(24):
        packed = pl.col(f"__o{hour // _PER_WORD}") // _SLOT ** (hour % _PER_WORD) % _SLOT
        found[f"__h{hour}"] = packed.cast(pl.Int32)
    return days.select(**found)


def _fields(names: tuple[str, ...]) -> pl.Expr:
    first, *others = [pl.col(name).cast(pl.Int64) for name in names]
    return first + others[0] * _FIELD if others else first


def _powers(place: pl.Expr) -> pl.Expr:
    power: pl.Expr = pl.lit(_SLOT ** (_PER_WORD - 1), dtype=pl.Int64)
    for k in range(_PER_WORD - 1):
        power = pl.when(place == k).then(pl.lit(_SLOT**k, dtype=pl.Int64)).otherwise(power)
    return power
