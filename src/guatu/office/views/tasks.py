"""The tasks by responsible unit, and the page of one task."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.act import duty_states
from guatu.office import breakdowns, seen, wording
from guatu.office.models import Duty, Part
from guatu.office.permissions import SEES_ALL_TASKS, account_of
from guatu.office.views.answers import today
from guatu.office.views.gate import may, refusal


@may("office.see_tasks", "任务只对业务账号开放")
def tasks(request: HttpRequest) -> HttpResponse:
    """The list, of one unit if the address names it; units and counties see what they owe."""
    account = account_of(request.user)
    own_only = account is not None and account.role not in SEES_ALL_TASKS
    visible = seen.tasks(request.user)
    unit, state = request.GET.get("unit", ""), request.GET.get("status", "")
    of_unit = [duty for duty in visible if not unit or unit in {part.body for part in duty.parts.all()}]
    shown = [duty for duty in of_unit if not state or duty.state == state]
    tally = Counter(duty.state for duty in of_unit)
    nodes = _nodes()
    context: dict[str, Any] = {
        "duties": [{**_row(duty), **nodes.get(duty.code, {})} for duty in shown],
        "visible": visible,
        "count": len({wording.outline_text(duty.outline) for duty in of_unit}),
        "total": len({wording.outline_text(duty.outline) for duty in visible}),
        "blocks": len(of_unit),
        "unit": unit,
        "status": state,
        "states": [(one.value, one.label, tally[one.value]) for one in Duty.State if tally[one.value]],
        "units": _units(visible),
        "own_only": own_only,
        "any": Duty.objects.exists(),
    }
    return render(request, "office/tasks.html", context)


@may("office.see_tasks", "任务只对业务账号开放")
def task(request: HttpRequest, code: str) -> HttpResponse:
    """One task: its text, its bodies, what it promises."""
    duty = Duty.objects.prefetch_related("parts").filter(code=code).first()
    if duty is None:
        raise Http404(f"没有编号为 {code} 的任务")
    if not request.user.has_perm("office.see_task", duty):
        owners = "、".join(part.body for part in duty.parts.all() if part.kind != Part.Kind.IMPLIED)
        raise PermissionDenied(refusal(request, f"这项任务归{owners}"))
    kinds = [(kind.label, [p.body for p in duty.parts.all() if p.kind == kind]) for kind in Part.Kind]
    context = {
        "duty": duty,
        "late": _nodes().get(code, {}).get("late"),
        "kinds": [(label, bodies) for label, bodies in kinds if bodies],
        "sentences": [part for part in duty.text.splitlines() if part.strip()],
    }
    return render(request, "office/task.html", context)


def _row(duty: Duty) -> dict[str, Any]:
    named = [part for part in duty.parts.all() if part.kind != Part.Kind.IMPLIED]
    return {"duty": duty, "first": named[0] if named else None, "others": max(0, len(named) - 1)}


def _nodes() -> dict[str, dict[str, Any]]:
    """Of each task the earliest node that is late with its days, and the earliest still to come."""
    found: dict[str, dict[str, Any]] = {}
    for one in sorted(breakdowns.stands(today()), key=lambda one: one.row.node or date.max):
        if one.row.node is None:
            continue
        mine = found.setdefault(one.row.task, {})
        if one.state == duty_states.LATE:
            mine.setdefault("late", (one.row.node, one.late))
        elif one.state != duty_states.DONE:
            mine.setdefault("node", one.row.node)
    return found


def _units(duties: list[Duty]) -> list[tuple[str, int]]:
    """Units with the number of blocks they have a named part in, most first; implied parts do not count."""
    tally: Counter[str] = Counter()
    for duty in duties:
        tally.update(part.body for part in duty.parts.all() if part.kind != Part.Kind.IMPLIED)
    return tally.most_common()
