"""City days from station days: the mean of the stations' daily values, then AQI (HJ 663 表A.2, HJ 633)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import half_even_quotient
from guatu.base.frame import enter
from guatu.compute.air.door import date_of, demand, whole
from guatu.compute.air.index import judged
from guatu.compute.air.key import Key, city_key, date_of_key, without_day
from guatu.compute.air.pollutants import DAILY, in_unit, species
from guatu.compute.air.stations import whole_days
from guatu.errors import ComputeError

O3_1H = "o3_1h"


def city_day(frame: Any, *, roster: Any = None, reading: str = "by_date", not_monitored: Collection[str] = ()) -> Any:
    """Daily values, AQI, level and primary pollutants of each city.

    frame: station days as ``station_day`` gives them (``station city date pm25 pm10 so2 no2 co o3_8h``, a null value
    is not valid), or the hours themselves. Station days may carry ``o3_1h``, the day's largest hour [ug/m3]: under
    HJ 633-2012 its mean decides where O3 8 h is above 800; it is then the last column returned.
    roster: ``city station`` and optionally ``since until`` (dates): the stations a city should have; by default all
    that the frame shows.
    Returns ``city date pm25 pm10 so2 no2 co o3_8h n_* valid_* n_stations aqi level primary aqi_reason``; n_* counts
    valid stations, n_stations those expected.
    Clauses: mean of the stations' daily values, for O3 of their daily maxima (HJ 663 表A.2); valid with at least 75 %
    of the stations, 50 % where there are fewer than 4 (HJ 663-2013 6.1.5); AQI by the edition of the day.
    reading, not_monitored: see ``hourly_aqi``. Errors: as ``station_day``; G-AIR-07 a station-day given twice.
    """
    lazy, back = enter(frame)
    return back(city_day_lazy(lazy, None if roster is None else enter(roster)[0], reading, not_monitored))


def city_day_lazy(
    lazy: pl.LazyFrame,
    roster: pl.LazyFrame | None = None,
    reading: str = "by_date",
    not_monitored: Collection[str] = (),
) -> pl.LazyFrame:
    """city_day on a LazyFrame, computed."""
    days, key = _station_days(lazy)
    more = [name for name in (O3_1H,) if name in days.collect_schema()]
    carried = [*DAILY, *more]
    cities = days.group_by(city_key(pl.col("__key")).alias("__key")).agg(
        *[pl.col(name).cast(pl.Int64).sum().alias(f"__sum_{name}") for name in carried],
        *[pl.col(name).count().cast(pl.Int32).alias(f"n_{name}") for name in carried],
    )
    cities = cities.with_columns(**key.of_city().names(pl.col("__key")), date=date_of_key(pl.col("__key")))
    cities = _expect(cities, days, key, roster).with_columns(
        **{f"valid_{name}": enough(pl.col(f"n_{name}"), pl.col("n_stations")) for name in carried}
    )
    means = {name: half_even_quotient(pl.col(f"__sum_{name}"), pl.col(f"n_{name}").cast(pl.Int64)) for name in carried}
    cities = cities.with_columns(**{f"__{n}": pl.when(pl.col(f"valid_{n}")).then(mean) for n, mean in means.items()})
    cities = cities.with_columns(**{name: in_unit(pl.col(f"__{name}"), name) for name in carried})
    instead = {"o3_8h": (O3_1H, pl.col(f"__{O3_1H}"))} if more else {}
    cities = judged(cities, daily_items("__"), pl.col("date"), reading, not_monitored, instead=instead)
    counts, valid = [f"n_{name}" for name in DAILY], [f"valid_{name}" for name in DAILY]
    verdict = ("aqi", "level", "primary", "aqi_reason")
    cities = cities.select("city", "date", *DAILY, *counts, *valid, "n_stations", *verdict, *more).sort("city", "date")
    return cities.collect().lazy()


def _station_days(lazy: pl.LazyFrame) -> tuple[pl.LazyFrame, Key]:
    """Whole-number station days by key, from hours or from a table of station days."""
    schema = lazy.collect_schema()
    if "time" in schema:
        demand(schema, ("city",), ())
        hours, key = whole_days(lazy)
        return hours.lazy(), key
    demand(schema, ("station", "city", "date", *DAILY), (*DAILY, O3_1H))
    key = Key.of(schema)
    values = {name: whole(name, schema[name]) for name in (*DAILY, O3_1H) if name in schema}
    rows = lazy.select(*key.kinds, date=date_of(schema["date"]), **values)
    days = rows.with_columns(__key=key.packed(pl.col("date").to_physical())).collect()
    _refuse_twice(days)
    return days.lazy(), key


def daily_items(prefix: str) -> dict[str, tuple[str, pl.Expr]]:
    """The six daily items of HJ 633 over whole-number columns named with the prefix."""
    return {name: (name if name == "o3_8h" else f"{species(name)}_24h", pl.col(prefix + name)) for name in DAILY}


def enough(n: pl.Expr, expected: pl.Expr) -> pl.Expr:
    """Whether n valid stations of those expected make a city value (HJ 663-2013 6.1.5)."""
    share = rules.timeline("hj663.city.station_fraction")[-1].value
    percent = pl.when(expected < share["few_below"]).then(share["percent_if_few"]).otherwise(share["percent"])
    return ((n > 0) & (n.cast(pl.Int64) * 100 >= expected.cast(pl.Int64) * percent)).fill_null(False)


def _expect(cities: pl.LazyFrame, days: pl.LazyFrame, key: Key, roster: pl.LazyFrame | None) -> pl.LazyFrame:
    """Add ``n_stations``: how many stations the city should have on the day."""
    if roster is None:
        seen = days.select(__city=without_day(city_key(pl.col("__key"))), __station=without_day(pl.col("__key")))
        known = seen.unique().group_by("__city").agg(n_stations=pl.len().cast(pl.Int32))
        return cities.with_columns(__city=without_day(pl.col("__key"))).join(known, on="__city", how="left")
    schema = roster.collect_schema()
    demand(schema, ("city", "station"), ())
    since = pl.col("since") if "since" in schema else pl.lit(None)
    until = pl.col("until") if "until" in schema else pl.lit(None)
    terms = roster.select("city", "station", since=since.cast(pl.Date), until=until.cast(pl.Date))
    open_on = (pl.col("since").is_null() | (pl.col("since") <= pl.col("date"))) & (
        pl.col("until").is_null() | (pl.col("date") <= pl.col("until"))
    )
    known = (
        cities.select("city", "date")
        .join(terms, on="city")
        .filter(open_on)
        .group_by("city", "date")
        .agg(n_stations=pl.col("station").n_unique().cast(pl.Int32))
    )
    return cities.join(known, on=["city", "date"], how="left")


def _refuse_twice(days: pl.DataFrame) -> None:
    twice = days.filter(pl.col("__key").is_duplicated())
    if not len(twice):
        return
    city, station, day = twice.select("city", "station", "date").row(0)
    raise ComputeError.of(
        "station-days given twice",
        "G-AIR-07",
        f"站点 {city}、{station}，{day}",
        f"{twice['__key'].n_unique()} 个站点日有不止一行",
        "一个站点会被算两次",
        "每站每日只留一行",
    )
