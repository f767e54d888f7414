"""A person looks at what was read: confirms a field, or puts it right; the plan keeps who, when and the old value."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from guatu.errors import ReadError
from guatu.read.plan import Confirmation, Head, Plan, Target, Task

HEAD = "doc"
"""The entry that is the head of the paper."""


def confirmed(plan: Plan, entry: str, field: str, by: str, on: date, value: Any = None) -> Plan:
    """The plan with a field of a target, a task or the head confirmed, or corrected where a value is given.

    entry: T01, K07, or HEAD; field: a name of Target, Task or Head, empty for the whole entry, which no value fits.
    The confidence of a target or task is then ``high``. Raises ReadError (G-READ-18) for an entry or field that is
    not there.
    """
    every: list[Target | Task] = [*plan.targets, *plan.tasks]
    found: Target | Task | Head | None = next((item for item in every if item.id == entry), None)
    if entry == HEAD:
        found = plan.head
    known = {one.name for one in fields(found)} - {"id", "spans"} if found else set()
    if found is None or (field and field not in known) or (value is not None and not field):
        raise ReadError.of(
            f"no field {entry}.{field}", "G-READ-18", f"{entry} {field}".strip(), "计划里没有这一项",
            "没有记下确认", "核对编号和字段名",
        )  # fmt: skip
    was = ""
    changed: dict[str, Any] = {} if entry == HEAD else {"confidence": "high"}
    if value is not None and value != getattr(found, field):
        was = _words(getattr(found, field))
        changed[field] = value
    entries = (*plan.confirmed, Confirmation(entry, field, by, on, was))
    new: Any = replace(found, **changed)
    if isinstance(found, Head):
        return replace(plan, head=new, confirmed=entries)
    if isinstance(found, Target):
        targets = tuple(new if item is found else item for item in plan.targets)
        return replace(plan, targets=targets, confirmed=entries)
    tasks: tuple[Task, ...] = tuple(new if item is found else item for item in plan.tasks)
    return replace(plan, tasks=tasks, confirmed=entries)


def _words(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
