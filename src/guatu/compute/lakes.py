"""The trophic level index of lakes and reservoirs (总站生字〔2001〕090号): from concentrations, never from indices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.frame import enter
from guatu.compute.readings import UNIT, average, keep_free, need, take
from guatu.errors import ComputeError

ROOM = "LAKE"
_DEEP = Context(prec=36)
_PRINTED = 4  # decimals of the tli column; the grade comes from the index before this
_Amount = int | Decimal | Fraction


def items() -> tuple[str, ...]:
    """``chla`` [mg/m³] ``tp tn codmn`` [mg/L] ``sd`` [m], in the order of the method."""
    return tuple(rules.timeline("tli.formula")[-1].value)


def tli(frame: Any) -> Any:
    """Add ``tli``, ``grade`` and ``missing`` to each row of mean concentrations.

    frame: any of ``chla`` [mg/m³], ``tp``, ``tn``, ``codmn`` [mg/L], ``sd`` [m]; non-detects ``0.01L`` count as half.
    Items without a value are named in ``missing`` (joined by ","; null when none is) and the weights of the rest are
    scaled to one; without any, tli and grade are null. tli to 4 decimals, the grade from the unrounded index.
    Raises ComputeError (G-LAKE-06) for a concentration of zero, which has no logarithm.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    keep_free(table, ["tli", "grade", "missing"], ROOM)
    found = [item for item in items() if item in table.columns]
    if not found:
        need(table, items(), ROOM)
    amounts = take(table, found, ROOM).counted("half")
    _refuse_zero(amounts)
    rows = [
        _index_and_absent({item: Fraction(value, UNIT) for item, value in row.items() if value is not None})
        for row in amounts.iter_rows(named=True)
    ]
    answers = [
        pl.Series(
            "tli", [None if one is None else float(half_even(one, _PRINTED)) for one, _ in rows], dtype=pl.Float64
        ),
        pl.Series("grade", [None if one is None else grade_of(one) for one, _ in rows], dtype=pl.String),
        pl.Series("missing", [",".join(absent) or None for _, absent in rows], dtype=pl.String),
    ]
    return back(table.hstack(answers).lazy())


def whole(frame: Any) -> Any:
    """Mean concentrations of each ``lake``: first over time at each ``point``, then over the points.

    frame: ``lake point`` and the items, one row a sampling, of one period. Returns ``lake points`` (their number),
    the item means, then ``tli grade missing`` of those means; the mean of indices is another number.
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["lake", "point"], ROOM)
    found = [item for item in items() if item in table.columns]
    amounts = take(table, found, ROOM).counted("half") if found else pl.DataFrame()
    rows = []
    for lake in table["lake"].unique(maintain_order=True):
        samples: dict[str, list[Mapping[str, Fraction]]] = {}
        for name, point, row in zip(table["lake"], table["point"], amounts.iter_rows(named=True), strict=True):
            if name == lake:
                given = {item: Fraction(value, UNIT) for item, value in row.items() if value is not None}
                samples.setdefault(point, []).append(given)
        means = average([average(one) for one in samples.values()])
        if any(not value for value in means.values()):
            _refuse_zero(amounts)
        index, absent = _index_and_absent(means)
        row_out = {"lake": lake, "points": len(samples)} | {item: _double(means.get(item)) for item in found}
        graded = (
            {"tli": None, "grade": None}
            if index is None
            else {"tli": _double(half_even(index, _PRINTED)), "grade": grade_of(index)}
        )
        rows.append(row_out | graded | {"missing": ",".join(absent) or None})
    schema: dict[str, pl.DataType] = {"lake": table.schema["lake"], "points": pl.Int64()}
    schema |= {item: pl.Float64() for item in (*found, "tli")}
    return back(pl.DataFrame(rows, schema=schema | {"grade": pl.String(), "missing": pl.String()}).lazy())


def index_of(item: str, concentration: _Amount) -> Decimal:
    """TLI of one item, 10 (a + b ln x), at 36 digits; chla in mg/m³, sd in m, the rest in mg/L."""
    formula = rules.timeline("tli.formula")[-1].value[item]
    exact = Fraction(concentration)
    logarithm = _logarithm(exact.numerator, exact.denominator)
    return _DEEP.multiply(10, _DEEP.add(Decimal(formula["a"]), _DEEP.multiply(Decimal(formula["b"]), logarithm)))


def weights(present: Sequence[str]) -> dict[str, Fraction]:
    """Weight of each item among those present: its r² over the sum of theirs, so they sum to exactly one."""
    squares = {item: Fraction(rules.timeline("tli.r2")[-1].value[item]) for item in present}
    return {item: square / sum(squares.values()) for item, square in squares.items()}


def combine(indices: Mapping[str, Decimal]) -> Fraction:
    """The composite index of the item indices given, weights scaled to one over them."""
    return sum((weight * Fraction(indices[item]) for item, weight in weights(tuple(indices)).items()), Fraction(0))


def grade_of(index: Decimal | Fraction) -> str:
    """贫营养 below 30, 中营养 to 50, 轻度 to 60, 中度 to 70, 重度富营养 above; 30 and the upper ends belong below."""
    bands = rules.timeline("tli.grades")[-1].value
    if index < Decimal(bands[0][0]):
        return str(bands[0][1])
    return next(str(name) for end, name in bands[1:] if not end or index <= Decimal(end))


def _index_and_absent(present: Mapping[str, Fraction]) -> tuple[Fraction | None, list[str]]:
    absent = [item for item in items() if item not in present]
    if not present:
        return None, absent
    return combine({item: index_of(item, value) for item, value in present.items()}), absent


def _double(number: Fraction | Decimal | None) -> float | None:
    return None if number is None else float(number)


@lru_cache(maxsize=1 << 16)
def _logarithm(numerator: int, denominator: int) -> Decimal:
    return _DEEP.ln(_DEEP.divide(numerator, denominator))


def _refuse_zero(amounts: pl.DataFrame) -> None:
    for item in amounts.columns:
        rows = (amounts[item] == 0).fill_null(False).arg_true().to_list()
        if rows:
            raise ComputeError.of(
                f"{item} is zero in {len(rows)} rows",
                f"G-{ROOM}-06",
                f"列 {item} 第 {rows[0] + 1} 行" + (f"等 {len(rows)} 行" if len(rows) > 1 else ""),
                "浓度或透明度是 0",
                "营养状态指数要取对数",
                "未检出写成检出限（如 0.01L），缺测留空",
            )
