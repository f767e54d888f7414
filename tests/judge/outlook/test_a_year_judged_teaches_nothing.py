"""A back-test may not look into the year it forecasts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from guatu.judge.outlook import cityday
from guatu.judge.outlook.backtest import backtest
from guatu.judge.outlook.skill import Judged
from tests.judge.outlook.made import file_rows


def forecasts(table: pl.DataFrame, folder: Path) -> dict[tuple[str, int, str, str], Judged]:
    table.write_parquet(folder / "days.parquet")
    rows = backtest(cityday.read(folder / "days.parquet"))
    return {(row.city, row.year, row.origin, row.indicator): row for row in rows}


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return pl.DataFrame(file_rows(), schema=["city", "date", "pm25", "aqi"], orient="row")


def doubled(table: pl.DataFrame, where: pl.Expr) -> pl.DataFrame:
    return table.with_columns(
        pl.when(where).then(pl.col(item) * 2 + 7).otherwise(pl.col(item)).alias(item) for item in ("pm25", "aqi")
    )


def test_what_comes_after_the_origin_is_not_known(table: pl.DataFrame, tmp_path: Path) -> None:
    """Own days of the year after the origin, and other cities' days of that whole year, move nothing."""
    as_is = forecasts(table, tmp_path)
    mine, year = pl.col("city") == "城1", pl.col("date").dt.year() == 2020
    hidden = year & (~mine | (pl.col("date") > date(2020, 6, 30)))
    changed = forecasts(doubled(table, hidden), tmp_path)
    for indicator in ("pm25_mean", "aqi_good_ratio"):
        key = ("城1", 2020, "06-30", indicator)
        assert as_is[key].mean == changed[key].mean
        assert [p for _, p, _, _ in as_is[key].targets] == [p for _, p, _, _ in changed[key].targets]
        assert as_is[key].truth != changed[key].truth


def test_what_came_before_the_origin_is_known(table: pl.DataFrame, tmp_path: Path) -> None:
    """The other way round: own days up to the origin, and other cities' other years, do count."""
    as_is = forecasts(table, tmp_path)
    key = ("城1", 2020, "06-30", "pm25_mean")
    mine, year = pl.col("city") == "城1", pl.col("date").dt.year()
    spring = mine & (year == 2020) & (pl.col("date").dt.month() == 5)
    others = ~mine & (year == 2021) & (pl.col("date").dt.month() > 6)
    for where in (spring, others):
        assert forecasts(doubled(table, where), tmp_path)[key].mean > as_is[key].mean


def test_twice_the_same(table: pl.DataFrame, tmp_path: Path) -> None:
    assert forecasts(table, tmp_path) == forecasts(table.sample(fraction=1, shuffle=True, seed=3), tmp_path)


def test_only_years_with_a_whole_year_before_are_judged(table: pl.DataFrame, tmp_path: Path) -> None:
    gap = (pl.col("city") == "城2") & (pl.col("date").dt.year() == 2020) & (pl.col("date").dt.ordinal_day() < 60)
    judged = forecasts(table.filter(~gap), tmp_path)
    assert {(city, year) for city, year, _, _ in judged} == {
        (f"城{n}", year) for n in (0, 1, 3) for year in (2020, 2021)
    }


def test_nought_means_missing(table: pl.DataFrame, tmp_path: Path) -> None:
    days = pl.col("date").dt.ordinal_day() < 20
    nought = table.with_columns(pl.when(days).then(0).otherwise(pl.col("pm25")).alias("pm25"))
    absent = table.with_columns(pl.when(days).then(None).otherwise(pl.col("pm25")).alias("pm25"))
    assert forecasts(nought, tmp_path) == forecasts(absent, tmp_path)


def test_coordinates_that_say_nothing_new_change_nothing(table: pl.DataFrame, tmp_path: Path) -> None:
    """Where the days themselves tell which cities are alike, coordinates are not needed."""
    placed = table.with_columns(lon=pl.lit(117.2), lat=pl.lit(29.3))
    assert forecasts(placed, tmp_path) == forecasts(table, tmp_path)


def test_of_its_own_a_city_is_told_no_later_year(table: pl.DataFrame, tmp_path: Path) -> None:
    """A file of one city has nothing else to learn from than that city; its later years stay unknown all the same."""
    alone = table.filter(pl.col("city") == "城1")
    as_is = forecasts(alone, tmp_path)
    changed = forecasts(doubled(alone, pl.col("date").dt.year() == 2021), tmp_path)
    assert {key for key in as_is if key[1] == 2020} and all(
        as_is[key].mean == changed[key].mean for key in as_is if key[1] == 2020
    )


def test_restless_years_of_others_widen_the_intervals(table: pl.DataFrame, tmp_path: Path) -> None:
    """How far months differ from year to year is learnt from the other cities, not fixed once for all."""
    mine = pl.col("city") == "城1"
    odd = (pl.col("date").dt.year() * 12 + pl.col("date").dt.month() * 7) % 5
    stirred = table.with_columns(
        pl.when(mine).then(pl.col(item)).otherwise(pl.col(item) * (6 + odd) / 8).alias(item) for item in ("pm25", "aqi")
    )
    for key, calm in forecasts(table, tmp_path).items():
        if key[:3] == ("城1", 2020, "06-30") and key[3] == "pm25_mean":
            wild = forecasts(stirred, tmp_path)[key]
            assert (wild.p90 - wild.p10) / wild.mean > 1.1 * (calm.p90 - calm.p10) / calm.mean
