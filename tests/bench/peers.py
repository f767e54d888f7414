"""The AQI step beside Python packages for the AQI of China: rows of daily values per second, side by side in rounds."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

import numpy as np
import polars as pl

from guatu.compute import air
from guatu.compute.air.cities import daily_items
from guatu.compute.air.index import judged
from tests.bench.nation import SEED

ROWS, ROWS_OF_PEERS = 2_000_000, 10_000


@dataclass(frozen=True)
class Peer:
    """A package with its version: rows per second, and how many times as fast guatu was in the same rounds."""

    name: str
    rows_per_s: float
    behind: float


def days(rows: int) -> pl.DataFrame:
    """City days made from a fixed seed, of one day."""
    rng = np.random.default_rng(SEED)
    tops = {"pm25": 300, "pm10": 400, "so2": 100, "no2": 150, "o3_8h": 300}
    values = {name: rng.integers(0, top, rows) for name, top in tops.items()}
    co = rng.integers(1, 40, rows) / 10
    return pl.DataFrame({**values, "co": co}).with_columns(date=pl.lit(date(2025, 6, 1)))


def compared(times: int) -> tuple[float, float, list[Peer]]:
    """Rows per second of the AQI step, of ``hourly_aqi`` as a user calls it, and each package installed here."""
    ready = days(ROWS).with_columns(co=(pl.col("co") * 10).round()).with_columns(pl.exclude("date").cast(pl.Int32))
    hours = days(ROWS).rename({"o3_8h": "o3"}).with_columns(time=pl.lit(datetime(2025, 6, 1, 9)))
    few = days(ROWS_OF_PEERS).to_dicts()
    others = {f"{name} {version(name)}": make() for name, make in PACKAGES.items() if _installed(name)}
    steps: list[float] = []
    public: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in others}
    for _ in range(times):
        steps.append(_speed(ROWS, lambda: judged(ready.lazy(), daily_items(""), pl.col("date"), "by_date").collect()))
        public.append(_speed(ROWS, lambda: air.hourly_aqi(hours)))
        for name, one in others.items():
            theirs[name].append(_speed(len(few), lambda one=one: [one(row) for row in few]))  # type: ignore[misc]
    peers = [
        Peer(name, median(speeds), median(a / b for a, b in zip(steps, speeds, strict=True)))
        for name, speeds in theirs.items()
    ]
    return median(steps), median(public), peers


def _speed(rows: int, run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return rows / (time.perf_counter() - start)


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _aqi_hub() -> Callable[[dict[str, Any]], Any]:
    calculate = importlib.import_module("aqi_hub.aqi_cn.aqi").cal_aqi_cn
    return lambda r: calculate(r["pm25"], r["pm10"], r["so2"], r["no2"], r["co"], r["o3_8h"], "daily")


def _python_aqi() -> Callable[[dict[str, Any]], Any]:
    package = importlib.import_module("aqi")
    items = {name: name if name == "o3_8h" else f"{name}_24h" for name in ("pm25", "pm10", "so2", "no2", "co", "o3_8h")}
    return lambda r: package.to_aqi([(item, str(r[name])) for name, item in items.items()], algo="aqi.algos.mep")


PACKAGES = {"aqi-hub": _aqi_hub, "python-aqi": _python_aqi}
