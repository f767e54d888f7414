"""The ladder of letters, who may send which to whom, and what sets each off: read from data."""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

Number = int | Decimal | Fraction
TESTS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact compared with a number."""

    fact: str
    op: str
    value: Fraction

    def holds(self, facts: Mapping[str, Number]) -> bool | None:
        """Whether it holds; None where the fact is not known: nothing is concluded from a missing figure."""
        known = facts.get(self.fact)
        return None if known is None else TESTS[self.op](Fraction(known), self.value)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets a letter off: every condition together. active: used unless an office says otherwise."""

    id: str
    title: str
    subject: str
    conditions: tuple[Condition, ...]
    letter: str
    addressee: str
    source: str
    mark: str
    active: bool

    def holds(self, facts: Mapping[str, Number]) -> bool | None:
        """True when all hold, False when one fails, None when none fails but a fact is missing."""
        found = [condition.holds(facts) for condition in self.conditions]
        return False if False in found else None if None in found else True


@dataclass(frozen=True, slots=True)
class Issue:
    """One row of issuer × letters × addressees × approver."""

    issuer: str
    letters: tuple[str, ...]
    addressees: tuple[str, ...]
    approver: str
    copy_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs from the lightest, the matrix, the triggers and the steps of one letter with what each needs."""

    rungs: tuple[str, ...]
    matrix: tuple[Issue, ...]
    triggers: tuple[Trigger, ...]
    steps: Mapping[tuple[str, str], tuple[str, ...]]
    letter_fields: tuple[str, ...]

    def height(self, letter: str) -> int:
        """How high a letter stands on the ladder, 0 the lightest."""
        return self.rungs.index(letter)

    def issue(self, letter: str, kind: str) -> tuple[str, Issue] | None:
        """The row for a letter to a kind of body; where there is none, that of the next lighter letter, or None."""
        for rung in reversed(self.rungs[: self.height(letter) + 1]):
            for row in self.matrix:
                if rung in row.letters and kind in row.addressees:
                    return rung, row
        return None


@cache
def ladder() -> Ladder:
    """The ladder that comes with guatu: the matrix and the first triggers are a draft for each office to confirm."""
    document = tomllib.loads(files("guatu.act").joinpath("escalation.toml").read_text(encoding="utf-8"))
    return Ladder(
        tuple(item["name"] for item in document["rung"]),
        tuple(
            Issue(
                item["issuer"],
                tuple(item["letters"]),
                tuple(item["addressees"]),
                item["approver"],
                tuple(item.get("copy_to", ())),
            )
            for item in document["issue"]
        ),
        tuple(
            Trigger(
                item["id"],
                item.get("title", item["id"]),
                item["subject"],
                tuple(Condition(one["fact"], one["op"], Fraction(one["value"])) for one in item["all"]),
                *(item["letter"], item["addressee"], item["source"], item["mark"], item["active"]),
            )
            for item in document["trigger"]
        ),
        {(item["from"], item["to"]): tuple(item["needs"]) for item in document["step"]},
        tuple(document["letter_fields"]),
    )
