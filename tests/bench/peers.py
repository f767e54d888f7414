"""The AQI step beside Python packages for the AQI of China, in rows per second of daily values."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from tests.bench.nation import SEED

ROWS = 2_000_000
ROWS_OF_PEERS = 20_000


def days(rows: int) -> pl.DataFrame:
    rng = np.random.default_rng(SEED)
    tops = {"pm25": 300, "pm10": 400, "so2": 100, "no2": 150, "o3_8h": 300}
    values = {name: rng.integers(0, top, rows) for name, top in tops.items()}
    co = rng.integers(1, 40, rows) / 10
    return pl.DataFrame({**values, "co": co}).with_columns(date=pl.lit(date(2025, 6, 1)))


def guatu_rows_per_second() -> float:
    from guatu.compute.air.cities import daily_items
    from guatu.compute.air.index import judged

    frame = days(ROWS).with_columns(co=(pl.col("co") * 10).round()).with_columns(pl.exclude("date").cast(pl.Int32))
    start = time.perf_counter()
    judged(frame.lazy(), daily_items(""), pl.col("date"), "by_date").collect()
    return ROWS / (time.perf_counter() - start)


def peers() -> dict[str, float | None]:
    """Rows per second of each package, None where it is not installed."""
    found: dict[str, float | None] = {}
    for name, make in (("aqi-hub 0.3.3", _aqi_hub), ("python-aqi 0.6.1", _python_aqi)):
        try:
            found[name] = _timed(make())
        except ImportError:
            found[name] = None
    return found


def _timed(judge: Callable[[dict[str, Any]], Any]) -> float:
    rows = days(ROWS_OF_PEERS).to_dicts()
    start = time.perf_counter()
    for row in rows:
        judge(row)
    return len(rows) / (time.perf_counter() - start)


def _aqi_hub() -> Callable[[dict[str, Any]], Any]:
    calculate = importlib.import_module("aqi_hub.aqi_cn.aqi").cal_aqi_cn
    return lambda r: calculate(r["pm25"], r["pm10"], r["so2"], r["no2"], r["co"], r["o3_8h"], "daily")


def _python_aqi() -> Callable[[dict[str, Any]], Any]:
    package = importlib.import_module("aqi")
    names = {
        "pm25": "pm25_24h",
        "pm10": "pm10_24h",
        "so2": "so2_24h",
        "no2": "no2_24h",
        "co": "co_24h",
        "o3_8h": "o3_8h",
    }
    return lambda r: package.to_aqi([(theirs, str(r[ours])) for ours, theirs in names.items()], algo="aqi.algos.mep")
