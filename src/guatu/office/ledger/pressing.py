"""Letters that press: proposed from the overdue, taken up by a person, led step by step with what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from guatu.act.drafting import case_of, form
from guatu.act.letters import Draft, Letter, Proposals, open_letter, propose, step_letter
from guatu.base.period import Period
from guatu.errors import ActError
from guatu.office import log, records, snapshots
from guatu.office.ledger import causes, declared, listing, storage
from guatu.office.ledger.answers import Answer, Table
from guatu.office.ledger.authority import authority
from guatu.office.ledger.models import Problem
from guatu.report.bulletins.letter import letter_of
from guatu.report.docx_paper import docx_of
from guatu.report.facts import Office, Pressing

KIND = "letter"
KIND_OF_BODY = {"党委部门": "党委部门、人大、政协"}
ANSWER_IN = timedelta(days=10)
"""How long a letter leaves for its answer by default; the person who signs sets another [calendar days]."""
DEMANDS = ("立即查明未按期完成的原因，制定补救措施", "按期报送整改进展和完成情况的材料")


def letters() -> dict[str, Letter]:
    """Every letter by its record's name, oldest first."""
    return {name: _letter(data) for name, data in records.of_kind(KIND).items()}


def proposals(rows: QuerySet[Problem], day: date, cause: str = "") -> Proposals:
    """What could be sent for the overdue problems, what could be released; a person decides.

    cause: only of this one, with all that a draft says of it.
    """
    every = declared.ledgers()
    there = letters()
    whole = {cause} if cause else {one.cause for one in there.values()}
    found = storage.items(rows.filter(number__in=whole))
    if not cause:
        found += storage.light(rows.filter(listing.overdue(day)).exclude(number__in=whole))
    cases = [case for item in found if (case := case_of(every[item.ledger], item, day))]
    rules = authority().rules
    others = causes.other_cases(day, {one.subject for one in rules.triggers if one.active}, there)
    cases += [one for one in others if not cause or one.cause == cause]
    kinds = {body.name: KIND_OF_BODY[body.kind] for body in snapshots.opened().bodies if body.kind in KIND_OF_BODY}
    return propose(rules, cases, list(there.values()), kinds)


def answer(rows: QuerySet[Problem], day: date, *, body: str = "", letter: str = "", most: int | None = None) -> Answer:
    """The proposals as an answer, of one body or one rung if named, with the letters sent before.

    most: how many drafts the table names, None for all [rows].
    """
    found = proposals(rows, day)
    drafts = [
        one for one in found.drafts if (not body or one.addressee == body) and (not letter or one.letter == letter)
    ]
    table = [
        (one.cause, one.letter, one.action, one.addressee, one.issuer, one.approver,
         f"{one.trigger.words}（{one.trigger.source}）", "；".join(one.figures[1:2]),
         "、".join(f"{was.letter}{was.number}（{was.state}）" for was in one.earlier) or "没有",
         "；".join(one.cautions))
        for one in drafts[:most]
    ]  # fmt: skip
    released = [(one.cause, one.letter, one.addressee, one.number) for one in found.releases]
    heads = ("事由", "文种", "办法", "主送", "发文", "批准", "条件", "数字", "以前的函", "注意")
    named = {one.id: one for one in authority().rules.triggers}
    untold = [(cause, named[one].words, named[one].letter, wanting) for cause, one, wanting in found.untold]
    words = (
        f"够条件的 {len(drafts)} 份，由人决定；条件已消除、可以解除的 {len(released)} 份；"
        f"缺数、说不清的 {len(untold)} 条，不触发也不解除。",
        authority().words,
    )
    tables = (
        Table("可以发的", heads, table, 0, left=len(drafts) - len(table)),
        Table("可以解除的", ("事由", "文种", "主送", "文号"), released, 0),
        Table("缺数、说不清的", ("事由", "条件", "文种", "缺什么"), untold),
    )
    return Answer(f"{day} 催办督办", words, tables)


def powers() -> Answer:
    """The matrix and the triggers in force as an answer."""
    found = authority()
    matrix = [
        (row.issuer, "、".join(row.letters), "、".join(row.addressees), row.approver, "、".join(row.copy_to) or "—")
        for row in found.rules.matrix
    ]
    triggers = [
        ("启用" if one.active else "不用", one.subject, one.words, one.letter, one.addressee, one.source)
        for one in found.rules.triggers
    ]
    tables = (
        Table("发文权限", ("发文", "文种", "主送", "批准", "抄送"), matrix),
        Table("触发条件", ("启用", "对象", "条件", "文种", "主送", "出处"), triggers),
    )
    return Answer("发文权限表和触发条件", (found.words,), tables)


