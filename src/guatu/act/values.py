"""Whether a value fits its field: dates, numbers as text, choices; what is private goes nowhere near a problem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from guatu.act.ledger import Field, Ledger
from guatu.act.measure_rows import wrong_with_rows
from guatu.errors import Fault


def value_faults(ledger: Ledger, fields: Mapping[str, Any], where: str) -> list[Fault]:
    """Every value that does not fit: G-ACT-37 unknown field or wrong value, G-ACT-38 a private one."""
    faults = []
    for name, value in fields.items():
        one = ledger.fields.get(name)
        if one is None:
            what, why, remedy = f"没有“{name}”这一栏", f"“{ledger.title}”台账不认识它", "改正写法，或在台账里加这一栏"
            faults.append(Fault("G-ACT-37", f"问题 {where}", what, why, remedy))
        elif one.kind == "private":
            what = f"“{one.title}”是保密内容"
            faults.append(Fault("G-ACT-38", f"问题 {where}", what, "不得进入台账、检索、导出和留痕", "另行单独存放"))
        elif value not in (None, "", []) and (wrong := wrong_with(one, value)):
            what = f"“{one.title}”{wrong}"
            faults.append(Fault("G-ACT-37", f"问题 {where}", what, "存进去会算错", "改正后再交"))
    return faults


def wrong_with(field: Field, value: Any) -> str:
    """What is wrong with a value of a field, in words; empty when nothing is."""
    if field.kind == "text" and isinstance(value, str):
        return ""
    if field.kind in ("list", "choices"):
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            return "应是一项或多项文字"
        unknown = [part for part in value if field.choices and part not in field.choices]
        return f"的“{unknown[0]}”不在选项里（{'、'.join(field.choices)}）" if unknown else ""
    if field.kind == "measures":
        return wrong_with_rows(value)
    if field.kind == "yesno":
        return "" if value in ("是", "否") else f"“{value}”应为 是 或 否"
    if not isinstance(value, str):
        return f"应写成文字，现在是 {type(value).__name__}"
    if field.kind == "date":
        try:
            return "" if date.fromisoformat(value).isoformat() == value else f"“{value}”应写成 2021-06-30"
        except ValueError:
            return f"“{value}”不是日期，应写成 2021-06-30"
    if field.kind in ("number", "whole"):
        return _number(field, value)
    if field.kind == "choice" and value not in field.choices:
        return f"“{value}”不在选项里（{'、'.join(field.choices)}）"
    return ""


def _number(field: Field, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return f"“{value}”不是数"
    if not number.is_finite():
        return f"“{value}”不是数"
    if field.kind == "whole" and number != number.to_integral_value():
        return f"“{value}”应是整数"
    return ""
