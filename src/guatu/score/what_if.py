"""What a sheet would be if something were otherwise: another number, another target, one more good month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guatu.score.facts import Fact, Facts
from guatu.score.scheme import Scheme
from guatu.score.scoring import Scores, scores_of
from guatu.score.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Shift:
    """One item that would give other points: before, after, and what was supposed."""

    item: str
    title: str
    before: Decimal | None
    after: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A sheet beside what it would be."""

    before: Sheet
    after: Sheet
    shifts: tuple[Shift, ...]
    supposed: tuple[str, ...]

    @property
    def gain(self) -> Decimal:
        """Points more than now."""
        return self.after.total - self.before.total


def what_if(
    scheme: Scheme, subject: str, facts: Facts, as_of: date, numbers: Mapping[tuple[str, str], Fraction]
) -> Difference:
    """The sheet with some facts replaced: (item id, name of the fact) → number. Ranks are among all others as they are.

    A fact named ``target`` takes the place of the target's number.
    """
    changed = facts
    supposed = []
    for (item, name), number in numbers.items():
        fact = facts.item(subject, item).get(name)
        before = "没有数" if fact is None or fact.number is None else fact.shown or str(fact.number)
        supposed.append(f"{item} 的 {name} 由 {before} 改为 {number}")
        made = replace(fact, number=number, reason="") if fact else None
        changed = changed.with_fact(subject, item, name, made or Fact(number))
    return _compared(scheme, subject, facts, changed, as_of, tuple(supposed))


def good_month(scheme: Scheme, subject: str, facts: Facts, as_of: date) -> Difference:
    """The sheet after one more good month: each running figure as its fact says it would then be."""
    changed = facts
    supposed: list[str] = []
    for item, named in facts.of.get(subject, {}).items():
        for name, fact in named.items():
            if fact.good is not None:
                changed = changed.with_fact(subject, item, name, replace(fact, number=fact.good))
                known = scheme.item(item)
                if known is not None and all(fact.good_words not in words for words in supposed):
                    supposed.append(f"{known.title}：{fact.good_words}")
    if not supposed:
        supposed.append("没有能推的数：只推单个地区的浓度和优良天数比例")
    return _compared(scheme, subject, facts, changed, as_of, tuple(supposed))


def compared(before: Scores, after: Scores, subject: str, supposed: tuple[str, ...] = ()) -> Difference:
    """Two sheets of a subject, item by item."""
    old, new = before.of(subject), after.of(subject)
    known = {line.item: line for line in old.lines}
    shifts = tuple(
        Shift(line.item, line.title, known[line.item].got if line.item in known else None, line.got, line.words)
        for line in new.lines
        if line.item not in known or known[line.item].got != line.got
    )
    return Difference(old, new, shifts, supposed)


def _compared(
    scheme: Scheme, subject: str, facts: Facts, changed: Facts, as_of: date, supposed: tuple[str, ...]
) -> Difference:
    return compared(scores_of(scheme, facts, as_of), scores_of(scheme, changed, as_of), subject, supposed)
