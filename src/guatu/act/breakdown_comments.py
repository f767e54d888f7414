"""Comments on a breakdown 征求意见: what each body says of its rows, and how the office settles each with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from guatu.errors import ActError

OBJECTION, NONE = "有意见", "无意见"
ANSWERS = ("采纳", "部分采纳", "不采纳")
SILENT = "未反馈"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: by a body, on a row (empty: on the whole), its words; answer and reason once it is settled.

    on: the day it came [ISO]; recorded: 代录 where the clerk wrote down what came on paper.
    """

    id: str
    body: str
    kind: str
    row: str = ""
    text: str = ""
    on: str = ""
    answer: str = ""
    reason: str = ""
    recorded: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody must still settle it."""
        return self.kind == OBJECTION and not self.answer

    @classmethod
    def of(cls, name: str, record: Mapping[str, Any]) -> Comment:
        """The comment of a record."""
        known = {one.name for one in fields(cls)} - {"id"}
        return cls(id=name, **{key: value for key, value in record.items() if key in known})


@dataclass(frozen=True, slots=True)
class Voice:
    """What one body that was asked has said so far: a word, how many comments, how many of them wait."""

    body: str
    word: str
    comments: int
    waiting: int


def voices(asked: Sequence[str], comments: Iterable[Comment]) -> tuple[Voice, ...]:
    """Every body that was asked, in that order; who said nothing at all is 未反馈, never 无意见."""
    by_body: dict[str, list[Comment]] = {}
    for one in comments:
        by_body.setdefault(one.body, []).append(one)
    found = []
    for body in asked:
        said = [one for one in by_body.get(body, []) if one.kind == OBJECTION]
        word = f"{len(said)} 条意见" if said else NONE if body in by_body else SILENT
        found.append(Voice(body, word, len(said), sum(one.waits for one in said)))
    return tuple(found)


def given(body: str, row: str, text: str, own: Sequence[str]) -> dict[str, str]:
    """The record of a body's comment on one of its rows; an empty row: on the whole breakdown.

    Raises ActError: G-ACT-86 no words, G-ACT-87 a row that is not its own.
    """
    if not text.strip():
        raise _fault("G-ACT-86", f"{body}的意见", "没有写内容", "不知道要改什么", "写明意见，没有意见就点“无意见”")
    if row and row not in own:
        raise _fault("G-ACT-87", f"{body}的意见", f"{row} 不是它的措施", "各单位只对自己的提", "在本单位的措施里选")
    return {"body": body, "kind": OBJECTION, "row": row, "text": text.strip()}


def settled(one: Comment, answer: str, reason: str) -> dict[str, str]:
    """How a comment is settled.

    Raises ActError (G-ACT-88): a word that is no answer, no reason, or there is nothing to settle.
    """
    wrong = ""
    if one.kind != OBJECTION:
        wrong = "没有提意见"
    elif answer not in ANSWERS:
        wrong = f"答复写成了“{answer}”"
    elif not reason.strip():
        wrong = "没有写理由"
    if wrong:
        raise _fault(
            "G-ACT-88", f"{one.body}的意见", wrong, "提意见的单位要知道为什么", f"选{'、'.join(ANSWERS)}并写理由"
        )
    return {"answer": answer, "reason": reason.strip()}


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
