"""One problem as a value: its state, fields, papers and steps; what it was before is never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: a name that no other person of the office bears, the roles held and the bodies acted for."""

    name: str
    roles: frozenset[str]
    bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its proof: type, the side and body that gave it, its date, its bytes by SHA-256, its number 文号.

    at: how many steps the problem had when the paper was put in; used: the number of the step it opened, 0 while
    none; a paper opens one step only. Both are set by the engine.
    """

    kind: str
    side: str
    giver: str
    day: date | None
    sha256: str
    name: str = ""
    number: str = ""
    at: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One move that was made. deadline is the one in force then; finder the level that found what led to it."""

    move: str
    origin: str
    target: str
    day: date
    person: str
    prepared_by: str = ""
    acting_for: str = ""
    deadline: str = ""
    finder: str = ""

    @property
    def signer(self) -> str:
        """Who answers for the step: the one acted for, or the person."""
        return self.acting_for or self.person


@dataclass(frozen=True, slots=True)
class Problem:
    """One item of a ledger. fields hold plain values (dates and decimals as text); version counts every change.

    round_at: number of steps when the present round began; prepared: the move a first hand has filled in, and whose.
    """

    ledger: str
    number: str
    state: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    steps: tuple[Step, ...] = ()
    version: int = 1
    round_at: int = 0
    prepared: tuple[str, str] = ("", "")

    @property
    def subject(self) -> str:
        """What the log calls it."""
        return f"{self.ledger}/{self.number}"

    def date_of(self, field_id: str) -> date | None:
        """A date field as a date."""
        text = self.fields.get(field_id)
        return date.fromisoformat(text) if text else None


def record(problem: Problem) -> dict[str, Any]:
    """The problem as plain values for the log, one key for each field."""
    flat: dict[str, Any] = {
        "state": problem.state,
        "version": problem.version,
        "round_at": problem.round_at,
        "prepared": list(problem.prepared),
        "papers": [_plain(paper) for paper in problem.papers],
        "steps": [_plain(step) for step in problem.steps],
    }
    return flat | {f"fields.{key}": value for key, value in problem.fields.items()}


def restore(subject: str, flat: Mapping[str, Any]) -> Problem:
    """The problem from what the log gives back (log.state_on)."""
    ledger, _, number = subject.partition("/")
    return Problem(
        ledger,
        number,
        flat["state"],
        {key.removeprefix("fields."): value for key, value in flat.items() if key.startswith("fields.")},
        tuple(
            Paper(**{**one, "day": date.fromisoformat(one["day"]) if one["day"] else None}) for one in flat["papers"]
        ),
        tuple(Step(**{**one, "day": date.fromisoformat(one["day"])}) for one in flat["steps"]),
        flat["version"],
        flat["round_at"],
        (flat["prepared"][0], flat["prepared"][1]),
    )


def on_day(problem: Problem, day: date) -> Problem | None:
    """The problem's state, steps and version-free papers as of the end of a day; None if it was not entered yet.

    Fields are today's but for the deadline, which is the one then in force; whole past fields come from the log.
    """
    steps = tuple(step for step in problem.steps if step.day <= day)
    if not steps:
        return None
    if len(steps) == len(problem.steps):
        return problem
    fields = {**problem.fields, "deadline": steps[-1].deadline}
    return replace(problem, state=steps[-1].target, steps=steps, fields=fields)


def _plain(one: Paper | Step) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in one.__slots__}
    values["day"] = values["day"].isoformat() if values["day"] else None
    return values