def draft_of(rows: QuerySet[Problem], day: date, cause: str) -> tuple[Draft, dict[str, str]]:
    """One proposal with its form filled. Raises ActError (G-LEDGER-16) where nothing is proposed for the cause."""
    found = next((one for one in proposals(rows, day, cause).drafts if one.cause == cause), None)
    if found is None:
        raise ActError.of(
            f"no letter for {cause}",
            "G-LEDGER-16",
            f"事由 {cause}",
            "没有达到发函条件",
            "程序不凭空起草",
            "核对时限和状态",
        )
    return found, form(authority().rules, found, day, demands=DEMANDS, answer_by=day + ANSWER_IN)


def document_of(rows: QuerySet[Problem], day: date, cause: str) -> bytes:
    """A draft as the Word file that goes into the office's own document system: figures filled, 文号 left open.

    It is the paper that ``guatu report letter`` makes, each figure a bookmark.
    """
    ws = snapshots.opened()
    month = Period.of(f"{day:%Y-%m}")
    office = Office(subject=cause, letter=pressing_of(rows, day, cause))
    return docx_of(replace(letter_of(ws, month, day, office), subject=cause))


def pressing_of(rows: QuerySet[Problem], day: date, cause: str) -> Pressing:
    """What a letter says, as plain values for its paper. Raises ActError (G-LEDGER-16): nothing is proposed."""
    draft, _ = draft_of(rows, day, cause)
    return Pressing(
        cause, draft.letter, draft.issuer, draft.addressee, "" if draft.trigger.mark == "D" else draft.trigger.source,
        draft.figures, DEMANDS, day + ANSWER_IN, draft.copy_to,
        tuple(f"{one.letter}{one.number}" for one in draft.earlier if one.number),
    )  # fmt: skip


@transaction.atomic
def take_up(rows: QuerySet[Problem], day: date, cause: str, person: str) -> str:
    """A person takes a draft up; returns the letter's record name. Raises ActError (G-ACT-51) for a second one."""
    log.hold()  # two who take up the same draft at once: the second finds the letter of the first
    draft, _ = draft_of(rows, day, cause)
    there = letters()
    names = list(there)
    after: Sequence[Letter] = open_letter(draft, list(there.values()))
    for name, letter in zip(names, after, strict=False):
        if letter != there[name]:
            records.change(f"{KIND}/{name}", "升级", _data(letter), person=person, whole=True)
    made = f"{len(names) + 1:04d}"
    data = _data(after[-1]) | {"figures": list(draft.figures), "issuer": draft.issuer, "approver": draft.approver}
    records.change(f"{KIND}/{made}", f"拟{draft.letter}", data, person=person)
    return made


@transaction.atomic
def step(name: str, to: str, person: str, *, seen: int | None = None, **said: Any) -> Letter:
    """Lead a letter one step on with what came back: 文号, day, scan, reason. Raises ActError: G-ACT-52, 53."""
    data = records.get(f"{KIND}/{name}")
    if not data:
        raise ActError.of(f"no letter {name}", "G-LEDGER-17", f"函 {name}", "没有这一份", "无从登记", "核对编号")
    letter = step_letter(authority().rules, _letter(data), to, **said)
    records.change(f"{KIND}/{name}", to, _data(letter), person=person, reason=str(said.get("reason", "")), seen=seen)
    return letter


def _letter(data: dict[str, Any]) -> Letter:
    return Letter(
        data["cause"],
        data["letter"],
        data["addressee"],
        data["state"],
        data.get("number", ""),
        {key: date.fromisoformat(day) for key, day in data.get("days", {}).items()},
        data.get("scans", {}),
        tuple(data.get("reasons", ())),
        data.get("instead_of", ""),
    )


def _data(letter: Letter) -> dict[str, Any]:
    return {
        "cause": letter.cause,
        "letter": letter.letter,
        "addressee": letter.addressee,
        "state": letter.state,
        "number": letter.number,
        "days": {key: day.isoformat() for key, day in letter.days.items()},
        "scans": dict(letter.scans),
        "reasons": list(letter.reasons),
        "instead_of": letter.instead_of,
    }
