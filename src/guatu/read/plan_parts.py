"""The parts of a plan: head, targets, tasks, measures, papers, notes. Field names follow the reference readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

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
    decimals: places at which the target is judged; None: those of the indicator's card. confidence: ``high``, or
    ``low`` where a note asks a person about its words.
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
    confidence: str = "high"
    spans: Spans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A figure promised inside a task; stretch: it stands after 力争 alone; aspired: a further value after 力争."""

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
    aspired: Amount = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One unit block with its duty: title, text, bodies by role, deadlines, commitments.

    measure: the words this block answers for, where one number carries several blocks. confidence: as of a target.
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
    confidence: str = "high"
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
class Version:
    """A number of a target in force from a day, by a later paper; the plan keeps the number it was read with.

    target: id; since: first day on which it counts; level: who set it (县 市 省 国家); value, stretch [the target's
    unit] as written, stretch empty: none; op: empty as before; paper: where it stands; reason: why it changed; person:
    who entered it.
    """

    target: str
    since: date
    level: str
    value: str
    paper: str
    reason: str
    stretch: str = ""
    op: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A field of a target, a task or the head that a person looked at: who, on which day, and what it said before.

    entry: T01, K07, doc; field: its name, empty for the whole entry; was: the value that was read, as text; empty where
    the person left it as it was.
    """

    entry: str
    field: str
    by: str
    on: date
    was: str = ""
