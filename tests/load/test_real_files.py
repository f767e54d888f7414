"""Files the national platform and its mirrors really gave: read whole, nothing lost, nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from guatu.base.place import Place, Scope
from guatu.errors import LoadError
from guatu.load import air
from guatu.load.city import City, Station
from guatu.load.workspace import Workspace

PLACE = (Place("360200", "景德镇", "市"),)
CODES = ("2343A", "2344A", "2346A", "4289A")
JINGDEZHEN = City(
    "景德镇市",
    places=PLACE,
    stations=tuple(Station(code, code, "360200") for code in CODES),
    scopes=(Scope("市中心城区", sites=CODES),),
)


def test_jiangxi_2026_parquet(shared: Callable[..., Path], tmp_path: Path) -> None:
    path = shared("data", "air_cnemc_2026", "hourly_jiangxi_full_20260226_20260531.parquet")
    ws = Workspace.create(tmp_path / "ws", JINGDEZHEN)
    stored = air.store(ws, path, leave_unknown=True)
    source = pl.read_parquet(path).with_columns(pl.col("stationcode").cast(pl.String))
    mine = source.filter(pl.col("stationcode").is_in(CODES))
    assert stored.checked.left == source.height - mine.height
    assert stored.checked.units["co"] == "mg_tenths"
    back = ws.hours().collect()
    wide = mine.select(
        station="stationcode",
        time="time",
        **{
            name: pl.col(old).cast(pl.Decimal(18, 6))
            for name, old in {"pm25": "pm2_5", "pm10": "pm10", "o3": "o3"}.items()
        },
        co=pl.col("co_x10").cast(pl.Decimal(18, 6)) * pl.lit(Decimal("0.1")),
    ).sort("station", "time")
    for name in ("station", "time", "pm25", "pm10", "o3", "co"):
        assert back[name].to_list() == wide[name].to_list(), name


def test_mirror_2020_csv_with_station_names(shared: Callable[..., Path], tmp_path: Path) -> None:
    path = shared("data", "air_station_hourly_2020_04", "jingdezhen_nanchang_jiujiang.csv")
    whole = pl.read_csv(path, infer_schema=False)
    source = whole.filter(pl.col("city") == "景德镇")
    source.write_csv(tmp_path / "a.csv")
    found = air.check(tmp_path / "a.csv", _named(source))
    assert found.rows == source.height > 0
    assert found.missing["pm25"] == source["pm2_5"].is_null().sum()
    assert found.frame["pm25"].sum() == sum(Decimal(cell) for cell in source["pm2_5"].drop_nulls())
    assert found.frame["co"].sum() == sum(Decimal(cell) for cell in source["co"].drop_nulls())


def test_two_cities_with_a_station_of_one_name_are_not_mixed(shared: Callable[..., Path]) -> None:
    path = shared("data", "air_station_hourly_2020_04", "jingdezhen_nanchang_jiujiang.csv")
    with pytest.raises(LoadError) as caught:
        air.check(path, _named(pl.read_csv(path, infer_schema=False)))
    assert set(caught.value.codes) == {"G-LOAD-15"}


def _named(source: pl.DataFrame) -> City:
    names = source["station"].unique().sort()
    return City("试验市", places=PLACE, stations=tuple(Station(f"X{k}", n, "360200") for k, n in enumerate(names)))
