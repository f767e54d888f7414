"""Hands before the sum: a subject's own assessment of an item, and the points of the department that scores it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction

from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import proof as proofs
from guatu.office import records
from guatu.office.ledger import declared
from guatu.office.scoring import entered
from guatu.score.scheme import Item, Scheme
from guatu.score.wording import plain

SELF, DEPARTMENT = "自评", "部门评分"
OWN, OPINION = "selfscore", "opinion"


@dataclass(frozen=True, slots=True)
class Hand:
    """What somebody gave an item: points as written, why, who, when, with which files."""

    points: str
    said: str
    person: str
    on: str
    proof: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """Points with person and reason."""
        return f"{self.points} 分（{self.person}：{self.said}）"


@dataclass(frozen=True, slots=True)
class Hands:
    """The hands of one sheet by item: the subject's own, and each department's."""

    own: Mapping[str, Hand]
    departments: Mapping[str, Mapping[str, Hand]]

    def words(self, item: str) -> tuple[str, str]:
        """What the subject and the departments gave an item, in words."""
        mine = self.own.get(item)
        others = self.departments.get(item, {})
        return mine.words if mine else "", "；".join(f"{body} {hand.words}" for body, hand in others.items())


def hands_of(scheme: Scheme, subject: str, at: date | None = None) -> Hands:
    """What was given for a subject, as it stands now or stood on a past day."""
    head = f"{scheme.id}/{subject}/"
    own = {
        name.removeprefix(head): _hand(said) for name, said in records.of_kind(OWN, at).items() if name.startswith(head)
    }
    others = {
        name.removeprefix(head): {body: _hand(one) for body, one in said.items()}
        for name, said in records.of_kind(OPINION, at).items()
        if name.startswith(head)
    }
    return Hands(own, others)


@transaction.atomic
def assess(
    ws: Workspace, scheme: Scheme, subject: str, item: str, points: str, reason: str, person: str,
    proof: tuple[str, bytes] | None = None,
) -> Hand:  # fmt: skip
    """A subject's own assessment of an item; it stands beside the points and does not count.

    Raises ActError: G-SCORING-02 no reason, 03 no number or out of range, 05 final, 08 no such item, 14 the scheme
    asks for none.
    """
    _refuse(scheme, SELF, subject, "细则没有要求自评")
    said = _given(ws, scheme, subject, item, points, reason, person, proof)
    records.change(f"{OWN}/{scheme.id}/{subject}/{item}", SELF, said, person=person, reason=reason.strip(), whole=True)
    return _hand(said)


@transaction.atomic
def opine(
    ws: Workspace, scheme: Scheme, subject: str, item: str, body: str, points: str, reason: str, person: str,
    proof: tuple[str, bytes] | None = None,
) -> Hand:  # fmt: skip
    """The points of the department that scores an item. Of an item judged by hand they are the points; of one that is
    reckoned they stand beside the reckoned ones, and the office says by review which holds.

    Raises ActError as assess, and G-SCORING-15 where the body does not score the item.
    """
    _refuse(scheme, DEPARTMENT, subject, "细则没有要求部门评分")
    said = _given(ws, scheme, subject, item, points, reason, person, proof)
    known = scheme.item(item)
    if known is None or body not in known.scored_by:
        who = "、".join(known.scored_by) if known else ""
        raise _fault("G-SCORING-15", f"{subject} {item}", f"“{body}”不评这一项", f"这一项由{who}评", "核对项目代号")
    key = f"{OPINION}/{scheme.id}/{subject}/{item}"
    records.change(key, DEPARTMENT, {body: said}, person=person, reason=reason.strip())
    if judged(known):
        entered.enter(scheme, subject, item, entered.POINTS, points, f"{body} {person}", reason, proof=proof)
    return _hand(said)


def judged(item: Item) -> bool:
    """Whether a person gives the points of the item as a whole."""
    return item.rule is not None and item.rule.kind == "judge" and "of" not in item.rule.said


def scored_by(schemes: tuple[Scheme, ...], body: str) -> Iterator[tuple[Scheme, Item]]:
    """The items that a department scores by schemes that ask departments."""
    for one in schemes:
        if DEPARTMENT in one.process:
            yield from ((one, item) for item in one.items if body in item.scored_by)


def owed(scheme: Scheme, subjects: tuple[str, ...]) -> Iterator[str]:
    """Whose hand a scheme still waits for, in words."""
    found = {subject: hands_of(scheme, subject) for subject in subjects}
    if SELF in scheme.process:
        left = [one for one, hands in found.items() if not hands.own]
        yield f"自评：{len(subjects) - len(left)}／{len(subjects)} 家已报" + (
            f"，还缺 {'、'.join(left)}" if left else ""
        )
    if DEPARTMENT in scheme.process:
        bodies: dict[str, int] = {}
        given: dict[str, int] = {}
        for item in scheme.items:
            for body in item.scored_by:
                bodies[body] = bodies.get(body, 0) + len(subjects)
                there = sum(body in hands.departments.get(item.id, {}) for hands in found.values())
                given[body] = given.get(body, 0) + there
        told = "、".join(f"{body} {given[body]}／{number}" for body, number in bodies.items())
        yield f"部门评分（项·家）：{told}"


def _given(
    ws: Workspace, scheme: Scheme, subject: str, item: str, points: str, reason: str, person: str,
    proof: tuple[str, bytes] | None,
) -> dict[str, Any]:  # fmt: skip
    entered.refuse_final(scheme, subject)
    where, known = f"{subject} {item}", scheme.item(item)
    if known is None or not scheme.applies(known, subject):
        raise _fault("G-SCORING-08", where, "细则里没有这一项，或不考核它", "不知评什么", "核对项目代号")
    if not reason.strip():
        raise _fault("G-SCORING-02", where, "没有写理由", "给的分要说得清为什么", "写明理由")
    try:
        number = Fraction(points.strip())
    except (ValueError, ZeroDivisionError):
        raise _fault("G-SCORING-03", where, f"“{points}”不是数", "无从对照", "填一个数，如 4.5") from None
    if known.points and not 0 <= number <= known.points:
        most = plain(known.points)
        raise _fault("G-SCORING-03", where, f"{points} 不在 0 到 {most} 之间", "超出这一项的分值", "改填范围内的分")
    shown = [[proof[0], proofs.keep_bytes(ws, *proof)]] if proof else []
    return {
        "points": points.strip(), "said": reason.strip(), "person": person, "on": declared.today(ws).isoformat(),
        "proof": shown,
    }  # fmt: skip


def _hand(said: Mapping[str, Any]) -> Hand:
    files = tuple((name, kept) for name, kept in said.get("proof", ()))
    return Hand(said["points"], said["said"], said["person"], said["on"], files)


def _refuse(scheme: Scheme, asked: str, subject: str, what: str) -> None:
    if asked not in scheme.process:
        raise _fault(
            "G-SCORING-14", f"{scheme.title} {subject}", what, "没有这一步", f"在细则里写 process = [“{asked}”]"
        )


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
