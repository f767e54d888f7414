from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from guatu.compute import ecology, soil
from guatu.errors import ComputeError

DAY = date(2021, 6, 30)
D = Decimal


@pytest.mark.parametrize(
    ("item", "ph", "land", "screening", "control"),
    [
        ("cd", "7.6", "paddy", "0.8", "4.0"), ("cd", "7.6", "other", "0.6", "4.0"),
        ("cd", "7.5", "paddy", "0.6", "3.0"),
        ("cd", "5.5", "paddy", "0.3", "1.5"), ("cd", "5.51", "paddy", "0.4", "2.0"),
        ("cd", "7.6", "rotation", "0.6", "4.0"),
        ("hg", "7", "rotation", "0.6", "4.0"), ("as", "5", "paddy", "30", "200"), ("as", "8", "paddy", "20", "100"),
        ("cu", "6", "orchard", "150", None), ("cu", "6", "paddy", "50", None), ("cd", "6", "orchard", "0.3", "2.0"),
        ("ni", "8", "paddy", "190", None), ("bap", "8", "other", "0.55", None),
    ],
)  # fmt: skip
def test_farmland_limits(item: str, ph: str, land: soil.Land, screening: str, control: str | None) -> None:
    assert soil.screening(item, D(ph), land, DAY) == D(screening)
    assert soil.control(item, D(ph), DAY) == (None if control is None else D(control))


def test_farmland_classes_use_both_limits() -> None:
    assert soil.farmland({"cd": D("3.5")}, D("6.8"), "other", DAY) == ("严格管控类", ("cd",))
    assert soil.farmland({"cd": D("3.0")}, D("6.8"), "other", DAY) == ("安全利用类", ("cd",))
    assert soil.farmland({"cd": D("0.3"), "zn": D(9000)}, D("6.8"), "other", DAY) == ("安全利用类", ("zn",))
    assert soil.farmland({"cd": D("0.3")}, D("6.8"), "other", DAY) == ("优先保护类", ())


def test_plots() -> None:
    assert soil.plot_limits("砷", "first", DAY) == (20, 120)
    assert soil.plot_limits("锑", "second", DAY) == (180, 360)
    found = soil.plot_over({"砷": D(30), "铅": D(900), "汞": D(1)}, "first", DAY)
    assert found == {"砷": "筛选值", "铅": "管制值"}
    assert soil.plot_over({"砷": D(30)}, "first", DAY, background={"砷": D(30)}) == {}
    with pytest.raises(ComputeError):
        soil.plot_limits("氡", "first", DAY)


def test_safe_use_is_by_area_and_not_applicable_without_reuse() -> None:
    assert soil.farmland_safe_use(D(50), D(30), D(10), D(100)).exact == 90
    assert soil.plot_safe_use(0, 0).exact is None
    assert soil.plot_safe_use(0, 0).reason == "不适用"


@pytest.mark.parametrize(
    ("index", "kind", "grade"),
    [
        ("75", "EI", "优"), ("74.9", "EI", "良"), ("55", "EI", "良"), ("35", "EI", "一般"), ("20", "EI", "较差"),
        ("19.9", "EI", "差"), ("70", "EQI", "一类"), ("69.99", "EQI", "二类"), ("55", "EQI", "二类"),
        ("40", "EQI", "三类"),
        ("30", "EQI", "四类"), ("29.9", "EQI", "五类"),
    ],
)  # fmt: skip
def test_grades_of_the_two_indices(index: str, kind: ecology.Kind, grade: str) -> None:
    assert ecology.grade(D(index), kind, DAY) == grade


def test_ei_clips_and_rounds_its_parts_before_weighting() -> None:
    parts = {"biology": D(103), "vegetation": D("80.04"), "water": D(50), "land_stress": D(10), "pollution_load": D(5)}
    assert ecology.ei(parts, 0, DAY) == D("85.5")  # 35 + 20 + 7.5 + 13.5 + 9.5
    assert ecology.ei(parts, -10, DAY) == D("75.5")
    with pytest.raises(ComputeError):
        ecology.ei({"biology": D(50)}, 0, DAY)


def test_eqi_counts_stress_backwards() -> None:
    parts = {"pattern": D(60), "function": D(60), "biodiversity": D(60), "stress": D(40)}
    assert ecology.eqi(parts, DAY) == 60


@pytest.mark.parametrize(
    ("step", "ei", "eqi"),
    [
        ("0.9", "无明显变化", "基本稳定"), ("1", "略微变好", "轻微变好"), ("-2", "略微变差", "一般变差"),
        ("3", "明显变好", "一般变好"), ("-4", "明显变差", "明显变差"), ("8", "显著变好", "明显变好"),
    ],
)  # fmt: skip
def test_change_of_the_two_indices(step: str, ei: str, eqi: str) -> None:
    assert ecology.change(D(60), 60 + D(step), "EI", DAY) == ei
    assert ecology.change(D(60), 60 + D(step), "EQI", DAY) == eqi


def test_a_ratio_to_the_limit_is_no_multiple_of_excess() -> None:
    assert soil.single_factor(D("1.2"), D("1.0")) == Fraction(6, 5)
