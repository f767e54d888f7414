"""The door for data frames: any kind in, a LazyFrame inside, the same kind out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from guatu.errors import ComputeError

Back = Callable[[pl.LazyFrame], Any]


def enter(frame: Any) -> tuple[pl.LazyFrame, Back]:
    """Take a Polars, pandas, Arrow or DuckDB frame; return it as a LazyFrame and the way back to its kind.

    NaN becomes null (a missing value is never a number). Raises ComputeError (G-FRAME-01) for anything else.
    """
    if isinstance(frame, pl.LazyFrame):
        return _without_nan(frame), lambda lazy: lazy
    if isinstance(frame, pl.DataFrame):
        return _without_nan(frame.lazy()), lambda lazy: lazy.collect()
    root = type(frame).__module__.partition(".")[0]
    if root == "pandas":
        return _without_nan(pl.from_pandas(_one_type(frame)).lazy()), lambda lazy: lazy.collect().to_pandas()
    if root in ("duckdb", "_duckdb"):
        import duckdb

        inside = frame.pl().lazy()
        return _without_nan(inside), lambda lazy: duckdb.from_arrow(lazy.collect().to_arrow())
    if hasattr(frame, "__arrow_c_stream__"):
        return _without_nan(pl.DataFrame(frame).lazy()), lambda lazy: lazy.collect().to_arrow()
    raise ComputeError.of(
        f"cannot take a frame of type {type(frame).__name__}",
        "G-FRAME-01",
        "输入的数据",
        f"类型是 {type(frame).__name__}",
        "只认 Polars、pandas、Arrow、DuckDB 的表",
        "先转成其中一种再传入",
    )


def _one_type(frame: Any) -> Any:
    """A pandas frame whose columns of numbers among text (0.2 beside ``0.01L``) are all text."""
    import pandas as pd  # type: ignore[import-untyped]

    columns = (frame.iloc[:, place] for place in range(frame.shape[1]))
    mixed = [
        one.name
        for one in columns
        if one.dtype == object and pd.api.types.infer_dtype(one, skipna=True).startswith("mixed")
    ]
    if not mixed:
        return frame
    return frame.assign(**{name: frame[name].map(str, na_action="ignore") for name in mixed})


def _without_nan(lazy: pl.LazyFrame) -> pl.LazyFrame:
    floats = [name for name, kind in lazy.collect_schema().items() if kind.is_float()]
    return lazy.with_columns(pl.col(floats).fill_nan(None)) if floats else lazy
