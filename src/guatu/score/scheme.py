"""A scoring scheme as a value: items with typed rules and modifiers, grades, gates, vetoes and policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guatu.base.period import Period

MISSING = ("hold", "rescale", "full", "mean", "zero")
MISSING_WORDS = {
    "hold": "待定，不计入合计",
    "rescale": "缺项折算：得分÷（满分－缺项分）×满分",
    "full": "无此项任务得满分",
    "mean": "取同组平均",
    "zero": "未报送不得分",
}
TIES = {"1224": "同分同名次，下一名次顺延", "1223": "同分同名次，下一名次连续"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a kind of the vocabulary and what it takes."""

    kind: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A declared condition: a comparison of two operands, or all, any or none of further ones; never a text to run.

    sign: one of < <= == >= > !=; kind: compare all any none.
    """

    kind: str
    of: str = ""
    sign: str = ""
    than: str = ""
    parts: tuple[Condition, ...] = ()

    def names(self) -> Iterator[str]:
        """Every operand in it."""
        if self.kind == "compare":
            yield from (self.of, self.than)
        for one in self.parts:
            yield from one.names()


@dataclass(frozen=True, slots=True)
class Rule:
    """A score function or a modifier: its kind and its parameters, each of the type the vocabulary declares.

    id: what waive_if names it by; part: the part of a checklist it acts on; title: as the scheme words it.
    """

    kind: str
    said: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    part: str = ""
    title: str = ""

    def number(self, name: str, default: Fraction) -> Fraction:
        """A number among the parameters."""
        value = self.said.get(name, default)
        return Fraction(value)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a checklist with its own points and rule; its facts are named ``part.fact``."""

    id: str
    title: str
    points: Fraction
    rule: Rule


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the table of scoring.

    points: what it is worth; span: the rule in the scheme's own words; applies_to: subjects or groups (empty: all);
    missing: what happens without such a task; unreported: what happens while a fact has not come; floor: the least it
    can give, None without a bottom (扣分不设下限); origin: whose row it is where a scheme takes over another's.
    """

    id: str
    title: str
    points: Fraction
    rule: Rule | None
    parts: tuple[Part, ...] = ()
    modifiers: tuple[Rule, ...] = ()
    facts: Mapping[str, Source] = field(default_factory=dict)
    block: str = ""
    target: str = ""
    span: str = ""
    clause: str = ""
    scored_by: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    missing: str = "hold"
    unreported: str = "hold"
    floor: Fraction | None = Fraction(0)
    origin: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A number a scheme sets itself: for all, or by subject; of a year of its own."""

    id: str
    value: Fraction | None = None
    by: Mapping[str, Fraction] = field(default_factory=dict)
    unit: str = ""
    paper: str = ""

    def of(self, subject: str) -> Fraction | None:
        """The number for a subject."""
        return self.by.get(subject, self.value)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and its lower edge, closed [in points of the full marks]."""

    name: str
    least: Fraction


@dataclass(frozen=True, slots=True)
class Bar:
    """A gate (评优前置) or a veto (一票否决): when it holds, with its effect.

    Of a gate every condition must hold for the grade, else the next lower one; effect of a veto: cap_at a grade, fail,
    zero, zero_item, down_one.
    """

    id: str
    title: str
    when: Condition
    facts: Mapping[str, Source]
    grade: str = ""
    effect: str = ""
    item: str = ""
    decided_by: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """Money that follows from scores: by rank, by brackets of an amount, or by point with a coefficient a class.

    of: what it goes by: a fact of its own, an item or ``total`` (per_point); base and better: the fact is compared with
    another and the gap counts; sign: reward or fine; span: the rule in the scheme's own words.
    """

    kind: str
    unit: str
    table: tuple[tuple[str, Fraction], ...]
    id: str = ""
    title: str = ""
    of: str = "x"
    base: str = ""
    better: str = "lower"
    sign: str = "reward"
    span: str = ""
    facts: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Worked:
    """An example that a source prints: facts as they are written there, and the points (or the total) they give.

    item: whose points are printed, ``money/ID`` for an amount, empty for the total; peers: facts of others compared.
    """

    says: str
    gives: Fraction
    item: str = ""
    subject: str = "例"
    facts: Mapping[str, Any] = field(default_factory=dict)
    peers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """A scheme in force from since to until, for a period of its own.

    family: what its later editions share; complete: whether it can be added up; left_out: what of its source is not
    here and why; worked: what its source prints as examples; process: which hands it asks for before the sum, 自评 of
    the subject itself and 部门评分 by whoever scores an item; sha256: of the file's text, the version a sheet names;
    places: decimals of an item's points and of a total; shown: decimals printed; grade_on: unrounded or rounded points.
    """

    id: str
    family: str
    title: str
    since: date
    until: date | None
    period: Period
    subjects: str
    full: Fraction
    items: tuple[Item, ...]
    blocks: tuple[tuple[str, Fraction], ...] = ()
    targets: Mapping[str, Target] = field(default_factory=dict)
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    grades: tuple[Grade, ...] = ()
    gates: tuple[Bar, ...] = ()
    vetoes: tuple[Bar, ...] = ()
    money: tuple[Money, ...] = ()
    compose: Rule = field(default_factory=lambda: Rule("sum"))
    places: int = 2
    shown: int = 2
    rounding: str = "half_even"
    grade_on: str = "unrounded"
    tie: str = "1224"
    then: tuple[tuple[str, str, str], ...] = ()
    complete: bool = True
    left_out: tuple[tuple[str, str], ...] = ()
    worked: tuple[Worked, ...] = ()
    process: tuple[str, ...] = ()
    demo: bool = False
    source: str = ""
    confidence: str = ""
    note: str = ""
    sha256: str = ""

    def __eq__(self, other: object) -> bool:
        """Two schemes are one where they were read from the same text."""
        return isinstance(other, Scheme) and (self.id, self.sha256) == (other.id, other.sha256)

    def __hash__(self) -> int:
        return hash((self.id, self.sha256))

    def item(self, name: str) -> Item | None:
        """An item by its id."""
        return next((one for one in self.items if one.id == name), None)

    def group_of(self, subject: str) -> str:
        """The group a subject is compared in; empty where there are none."""
        return next((name for name, members in self.groups if subject in members), "")

    def members(self, subject: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """Those a subject is compared with, itself among them."""
        group = self.group_of(subject)
        return tuple(one for one in among if self.group_of(one) == group)

    def applies(self, item: Item, subject: str) -> bool:
        """Whether an item is asked of a subject."""
        return not item.applies_to or subject in item.applies_to or self.group_of(subject) in item.applies_to

    def rounded(self, exact: Fraction, places: int | None = None) -> Decimal:
        """A number of points at the scheme's decimals, by its rounding."""
        at = self.places if places is None else places
        scaled = exact * 10**at
        if self.rounding == "half_up":
            whole = abs(scaled) + Fraction(1, 2)
            number = (whole.numerator // whole.denominator) * (-1 if scaled < 0 else 1)
        else:
            number = round(scaled)
        return Decimal(number).scaleb(-at)
