"""The pages of 述职: the body's own, and the office's list of all bodies."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.errors import ActError, GuatuError
from guatu.office import signing, snapshots
from guatu.office.bulletins import duty_round
from guatu.office.bulletins.people import MAKE, SEE
from guatu.office.bulletins.views import DOCX, WHO
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.models import Hand
from guatu.office.permissions import account_of
from guatu.office.views.answers import said_fault
from guatu.office.views.gate import may, refusal


@may("office.report_own", "述职由责任单位和县（市、区）起草")
def own(request: HttpRequest) -> HttpResponse:
    """A body's report of the year: facts to read, four parts to write; its head signs or returns."""
    account = account_of(request.user)
    ws = snapshots.opened()
    day = snapshots.last_day_of(ws)
    if request.method == "POST":
        with said_fault(request):
            _act(request, account.body, day.year)
        return redirect("duty-report")
    one = duty_round.report(day.year, account.body)
    try:
        facts = duty_round.paper(ws, day.year, account.body, day, one["words"]).text
    except GuatuError as error:
        facts = "\n".join(f"{fault.where}：{fault.what}，{fault.remedy}" for fault in error.faults)
    context = {
        "one": one, "year": day.year, "body": account.body,
        "facts": facts.split("自我评价和下年打算")[0].splitlines(),
        "parts": [(key, name, one["words"].get(key, "")) for key, name in duty_round.PARTS.items()],
        "open": one["status"] in (duty_round.WRITING, duty_round.RETURNED), "is_head": account.hand == Hand.HEAD,
        "sent": one["status"] == duty_round.SENT,
    }  # fmt: skip
    return render(request, "office/duty_report.html", context)


def _act(request: HttpRequest, body: str, year: int) -> None:
    ws = snapshots.opened()
    act, person, day = request.POST.get("act"), request.user.get_username(), snapshots.last_day_of(ws)
    if act in ("sign", "return"):
        account = account_of(request.user)
        if account.hand != Hand.HEAD:
            raise ActError.of(
                "not the head", "G-REPORT-32", body, "您是联络员", "写的和签的不能是一个人", "让本单位负责人签"
            )
        if act == "return":
            duty_round.give_back(year, body, person, request.POST.get("reason", ""), by_office=False)
            messages.success(request, "已退回联络员")
            return
        signing.by_self(request.user, request.POST.get("password", ""), account.role)
        duty_round.sign(ws, year, body, person)
        messages.success(request, "已签，等环委办收")
        return
    words = {part: request.POST.get(part, "") for part in duty_round.PARTS}
    duty_round.save(ws, year, body, words, person, day, act == "send")
    messages.success(request, "已送负责人签" if act == "send" else "草稿已保存")


@may(SEE, WHO)
def every(request: HttpRequest) -> HttpResponse:
    """All bodies of the plan with how their report stands; the office receives or returns."""
    ws = snapshots.opened()
    year = snapshots.last_day_of(ws).year
    if request.method == "POST":
        if not request.user.has_perm(MAKE):
            raise PermissionDenied(refusal(request, WHO))
        body, person = request.POST.get("body", ""), request.user.get_username()
        with said_fault(request):
            if request.POST.get("act") == "return":
                duty_round.give_back(year, body, person, request.POST.get("reason", ""), by_office=True)
                messages.success(request, f"已退回{body}")
            else:
                duty_round.receive(year, body, person)
                messages.success(request, f"收到{body}的述职")
        return redirect("duty-reports")
    there = duty_round.reports(year)
    names = dict.fromkeys((*there, *(body.name for body in ws.bodies)))
    rows = [(name, there.get(name, {"status": "没有起草"})) for name in names]
    context = {"rows": rows, "year": year, "signed": duty_round.SIGNED,
               "in": sum(one["status"] == duty_round.RECEIVED for _, one in rows)}  # fmt: skip
    return render(request, "office/duty_reports.html", context)


def file(request: HttpRequest, body: str) -> HttpResponse:
    """The file of a body's report, for itself and for those who see bulletins."""
    account = account_of(request.user)
    mine = account is not None and request.user.has_perm("office.report_own") and account.body == body
    if not (mine or request.user.has_perm(SEE)):
        raise PermissionDenied(refusal(request, "述职材料只给本单位和环委办看"))
    ws = snapshots.opened()
    day = snapshots.last_day_of(ws)
    try:
        content = duty_round.file_of(ws, day.year, body, day)
    except GuatuError as error:
        return fault_page(request, error, "/")
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{body}{day.year}年述职')}.docx"
    return answer
