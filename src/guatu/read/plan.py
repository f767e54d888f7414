"""What a notice says, as data: the Plan and its parts. Field names follow the reference readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Span = tuple[int, int]  # [first, last) character of the source text
Spans = dict[str, Span]  # field name -> where it stands
Amount = Decimal | tuple[Decimal, Decimal] | str | None  # a number, a range, a grade (4A), or none


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at: what is odd, where, and both readings where there are two.

    kind: ``doubt`` (a person decides), ``gap`` (something lacks an owner, a number or a date), ``remark`` (nothing
    to decide, but worth knowing).
    """

    code: str
    kind: str
    text: str
    outline: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the document: who says what to whom, when, on which basis."""

    title: str = ""
    attachment_title: str = ""
    doc_number: str = ""
    issuer: str = ""
    year: int | None = None
    issue_date: date | None = None
    region: str = ""
    addressees: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    adoption: str = ""
    override_clause: str = ""
    spans: Spans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """One atomic target: indicator, scope, comparator, firm and aspired value.

    op: ``<= >= == > ~ schedule range done``; value and stretch in `unit` (``%`` is 0 to 100);
    decimals: places at which the target is judged; None: those of the indicator's card.
    """

    id: str
    outline: str
    indicator: str
    scope: str
    op: str
    value: Amount
    unit: str | None
    text: str
    indicator_id: str | None = None
    index_kind: str = ""
    stretch: Decimal | None = None
    soft: bool = False
    op_alt: tuple[str, ...] = ()
    op_surface: str = ""
    reference: str = ""
    polarity: str = ""
    qualitative: bool = False
    inherits: tuple[str, ...] = ()
    period: str = ""
    deadline: str = ""
    baseline: str = ""
    change: bool = False
    coordinated: bool = False
    distributive: bool = False
    multiplier: str = ""
    authority: str = ""
    decimals: int | None = None
    spans: Spans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A figure promised inside a task (力争…完成90%以上)."""

    indicator: str
    op: str
    value: Amount
    unit: str | None
    text: str
    scope: str = ""
    indicator_id: str | None = None
    deadline: str = ""
    baseline: str = ""
    frequency: str = ""
    stretch: bool = False
    qualitative: bool = False
    op_alt: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One unit block with its duty: title, text, bodies by role, deadlines, commitments.

    measure: the words this block answers for, where one number carries several blocks.
    """

    id: str
    outline: str
    title: str
    text: str
    units: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    implicit_units: tuple[str, ...] = ()
    open_list: bool = False
    deadlines: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    defines_implicit: str = ""
    units_raw: str = ""
    measure: str = ""
    table: bool = False
    spans: Spans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """One sentence of duty 措施 inside a task, or in a paragraph that no unit block covers (task empty).

    verb, object: what is to be done to what; op, value, unit: the first figure promised; done: what shows that it
    is done: ``paper`` (issued), ``count`` (n of N), ``indicator`` (met), ``ledger`` (cleared), ``standing`` (this
    period's act and proof).
    """

    id: str
    task: str
    outline: str
    text: str
    span: Span
    verb: str = ""
    object: str = ""
    op: str = ""
    value: Amount = None
    unit: str | None = None
    deadlines: tuple[str, ...] = ()
    paper: str = ""
    ledger: str = ""
    indicator_id: str | None = None
    done: str = "standing"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper the notice asks for: a plan, a scheme, rules; where, by whom (the task's bodies) and by when."""

    name: str
    verb: str
    task: str
    outline: str
    deadline: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """A numbered heading, or an unnumbered deliverable, that stands above tasks and has no unit of its own."""

    outline: str
    title: str
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A notice, read."""

    head: Head
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    containers: tuple[Container, ...] = ()
    measures: tuple[Measure, ...] = ()
    papers: tuple[Paper, ...] = ()
    notes: tuple[Note, ...] = ()
    source_sha256: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain JSON values: ``doc``, ``containers``, ``targets``, ``tasks``, ``notes``."""
        from guatu.read.plan_file import to_dict

        return to_dict(self)

    def to_toml(self) -> str:
        """The plan as a TOML file a person can read and correct by hand; empty fields are left out."""
        from guatu.read.plan_file import to_toml

        return to_toml(self)

    @classmethod
    def from_toml(cls, text: str) -> Plan:
        """The plan of a TOML file; raises ReadError (G-READ-11, G-READ-12) naming each wrong entry."""
        from guatu.read.plan_file import from_toml

        return from_toml(text)
