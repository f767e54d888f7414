"""When something is due: so many days from a day, or the words of a plan read as a date."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guatu.act.working_days import ONE, Calendar
from guatu.errors import ActError
from guatu.rules import book

DATED, AT_ONCE, LONG_TERM, BY_YEAR, UNSET = "限期", "立行立改", "长期坚持", "分年度", "未定"
KINDS = (DATED, AT_ONCE, LONG_TERM, BY_YEAR, UNSET)


@dataclass(frozen=True, slots=True)
class Term:
    """A number of days to do something in: working or calendar days, and whether the starting day is the first."""

    days: int
    working: bool
    first_day_counts: bool
    clause: str = ""
    confidence: str = ""

    @classmethod
    def by_rule(cls, rule_id: str, day: date) -> Term:
        """The term a rule sets on a day."""
        rule = book.at(rule_id, day)
        value = rule.value
        return cls(value["days"], rule.unit == "工作日", value["first_day_counts"], rule.clause, rule.confidence)

    def end(self, start: date, calendar: Calendar) -> date:
        """The last day of the term. Raises ActError (G-ACT-01) when it reaches a year with unknown holidays.

        A working-day term that counts its first day starts on the first working day from the start on.
        """
        day = start if self.first_day_counts else start + ONE
        if not self.working:
            return day + ONE * (self.days - 1)
        left = self.days
        while True:
            left -= calendar.is_worked(day)
            if left <= 0:
                return day
            day += ONE


def end_of(term: Term | str, start: date, calendar: Calendar) -> date:
    """The last day of a term, or of the term which the rule of that id sets on the starting day."""
    return (Term.by_rule(term, start) if isinstance(term, str) else term).end(start, calendar)


@dataclass(frozen=True, slots=True)
class Due:
    """What the time-limit column of a plan says: its kind, its day if it names one, and the words themselves."""

    kind: str
    day: date | None
    text: str


_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_MONTH = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月(?:底|末)?")
_QUARTER = re.compile(r"(?:(\d{4})\s*年)?\s*第?\s*([1-4一二三四])\s*季度")
_YEAR = re.compile(r"(?:(\d{4})\s*年)?\s*(?:年?底|年?末|年内|全年)")
_ONLY_YEAR = re.compile(r"(\d{4})\s*年?")


@lru_cache(maxsize=4096)
def read_due(text: str, year: int) -> Due:
    """Read 2021年1季度, 6月底前, 年底前, 立行立改, 长期坚持 …; year [calendar year] stands where none is written.

    A text with several dates is 分年度 with the last of them. Raises ActError (G-ACT-03) for other words.
    """
    plain = text.translate(str.maketrans("０１２３４５６７８９", "0123456789")).strip()
    if not plain or plain in ("未定", "待定"):
        return Due(UNSET, None, text)
    if "长期" in plain or "持续" in plain:
        return Due(LONG_TERM, None, text)
    try:
        days = _days(plain, year)
    except ValueError:
        days = []
    at_once = "立行立改" in plain or "立即" in plain
    if not days and not at_once:
        raise ActError.of(
            f"cannot read the time limit {text!r}",
            "G-ACT-03",
            f"整改时限“{text}”",
            "看不出是哪一天",
            "到期、逾期都无从判断",
            "写成 2021年6月30日、2021年1季度、6月底前、年底前、立行立改、长期坚持 之一",
        )
    kind = AT_ONCE if at_once else BY_YEAR if len(days) > 1 else DATED
    return Due(kind, max(days, default=None), text)


def _days(text: str, year: int) -> list[date]:
    """Every day the text names; each form takes its words away so that none is read twice."""
    found = []
    rest = text
    for match in _DATE.finditer(rest):
        found.append(date(*(int(part) for part in match.groups())))
    rest = _DATE.sub(" ", rest)
    for match in _QUARTER.finditer(rest):
        month = 3 * ("一二三四".find(match[2]) + 1 or int(match[2]))
        found.append(_month_end(int(match[1] or year), month))
    rest = _QUARTER.sub(" ", rest)
    for match in _MONTH.finditer(rest):
        found.append(_month_end(int(match[1] or year), int(match[2])))
    rest = _MONTH.sub(" ", rest)
    for match in _YEAR.finditer(rest):
        found.append(date(int(match[1] or year), 12, 31))
    only = _ONLY_YEAR.fullmatch(_YEAR.sub(" ", rest).strip())
    if only and not found:
        found.append(date(int(only[1]), 12, 31))
    return found


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])
