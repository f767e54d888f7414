"""Comments on the breakdown in the office: who was asked till when, what came, how each was settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from guatu.act import breakdown_comments
from guatu.act.breakdown_comments import NONE, Comment, Voice
from guatu.act.breakdown_gaps import asked_of
from guatu.act.log import BEIJING
from guatu.errors import ActError
from guatu.office import breakdowns, records


def send(person: str, due: date | None = None, moment: datetime | None = None) -> tuple[str, ...]:
    """Send the draft to every body that has a row; returns them. Raises ActError (G-OFFICE-18) out of turn."""
    bodies = tuple(asked())
    breakdowns.send_for_comment(person, bodies, due, moment)
    return bodies


def asked() -> dict[str, tuple[str, ...]]:
    """Each body with the rows it may comment on; once sent, the bodies it was sent to."""
    head = breakdowns.head()
    own = {
        body: tuple(row.id for row, _ in rows)
        for body, rows in asked_of(breakdowns.rows(), head.get("counties", [])).items()
    }
    return {body: own.get(body, ()) for body in head.get("asked") or own}


def comments() -> tuple[Comment, ...]:
    """Every comment, those that wait first, then as they came."""
    found = [Comment.of(name, data) for name, data in records.of_kind("comment").items()]
    return tuple(sorted(found, key=lambda one: (not one.waits, one.on, one.id)))


def voices() -> tuple[Voice, ...]:
    """What each body that was asked has said."""
    return breakdown_comments.voices(tuple(asked()), comments())


@transaction.atomic
def say(
    body: str, row: str, text: str, person: str, *, recorded: bool = False, moment: datetime | None = None
) -> str:  # fmt: skip
    """Keep a body's comment; recorded: the clerk writes down what came on paper. Returns its number.

    Raises ActError: G-ACT-86, 87 as act says, G-OFFICE-38 nobody is asked now, or not this body.
    """
    said = breakdown_comments.given(body, row, text, _open(body))
    return _put(body, said, "提出意见", person, recorded, moment)


@transaction.atomic
def no_objection(body: str, person: str, *, recorded: bool = False, moment: datetime | None = None) -> str:
    """Keep that a body has no objection. Raises ActError (G-OFFICE-38) as say does, or where it already commented."""
    _open(body)
    if any(one.body == body for one in comments()):
        raise _fault("G-OFFICE-38", body, "已经反馈过", "前后两个说法分不清以哪个为准", "要补充就提意见")
    return _put(body, {"body": body, "kind": NONE}, "无意见", person, recorded, moment)


def settle(name: str, answer: str, reason: str, person: str, moment: datetime | None = None) -> None:
    """Settle a comment with its reason. Raises ActError: G-ACT-88, G-OFFICE-39 no such comment."""
    data = records.get(f"comment/{name}")
    if not data:
        raise _fault("G-OFFICE-39", f"意见 {name}", "没有这一条", "无从答复", "在意见清单里选")
    made = breakdown_comments.settled(Comment.of(name, data), answer, reason)
    records.change(f"comment/{name}", "答复意见", made, person=person, reason=made["reason"], moment=moment)


def waiting() -> tuple[Comment, ...]:
    """Comments nobody settled yet."""
    return tuple(one for one in comments() if one.waits)


def _open(body: str) -> Sequence[str]:
    """The rows of a body that is asked now."""
    if breakdowns.head().get("status") != breakdowns.COMMENT:
        raise _fault("G-OFFICE-38", "任务分解", "现在不在征求意见", "没有可提的", "批准后的改动请与环委办联系")
    own = asked().get(body)
    if own is None:
        raise _fault("G-OFFICE-38", body or "您的账号", "没有分到任务，没有向它征求意见", "没有可提的", "核对单位名称")
    return own


def _put(
    body: str, said: dict[str, str], act: str, person: str, recorded: bool, moment: datetime | None
) -> str:  # fmt: skip
    number = f"Y{len(records.of_kind('comment')) + 1:03d}"
    day = (moment or datetime.now(BEIJING)).date().isoformat()
    kept = {**said, "on": day, "recorded": "代录" if recorded else None}
    records.change(f"comment/{number}", act, kept, person=person, acting_for=body if recorded else "", moment=moment)
    return number


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
