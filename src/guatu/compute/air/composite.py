"""The composite index of urban air quality (环办〔2014〕64号): C to its decimals, I = C/S to 2, then the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from guatu import rules
from guatu.base.exact import Exact, half_even, half_even_quotient
from guatu.compute.air.pollutants import DAILY, decimals


@dataclass(frozen=True, slots=True)
class Composite:
    """A composite index with its parts: single indices, the main pollutants of the period, the rule it follows."""

    index: Decimal
    singles: dict[str, Decimal]
    primary: tuple[str, ...]
    edition: str

    def share(self, pollutant: str) -> Decimal:
        """The share of one pollutant [%], 1 decimal, of the rounded single index in the rounded sum."""
        places = rules.timeline("composite.decimals")[-1].value["share"]
        return half_even(Fraction(self.singles[pollutant]) / Fraction(self.index) * 100, places)


def composite(
    concentrations: Mapping[str, Exact | None], edition: str = "2012", weights: str = "composite.weights"
) -> Composite | None:
    """The composite index of a period; None where one of the six is missing.

    concentrations: ``pm25 pm10 so2 no2`` period means [ug/m3], ``co`` 95th percentile [mg/m3], ``o3_8h`` 90th
    percentile [ug/m3]. edition: of the limits, ``2012``, ``2026`` or ``2026-final``; weights: the id of a rule of
    weights (plain sum by default; ``composite.weights_open`` has no official text).
    """
    if any(concentrations.get(name) is None for name in DAILY):
        return None
    limits = rules.of_edition("composite.limits", edition).value
    factors = rules.timeline(weights)[-1].value
    places = rules.timeline("composite.decimals")[-1].value["single"]
    singles = {}
    for name in DAILY:
        value = concentrations[name]
        assert value is not None
        rounded = half_even(value, decimals(name))
        singles[name] = half_even(Fraction(rounded) / Fraction(limits[name]), places)
    total = sum((singles[name] * int(factors[name]) for name in DAILY), start=Decimal(0))
    worst = max(singles.values())
    primary = tuple(name for name in DAILY if singles[name] == worst)
    return Composite(total, singles, primary, edition if weights == "composite.weights" else f"{edition}+{weights}")


def composite_hundredths(rounded: Mapping[str, pl.Expr], limits: Mapping[str, str]) -> pl.Expr:
    """The plain sum in hundredths from whole-number concentrations; null where one of the six is missing."""
    places = 10 ** int(rules.timeline("composite.decimals")[-1].value["single"])
    singles = [
        half_even_quotient(rounded[name] * places, int(Decimal(limits[name]) * 10 ** decimals(name))) for name in DAILY
    ]
    total = singles[0]
    for single in singles[1:]:
        total = total + single
    return total
