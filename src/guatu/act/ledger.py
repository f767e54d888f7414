"""What a ledger is: fields, states with their stage, moves with their papers, terms, publicity and counting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guatu.act.deadlines import Term
from guatu.rules.book import CONFIDENCE

STAGES = ("交办", "方案", "整改", "自查", "验收", "公示", "销号", "回头看")
MARKS = {**CONFIDENCE, "D": "自拟稿，由各地确认"}
"""How a fact of a ledger is known: the letters of the rule book, and D for what no source says."""

KINDS = {
    "text": "文字",
    "date": "日期",
    "number": "数",
    "whole": "整数",
    "choice": "单选",
    "choices": "多选",
    "list": "多项",
    "measures": "措施（一行一条）",
    "yesno": "是否",
    "private": "保密（单独存放，不导出、不检索、不留痕）",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a ledger. required: asked for when the problem is entered; unit of a number in [brackets]."""

    id: str
    title: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    mark: str = "D"


@dataclass(frozen=True, slots=True)
class State:
    """Where a problem stands. accepted: 已通过验收 and later; closed: nothing more is owed.

    counted: whether an item in this state asks for rectification at all (不属实 does not).
    """

    name: str
    stage: str
    accepted: bool = False
    closed: bool = False
    counted: bool = True
    mark: str = "D"


@dataclass(frozen=True, slots=True)
class Need:
    """A paper a move demands: its type, the sides one of which must give it, and whether it bears a number 文号."""

    kind: str
    givers: tuple[str, ...]
    numbered: bool = False
    mark: str = "D"


@dataclass(frozen=True, slots=True)
class Move:
    """A way from one of some states to another.

    who: roles of which the maker holds one; prepared_by: roles of the first hand, if there are two; fields: must be
    filled by then; may: can be set by it; after: a date field that must have passed; apart: moves whose makers may
    not make this one; again: a new round begins, papers of the old one no longer count; term: publicity must last.
    """

    id: str
    title: str
    origins: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    prepared_by: tuple[str, ...] = ()
    papers: tuple[Need, ...] = ()
    fields: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    after: str = ""
    apart: tuple[str, ...] = ()
    again: bool = False
    mark: str = "D"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A party to rectification: its name and the fields of a problem that say which bodies it is."""

    id: str
    title: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A hand of a side: the contact person who fills in, the head who approves."""

    id: str
    title: str
    side: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """A move that must be made within a term (or the term of a rule, by its id) from a date field."""

    title: str
    move: str
    starts: str
    term: Term | str
    mark: str = "D"


@dataclass(frozen=True, slots=True)
class Publicity:
    """How long acceptance is published and under which headings."""

    term: Term | str
    columns: tuple[str, ...]
    mark: str = "D"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One declared ledger; draft: no real form of it was seen, its own words are ours until an office confirms them."""

    id: str
    code: str
    title: str
    fields: Mapping[str, Field]
    sides: Mapping[str, Side]
    roles: Mapping[str, Role]
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    initial: str
    publicity: Publicity
    obligations: tuple[Obligation, ...] = ()
    urgency: Mapping[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    closing_papers: tuple[str, ...] = ()
    receipt: bool = False
    draft: bool = False
    mark: str = "D"
    basis: str = ""
    lead: str = ""
    note: str = ""
    provisional: tuple[str, ...] = ()
    leaving: Mapping[str, tuple[Move, ...]] = field(default_factory=dict)

    def number(self, year: int, county: str, sequence: int) -> str:
        """Our own number of a problem: code, year, county code, four digits; numbers of the source are kept beside."""
        return f"{self.code}-{year}-{county}-{sequence:04d}"

    def stage(self, state: str) -> str:
        """The stage of a state."""
        return self.states[state].stage
