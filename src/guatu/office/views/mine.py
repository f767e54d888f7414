"""A unit's own page: what it owes this period, filled in by its contact person, approved or returned by its head."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.act.collection import CONTENT, headings
from guatu.act.duty_states import sayable
from guatu.errors import ActError
from guatu.office import breakdowns, collecting, own_reports
from guatu.office.models import Account, Hand
from guatu.office.permissions import account_of
from guatu.office.views.answers import said_fault, today
from guatu.office.views.gate import may


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
    rows = collecting.asked(period)[account.body] if period else ()
    stored = collecting.stored(period) if period else {}
    context = {
        "period": period,
        "due": collecting.due_of(period) if period else None,
        "draft": draft,
        "rows": [
            (one, draft["rows"].get(one.measure) or stored.get((account.body, one.measure), {}).get("said", {}))
            for one in rows
        ],
        "reported": sum((account.body, one.measure) in stored for one in rows),
        "states": sayable(day),
        "heads": headings(),
        "is_head": account.hand == Hand.HEAD,
    }
    return render(request, "office/mine.html", context)


def _act(request: HttpRequest, account: Account, period: str) -> None:
    act, person, body = request.POST.get("act"), request.user.get_username(), account.body
    if act in ("approve", "return"):
        if account.hand != Hand.HEAD:
            raise ActError.of(
                "not the head", "G-OFFICE-35", body, "您是联络员", "填的和审的不能是一个人", "请本单位负责人审核"
            )  # fmt: skip
        if act == "return":
            own_reports.give_back(period, body, person, request.POST.get("reason", ""))
            messages.success(request, "已退回联络员")
            return
        number = own_reports.approve(period, body, person, today())
        breakdowns.restate(today())
        messages.success(request, f"已报 {number} 项")
        return
    rows: dict[str, dict[str, str]] = {}
    for key, value in request.POST.items():
        name, _, measure = key.partition(":")
        if measure and name in CONTENT:
            rows.setdefault(measure, {})[name] = value
    status = own_reports.SENT if act == "send" else own_reports.FILLING
    own_reports.save(period, body, rows, person, status)
    messages.success(request, "已送负责人审核" if act == "send" else "草稿已保存")
