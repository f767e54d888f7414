"""Trend of a pollutant over years: Spearman's coefficient against exact critical values (HJ 663)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact
from guatu.compute.trend import spearman
from guatu.errors import ComputeError

_ONE_SIDED = {("0.05", "one"): "0.05", ("0.05", "two"): "0.025", ("0.025", "one"): "0.025", ("0.01", "one"): "0.01"}


@dataclass(frozen=True, slots=True)
class YearlyTrend:
    """The coefficient, the exact critical value it was held against (None: the table has none for n), the words."""

    coefficient: Fraction
    critical: Fraction | None
    alpha: str
    sided: str
    words: str


def yearly_trend(values: Sequence[Exact], alpha: str = "0.05", sided: str = "one") -> YearlyTrend:
    """显著上升 or 显著下降 where |γ| reaches the critical value, else 变化不显著; 无法判定 where the table has none.

    values: yearly figures in order, at least five, mid-ranks for ties. alpha ``0.05``, ``0.025`` or ``0.01``, sided
    ``one`` or ``two``: which of them HJ 663 附录B prints has not been seen, so both are the caller's.
    Errors: ComputeError G-TREND-01 (fewer than five years), G-AIR-09 (no such table).
    """
    table = _ONE_SIDED.get((alpha, sided))
    if table is None:
        raise ComputeError.of(
            f"no critical values for alpha {alpha}, {sided}-sided",
            "G-AIR-09",
            f"参数 alpha={alpha}、sided={sided}",
            "没有这种临界值表",
            "不能判断趋势是否显著",
            "用 0.05 单侧或双侧、0.025 单侧、0.01 单侧",
        )
    coefficient = spearman(values)
    printed = rules.timeline(f"spearman.critical.{table}")[-1].value.get(str(len(values)))
    if printed is None:
        return YearlyTrend(coefficient, None, alpha, sided, "无法判定")
    critical = attainable(Fraction(printed), len(values))
    reaches = abs(coefficient) >= critical
    words = ("显著上升" if coefficient > 0 else "显著下降") if reaches else "变化不显著"
    return YearlyTrend(coefficient, critical, alpha, sided, words)


def attainable(printed: Fraction, n: int) -> Fraction:
    """The coefficient that a printed critical value stands for: 0.829 of six years is 29/35 = 0.82857…

    Without ties Σd² is even, so coefficients lie 12 / (n³ - n) apart, farther than three decimals blur.
    """
    step = Fraction(12, n**3 - n)
    return 1 - step * round((1 - printed) / step)
