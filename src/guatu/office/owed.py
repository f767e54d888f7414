"""Who is behind: overdue tasks and overdue problems of each body, the worst first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from guatu.office.ledger.listing import overdue
from guatu.office.ledger.models import Problem
from guatu.office.models import Duty, Part

LED = (Part.Kind.LEAD, Part.Kind.FIRST)


@dataclass(frozen=True, slots=True)
class Owed:
    """One body: overdue tasks it leads (or stands first in), overdue problems, days the oldest of these is late."""

    body: str
    tasks: int
    problems: int
    days: int

    @property
    def total(self) -> int:
        """Tasks and problems together."""
        return self.tasks + self.problems


def owed_by_body(day: date) -> list[Owed]:
    """Every body with something overdue on a day, most first; a problem counts for its lead unit, else its county."""
    tasks = Counter(Part.objects.filter(duty__state=Duty.State.LATE, kind__in=LED).values_list("body", flat=True))
    problems: Counter[str] = Counter()
    oldest: dict[str, date] = {}
    late = Problem.objects.filter(overdue(day))
    for unit, county, number, first in late.values_list("lead_unit", "county").annotate(Count("pk"), Min("deadline")):
        body = unit or county or "没有明确单位"
        problems[body] += number
        oldest[body] = min(first, oldest.get(body, first))
    found = [
        Owed(body, tasks[body], problems[body], (day - oldest[body]).days if body in oldest else 0)
        for body in {*tasks, *problems}
    ]
    return sorted(found, key=lambda one: (-one.total, -one.days, one.body))
