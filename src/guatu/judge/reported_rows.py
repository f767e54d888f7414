"""What the trees of figures that are not air have in common: a number with its clause, its batch and its file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.units import unit_sign
from guatu.base.value import Step, Value
from guatu.load.batches import counting
from guatu.load.kept import located, shown
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card

NO_DATA, TOO_FEW, NOT_YET = "数据未到", "数据不足", "未到统计期"
NO_SITE, OTHER_KIND = "无点位", "指数种类不同"


def value_of(
    ws: Workspace,
    card: Card,
    scope: str,
    period: Period,
    as_of: date,
    kind: str,
    exact: Fraction | None,
    text: str,
    below: Iterable[Step],
    *,
    reason: str = "",
    n_valid: int = 0,
    n_expected: int = 0,
    flags: Iterable[str] = (),
    part: Fraction | None = None,
    whole: Fraction | None = None,
) -> Value:
    """A value with its tree: rounding, numerator over denominator, what lies below, flags, card and data version.

    kind: the kind of rows it was made of (figures, list, water, water-class).
    """
    number = None if exact is None else half_even(exact, card.decimals)
    unit = unit_sign(card.unit)
    steps = []
    if exact is not None and whole is not None and part is not None:
        ratio = f"{shown(decimal(part))}／{shown(decimal(whole))}"
        steps.append(Step(f"分子 {card.numerator}，分母 {card.denominator}", ratio, card.clause, "", card.confidence))
    if exact is not None and number is not None and Fraction(number) != exact:
        rounding = f"修约：精确值 ≈ {half_even(exact, 4)}，四舍六入五成双，保留 {card.decimals} 位小数"
        steps.append(Step(rounding, f"{number}", "GB/T 8170"))
    flagged = tuple(flags)
    steps += list(below)
    steps += [Step(flag) for flag in flagged]
    note = f"；{card.note}" if card.note else ""
    steps.append(Step(f"指标卡 {card.id}：{card.name}，{card.clause}{note}", "", card.clause, "", card.confidence))
    version, inputs = version_of(ws, kind, as_of)
    steps.append(Step("数据版本", version, address=f"sha256:{inputs[:16]}"))
    told = f"{scope} {period} {card.name}，{text}，按 {as_of} 所知" + (f"，{reason}" if reason else "")
    figure = "—" if number is None else f"{number} {unit}".strip()
    return Value(
        card.id,
        scope,
        period,
        number,
        unit,
        raw=exact,
        reason=reason,
        n_valid=n_valid,
        n_expected=n_expected,
        flags=flagged,
        inputs=inputs,
        data_version=version,
        why=Step(told, figure, below=tuple(steps)),
    )


def version_of(ws: Workspace, kind: str, as_of: date) -> tuple[str, str]:
    """Name of the newest batch of a kind that counts on a day, and the hash over all that count."""
    batches = counting(ws.data, as_of, kind)
    stored = hashlib.sha256("".join(batch.stored for batch in batches).encode()).hexdigest()
    return (f"{kind}/{max(batch.number for batch in batches):04d}" if batches else "", stored)


def source_of(row: Mapping[str, Any], kind: str) -> str:
    """Where a row comes from: batch, file, sheet and cell, unit and proof."""
    told = f"{kind}/{row['batch']:04d} {located(Path(row['file']), row)}"
    for name, word in (("reporter", "填报"), ("proof", "佐证"), ("note", "备注")):
        if row.get(name):
            told += f"，{word} {row[name]}"
    return told


def stretch_of(row: Mapping[str, Any]) -> Period:
    """The period a row speaks of."""
    return Period(row["first"], row["last"])


def decimal(exact: Fraction) -> Decimal:
    """An exact amount as it is printed: to nine decimals, as amounts are kept."""
    return half_even(exact, 9)
