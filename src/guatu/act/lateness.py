"""Late stays late: what is overdue now, what was finished late, what was late when its date was moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from guatu.act.deadlines import end_of
from guatu.act.ledger import Ledger
from guatu.act.problem import Problem, Step, on_day
from guatu.act.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a problem stands to its dates on a day.

    overdue: days past the deadline while it is not accepted [calendar days]; finished: the day of its last acceptance,
    if it still holds; finished_late: days that acceptance came after the deadline then in force; ever_late: the most
    days it was ever late, in any round or when its date was moved; past_first: days past the first date, now or at
    the acceptance; earlier: dates that were moved.
    """

    deadline: date | None
    first: date | None
    earlier: tuple[date, ...]
    overdue: int
    finished: date | None
    finished_late: int
    ever_late: int
    past_first: int

    @property
    def words(self) -> str:
        """As the list prints it."""
        moved = f"（原定 {self.first}）" if self.first and self.first != self.deadline else ""
        if self.overdue:
            return f"逾期 {self.overdue} 天{moved}"
        if self.finished and self.finished_late:
            return f"已完成，迟 {self.finished_late} 天{moved}"
        late = f"，曾迟 {self.ever_late} 天" if self.ever_late else ""
        if self.finished:
            return f"按期完成{late}{moved}"
        return (f"{self.deadline} 到期" if self.deadline else "没有限期") + late + moved


def lateness(ledger: Ledger, problem: Problem, day: date) -> Lateness | None:
    """How a problem stood to its dates at the end of a day; None if it was not entered yet."""
    seen = on_day(problem, day)
    if seen is None:
        return None
    states = ledger.states
    deadline, first = seen.date_of("deadline"), seen.date_of("first_deadline")
    acceptances = [step for step in seen.steps if _accepts(ledger, step)]
    state = states[seen.state]
    finished = acceptances[-1].day if acceptances and state.accepted else None
    open_still = not (state.accepted or state.closed)
    overdue = max(0, (day - deadline).days) if deadline and open_still else 0
    late = [_past(step.deadline, step.day) for step in acceptances]
    moved = [
        _past(before.deadline, after.day)
        for before, after in pairwise(seen.steps)
        if before.deadline != after.deadline and not _begins_again(ledger, after)
    ]
    until = finished or (day if open_still else None)
    return Lateness(
        deadline,
        first,
        tuple(sorted({date.fromisoformat(step.deadline) for step in seen.steps if step.deadline} - {deadline})),
        overdue,
        finished,
        late[-1] if finished else 0,
        max([overdue, *late, *moved]),
        max(0, (until - first).days) if first and until else 0,
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """A move that must be made within a term: its last day, the day it was made, and the days it is or was late."""

    title: str
    move: str
    due: date
    made: date | None
    late: int


def owed(ledger: Ledger, problem: Problem, day: date, calendar: Calendar) -> tuple[Owed, ...]:
    """The obligations of a problem whose starting day is known. Raises ActError (G-ACT-01) for an unknown year."""
    found = []
    for one in ledger.obligations:
        start = problem.date_of(one.starts)
        if start is None:
            continue
        due = end_of(one.term, start, calendar)
        made = next((step.day for step in problem.steps if step.move == one.move and step.day <= day), None)
        found.append(Owed(one.title, one.move, due, made, max(0, ((made or day) - due).days)))
    return tuple(found)


def _accepts(ledger: Ledger, step: Step) -> bool:
    """Whether a step is an acceptance; a step of an older edition of the ledger may name states that are gone."""
    origin, target = ledger.states.get(step.origin), ledger.states.get(step.target)
    return bool(target and target.accepted and not (origin and origin.accepted))


def _begins_again(ledger: Ledger, step: Step) -> bool:
    move = ledger.moves.get(step.move)
    return move is not None and move.again


def _past(deadline: str, day: date) -> int:
    return max(0, (day - date.fromisoformat(deadline)).days) if deadline else 0
