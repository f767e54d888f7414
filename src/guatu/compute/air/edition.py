"""Which edition of a standard judges a day: by date, or one edition for all days where a reading asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import polars as pl

from guatu import rules
from guatu.errors import ComputeError

READINGS = ("by_date", "2012", "2026")
"""Readings of a year that two editions share: each day by the edition of its day, or one edition for all."""

Span = tuple[date | None, date | None, Any]


def spans(rule_id: str, reading: str = "by_date") -> list[Span]:
    """(since, until, value) of a rule, oldest first, neighbours of equal value joined; None: without bound."""
    _check(reading)
    if reading != "by_date":
        return [(None, None, rules.of_edition(rule_id, reading).value)]
    dated = [(rule.since, rule.until, rule.value) for rule in rules.timeline(rule_id)]
    joined: list[Span] = []
    for value, group in groupby(dated, key=lambda span: span[2]):
        members = list(group)
        joined.append((members[0][0], members[-1][1], value))
    return joined


def by_day(rule_id: str, day: pl.Expr, reading: str, make: Callable[[Any], pl.Expr]) -> pl.Expr:
    """The expression that make builds from the value in force on each row's day; null where no rule is in force."""
    found = spans(rule_id, reading)
    expression: pl.Expr = pl.lit(None)
    for since, until, value in found:
        made = make(value)
        if since is None and until is None:
            return made
        within = day >= since if until is None else day.is_between(since, until)
        expression = pl.when(within).then(made).otherwise(expression)
    return expression


def eras(rule_id: str, reading: str) -> tuple[date, ...]:
    """The first days of the stretches in which one entry of a rule holds, oldest first; date.min: since ever."""
    _check(reading)
    entries = rules.timeline(rule_id) if reading == "by_date" else ()
    ends = [rule.until + timedelta(days=1) for rule in entries if rule.until is not None]
    return tuple(sorted({date.min, *(rule.since for rule in entries), *ends}))


def era_of(day: pl.Expr, firsts: tuple[date, ...]) -> pl.Expr:
    """Which of the stretches a day lies in, from 0; a row without a day lies in the first."""
    began = [(day >= first).fill_null(False).cast(pl.Int32) for first in firsts[1:]]
    return pl.sum_horizontal(began) if began else pl.lit(0, dtype=pl.Int32)


def in_force(rule_id: str, day: date, reading: str) -> Any:
    """The value of a rule on one day under a reading; None where no rule is in force."""
    for since, until, value in spans(rule_id, reading):
        if (since is None or since <= day) and (until is None or day <= until):
            return value
    return None


def _check(reading: str) -> None:
    if reading not in READINGS:
        raise ComputeError.of(
            f"no reading {reading!r}",
            "G-AIR-08",
            f"参数 reading={reading}",
            "没有这种口径",
            "跨标准的年份须说明按哪一版评价",
            f"从 {'、'.join(READINGS)} 中选一个",
        )
