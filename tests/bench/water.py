"""A national month of automatic water stations, classed sample by sample and by its means."""

from __future__ import annotations

import time
from collections.abc import Callable

import polars as pl

from guatu.compute import surface_water
from tests.conftest import real_inputs

NAMES = {"ph": "ph", "do_mgl": "do", "codmn_mgl": "codmn", "nh3n_mgl": "nh3n", "tp_mgl": "tp"}


def national() -> pl.DataFrame:
    """Every sample of the month: section (with its province), time, the five items of the programme."""
    table = pl.read_parquet(real_inputs("data", "water_cnemc_2026", "national_20260709_20260731.parquet"))
    table = table.with_columns(pl.col(pl.Categorical).cast(pl.String)).unique(["province", "section", "time"])
    named = table.with_columns(pl.concat_str("province", "section", separator="/").alias("section")).rename(NAMES)
    return named.select("section", "time", *NAMES.values())


def measured(times: int) -> dict[str, float]:
    """The best of some runs [s]: classes of samples, and section means of the month with their classes."""
    table = national()
    return {
        "water_samples": table.height,
        "water_class_s": _best(lambda: surface_water.sample_class(table), times),
        "water_month_s": _best(lambda: surface_water.month(table, automatic=True), times),
    }


def _best(run: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        spent.append(time.perf_counter() - started)
    return min(spent)
