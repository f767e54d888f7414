"""Accounts for the administrator, and the log for those who answer for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from guatu.act.log import BEIJING
from guatu.office import log, past, snapshots
from guatu.office.keeping import whole
from guatu.office.models import Account, Entry, Hand, Role, Tip
from guatu.office.tables import DEMO, table_file
from guatu.office.tables import KINDS as FILES
from guatu.office.views.gate import may

ADMIN_ONLY = "账号由系统管理员管理"
MOST = 5000  # entries in a file


@may("office.run_accounts", ADMIN_ONLY)
def accounts(request: HttpRequest) -> HttpResponse:
    """Who has an account, as what, and when last seen."""
    return render(request, "office/accounts.html", people())


def people() -> dict[str, Any]:
    """What the page of accounts shows."""
    found = Account.objects.select_related("user").order_by("role", "user__username")
    return {"people": found, "roles": Role.choices, "hands": Hand.choices}


@require_POST
@may("office.run_accounts", ADMIN_ONLY)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop or restart an account; never one's own."""
    account = get_object_or_404(Account.objects.select_related("user"), pk=pk)
    if account.user_id != request.user.pk:
        was = account.user.is_active
        account.user.is_active = not was
        account.user.save(update_fields=["is_active"])
        act = "停用账号" if was else "启用账号"
        log.record(request.user.get_username(), act, account.user.get_username(), {"active": was}, {"active": not was})
    return redirect("accounts")


@may("office.read_log", "留痕只对环委办、审计督察和系统管理员开放")
def log_page(request: HttpRequest) -> HttpResponse:
    """The log, newest first, of one subject if asked; on demand checked from its beginning."""
    subject = request.GET.get("subject", "").strip()
    found = _asked(request)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    tip = Tip.objects.filter(pk=1).first()
    asked = request.GET.get("verify") == "1"
    context = {
        "page": page,
        "rows": past.rows(page),
        "heads": past.DONE,
        "verdict": past.verdict(subject) if subject else "",
        "subject": subject,
        "acts": Entry.objects.order_by("act").values_list("act", flat=True).distinct(),
        "given": request.GET,
        "shown": min(page.paginator.count, MOST),
        "tip": tip,
        "asked": asked,
        "faults": whole.faults() if asked else (),
    }
    return render(request, "office/log.html", context)


@may("office.read_log", "留痕只对环委办、审计督察和系统管理员开放")
def log_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The log as filtered on the page, at most so many of the newest entries."""
    if kind not in FILES:
        raise Http404("留痕只有 csv 和 xlsx")
    ws = snapshots.opened()
    rows = [list(row) for row in past.rows(_asked(request)[:MOST])]
    head = [f"{ws.name} 留痕 {len(rows)} 条", *([DEMO] if ws.demo else [])]
    return table_file(kind, f"留痕{'-演示数据' if ws.demo else ''}", head, past.DONE, rows)


def _asked(request: HttpRequest) -> QuerySet[Entry]:
    """The entries an address asks for: of a thing, by a person, of an act, between two days; the newest first."""
    given = {name: request.GET.get(name, "").strip() for name in ("subject", "person", "act", "since", "until")}
    found = Entry.objects.order_by("number" if request.GET.get("sort") == "old" else "-number")
    if given["subject"]:
        found = found.filter(subject__startswith=given["subject"])
    if given["person"]:
        found = found.filter(person=given["person"])
    if given["act"]:
        found = found.filter(act=given["act"])
    if _day(given["since"]):
        found = found.filter(time__gte=given["since"])
    until = _day(given["until"])
    return found.filter(time__lt=(until + timedelta(days=1)).isoformat()) if until else found


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


@may("office.read_log", "留痕只对环委办、审计督察和系统管理员开放")
def past_day(request: HttpRequest) -> HttpResponse:
    """Every record as it stood at the end of a past day, and what was done since."""
    try:
        day = date.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        day = datetime.now(BEIJING).date()
    kinds = past.kinds_on(day)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds or kind in past.KINDS else next(iter(kinds), "")
    stood, since = past.stood(day, kind), past.since(day, kind)
    context = {
        "day": day,
        "kind": kind,
        "kinds": [(one, past.KINDS.get(one, one), kinds.get(one, 0)) for one in dict.fromkeys((*kinds, kind)) if one],
        "heads": (past.STOOD, past.DONE),
        "stood": stood,
        "since": since,
    }
    return render(request, "office/past_day.html", context)
