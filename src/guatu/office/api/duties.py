"""Tasks, their measures, and the registers, as far as the caller's body is concerned."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from guatu.act.breakdown_gaps import owners
from guatu.act.registers import overdue
from guatu.office import breakdowns, registering, seen
from guatu.office.api.answers import ERRORS, PageNumber, PageSize, ask, paged
from guatu.office.api.gate import need
from guatu.office.models import Duty
from guatu.office.views.answers import today

router = Router(tags=["任务"])
BUSINESS = "任务只对业务账号开放"
PageName = Literal["papers", "sessions", "meetings", "receipts", "projects"]


class Task(Schema):
    """One block of the plan with the bodies that owe it."""

    code: str
    outline: str
    title: str
    text: str
    state: str
    word: str
    deadlines: list[Any]
    commitments: list[dict[str, str]]
    bodies: list[dict[str, str]]


class Tasks(Schema):
    """A page of tasks."""

    items: list[Task]
    total: int
    page: int
    pages: int


class Measure(Schema):
    """One sentence of duty: who, by when, how far; late in days, count as n／N where it has a quantity."""

    id: str
    task: str
    title: str
    place: str
    text: str
    lead: str
    lead_word: str
    bodies: list[dict[str, str]]
    node: date | None
    node_text: str
    quantity: str
    unit: str
    done: str
    state: str
    late: int
    count: str
    said: dict[str, str]


class Measures(Schema):
    """A page of measures."""

    items: list[Measure]
    total: int
    page: int
    pages: int


class Entries(Schema):
    """A page of a register; columns: what each key means."""

    columns: dict[str, str]
    items: list[dict[str, Any]]
    total: int
    page: int
    pages: int


@router.get("/tasks", response={200: Tasks, **ERRORS}, auth=need("tasks:read"), summary="任务一览")
def tasks(
    request: HttpRequest, unit: str = "", status: str = "", page: PageNumber = 1, size: PageSize = 50
) -> dict[str, Any]:
    """The tasks; units and counties see what they owe."""
    ask(request, "office.see_tasks", BUSINESS)
    found = [
        duty
        for duty in seen.tasks(request.user)
        if (not unit or unit in {part.body for part in duty.parts.all()}) and (not status or duty.state == status)
    ]
    return paged(found, page, size, _task)


@router.get("/tasks/{code}", response={200: Task, **ERRORS}, auth=need("tasks:read"), summary="一项任务")
def task(request: HttpRequest, code: str) -> dict[str, Any]:
    """One task."""
    ask(request, "office.see_tasks", BUSINESS)
    duty = Duty.objects.prefetch_related("parts").filter(code=code).first()
    if duty is None:
        raise Http404(f"没有编号为 {code} 的任务")
    if not request.user.has_perm("office.see_task", duty):
        raise PermissionDenied("这项任务不归您的单位")
    return _task(duty)


@router.get("/measures", response={200: Measures, **ERRORS}, auth=need("tasks:read"), summary="措施一览")
def measures(
    request: HttpRequest, unit: str = "", state: str = "", page: PageNumber = 1, size: PageSize = 50
) -> dict[str, Any]:
    """The measures with their states today; units and counties see what they report on."""
    ask(request, "office.see_tasks", BUSINESS)
    counties = breakdowns.head().get("counties", [])
    found = [
        one
        for one in seen.measures(request.user, breakdowns.stands(today()))
        if (not unit or unit in owners(one.row, counties)) and (not state or one.state == state)
    ]
    return paged(found, page, size, _measure)


@router.get("/measures/{name}", response={200: Measure, **ERRORS}, auth=need("tasks:read"), summary="一条措施")
def measure(request: HttpRequest, name: str) -> dict[str, Any]:
    """One measure; another body's is not there."""
    ask(request, "office.see_tasks", BUSINESS)
    for one in seen.measures(request.user, breakdowns.stands(today())):
        if one.row.id == name:
            return _measure(one)
    raise Http404(f"没有编号为 {name} 的措施，或它不归您的单位")


@router.get(
    "/registers", response={200: list[dict[str, str]], **ERRORS}, auth=need("registers:read"), summary="有哪些台账"
)
def registers(request: HttpRequest) -> list[dict[str, str]]:
    """The registers by their names."""
    ask(request, "office.see_tasks", "台账只对业务账号开放")
    return [{"name": name, "title": registering.of_page(name).title} for name in registering.PAGES]


@router.get("/registers/{name}", response={200: Entries, **ERRORS}, auth=need("registers:read"), summary="一本台账")
def register(
    request: HttpRequest, name: PageName, state: str = "", page: PageNumber = 1, size: PageSize = 50
) -> dict[str, Any]:
    """The entries of a register; units and counties see their own."""
    ask(request, "office.see_tasks", "台账只对业务账号开放")
    kind, day = registering.of_page(name), today()
    found = [
        {**entry, "no": number, "late": overdue(kind, entry, day)}
        for number, entry in seen.entries(request.user, kind).items()
        if not state or entry["state"] == state
    ]
    heads = {one.id: one.title for one in kind.fields.values()}
    return {**paged(found, page, size, dict), "columns": heads}


@router.get(
    "/registers/{name}/{number}", response={200: dict[str, Any], **ERRORS}, auth=need("registers:read"),
    summary="台账的一条",
)  # fmt: skip
def entry(request: HttpRequest, name: PageName, number: str) -> dict[str, Any]:
    """One entry; another body's is not there."""
    ask(request, "office.see_tasks", "台账只对业务账号开放")
    kind = registering.of_page(name)
    found = seen.entries(request.user, kind).get(number)
    if found is None:
        raise Http404(f"没有编号为 {number} 的条目，或它不归您的单位")
    return {**found, "no": number, "late": overdue(kind, found, today())}


def _task(duty: Duty) -> dict[str, Any]:
    plain = ("code", "outline", "title", "text", "state", "deadlines", "commitments")
    return {
        **{name: getattr(duty, name) for name in plain},
        "word": duty.get_state_display(),
        "bodies": [{"body": part.body, "part": part.get_kind_display()} for part in duty.parts.all()],
    }


def _measure(one: breakdowns.Stand) -> dict[str, Any]:
    row = one.row
    plain = ("id", "task", "place", "text", "lead", "lead_word", "node", "node_text", "quantity", "unit", "done")
    return {
        **{name: getattr(row, name) for name in plain},
        "bodies": [{"body": body, "part": part} for body, part in row.bodies()],
        "title": one.title,
        "state": one.state,
        "late": one.late,
        "count": one.count,
        "said": dict(one.said),
    }
