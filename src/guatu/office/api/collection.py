"""The month's collection: who has reported, and a body's own rows, read, filled in, approved or returned."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from guatu.act.collection import CONTENT, Asked
from guatu.errors import ActError, Fault
from guatu.office import breakdowns, collecting, own_reports, records, snapshots
from guatu.office.api.answers import ERRORS, PageNumber, PageSize, ask, paged
from guatu.office.api.gate import need
from guatu.office.collecting_figures import AMOUNTS, WORDS
from guatu.office.models import Account, Hand
from guatu.office.permissions import account_of
from guatu.office.views.answers import today

router = Router(tags=["收表"])
OFFICE = "收表由环委办办理"
COLUMNS = tuple(dict.fromkeys((*CONTENT, *AMOUNTS, *WORDS)))
OWN = "填报只对责任单位和县（市、区）开放"


class Period(Schema):
    """One month's collection."""

    period: str
    due: date
    units: int
    on_time: int


class Unit(Schema):
    """A unit in a collection; late in days, missing: the measures it has not reported on."""

    unit: str
    asked: int
    reported: int
    first: date | None
    late: int
    word: str
    missing: list[str]


class Units(Schema):
    """A page of units."""

    items: list[Unit]
    total: int
    page: int
    pages: int


class OwnRow(Schema):
    """A measure the body reports on: what it says so far, what is on record, what it said in the period before."""

    measure: str
    text: str
    part: str
    node: date | None
    quantity: str
    unit: str
    said: dict[str, str]
    reported: dict[str, str]
    last: dict[str, str]


class Own(Schema):
    """A body's sheet of a period."""

    period: str
    body: str
    due: date
    status: str
    reason: str
    rows: list[OwnRow]


class Filled(Schema):
    """Measure or figure → what is said of it, by the columns of the sheet; send: hand it to the head."""

    rows: dict[str, dict[str, str]]
    send: bool = False


class Returned(Schema):
    """Why a sheet goes back to the contact person."""

    reason: str


class Reported(Schema):
    """How many rows are now on record."""

    reported: int


@router.get("/collection", response={200: list[Period], **ERRORS}, auth=need("collection:read"), summary="各期收表")
def collections(request: HttpRequest) -> list[dict[str, Any]]:
    """The periods collected so far, the newest first."""
    ask(request, "office.see_collection", OFFICE)
    day, found = today(), []
    for period in sorted(records.of_kind("collection"), reverse=True):
        units = collecting.standings(period, day)
        on_time = sum(one.word == "按时" for one in units)
        found.append({"period": period, "due": collecting.due_of(period), "units": len(units), "on_time": on_time})
    return found


@router.get("/collection/{period}", response={200: Units, **ERRORS}, auth=need("collection:read"), summary="一期收表")
def collection(request: HttpRequest, period: str, page: PageNumber = 1, size: PageSize = 50) -> dict[str, Any]:
    """Every unit asked: who has reported, who is late, what is missing."""
    ask(request, "office.see_collection", OFFICE)
    _begun(period)
    return paged(collecting.standings(period, today()), page, size, _unit)


@router.get(
    "/collection/{period}/own", response={200: Own, **ERRORS}, auth=need("collection:read"), summary="本单位要报的"
)
def own(request: HttpRequest, period: str) -> dict[str, Any]:
    """The body's own rows."""
    return _sheet(period, _reporter(request, period).body)


@router.put(
    "/collection/{period}/own", response={200: Own, **ERRORS}, auth=need("collection:write"), summary="填报本单位进展"
)
def fill(request: HttpRequest, period: str, filled: Filled) -> dict[str, Any]:
    """Fill in the sheet; what was filled in before is replaced. A measure or column it does not have is refused."""
    account = _reporter(request, period)
    wanted = {one.measure for one in _asked(period, account.body)}
    faults = [
        Fault("G-API-11", f"“{name}”", "不是本单位本期要报的", "存了也没有人看", "核对编号")
        for name in filled.rows
        if name not in wanted
    ]
    faults += [
        Fault("G-API-11", f"{name} 的“{column}”", "没有这一栏", "不知记在哪里", f"可填的是 {'、'.join(COLUMNS)}")
        for name, said in filled.rows.items()
        for column in said
        if column not in COLUMNS
    ]
    if faults:
        raise ActError("rows are not asked", faults)
    status = own_reports.SENT if filled.send else own_reports.FILLING
    own_reports.save(period, account.body, filled.rows, request.user.get_username(), status)
    return _sheet(period, account.body)


