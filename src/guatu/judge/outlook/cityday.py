"""A file of daily values of cities: recognised, checked whole, every fault at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from guatu.base.table import read_table
from guatu.errors import Fault, LoadError
from guatu.judge.outlook.model import Floats
from guatu.judge.outlook.monthly import Ints
from guatu.load.columns import meaning

WORDS = {
    "city": "city 城市 城市名 城市名称 地市 地级市 地区 cityname area",
    "aqi": "aqi 日aqi 空气质量指数 空气质量指数aqi aqi指数 aqi空气质量指数",
    "lon": "lon lng longitude 经度",
    "lat": "lat latitude 纬度",
}
SAID = {word: name for name, words in WORDS.items() for word in words.split()}
NEEDED = {"city": "城市", "date": "日期"}
EITHER = {"pm25": "PM2.5 日均值", "aqi": "日 AQI"}
PLAIN = str.maketrans("", "", "_()[]（）")
SHOWN = 10  # faulty lines named one by one
ISO = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日")


@dataclass(frozen=True, slots=True)
class CityDays:
    """Rows of one file: names of the cities, and by row city index, running month, day number, pm25, aqi.

    pm25 [µg/m³] and aqi are nan where missing, all of them where the file has no such column; a value of 0 or below
    counts as missing. places: [city, 2] longitude
    and latitude [degrees], None where the file has none.
    """

    names: tuple[str, ...]
    rows: Ints
    months: Ints
    days: Ints
    pm25: Floats
    aqi: Floats
    places: Floats | None


def read(path: Path) -> CityDays:
    """Read CSV, Parquet or Excel with the headings of ``guatu load`` and city, aqi, optional lon and lat.

    One of pm25 and aqi may be absent. Raises LoadError: G-OUTLOOK-01 a column is missing, -02 a date cannot be read,
    -03 a value is no number, -04 a city has a day twice; and the G-FILE errors of an unreadable file.
    """
    table = read_table(path)
    found = {name: heading for heading in reversed(table.columns) if (name := _name(heading))}
    values = [name for name in EITHER if name in found]
    lacking = [words for name, words in {**NEEDED, **({} if values else EITHER)}.items() if name not in found]
    if lacking:
        raise LoadError(
            f"{path}: no column for {lacking}",
            [
                Fault(
                    "G-OUTLOOK-01",
                    path.name,
                    f"没有“{words}”这一列（现有：{'、'.join(table.columns)}）",
                    "回测要按城市、日期取 PM2.5 和 AQI",
                    "补上这一列，表头写作 city、date、pm25、aqi 或其中文名",
                )
                for words in lacking
            ],
        )
    coordinates = [name for name in ("lon", "lat") if name in found]
    milli = "pm25" in found and meaning(found["pm25"])[1] == "mg"
    plain = table.select(pl.col(found[name]).alias(name) for name in (*NEEDED, *values, *coordinates))
    dated = plain.with_columns(
        pl.col("city").cast(pl.String).str.strip_chars(),
        _dates(plain["date"]).alias("day"),
        *(_numbers(plain[name]).alias(f"{name} as number") for name in (*values, *coordinates)),
    )
    faults = list(_faults(path.name, dated, (*values, *coordinates)))
    if faults:
        raise LoadError(f"{path}: {len(faults)} faults", faults)
    return _arrays(dated.sort("city", "day"), milli, len(coordinates) == 2)


def _name(heading: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", heading).lower().split()).translate(PLAIN)
    known = SAID.get(plain)
    if known:
        return known
    name = meaning(heading)[0]
    return name if name in NEEDED or name in EITHER else "date" if name == "time" else ""


def _dates(column: pl.Series) -> pl.Series:
    if column.dtype.is_temporal():
        return column.cast(pl.Date, strict=False)
    text = column.cast(pl.String).str.strip_chars().str.split(" ").list.first()
    tried = [text.str.to_date(form, strict=False) for form in ISO]
    return pl.select(pl.coalesce(tried)).to_series()


def _numbers(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        column = column.str.strip_chars().replace(["", "-", "--", "—", "/", "NA", "NaN"], None)
    return column.cast(pl.Float64, strict=False).fill_nan(None)


def _faults(file: str, table: pl.DataFrame, items: tuple[str, ...]) -> Iterator[Fault]:
    lines = table.with_row_index("line", offset=2)
    nameless = lines.filter(pl.col("city").is_null() | (pl.col("city") == ""))
    undated = lines.filter(pl.col("day").is_null())
    yield from _some(file, nameless, "G-OUTLOOK-02", "没有城市名", "不知道属于哪个城市", "补上城市名或删去这一行")
    yield from _some(file, undated, "G-OUTLOOK-02", "日期读不出来", "不知道属于哪一天", "把日期写作 2021-10-11 的样子")
    for item in items:
        said = pl.col(item).is_not_null() if table[item].dtype != pl.String else pl.col(item).str.strip_chars() != ""
        marks = pl.col(item).cast(pl.String).str.strip_chars().is_in(["-", "--", "—", "/", "NA", "NaN"])
        wrong = lines.filter(said & ~marks & pl.col(f"{item} as number").is_null())
        yield from _some(file, wrong, "G-OUTLOOK-03", f"{item} 不是数", "无法计算", "改成数，缺测留空", item)
    twice = lines.filter(pl.col("day").is_not_null()).filter(pl.struct("city", "day").is_duplicated())
    yield from _some(file, twice, "G-OUTLOOK-04", "同一城市同一天有两行", "不知道以哪个为准", "只留一行")


def _some(
    file: str, lines: pl.DataFrame, code: str, what: str, why: str, remedy: str, item: str = ""
) -> Iterator[Fault]:
    for row in lines.head(SHOWN).iter_rows(named=True):
        value = f"“{row[item]}”" if item else ""
        yield Fault(code, f"{file} 第 {row['line']} 行", what + value, why, remedy)
    if lines.height > SHOWN:
        rest = f"另有 {lines.height - SHOWN} 行{what}"
        yield Fault(code, file, rest, why, remedy)


def _arrays(table: pl.DataFrame, milli: bool, placed: bool) -> CityDays:
    names = tuple(table["city"].unique(maintain_order=True))
    index = {name: at for at, name in enumerate(names)}
    rows = table["city"].replace_strict(index, return_dtype=pl.Int64).to_numpy()
    pm25 = _positive(table, "pm25") * (1000 if milli else 1)
    places = None
    if placed:
        where = table.group_by("city", maintain_order=True).agg(pl.col("lon as number", "lat as number").mean())
        places = where.select("lon as number", "lat as number").to_numpy().astype(np.float64)
    return CityDays(
        names,
        rows.astype(np.int_),
        (table["day"].dt.year().cast(pl.Int64) * 12 + table["day"].dt.month().cast(pl.Int64) - 1)
        .to_numpy()
        .astype(np.int_),
        table["day"].cast(pl.Int32).cast(pl.Int64).to_numpy().astype(np.int_),
        pm25,
        _positive(table, "aqi"),
        places,
    )


def _positive(table: pl.DataFrame, name: str) -> Floats:
    if f"{name} as number" not in table.columns:
        return np.full(table.height, np.nan)
    values = table[f"{name} as number"].cast(pl.Float64).fill_null(float("nan")).to_numpy().astype(np.float64)
    return np.where(values > 0, values, np.nan)
