"""Objection, review, final: who objects with what reason, what the review decides, and the scores that then stand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from guatu.errors import ActError, Fault
from guatu.load.workspace import Workspace
from guatu.office import records, snapshots
from guatu.office.ledger import declared
from guatu.office.scoring import entered, sheets
from guatu.office.witnesses.pairs import Pair, unsettled
from guatu.score.definition import define
from guatu.score.facts import record, restore
from guatu.score.itemising import OVERRIDE
from guatu.score.scheme import Scheme
from guatu.score.scoring import Scores, scores_of
from guatu.score.sheet import canonical

RAISED, REVIEWING, KEPT, CHANGED = "已提出", "复核中", "维持原分", "调整"
OPEN = (RAISED, REVIEWING)


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection as it stands; before and after are printed points."""

    number: str
    scheme: str
    subject: str
    item: str
    title: str
    text: str
    by: str
    day: str
    state: str
    before: str
    after: str
    answer: str
    decided_by: str
    hash: str


def objections(scheme: Scheme | None = None, subject: str = "") -> list[Objection]:
    """Objections, the newest first; of a scheme, of a subject."""
    found = [_objection(name, data) for name, data in records.of_kind("objection").items()]
    found = [
        one for one in found
        if (scheme is None or one.scheme == scheme.id) and (not subject or one.subject == subject)
    ]  # fmt: skip
    return sorted(found, key=lambda one: int(one.number), reverse=True)


@transaction.atomic
def raise_objection(
    ws: Workspace, scheme: Scheme, day: date, subject: str, item: str, text: str, person: str
) -> Objection:
    """Put down an objection to the points of an item, with the sheet it was made against.

    Raises ActError: G-SCORING-05 final, 06 no reason, 07 an objection to the same item is still open.
    """
    entered.refuse_final(scheme, subject)
    where = f"{subject} {item}"
    if not text.strip():
        raise _fault("G-SCORING-06", where, "没有写理由", "复核要有可查的理由", "写明哪个数、哪条规则不对")
    if any(one.item == item and one.state in OPEN for one in objections(scheme, subject)):
        raise _fault("G-SCORING-07", where, "同一项的异议还没有办完", "一项一件，办完再提", "等复核结果")
    sheet = sheets.scores(ws, scheme, day).of(subject)
    line = sheet.line(item)
    if line is None:
        raise _fault("G-SCORING-08", where, "细则里没有这一项", "不知异议指什么", "核对项目代号")
    number = str(1 + max((int(name) for name in records.of_kind("objection")), default=0))
    said = {
        "scheme": scheme.id, "subject": subject, "item": item, "title": line.title, "text": text.strip(),
        "by": person, "day": declared.today(ws).isoformat(), "as_of": day.isoformat(), "state": RAISED,
        "before": str(line.got if line.got is not None else "待定"), "hash": sheet.hash,
    }  # fmt: skip
    _change(number, "提出异议", said, person, text.strip())
    return _objection(number, records.get(f"objection/{number}"))


@transaction.atomic
def take_up(number: str, person: str) -> None:
    """Take an objection into review (G-SCORING-09 not open)."""
    one = _open(number)
    if one.state == RAISED:
        _change(number, "受理异议", {"state": REVIEWING}, person, "")


@transaction.atomic
def decide(scheme: Scheme, number: str, person: str, answer: str, points: str = "") -> None:
    """Decide an objection: keep the points, or set others by hand with the answer as reason; both stay on record.

    Raises ActError: G-SCORING-09 not open, 02 no answer, and as entered.enter.
    """
    one = _open(number)
    if not answer.strip():
        raise _fault("G-SCORING-02", f"异议 {number}", "没有写复核意见", "维持或调整都要说得清", "写明复核意见")
    if points.strip():
        reason = f"异议 {number} 复核：{answer.strip()}"
        entered.enter(scheme, one.subject, one.item, OVERRIDE, points, person, reason)
    state = CHANGED if points.strip() else KEPT
    said = {"state": state, "answer": answer.strip(), "decided_by": person, "after": points.strip() or one.before}
    _change(number, f"复核：{state}", said, person, answer.strip())


