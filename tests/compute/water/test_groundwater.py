from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.compute import groundwater
from guatu.errors import ComputeError, RuleError

DAY = date(2021, 6, 30)
SOME = {  # from table 1
    "氨氮": ("0.02", "0.10", "0.50", "1.50"), "锰": ("0.05", "0.05", "0.10", "1.50"),
    "砷": ("0.001", "0.001", "0.01", "0.05"),
    "总硬度": ("150", "300", "450", "650"), "菌落总数": ("100", "100", "100", "1000"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("砷", "0.001", 1), ("砷", "0.0011", 3), ("锰", "0.05", 1), ("锰", "1.51", 5), ("铁", "2", 4),
        ("ph", "6.5", 1), ("pH", "8.5", 1), ("ph", "6.49", 4), ("ph", "5.5", 4), ("ph", "9", 4), ("ph", "9.1", 5),
        ("ph", "5.4", 5), ("总α放射性", "0.5", 3), ("总α放射性", "0.51", 4), ("总β放射性", "1", 2),
        ("阴离子表面活性剂", "0.05", 2), ("一_二_二氯乙烷", "40", 4),
        ("1,2-二氯乙烷", "40.1", 5), ("苯并[a]芘", "0.002", 1),
    ],
)  # fmt: skip
def test_limits_belong_to_the_better_class(item: str, value: str, expected: int) -> None:
    assert groundwater.one_class(item, Decimal(value), DAY) == expected
    assert groundwater.sample_class(pl.DataFrame({item: [value]}))["class"].to_list() == [expected]


def test_a_non_detect_is_class_one_and_never_five() -> None:
    got = groundwater.sample_class(pl.DataFrame({"硝酸盐": ["0.016L", "未检出"], "苯": ["1.4L", "<0.4"]}))
    assert got["class"].to_list() == [1, 1]
    assert groundwater.doubts(pl.DataFrame({"硝酸盐": ["0.016L", "未检出"], "苯": ["1.4L", "<0.4"]})) == ["苯", None]
    assert groundwater.sample_class(pl.DataFrame({"阴离子表面活性剂": ["0.05L"]}))["class"].to_list() == [1]


def test_the_worst_item_is_the_class_and_is_named() -> None:
    got = groundwater.sample_class(
        pl.DataFrame({"pH": [7.0, 7.0], "铁": [2.5, 0.1], "锰": [1.6, None], "嗅和味": ["无", "有"]})
    )
    assert got["class"].to_list() == [5, 5]
    assert got["deciding"].to_list() == ["铁,锰", "嗅和味"]


def test_bad_tables_say_so() -> None:
    with pytest.raises(ComputeError) as error:
        groundwater.sample_class(pl.DataFrame({"嗅和味": ["微弱"]}))
    assert error.value.codes == ("G-GW-08",)
    with pytest.raises(ComputeError):
        groundwater.sample_class(pl.DataFrame({"codmn": [1.0]}))
    with pytest.raises(RuleError):
        groundwater.sample_class(pl.DataFrame({"铁": [1.0], "time": [date(2017, 1, 1)]}))


def test_a_year_of_a_point_is_classed_by_its_means() -> None:
    table = pl.DataFrame(
        {
            "point": ["甲", "甲", "乙"],
            "time": ["2021-05-01", "2021-10-01", "2021-05-02"],
            "铁": ["0.1L", "0.35", "0.1L"],
        }
    )
    got = groundwater.year(table)
    assert got.to_dicts() == [
        {"point": "甲", "year": 2021, "n": 2, "class": 2, "deciding": "铁"},  # (0.05 + 0.35) / 2 = 0.2
        {"point": "乙", "year": 2021, "n": 1, "class": 1, "deciding": None},
    ]


def test_share_of_class_five_by_list() -> None:
    table = pl.DataFrame({"list_id": ["国考"] * 4, "point": list("甲乙丙丁"), "class": [5, 4, 5, None]})
    got = groundwater.class_v(table).to_dicts()[0]
    assert (got["points"], got["class_v"], got["class_v_pct"]) == (3, 2, float(Fraction(200, 3)))
    with pytest.raises(ComputeError):
        groundwater.class_v(pl.DataFrame({"point": ["甲", "甲"], "class": [1, 5]}))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SOME)), st.one_of(st.none(), st.decimals(0, 700, places=3)), min_size=1))
def test_the_slow_second_opinion_agrees(row: dict[str, Decimal | None]) -> None:
    graded = {
        item: 1 + sum(Fraction(value) > Fraction(limit) for limit in SOME[item])
        for item, value in row.items()
        if value is not None
    }
    got = groundwater.sample_class(
        pl.DataFrame({item: pl.Series([None if v is None else str(v)], dtype=pl.String) for item, v in row.items()})
    )
    assert got["class"][0] == max(graded.values(), default=None)
    if graded and max(graded.values()) > 1:
        assert got["deciding"][0].split(",") == [item for item, one in graded.items() if one == max(graded.values())]
