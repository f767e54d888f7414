from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from guatu.compute import surface_water as sw

DAY = date(2021, 6, 30)
AT_THREE = {item: sw.limit_of(item, 3, DAY) for item in sw.programme("21", DAY) if item != "ph"} | {"ph": Decimal(7)}


def test_water_at_the_limits_of_class_three_has_index_twenty() -> None:
    assert sw.cwqi(AT_THREE, DAY).value == 20  # pH 7 adds nothing
    assert sw.cwqi(AT_THREE | {"ph": Decimal(9)}, DAY).value == 21
    assert sw.cwqi(AT_THREE | {"ph": Decimal("6.5")}, DAY).value == Fraction(41, 2)
    assert sw.cwqi(AT_THREE | {"do": Decimal(10)}, DAY).value == Fraction(39, 2)
    assert sw.cwqi(AT_THREE, DAY, "lake").value == 23  # phosphorus of 0.2 is four times the limit of lakes


def test_a_sum_of_fewer_items_is_flagged_and_has_no_value() -> None:
    twenty = {item: value for item, value in AT_THREE.items() if item != "hg"}
    assert sw.cwqi(twenty, DAY) == sw.Cwqi(None, ("hg",))
    assert sw.cwqi(AT_THREE | {"do": Decimal(0)}, DAY).value is None


def test_a_city_weights_rivers_and_lakes_by_their_numbers() -> None:
    assert sw.city(sw.Cwqi(Fraction(4)), 3, sw.Cwqi(Fraction(8)), 1).value == 5
    assert sw.city(sw.Cwqi(Fraction(4)), 3, None, 0).value == 4
    assert sw.city(sw.Cwqi(Fraction(4)), 3, sw.Cwqi(None, ("hg",)), 1) == sw.Cwqi(None, ("hg",))


def test_a_non_detect_carries_no_load() -> None:
    table = pl.DataFrame(
        {"section": ["甲", "甲", "乙"], "volume": [2_000_000, 500_000, None], "nh3n": ["1.5", "0.02L", "1"]}
    )
    assert sw.loads(table, ["nh3n"]).to_dicts() == [{"section": "甲", "nh3n": 3.0}, {"section": "乙", "nh3n": None}]
    mean = sw.month(table.head(2).with_columns(time=pl.Series([DAY, date(2021, 6, 1)])).drop("volume"))
    assert mean["nh3n"][0] == pytest.approx(0.76)  # (1.5 + 0.01) / 2 = 0.755, to even
