"""The page of handing down: a county's measures with its bureaus and towns; a bureau's own with what it says."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act.duty_states import sayable
from guatu.errors import ActError
from guatu.office import collecting, own_reports
from guatu.office.models import Account, Role
from guatu.office.people import bodies, handing
from guatu.office.permissions import account_of
from guatu.office.views.answers import said_fault, today
from guatu.office.views.gate import may

OWN, WHO = "office.report_own", "转办只对县（市、区）和它的部门、乡镇开放"


@may(OWN, WHO)
def handdown(request: HttpRequest) -> HttpResponse:
    """What was given down and what came back; for a bureau or town what it was given."""
    account = account_of(request.user)
    county = account.role == Role.COUNTY
    period = own_reports.period_of(account.body)
    rows = collecting.asked(period)[account.body] if county and period else ()
    given = handing.parts(period, account.body) if county else {}
    context = {
        "county": county,
        "period": period,
        "rows": [(one, given.get(one.measure, ())) for one in rows],
        "handed": len(given),
        "below": bodies.below(account.body) if county else (),
        "mine": _mine(account.body),
        "states": sayable(today()),
    }
    return render(request, "office/handdown.html", context)


def _mine(body: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for owner, measure, data in handing.given_to(body):
        period = own_reports.period_of(owner)
        asked = {one.measure: one for one in collecting.asked(period)[owner]} if period else {}
        part = next((one for one in handing.parts(period, owner).get(measure, ()) if one.to == body), None)
        if measure in asked and part is not None:
            found.append({"owner": owner, "period": period, "one": asked[measure], "part": part, "data": data})
    return found


@require_POST
@may(OWN, WHO)
def act(request: HttpRequest) -> HttpResponse:
    """Hand down, take back, say, merge."""
    account, asked, person = account_of(request.user), request.POST, request.user.get_username()
    act, measure, to = asked.get("act", ""), asked.get("measure", ""), asked.get("to", "")
    with said_fault(request):
        if act == "say" and account.role != Role.COUNTY:
            _own_word(account, asked.get("owner", ""), measure, person, asked.dict())
            messages.success(request, "已回报")
        elif account.role != Role.COUNTY:
            raise ActError.of(
                "not a county", "G-HAND-28", account.body, "不是县（市、区）", "转办和汇总由县（市、区）办", "找它办理"
            )
        elif act == "add":
            known = bodies.tree()
            parent = next((code for code, node in known.items() if account.body in node.names), "")
            _under(parent, account)
            kind = "乡镇" if asked.get("kind") == "乡镇" else "部门"
            bodies.add(asked.get("name", ""), kind, parent, None, person)
            messages.success(request, "已登记下级单位")
        elif act == "down":
            node = asked.get("node", "")
            handing.hand_down(account.body, measure, to, person, node=_day(node), note=asked.get("note", ""))
            messages.success(request, f"{measure} 已转办 {to}")
        elif act == "back":
            handing.take_back(account.body, measure, to, person, asked.get("reason", ""))
            messages.success(request, f"{measure} 已从 {to} 收回")
        elif act == "say":
            period = own_reports.period_of(account.body)
            handing.say(period, account.body, measure, to, asked.dict(), person, own=False)
            messages.success(request, f"已代 {to} 记下")
        elif act == "merge":
            missing = handing.merge(own_reports.period_of(account.body), account.body, measure, person)
            words = f"，{'、'.join(missing)}还没有回" if missing else ""
            messages.success(request, f"{measure} 已汇总到填报草稿{words}，请核对后送审")
    return redirect("handdown")


def _own_word(account: Account, owner: str, measure: str, person: str, said: dict[str, str]) -> None:
    handing.say(own_reports.period_of(owner), owner, measure, account.body, said, person, own=True)


def _under(parent: str, account: Account) -> None:
    if not parent:
        raise ActError.of(
            "not in the tree", "G-HAND-27", account.body, "还不在单位树里", "下级单位没有地方挂", "找环委办先登记"
        )


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise ActError.of("no date", "G-HAND-25", "节点", f"“{words}”不是日期", "催不了", "写作 2021-09-20") from None
