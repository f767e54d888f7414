"""What offices write into cells, taken from forms met in files; what is not clear is refused, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.load import words


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2021.3", "2021-03"),
        ("2021.03", "2021-03"),
        ("2021.10", "2021-10"),
        ("2021年3月", "2021-03"),
        ("２０２１年３月份", "2021-03"),
        ("202103", "2021-03"),
        ("2021/3", "2021-03"),
        ("3月", "2021-03"),
        ("1—3月", "2021Q1"),
        ("1—9月", "2021-01-01..2021-09-30"),
        ("2021年1月～9月", "2021-01-01..2021-09-30"),
        ("2021年一季度", "2021Q1"),
        ("第三季度", "2021Q3"),
        ("2021Q4", "2021Q4"),
        ("2021年上半年", "2021-01-01..2021-06-30"),
        ("2021年前三季度", "2021-01-01..2021-09-30"),
        ("2021", "2021"),
        ("2021年度", "2021"),
    ],
)
def test_a_period_as_offices_write_it(cell: str, wanted: str) -> None:
    assert str(words.period(cell, 2021)) == wanted


@pytest.mark.parametrize(
    "cell", ["2021.1", "44256", "2021年13月", "上月", "", "0月", "9—1月", "2021Q5", "2021Q12", "2021Q"]
)
def test_a_period_that_is_not_clear_is_none(cell: str) -> None:
    assert words.period(cell, 2021) is None


def test_a_month_without_a_year_is_not_this_year() -> None:
    assert words.period("3月") is None


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_every_month_comes_back_from_its_forms(year: int, month: int) -> None:
    for cell in (f"{year}-{month:02d}", f"{year}年{month}月", f"{year}{month:02d}", f"{year}年{month:02d}月"):
        assert str(words.period(cell)) == f"{year}-{month:02d}"


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [("１２．３", "12.3"), ("1,234.5", "1234.5"), (" 0.7 ", "0.7"), ("－0.2", "-0.2"), ("5E-05", "0.00005")],
)
def test_a_number(cell: str, wanted: str) -> None:
    assert words.number(cell) == Decimal(wanted)


@pytest.mark.parametrize("cell", ["12.3%", "约 5", "1,23", "0.01L", "3个", "１２／３", "—"])
def test_no_number(cell: str) -> None:
    assert words.number(cell) is None


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("0.01L", "0.01L"),
        ("＜0.01", "0.01L"),
        ("<0.01", "0.01L"),
        ("0.01(L)", "0.01L"),
        ("0.01ND", "0.01L"),
        ("ND", "未检出"),
        ("未检出", "未检出"),
        ("７Ｅ－０５", "0.00007"),
        ("7E-05", "0.00007"),
        ("-0.1", None),
        ("混浊", None),
    ],
)
def test_a_reading_keeps_its_detection_limit(cell: str, wanted: str | None) -> None:
    assert words.reading(cell) == wanted


@pytest.mark.parametrize("cell", ["—", "— ", "--", "/", "", "无", "停测", "断流", "未监测", "*", "NA", "null"])
def test_nothing_there(cell: str) -> None:
    assert words.absent(cell)


@pytest.mark.parametrize("cell", ["0", "0.0", "ND", "0.01L"])
def test_nought_and_not_detected_are_there(cell: str) -> None:
    assert not words.absent(cell)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        *((cell, 3) for cell in ("Ⅲ", "III", "3", "三类", "Ⅲ类")),
        *((cell, 6) for cell in ("劣Ⅴ", "劣V类", ">Ⅴ", "劣五类")),
        *((cell, 1) for cell in ("Ⅰ", "I", "Ⅰ类")),
        *((cell, None) for cell in ("优", "7", "Ⅲ～Ⅳ")),
    ],
)
def test_a_class_of_water(cell: str, wanted: int | None) -> None:
    assert words.water_class(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [("2021-09-30", 30), ("2021/9/30", 30), ("2021.9.30", 30), ("2021年9月30日", 30), ("20210930", 30), ("44469", 30)],
)
def test_a_day_and_the_serial_of_a_spreadsheet(cell: str, wanted: int) -> None:
    assert words.day(cell) == date(2021, 9, wanted)


@pytest.mark.parametrize("cell", ["2021-02-30", "9.30", "昨天", "12"])
def test_no_day(cell: str) -> None:
    assert words.day(cell) is None


def test_yes_and_no_are_never_a_blank() -> None:
    assert [words.yes_or_no(cell) for cell in ("√", "是", "达标", "已销号")] == [True] * 4
    assert [words.yes_or_no(cell) for cell in ("×", "否", "未达标", "整改中")] == [False] * 4
    assert [words.yes_or_no(cell) for cell in ("", "—", "基本达标", "部分")] == [None] * 4


def test_short_and_long_names_of_places() -> None:
    names = {"浮梁县": "浮梁县", "高新区": "高新区", "东湖区": "东湖区", "东湖县": "东湖县"}
    assert words.named("浮梁", names) == "浮梁县"
    assert words.named("景 德 镇 高 新 区", names) == "高新区"
    assert words.named("浮梁县★", names) == "浮梁县"
    assert words.named("东湖", names) is None, "two places could be meant"
    assert words.named("月球", names) is None
