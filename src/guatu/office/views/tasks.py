"""The tasks by responsible unit, and the page of one task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.act import duty_states
from guatu.office import breakdowns, seen, snapshots, tabled, wording
from guatu.office.models import Duty, Part
from guatu.office.permissions import SEES_ALL_TASKS, account_of
from guatu.office.tables import DEMO, table_file
from guatu.office.tables import KINDS as FILES
from guatu.office.views.answers import today
from guatu.office.views.gate import may, refusal

HEADS = ("状态", "编号", "任务", "位置", "首位与责任单位", "量化要求", "期限", "迟")


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
    table = tabled.laid(request.GET, HEADS[:1] + HEADS[2:3] + HEADS[4:7], _rows(shown, nodes), _on_page)
    context: dict[str, Any] = {
        "table": table,
        "duties": [one for one, _ in table.page],
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
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The tasks as filtered and sorted on the page."""
    if kind not in FILES:
        raise Http404("任务表只有 csv 和 xlsx")
    ws = snapshots.opened()
    unit, state = request.GET.get("unit", ""), request.GET.get("status", "")
    shown = [
        duty
        for duty in seen.tasks(request.user)
        if (not unit or unit in {part.body for part in duty.parts.all()}) and (not state or duty.state == state)
    ]
    rows = [cells for _, cells in tabled.chosen(request.GET, _rows(shown, _nodes()), _on_page)]
    said = "，".join(part for part in (unit, dict(Duty.State.choices).get(state, "")) if part)
    head = [f"{ws.name} 任务 {len(rows)} 行{f'（{said}）' if said else ''}", *([DEMO] if ws.demo else [])]
    return table_file(kind, f"任务{'-演示数据' if ws.demo else ''}", head, HEADS, rows)


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


def _rows(
    duties: Sequence[Duty], nodes: Mapping[str, Mapping[str, Any]]
) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """Each task as the page draws it, and as a row of its file under HEADS."""
    found = []
    for duty in duties:
        mine = nodes.get(duty.code, {})
        late, node = mine.get("late"), mine.get("node")
        named = [part.body for part in duty.parts.all() if part.kind != Part.Kind.IMPLIED]
        asked = "；".join(f"{one['word']} {wording.spoken(one['indicator'])} {one['goal']}" for one in duty.commitments)
        due = (
            late[0].isoformat()
            if late
            else node.isoformat()
            if node
            else "；".join(map(wording.spoken, duty.deadlines))
        )
        cells = (
            duty.get_state_display(), duty.code, duty.title, wording.outline_text(duty.outline),
            "、".join(named) or "—", asked or "—", due or "—", f"{late[1]} 天" if late else "—",
        )  # fmt: skip
        found.append(({**_row(duty), **mine}, cells))
    return found


def _on_page(row: tuple[dict[str, Any], tuple[str, ...]]) -> tuple[str, ...]:
    """The cells of a row by which the page seeks and sorts: status, task, bodies, what is asked, due."""
    cells = row[1]
    return (cells[0], f"{cells[2]} {cells[1]}", *cells[4:7])


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