@transaction.atomic
def finish(ws: Workspace, scheme: Scheme, day: date, person: str, scheme_text: str) -> int:
    """Make the scores of a scheme final: sheets, facts and the scheme's text kept, each sheet by its hash.

    Raises ActError: G-SCORING-05 already final, 10 the period is not over, points wait, or objections are open.
    """
    entered.refuse_final(scheme, "")
    found = sheets.scores(ws, scheme, day)
    left = hinders(found, scheme)
    if left:
        raise ActError(
            "not final yet",
            [Fault("G-SCORING-10", scheme.title, words, "这样的分不能定稿", "办完再定稿") for words in left],
        )
    said = {
        "day": day.isoformat(), "by": person, "signed_on": declared.today(ws).isoformat(), "scheme_text": scheme_text,
        "facts": record(found.facts), "hashes": {one.subject: one.hash for one in found.sheets},
        "sheets": {one.subject: one.record() for one in found.sheets},
    }  # fmt: skip
    records.change(
        f"final/{scheme.id}",
        "定稿",
        said,
        person=person,
    )
    return len(found.sheets)


def hinders(found: Scores, scheme: Scheme) -> list[str]:
    """What must be done before the scores can be final."""
    words = [f"{scheme.period.words}没有结束，仍是试算"] if any(one.trial for one in found.sheets) else []
    words += [f"{one.name}（{one.scope}，{one.period}）{one.words}" for one in unexplained(found)]
    words += [f"异议 {one.number}（{one.subject}）没有办完" for one in objections(scheme) if one.state in OPEN]
    return words + [f"{one.subject} 有 {one.pending} 分待定" for one in found.sheets if one.pending]


def unexplained(found: Scores) -> list[Pair]:
    """Figures of the sheets whose two witnesses differ while neither rows nor a named person say why."""
    facts = [fact for items in found.facts.of.values() for named in items.values() for fact in named.values()]
    addresses = [fact.address for fact in facts if fact.address.count("/") == 2]
    return list(unsettled(snapshots.opened(), addresses, found.as_of))


def final(scheme: Scheme) -> Mapping[str, Any]:
    """The final scores of a scheme, empty while there are none."""
    return records.get(f"final/{scheme.id}")


def verify() -> tuple[list[str], list[Fault]]:
    """Reckon every final score again by the scheme and the facts of then; the same bytes or a fault each.

    Returns sentences of what was found equal, and faults G-SCORING-11.
    """
    told, faults = [], []
    for name, said in sorted(records.of_kind("final").items()):
        scheme = define(said["scheme_text"], f"{name}.toml")
        facts = restore(said["facts"])
        again = scores_of(scheme, facts, date.fromisoformat(said["day"]))
        for sheet in again.sheets:
            kept = hashlib.sha256(canonical(said["sheets"][sheet.subject])).hexdigest()
            if sheet.hash == kept == said["hashes"][sheet.subject]:
                told.append(f"{sheet.subject} {sheet.total} 分，与定稿逐字节相同（{sheet.hash[:12]}）")
            else:
                what = f"重算 {sheet.total}，与定稿的 {said['sheets'][sheet.subject]['total']} 不是同一份"
                faults.append(
                    Fault("G-SCORING-11", f"{scheme.title} {sheet.subject}", what, "定稿或程序被改过", "取备份核对")
                )
        told.append(f"细则 {scheme.id}（{scheme.sha256[:12]}），数据版本 {facts.data_version or '无'}")
    return told, faults


def _open(number: str) -> Objection:
    data = records.get(f"objection/{number}")
    if not data or data["state"] not in OPEN:
        what = f"已是“{data['state']}”" if data else "没有这一件"
        raise _fault("G-SCORING-09", f"异议 {number}", what, "无从复核", "核对编号")
    return _objection(number, data)


def _objection(number: str, data: Mapping[str, Any]) -> Objection:
    names = [name for name in Objection.__dataclass_fields__ if name != "number"]
    return Objection(number, **{name: data.get(name, "") for name in names})


def _change(number: str, act: str, said: Mapping[str, Any], person: str, reason: str) -> None:
    records.change(
        f"objection/{number}",
        act,
        said,
        person=person,
        reason=reason,
    )


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
