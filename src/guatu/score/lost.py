"""Why points were lost: by item and step down to months, sections and problems, adding up to the loss exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from guatu.score.facts import Row
from guatu.score.sheet import Change, Line, Sheet
from guatu.score.wording import plain


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule or modifier cost (below zero: gave), with the rows it counted."""

    title: str
    lost: Fraction
    words: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """Points an item lost. lost: at the scheme's decimals, so that all losses add up to full marks less the total.

    steps: what each rule cost, exact, adding up to the exact loss; rounding: what the rounding of the item adds;
    fixed: whether nothing to come can give the points back; may_change: how it still may.
    """

    item: str
    title: str
    block: str
    lost: Decimal
    points: Fraction
    span: str
    clause: str
    words: str
    steps: tuple[Step, ...]
    rounding: Fraction
    fixed: bool
    may_change: tuple[str, ...]
    line: Line | None = None


def losses_of(sheet: Sheet) -> tuple[Loss, ...]:
    """Every item that gives other points than it is worth, the largest loss first; composition and waiting points last.

    The sum of all ``lost`` is ``full − total`` to the last digit.
    """
    found = [_loss(line) for line in sheet.lines if line.lost]
    found.sort(key=lambda one: -one.lost)
    waiting = [line for line in sheet.lines if line.got is None and line.points and line.state == "待定"]
    found += [
        Loss(
            one.item, one.title, one.block, _decimal(one.points), one.points, one.span, one.clause, one.words, (),
            Fraction(0), False, ("还没有算，暂不计分",), one,
        )
        for one in waiting
    ]  # fmt: skip
    rest = _decimal(sheet.full) - sheet.total - sum((one.lost for one in found), Decimal(0))
    if rest:
        words = sheet.composed or "；".join(sheet.bars)
        found.append(Loss("", "缺项折算与合成", "", rest, Fraction(0), "", "", words, (), Fraction(0), True, ()))
    return tuple(found)


def told(loss: Loss) -> str:
    """One sentence: what was lost and why."""
    return f"{loss.title} 失 {loss.lost} 分：{loss.words}"


def _loss(line: Line) -> Loss:
    exact = line.exact if line.exact is not None else Fraction(0)
    seen: set[Row] = set()
    steps: tuple[Step, ...] = ()
    for one in line.changes:
        if one.before != one.after or not one.part:
            rows = tuple(row for row in _rows(line, one) if row not in seen or one.before != one.after)
            seen.update(rows)
            steps = (*steps, Step(one.title, one.before - one.after, one.words, rows))
    lost = line.lost or Decimal(0)
    counted = sum((one.lost for one in steps), Fraction(0))
    if not line.changes:
        steps, counted = (Step("按缺项的规定", line.points - exact, line.words),), line.points - exact
    if counted != line.points - exact:
        steps = (*steps, Step("各步之外", line.points - exact - counted, "没有计分方法的部分"))
    return Loss(
        line.item, line.title, line.block, lost, line.points, line.span, line.clause, words_of(line), steps,
        Fraction(lost) - (line.points - exact), not line.may_change, line.may_change, line,
    )  # fmt: skip


def words_of(line: Line) -> str:
    """What cost or gave something, in words; all of it where no step did."""
    return "；".join(one.words for one in line.changes if one.before != one.after and one.words) or line.words


def _rows(line: Line, change: Change) -> tuple[Row, ...]:
    """The rows behind a step; of a share (办结 of 到期), and of a part held against its whole, those in one only."""
    found = [line.facts[name].rows for name in dict.fromkeys(change.facts) if name in line.facts]
    if change.kind in ("ratio", "times_if", "zero_if") and len(found) == 2:
        part, whole = found
        return (*(row for row in whole if row not in part), *(row for row in part if row not in whole))
    return tuple(dict.fromkeys(row for one in found for row in one))


def row_words(row: Row) -> str:
    """A row as it stands in a list: when, where, what, how much it counts."""
    head = " ".join(part for part in (row.day, row.place, row.text) if part)
    level = f"（{row.level}）" if row.level else ""
    return f"{head}{level}" + ("" if row.number == 1 else f" × {plain(row.number)}")


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)
