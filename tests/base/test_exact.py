"""GB/T 8170 and HJ 633 6.2 on exact ratios: published cases and an oracle in fractions."""

from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.base.exact import ceiling_ratio, half_even, half_even_quotient

# GB/T 8170-2008 3.2: below five is dropped, above five carries, five alone goes to the even digit.
GB_T_8170 = [
    ("12.1498", 1, "12.1"),
    ("12.1498", 0, "12"),
    ("1268", -2, "1.3E+3"),
    ("10.5002", 0, "11"),
    ("1.050", 1, "1.0"),
    ("0.35", 1, "0.4"),
    ("2500", -3, "2E+3"),
    ("3500", -3, "4E+3"),
    ("0.0325", 3, "0.032"),
    ("30.5", 0, "30"),
    ("31.5", 0, "32"),
    ("30.05", 1, "30.0"),
]


@pytest.mark.parametrize(("number", "decimals", "rounded"), GB_T_8170)
def test_half_even_follows_gb_t_8170(number: str, decimals: int, rounded: str) -> None:
    assert half_even(Decimal(number), decimals) == Decimal(rounded)


def test_the_national_half_year_change_is_6_2_not_6_3() -> None:
    """PM2.5 34 against 32, printed by the ministry as 6.2 %: the exact 6.25 ties to even."""
    assert half_even(Fraction(34 - 32, 32) * 100, 1) == Decimal("6.2")


def test_co_2_2_is_iaqi_55() -> None:
    """HJ 633-2012 6.2: (100-50)/(4-2)*(2.2-2)+50 is exactly 55, where a float gives 55.000000000000004."""
    assert 50 + ceiling_ratio((100 - 50) * (22 - 20), 40 - 20) == 55


numbers = st.integers(-(10**9), 10**9)
divisors = st.integers(1, 10**6)


@given(numbers, divisors)
def test_integer_forms_agree_with_exact_fractions(numerator: int, denominator: int) -> None:
    frame = pl.DataFrame({"a": [numerator], "b": [denominator]})
    nearest = frame.select(half_even_quotient(pl.col("a"), pl.col("b"))).item()
    exact = Fraction(numerator, denominator)
    assert abs(nearest - exact) <= Fraction(1, 2)
    assert abs(nearest - exact) < Fraction(1, 2) or nearest % 2 == 0
    above = ceiling_ratio(numerator, denominator)
    assert above - 1 < exact <= above


def test_a_tie_on_integers_goes_to_the_even_one() -> None:
    frame = pl.DataFrame({"sum": [25, 35, -25, -35], "n": [10, 10, 10, 10]})
    got = frame.select(half_even_quotient(pl.col("sum"), pl.col("n"))).to_series().to_list()
    assert got == [2, 4, -2, -4]
