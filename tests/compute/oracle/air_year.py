"""The year of a city in the oracle: means, percentiles, validity, good days, attainment, composite index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.compute.oracle import air_law as law
from tests.compute.oracle.air_day import Day
from tests.compute.oracle.air_index import daily_aqi
from tests.compute.oracle.air_number import half_even
from tests.compute.oracle.air_statistics import composite_index


@dataclass
class Year:
    """Annual figures; mean and percentile are exact, `printed` holds them at the statistic decimals."""

    year: int
    days: dict[str, int] = field(default_factory=dict)
    valid: dict[str, bool] = field(default_factory=dict)
    short: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mean: dict[str, Fraction | None] = field(default_factory=dict)
    percentile: dict[str, Fraction | None] = field(default_factory=dict)
    printed: dict[str, Fraction | None] = field(default_factory=dict)
    attained: dict[str, bool | None] = field(default_factory=dict)
    all_attained: bool | None = None
    good_days: int = 0
    valid_days: int = 0
    heavy_days: int = 0
    good_ratio: Fraction | None = None
    composite: Fraction | None = None


def percentile(values: Sequence[Fraction], percent: int) -> Fraction | None:
    """HJ 663 A.6: sorted ascending, k = 1 + (n-1) p/100, s = floor(k), X(s) + (X(s+1) - X(s)) (k - s).

    Where k is whole (n = 1, p = 100, ...) the second term is nought and X(s+1) is not read.
    """
    if not values:
        return None
    ordered = sorted(values)
    k = 1 + Fraction((len(ordered) - 1) * percent, 100)
    s = k.numerator // k.denominator
    if k == s:
        return ordered[s - 1]
    return ordered[s - 1] + (ordered[s] - ordered[s - 1]) * (k - s)


def shortfalls(days: Sequence[date]) -> tuple[str, ...]:
    """What a year of valid days lacks (GB 3095 Table 4): "year" below 324, "01".."12" below 27, "02" below 25.

    The same numbers in leap years: the table does not speak of them.
    """
    short = ["year"] if len(days) < law.YEAR_MIN_DAYS else []
    for month in range(1, 13):
        needed = law.FEBRUARY_MIN_DAYS if month == 2 else law.MONTH_MIN_DAYS
        if sum(1 for day in days if day.month == month) < needed:
            short.append(f"{month:02d}")
    return tuple(short)


def good_ratio(good: int, valid: int) -> Fraction | None:
    """Good days over VALID days in per cent, 1 dp half-even (air.md 3.7); nothing without a valid day."""
    return None if valid == 0 else half_even(Fraction(100 * good, valid), 1)


def attains(item: str, mean: Fraction | None, high: Fraction | None, limits: str) -> bool | None:
    """Annual mean <= annual limit and percentile <= day limit, both at evaluation decimals (HJ 663, air.md 3.3)."""
    annual, daily = law.LIMITS[limits][item]
    decimals = law.EVALUATION_DECIMALS[item]
    if mean is None or high is None:
        return None
    low_enough = annual is None or half_even(mean, decimals) <= annual
    return low_enough and half_even(high, decimals) <= daily


def year(
    number: int,
    city_days: Sequence[Day],
    of: str = "reported",
    edition: str | None = None,
    limits: str | None = None,
) -> Year:
    """The year from the city's days of that calendar year.

    of="reported": statistics are taken over the daily values as reported (integers, CO tenths: the raw data of HJ 663
    Table 3), then rounded once; of="unrounded": over the exact daily values. Only valid daily values enter, all of
    them (GB 3095-2026 6.4); a year short of days keeps its figures and says what it lacks.
    edition: AQI of every day by one named edition instead of its own date's (air.md 4). limits: of 31 December.
    """
    out = Year(number)
    own = [day for day in city_days if day.day.year == number]
    last = date(number, 12, 31)
    limits = limits or law.limits_of(last)
    for item in law.ITEMS:
        key = "o3_8h" if item == "o3" else item
        kept: list[tuple[date, Fraction]] = []
        for day in own:
            value = getattr(day, of)[key]
            if day.valid[key] and value is not None:
                kept.append((day.day, value))
        values = [value for _, value in kept]
        out.days[item] = len(values)
        out.short[item] = shortfalls([day for day, _ in kept])
        out.valid[item] = not out.short[item]
        out.mean[item] = sum(values, Fraction(0)) / len(values) if values else None
        out.percentile[item] = percentile(values, law.PERCENT[item])
        decimals = law.STATISTIC_DECIMALS[law.edition_of(last)][item]
        for name, value in ((f"{item}_mean", out.mean[item]), (f"{item}_p", out.percentile[item])):
            out.printed[name] = None if value is None else half_even(value, decimals)
        out.attained[item] = attains(item, out.mean[item], out.percentile[item], limits) if out.valid[item] else None
    verdicts = list(out.attained.values())
    out.all_attained = False if False in verdicts else (None if None in verdicts else True)
    for day in own:
        aqi = daily_aqi({**day.reported, "o3_1h": day.o3_1h}, day.day, edition).aqi
        if aqi is not None:
            out.valid_days += 1
            out.good_days += aqi <= 100
            out.heavy_days += aqi > 200
    out.good_ratio = good_ratio(out.good_days, out.valid_days)
    used: Mapping[str, Fraction | None] = {
        **{item: out.mean[item] for item in ("so2", "no2", "pm10", "pm25")},
        **{item: out.percentile[item] for item in ("co", "o3")},
    }
    out.composite = composite_index(used, limits)
    return out
