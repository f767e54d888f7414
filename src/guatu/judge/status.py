"""The state of a target in one word, decided on exact decimals at the target's own decimals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from guatu.base.exact import half_even
from guatu.base.value import Value
from guatu.judge.comparing import meets
from guatu.judge.indicators import card_of, is_all_or_none, judged_decimals
from guatu.judge.room import Room
from guatu.load.conventions import DEFAULT, Conventions
from guatu.read.plan import Target
from guatu.rules.cards import Cards

if TYPE_CHECKING:
    from guatu.judge.outlook import Outlook

WORDS = {
    "aspired": "力争达标",
    "met": "达标",
    "close": "临界",
    "behind": "暂未达标",
    "missed": "未达标",
    "undecided": "无法判定",
}
BEHIND_THE_PLAN = "未达序时"
ON_PLAN = "达到序时"
BUILDS_UP = ("growing", "in_step")


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


def status_of(
    target: Target,
    value: Value,
    *,
    over: bool,
    room: Room | None = None,
    due: Fraction | None = None,
    conventions: Conventions = DEFAULT,
    outlook: Outlook | None = None,
    cards: Cards | None = None,
) -> Status:
    """Judge a figure against a target.

    over: whether the period has ended (only then 未达标 is said); due: for a figure that builds up through the year,
    what was to be reached by the day (see guatu.judge.pace): at or above it 达到序时, below it 未达序时. A value
    without number, or with a reason word, is undecided: too few days are never judged. 临界: met now, but the room
    left is smaller than last year's same stretch needed, or small by convention, or outlook, where one is given,
    leaves it a chance below the convention's. cards: those of the workspace. A ratio of 100 % or 0 % is compared
    bare, any other figure at the target's decimals; 约 N is met within the band, and 基本实现 only by the whole.
    """
    if target.op == "done":
        return _undecided("判据待确认")
    if target.op == "schedule" or target.value is None:
        return _undecided("待上级下达目标值")
    if value.number is None or value.reason:
        return _undecided(value.reason or "数据未到")
    exact = value.raw if value.raw is not None else Fraction(value.number)
    judged = half_even(exact, _decimals(target, value))
    met = is_met(target, exact, judged, conventions, cards)
    if met is None:
        note = f"现为 {judged}，“{target.op_surface or target.text}”没有写明幅度"
        return Status("undecided", WORDS["undecided"], "判据待确认", judged, note)
    note = _note(target, exact, judged, met)
    card = card_of(target, cards)
    builds_up = card is not None and card.kind in BUILDS_UP
    if not met:
        if over:
            return Status("missed", WORDS["missed"], "", judged, note)
        if builds_up and due is not None and not isinstance(target.value, tuple):
            plan = f"年底目标 {target.value}，按序时到这一天应为 {half_even(due, 1)}"
            ahead = exact >= due if target.op in (">=", ">") else exact <= due
            code, word = ("met", ON_PLAN) if ahead else ("behind", BEHIND_THE_PLAN)
            return Status(code, word, "", judged, plan)
        if room is not None and room.outcome == "lost":
            note = room.sentence
        return Status("behind", BEHIND_THE_PLAN if builds_up else WORDS["behind"], "", judged, note)
    if not over and room is not None and is_close(exact, room, conventions):
        return Status("close", WORDS["close"], "", judged, room.sentence)
    if not over and outlook is not None and is_doubtful(outlook, conventions):
        return Status("close", WORDS["close"], "", judged, f"眼下满足，年底达标的可能性{outlook.shown}")
    aspired = target.stretch is not None and meets(target.op, judged, target.stretch)
    code = "aspired" if aspired else "met"
    return Status(code, WORDS[code], "", judged, note)


def is_met(
    target: Target, exact: Fraction, judged: Decimal, conventions: Conventions = DEFAULT, cards: Cards | None = None
) -> bool | None:
    """Whether a figure satisfies a target's comparator and value; None where the words leave it open."""
    limit = target.value
    if target.op == "range" and isinstance(limit, tuple):
        return limit[0] <= judged <= limit[1]
    if not isinstance(limit, Decimal):
        return None
    if is_all_or_none(target):
        return meets(target.op, exact, limit)
    if target.op != "~":
        return meets(target.op, judged, limit)
    if target.qualitative:
        return True if exact == limit else None
    card = card_of(target, cards)
    width = Fraction(limit) * conventions.band_percent / 100
    low, high = Fraction(limit) - width <= judged, judged <= Fraction(limit) + width
    better = card.better if card else "band"
    return low if better == "higher" else high if better == "lower" else low and high


