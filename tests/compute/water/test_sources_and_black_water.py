from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from guatu.compute import black_water as bw
from guatu.compute import sources
from guatu.errors import ComputeError

DAY = date(2021, 6, 30)
D = Decimal


def test_a_source_meets_class_three_and_the_single_limits() -> None:
    good = {"codmn": D(6), "nh3n": D(1), "tp": D("0.2"), "铁": D("0.3"), "三氯甲烷": D("0.06")}
    assert sources.verdict(good, "river", DAY).ok
    bad = sources.verdict(good | {"铁": D("0.36"), "nh3n": D("1.2"), "do": D(4)}, "river", DAY)
    assert set(bad.over) == {("铁", D("0.2")), ("nh3n", D("0.2")), ("do", None)}
    assert not sources.verdict({"tp": D("0.06")}, "lake", DAY).ok
    assert sources.verdict({"tp": D("0.06")}, "river", DAY).ok


def test_nitrogen_bacteria_and_temperature_are_set_apart() -> None:
    found = sources.verdict({"tn": D(3), "fecal": D(20000), "wtemp": D(25), "codmn": D(2)}, "lake", DAY)
    assert found.ok
    assert found.apart == ("tn", "fecal")


def test_ground_sources_go_by_groundwater_class_three() -> None:
    found = sources.verdict({"铁": D("0.31"), "pH": D("6.4"), "锰": D("0.1")}, "ground", DAY)
    assert found.over == (("铁", D("0.0")), ("pH", None))
    with pytest.raises(ComputeError):
        sources.verdict({"codmn": D(1)}, "ground", DAY)


def test_a_frame_of_samples() -> None:
    table = pl.DataFrame(
        {"source": ["甲", "乙", "丙"], "time": ["2021-05-01"] * 3, "kind": ["河流", "lake", "地下水"],
         "nh3n": [1.2, 0.5, None], "tn": [None, 2.0, None], "锰": [None, "0.05L", None]},
        strict=False,
    )  # fmt: skip
    got = sources.judged(table)
    assert got["ok"].to_list() == [False, True, None]
    assert got["over"].to_list() == ["氨氮(0.2)", None, None]
    assert got["apart"].to_list() == [None, "tn", None]


def test_rates_by_number_and_by_volume_differ() -> None:
    assert sources.count_rate([True, False, True, None]).exact == Fraction(200, 3)
    assert sources.volume_rate([(1995, 1995), (D("146.5"), 0)]).exact == Fraction(1995000, 21415)
    assert sources.volume_rate([(1995, None), (1, 1)]).exact is None
    assert sources.count_rate([]).reason == "不适用"


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("sd_cm", {"25.1": bw.NOT, "25": bw.LIGHT, "10": bw.LIGHT, "9.9": bw.HEAVY}),
        ("do", {"2.1": bw.NOT, "2.0": bw.LIGHT, "0.2": bw.LIGHT, "0.1": bw.HEAVY}),
        ("orp_mv", {"51": bw.NOT, "50": bw.LIGHT, "-200": bw.LIGHT, "-201": bw.HEAVY}),
        ("nh3n", {"7.9": bw.NOT, "8": bw.LIGHT, "15": bw.LIGHT, "15.1": bw.HEAVY}),
    ],
)
def test_levels_of_black_water(item: str, values: dict[str, str]) -> None:
    assert {value: bw.reading_grade({item: D(value)}, DAY) for value in values} == values


def test_shallow_water_moves_the_heavy_bound() -> None:
    assert bw.reading_grade({"sd_cm": D(9)}, DAY, depth_cm=20) == bw.LIGHT  # 40 % of 20 cm is 8
    assert bw.reading_grade({"sd_cm": D("7.9")}, DAY, depth_cm=20) == bw.HEAVY
    assert bw.reading_grade({"sd_cm": D(9)}, DAY, depth_cm=25) == bw.HEAVY
    assert bw.reading_grade({"sd_cm": D(15)}, DAY, depth_cm=15, to_the_bottom=True) == bw.NOT


def test_a_point_is_heavy_by_sixty_or_twice_thirty_percent() -> None:
    def readings(do_heavy: int, nh3n_heavy: int) -> list[dict[str, str]]:
        return [
            {"do": bw.HEAVY if n < do_heavy else bw.NOT, "nh3n": bw.HEAVY if n < nh3n_heavy else bw.NOT}
            for n in range(10)
        ]

    assert bw.point_grade(readings(6, 0), DAY) == bw.HEAVY
    assert bw.point_grade(readings(5, 0), DAY) == bw.LIGHT
    assert bw.point_grade(readings(3, 3), DAY) == bw.HEAVY
    assert bw.point_grade(readings(3, 2), DAY) == bw.LIGHT
    assert bw.point_grade(readings(0, 0), DAY) == bw.NOT


def test_reaches() -> None:
    heavy, light = bw.HEAVY, bw.LIGHT
    assert bw.heavy_reaches([heavy, heavy, light, heavy, heavy, heavy, light, light], DAY) == ((3, 5),)
    assert bw.reach_grades([heavy, heavy, heavy, light, light], DAY) == (heavy,) * 5
    assert bw.reach_grades([heavy, heavy, light, light], DAY) == (heavy, heavy, light, light)


def test_village_water() -> None:
    assert not bw.rural({"sd_cm": D(25), "do": D(2), "nh3n": D(15)}, DAY)
    assert bw.rural({"sd_cm": D(30), "do": D("1.9")}, DAY)
    assert bw.rural({"nh3n": D("15.1")}, DAY)
