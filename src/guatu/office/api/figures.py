"""Targets with their status and room, and the explanation of any figure."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from guatu.errors import GuatuError
from guatu.office import snapshots, wording
from guatu.office.api.answers import ERRORS, PageNumber, PageSize, ask, paged
from guatu.office.api.gate import need
from guatu.office.models import Snapshot
from guatu.office.permissions import account_of
from guatu.office.views.explain import figure_of

router = Router(tags=["目标"])
BUSINESS = "目标只对业务账号开放"


class Me(Schema):
    """Whom a call acts for."""

    name: str
    role: str
    role_word: str
    body: str
    scopes: list[str]


class Status(Schema):
    """The city at a glance."""

    city: str
    year: int
    as_of: str
    data_until: str
    data_version: str
    demo: bool
    stale_hours: int
    verdict: str
    counts: dict[str, int]


class Target(Schema):
    """One target: what it asks, where it stands; numbers are exact text, empty where there is none, with a reason."""

    id: str
    outline: str
    indicator: str
    indicator_id: str
    scope: str
    text: str
    goal: str
    firm: str
    aspired: str
    unit: str
    figure: str
    computed: str
    official: str
    status: str
    word: str
    reason: str
    note: str
    period: str
    valid: int | None
    expected: int | None
    flags: list[str]
    rules: list[str]
    inputs: str
    address: str
    room: dict[str, Any] | None


class Targets(Schema):
    """A page of targets."""

    items: list[Target]
    total: int
    page: int
    pages: int


class Explanation(Schema):
    """One figure with the tree that explains it, down to the rows."""

    address: str
    figure: str
    unit: str
    reason: str
    valid: int | None
    expected: int | None
    flags: list[str]
    rules: list[str]
    inputs: str
    scope: str
    period: str
    why: dict[str, Any]


@router.get("/me", response={200: Me, **ERRORS}, auth=need(), summary="我是谁：这次调用代表谁，能做什么")
def me(request: HttpRequest) -> dict[str, Any]:
    """The account behind the call."""
    account, token = account_of(request.user), request.auth
    return {
        "name": request.user.get_username(),
        "role": account.role if account else "",
        "role_word": account.get_role_display() if account else "",
        "body": account.body if account else "",
        "scopes": list(getattr(token, "scopes", ["*"])),
    }


@router.get("/status", response={200: Status, **ERRORS}, auth=need("targets:read"), summary="全市状态一览")
def status(request: HttpRequest) -> dict[str, Any]:
    """The first sentence of the wall, with its counts."""
    ask(request, "office.see_figures", BUSINESS)
    shot = _shot()
    picture = shot.picture
    plain = {key: picture[key] for key in ("city", "year", "as_of", "data_until", "data_version", "demo")}
    said = "".join(text for text, _ in wording.verdict(picture["rows"])) if picture["rows"] else "还没有目标。"
    counts = wording.counts_of(picture["rows"])
    return {**plain, "stale_hours": snapshots.hours_stale(picture), "verdict": said, "counts": counts}


@router.get("/targets", response={200: Targets, **ERRORS}, auth=need("targets:read"), summary="目标一览")
def targets(
    request: HttpRequest, status: str = "", sort: str = "doc", page: PageNumber = 1, size: PageSize = 50
) -> dict[str, Any]:
    """The table of targets. status: fail close met undecided; sort: doc (order of the notice) or risk."""
    ask(request, "office.see_figures", BUSINESS)
    rows = [row for row in _shot().picture["rows"] if not status or wording.GROUPS[row["class"]] == status]
    return paged(wording.by_risk(rows) if sort == "risk" else rows, page, size, _said)


@router.get("/targets/{code}", response={200: Target, **ERRORS}, auth=need("targets:read"), summary="一项目标")
def target(request: HttpRequest, code: str) -> dict[str, Any]:
    """One target by its number."""
    ask(request, "office.see_figures", BUSINESS)
    for row in _shot().picture["rows"]:
        if row["id"] == code:
            return _said(row)
    raise Http404(f"没有编号为 {code} 的目标")


@router.get(
    "/explain/{path:address}",
    response={200: Explanation, **ERRORS},
    auth=need("targets:read"),
    summary="一个数怎么来的",
)
def explain(request: HttpRequest, address: str) -> dict[str, Any]:
    """The tree of one figure. address: indicator/scope/period[@day], as /explain/… in the pages."""
    ask(request, "office.see_figures", BUSINESS)
    ask(request, "office.explain", "逐日逐时的原始数只对环委办、分析员和本县（市、区）开放", address)
    try:
        return {**figure_of(address, _shot()), "address": address}
    except GuatuError as error:
        raise Http404("；".join(f"{one.where}：{one.what}" for one in error.faults) or "打不开这个数") from None


def _shot() -> Snapshot:
    shot = snapshots.latest()
    if shot is None:
        raise Http404("还没有数据和目标")
    return shot


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {**{name: row.get(name) for name in Target.model_fields}, "status": row["class"]}
