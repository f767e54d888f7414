"""Targets typed for the tests."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from guatu.base.period import Period
from guatu.base.value import Value
from guatu.read.plan import Target


def pm25(limit: str, *, stretch: str | None = None, decimals: int | None = None, scope: str = "单站") -> Target:
    aspired = Decimal(stretch) if stretch else None
    return Target(
        "T", "二", "PM2.5", scope, "<=", Decimal(limit), "ug/m3", "",
        indicator_id="pm25_mean", stretch=aspired, decimals=decimals,
    )  # fmt: skip


def good_days(ratio: str, *, decimals: int | None = None, scope: str = "单站", op: str = ">=") -> Target:
    return Target(
        "T", "二", "优良天数", scope, op, Decimal(ratio), "%", "", indicator_id="aqi_good_ratio", decimals=decimals
    )


def value(raw: str | Fraction | None, *, reason: str = "", indicator: str = "pm25_mean", year: str = "2021") -> Value:
    exact = None if raw is None else Fraction(raw)
    shown = None if exact is None else Decimal(round(exact * 10)) / 10
    return Value(indicator, "单站", Period.of(year), shown, "µg/m³", raw=exact, reason=reason)
