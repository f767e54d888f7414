"""Figures of air for a bulletin: the official one where there is one, else the computed, as the bulletin prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.compute.air.composite import composite
from guatu.judge.daily import days_of, members
from guatu.judge.figure import figure_of
from guatu.judge.indicators import AIR, good_aqi
from guatu.load.official import official_of
from guatu.load.workspace import Workspace
from guatu.report.paper import Number
from guatu.report.words import NOTHING

PRINTED = {"aqi_good_ratio": 1, "co_p95": 1}  # decimals of a bulletin; every other concentration is a whole number
FULL = {
    **{"pm25": "细颗粒物", "pm10": "可吸入颗粒物", "so2": "二氧化硫", "no2": "二氧化氮", "co": "一氧化碳"},
    "o3_8h": "臭氧",
}
OF_ITEM = {entry.item: entry.id for entry in AIR.values() if entry.item != "aqi"}


def month_before(period: Period) -> Period:
    """The month before a month."""
    last = period.first - timedelta(days=1)
    return Period(last.replace(day=1), last)


def air_number(
    ws: Workspace, indicator: str, scope: str, period: Period, as_of: date, key: str = "", like: str = ""
) -> Number:
    """One figure of air as a bulletin prints it, official where published by the day.

    like: a printed figure it stands beside, whose decimals it takes where they are more than the bulletin's own: an
    official 21.7 is compared with 21.0, not with 21. The note names the computed figure beside an official one, each
    shortfall of data, or why there is no number.
    """
    value = figure_of(ws, AIR[indicator], scope, period, as_of, explained=False).value
    official = official_of(ws.data, indicator, scope, period, as_of)
    key = key or f"{scope}/{indicator}"
    address = f"{value.address}@{as_of}"
    if official is not None:
        ours = "无" if value.number is None else f"{value.number}"
        note = f"通报值 {official.value}（{official.paper}，{official.day}），计算值 {ours}"
        return Number(key, f"{official.value}", address, note=note)
    if value.raw is None:
        return Number(key, NOTHING, address, note=value.reason)
    return Number(
        key, printed(indicator, value.raw, like), address, note="；".join((value.reason, *value.flags)).strip("；")
    )


def printed(indicator: str, exact: Fraction, like: str = "") -> str:
    """A figure at the decimals of a bulletin: µg/m³ in whole numbers, CO and ratios to one decimal."""
    return f"{half_even(exact, max(PRINTED.get(indicator, 0), len(like.partition('.')[2])))}"


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a scope in a period: good and valid ones, days over, and which item was first how often."""

    good: Number
    valid: Number
    over: tuple[tuple[date, str, int, str], ...]
    primaries: tuple[tuple[str, int], ...]


def days_told(ws: Workspace, scope: str, period: Period, as_of: date, then: str = "") -> Days:
    """Good and valid days of a scope, summed over its places where it has several; days over limit by name."""
    found = ws.scope(scope, period.last)
    areas = [area for area in members(ws, found, period.last) if area.sites] if found else []
    good = valid = 0
    over: list[tuple[date, str, int, str]] = []
    for area in areas:
        for row in days_of(ws, area, period, as_of).iter_rows(named=True):
            if row["aqi"] is None:
                continue
            valid += 1
            good += row["aqi"] <= good_aqi()
            if row["aqi"] > good_aqi():
                over.append((row["date"], area.name, row["aqi"], row["primary"] or ""))
    counts: dict[str, int] = {}
    for _, _, _, primary in over:
        for one in primary.split(","):
            counts[one] = counts.get(one, 0) + 1
    told = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    address = f"aqi_good_ratio/{scope}/{period}@{as_of}"
    text = (f"{good}", f"{valid}") if valid else (NOTHING, NOTHING)
    return Days(
        Number(f"{scope}/good_days{then}", text[0], address),
        Number(f"{scope}/valid_days{then}", text[1], address),
        tuple(sorted(over)),
        told,
    )


def composite_number(scope: str, six: dict[str, Number], last: date, then: str = "") -> Number:
    """The composite index of the six printed numbers of a scope (环办〔2014〕64号), two decimals."""
    values = {
        item: None if six[indicator].text == NOTHING else Decimal(six[indicator].text)
        for item, indicator in OF_ITEM.items()
    }
    found = composite(values, rules.at("composite.limits", last).edition)
    of = tuple(one.key for one in six.values())
    return Number(f"{scope}/composite{then}", NOTHING if found is None else f"{found.index}", of=of)


def worst_single(scope: str, six: dict[str, Number], last: date, then: str = "") -> tuple[Number, str]:
    """The largest single index of the six printed numbers, and whose it is (环办〔2014〕64号)."""
    values = {
        item: None if six[indicator].text == NOTHING else Decimal(six[indicator].text)
        for item, indicator in OF_ITEM.items()
    }
    found = composite(values, rules.at("composite.limits", last).edition)
    of = tuple(one.key for one in six.values())
    if found is None:
        return Number(f"{scope}/worst{then}", NOTHING, of=of), NOTHING
    names = "、".join(FULL[item] for item in found.primary)
    return Number(f"{scope}/worst{then}", f"{max(found.singles.values())}", of=of), names
