"""Readings as laboratories write them, ``0.021`` or ``0.01L``, turned into exact integers of a billionth.

Why a billionth: the smallest limit of the standards is 1e-6 and no result is written with more than nine decimals,
so a reading, half a detection limit and every limit are whole numbers, and comparing and adding them is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

import polars as pl

from guatu.errors import ComputeError, Fault

PLACES = 9
UNIT = 10**PLACES
_WRITTEN = r"^[<＜]?\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*(?:[LlＬ]|ND|nd)?$"
_LIMITED = r"(?:^[<＜])|(?:[LlＬ]|ND|nd)$"
_NOTHING_FOUND = ("未检出", "ND", "nd", "不得检出")
_SHOWN = 10

Below = Literal["half", "zero", "limit"]


def scaled(number: str | int | Decimal | Fraction) -> int:
    """A number of a rule in billionths; raises ValueError when it has more decimals than that."""
    whole = Fraction(number) * UNIT
    if whole.denominator != 1:
        raise ValueError(f"{number} has more than {PLACES} decimals")
    return int(whole)


@dataclass(frozen=True)
class Readings:
    """Integer columns named as the items [1e-9 of the item's unit] and, where some are below detection, which.

    A reading below detection holds its detection limit; one written without a limit (未检出) holds 0.
    """

    amounts: pl.DataFrame
    below: pl.DataFrame

    def counted(self, as_: Below) -> pl.DataFrame:
        """The amounts with non-detects counted as half their limit, as nothing, or as the limit itself."""
        if as_ == "limit" or not self.below.width:
            return self.amounts
        return self.amounts.with_columns(
            pl.when(self.below[name])
            .then(pl.col(name) // 2 if as_ == "half" else pl.lit(0, pl.Int64))
            .otherwise(pl.col(name))
            .alias(name)
            for name in self.below.columns
        )


def take(table: pl.DataFrame, items: Sequence[str], room: str, *, bare: bool = False) -> Readings:
    """Read the item columns of a table: numbers, text such as ``0.01L`` or ``<0.01``, or a value with ``<item>_below``.

    room: the letters of the fault codes; bare: whether 未检出 without a detection limit is allowed.
    Raises ComputeError listing every column with text that is no number (01), a negative or endless number (02),
    or a non-detect without its limit where one is needed (03).
    """
    amounts: list[pl.Series] = []
    below: list[pl.Series] = []
    faults: list[Fault] = []
    for item in items:
        number, limited = _number(table[item], room, faults)
        pair = f"{item}_below"
        if pair in table.columns:
            said = table[pair].cast(pl.Boolean, strict=False).fill_null(False)
            limited = said if limited is None else limited | said
        bad = (number < 0) | ~number.is_finite()
        _blame(faults, room, "02", item, table[item], bad, "是负数或无穷大", "浓度不会小于零", "核对原始记录后改正")
        if limited is not None and not bare:
            lost = limited & (number == 0)
            _blame(
                faults,
                room,
                "03",
                item,
                table[item],
                lost,
                "没有给出检出限",
                "均值要按检出限的一半计",
                "写成 0.01L 的形式",
            )
        amounts.append((number * UNIT).round().cast(pl.Int64, strict=False).alias(item))
        if limited is not None:
            below.append(limited.fill_null(False).alias(item))
    if faults:
        raise ComputeError(f"{len(faults)} columns of readings cannot be taken", faults)
    return Readings(pl.DataFrame(amounts), pl.DataFrame(below))


def _number(column: pl.Series, room: str, faults: list[Fault]) -> tuple[pl.Series, pl.Series | None]:
    """The column as the nearest double of each written number (nine decimals survive it) and the non-detects."""
    if column.dtype in (pl.Categorical, pl.Enum):
        column = column.cast(pl.String)
    if isinstance(column.dtype, pl.Struct):
        fields = column.struct.unnest()
        if {"value", "below"} <= set(fields.columns):
            return fields["value"].cast(pl.Float64), fields["below"].cast(pl.Boolean).fill_null(False)
    if column.dtype == pl.String:
        text = column.str.strip_chars()
        text = text.set(text.is_in(["", "-", "—", "/", "／"]), None)
        bare = text.is_in(list(_NOTHING_FOUND))
        number = text.str.extract(_WRITTEN, 1).cast(pl.Float64, strict=False)
        number = number.zip_with(~bare.fill_null(False), pl.Series([0.0]).new_from_index(0, len(text)))
        strange = text.is_not_null() & number.is_null()
        _blame(
            faults, room, "01", column.name, column, strange, "不是数", "读不出浓度", "只写数，未检出写成 0.01L 的形式"
        )
        limited = text.str.contains(_LIMITED) | bare
        return number, limited if limited.any() else None
    if column.dtype == pl.Float32:
        return column.cast(pl.String).cast(pl.Float64), None  # by its shortest writing: 0.15, not 0.15000000596
    if column.dtype.is_numeric() or column.dtype == pl.Null:
        return column.cast(pl.Float64), None
    everything = column.is_not_null()
    _blame(
        faults, room, "01", column.name, column, everything, "不是数", "读不出浓度", "只写数，未检出写成 0.01L 的形式"
    )
    return pl.Series(column.name, [None] * len(column), dtype=pl.Float64), None


def _blame(
    faults: list[Fault],
    room: str,
    number: str,
    item: str,
    column: pl.Series,
    bad: pl.Series,
    what: str,
    why: str,
    do: str,
) -> None:
    rows = bad.fill_null(False).arg_true().to_list()
    if rows:
        shown = "、".join(f"{row + 1}（{column[row]}）" for row in rows[:_SHOWN])
        more = f"等 {len(rows)} 行" if len(rows) > _SHOWN else ""
        faults.append(Fault(f"G-{room}-{number}", f"列 {item} 第 {shown} 行{more}", what, why, do))


def average(rows: Sequence[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """The arithmetic mean of each item over the rows that have it."""
    lists: dict[str, list[Fraction]] = {}
    for row in rows:
        for item, value in row.items():
            lists.setdefault(item, []).append(value)
    return {item: _mean(values) for item, values in lists.items()}


def _mean(values: Sequence[Fraction]) -> Fraction:
    """The exact mean, brought to one denominator at once: adding fractions one by one reduces each time."""
    common = lcm(*(value.denominator for value in values))
    return Fraction(sum(value.numerator * (common // value.denominator) for value in values), common * len(values))


def need(table: pl.DataFrame, columns: Iterable[str], room: str) -> None:
    """Refuse a table that lacks one of the columns (04)."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ComputeError.of(
            f"columns missing: {missing}",
            f"G-{room}-04",
            "输入的表",
            f"缺少列 {'、'.join(missing)}",
            "没有它们算不出结果",
            "补上这些列，或把原有的列改成这些名字",
        )


def keep_free(table: pl.DataFrame, columns: Iterable[str], room: str) -> None:
    """Refuse a table that already has a column the result would overwrite (05)."""
    taken = [name for name in columns if name in table.columns]
    if taken:
        raise ComputeError.of(
            f"columns already there: {taken}",
            f"G-{room}-05",
            "输入的表",
            f"已有列 {'、'.join(taken)}",
            "结果会盖掉原来的内容",
            "先给原有的列改名",
        )
