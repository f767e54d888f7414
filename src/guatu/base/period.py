"""Calendar periods as the office names them: a day, a month, a quarter, a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from guatu.errors import GuatuError

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|Q([1-4]))?$")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed stretch of days: ``2021``, ``2021Q3``, ``2021-09``, ``2021-09-30`` or ``2021-01-01..2021-09-30``."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> Period:
        """Read a period from its written form; raises GuatuError (G-BASE-01) on anything else."""
        match = _FORM.match(text.strip())
        start, dots, end = text.strip().partition("..")
        try:
            if dots:
                first, last = date.fromisoformat(start), date.fromisoformat(end)
                if first > last:
                    raise ValueError(text)
                return cls(first, last)
            if match is None:
                raise ValueError(text)
            year, month, day, quarter = (int(part) if part else 0 for part in match.groups())
            if day:
                return cls(date(year, month, day), date(year, month, day))
            if month:
                return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            if quarter:
                return cls(date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, monthrange(year, 3 * quarter)[1]))
            return cls(date(year, 1, 1), date(year, 12, 31))
        except ValueError:
            raise GuatuError.of(
                f"not a period: {text!r}",
                "G-BASE-01",
                f"时段“{text}”",
                "认不出来",
                "时段写作 2021、2021Q3、2021-09、2021-09-30 或 2021-01-01..2021-09-30",
                "按其中一种写法填写",
            ) from None

    @property
    def days(self) -> int:
        """Calendar days in the period."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def until(self, day: date) -> Period:
        """The part of the period that ends on the given day at the latest."""
        return Period(self.first, min(self.last, day))

    def after(self, day: date) -> int:
        """Calendar days of the period that come after the given day."""
        return max(0, (self.last - max(day, self.first - timedelta(days=1))).days)

    @property
    def year_before(self) -> Period:
        """The same stretch a year before: whole months stay whole, else 29 February goes to the 28th."""
        whole = self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]
        return Period(_year_before(self.first), _year_before(self.last, whole))

    @property
    def words(self) -> str:
        """The period as people write it: 2021年, 2021年1季度, 2021年9月, 2021年9月30日, 2021年1—9月."""
        first, last, text = self.first, self.last, str(self)
        year = f"{first.year}年"
        if text == f"{first.year}":
            return year
        if "Q" in text:
            return f"{year}{text[-1]}季度"
        if first == last:
            return f"{year}{first.month}月{first.day}日"
        if first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year:
            return f"{year}{first.month}月" if first.month == last.month else f"{year}{first.month}—{last.month}月"
        end = "" if first.year == last.year else f"{last.year}年"
        return f"{year}{first.month}月{first.day}日至{end}{last.month}月{last.day}日"

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return f"{first.year}"
        if first.day == 1 and (first.year, first.month) == (last.year, last.month):
            if last.day == monthrange(last.year, last.month)[1]:
                return f"{first:%Y-%m}"
        elif first.day == 1 and first.month % 3 == 1 and self == Period.of(f"{first.year}Q{first.month // 3 + 1}"):
            return f"{first.year}Q{first.month // 3 + 1}"
        return f"{first.isoformat()}..{last.isoformat()}"


def _year_before(day: date, month_end: bool = False) -> date:
    end = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, end if month_end else min(day.day, end))
