"""The files offices really have: Chinese and English headings, encodings, units, ways to write an hour."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from guatu.errors import LoadError
from guatu.load import air
from guatu.load.columns import meaning
from tests.load.city import CITY

HOUR = datetime(2021, 1, 1, 1)


def checked(tmp_path: Path, content: bytes | str, name: str = "a.csv", **how: object) -> air.Checked:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return air.check(path, CITY, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heading", "name", "unit"),
    [
        ("PM2.5(μg/m3)", "pm25", "ug"),
        ("PM2_5", "pm25", None),
        ("PM_{2.5}", "pm25", None),
        ("细颗粒物（PM2.5）", "pm25", None),
        ("PM2.5浓度（微克/立方米）", "pm25", "ug"),
        ("PM10小时浓度", "pm10", None),
        ("可吸入颗粒物", "pm10", None),
        ("CO(mg/m³)", "co", "mg"),
        ("CO mg/m3", "co", "mg"),
        ("co_x10", "co", "mg_tenths"),
        ("co_ugm3", "co", "ug"),
        ("O3-1h", "o3", None),
        ("臭氧1小时平均", "o3", None),
        ("TimePoint", "time", None),
        ("监测点位", "station", None),
        ("stationcode", "code", None),
        ("PM2_5_24h", "", None),
        ("O3_8h", "", None),
        ("臭氧8小时", "", None),
        ("COD", "", None),
        ("AQI", "", None),
    ],
)
def test_headings(heading: str, name: str, unit: str | None) -> None:
    assert meaning(heading) == (name, unit)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "监测时间,监测点位,细颗粒物,一氧化碳(mg/m3)\n2021-01-01 01:00,一号,35,0.4\n"
    frame = checked(tmp_path, text.encode(encoding)).frame
    assert frame.select("station", "time", "pm25", "co").row(0) == ("S1", HOUR, Decimal(35), Decimal("0.4"))


@pytest.mark.parametrize(
    "stamp",
    [
        "2021-01-01 01:00",
        "2021/1/1 1:00",
        "2021-01-01T01:00:00.000",
        "2021-01-01T01:00:00+08:00",
        "2021年1月1日1时",
        "2021年1月1日 1点",
        "2021.1.1 01:00:00",
        "2021010101",
        "20210101 01:00",
        "２０２１-01-01 01：00",
    ],
)
def test_ways_to_write_one_hour(tmp_path: Path, stamp: str) -> None:
    assert checked(tmp_path, f"时间,站点,PM2.5\n{stamp},S1,35\n").first == HOUR


def test_midnight_is_24_of_the_day_before_and_begin_stamps_move_one_hour(tmp_path: Path) -> None:
    text = "时间,站点,PM2.5\n2021-01-01 24:00,S1,35\n2021-01-01 23:00,S1,35\n"
    assert checked(tmp_path, text).last == datetime(2021, 1, 2, 0)
    begun = checked(tmp_path, "时间,站点,PM2.5\n2021-01-01 23:00,S1,35\n", stamp="begin")
    assert begun.last == datetime(2021, 1, 2, 0)
    assert "小时的开始" in begun.notes[0]


def test_date_and_hour_in_two_columns(tmp_path: Path) -> None:
    assert checked(tmp_path, "日期,小时,站点,PM2.5\n2021-01-01,1,S1,35\n").first == HOUR


@pytest.mark.parametrize("word", ["", "—", "--", "/", "-", "NA", "null", "缺测", " "])
def test_words_for_missing(tmp_path: Path, word: str) -> None:
    found = checked(tmp_path, f"时间,站点,PM2.5,PM10\n2021-01-01 01:00,S1,{word},50\n")
    assert found.frame["pm25"].to_list() == [None]
    assert found.missing["pm25"] == 1


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("CO(mg/m3)", "0.4", "0.4"),
        ("CO(ug/m3)", "812", "0.812"),
        ("co_x10", "9", "0.9"),
        ("PM2.5(mg/m3)", "0.0355", "35.5"),
        ("PM2.5", "35.40", "35.4"),
        ("PM2.5", "３５", "35"),
        ("PM2.5", "82.0", "82"),
    ],
)
def test_values_keep_their_decimal_meaning(tmp_path: Path, heading: str, cell: str, value: str) -> None:
    item = "co" if heading.lower().startswith("co") else "pm25"
    assert checked(tmp_path, f"时间,站点,{heading}\n2021-01-01 01:00,S1,{cell}\n").frame[item][0] == Decimal(value)


def test_a_row_of_units_below_the_headings(tmp_path: Path) -> None:
    found = checked(tmp_path, "时间,站点,PM2.5,CO\n,,μg/m3,μg/m3\n2021-01-01 01:00,S1,35,812\n")
    assert found.frame["co"][0] == Decimal("0.812")
    assert found.stated_units == {"pm25", "co"}


def test_a_unit_not_written_is_said_and_a_person_may_decide(tmp_path: Path) -> None:
    said = checked(tmp_path, "时间,站点,PM2.5\n2021-01-01 01:00,S1,35\n")
    assert any("没有写单位" in note for note in said.notes)
    text = "时间,站点,CO\n2021-01-01 01:00,S1,812\n"
    with pytest.raises(LoadError):
        checked(tmp_path, text)
    assert checked(tmp_path, text, units={"co": "ug"}).frame["co"][0] == Decimal("0.812")


def test_excel_with_a_title_several_sheets_and_real_dates(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    form = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, day in (("1月", 1), ("2月", 2)):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, "某市小时数据")
        sheet.write_row(2, 0, ["监测时间", "站点名称", "PM2.5(μg/m3)", "CO(mg/m3)"])
        for row in range(24):
            sheet.write_datetime(3 + row, 0, datetime(2021, day, 1, row), form)
            sheet.write_row(3 + row, 1, ["一号", 35, 0.1 + 0.2])
    book.add_worksheet("说明").write(0, 0, "单位：某站")
    book.close()
    found = air.check(path, CITY)
    assert found.rows == 48
    assert found.frame["time"].dt.hour().to_list() == [*range(24)] * 2
    assert found.frame["co"].unique().to_list() == [Decimal("0.3")]
    assert any("说明" in note for note in found.notes)


def test_parquet_with_floats_means_the_decimals_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({"time": [HOUR], "station": ["S1"], "pm2_5": [35.4], "co": [0.1 + 0.2]})
    frame.with_columns(pl.col("pm2_5").cast(pl.Float32)).write_parquet(path)
    assert air.check(path, CITY).frame.select("pm25", "co").row(0) == (Decimal("35.4"), Decimal("0.3"))


def test_columns_not_used_are_named(tmp_path: Path) -> None:
    found = checked(tmp_path, "时间,城市,站点,AQI,PM2.5\n2021-01-01 01:00,试验市,二号站,50,35\n")
    assert found.ignored == ("城市", "AQI")
    assert found.stations == ("S2",)


def test_stations_of_others_are_left_out_only_when_asked(tmp_path: Path) -> None:
    text = "时间,站点,PM2.5\n2021-01-01 01:00,S1,35\n2021-01-01 01:00,1001A,50\n"
    with pytest.raises(LoadError):
        checked(tmp_path, text)
    found = checked(tmp_path, text, leave_unknown=True)
    assert (found.rows, found.left) == (1, 1)
