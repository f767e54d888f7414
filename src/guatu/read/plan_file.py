"""A plan as JSON values and as a TOML file that a person can read, correct and give back."""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from guatu.errors import Fault, ReadError
from guatu.read.plan_parts import (
    Commitment,
    Confirmation,
    Container,
    Head,
    Measure,
    Note,
    Paper,
    Target,
    Task,
    Version,
)

Parts = dict[str, Any]  # the fields of a plan by name

_PARTS: dict[str, type] = {
    "targets": Target,
    "versions": Version,
    "tasks": Task,
    "measures": Measure,
    "papers": Paper,
    "containers": Container,
    "notes": Note,
    "confirmed": Confirmation,
}
_OWN = ("source_sha256", "above")
_ALWAYS = {"value", "unit", "stretch", "units", "lead", "coop", "implicit_units", "deadlines", "commitments"}


def to_dict(plan: Parts) -> dict[str, Any]:
    """Plain JSON values; numbers as numbers, dates as text, empty optional fields left out."""
    doc = {key: value for key, value in _plain(plan["head"]).items() if value not in ("", None, [], {})}
    doc.setdefault("issue_date", None)
    return {
        "doc": doc,
        **{name: [_short(_plain(item)) for item in plan[name]] for name in _PARTS},
        "source_sha256": plan["source_sha256"],
        "above": plan["above"],
    }


def _short(entry: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in entry.items() if k in _ALWAYS or v not in ("", None, [], {}, False)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def to_toml(plan: Parts) -> str:
    """A TOML document: [doc], then [[targets]], [[versions]], [[tasks]] and so on; numbers keep their digits."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("guatu 读出的计划。可以直接改；spans 是各字段在原文中的字符位置 [起, 止)。"))
    for name in _OWN:
        if plan[name]:
            document.add(name, tomlkit.item(plan[name]))
    document.add("doc", _table(plan["head"]))
    for name in _PARTS:
        rows = tomlkit.aot()
        for item in plan[name]:
            rows.append(_table(item))
        if len(rows):
            document.add(name, rows)
    return tomlkit.dumps(document)


def _table(entry: Any) -> Any:
    import tomlkit

    table = tomlkit.table()
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        if value == _default(field):
            continue
        if field.name == "commitments":
            rows = tomlkit.aot()
            for item in value:
                rows.append(_table(item))
            table.add(field.name, rows)
        elif isinstance(value, dict):
            inline = tomlkit.inline_table()
            for key, span in value.items():
                inline.append(key, list(span))
            table.add(field.name, inline)
        elif isinstance(value, str) and "\n" in value and "'''" not in value:
            table.add(field.name, tomlkit.string(value, multiline=True))
        elif isinstance(value, Decimal):
            table.add(field.name, str(value))
        elif isinstance(value, tuple) and value and isinstance(value[0], Decimal):
            table.add(field.name, [str(item) for item in value])
        elif isinstance(value, tuple):
            table.add(field.name, tomlkit.array())
            table[field.name].extend(list(value))
            table[field.name].multiline(len(value) > 3 and isinstance(value[0], str))
        else:
            table.add(field.name, value)
    return table


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return None


def from_toml(text: str) -> Parts:
    """The fields of a plan. Raises ReadError: G-READ-11 not TOML, G-READ-12 a field unknown, missing or wrong."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReadError.of(
            f"not TOML: {error}", "G-READ-11", "计划文件", "不是合法的 TOML", "无法还原成计划", f"检查这一处：{error}"
        ) from None
    faults: list[Fault] = []
    head = _entry(Head, document.get("doc", {}), "doc", faults)
    parts: dict[str, tuple[Any, ...]] = {}
    for name, kind in _PARTS.items():
        rows = document.get(name, [])
        if not isinstance(rows, list):
            faults.append(Fault("G-READ-12", name, f"不是 [[{name}]]", "无法还原成计划", "按原来的样子填写"))
            continue
        parts[name] = tuple(_entry(kind, row, f"{name} 第 {i} 条", faults) for i, row in enumerate(rows, 1))
    if faults:
        raise ReadError("plan file has wrong entries", faults)
    return {"head": head, **parts, **{name: str(document.get(name, "")) for name in _OWN}}


def _entry(kind: type, row: Any, where: str, faults: list[Fault]) -> Any:
    if not isinstance(row, dict):
        faults.append(Fault("G-READ-12", where, "不是一组字段", "无法还原成计划", "按原来的样子填写"))
        return None
    known = {field.name: field for field in dataclasses.fields(kind)}
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name not in known:
            faults.append(Fault("G-READ-12", where, f"有不认识的字段 {name}", "多半是写错了名字", "改正或删去"))
            continue
        try:
            values[name] = _typed(hints[name], value, f"{where} {name}", faults)
        except (ValueError, TypeError, ArithmeticError):
            faults.append(
                Fault("G-READ-12", where, f"字段 {name} 的值 {value!r} 不对", "无法还原成计划", "改成正确的值")
            )
    for name, field in known.items():
        if name in row or field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING:
            continue
        if name in ("value", "unit"):
            values[name] = None
        else:
            faults.append(Fault("G-READ-12", where, f"缺少字段 {name}", "无法还原成计划", "补上"))
    return None if faults else kind(**values)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _typed(hint: Any, value: Any, where: str, faults: list[Fault]) -> Any:
    options = (
        typing.get_args(hint)
        if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
        else (hint,)
    )
    if Decimal in options:
        if isinstance(value, list):
            low, high = (Decimal(str(item)) for item in value)
            return low, high
        if isinstance(value, str) and str in options:
            try:
                return Decimal(value)
            except ArithmeticError:
                return value
        return Decimal(str(value))
    for option in options:
        origin = typing.get_origin(option)
        if origin is tuple and isinstance(value, list):
            inner = typing.get_args(option)[0]
            if dataclasses.is_dataclass(inner):
                return tuple(_entry(Commitment, item, f"{where} 第 {i} 条", faults) for i, item in enumerate(value, 1))
            if not all(isinstance(item, inner) for item in value):
                raise TypeError(value)
            return tuple(value)
        if origin is dict and isinstance(value, dict):
            return {key: _span(item) for key, item in value.items()}
        if isinstance(option, type) and isinstance(value, option) and (option is not int or value is not True):
            return value
        if option is date and isinstance(value, str):
            return date.fromisoformat(value)
    raise TypeError(value)


def _span(value: Any) -> tuple[int, int]:
    first, last = value
    if not (isinstance(first, int) and isinstance(last, int)):
        raise TypeError(value)
    return first, last
