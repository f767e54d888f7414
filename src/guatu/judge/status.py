"""The state of a target in one word, decided on exact decimals at the target's own decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.base.value import Value
from guatu.judge.indicators import judged_decimals
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
# What counts as close is a convention of guatu, not of law: without last year's days to compare with, five bad days,
# or a required mean less than a tenth above the running one.
CLOSE_BAD_DAYS = 5
CLOSE_SHARE = Fraction(1, 10)


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


def status_of(target: Target, value: Value, *, over: bool, room: Room | None = None, growing: bool = False) -> Status:
    """Judge a figure against a target.

    over: whether the period has ended (only then 未达标 is said); growing: figures that build up through the year say
    未达序时 instead of 暂未达标. A value without number, or with a reason word, is undecided: too few days are never
    judged. 临界: met now, but the room left is smaller than last year's same stretch needed, or small by convention.
    """
    if target.op in ("schedule", "done") or target.value is None:
        return _undecided("待上级下达目标值" if target.op != "done" else "判据待确认")
    if value.number is None or value.reason:
        return _undecided(value.reason or "数据未到")
    if target.op == "~" or not isinstance(target.value, Decimal):
        return _undecided("判据待确认")
    exact = value.raw if value.raw is not None else Fraction(value.number)
    judged = half_even(exact, judged_decimals(target, value.period.last))
    note = _note(target, target.value, exact, judged)
    if not meets(target.op, judged, target.value):
        if over:
            return Status("missed", WORDS["missed"], "", judged, note)
        if room is not None and room.outcome == "lost":
            note = room.sentence
        return Status("behind", "未达序时" if growing else WORDS["behind"], "", judged, note)
    if not over and room is not None and is_close(exact, room):
        return Status("close", WORDS["close"], "", judged, room.sentence)
    aspired = target.stretch is not None and meets(target.op, judged, target.stretch)
    code = "aspired" if aspired else "met"
    return Status(code, WORDS[code], "", judged, note)


def meets(op: str, judged: Decimal, limit: Decimal) -> bool:
    """Whether the judged figure satisfies the comparator."""
    return {
        "<=": judged <= limit,
        ">=": judged >= limit,
        "==": judged == limit,
        ">": judged > limit,
    }[op]


def is_close(exact: Fraction, room: Room) -> bool:
    """Whether a target that is met now may be lost by a rest of the year like the one before."""
    if room.outcome != "open":
        return False
    if room.kind == "days":
        spare = room.bad_left or 0
        return spare <= CLOSE_BAD_DAYS or (room.last_year is not None and spare < room.last_year)
    if room.rest is None:
        return False
    if room.last_year is not None:
        return room.rest < room.last_year
    return Fraction(room.rest) < exact * (1 + CLOSE_SHARE)


def _note(target: Target, limit: Decimal, exact: Fraction, judged: Decimal) -> str:
    """Say where rounding decides: the bare figure fails what the judged one meets, or the other way round."""
    bare = {"<=": exact <= limit, ">=": exact >= limit, "==": exact == limit, ">": exact > limit}[target.op]
    if bare == meets(target.op, judged, limit):
        return ""
    return f"修约决定结果：精确值 {half_even(exact, 2)}，按 {-int(judged.as_tuple().exponent)} 位小数评价为 {judged}"


def _undecided(reason: str) -> Status:
    return Status("undecided", WORDS["undecided"], reason)
