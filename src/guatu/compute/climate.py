"""Energy and carbon intensity: drops, their product over years, and the path of a five-year target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact
from guatu.compute.rates import Rate, rate
from guatu.errors import ComputeError

_DEEP = Context(prec=36)
GEOMETRIC, LINEAR, TABLE = "geometric", "linear", "table"


def annual_drop(growth_pct: Exact, gdp_growth_pct: Exact) -> Fraction:
    """Drop of an intensity in a year [%]: 1 - (1 + g) / (1 + g of GDP at comparable prices)."""
    return 100 * (1 - (100 + Fraction(growth_pct)) / (100 + Fraction(gdp_growth_pct)))


def intensity_drop(now: tuple[Exact, Exact], base: tuple[Exact, Exact]) -> Fraction:
    """Drop between two years [%] from (CO2 or energy, GDP at the prices of the base year)."""
    return 100 * (1 - Fraction(now[0]) / Fraction(now[1]) / (Fraction(base[0]) / Fraction(base[1])))


def cumulative_drop(yearly_pct: Sequence[Exact]) -> Fraction:
    """Drop over years [%]: 1 - Π(1 - d), the product and never the sum."""
    left = Fraction(1)
    for drop in yearly_pct:
        left *= 1 - Fraction(drop) / 100
    return 100 * (1 - left)


@dataclass(frozen=True, slots=True)
class Path:
    """What a five-year target asks after each year [%, or t], and by which way of sharing: a status names it."""

    kind: str
    required: tuple[Decimal, ...]

    @property
    def name(self) -> str:
        """省级印发的年度表, 等比 or 等差."""
        return str(rules.timeline("climate.path")[-1].value[self.kind])

    def after(self, years: int) -> Decimal:
        """The cumulative value required after so many years of the plan. Raises ComputeError (G-PATH-02)."""
        if not 1 <= years <= len(self.required):
            raise ComputeError.of(
                f"year {years} of {len(self.required)}",
                "G-PATH-02",
                f"规划第 {years} 年",
                "不在这条路径的年份里",
                "没有这一年的进度要求",
                f"给出 1 至 {len(self.required)} 之间的年份",
            )
        return self.required[years - 1]


def geometric(target_pct: Exact, years: int | None = None) -> Path:
    """Required cumulative drop R_k = 1 - (1 - D)^(k/n) [%]: the path of an intensity without a printed table."""
    length = years or _plan_years()
    left = _DEEP.divide(_DEEP.subtract(100, _decimal(target_pct)), 100)
    steps = [_DEEP.power(left, _DEEP.divide(k, length)) for k in range(1, length)]
    return Path(GEOMETRIC, (*(_DEEP.multiply(100, _DEEP.subtract(1, step)) for step in steps), _decimal(target_pct)))


def linear(target: Exact, years: int | None = None) -> Path:
    """Required cumulative amount T·k/n: the path of tons without a yearly plan of the province."""
    length = years or _plan_years()
    return Path(LINEAR, tuple(_decimal(Fraction(target) * k / length) for k in range(1, length + 1)))


def printed(required: Sequence[Exact]) -> Path:
    """The path of a table the province printed; it goes before any computed one. Raises ComputeError (G-PATH-01)."""
    values = tuple(_decimal(one) for one in required)
    if not values or list(values) != sorted(values):
        raise ComputeError.of(
            "a cumulative path does not fall",
            "G-PATH-01",
            "年度进度表",
            "是空的，或后一年小于前一年",
            "累计进度不会下降",
            "核对是否把各年当年值填成了累计值",
        )
    return Path(TABLE, values)


def yearly_share(target_pct: Exact, years: int | None = None) -> Decimal:
    """The equal yearly drop of a five-year target [%]: 1 - (1 - D)^(1/n)."""
    return geometric(target_pct, years).required[0]


def on_path(actual: Exact, path: Path, years: int) -> bool:
    """Whether the cumulative value keeps the path; a single bad year does not matter while the sum of years holds."""
    return Fraction(actual) >= Fraction(path.after(years))


def share(part: Exact | None, whole: Exact | None) -> Rate:
    """A share of energy consumption [%], e.g. non-fossil over total primary energy, both in tce."""
    return rate(part, whole)


def reduction_progress(reviewed_tons: Sequence[Exact], target_tons: Exact) -> Rate:
    """Cumulative reviewed project reductions over the five-year target [%]; more than the target is allowed."""
    return rate(sum((Fraction(one) for one in reviewed_tons), Fraction(0)), target_tons, stock=True)


def combustion(tce: Mapping[str, Exact], factors: str, day: date) -> Fraction:
    """CO2 [t] of coal, oil, gas burnt [tce] by a named set of factors, ``ndrc_2014`` or ``mee_14_5``."""
    table = rules.at(f"climate.co2_per_tce.{factors}", day).value
    return sum((Fraction(amount) * Fraction(table[fuel]) for fuel, amount in tce.items()), Fraction(0))


def _plan_years() -> int:
    return int(rules.timeline("climate.plan_years")[-1].value)


def _decimal(number: Exact) -> Decimal:
    exact = Fraction(number)
    return _DEEP.divide(exact.numerator, exact.denominator)