@router.post(
    "/collection/{period}/own/approve", response={200: Reported, **ERRORS}, auth=need("collection:write"),
    summary="负责人审核通过",
)  # fmt: skip
def approve(request: HttpRequest, period: str) -> dict[str, Any]:
    """The head approves what was sent to him; the rows are then on record."""
    account = _head(request, period)
    number = own_reports.approve(period, account.body, request.user.get_username(), today())
    breakdowns.restate(today())
    return {"reported": number}


@router.post(
    "/collection/{period}/own/return", response={200: Own, **ERRORS}, auth=need("collection:write"),
    summary="负责人退回",
)  # fmt: skip
def give_back(request: HttpRequest, period: str, returned: Returned) -> dict[str, Any]:
    """The head returns what was sent to him, with a reason."""
    account = _head(request, period)
    own_reports.give_back(period, account.body, request.user.get_username(), returned.reason)
    return _sheet(period, account.body)


@router.post(
    "/collection/{period}/own/withdraw", response={200: Own, **ERRORS}, auth=need("collection:write"),
    summary="撤回送审",
)  # fmt: skip
def withdraw(request: HttpRequest, period: str) -> dict[str, Any]:
    """Take back what the head has not decided yet, to fill it in again."""
    account = _reporter(request, period)
    own_reports.withdraw(period, account.body, request.user.get_username())
    return _sheet(period, account.body)


@router.post(
    "/collection/{period}/own/recall", response={200: Own, **ERRORS}, auth=need("collection:write"),
    summary="负责人撤回已报的",
)  # fmt: skip
def recall(request: HttpRequest, period: str, returned: Returned) -> dict[str, Any]:
    """The head takes back what is on record and not yet verified, with a reason; the day of the first report stays."""
    account = _head(request, period)
    own_reports.take_back(period, account.body, request.user.get_username(), returned.reason, today())
    breakdowns.restate(today())
    return _sheet(period, account.body)


def _begun(period: str) -> dict[str, Any]:
    said = records.get(f"collection/{period}")
    if not said:
        raise Http404(f"{period} 还没有发出报送表")
    return said


def _reporter(request: HttpRequest, period: str) -> Account:
    ask(request, "office.report_own", OWN)
    account = account_of(request.user)
    said = _begun(period)
    if account is None or account.body not in {**said["asked"], **said.get("figures", {})}:
        raise Http404(f"{period} 没有要您单位报的")
    return account


def _asked(period: str, body: str) -> tuple[Asked, ...]:
    """Measures, then figures, asked of a body."""
    return collecting.everything(snapshots.opened(), period).get(body, ())


def _head(request: HttpRequest, period: str) -> Account:
    account = _reporter(request, period)
    if account.hand != Hand.HEAD:
        raise PermissionDenied("您是联络员，填的和审的不能是一个人，由本单位负责人审核")
    return account


def _sheet(period: str, body: str) -> dict[str, Any]:
    draft, stored = own_reports.draft(period, body), {**collecting.stored(period), **collecting.stored_figures(period)}
    rows = []
    for one in _asked(period, body):
        plain = {name: getattr(one, name) for name in ("measure", "text", "part", "node", "quantity", "unit")}
        reported = stored.get((body, one.measure), {}).get("said", {})
        said = draft["rows"].get(one.measure, {})
        rows.append({**plain, "said": said, "reported": reported, "last": dict(one.last)})
    due, reason = collecting.due_of(period), draft.get("reason") or ""
    return {"period": period, "body": body, "due": due, "status": draft["status"], "reason": reason, "rows": rows}


def _unit(one: Any) -> dict[str, Any]:
    names = ("asked", "reported", "first", "late", "word")
    return {**{name: getattr(one, name) for name in names}, "unit": one.sender, "missing": list(one.missing)}
