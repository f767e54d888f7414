"""Air on Spark: one city at a time through the functions of one machine, so that the figures cannot differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from guatu.compute import air

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

_HOURS = ("station", "city", "time", "pm25", "pm10", "so2", "no2", "co", "o3")


def city_days(hours: DataFrame, reading: str = "by_date") -> DataFrame:
    """``guatu.compute.air.city_day`` of a Spark frame of hours, by ``groupBy("city").applyInArrow``.

    hours: columns as ``city_day`` takes them; ``time`` is the wall time of the session (timestamp_ntz, or timestamp in
    a session set to Asia/Shanghai). Returns a Spark frame with the columns of ``city_day``. A fault in a city's hours
    fails the job with its sentence.
    """
    return _by_city(hours, lambda frame: air.city_day(frame, reading=reading))


def city_years(hours: DataFrame, reading: str = "by_date") -> DataFrame:
    """``guatu.compute.air.year`` of a Spark frame of hours, city by city."""
    return _by_city(hours, lambda frame: air.year(frame, reading=reading))


def _by_city(hours: DataFrame, evaluate: Callable[[pl.DataFrame], pl.DataFrame]) -> DataFrame:
    form = _spark_schema(evaluate(_sample()))

    def of_one_city(table: pa.Table) -> pa.Table:
        frame = pl.DataFrame(table)
        kind = frame.schema["time"]
        if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
            frame = frame.with_columns(pl.col("time").dt.convert_time_zone("Asia/Shanghai").dt.replace_time_zone(None))
        return _for_spark(_plain(evaluate(frame)).to_arrow(compat_level=pl.CompatLevel.oldest()))

    return hours.select(*_HOURS).groupBy("city").applyInArrow(of_one_city, form)


def _sample() -> pl.DataFrame:
    """One hour, to learn the columns and types of an answer."""
    row: dict[str, Any] = dict.fromkeys(_HOURS[3:], 1)
    return pl.DataFrame([{"station": "s", "city": "c", "time": datetime(2025, 1, 1, 1), **row}])


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Only types that Spark has."""
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))


def _for_spark(table: pa.Table) -> pa.Table:
    """Text as Spark has it: Arrow's ``string``, where Polars writes ``large_string``."""
    import pyarrow

    fields = [f.with_type(pyarrow.string()) if f.type == pyarrow.large_string() else f for f in table.schema]
    return table.cast(pyarrow.schema(fields))


def _spark_schema(frame: pl.DataFrame) -> str:
    names = {pl.Int64: "long", pl.Int32: "int", pl.Float64: "double", pl.String: "string", pl.Boolean: "boolean"}
    kinds = {**names, pl.Date: "date"}
    return ", ".join(f"{name} {kinds[kind.base_type()]}" for name, kind in _plain(frame).schema.items())
