"""How long a problem stood where: one stay for each day something happened, so that any past day is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guatu.act.lateness import lateness
from guatu.act.ledger import Ledger
from guatu.act.problem import Problem, on_day

FOR_EVER = date.max


@dataclass(frozen=True, slots=True)
class Stay:
    """A problem from the end of one day until before another: its state and what lateness says of it all that time.

    finished: the day of its last acceptance, if it still holds; late: days that acceptance came after the deadline.
    """

    since: date
    until: date
    state: str
    deadline: date | None
    finished: date | None
    late: int


def stays(ledger: Ledger, problem: Problem) -> tuple[Stay, ...]:
    """Every stay of a problem, the oldest first; the last has no end. It says on a day what on_day and lateness say."""
    days = sorted({step.day for step in problem.steps})
    found = []
    for since, until in zip(days, [*days[1:], FOR_EVER], strict=True):
        seen, late = on_day(problem, since), lateness(ledger, problem, since)
        if seen is not None and late is not None:
            found.append(Stay(since, until, seen.state, late.deadline, late.finished, late.finished_late))
    return tuple(found)
