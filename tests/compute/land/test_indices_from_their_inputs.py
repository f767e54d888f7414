"""EI from land, water, stress and load; EQI, CWQI and farmland classes of whole tables: reckoned by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from guatu import rules
from guatu.compute import ecology_parts as parts
from guatu.compute import ecology_table, soil_table, surface_water
from guatu.errors import ComputeError

DAY = date(2021, 6, 30)


def numbers(value: object) -> list[Fraction]:
    """Every number of a rule or a sheet, in order of size."""
    if isinstance(value, dict):
        return sorted(number for part in value.values() for number in numbers(part))
    if isinstance(value, list):
        return sorted(number for part in value for number in numbers(part))
    return [] if isinstance(value, str) and not value.replace(".", "").isdigit() else [Fraction(str(value))]


def test_the_coefficients_are_those_of_the_page(shared: Callable[..., Path]) -> None:
    page = tomllib.loads(shared("standards", "ei_eqi.toml").read_text(encoding="utf-8"))["ei"]
    habitat = page["habitat_quality"]
    assert numbers(rules.at("ei.habitat", DAY).value) == numbers([habitat["coef"], habitat["w"], habitat["sub"]])
    water = {name: page["water_network"][name] for name in ("river", "lake", "resource")}
    assert numbers(rules.at("ei.water_network", DAY).value) == numbers([water, 1.4, 2.4])
    load = page["pollution_load"]
    assert numbers(rules.at("ei.pollution_load", DAY).value) == numbers([load["w"], load["coef"]])
    assert rules.at("ei.vegetation", DAY).confidence == "M"


def test_habitat_quality_weighs_each_kind_of_land() -> None:
    """60 km² of wood (0.35 × 0.60) and 40 of paddy (0.11 × 0.60): 511.264… × (12.6 + 2.64) / 100."""
    found = parts.habitat_quality({"有林地": D(60), "水田": D(40)}, DAY)
    assert found == Fraction("511.2642131067") * Fraction("15.24") / 100
    assert parts.biology(D(80), D(60)) == 70
    with pytest.raises(ComputeError):
        parts.habitat_quality({"竹林": D(1)}, DAY)
    with pytest.raises(ComputeError):
        parts.habitat_quality({}, DAY)


@pytest.mark.parametrize(
    ("resource", "counted"), [(100, 100), (140, 140), (141, 99), (240, 0), (300, 0)],
)  # fmt: skip
def test_a_flood_counts_for_less(resource: int, counted: int) -> None:
    """Mean 100: to 1.4 times as it is, then 100 × (2.4 − ratio), beyond 2.4 times nothing."""
    found = parts.water_network(0, 0, resource, 100, 1000, DAY)
    assert found == Fraction("86.3869548281") * counted / 3000


def test_stress_and_load_are_set_against_their_area() -> None:
    assert parts.land_stress(10, 10, 10, 0, 100, DAY) == Fraction("236.0435677948") * 8 / 100
    tons = dict.fromkeys(parts.LOADS, D(0)) | {"cod": D(1000), "so2": D(500)}
    water, air = Fraction("4.3937397289") * 1000 / (1600 * 5000), Fraction("0.0648660287") * 500 / 5000
    assert parts.pollution_load(tons, 1600, 5000, DAY) == Fraction(1, 5) * (water + air)
    with pytest.raises(ComputeError):
        parts.pollution_load({"cod": D(1)}, 1600, 5000, DAY)


def test_a_table_of_regions() -> None:
    frame = pl.DataFrame(
        {
            "place": ["甲", "乙", "丙"], "biology": [103, 60, 60],
            "vegetation": [80.04, 60, None], "water": [50, 60, 60],
            "land_stress": [10, 40, 40], "pollution_load": [5, 40, 40], "limit": [0, -10, 0],
        }
    )  # fmt: skip
    got = ecology_table.ei(frame)
    assert got["ei"].to_list() == [85.5, 50.0, None]  # 35 + 20 + 7.5 + 13.5 + 9.5; 60 less 10; a part is missing
    assert got["grade"].to_list() == ["优", "一般", None]
    eqi = ecology_table.eqi(pl.DataFrame({"pattern": [70], "function": [70], "biodiversity": [70], "stress": [30]}))
    assert eqi.row(0)[-2:] == (70.0, "一类")


def test_a_table_of_farmland() -> None:
    """Cd at pH 6.8: screening 0.6 in paddy and 0.3 elsewhere, control 3.0 (GB 15618-2018 tables 1 and 3)."""
    frame = pl.DataFrame(
        {"ph": [6.8, 6.8, 6.8, None], "land": ["水田", "旱地", "水田", "水田"], "cd": ["0.5", "0.5", "3.1", "0.1"]}
    )
    got = soil_table.farmland(frame)
    assert got["class"].to_list() == ["优先保护类", "安全利用类", "严格管控类", None]
    assert got["deciding"].to_list() == [None, "镉", "镉", None]
    with pytest.raises(ComputeError):
        soil_table.farmland(pl.DataFrame({"ph": [7.0], "land": ["湿地"], "cd": ["0.1"]}))


def test_the_index_of_a_city_says_what_is_not_verified() -> None:
    """Two river sections at the limits of class Ⅲ but for CODMn 3 and 9, mean 6: index 20; of 20 items none."""
    day = rules.timeline("water.cwqi")[-1].since
    at_three = {
        item: surface_water.limit_of(item, 3, day) for item in surface_water.programme("21", day) if item != "ph"
    }
    rows = [
        {"section": name, "kind": "river", "ph": D(7), **at_three, "codmn": value}
        for name, value in (("一", D(3)), ("二", D(9)))
    ]
    got = surface_water.city_index(pl.DataFrame(rows))
    assert got.select("part", "sections", "cwqi").rows() == [("river", 2, 20.0), ("city", 2, 20.0)]
    assert "未核对原文" in got["note"][-1]
    short = surface_water.city_index(pl.DataFrame(rows).with_columns(hg=pl.lit(None, pl.Float64)))
    assert short["cwqi"].to_list() == [None, None] and short["missing"].to_list() == ["hg", "hg"]
