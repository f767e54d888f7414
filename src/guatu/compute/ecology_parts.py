"""The five parts of EI from what a region has: land, vegetation, water, stress and load (HJ 192-2015)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact
from guatu.errors import ComputeError

LOADS = ("cod", "nh3n", "so2", "dust", "nox", "solid")


def habitat_quality(areas: Mapping[str, Exact], day: date) -> Fraction:
    """生境质量指数 from the areas [km²] of every kind of land, by the names of the standard (有林地, 水田, …).

    Their sum is the area of the region. Raises ComputeError (G-ECO-02) for a kind of land it does not name, (G-ECO-03)
    where there is no area.
    """
    rule = rules.at("ei.habitat", day).value
    weights = {
        name: Fraction(rule["kinds"][kind]) * Fraction(share)
        for kind, shares in rule["shares"].items()
        for name, share in shares.items()
    }
    if strange := [name for name in areas if name not in weights]:
        raise ComputeError.of(
            f"unknown land {strange}",
            "G-ECO-02",
            "土地利用面积",
            f"不认识 {'、'.join(strange)}",
            "不知按哪一类加权",
            f"写 {'、'.join(weights)}",
        )
    whole = sum((Fraction(area) for area in areas.values()), Fraction(0))
    weighed = sum((weights[name] * Fraction(area) for name, area in areas.items()), Fraction(0))
    return Fraction(rule["coef"]) * weighed / _area(whole)


def biology(habitat: Exact, diversity: Exact) -> Fraction:
    """生物丰度指数: half habitat quality, half 生物多样性指数; without the latter only its change can be told."""
    return (Fraction(habitat) + Fraction(diversity)) / 2


def vegetation(ndvi: Exact, day: date) -> Fraction:
    """植被覆盖指数 from the region's mean of monthly highest NDVI, May to September, scaled by 10000 (rule M)."""
    return Fraction(rules.at("ei.vegetation", day).value["coef"]) * Fraction(ndvi)


def water_network(river_km: Exact, lake_km2: Exact, resource: Exact, usual: Exact, area: Exact, day: date) -> Fraction:
    """水网密度指数 from river length [km], lake area [km²], water resource of the year and its many-year mean, area.

    resource, usual: 百万立方米. In a year of flood (above 1.4 times the mean) more water counts as less.
    """
    rule = rules.at("ei.water_network", day).value
    ratio = Fraction(resource) / _area(Fraction(usual))
    counted = Fraction(resource)
    if ratio > Fraction(rule["flood"]):
        counted = Fraction(0)
    elif ratio > Fraction(rule["ordinary"]):
        counted = Fraction(usual) * (Fraction(rule["flood"]) - ratio)
    pairs = (("river", Fraction(river_km)), ("lake", Fraction(lake_km2)), ("resource", counted))
    whole = sum((Fraction(rule[name]) * amount for name, amount in pairs), Fraction(0))
    return whole / (len(pairs) * _area(Fraction(area)))


def land_stress(severe: Exact, moderate: Exact, built: Exact, other: Exact, area: Exact, day: date) -> Fraction:
    """土地胁迫指数 from areas [km²] of severe and moderate erosion, built land and other stress."""
    rule = rules.at("ei.land_stress", day).value
    given = {"severe": severe, "moderate": moderate, "built": built, "other": other}
    stressed = sum((Fraction(rule[name]) * Fraction(part) for name, part in given.items()), Fraction(0))
    return Fraction(rule["coef"]) * stressed / _area(Fraction(area))


def pollution_load(tons: Mapping[str, Exact], rain_mm: Exact, area: Exact, day: date) -> Fraction:
    """污染负荷指数 from discharges of the year [t] ``cod nh3n so2 dust nox solid``, rain [mm] and area [km²].

    Those to water are set against rain and area, those to air and of solid waste against the area. Raises ComputeError
    (G-ECO-01) when one is missing.
    """
    if missing := [name for name in LOADS if name not in tons]:
        raise ComputeError.of(
            f"loads missing: {missing}",
            "G-ECO-01",
            "污染物排放量",
            f"缺 {'、'.join(missing)}",
            "缺一项就会偏低",
            "补齐六项排放量",
        )
    rule = rules.at("ei.pollution_load", day).value
    against = {"water": _area(Fraction(rain_mm)) * _area(Fraction(area)), "land": _area(Fraction(area))}
    return sum(
        (
            Fraction(weight) * Fraction(coef) * Fraction(tons[name]) / against[side]
            for side in ("water", "land")
            for name, (weight, coef) in rule[side].items()
        ),
        Fraction(0),
    )


def _area(amount: Fraction) -> Fraction:
    if amount <= 0:
        raise ComputeError.of(
            "nothing to divide by",
            "G-ECO-03",
            "面积、降水量或多年平均水资源量",
            "是 0 或没有",
            "除不出指数",
            "核对后补上",
        )
    return amount
