"""Later papers: a target gets a new number from a day on, by whom and by which paper; the number read stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from guatu.errors import Fault, ReadError
from guatu.read.plan import Head, Note, Plan, Target, Version

LEVELS = ("县", "市", "省", "国家")
"""Who sets a number, the weakest first: 以国家和省下达的为准."""


def amended(plan: Plan, *changes: Version) -> Plan:
    """The plan with later numbers of its targets kept behind those there are, oldest first; none stands twice.

    Raises ReadError (G-READ-15) with every fault: a target the plan does not have, a level unknown, a value that is
    no number, two numbers of one level for one day.
    """
    faults = [
        Fault("G-READ-15", f"目标 {one.target} 的变更", what, "一条也没有记入", "改正后再记")
        for one in changes
        for what in _wrong(plan, one)
    ]
    kept: dict[tuple[str, object, str], Version] = {}
    for one in (*plan.versions, *changes):
        other = kept.setdefault((one.target, one.since, one.level), one)
        if (other.value, other.stretch) != (one.value, one.stretch):
            what = f"{one.since} 起{one.level}有 {other.value}（{other.paper}）和 {one.value}（{one.paper}）两个数"
            faults.append(Fault("G-READ-15", f"目标 {one.target} 的变更", what, "不知以哪个为准", "只留一个"))
    if faults:
        raise ReadError("the plan cannot be changed so", faults)
    return replace(plan, versions=tuple(sorted(kept.values(), key=lambda version: version.since)))


def amended_by(plan: Plan, later: Plan, person: str = "") -> Plan:
    """The plan after a later notice: every target both name, of one scope, with another number gets a version.

    A target of the later notice that the plan lacks, one without a number, and a notice without a date leave a note;
    the day is then the first of the later notice's year. Raises ReadError (G-READ-16) where the later notice tells no
    day and no year at all.
    """
    since = later.head.issue_date
    if since is None and later.head.year is None:
        raise ReadError.of(
            "the later notice has no date", "G-READ-16", later.head.title or "后来的文件", "没有落款日期，也看不出年份",
            "不知从哪一天起改", "在文件末尾补上日期后再读",
        )  # fmt: skip
    notes: list[Note] = []
    if since is None:
        since = date(later.head.year or 1, 1, 1)
        notes.append(Note("amendment-undated", "doubt", f"后来的文件没有落款日期，变更按 {since} 起算"))
    paper = later.head.doc_number or later.head.title
    changes = []
    for new in later.targets:
        old = next((target for target in plan.targets if _same(target, new)), None)
        if old is None:
            notes.append(Note("amendment-new", "doubt", f"“{paper}”有“{new.scope}{new.indicator}”，原计划里没有"))
        elif not isinstance(new.value, Decimal):
            notes.append(Note("amendment-no-number", "doubt", f"“{paper}”提到 {old.id} {old.indicator}，没有写数"))
        elif (new.value, new.stretch, new.op) != (old.value, old.stretch, old.op):
            stretch = "" if new.stretch is None else str(new.stretch)
            changes.append(
                Version(old.id, since, level_of(later.head), str(new.value), paper, "后来的文件改了数", stretch,
                        new.op if new.op != old.op else "", person)
            )  # fmt: skip
    return replace(amended(plan, *changes), notes=(*plan.notes, *notes))


def level_of(head: Head) -> str:
    """Who speaks: 国家, 省, 市 or 县, by the issuer's name, else by the region's."""
    words = head.issuer or head.region or head.title
    if words.startswith(("国务院", "中共中央", "国家", "生态环境部", "中央")):
        return "国家"
    marks = [("省", "省"), ("自治区", "省"), ("市", "市"), ("州", "市"), ("县", "县"), ("区", "县"), ("旗", "县")]
    found = [(words.find(mark), level) for mark, level in marks if mark in words]
    return min(found)[1] if found else "市"


def _same(old: Target, new: Target) -> bool:
    """Whether two targets speak of one indicator in one scope."""
    known = old.indicator_id or new.indicator_id
    alike = old.indicator_id == new.indicator_id if known else old.indicator == new.indicator
    return alike and old.scope == new.scope


def _wrong(plan: Plan, change: Version) -> Iterable[str]:
    if change.target not in {target.id for target in plan.targets}:
        yield "计划里没有这个编号"
    if change.level not in LEVELS:
        yield f"级别写成了“{change.level}”，只能是{'、'.join(LEVELS)}"
    yield from (f"“{words}”不是数" for words in _amounts(change) if not _is_number(words))


def _amounts(change: Version) -> Iterator[str]:
    yield change.value
    if change.stretch:
        yield change.stretch


def _is_number(words: str) -> bool:
    try:
        return Decimal(words).is_finite()
    except InvalidOperation:
        return False
