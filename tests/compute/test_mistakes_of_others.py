"""Mistakes met in public implementations of water, soil and ecology: each with the figure that tells it apart.

One test for each entry of ``standards/mistakes.toml``, in its order; what belongs to a room that guatu does not have
(turbidity from satellites) is named at the end, so that the count stays honest.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from guatu import rules
from guatu.compute import ecology, groundwater, lakes, soil, surface_water

DAY = date(2021, 9, 1)
NOT_HERE = ("Dogliotti",)


def graded(**columns: object) -> tuple[int, str | None]:
    """Class and deciding items of one sample."""
    row = surface_water.sample_class(pl.DataFrame({name: [value] for name, value in columns.items()}))
    return row["class"][0], row["deciding"][0]


def m01_a_non_detect_is_class_one() -> None:
    assert groundwater.sample_class(pl.DataFrame({"硝酸盐": ["0.016L"]}))["class"].to_list() == [1]


def m02_nitrogen_sets_no_class_of_a_river_and_source_items_have_none() -> None:
    second = {"codmn": 3.0, "nh3n": 0.4, "tp": 0.08}
    assert graded(**second, tn=3.0, fecal=50000.0) == graded(**second)
    assert graded(**second)[0] == 2
    assert "硫酸盐" not in rules.at("water.programme.21", DAY).value


def m03_oxygen_is_class_one_by_saturation_too() -> None:
    assert surface_water.one_class("do", Decimal("7.2"), DAY, saturation=Decimal(93)) == 1
    assert surface_water.one_class("do", Decimal("7.2"), DAY) == 2


def m04_a_sum_of_twenty_items_has_no_value() -> None:
    means = dict.fromkeys(surface_water.programme("21", DAY), Decimal(1))
    assert surface_water.cwqi(means, DAY).value is not None
    del means["tp"]
    short = surface_water.cwqi(means, DAY)
    assert (short.value, short.missing) == (None, ("tp",))
    assert surface_water.cwqi({**means, "tp": Decimal(1), "do": Decimal(0)}, DAY).value is None


def m05_weights_sum_to_one_and_clearness_counts() -> None:
    assert sum(lakes.weights(lakes.items()).values()) == 1
    assert lakes.index_of("sd", Decimal(1)) > lakes.index_of("sd", Decimal(2))
    assert graded(codmn=2.0, nh3n=0.1, tp=0.35) == (5, "tp")  # the worst item, no vote of three


def m06_phosphorus_is_in_milligrams() -> None:
    assert round(lakes.index_of("tp", Decimal("0.05")), 2) == Decimal("45.71")


def m07_a_missing_item_is_named_and_never_filled() -> None:
    row = lakes.tli(pl.DataFrame({"chla": [10.0], "tp": [0.05], "tn": [1.0], "codmn": [4.0]})).row(0, named=True)
    assert row["missing"] == "sd"
    four = {item: lakes.index_of(item, Decimal(value)) for item, value in
            (("chla", "10"), ("tp", "0.05"), ("tn", "1"), ("codmn", "4"))}  # fmt: skip
    assert row["tli"] == float(round(lakes.combine(four), 4))


def m08_two_stations_are_averaged_and_the_last_does_not_win() -> None:
    frame = pl.DataFrame({"lake": ["湖", "湖"], "point": ["东", "西"], "tp": [0.02, 0.08]})
    whole = lakes.whole(frame).row(0, named=True)
    assert whole["tp"] == 0.05
    assert round(whole["tli"], 2) == 45.71


def m09_the_square_of_nitrogen_and_the_index_of_means() -> None:
    assert rules.timeline("tli.r2")[-1].value["tn"] == "0.6724"
    frame = pl.DataFrame({"lake": ["湖", "湖"], "point": ["东", "西"], "tp": [0.01, 0.09]})
    of_means = lakes.whole(frame)["tli"][0]
    mean_of = sum(lakes.tli(frame.select("tp"))["tli"]) / 2
    assert of_means - mean_of > 4  # ln is concave: 45.71 against 41.4


def m10_five_sections_go_by_shares_and_four_by_their_mean() -> None:
    def river(values: list[float]) -> tuple[float | None, str]:
        names = [f"断面{k}" for k, _ in enumerate(values)]
        frame = pl.DataFrame({"river": ["河"] * len(values), "section": names, "codmn": values})
        row = surface_water.river(frame.with_columns(time=pl.lit(date(2021, 9, 1)))).row(0, named=True)
        return row["good_pct"], row["grade"]

    assert river([2.0, 2.0, 2.0, 2.0, 20.0]) == (80.0, "良好")
    assert river([2.0, 2.0, 2.0, 20.0])[1] == "轻度污染"  # mean 6.5 is Ⅳ, while 75 % good would be 良好


def m11_forty_per_cent_of_the_worst_is_heavy_at_sixty_per_cent_good() -> None:
    assert surface_water.rating(Decimal(60), Decimal(40), DAY) == "重度污染"


def m12_the_21_items_hold_cod_and_not_nitrogen() -> None:
    items = surface_water.programme("21", DAY)
    assert len(items) == 21 and "cod" in items and "tn" not in items


def m13_soil_has_85_items_of_which_45_basic() -> None:
    basic, other = (rules.timeline(f"gb36600.{part}")[-1].value for part in ("basic", "other"))
    assert (len(basic), len(other)) == (45, 40)


def m14_paddy_and_acidity_each_have_their_limit() -> None:
    assert soil.screening("cd", Decimal("7.6"), "paddy", DAY) == Decimal("0.8")
    assert soil.screening("cd", Decimal("7.6"), "other", DAY) == Decimal("0.6")
    assert soil.screening("cd", Decimal("5.0"), "paddy", DAY) == Decimal("0.3")


def m15_above_the_control_value_is_strict_control_and_a_multiple_is_the_excess() -> None:
    assert soil.farmland({"cd": Decimal("3.5")}, Decimal("6.8"), "other", DAY)[0] == "严格管控类"
    assert surface_water.times_over(Decimal("1.2"), Decimal("1.0")) == Fraction(1, 5)


def m16_parts_are_clipped_and_the_grade_is_of_the_rounded_index() -> None:
    parts = dict.fromkeys(("biology", "vegetation", "water", "land_stress", "pollution_load"), Decimal(0))
    assert ecology.ei({**parts, "biology": Decimal(103)}, 0, DAY) == ecology.ei(
        {**parts, "biology": Decimal(100)}, 0, DAY
    )
    assert ecology.grade(Decimal("75.0"), "EI", DAY) == "优"
    assert ecology.grade(Decimal("74.96"), "EI", DAY) == "良"  # as it is given: round first what is printed rounded


def m18_lakes_and_rivers_have_their_own_phosphorus() -> None:
    assert surface_water.one_class("tp", Decimal("0.06"), DAY, "lake") == 4
    assert surface_water.one_class("tp", Decimal("0.06"), DAY, "river") == 2


CHECKS = [check for name, check in sorted(globals().items()) if name.startswith("m") and name[1:3].isdigit()]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_mistake_is_not_made(check: Callable[[], None]) -> None:
    check()


def test_every_entry_has_its_test(shared: Callable[..., Path]) -> None:
    entries = tomllib.loads(shared("standards", "mistakes.toml").read_text(encoding="utf-8"))["m"]
    elsewhere = [entry for entry in entries if any(word in entry["repo"] + entry["what"] for word in NOT_HERE)]
    assert len(CHECKS) + len(elsewhere) == len(entries)
