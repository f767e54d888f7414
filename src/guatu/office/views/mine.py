"""A unit's own page: what it owes this period, filled in by its contact person, approved or returned by its head."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.act.collection import CONTENT, figure_parts, headings, is_figure
from guatu.act.collection_late import Standing
from guatu.act.duty_states import sayable
from guatu.errors import ActError
from guatu.office import breakdowns, collecting, own_reports, snapshots
from guatu.office.collecting_figures import AMOUNTS, WORDS
from guatu.office.models import Account, Hand
from guatu.office.people.stamped import scan_of
from guatu.office.permissions import account_of
from guatu.office.views.answers import said_fault, today
from guatu.office.views.gate import may
from guatu.report.figure_rows import HEADINGS


@may("office.report_own", "填报只对责任单位和县（市、区）开放")
def mine(request: HttpRequest) -> HttpResponse:
    """The newest period the body was asked in."""
    account = account_of(request.user)
    period = own_reports.period_of(account.body)
    if request.method == "POST" and period:
        with said_fault(request):
            _act(request, account, period)
        return redirect("mine")
    day = today()
    draft = own_reports.draft(period, account.body) if period else {}
    everything = collecting.everything(snapshots.opened(), period)[account.body] if period else ()
    stored = {**collecting.stored(period), **collecting.stored_figures(period)} if period else {}
    said = [
        (one, draft["rows"].get(one.measure) or stored.get((account.body, one.measure), {}).get("said", {}))
        for one in everything
    ]
    unit = _standing(period, account.body, day) if period else None
    context = {
        "period": period,
        "due": collecting.due_of(period) if period else None,
        "draft": draft,
        "rows": [row for row in said if not is_figure(row[0].measure)],
        "figures": [(*row, figure_parts(row[0].measure)) for row in said if is_figure(row[0].measure)],
        "unit": unit,
        "locked": bool(period) and draft["status"] == own_reports.SENT,
        "figure_heads": HEADINGS,
        "states": sayable(day),
        "heads": headings(),
        "is_head": account.hand == Hand.HEAD,
        "stamped": scan_of(period, account.body) if period else {},
    }
    return render(request, "office/mine.html", context)


def _standing(period: str, body: str, day: date) -> Standing | None:
    """How the body stands in the collection: reported, late, what is missing."""
    return next((one for one in collecting.standings(period, day) if one.sender == body), None)


def _act(request: HttpRequest, account: Account, period: str) -> None:
    act, person, body = request.POST.get("act"), request.user.get_username(), account.body
    if act == "withdraw":
        own_reports.withdraw(period, body, person)
        messages.success(request, "已撤回，可以再改")
        return
    if act in ("approve", "return", "recall"):
        if account.hand != Hand.HEAD:
            raise ActError.of(
                "not the head", "G-OFFICE-35", body, "您是联络员", "填的和审的不能是一个人", "找本单位负责人审核"
            )  # fmt: skip
        if act == "return":
            own_reports.give_back(period, body, person, request.POST.get("reason", ""))
            messages.success(request, "已退回联络员")
            return
        if act == "recall":
            back = own_reports.take_back(period, body, person, request.POST.get("reason", ""), today())
            breakdowns.restate(today())
            messages.success(request, f"撤回了已报的 {back} 项，内容还在下面，改后重报；首次报送的日期不变")
            return
        number = own_reports.approve(period, body, person, today())
        breakdowns.restate(today())
        messages.success(request, f"已报 {number} 项")
        return
    rows: dict[str, dict[str, str]] = {}
    for key, value in request.POST.items():
        name, _, measure = key.partition(":")
        if measure and name in {*CONTENT, *AMOUNTS, *WORDS}:
            rows.setdefault(measure, {})[name] = value
    status = own_reports.SENT if act == "send" else own_reports.FILLING
    own_reports.save(period, body, rows, person, status)
    messages.success(request, "已送负责人审核" if act == "send" else "草稿已保存")
