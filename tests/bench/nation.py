"""A made-up national year of hourly data from a fixed seed: one Parquet file a year, kept in the temporary folder."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

SEED = 20260301
STATIONS = 1700
PER_CITY = 5


def folder() -> Path:
    path = Path(tempfile.gettempdir()) / "guatu-bench"
    path.mkdir(exist_ok=True)
    return path


def national_year(year: int, stations: int = STATIONS) -> Path:
    """The file of one year: station city (categorical) time, five whole [ug/m3], CO with one decimal [mg/m3]."""
    path = folder() / f"hours-{year}-{stations}-{SEED}-named.parquet"
    if path.exists():
        return path
    rng = np.random.default_rng([SEED, year])
    hours = pl.datetime_range(
        datetime(year, 1, 1, 1), datetime(year + 1, 1, 1, 0), "1h", time_unit="ms", eager=True
    ).alias("time")
    n = len(hours)
    clock = np.arange(1, n + 1)
    season = 1 + 0.5 * np.cos(2 * np.pi * clock / n)
    sun = np.clip(np.sin(2 * np.pi * (clock % 24 - 8) / 24), 0, None)
    parts = []
    for number in range(stations):
        weather = np.exp(np.repeat(rng.normal(0, 0.45, n // 24 + 1), 24)[:n])

        def measured(level: np.ndarray, noise: float = 0.25) -> np.ndarray:
            return np.rint(level * rng.lognormal(0, noise, n))

        level = rng.uniform(0.6, 1.5) * season * weather
        values = {
            "pm25": measured(32 * level),
            "pm10": measured(58 * level),
            "so2": measured(8 * level),
            "no2": measured(24 * level),
            "co": measured(7 * level) / 10,
            "o3": measured((40 + 110 * sun) / season),
        }
        frame = pl.DataFrame({"time": hours, **values})
        gone = rng.random((len(values), n)) < 0.02
        frame = frame.with_columns(
            pl.when(pl.Series(~gone[k])).then(pl.col(name).cast(pl.Float64 if name == "co" else pl.Int16)).alias(name)
            for k, name in enumerate(values)
        )
        keep = pl.Series(rng.random(n) >= 0.005)
        parts.append(
            frame.filter(keep).select(
                pl.lit(f"{1001 + number}A").alias("station"),
                pl.lit(f"城市{number // PER_CITY + 1:03}").alias("city"),
                pl.all(),
            )
        )
    partial = path.with_suffix(".part")
    names = pl.col("station", "city").cast(pl.Categorical)
    pl.concat(parts).with_columns(names).write_parquet(partial, compression="zstd")
    partial.rename(path)
    return path
