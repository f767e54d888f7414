"""What an office knows of duties and problems, handed to a bulletin as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure on a day: state is the table's own word, bulletin the word a bulletin uses, late days past its node."""

    id: str
    task: str
    text: str
    lead: str
    node: date | None
    state: str
    bulletin: str
    late: int
    count: str = ""
    said: str = ""
    partners: tuple[str, ...] = ()  # responsible and cooperating bodies


@dataclass(frozen=True, slots=True)
class Reporting:
    """How a unit reported in a collection."""

    sender: str
    asked: int
    reported: int
    word: str


@dataclass(frozen=True, slots=True)
class Duties:
    """Tasks of the notice on a day; collection: the name of the month's collection, empty where none was held."""

    measures: tuple[Measure, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A list of rectification on a day: counts by the names of act.rates (of, accepted, closed, due, due-done …)."""

    id: str
    title: str
    clause: str
    target: str
    met: bool | None
    counts: Mapping[str, int]
    apart: tuple[tuple[str, Mapping[str, int]], ...] = ()


@dataclass(frozen=True, slots=True)
class Overdue:
    """A problem past its limit."""

    number: str
    title: str
    lead: str
    county: str
    leader: str
    deadline: date
    late: int


@dataclass(frozen=True, slots=True)
class Problems:
    """Ledgers on a day."""

    rates: tuple[Rate, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    by_ledger: tuple[tuple[str, int, int, int], ...] = ()  # ledger, all, closed, overdue
    by_lead: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)  # all, closed, overdue


@dataclass(frozen=True, slots=True)
class Pressing:
    """A letter of the ladder as it is proposed for a cause: who to whom, the facts with their figures, what is asked.

    rung: 提醒 to 移送问责; basis: the regulation it rests on, empty where that is the office's own; earlier: letters
    sent before for the same cause, with their 文号.
    """

    cause: str
    rung: str
    issuer: str
    addressee: str
    basis: str
    facts: tuple[str, ...]
    demands: tuple[str, ...]
    answer_by: date
    copy_to: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A problem a body has finished: how it stands, and the day it was accepted."""

    number: str
    title: str
    state: str
    on: date


@dataclass(frozen=True, slots=True)
class Lost:
    """An item of a body's score sheet that did not give all its points, as the sheet prints it."""

    item: str
    title: str
    points: str
    got: str
    lost: str
    words: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a body's year rests on besides its measures: problems closed, the score with every loss.

    scheme: by which scheme, empty where none scores it; total and mark as the sheet prints them.
    """

    closed: tuple[Closed, ...] = ()
    scheme: str = ""
    total: str = ""
    mark: str = ""
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a bulletin may take from the office's database.

    subject: the body a paper is about or the cause of a letter, if it is; letter: what is proposed for that cause;
    own: what only a body's own year needs.
    """

    duties: Duties = field(default_factory=Duties)
    problems: Problems = field(default_factory=Problems)
    subject: str = ""
    letter: Pressing | None = None
    own: Own = field(default_factory=Own)
