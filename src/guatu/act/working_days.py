"""Which days are worked: weekdays, less the holidays of the year, plus the weekend days worked instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from guatu.errors import ActError, Fault
from guatu.rules import book

HOLIDAYS = "calendar.holidays"
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """The arrangement of one calendar year: days off and weekend days worked, with the paper that fixed them."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    clause: str = ""
    confidence: str = ""

    @classmethod
    def of(
        cls, year: int, off: Iterable[Mapping[str, Any]], work: Iterable[date], clause: str, confidence: str
    ) -> Year:
        """One year from stretches {name, first, last} and single days; raises ActError (G-ACT-02) with every fault."""
        where = f"{year}年放假安排"
        faults = []
        days: set[date] = set()
        for stretch in off:
            first, last = stretch["first"], stretch["last"]
            if last < first or first.year != year or last.year != year:
                what = f"“{stretch.get('name', '')}”{first}至{last} 首尾颠倒或不在 {year} 年"
                faults.append(Fault("G-ACT-02", where, what, "这一年的工作日会算错", "按放假通知改正起止日"))
            days.update(first + ONE * n for n in range((last - first).days + 1))
        worked = frozenset(work)
        for day in sorted(worked):
            if day.weekday() < 5 or day.year != year:
                what = f"调休上班日 {day} 不是 {year} 年的周六、周日"
                faults.append(Fault("G-ACT-02", where, what, "平日本来就上班", "按放假通知改正"))
            if day in days:
                what = f"{day} 既放假又上班"
                faults.append(Fault("G-ACT-02", where, what, "同一天只能是一样", "按放假通知删去一处"))
        if not clause:
            faults.append(Fault("G-ACT-02", where, "没有写依据", "算出的期限无从核对", "填上放假通知的文号"))
        if faults:
            raise ActError(f"holidays of {year} have faults", faults)
        return cls(year, frozenset(days), worked, clause, confidence)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years whose arrangement is known. Asked about any other year it refuses, it never guesses."""

    years: Mapping[int, Year] = field(default_factory=dict)

    @classmethod
    def official(cls) -> Calendar:
        """The years in the rule book (国务院办公厅 放假安排)."""
        return cls(_listed())

    def with_year(self, year: Year) -> Calendar:
        """The calendar with a year added by the office, or one of its years put in place of the listed one."""
        return Calendar({**self.years, year.year: year})

    def is_worked(self, day: date) -> bool:
        """Whether the day is a working day. Raises ActError (G-ACT-01) for a year whose arrangement is unknown."""
        year = self.years.get(day.year)
        if year is None:
            raise ActError.of(
                f"holidays of {day.year} unknown",
                "G-ACT-01",
                f"{day.year}年放假安排",
                "还没有录入",
                "跨入这一年的工作日期限算不出来，不能猜",
                f"等国务院办公厅公布 {day.year} 年放假安排后，由管理人员录入",
            )
        return day in year.work if day.weekday() >= 5 else day not in year.off

    def count(self, first: date, last: date) -> int:
        """Working days from first to last, both included; 0 when last is before first."""
        return sum(self.is_worked(first + ONE * n) for n in range((last - first).days + 1))


@cache
def _listed() -> Mapping[int, Year]:
    years = (
        Year.of(rule.since.year, rule.value["off"], rule.value["work"], rule.clause, rule.confidence)
        for rule in book.timeline(HOLIDAYS)
    )
    return {year.year: year for year in years}
