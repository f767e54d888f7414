"""The two ecological indices of a region, EI (HJ 192-2015) and EQI (环监测〔2021〕99号): never one for the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from guatu import rules
from guatu.base.exact import Exact, half_even
from guatu.errors import ComputeError

Kind = Literal["EI", "EQI"]
_INVERSE = ("land_stress", "pollution_load", "stress")


def ei(parts: Mapping[str, Exact], limit: int, day: date) -> Decimal:
    """EI from its five parts [0 to 100] and the environment limit index (a whole number, zero or below).

    parts: ``biology vegetation water land_stress pollution_load``; each at most 100 and rounded to 1 decimal before
    weighting, EI rounded to 1 decimal (HJ 192-2015 5). Raises ComputeError (G-ECO-01) when one is missing.
    """
    rule = rules.at("ei.rounding", day).value
    top = Decimal(rule["top"])
    kept = {name: half_even(min(Fraction(value), Fraction(top)), rule["part"]) for name, value in parts.items()}
    return half_even(_weighted(kept, "ei.weights", day) + limit, rule["index"])


def eqi(parts: Mapping[str, Exact], day: date) -> Fraction:
    """EQI from ``pattern function biodiversity stress`` [0 to 100], unrounded (weights from memory, see the rule)."""
    return _weighted(parts, "eqi.weights", day)


def grade(index: Exact, kind: Kind, day: date) -> str:
    """优 to 差 of EI, 一类 to 五类 of EQI, by the index as it is given: round first what is printed rounded."""
    bands = rules.at("ei.grades" if kind == "EI" else "eqi.classes", day).value
    return next((str(name) for bottom, name in bands if index >= Decimal(bottom)), str(bands[-1][1]))


def change(before: Exact, after: Exact, kind: Kind, day: date) -> str:
    """How the index changed: 无明显变化, 略微/明显/显著变好/变差 of EI; 基本稳定, 轻微/一般/明显变好/变差 of EQI."""
    step = Fraction(after) - Fraction(before)
    bands = rules.at("ei.change" if kind == "EI" else "eqi.change", day).value
    word = next(str(name) for bottom, name in bands if abs(step) >= Fraction(bottom))
    if not word:
        return "无明显变化" if kind == "EI" else "基本稳定"
    return word + ("变好" if step > 0 else "变差")


def _weighted(parts: Mapping[str, Exact], rule_id: str, day: date) -> Fraction:
    weights = rules.at(rule_id, day).value
    missing = [name for name in weights if name not in parts]
    if missing:
        raise ComputeError.of(
            f"parts missing: {missing}",
            "G-ECO-01",
            "生态指数的分指数",
            f"缺 {'、'.join(missing)}",
            "缺一项就不能合成",
            "补齐各分指数",
        )
    return sum(
        (
            Fraction(weight) * (100 - Fraction(parts[name]) if name in _INVERSE else Fraction(parts[name]))
            for name, weight in weights.items()
        ),
        Fraction(0),
    )
