from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.compute import lakes
from guatu.errors import ComputeError

R2 = {"chla": 1.0, "tp": 0.84**2, "tn": 0.82**2, "sd": 0.83**2, "codmn": 0.83**2}
SLOPES = {
    "chla": (2.5, 1.086),
    "tp": (9.436, 1.624),
    "tn": (5.453, 1.694),
    "sd": (5.118, -1.94),
    "codmn": (0.109, 2.661),
}


def test_weights_add_up_to_one_and_are_those_of_the_method() -> None:
    found = lakes.weights(lakes.items())
    assert sum(found.values()) == 1
    printed = {"chla": "0.26626", "tp": "0.18787", "tn": "0.17903", "sd": "0.18342", "codmn": "0.18342"}
    assert all(abs(found[item] - Fraction(one)) < Fraction(1, 10**5) for item, one in printed.items())


def test_phosphorus_is_in_milligrams() -> None:
    assert round(lakes.index_of("tp", Decimal("0.05")), 2) == Decimal("45.71")


def test_missing_items_are_named_and_the_rest_reweighted() -> None:
    table = pl.DataFrame(
        {"chla": [10.0, 10.0], "tp": [0.05, 0.05], "tn": [1.0, 1.0], "codmn": [4.0, 4.0], "sd": [None, 0.5]}
    )
    got = lakes.tli(table)
    assert got["missing"].to_list() == ["sd", None]
    assert got["tli"][0] != got["tli"][1]
    four = {
        item: lakes.index_of(item, value)
        for item, value in (("chla", 10), ("tp", Decimal("0.05")), ("tn", 1), ("codmn", 4))
    }
    assert got["tli"][0] == pytest.approx(float(lakes.combine(four)), abs=5e-5)


def test_clearer_water_has_a_lower_index() -> None:
    got = lakes.tli(pl.DataFrame({"chla": [10.0] * 3, "sd": [0.3, 1.0, 3.0]}))["tli"].to_list()
    assert got == sorted(got, reverse=True)
    assert len(set(got)) == 3


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("29.999", "贫营养"), ("30", "中营养"), ("50", "中营养"), ("50.0001", "轻度富营养"), ("60", "轻度富营养"),
        ("60.1", "中度富营养"), ("70", "中度富营养"), ("70.001", "重度富营养"),
    ],
)  # fmt: skip
def test_grades_close_at_their_upper_end(index: str, grade: str) -> None:
    assert lakes.grade_of(Decimal(index)) == grade


def test_equal_indices_combine_to_themselves_whatever_is_missing() -> None:
    for present in (("chla",), ("chla", "tp", "tn"), ("tp", "sd", "codmn"), lakes.items()):
        assert lakes.combine(dict.fromkeys(present, Decimal(50))) == 50


def test_nothing_measured_is_no_index_and_zero_has_no_logarithm() -> None:
    got = lakes.tli(pl.DataFrame({"tp": [None, 0.05]}, schema={"tp": pl.Float64}))
    assert (got["tli"][0], got["grade"][0]) == (None, None)
    with pytest.raises(ComputeError) as error:
        lakes.tli(pl.DataFrame({"tp": [0.0]}))
    assert error.value.codes == ("G-LAKE-06",)
    with pytest.raises(ComputeError):
        lakes.tli(pl.DataFrame({"ph": [7.0]}))


AMOUNTS = st.decimals("0.001", 500, places=3)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(R2)), AMOUNTS, min_size=1))
def test_the_formula_of_the_method(row: dict[str, Decimal]) -> None:
    indices = {item: 10 * (SLOPES[item][0] + SLOPES[item][1] * math.log(float(value))) for item, value in row.items()}
    expected = sum(R2[item] * one for item, one in indices.items()) / sum(R2[item] for item in row)
    got = lakes.tli(pl.DataFrame({item: [str(value)] for item, value in row.items()}))
    assert got["tli"][0] == pytest.approx(expected, abs=1e-3)
    assert set(filter(None, (got["missing"][0] or "").split(","))) == set(R2) - set(row)


def test_a_lake_is_averaged_over_time_then_over_points() -> None:
    table = pl.DataFrame(
        {
            "lake": ["鄱阳湖"] * 3 + ["仙女湖"],
            "point": ["甲", "甲", "乙", "丙"],
            "tp": ["0.02", "0.04", "0.09", "0.02L"],
        }
    )
    got = lakes.whole(table)
    assert got["points"].to_list() == [2, 1]
    assert got["tp"].to_list() == [0.06, 0.01]  # (0.03 + 0.09) / 2, not the mean of three samples
    assert got["tli"][0] == pytest.approx(10 * (9.436 + 1.624 * math.log(0.06)), abs=1e-4)
    mean_of_indices = sum(10 * (9.436 + 1.624 * math.log(value)) for value in (0.03, 0.09)) / 2
    assert abs(got["tli"][0] - mean_of_indices) > 1
    assert got["missing"].to_list() == ["chla,tn,sd,codmn"] * 2