def is_close(exact: Fraction, room: Room, conventions: Conventions = DEFAULT) -> bool:
    """Whether a target that is met now may be lost by a rest of the year like the one before.

    What counts as close without last year's days is a convention of guatu an office can set, not of law.
    """
    if room.outcome != "open" or room.kind not in ("days", "mean"):
        return False
    if room.kind == "days":
        spare = room.bad_left or 0
        return spare <= conventions.close_days or (room.last_year is not None and spare < room.last_year)
    if room.rest is None:
        return False
    if room.last_year is not None:
        return room.rest < room.last_year
    return Fraction(room.rest) * 100 < exact * (100 + conventions.close_percent)


def is_doubtful(outlook: Outlook, conventions: Conventions = DEFAULT) -> bool:
    """Whether the chance that is left is below the office's figure, 70 % where it settled none."""
    return outlook.chance is not None and 100 * outlook.chance < conventions.chance_percent


def _decimals(target: Target, value: Value) -> int:
    """约 35 is compared at the decimals it is written in, whatever the card keeps of the figure."""
    if target.op == "~" and target.decimals is None and isinstance(target.value, Decimal):
        return max(0, -int(target.value.as_tuple().exponent))
    return judged_decimals(target, value.period.last)


def _note(target: Target, exact: Fraction, judged: Decimal, met: bool) -> str:
    """Say where rounding decides: the bare figure fails what the judged one meets, or the other way round."""
    if not isinstance(target.value, Decimal) or target.op not in ("<=", ">=", "==", ">"):
        return "“约”按修约到目标所写位数后相等判" if target.op == "~" and met and exact != judged else ""
    places = -int(judged.as_tuple().exponent)
    bare, rounded = meets(target.op, exact, target.value), meets(target.op, judged, target.value)
    if bare == rounded:
        return ""
    if is_all_or_none(target):
        return f"{target.value}% 不靠修约达到：精确值 {_shown(exact, target.value)}，修约后为 {judged}"
    other = WORDS["met"] if bare else WORDS["missed"]
    return (
        f"修约决定结果：精确值 {_shown(exact, target.value)}，不修约则{other}；按 {places} 位小数评价为 {judged}，"
        f"{WORDS['met'] if rounded else WORDS['missed']}"
    )


def told(target: Target, value: Value, status: Status) -> Decimal | None:
    """A figure as it is printed: with the decimals it takes not to look like the limit that it misses."""
    limit = target.value
    hidden = status.code in ("behind", "missed") and value.number == limit
    if not hidden or not isinstance(limit, Decimal):
        return value.number
    if status.judged is not None and status.judged != limit:
        return status.judged
    return value.number if value.raw is None else _shown(value.raw, limit)


def printed_doubt(target: Target, printed: Decimal, last: date) -> str:
    """Where a published figure was rounded so near the edge that its exact value may fall on either side of it."""
    step = Fraction(1, 2 * 10 ** max(0, -int(printed.as_tuple().exponent)))
    decimals = judged_decimals(target, last)
    ends = [Fraction(printed) - step, Fraction(printed) + step]
    inside = [ends[0] + (ends[1] - ends[0]) / 1000, ends[1] - (ends[1] - ends[0]) / 1000]
    if len({is_met(target, one, half_even(one, decimals)) for one in inside}) == 1:
        return ""
    low, high = (half_even(one, 3).normalize() for one in ends)
    return f"通报值已修约，精确值在 {low:f} 至 {high:f} 之间，是否达标取决于它，请向发文单位核对"


def _shown(exact: Fraction, limit: Decimal) -> Decimal:
    """The exact figure with as many decimals as it takes to tell it from the limit, two at least."""
    places = 2
    while half_even(exact, places) == limit and places < 9:
        places += 1
    return half_even(exact, places)


def _undecided(reason: str) -> Status:
    return Status("undecided", WORDS["undecided"], reason)
