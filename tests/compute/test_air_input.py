"""Any frame in, the same kind out; faulty hours are refused with all their faults."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.compute import air
from guatu.errors import ComputeError, GuatuError

SIX = ("pm25", "pm10", "so2", "no2", "co", "o3")


def hours(days: int = 2) -> pl.DataFrame:
    stamps = [datetime(2026, 2, 28) + timedelta(hours=h) for h in range(1, 24 * days + 1)]
    return pl.DataFrame({"station": "1001A", "city": "景德镇市", "time": stamps}).with_columns(
        pm25=pl.int_range(pl.len()) + 40, pm10=pl.lit(60), so2=pl.lit(6), no2=pl.lit(20), co=pl.lit(0.7), o3=pl.lit(90)
    )


def kinds(frame: pl.DataFrame) -> list[Any]:
    return [frame, frame.lazy(), frame.to_pandas(), frame.to_arrow(), duckdb.from_arrow(frame.to_arrow())]


def as_polars(found: Any) -> pl.DataFrame:
    if isinstance(found, pl.LazyFrame):
        return found.collect()
    if isinstance(found, duckdb.DuckDBPyRelation):
        return found.pl()
    return pl.from_pandas(found) if isinstance(found, pd.DataFrame) else pl.DataFrame(found)


@pytest.mark.parametrize("function", [air.hourly_aqi, air.station_day, air.city_day, air.period])
def test_every_kind_of_frame_gives_the_same_and_comes_back_as_it_went(function: Any) -> None:
    answers = []
    for frame in kinds(hours()):
        found = function(frame)
        assert type(found) is type(frame) or isinstance(found, pa.Table)
        answers.append(
            as_polars(found).with_columns(pl.selectors.numeric().cast(pl.Float64)).drop("time", strict=False)
        )
    for answer in answers[1:]:
        dates = pl.selectors.temporal().cast(pl.Date)
        left, right = answers[0].with_columns(dates), answer.with_columns(dates)
        assert left.select(sorted(left.columns)).rows() == right.select(sorted(left.columns)).rows()


def test_columns_types_and_rows_are_kept() -> None:
    frame = hours().with_columns(note=pl.lit("x"), pm25=pl.col("pm25").cast(pl.Int16)).reverse()
    found = air.hourly_aqi(frame)
    assert found.select(frame.columns).equals(frame)
    assert found.columns == [*frame.columns, "aqi", "level", "primary", "aqi_reason"]
    assert found.schema["aqi"].is_integer()


def test_nan_is_missing_and_time_may_be_text_or_zoned() -> None:
    frame = hours()
    nan = air.station_day(
        frame.with_columns(co=pl.when(pl.col("time").dt.hour() < 6).then(float("nan")).otherwise("co"))
    )
    assert nan["n_co"].to_list() == [18, 18]  # hours 1 to 5 and 24
    plain = air.station_day(frame)
    text = frame.with_columns(
        time=pl.col("time").dt.strftime("%Y/%m/%d %H:%M").str.replace("2026/03/01 00:00", "2026/02/28 24:00")
    )
    assert air.station_day(text).equals(plain)
    zoned = frame.with_columns(time=pl.col("time").dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone("UTC"))
    assert air.station_day(zoned).equals(plain)


def test_the_stamp_of_midnight_belongs_to_the_day_and_the_edition_before() -> None:
    row = hours(1).tail(1).with_columns(pm25=pl.lit(75))
    later = row.with_columns(time=pl.col("time") + timedelta(hours=1))
    assert row["time"].item() == datetime(2026, 3, 1)
    assert air.hourly_aqi(row)["aqi"].item() == 100
    assert air.hourly_aqi(later)["aqi"].item() == 114


def test_a_day_before_any_edition_has_no_index() -> None:
    found = air.hourly_aqi(hours(1).with_columns(time=pl.col("time").dt.offset_by("-20y")))
    assert found["aqi"].null_count() == 24
    assert set(found["aqi_reason"]) == {"该日没有在用的标准"}


def test_all_faults_of_a_frame_at_once() -> None:
    frame = hours()
    with pytest.raises(ComputeError) as columns:
        air.station_day(frame.drop("so2", "no2").with_columns(co=pl.lit("高")))
    assert columns.value.codes == ("G-AIR-01", "G-AIR-01", "G-AIR-02")
    off = frame.head(1).with_columns(time=pl.col("time") + timedelta(minutes=30))
    negative = frame.tail(1).with_columns(time=pl.col("time") + timedelta(hours=1), pm10=pl.lit(-5, pl.Int32))
    with pytest.raises(ComputeError) as rows:
        air.station_day(pl.concat([frame, frame.head(3), off, negative]))
    assert rows.value.codes == ("G-AIR-04", "G-AIR-05", "G-AIR-06")
    assert "1001A" in str(rows.value.faults[1])


def test_negative_values_have_no_index() -> None:
    found = air.hourly_aqi(hours(1).with_columns(pm25=pl.lit(-1)))
    assert set(found["aqi_reason"]) == {"缺pm25，按其余项"}


def test_a_station_day_given_twice_is_refused() -> None:
    days = air.station_day(hours())
    with pytest.raises(ComputeError) as twice:
        air.city_day(pl.concat([days, days.head(1)]))
    assert twice.value.codes == ("G-AIR-07",)


def test_a_roster_says_how_many_stations_a_city_should_have() -> None:
    roster = pl.DataFrame({"city": ["景德镇市"] * 3, "station": ["1001A", "1002A", "1003A"]})
    assert air.city_day(hours())["valid_pm25"].to_list() == [True, True]
    assert air.city_day(hours(), roster=roster)["valid_pm25"].to_list() == [False, False]
    until = roster.with_columns(until=pl.Series([None, date(2026, 2, 28), date(2026, 2, 28)]))
    assert air.city_day(hours(), roster=until)["valid_pm25"].to_list() == [False, True]


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx"])
def test_files_in_and_out(ending: str, tmp_path: Any) -> None:
    source, out = tmp_path / f"in{ending}", tmp_path / f"out{ending}"
    from guatu.base.table import read_table, write_table

    write_table(hours(), source)
    for name in ("hourly-aqi", "station-day", "city-day", "air-year"):
        result = CliRunner().invoke(app, ["compute", name, str(source), "-o", str(out)])
        assert result.exit_code == 0, result.output
        assert len(read_table(out)) == {"hourly-aqi": 48, "station-day": 2, "city-day": 2, "air-year": 1}[name]


def test_files_that_cannot_be_read_are_told(tmp_path: Any) -> None:
    from guatu.base.table import read_table

    (tmp_path / "a.parquet").write_bytes(b"no parquet")
    (tmp_path / "a.doc").write_bytes(b"")
    for name, code in (("none.csv", "G-FILE-01"), ("a.doc", "G-FILE-02"), ("a.parquet", "G-FILE-03")):
        with pytest.raises(GuatuError) as told:
            read_table(tmp_path / name)
        assert told.value.codes == (code,)


def test_eight_hour_ozone_equals_the_platform_on_every_full_day(shared: Any) -> None:
    path = shared("data", "air_cnemc_2026", "hourly_jiangxi_full_20260226_20260531.parquet")
    frame = pl.read_parquet(path).rename({"pm2_5": "pm25", "stationcode": "station", "area": "city"})
    found = air.station_day(frame.with_columns(co=pl.col("co_x10") / 10))
    day = (pl.col("time") - pl.duration(hours=1)).dt.date().alias("date")
    full = frame.group_by("station", day).agg(n=pl.col("o3").count()).filter(pl.col("n") == 24)
    printed = frame.filter(pl.col("time").dt.hour() == 0).select("station", day, printed="o3_8h_daymax").drop_nulls()
    both = found.join(full, on=["station", "date"]).join(printed, on=["station", "date"])
    assert len(both) > 2000
    assert both.filter(pl.col("o3_8h") != pl.col("printed")).is_empty()


@pytest.mark.database
def test_rows_of_postgresql_by_adbc() -> None:
    url = os.environ.get("GUATU_TEST_POSTGRES", "").replace("postgres://", "postgresql://")
    if not url:
        pytest.skip("没有 GUATU_TEST_POSTGRES")
    pytest.importorskip("adbc_driver_postgresql", reason="没有安装 postgres 附加组件")
    hours().write_database("guatu_hours", url, engine="adbc", if_table_exists="replace")
    found = air.station_day(pl.read_database_uri("SELECT * FROM guatu_hours", url, engine="adbc"))
    assert found.select(found.columns[3:]).rows() == air.station_day(hours()).select(found.columns[3:]).rows()
