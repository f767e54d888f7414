"""What a class means in words: section grade, times over the limit, main pollutants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guatu import rules
from guatu.base.exact import half_even
from guatu.compute.classes import ROMAN
from guatu.compute.surface_water.items import name_of

Number = int | Decimal | Fraction


def section_grade(water_class: int, day: date) -> str:
    """优 (Ⅰ, Ⅱ), 良好 (Ⅲ), 轻度 (Ⅳ), 中度 (Ⅴ), 重度污染 (劣Ⅴ): 环办〔2011〕22号 二(一)1."""
    return str(rules.at("water.section_grade", day).value[water_class - 1][0])


def section_colour(water_class: int, day: date) -> str:
    """The colour a map gives the class: 蓝 绿 黄 橙 红."""
    return str(rules.at("water.section_grade", day).value[water_class - 1][1])


def limit_of(item: str, water_class: int, day: date, kind: str = "river") -> Decimal:
    """The limit of an item for class 1 to 5, GB 3838-2002 表1 [mg/L]; tp has its own of lakes."""
    table = rules.at("gb3838.table1", day).value
    return Decimal(table.get(f"{item}_{kind}", table.get(item))[water_class - 1])


def one_class(item: str, value: Number, day: date, kind: str = "river", *, saturation: Number | None = None) -> int:
    """The class 1 to 6 of one value [mg/L, fecal 个/L]: the best class whose limit it keeps.

    saturation: that of oxygen [%]; enough of it is class Ⅰ at any concentration (GB 3838-2002 表1 项目3).
    """
    if item == "do" and saturation is not None and saturation >= Decimal(rules.at("gb3838.do.saturation", day).value):
        return 1
    if item == "ph":
        low, high = (Decimal(bound) for bound in rules.at("gb3838.ph", day).value)
        return 1 if low <= value <= high else len(ROMAN)
    for water_class in range(1, len(ROMAN)):
        limit = limit_of(item, water_class, day, kind)
        if (value >= limit) if item == "do" else (value <= limit):
            return water_class
    return len(ROMAN)


def times_over(value: Number, limit: Number) -> Fraction:
    """超标倍数 (value - limit) / limit: how many times the limit the excess is, never value / limit."""
    return (Fraction(value) - Fraction(limit)) / Fraction(limit)


def main_pollutants(
    means: Mapping[str, Number], day: date, kind: str = "river"
) -> tuple[tuple[str, Decimal | None], ...]:
    """The first three items beyond class Ⅲ with their times over, None for ph and do (环办〔2011〕22号 一(三)).

    means: item → period mean as rounded. Cyanide and heavy metals first, then the worst class, then the larger
    times over. Empty when the section is 优 or 良好.
    """
    rule = rules.at("water.main_pollutants", day).value
    over = []
    for item, value in means.items():
        grade = one_class(item, value, day, kind)
        if grade <= rule["against"]:
            continue
        plain = item not in rule["no_multiple"]
        excess = times_over(value, limit_of(item, rule["against"], day, kind)) if plain else Fraction(0)
        over.append(
            (item not in rule["first"], -grade, -excess, item, half_even(excess, rule["decimals"]) if plain else None)
        )
    return tuple((item, times) for *_, item, times in sorted(over)[: rule["named"]])


def in_words(pollutants: Iterable[tuple[str, Decimal | None]], day: date) -> str:
    """``高锰酸盐指数(1.2)、溶解氧``: the main pollutants as a bulletin prints them."""
    return "、".join(name_of(item, day) + (f"({times})" if times is not None else "") for item, times in pollutants)


def pollutants_by_share(
    sections: Iterable[tuple[Mapping[str, Number], str]], day: date
) -> tuple[tuple[str, Fraction], ...]:
    """Of at least five sections (means, kind): the three items beyond class Ⅲ in the largest share (断面超标率)."""
    rule = rules.at("water.main_pollutants", day).value
    measured: Counter[str] = Counter()
    over: Counter[str] = Counter()
    for means, kind in sections:
        for item, value in means.items():
            measured[item] += 1
            over[item] += one_class(item, value, day, kind) > rule["against"]
    shares = sorted((-Fraction(over[item], measured[item]), item) for item in measured if over[item])
    return tuple((item, -share) for share, item in shares[: rule["named"]])
