"""Accounts for the administrator, and the log for those who answer for it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from guatu.office import log
from guatu.office.models import Account, Entry
from guatu.office.views.gate import may

ADMIN_ONLY = "账号由系统管理员管理"


@may("office.run_accounts", ADMIN_ONLY)
def accounts(request: HttpRequest) -> HttpResponse:
    """Who has an account, as what, and when last seen."""
    people = Account.objects.select_related("user").order_by("role", "user__username")
    return render(request, "office/accounts.html", {"people": people})


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
    """The log, newest first."""
    page = Paginator(Entry.objects.all(), 50).get_page(request.GET.get("page"))
    return render(request, "office/log.html", {"page": page})
