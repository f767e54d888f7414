"""A score sheet as a value: a line an item, what each rule did to its points, totals, grade, rank; one hash for all.

What a bulletin or a form may rely on:

- ``Sheet.subject .scheme .title .period .as_of .trial``: whose sheet, by which scheme, known on which day, and whether
  it is a trial score 试算 (the period is not over); ``.sha256`` of the scheme's text, ``.data_version`` of the rows.
- ``Sheet.lines``: one Line an item in the scheme's order. ``line.points`` what it is worth, ``line.got`` what it gives
  (Decimal at the scheme's decimals; None while undecided, ``line.state`` then says 待定 or 缺项, ``line.words`` why),
  ``line.lost`` the difference, ``line.changes`` the points before and after the rule and each modifier,
  ``line.facts`` the facts used by name, each with ``shown``, ``official``, ``computed``, ``address`` and ``rows``.
- ``Sheet.total`` (Decimal), ``.full``, ``.missing`` (points of items that do not exist for the subject), ``.pending``
  (points still undecided: the total is then 不完整 and there is no grade yet), ``.grade``, ``.bars`` (gates and
  vetoes that took effect).
- ``Sheet.rank`` and ``.among`` within ``.group``; 0 where nothing is ranked.
- ``Sheet.mark``: 试算 or 定稿前; ``.hash`` is equal for equal sheets, byte by byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guatu.score.facts import Fact, Facts
from guatu.score.facts import record as record_facts

COMPUTED, HAND, PENDING, NONE = "自动", "人工", "待定", "缺项"


@dataclass(frozen=True, slots=True)
class Change:
    """What one rule or modifier did: its name, exact points before and after, the sentence, and the facts it read."""

    kind: str
    title: str
    before: Fraction
    after: Fraction
    words: str
    facts: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a sheet.

    exact: unrounded points; got: the same at the scheme's decimals; state: 自动, 人工, 待定 or 缺项; to_total: bonus
    that counts toward the total besides; readings: what other readings of the rule would give; may_change: why the
    points are not the last word yet; policy: the word for what happens to what is missing.
    """

    item: str
    title: str
    block: str
    points: Fraction
    state: str
    exact: Fraction | None
    got: Decimal | None
    words: str
    span: str = ""
    clause: str = ""
    scored_by: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    readings: Mapping[str, Fraction] = field(default_factory=dict)
    may_change: tuple[str, ...] = ()
    policy: str = ""
    person: str = ""
    reason: str = ""
    computed: Decimal | None = None
    origin: str = ""
    note: str = ""

    @property
    def lost(self) -> Decimal | None:
        """Points worth less points got; negative for a bonus; None while undecided."""
        return None if self.got is None else Decimal(str(_decimal(self.points))) - self.got


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score of one subject by one scheme on one day; see the head of this module."""

    scheme: str
    title: str
    sha256: str
    period: str
    subject: str
    group: str
    as_of: date
    trial: bool
    lines: tuple[Line, ...]
    full: Fraction
    missing: Fraction
    pending: Fraction
    exact: Fraction
    total: Decimal
    added_up: Decimal
    composed: str = ""
    grade: str = ""
    bars: tuple[str, ...] = ()
    rank: int = 0
    among: int = 0
    data_version: str = ""
    demo: bool = False

    @property
    def mark(self) -> str:
        """What stands beside the total: a trial score, and whether it is whole."""
        said = "试算" if self.trial else "未定稿"
        return f"{said}，不完整（{_decimal(self.pending)} 分待定）" if self.pending else said

    def line(self, item: str) -> Line | None:
        """The line of an item."""
        return next((one for one in self.lines if one.item == item), None)

    def record(self) -> dict[str, Any]:
        """The sheet as plain values, numbers exact as text: the same sheet is the same bytes."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}

    @property
    def bytes(self) -> bytes:
        """The record in its one serialisation."""
        return canonical(self.record())

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.bytes).hexdigest()


def canonical(said: Mapping[str, Any]) -> bytes:
    """Plain values as the one JSON text there is for them: keys in order, no spaces, UTF-8."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _decimal(exact: Fraction) -> Decimal:
    """A number of points that a scheme wrote in decimals."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction | Decimal | date):
        return str(value)
    if isinstance(value, Fact):
        return record_facts(Facts({"": {"": {"": value}}}))["of"][""][""][""]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
