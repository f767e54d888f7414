"""The page of the two witnesses: every official figure beside the computed one, and the form for a named cause."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

import rules
from guatu.errors import GuatuError
from guatu.office import snapshots
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.models import Role
from guatu.office.permissions import account_of
from guatu.office.views.gate import may
from guatu.office.witnesses import causes, pairs

NAMES = (Role.OFFICE_DIRECTOR, Role.OFFICE_CLERK, Role.ANALYST)


@rules.predicate
def _names(user: object) -> bool:
    account = account_of(user)  # type: ignore[arg-type]
    return account is not None and account.role in NAMES


rules.add_perm("witnesses.name", _names)


@may("office.see_figures", "两个数的对照只对业务账号开放")
def witnesses(request: HttpRequest) -> HttpResponse:
    """Every pair; those without a word first."""
    ws = snapshots.opened()
    found = pairs.pairs(ws, snapshots.last_day_of(ws))
    context = {
        "pairs": found,
        "open": sum(not one.settled for one in found),
        "causes": causes.CAUSES,
        "may_name": request.user.has_perm("witnesses.name"),
        "wanted": request.GET.get("address", ""),
    }
    return render(request, "office/witnesses.html", context)


@require_POST
@may("witnesses.name", "两数之差由环委办、分析员说明")
def name(request: HttpRequest) -> HttpResponse:
    """Name what makes a pair differ."""
    ws, said = snapshots.opened(), request.POST
    found = pairs.pair_of(ws, said.get("address", ""), snapshots.last_day_of(ws))
    try:
        made = causes.name(
            ws, said.get("address", ""), said.get("cause", ""), said.get("said", ""), request.user.get_username(),
            found.official if found else "", found.computed if found else "",
        )  # fmt: skip
    except GuatuError as error:
        return fault_page(request, error, "/witnesses/")
    messages.success(request, f"已说明：{made.words}，记入留痕")
    return redirect("witnesses")
