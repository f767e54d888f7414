"""A target's course through the year, day by day: what a chart draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guatu.load.workspace import Workspace
from guatu.read.plan import Target


@dataclass(frozen=True, slots=True)
class Course:
    """Day by day, all tuples of one length; None where the day is not valid.

    daily: the day's figure [unit] (for the good-day ratio the day's AQI); cumulative: the figure from the first day
    of the period to that day, one decimal; aqi, level (1 to 6) and primary of the day; good: whether AQI ≤ 100.
    For a scope of several places daily is their mean and aqi, level, primary and good are None; see parts.
    parts: the courses of the member places, by scope name.
    last_year: the daily figures of the same days a year before.
    """

    indicator: str
    scope: str
    unit: str
    days: tuple[date, ...]
    daily: tuple[Decimal | None, ...]
    cumulative: tuple[Decimal | None, ...]
    aqi: tuple[int | None, ...]
    level: tuple[int | None, ...]
    primary: tuple[str | None, ...]
    good: tuple[bool | None, ...]
    last_year: tuple[Decimal | None, ...] = ()
    parts: tuple[Course, ...] = ()


def course_of(ws: Workspace, target: Target, as_of: date) -> Course:
    """The course of a target from the first day of its period to the day given."""
    raise NotImplementedError
