"""What is left to the end of the year: the mean the rest must keep, or the bad days still to spend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.judge.indicators import GOOD_DAYS, MEANS, good_aqi, judged_decimals
from guatu.read.plan import Target

Daily = Mapping[str, Mapping[date, int | Decimal | None]]
"""By member place, by day: the day's mean, or for the good-day ratio the day's AQI; None or absent: not valid."""
TENTH = Decimal("0.1")
WHOLE = 100
NOT_THEN = "，没有去年同期的数"


@dataclass(frozen=True, slots=True)
class Room:
    """Room left for one target on one day.

    kind: ``mean`` or ``days``; outcome: ``open``, ``secured`` (cannot be lost any more), ``lost`` (cannot be met any
    more); days_left: calendar days of the period still to come; valid, expected: days used and days gone by, over
    all member places.
    For means [the target's unit]: rest is the largest mean of the remaining days that still meets the target as it
    is judged (rounded down to 0.1), rest_strict the same against the bare number without the slack of rounding,
    rest_calendar the strict one with the running mean weighed by calendar days instead of valid days; last_year the
    mean of the same remaining stretch a year before.
    For days: bad_used, bad_left (more bad days than that lose it; negative: lost), bad_left_calendar the same with
    all calendar days as the base; first_loss the earliest day it can be lost, if every coming day is bad;
    last_open the last evening on which it can still be lost, if every day until then is good; last_year the bad
    days of the same remaining stretch a year before. Of several places their days are counted together.
    sentence: the room in one Chinese sentence.
    """

    kind: str
    outcome: str
    days_left: int
    valid: int
    expected: int
    rest: Decimal | None = None
    rest_strict: Decimal | None = None
    rest_calendar: Decimal | None = None
    bad_used: int | None = None
    bad_left: int | None = None
    bad_left_calendar: int | None = None
    first_loss: date | None = None
    last_open: date | None = None
    last_year: Decimal | None = None
    sentence: str = ""


def room_of(target: Target, daily: Daily, period: Period, as_of: date, last_year: Daily | None = None) -> Room | None:
    """Room left after a day; None for a target that is no ``<=`` of a mean or ``>=`` of the good-day ratio.

    R = (T·N − Σ)/(N − n) from unrounded sums, N = valid days so far + all days to come; of several places the mean of
    their means. Good days: the least g with g/N judged at the target's decimals not below the target.
    last_year: the days of the same stretch a year before.
    """
    if not isinstance(target.value, Decimal) or not daily:
        return None
    if target.indicator_id in GOOD_DAYS and target.op in (">=", ">"):
        return _days(target, target.value, daily, period, as_of, last_year)
    if target.indicator_id in MEANS and target.op == "<=":
        return _mean(target, target.value, daily, period, as_of, last_year)
    return None


def _mean(
    target: Target, limit: Decimal, daily: Daily, period: Period, as_of: date, last_year: Daily | None
) -> Room | None:
    decimals = judged_decimals(target, period.last)
    left, gone = period.after(as_of), period.until(as_of).days
    known = [[v for v in days.values() if v is not None] for days in daily.values()]
    sums = [(_total(values), len(values)) for values in known]
    places, valid = len(sums), sum(count for _, count in sums)
    top = Fraction(limit) + Fraction(1, 2 * 10**decimals)
    closed = half_even(top, decimals) <= limit
    if valid == 0:
        return None
    if left == 0:
        means = [total / count for total, count in sums if count]
        met = len(means) == places and half_even(sum(means, Fraction()) / places, decimals) <= limit
        outcome = "secured" if met else "lost"
        return Room("mean", outcome, 0, valid, gone * places, sentence="全年已过，没有余下的天数")
    settled = sum((total / (count + left) for total, count in sums), Fraction()) / places
    weight = sum((Fraction(left, count + left) for _, count in sums), Fraction()) / places
    rest = (top - settled) / weight
    strict = (Fraction(limit) - settled) / weight
    running = sum((total / max(1, count) for total, count in sums), Fraction()) / places
    calendar = (Fraction(limit) * (gone + left) - running * gone) / left
    before = _mean_of(last_year)
    lost = rest < 0 or (rest == 0 and not closed)
    sentence = f"余下 {left} 天均值须不高于 {_down(rest, closed)} 微克/立方米"
    sentence += NOT_THEN if before is None else f"，去年同期为 {half_even(before, 1)}"
    return Room(
        "mean",
        "lost" if lost else "open",
        left,
        valid,
        gone * places,
        rest=_down(rest, closed),
        rest_strict=_down(strict, True),
        rest_calendar=_down(calendar, True),
        last_year=None if before is None else half_even(before, 1),
        sentence="余下各天即使为零，全年也不能达标" if lost else sentence,
    )


def _days(
    target: Target, ratio: Decimal, daily: Daily, period: Period, as_of: date, last_year: Daily | None
) -> Room | None:
    decimals = judged_decimals(target, period.last)
    left, gone = period.after(as_of), period.until(as_of).days
    places = len(daily)
    aqi = [value for days in daily.values() for value in days.values() if value is not None]
    if not aqi:
        return None
    limit = good_aqi()
    bad = sum(value > limit for value in aqi)
    spare = bad_days_allowed(ratio, len(aqi) + left * places, decimals, target.op) - bad
    calendar = bad_days_allowed(ratio, (gone + left) * places, decimals, target.op) - bad
    before = _bad_in(last_year)
    outcome = "lost" if spare < 0 else "secured" if left * places <= spare else "open"
    together = f"{places} 个地区合计" if places > 1 else ""
    words = {
        "lost": f"{together}已超出 {-spare} 天，全年不能达标",
        "secured": "余下各天即使都超标，全年也达标",
        "open": f"{together}还可超标 {spare} 天" + (NOT_THEN if before is None else f"，去年同期超标 {before} 天"),
    }
    first = as_of + timedelta(days=-(-(spare + 1) // places))
    return Room(
        "days",
        outcome,
        left,
        len(aqi),
        gone * places,
        bad_used=bad,
        bad_left=spare,
        bad_left_calendar=calendar,
        first_loss=first if outcome == "open" else None,
        last_open=period.last - timedelta(days=spare // places + 1) if outcome == "open" else None,
        last_year=None if before is None else Decimal(before),
        sentence=words[outcome] if left else "全年已过，没有余下的天数",
    )


def bad_days_allowed(ratio: Decimal, days: int, decimals: int, op: str = ">=") -> int:
    """The most bad days among so many valid days with the ratio [%], judged at its decimals, still met; -1 if none.

    A ratio of 100 % is not reached by rounding, so it allows none (see guatu.judge.status).
    """

    def met(good: int) -> bool:
        exact = Fraction(100 * good, days)
        judged = exact if ratio == WHOLE else half_even(exact, decimals)
        return judged > ratio if op == ">" else judged >= ratio

    low, high = 0, days + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if middle == days + 1 or met(middle) else (middle + 1, high)
    return days - low


def _down(x: Fraction, closed: bool) -> Decimal:
    """The largest tenth that is still inside the bound."""
    tenth = Decimal((x * 10).__floor__()) * TENTH
    inside = tenth if closed or Fraction(tenth) < x else tenth - TENTH
    return inside.quantize(TENTH, ROUND_FLOOR)


def _total(values: Sequence[int | Decimal]) -> Fraction:
    """The exact sum; whole numbers, of which a year of most pollutants is made, are added as such."""
    whole = sum(v for v in values if isinstance(v, int))
    return sum((Fraction(v) for v in values if not isinstance(v, int)), Fraction(whole))


def _mean_of(daily: Daily | None) -> Fraction | None:
    """Mean of the places' means; None where a place has no valid day."""
    means = []
    for days in (daily or {}).values():
        values = [v for v in days.values() if v is not None]
        if not values:
            return None
        means.append(_total(values) / len(values))
    return sum(means, Fraction()) / len(means) if means else None


def _bad_in(daily: Daily | None) -> int | None:
    values = [v for days in (daily or {}).values() for v in days.values() if v is not None]
    limit = good_aqi()
    return sum(v > limit for v in values) if values else None
