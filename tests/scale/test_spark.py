"""A Spark session of this machine gives the same figures, to the last digit, as the functions of one machine."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

from guatu.compute import air

pytest.importorskip("pyspark", reason="没有安装 spark 附加组件")
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    if shutil.which("java") is None:
        pytest.skip("没有 Java")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers need guatu too
    found = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "Asia/Shanghai")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    yield found
    found.stop()


def hours() -> pl.DataFrame:
    """Three cities of two stations over the turn of 2026-03-01, with gaps."""
    stamps = [datetime(2026, 2, 27) + timedelta(hours=h) for h in range(1, 97)]
    parts = [
        pl.DataFrame({"station": f"s{k}", "city": f"城{k // 2}", "time": stamps}).with_columns(
            pm25=pl.int_range(pl.len()) * (k + 3) % 97,
            pm10=pl.int_range(pl.len()) * (k + 7) % 151,
            so2=pl.lit(7),
            no2=pl.int_range(pl.len()) * 5 % 43,
            co=pl.int_range(pl.len()) % 17 / 10,
            o3=pl.int_range(pl.len()) * (k + 11) % 211,
        )
        for k in range(6)
    ]
    return pl.concat(parts).filter(pl.int_range(pl.len()) % 29 != 0)


def test_spark_equals_one_machine_to_the_last_digit(session: Any) -> None:
    from guatu.scale import city_days, city_years

    frame = hours()
    spark = session.createDataFrame(frame.to_pandas())
    for ours, theirs in ((city_days(spark), air.city_day(frame)), (city_years(spark), air.year(frame))):
        found = sorted(tuple(row) for row in ours.collect())
        assert ours.columns == theirs.columns
        assert found == sorted(theirs.rows())
