"""The problems of the ledgers a caller may see, and how far the lists are done."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from guatu.act.measure_rows import FIELD, measures_of
from guatu.office.api.answers import ERRORS, PageNumber, PageSize, ask
from guatu.office.api.gate import need
from guatu.office.ledger import declared, listing, lists, storage
from guatu.office.ledger.models import Problem as Row
from guatu.office.ledger.people import visible

router = Router(tags=["问题台账"])
BUSINESS = "问题台账只对业务账号开放"
PLAIN = (
    "number", "ledger", "title", "state", "stage", "source_no", "county", "lead_unit", "leader", "deadline_kind",
    "deadline", "first_deadline", "accepted", "closed", "last_step",
)  # fmt: skip


class Ledger(Schema):
    """A ledger in force here."""

    id: str
    code: str
    title: str


class Problem(Schema):
    """One problem as lists show it."""

    number: str
    ledger: str
    title: str
    state: str
    stage: str
    source_no: str
    county: str
    lead_unit: str
    leader: str
    deadline_kind: str
    deadline: date | None
    first_deadline: date | None
    accepted: bool
    closed: bool
    last_step: date
    overdue: bool


class Whole(Problem):
    """One problem whole: its fields, its papers, every step it made, its measures with the days each is late."""

    fields: dict[str, Any]
    papers: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    measures: list[dict[str, Any]]


class Problems(Schema):
    """A page of problems; stages: how many stand where, and how many of those are overdue."""

    items: list[Problem]
    total: int
    page: int
    pages: int
    stages: list[dict[str, Any]]


class Rate(Schema):
    """How far a list is done: accepted of those that count, and whether its goal is met."""

    id: str
    title: str
    printed: str
    met: bool | None
    accepted: int
    left: int
    closed: int
    due_left: int


@router.get("/ledgers", response={200: list[Ledger], **ERRORS}, auth=need("ledger:read"), summary="有哪些问题台账")
def ledgers(request: HttpRequest) -> list[dict[str, str]]:
    """The ledgers that come with guatu and the office's own."""
    ask(request, "ledger.see_problems", BUSINESS)
    return [{"id": one.id, "code": one.code, "title": one.title} for one in declared.ledgers().values()]


@router.get("/problems", response={200: Problems, **ERRORS}, auth=need("ledger:read"), summary="问题一览")
def problems(
    request: HttpRequest, ledger: str = "", stage: str = "", state: str = "", county: str = "", unit: str = "",
    due: str = "", q: str = "", page: PageNumber = 1, size: PageSize = 50,
) -> dict[str, Any]:  # fmt: skip
    """The problems by the page's own filters; due: overdue, soon or unset. Units and counties see their own."""
    ask(request, "ledger.see_problems", BUSINESS)
    day = declared.today()
    asked = listing.Asked.of(
        {"ledger": ledger, "stage": stage, "state": state, "county": county, "unit": unit, "due": due, "q": q}
    )
    seen = visible(request.user)
    found = listing.chosen(seen, asked, day).order_by("number")
    total = found.count()
    rows = found.only(*PLAIN)[(page - 1) * size : page * size]
    stages = [
        {"stage": one.name, "count": one.count, "overdue": one.overdue}
        for one in listing.listed(seen, asked, day).stages
    ]
    pages = max(1, -(-total // size))
    items = [_plain(row, day) for row in rows]
    return {"items": items, "total": total, "page": page, "pages": pages, "stages": stages}


@router.get("/problems/{number}", response={200: Whole, **ERRORS}, auth=need("ledger:read"), summary="一件问题")
def problem(request: HttpRequest, number: str) -> dict[str, Any]:
    """One problem, for those it concerns."""
    ask(request, "ledger.see_problems", BUSINESS)
    row = Row.objects.filter(number=number).first()
    if row is None:
        raise Http404(f"没有编号为 {number} 的问题")
    ask(request, "ledger.see_problem", "这件问题不归您的单位", row)
    item = storage.item_of(row)
    papers = [{name: getattr(one, name) for name in one.__slots__} for one in item.papers]
    there = measures_of(item.fields.get(FIELD))
    measures = [{**asdict(one), "late": one.late(declared.today())} for one in there]
    steps = [{name: getattr(one, name) for name in one.__slots__} for one in item.steps]
    return {**_plain(row, declared.today()), "fields": dict(item.fields), "papers": papers, "steps": steps,
            "measures": measures}  # fmt: skip


@router.get("/rates", response={200: list[Rate], **ERRORS}, auth=need("ledger:read"), summary="各清单完成率")
def rates(request: HttpRequest) -> list[dict[str, Any]]:
    """The rates of the lists as the head of the page shows them."""
    ask(request, "ledger.see_whole", "完成率管全市，只对环委办、领导、分析员和审计督察开放")
    names = ("printed", "met", "accepted", "left", "closed", "due_left")
    return [
        {**{name: getattr(one, name) for name in names}, "id": one.listing.id, "title": one.listing.title}
        for one in lists.cards(declared.today())
    ]


def _plain(row: Row, day: date) -> dict[str, Any]:
    late = not row.accepted and not row.closed and row.deadline is not None and row.deadline < day
    return {**{name: getattr(row, name) for name in PLAIN}, "overdue": late}
