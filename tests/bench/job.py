"""One measured job, run as a process of its own: ``python -m tests.bench.job NAME FILE…``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl

SIX = ("pm25", "pm10", "so2", "no2", "co", "o3")


def scan(files: list[Path]) -> object:
    """The floor: read and sum every column the year needs."""
    names = pl.col("station", "city").to_physical().sum()
    return pl.scan_parquet(files).select(names, pl.col("time").max(), pl.col(SIX).sum()).collect(engine="streaming")


def year(files: list[Path]) -> object:
    from guatu.compute import air

    return air.year(pl.scan_parquet(files)).collect()


def city_year(files: list[Path]) -> object:
    from guatu.compute import air

    return air.year(pl.read_csv(files[0], try_parse_dates=True))


JOBS: dict[str, Callable[[list[Path]], object]] = {"scan": scan, "year": year, "city-year": city_year}


def peak() -> int:
    """Peak memory of this process [kB]; not of the parent it was forked from, which getrusage would count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


if __name__ == "__main__":
    JOBS[sys.argv[1]]([Path(name) for name in sys.argv[2:]])
    print(peak())
