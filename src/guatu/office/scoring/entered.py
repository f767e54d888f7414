"""What persons enter for scores: points with a reason, numbers, grades, events by level; records, all logged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction

from guatu.errors import ActError
from guatu.office import proof as proofs
from guatu.office import records, snapshots
from guatu.score.facts import Fact, Facts, Row, record, restore
from guatu.score.feeding import Entered
from guatu.score.itemising import OVERRIDE
from guatu.score.scheme import Item, Part, Scheme

KIND = "score"
POINTS = "points"
FILED_UNDER = (KIND, "selfscore", "opinion")
"""Kinds of records whose ``proof`` names files: points by hand, a subject's own assessment, a department's."""


def entries(scheme: Scheme, at: date | None = None) -> Entered:
    """Everything entered for a scheme, as it stands now or stood on a past day."""
    found = {}
    for name, data in records.of_kind(KIND, at).items():
        one, subject, item = name.split("/", 2)
        if one == scheme.id:
            found[subject, item] = {key: _fact(said) for key, said in data.items()}
    return found


def asked_by_hand(scheme: Scheme, item: str) -> Mapping[str, Mapping[str, Any]]:
    """The facts of an item (or ``gate/ID``, ``veto/ID``) that a person enters: name → title, unit, levels, most."""
    one = scheme.item(item)
    if one is None:
        kinds = (("gate", scheme.gates), ("veto", scheme.vetoes), ("money", scheme.money))
        bars = {f"{kind}/{bar.id}": bar.facts for kind, bars in kinds for bar in bars}
        return {name: dict(source.said) for name, source in bars.get(item, {}).items() if source.kind == "hand"}
    found: dict[str, dict[str, Any]] = {
        name: dict(source.said) for name, source in one.facts.items() if source.kind == "hand"
    }
    for part in _judged(one):
        key = f"{part.id}.{POINTS}" if isinstance(part, Part) else POINTS
        found.setdefault(key, {"title": f"{part.title} 评分", "most": part.points})
    return found


@transaction.atomic
def enter(
    scheme: Scheme, subject: str, item: str, name: str, text: str, person: str, reason: str, *,
    level: str = "", day: str = "", proof: tuple[str, bytes] | None = None, seen: int | None = None,
) -> None:  # fmt: skip
    """Enter one fact for an item of a subject; an event (a fact with levels) is added to those registered before.

    proof: the file that shows it, name and bytes; its bytes are checked against what the name says (G-OFFICE-29).
    Raises ActError: G-SCORING-01 no such fact is entered by hand, 02 no reason, 03 not a number or out of range,
    04 not a level of the scheme, 05 the scores are final.
    """
    where = f"{subject} {item}"
    refuse_final(scheme, subject)
    known = dict(asked_by_hand(scheme, item))
    whole = scheme.item(item)
    if whole is not None:
        known.setdefault(OVERRIDE, {"title": "人工核定"})
    if name not in known:
        raise _fault("G-SCORING-01", where, f"“{name}”不由人填", "这一项由程序算", "改填人工核定并写明理由")
    if not reason.strip():
        raise _fault("G-SCORING-02", where, "没有写理由", "人工给的分要说得清为什么", "写明理由")
    said = known[name]
    fact = _said(where, said, name, text, person, reason.strip(), level, day)
    subject_key = f"{KIND}/{scheme.id}/{subject}/{item}"
    shown = ((proof[0], proofs.keep_bytes(snapshots.opened(), *proof)),) if proof else ()
    fact = replace(fact, proof=shown)
    if "levels" in said:
        before = records.get(subject_key).get(name)
        old = _fact(before) if before else Fact()
        rows = (*old.rows, *fact.rows)
        total = sum((row.number for row in rows), Fraction(0))
        fact = Fact(
            total, shown=f"{total}", person=person, said=reason.strip(), rows=rows, settled=True,
            proof=tuple(dict.fromkeys((*old.proof, *shown))),
        )  # fmt: skip
    records.change(
        subject_key, "人工评分", {name: plain(fact)}, person=person, reason=reason.strip(), seen=seen,
    )  # fmt: skip


@transaction.atomic
def withdraw(scheme: Scheme, subject: str, item: str, name: str, person: str, reason: str) -> bool:
    """Take back what was entered for a fact; the log keeps it. Returns whether there was anything."""
    refuse_final(scheme, subject)
    if not reason.strip():
        raise _fault("G-SCORING-02", f"{subject} {item}", "没有写理由", "撤回也要说得清", "写明理由")
    return records.change(
        f"{KIND}/{scheme.id}/{subject}/{item}", "撤回人工评分", {name: None}, person=person, reason=reason.strip(),
    )  # fmt: skip


def refuse_final(scheme: Scheme, subject: str) -> None:
    """Final scores are not changed any more (G-SCORING-05)."""
    if records.get(f"final/{scheme.id}"):
        raise _fault(
            "G-SCORING-05", f"{scheme.title} {subject}", "已经定稿", "定稿的分不能再改", "如有错误另行报批后重新定稿"
        )


def plain(fact: Fact) -> dict[str, Any]:
    """A fact as plain values of a record."""
    said: dict[str, Any] = record(Facts({"": {"": {"": fact}}}))["of"][""][""][""]
    return said


def _fact(said: Mapping[str, Any]) -> Fact:
    return restore({"of": {"": {"": {"": said}}}, "data_version": ""}).of[""][""][""]


def _said(
    where: str, said: Mapping[str, Any], name: str, text: str, person: str, reason: str, level: str, day: str
) -> Fact:
    if said.get("unit") in ("等次", "状态"):
        return Fact(word=text.strip(), shown=text.strip(), person=person, said=reason, settled=True)
    try:
        number = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise _fault("G-SCORING-03", where, f"“{text}”不是数", "无从计分", "填一个数，如 4.5") from None
    if name.endswith(POINTS) and not 0 <= number <= said.get("most", number):
        raise _fault(
            "G-SCORING-03", where, f"{text} 不在 0 到 {said['most']} 之间", "超出这一项的分值", "改填范围内的分"
        )
    if "levels" in said:
        if level not in said["levels"]:
            known = "、".join(said["levels"])
            raise _fault("G-SCORING-04", where, f"级别“{level}”细则里没有", "不知道扣加多少", f"从中选一个：{known}")
        row = Row(reason, number=number, level=level, day=day)
        return Fact(number, person=person, said=reason, rows=(row,), settled=True)
    unit = said.get("unit", "")
    return Fact(number, shown=f"{text.strip()} {unit}".strip(), person=person, said=reason, settled=True)


def _judged(item: Item) -> list[Item | Part]:
    """The item itself or its parts, where a person gives the points."""
    found: list[Item | Part] = [part for part in item.parts if part.rule.kind == "judge" and "of" not in part.rule.said]
    if item.rule is not None and item.rule.kind == "judge" and "of" not in item.rule.said:
        found.append(item)
    return found


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)


def files_of(scheme: str, subject: str) -> Iterator[tuple[str, str]]:
    """Every file behind what persons entered for a subject by a scheme: the name it is kept under, its own name."""
    for kind in FILED_UNDER:
        for name, data in records.of_kind(kind).items():
            if name.startswith(f"{scheme}/{subject}/"):
                yield from _files_in(data)


def _files_in(said: Any) -> Iterator[tuple[str, str]]:
    if isinstance(said, Mapping):
        for name, kept in said.get("proof") or ():
            yield kept, name
        for value in said.values():
            yield from _files_in(value)
