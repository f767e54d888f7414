"""The class the national platform published beside its readings, reproduced from the readings alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from guatu.compute import surface_water

NAMES = {"ph": "ph", "do_mgl": "do", "codmn_mgl": "codmn", "nh3n_mgl": "nh3n", "tp_mgl": "tp"}
JIANGXI_LAKES = ("蛤蟆石", "康山", "都昌", "柘林湖坝上", "傣家村")  # 鄱阳湖, 柘林湖, 仙女湖


def complete(path: Path) -> pl.DataFrame:
    table = pl.read_parquet(path).with_columns(pl.col(pl.Categorical).cast(pl.String))
    table = table.filter((pl.col("class_code") > 0) & ~pl.col("value_class_conflict")).drop_nulls(list(NAMES))
    table = table.with_columns(pl.col("class_code").cast(pl.Int64)).rename(NAMES)
    return table.unique(["province", "section", "time"], keep="none")


def equal(table: pl.DataFrame) -> float:
    share = (surface_water.sample_class(table)["class"] == table["class_code"]).mean()
    assert isinstance(share, float)
    return share


@pytest.fixture
def jiangxi(shared: Callable[..., Path]) -> pl.DataFrame:
    return complete(shared("data", "water_cnemc_2026", "jiangxi_20260709_20260823.parquet"))


def test_jiangxi_by_the_river_rule(jiangxi: pl.DataFrame) -> None:
    assert equal(jiangxi) >= 0.970


def test_jiangxi_with_its_lakes_named(jiangxi: pl.DataFrame) -> None:
    lake = pl.col("section").is_in(JIANGXI_LAKES)
    kinds = pl.when(lake).then(pl.lit("lake")).otherwise(pl.lit("river")).alias("kind")
    assert equal(jiangxi.with_columns(kinds)) >= 0.999


def test_the_nation_by_the_river_rule(shared: Callable[..., Path]) -> None:
    table = complete(shared("data", "water_cnemc_2026", "national_20260709_20260731.parquet"))
    assert equal(table) >= 0.987
