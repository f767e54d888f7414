"""What a frame must hold before air is computed from it, and its values as exact whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from guatu.base.frame import enter
from guatu.compute.air.packing import HOUR
from guatu.compute.air.pollutants import decimals
from guatu.errors import ComputeError, Fault

LOCAL = "Asia/Shanghai"
FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S%.f")


def demand(schema: pl.Schema, names: Iterable[str], numbers: Iterable[str]) -> None:
    """Raise ComputeError naming every absent column (G-AIR-01) and every column that is not of numbers (G-AIR-02)."""
    faults = [
        Fault("G-AIR-01", "输入的数据", f"缺少列 {name}", "没有这一列就不能计算", f"补上列 {name} 或改正列名")
        for name in names
        if name not in schema
    ]
    faults += [
        Fault("G-AIR-02", f"列 {name}", f"是 {schema[name]} 而不是数", "浓度必须是数", "去掉文字和符号，缺测留空")
        for name in numbers
        if name in schema and not (schema[name].is_numeric() or schema[name] == pl.Null)
    ]
    if "time" in names and not isinstance(schema.get("time", pl.Datetime()), pl.Datetime | pl.String):
        why = "时间决定用哪一版标准、归哪一天"
        faults.append(Fault("G-AIR-03", "列 time", f"是 {schema['time']} 而不是日期时间", why, "写作 2026-03-01 01:00"))
    if faults:
        told = "; ".join(f"{fault.where} {fault.what}" for fault in faults)
        raise ComputeError(f"the frame lacks columns or has columns of the wrong type: {told}", faults)


def whole(name: str, kind: pl.DataType) -> pl.Expr:
    """The column as Int32 in its reporting unit (CO in tenths), rounded half-even as the decimal text it stands for.

    A binary float stands for the decimal nearest to it: 4.3 is 43 tenths, 35.5 rounds to 36, 34.5 to 34.
    HJ 633-2026 4.2.2, 4.2.3; GB/T 8170.
    """
    places = decimals(name)
    column = pl.col(name)
    if kind.is_integer() or kind == pl.Null:
        return column.cast(pl.Int32) * 10**places if places else column.cast(pl.Int32)
    fine = 2**9 if kind == pl.Float32 else 2**29  # steps in which a float of that width tells decimals from noise
    meant: pl.Expr = (column.cast(pl.Float64) * (10**places * fine)).round(mode="half_to_even") / fine
    return meant.round(mode="half_to_even").cast(pl.Int32)


def hour_index(kind: pl.DataType) -> pl.Expr:
    """Hours since 1970-01-01 00:00 local time of the hour that ENDS at ``time``; 00:00 gives the last hour before."""
    return (milliseconds(kind) - 1) // HOUR


def day_of_hour(kind: pl.DataType) -> pl.Expr:
    """The date an hour-ending stamp belongs to."""
    return (hour_index(kind) // 24).cast(pl.Int32).cast(pl.Date)


def of_days(frame: Any, first: date, last: date) -> Any:
    """The hours of a frame with ``time`` that belong to the days first to last, 01:00 to 24:00 of each.

    The same kind of frame, columns kept; with ``station_day`` a way to compute anew only the days that changed.
    """
    lazy, back = enter(frame)
    kind = lazy.collect_schema()["time"]
    return back(lazy.filter(day_of_hour(kind).is_between(first, last)))


def clock(kind: pl.DataType) -> pl.Expr:
    """``time`` as local wall time; text such as ``2026-03-01 24:00`` is read, text that is no time becomes null."""
    time = pl.col("time")
    if kind == pl.String:
        midnight = time.str.contains(r"[ T]24:00")
        text = time.str.strip_chars().str.replace("T", " ").str.replace_all("/", "-").str.replace(" 24:00", " 00:00")
        read = pl.coalesce(text.str.to_datetime(form, time_unit="ms", strict=False) for form in FORMS)
        return pl.when(midnight).then(read.dt.offset_by("1d")).otherwise(read)
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        return time.dt.convert_time_zone(LOCAL).dt.replace_time_zone(None)
    return time


def milliseconds(kind: pl.DataType) -> pl.Expr:
    """``time`` as milliseconds of local wall time since 1970-01-01 00:00."""
    return clock(kind).dt.cast_time_unit("ms").cast(pl.Int64)


def date_of(kind: pl.DataType) -> pl.Expr:
    """The column ``date`` as dates: dates, date-times or text such as 2026-03-01."""
    date = pl.col("date")
    return date.str.strip_chars().str.to_date("%Y-%m-%d", strict=False) if kind == pl.String else date.cast(pl.Date)
