"""The state of a target in one word, decided on exact decimals at the target's own decimals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.base.value import Value
from guatu.judge.room import Room
from guatu.read.plan import Target

WORDS = {
    "aspired": "力争达标",
    "met": "达标",
    "close": "临界",
    "behind": "暂未达标",
    "missed": "未达标",
    "undecided": "无法判定",
}


@dataclass(frozen=True, slots=True)
class Status:
    """The state of one target: code, the word people read, and for 无法判定 the obligatory reason word.

    code: ``met aspired close behind missed undecided``; judged: the figure as it was compared, rounded to the
    target's decimals; note: one more sentence where a reading of the target matters.
    """

    code: str
    word: str
    reason: str = ""
    judged: Decimal | None = None
    note: str = ""
