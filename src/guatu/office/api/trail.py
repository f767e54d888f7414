"""The log for those who answer for it: what was done, whether it is whole, how a day stood."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from guatu.office import log
from guatu.office.api.answers import ERRORS, PageNumber, PageSize, ask
from guatu.office.api.gate import need
from guatu.office.keeping import whole
from guatu.office.models import Entry as Row

router = Router(tags=["留痕"])
AUDITORS = "留痕只对环委办、审计督察和系统管理员开放"


class Entry(Schema):
    """One entry of the log."""

    number: int
    subject: str
    act: str
    old: dict[str, Any]
    new: dict[str, Any]
    person: str
    time: str
    reason: str
    acting_for: str
    before: str
    hash: str


class Entries(Schema):
    """A page of the log, the newest first."""

    items: list[Entry]
    total: int
    page: int
    pages: int


class Verdict(Schema):
    """Whether the log is whole; faults: every alteration found."""

    whole: bool
    entries: int
    tip: str
    faults: list[str]


class Day(Schema):
    """Every record of a kind at the end of a day."""

    day: date
    records: dict[str, dict[str, Any]]


@router.get("/log", response={200: Entries, **ERRORS}, auth=need("log:read"), summary="留痕")
def entries(request: HttpRequest, subject: str = "", page: PageNumber = 1, size: PageSize = 50) -> dict[str, Any]:
    """The log; subject: only what was done to this, or to what begins so."""
    ask(request, "office.read_log", AUDITORS)
    found = Row.objects.filter(subject__startswith=subject) if subject else Row.objects.all()
    total = found.count()
    shown = found[(page - 1) * size : page * size]
    items = [{name: getattr(one, name) for name in Entry.model_fields} for one in shown]
    return {"items": items, "total": total, "page": page, "pages": max(1, -(-total // size))}


@router.get("/log/verify", response={200: Verdict, **ERRORS}, auth=need("log:read"), summary="校验留痕")
def verify(request: HttpRequest) -> dict[str, Any]:
    """Check the log from its beginning, and every record against it."""
    ask(request, "office.read_log", AUDITORS)
    faults = [str(one) for one in whole.faults()]
    number, mark = log.tip()
    return {"whole": not faults, "entries": number, "tip": mark, "faults": faults}


@router.get("/log/at/{day}", response={200: Day, **ERRORS}, auth=need("log:read"), summary="过去某天的台账")
def at(request: HttpRequest, day: date, kind: str = "") -> dict[str, Any]:
    """Every record as it stood at the end of a day; kind: only this kind, as measure, report, collection."""
    ask(request, "office.read_log", AUDITORS)
    found = {
        name: data
        for name, data in sorted(log.state_on(day).items())
        if data and (not kind or name.startswith(f"{kind}/"))
    }
    return {"day": day, "records": found}
