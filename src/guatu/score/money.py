"""Money that follows from a score: by rank from either end, by brackets of an amount, by point and class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from guatu.score.facts import Facts
from guatu.score.functions import ZERO
from guatu.score.reading import MissingFactError, Reading
from guatu.score.scheme import Money
from guatu.score.scoring import Scores
from guatu.score.sheet import Sheet
from guatu.score.wording import plain

REWARD, FINE = "reward", "fine"
RANK, TOTAL = "rank", "total"


@dataclass(frozen=True, slots=True)
class Payment:
    """What one rule of money makes of a sheet: the amount (below zero: paid), or None with the reason; in words."""

    id: str
    title: str
    unit: str
    amount: Fraction | None
    words: str
    span: str = ""


def payments_of(scores: Scores) -> Mapping[str, tuple[Payment, ...]]:
    """Every subject's payments by the rules of money of the scheme, in the scheme's order."""
    return {
        sheet.subject: tuple(_payment(one, sheet, scores.facts) for one in scores.scheme.money)
        for sheet in scores.sheets
    }


def settled(amounts: Sequence[Fraction]) -> Fraction:
    """Rewards less payments."""
    return sum(amounts, ZERO)


def by_rank(money: Money, rank: int, among: int) -> Fraction:
    """What a rank gains or pays: the table names ranks as ``1`` and ``倒1`` (the last)."""
    table = dict(money.table)
    return table.get(str(rank), table.get(f"倒{among - rank + 1}", ZERO))


def brackets(money: Money, amount: Fraction) -> Fraction:
    """So much a unit up to an edge, more beyond: rows (edge, rate), the last edge 以上; every unit at its own rate."""
    return sum((length * rate for length, rate in _parts(money, amount)), ZERO)


def _parts(money: Money, amount: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """How much of an amount falls to each bracket, with its rate."""
    low = ZERO
    for edge, rate in money.table:
        top = amount if edge == "以上" else min(amount, Fraction(edge))
        if top > low:
            yield top - low, rate
            low = top


def per_point(money: Money, points: Fraction, kind: str) -> Fraction:
    """Points times the coefficient of a class."""
    return points * dict(money.table)[kind]


def _payment(money: Money, sheet: Sheet, facts: Facts) -> Payment:
    try:
        amount, words = _amount(money, sheet, Reading(facts.item(sheet.subject, f"money/{money.id}"), {}))
    except MissingFactError as missing:
        reason = f"不适用：{missing.reason}" if missing.absent else f"还不能算：{missing.reason}"
        return Payment(money.id, money.title, money.unit, ZERO if missing.absent else None, reason, money.span)
    signed = -amount if money.sign == FINE else amount
    return Payment(money.id, money.title, money.unit, signed, words, money.span)


def _amount(money: Money, sheet: Sheet, reading: Reading) -> tuple[Fraction, str]:
    if money.kind == "by_rank":
        if not sheet.rank:
            raise MissingFactError(RANK, "没有名次")
        amount = by_rank(money, sheet.rank, sheet.among)
        return amount, f"{sheet.group or '全部'}第 {sheet.rank}（共 {sheet.among}）：{plain(amount)} {money.unit}"
    if money.kind == "per_point":
        points = sheet.exact if money.of == TOTAL else _points(money, sheet, reading)
        table = dict(money.table)
        kind = next((one for one in (sheet.subject, sheet.group) if one in table), money.table[-1][0])
        return per_point(money, points, kind), f"{plain(points)} 分 × {kind} {plain(table[kind])} {money.unit}／分"
    x = reading.number(money.of)
    word = "扣" if money.sign == FINE else "奖"
    amount, told = x, plain(x)
    if money.base:
        base = reading.number(money.base)
        gap = x - base if money.better == "lower" else base - x
        amount = max(ZERO, gap if money.sign == FINE else -gap)
        told = f"{plain(x)} 对 {plain(base)}，{'差' if money.sign == FINE else '好'} {plain(amount)}"
    parts = list(_parts(money, amount))
    paid = sum((length * rate for length, rate in parts), ZERO)
    sums = " ＋ ".join(f"{plain(length)} × {plain(rate)}" for length, rate in parts)
    if not parts:
        return paid, f"{told}，没有要{word}的"
    return paid, f"{f'{told}：' if money.base else ''}{sums} ＝ {plain(paid)} {money.unit}"


def _points(money: Money, sheet: Sheet, reading: Reading) -> Fraction:
    line = sheet.line(money.of)
    if line is None:
        return reading.number(money.of)
    if line.exact is None:
        raise MissingFactError(money.of, "这一项还没有分")
    return line.exact
