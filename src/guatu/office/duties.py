"""From the plan to the office's duties: one row a unit block, with each body's part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from guatu.base.units import unit_sign
from guatu.office import log
from guatu.office.models import Duty, Part
from guatu.read.asking import SIGNS
from guatu.read.plan import Commitment, Plan, Task


@transaction.atomic
def take_over(plan: Plan, moment: datetime | None = None) -> int:
    """Make the duties agree with the plan, states kept; every difference is logged. Returns how many differ."""
    known = {duty.code: duty for duty in Duty.objects.prefetch_related("parts")}
    changed = 0
    for position, task in enumerate(plan.tasks):
        wanted = _fields(position, task)
        bodies = list(_parts(task))
        duty = known.pop(task.id, None)
        old = _said(duty) if duty else None
        if duty is None:
            duty = Duty(code=task.id)
        new = {**wanted, "parts": bodies}
        if old == new:
            continue
        for name, value in wanted.items():
            setattr(duty, name, value)
        duty.save()
        duty.parts.all().delete()
        Part.objects.bulk_create(
            Part(duty=duty, body=body, kind=kind, position=n) for n, (body, kind) in enumerate(bodies)
        )
        log.record(log.MACHINE, "导入任务" if old is None else "更改任务", task.id, old, new, moment=moment)
        changed += 1
    for gone in known.values():
        log.record(log.MACHINE, "撤下任务", gone.code, _said(gone), None, moment=moment)
        gone.delete()
        changed += 1
    return changed


def _fields(position: int, task: Task) -> dict[str, Any]:
    return {
        "position": position,
        "outline": task.outline,
        "title": task.title,
        "text": task.text,
        "deadlines": list(task.deadlines),
        "commitments": [_commitment(one) for one in task.commitments],
    }


def _said(duty: Duty) -> dict[str, Any]:
    fields = {
        name: getattr(duty, name) for name in ("position", "outline", "title", "text", "deadlines", "commitments")
    }
    return {**fields, "parts": [[part.body, part.kind] for part in duty.parts.all()]}


def _parts(task: Task) -> Iterable[list[str]]:
    """Each body once, by its strongest part; the first of a list without a named lead is only 首位."""
    named = [(body, Part.Kind.LEAD) for body in task.lead]
    named += [(body, Part.Kind.RESPONSIBLE) for body in task.responsible]
    named += [(body, Part.Kind.RESPONSIBLE) for body in task.units]
    named += [(body, Part.Kind.COOPERATING) for body in task.coop]
    named += [(body, Part.Kind.IMPLIED) for body in task.implicit_units]
    first = not task.lead
    seen: set[str] = set()
    for body, kind in named:
        if body in seen:
            continue
        seen.add(body)
        cooperating = body in task.coop and kind == Part.Kind.RESPONSIBLE
        wanted = Part.Kind.COOPERATING if cooperating else kind
        if first and wanted == Part.Kind.RESPONSIBLE:
            wanted, first = Part.Kind.FIRST, False
        yield [body, wanted.value]


def _commitment(one: Commitment) -> dict[str, str]:
    value = one.value
    number = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    unit = unit_sign(one.unit)
    return {
        "indicator": one.indicator,
        "goal": f"{SIGNS.get(one.op, one.op)} {number}{unit}".strip() if number else "",
        "text": one.text,
        "deadline": one.deadline,
        "word": "力争" if one.stretch and not one.indicator.startswith("力争") else "",
    }
