"""What a rule may ask of the facts of an item: numbers, conditions, ranks; what is not there is told by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from guatu.score.facts import NOT_ENTERED, Fact
from guatu.score.scheme import Condition
from guatu.score.vocabulary import titles
from guatu.score.wording import plain

COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    "==": lambda left, right: left == right,
    ">=": lambda left, right: left >= right,
    ">": lambda left, right: left > right,
    "!=": lambda left, right: left != right,
}

SIGNS = {"<": "＜", "<=": "≤", "==": "＝", ">=": "≥", ">": "＞", "!=": "≠"}
"""How a comparison is written in a sentence."""


class MissingFactError(Exception):
    """A fact a rule needs has no number; absent: the subject has no such task at all."""

    def __init__(self, name: str, reason: str, absent: bool = False) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason, self.absent = name, reason, absent


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of one item of one subject, as rules read them.

    prefix: of a part of a checklist, whose facts are named ``part.fact``; given: operands that are no facts (target,
    points, group_mean); ranked: the rank of the subject by terms, with all who are compared.
    """

    facts: Mapping[str, Fact]
    given: Mapping[str, Fraction | None]
    prefix: str = ""
    ranked: Callable[[tuple[tuple[str, Fraction], ...], str, str], tuple[int, int]] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """What a fact is called in a sentence."""
        return self.titles.get(name) or titles().get(name, name)

    def words(self, condition: Condition) -> str:
        """A condition as a person reads it, each name with its number."""
        if condition.kind == "compare":
            return f"{self._told(condition.of)} {SIGNS[condition.sign]} {self._told(condition.than)}"
        link = {"all": " 且 ", "any": " 或 ", "none": " 或 "}[condition.kind]
        inside = link.join(self.words(one) for one in condition.parts)
        return f"并非（{inside}）" if condition.kind == "none" else inside

    def _told(self, operand: str) -> str:
        try:
            told = plain(self.number(operand))
        except MissingFactError:
            told = "（没有数）"
        return f"{self.title(operand)} {told}" if as_number(operand) is None else told

    def fact(self, name: str) -> Fact:
        """A fact by name. Raises MissingFactError where there is none or it has neither number nor word."""
        found = self.facts.get(f"{self.prefix}{name}") or self.facts.get(name)
        if found is None:
            raise MissingFactError(name, NOT_ENTERED)
        if found.number is None and not found.word:
            raise MissingFactError(name, found.reason or NOT_ENTERED, found.absent)
        return found

    def number(self, operand: str | Fraction) -> Fraction:
        """An operand: a number, something given, or a fact. Raises MissingFactError."""
        if isinstance(operand, Fraction):
            return operand
        if operand in self.given and f"{self.prefix}{operand}" not in self.facts:
            value = self.given[operand]
            if value is None:
                raise MissingFactError(operand, "没有这个数")
            return value
        given = as_number(operand)
        if given is not None:
            return given
        found = self.fact(operand)
        if found.number is None:
            raise MissingFactError(operand, found.reason or NOT_ENTERED, found.absent)
        return found.number

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds; raises MissingFactError only where the missing fact decides."""
        if condition.kind == "compare":
            return COMPARE[condition.sign](self.number(condition.of), self.number(condition.than))
        wanted = condition.kind != "all"
        lacking: MissingFactError | None = None
        for one in condition.parts:
            try:
                if self.holds(one) == wanted:
                    return condition.kind == "any"
            except MissingFactError as missing:
                lacking = lacking or missing
        if lacking is not None:
            raise lacking
        return condition.kind != "any"

    def of_part(self, part: str) -> Reading:
        """The same facts, read by a part of a checklist."""
        return replace(self, prefix=f"{part}.")

    def at_place(self, name: str, fact: Fact) -> Reading:
        """The same facts with one of them taken from one place."""
        return replace(self, facts={**self.facts, f"{self.prefix}{name}": fact})


def as_number(operand: str) -> Fraction | None:
    """An operand that is a number itself; None for a name."""
    try:
        return Fraction(operand)
    except (ValueError, ZeroDivisionError):
        return None
