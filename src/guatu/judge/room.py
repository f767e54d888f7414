"""What is left to the end of the year: the mean the rest must keep, or the bad days still to spend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Room:
    """Room left for one target on one day.

    kind: ``mean`` or ``days``; outcome: ``open``, ``secured`` (cannot be lost any more), ``lost`` (cannot be met any
    more); days_left: calendar days of the period still to come; valid, expected: days used and days gone by.
    For means [the target's unit]: rest is the largest mean of the remaining days that still meets the target as it
    is judged (rounded down to 0.1), rest_strict the same against the bare number without the slack of rounding,
    rest_calendar the running mean weighed by calendar days instead of valid days; last_year the mean of the same
    remaining stretch a year before.
    For days: bad_used, bad_left (more bad days than that lose it; negative: lost), bad_left_calendar the same with
    all calendar days as the base; first_loss the earliest day it can be lost, if every coming day is bad;
    last_open the last day it can still be lost, if every day until then is good; last_year the bad days of the same
    remaining stretch a year before.
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
    flags: tuple[str, ...] = ()
