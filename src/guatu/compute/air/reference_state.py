"""Gas concentrations before and after 2018-09-01 stand for different states; a trend across it needs one state."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from guatu import rules
from guatu.base.exact import Exact
from guatu.compute.air.pollutants import species

GASES = ("so2", "no2", "co", "o3", "nox")


def at_reference_of(value: Exact, column: str, measured: date, wanted: date, kelvin: str = "kelvin") -> Fraction:
    """A concentration measured under the reference state of one day, as the state of another day has it.

    Gases: C2 = C1 T1 p2 / (T2 p1) (GB 3095 3.14; 298.15 K since the amendment of 2018). Particles are at actual
    temperature and pressure and stay. kelvin: ``kelvin`` (273.15 K) or ``printed_kelvin`` (273 K as printed before).
    """
    if species(column) not in GASES:
        return Fraction(value)
    was = rules.at("gb3095.reference_state", measured).value
    now = rules.at("gb3095.reference_state", wanted).value
    warmth = Fraction(was[kelvin]) / Fraction(now[kelvin])
    return Fraction(value) * warmth * Fraction(now["kilopascal"]) / Fraction(was["kilopascal"])
