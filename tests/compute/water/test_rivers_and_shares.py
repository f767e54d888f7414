from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from guatu.compute import surface_water as sw
from guatu.errors import ComputeError

DAY = date(2021, 6, 30)


def sections(values: list[float], item: str = "codmn") -> pl.DataFrame:
    names = [f"断面{n}" for n in range(len(values))]
    return pl.DataFrame({"river": ["昌江"] * len(values), "section": names, "time": [DAY] * len(values), item: values})


@pytest.mark.parametrize(
    ("good", "inferior", "grade"),
    [
        ("90", 0, "优"), ("89.9", 0, "良好"), ("75", 25, "良好"), ("74.9", "19.9", "轻度污染"),
        ("74.9", 20, "中度污染"), ("60", "39.9", "中度污染"), ("60", 40, "重度污染"), ("0", 100, "重度污染"),
    ],
)  # fmt: skip
def test_shares_grade_a_river(good: str, inferior: str, grade: str) -> None:
    assert sw.rating(Decimal(good), Decimal(inferior), DAY) == grade


def test_five_sections_go_by_shares_and_four_by_their_mean() -> None:
    five = sw.river(sections([2.0, 2.0, 2.0, 2.0, 20.0]))
    assert (five["good_pct"][0], five["inferior_pct"][0], five["class"][0]) == (80.0, 20.0, None)
    assert (five["grade"][0], five["pollutants"][0]) == ("良好", None)
    four = sw.river(sections([2.0, 2.0, 2.0, 20.0]))
    assert (four["class"][0], four["grade"][0]) == (4, "轻度污染")  # mean 6.5, while 75 % would be 良好
    assert four["pollutants"][0] == "断面3：高锰酸盐指数(2.3)"


def test_main_pollutants_of_a_river_go_by_the_share_of_sections() -> None:
    table = sections([7.0, 7.0, 7.0, 2.0, 2.0, 2.0]).with_columns(nh3n=pl.Series([9.0, 0.1, 0.1, 0.1, 0.1, 0.1]))
    got = sw.river(table)
    assert got["grade"][0] == "轻度污染"
    assert got["pollutants"][0] == "高锰酸盐指数、氨氮"


def test_rivers_and_lakes_are_not_averaged_together() -> None:
    with pytest.raises(ComputeError) as error:
        sw.river(sections([2.0, 2.0]).with_columns(kind=pl.Series(["river", "lake"])))
    assert error.value.codes == ("G-WATER-13",)


def test_main_pollutants_go_by_class_then_times_over() -> None:
    means = {
        "codmn": Decimal("7.2"),
        "cod": Decimal(25),
        "nh3n": Decimal("1.9"),
        "do": Decimal("2.5"),
        "tp": Decimal("0.1"),
    }
    assert sw.main_pollutants(means, DAY) == (("nh3n", Decimal("0.9")), ("do", None), ("cod", Decimal("0.2")))
    assert sw.main_pollutants(means | {"pb": Decimal("0.06")}, DAY)[0] == ("pb", Decimal("0.2"))
    assert sw.main_pollutants({"codmn": Decimal(6), "tp": Decimal("0.2")}, DAY) == ()
    assert sw.in_words((("nh3n", Decimal("0.9")), ("do", None)), DAY) == "氨氮(0.9)、溶解氧"


def test_times_over_is_the_excess_over_the_limit() -> None:
    assert sw.times_over(Decimal("1.2"), Decimal("1.0")) == Fraction(1, 5)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((80, 5), (85, 0), "无明显变化"), ((80, 5), (85, "-0.1"), "有所好转"), ((80, 0), (60, 0), "有所变差"),
        ((80, 0), (75, 16), "明显变差"), ((60, 20), (75, 10), "明显好转"),
    ],
)  # fmt: skip
def test_change_of_shares(before: tuple[int, int], after: tuple[int, int], words: str) -> None:
    pair = (Decimal(after[0]), Decimal(after[1]))
    assert sw.change(before, pair, DAY) == words


def test_change_of_a_section_goes_by_grades_not_classes() -> None:
    assert sw.grade_change(1, 2, DAY) == "无明显变化"  # both 优
    assert sw.grade_change(4, 3, DAY) == "有所好转"
    assert sw.grade_change(2, 6, DAY) == "明显变差"


def test_each_list_has_its_own_ratio_and_a_section_without_a_class_counts_nowhere() -> None:
    table = pl.DataFrame(
        {
            "list_id": ["国考", "国考", "国考", "省控", "省控", "空"],
            "section": ["甲", "乙", "丙", "甲", "丁", "戊"],
            "class": [3, 4, None, 6, 5, None],
        }
    )
    got = {row["list_id"]: row for row in sw.ratio(table).to_dicts()}
    assert (got["国考"]["sections"], got["国考"]["good_pct"], got["国考"]["inferior_pct"]) == (2, 50.0, 0.0)
    assert (got["省控"]["good_pct"], got["省控"]["inferior_pct"]) == (0.0, 50.0)  # Ⅴ is not 劣Ⅴ
    assert (got["空"]["sections"], got["空"]["good_pct"]) == (0, None)


def test_a_section_counts_once_in_a_list() -> None:
    with pytest.raises(ComputeError) as error:
        sw.ratio(pl.DataFrame({"section": ["甲", "甲"], "class": [3, 4]}))
    assert error.value.codes == ("G-WATER-12",)


def test_x_is_what_went_beyond_class_three_outside_the_nine() -> None:
    table = sections([25.0], "cod").with_columns(nh3n=pl.lit(9.0), f=pl.lit(0.9), pb=pl.lit(0.01))
    years = sw.year(table.drop("river"))
    assert sw.extra_items(years) == {"断面0": ("cod",)}
    assert sw.programme("5+X", DAY, ["cod"]) == ("ph", "do", "codmn", "nh3n", "tp", "cod")


def test_colours_of_the_map() -> None:
    assert [sw.section_colour(one, DAY) for one in range(1, 7)] == ["蓝", "蓝", "绿", "黄", "橙", "红"]
