"""Soil: screening and control values of farmland and development land, and the rates of safe use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from guatu import rules
from guatu.base.exact import Exact
from guatu.compute.rates import Rate, rate
from guatu.errors import ComputeError

Land = Literal["paddy", "other", "orchard", "rotation"]
Plot = Literal["first", "second"]
PRIORITY, SAFE_USE, STRICT = "优先保护类", "安全利用类", "严格管控类"
_PLOT_COLUMN = {"first": 0, "second": 1}


def column_of(ph: Exact, day: date) -> int:
    """Which of the four pH columns of GB 15618-2018 a soil falls in; each upper end belongs to its column."""
    ends = rules.at("gb15618.bins", day).value
    return sum(Fraction(ph) > Fraction(end) for end in ends)


def bins(day: date) -> tuple[str, ...]:
    """The four pH columns as the standard prints them: ``pH<=5.5`` to ``pH>7.5``."""
    ends = rules.at("gb15618.bins", day).value
    inner = [f"{low}<pH<={high}" for low, high in pairwise(ends)]
    return (f"pH<={ends[0]}", *inner, f"pH>{ends[-1]}")


def screening(item: str, ph: Exact, land: Land, day: date) -> Decimal:
    """风险筛选值 [mg/kg] of farmland, GB 15618-2018 表1 and 表2; rotation of paddy and dry land takes the stricter."""
    return screening_in(item, column_of(ph, day), land, day)


def screening_in(item: str, column: int, land: Land, day: date) -> Decimal:
    """The same for one of the four pH columns (0 to 3). Raises ComputeError (G-SOIL-01) for an unknown item."""
    everywhere = rules.at("gb15618.screening.other", day).value
    if item in everywhere:
        return Decimal(everywhere[item])
    table = rules.at("gb15618.screening", day).value
    if item not in table:
        raise _unknown(item)
    lands = table[item]

    def of(kind: str) -> Decimal:
        return Decimal(lands.get(kind, lands.get("other", lands.get("any")))[column])

    return min(of("paddy"), of("other")) if land == "rotation" else of(land)


def control(item: str, ph: Exact, day: date) -> Decimal | None:
    """风险管制值 [mg/kg] of farmland, GB 15618-2018 表3; None where the standard sets none (cu, ni, zn, organics)."""
    return control_in(item, column_of(ph, day), day)


def control_in(item: str, column: int, day: date) -> Decimal | None:
    """The same for one of the four pH columns (0 to 3)."""
    if item not in rules.at("gb15618.names", day).value:
        raise _unknown(item)
    values = rules.at("gb15618.control", day).value.get(item)
    return None if values is None else Decimal(values[column])


def single_factor(content: Exact, limit: Exact) -> Fraction:
    """单因子指数: content over limit. It is no multiple of excess; that is ``times_over``, one less."""
    return Fraction(content) / Fraction(limit)


def farmland(contents: Mapping[str, Exact], ph: Exact, land: Land, day: date) -> tuple[str, tuple[str, ...]]:
    """The class of a farmland sample by its contents [mg/kg] and the items that set it.

    Up to every screening value 优先保护类; above a control value 严格管控类; between, 安全利用类 (to be settled with
    the crop).
    """
    if strict := [item for item, c in contents.items() if (top := control(item, ph, day)) is not None and c > top]:
        return STRICT, tuple(strict)
    over = [item for item, content in contents.items() if content > screening(item, ph, land, day)]
    return (SAFE_USE, tuple(over)) if over else (PRIORITY, ())


def plot_limits(item: str, plot: Plot, day: date) -> tuple[Decimal, Decimal]:
    """Screening and control value [mg/kg] of development land of the first or second class, GB 36600-2018."""
    table = rules.at("gb36600.basic", day).value | rules.at("gb36600.other", day).value
    if item not in table:
        raise _unknown(item)
    column = _PLOT_COLUMN[plot]
    return Decimal(table[item][column]), Decimal(table[item][column + len(_PLOT_COLUMN)])


def plot_over(
    contents: Mapping[str, Exact], plot: Plot, day: date, background: Mapping[str, Exact] | None = None
) -> dict[str, str]:
    """Items of a plot above the screening value (``筛选值``) or the control value (``管制值``).

    background: local soil background [mg/kg]; an item above screening but not above it is not counted (表1 注).
    """
    found: dict[str, str] = {}
    for item, content in contents.items():
        low, high = plot_limits(item, plot, day)
        if content > high:
            found[item] = "管制值"
        elif content > low and not (background and item in background and content <= background[item]):
            found[item] = "筛选值"
    return found


def farmland_safe_use(slight: Exact, moderate_up_to_standard: Exact, heavy_controlled: Exact, polluted: Exact) -> Rate:
    """受污染耕地安全利用率 [%]: (B + C + D) / E of areas in one unit, each area counted once (核算方法（试行）)."""
    return rate(Fraction(slight) + Fraction(moderate_up_to_standard) + Fraction(heavy_controlled), polluted)


def plot_safe_use(safe_area: Exact, reused_area: Exact) -> Rate:
    """Safe use of contaminated plots [%]: reused area up to the requirement over all reused; none: 不适用."""
    return rate(safe_area, reused_area)


def _unknown(item: str) -> ComputeError:
    return ComputeError.of(
        f"no soil limit for {item}",
        "G-SOIL-01",
        f"项目 {item}",
        "土壤标准的表里没有",
        "没有限值就无法判定",
        "核对项目名，或去掉这一项",
    )
