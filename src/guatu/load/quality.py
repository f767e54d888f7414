"""Doubts about hours: values a person should look at before they are believed. Nothing is changed or removed here."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from guatu.load.columns import ITEMS

WORDS = {
    "range": "超出常见范围",
    "spike": "单小时突变",
    "flat": "长时间不变",
    "inverted": "PM2.5 高于 PM10",
    "repeat": "与前一天同一时段完全相同",
    "shift": "时钟疑似错位",
    "absent": "缺少小时记录",
}
# What is unusual is a convention of guatu, tuned on real hours (see tests/load/test_quality.py for the rates).
CEILING = {"pm25": 500, "pm10": 1000, "so2": 300, "no2": 250, "co": 8, "o3": 400}  # µg/m³, CO mg/m³
JUMP = {"pm25": 40, "pm10": 80, "so2": 30, "no2": 50, "co": 1, "o3": 60}  # above both neighbours, the same units
TIMES = 3  # and at least so many times the larger neighbour, or its own size below the smaller one
LONG = {"pm25": 8, "pm10": 8, "so2": 48, "no2": 10, "co": 48, "o3": 8}  # hours of one and the same value
LOWEST = {"pm25": 3, "pm10": 6, "so2": 4, "no2": 3, "co": 0.2, "o3": 3}  # published again and again in clean air
INVERTED_BY, INVERTED_SHARE = 5, 10  # µg/m³ and per cent by which PM2.5 may stand above PM10
REPEATED = 8  # hours in a row equal to those a day before in every item
WEEK, LAGS = 168, (-3, -2, -1, 1, 2, 3)  # hours compared for a clock; the shifts tried
SURE = 0.15  # by how much a shifted clock must agree better with the other stations


def doubts(hours: pl.DataFrame) -> pl.DataFrame:
    """Every doubt about a set of hours.

    hours: station, time (end of the hour), the six items [µg/m³, CO mg/m³]; one row a station and hour.
    Returns station, time, item (empty where the hour as a whole is meant), flag (a key of WORDS), value as it is,
    and said, what was seen in Chinese; sorted by station and time. For shift the time is the end of the week compared.
    """
    order = ["station", "time", "item", "flag"]
    if hours.is_empty():
        return pl.DataFrame(schema={**dict.fromkeys(order, pl.String), "value": pl.Float64, "said": pl.String})
    grid = _grid(hours)
    found = [
        *_of_items(grid),
        _inverted(grid),
        _repeated(grid),
        _absent(grid),
        _shifted(grid),
    ]
    return pl.concat([part.select(*order, "value", "said") for part in found]).sort(order)


def _grid(hours: pl.DataFrame) -> pl.DataFrame:
    """All hours between the first and last of each station, absent ones as nulls with `there` false; floats inside.

    These numbers decide no law: they only point at rows, whose exact values stay where they are.
    """
    known = hours.select("station", "time", *[pl.col(item).cast(pl.Float64) for item in ITEMS], there=pl.lit(True))
    span = known.group_by("station").agg(pl.min("time").alias("first"), pl.max("time").alias("last"))
    full = span.select("station", pl.datetime_ranges("first", "last", "1h", time_unit="ms").alias("time")).explode(
        "time"
    )
    return (
        full.join(known, on=["station", "time"], how="left")
        .with_columns(pl.col("there").fill_null(False))
        .sort("station", "time")
    )


def _of_items(grid: pl.DataFrame) -> Iterable[pl.DataFrame]:
    for item in ITEMS:
        x = pl.col(item)
        before, after = x.shift(1).over("station"), x.shift(-1).over("station")
        high, low = pl.max_horizontal(before, after), pl.min_horizontal(before, after)
        both = before.is_not_null() & after.is_not_null()
        up = (x - high > JUMP[item]) & (x > TIMES * high)
        down = (low - x > JUMP[item]) & (low > TIMES * x)
        run = (x.ne_missing(before)).cum_sum().over("station")
        marked = grid.with_columns(run=run).with_columns(long=pl.len().over("station", "run"))
        yield _told(marked.filter(x > CEILING[item]), item, "range", pl.format("高于 {}", pl.lit(CEILING[item])))
        yield _told(
            marked.with_columns(before=before, after=after).filter(both & (up | down)),
            item,
            "spike",
            pl.format("前后两小时为 {}、{}", "before", "after"),
        )
        flat = marked.filter((x > LOWEST[item]) & (pl.col("long") >= LONG[item]))
        yield _told(flat, item, "flat", pl.format("连续 {} 小时不变", "long"))


def _inverted(grid: pl.DataFrame) -> pl.DataFrame:
    bound = pl.col("pm10") * (100 + INVERTED_SHARE) / 100 + INVERTED_BY
    return _told(grid.filter(pl.col("pm25") > bound), "pm25", "inverted", pl.format("同一小时 PM10 为 {}", "pm10"))


def _repeated(grid: pl.DataFrame) -> pl.DataFrame:
    """Hours equal in every item to those a day before, so many in a row: a file pasted twice, a logger that hangs."""
    same = pl.all_horizontal(
        pl.col(item).eq_missing(pl.col(item).shift(24).over("station")) for item in ITEMS
    ) & pl.any_horizontal(pl.col(item).is_not_null() for item in ("pm25", "pm10", "no2", "o3"))
    marked = grid.with_columns(same=same).with_columns(
        run=pl.col("same").ne_missing(pl.col("same").shift(1).over("station")).cum_sum().over("station")
    )
    marked = marked.with_columns(long=pl.len().over("station", "run")).filter("same", pl.col("long") >= REPEATED)
    return _told(marked, "", "repeat", pl.format("连续 {} 小时与前一天相同", "long"))


def _absent(grid: pl.DataFrame) -> pl.DataFrame:
    return _told(grid.filter(~pl.col("there")), "", "absent", pl.lit("没有这一小时的记录"))


def _shifted(grid: pl.DataFrame) -> pl.DataFrame:
    """Stations whose O3 and NO2 follow the others better with another clock, week by week; needs two others."""
    kinds = ("o3", "no2")
    steps = grid.with_columns((pl.col(k) - pl.col(k).shift(1).over("station")).alias(k) for k in kinds)
    total = [pl.col(k).sum().over("time") - pl.col(k).fill_null(0) for k in kinds]
    count = [pl.col(k).count().over("time") - pl.col(k).is_not_null().cast(pl.Int64) for k in kinds]
    others = steps.with_columns(
        pl.when(n >= 2).then(t / n).alias(f"{k}_others") for k, t, n in zip(kinds, total, count, strict=True)
    )
    first = grid["time"].min()
    hour = (pl.col("time") - first).dt.total_hours()
    tried = [_agreement(others, kinds, lag).alias(f"lag{lag}") for lag in (0, *LAGS)]
    weeks = (
        others.sort("station", "time")
        .with_columns(week=hour // WEEK)
        .group_by("station", "week", maintain_order=True)
        .agg(pl.max("time"), pl.len().alias("n"), *tried)
        .filter(pl.col("n") >= WEEK // 2)
    )
    names = [f"lag{lag}" for lag in LAGS]
    best = pl.max_horizontal(names)
    which = pl.coalesce(pl.when(pl.col(name) == best).then(pl.lit(lag)) for name, lag in zip(names, LAGS, strict=True))
    late = weeks.filter(best - pl.col("lag0") > SURE).with_columns(by=which)
    return _told(late, "", "shift", pl.format("这一周移动 {} 小时后与其他站点更一致", "by"))


def _agreement(frame: pl.DataFrame, kinds: tuple[str, ...], lag: int) -> pl.Expr:
    """Correlation of a station's hourly steps, moved by a lag, with the mean steps of the others."""
    parts = [pl.corr(pl.col(kind).shift(lag), pl.col(f"{kind}_others")).fill_nan(None) for kind in kinds]
    return pl.mean_horizontal(parts)


def _told(rows: pl.DataFrame, item: str, flag: str, said: pl.Expr) -> pl.DataFrame:
    value = pl.col(item) if item else pl.lit(None, pl.Float64)
    return rows.select(
        "station",
        "time",
        pl.lit(item).alias("item"),
        pl.lit(flag).alias("flag"),
        value.cast(pl.Float64).alias("value"),
        said.cast(pl.String).alias("said"),
    )
