"""The administrator's acts on accounts: a new one, another role, a new first password that must be changed at once."""

from __future__ import annotations

import secrets

from axes.utils import reset
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import ActError
from guatu.office import log, records
from guatu.office.models import Account, Hand, Role
from guatu.office.people.session_end import MUST
from guatu.office.views.accounts import ADMIN_ONLY, people
from guatu.office.views.answers import said_fault
from guatu.office.views.gate import may

OWN = "office.run_accounts"
OF_A_BODY = (Role.RESPONSIBLE, Role.COUNTY, Role.ACCEPTOR)


@require_POST
@may(OWN, ADMIN_ONLY)
def add(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown once."""
    asked = request.POST
    with said_fault(request), transaction.atomic():
        name, users = asked.get("name", "").strip(), get_user_model().objects
        wrong = "没有写用户名" if not name else "已经有人用" if users.filter(username=name).exists() else ""
        if wrong:
            raise _fault("G-ACCOUNT-03", f"用户名“{name}”", wrong, "一人一个账号", "换一个用户名")
        said = _said(request, name)
        user = users.create_user(name)
        Account.objects.create(user=user, **said)
        log.record(request.user.get_username(), "建立账号", name, None, said)
        return _first_password(request, user)
    return redirect("accounts")


@require_POST
@may(OWN, ADMIN_ONLY)
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role or body; never one's own."""
    account = get_object_or_404(Account.objects.select_related("user"), pk=pk)
    name = account.user.get_username()
    with said_fault(request), transaction.atomic():
        _not_own(request, account)
        new = _said(request, name)
        old = {"role": account.role, "body": account.body, "hand": account.hand}
        Account.objects.filter(pk=pk).update(**new)
        log.record(request.user.get_username(), "改账号角色", name, old, new)
        messages.success(request, f"{name} 现为{Role(new['role']).label}")
    return redirect("accounts")


@require_POST
@may(OWN, ADMIN_ONLY)
def first(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password for who forgot his, and the lock taken off."""
    account = get_object_or_404(Account.objects.select_related("user"), pk=pk)
    with said_fault(request), transaction.atomic():
        _not_own(request, account)
        reset(username=account.user.get_username())
        log.record(request.user.get_username(), "重设密码", account.user.get_username())
        return _first_password(request, account.user)
    return redirect("accounts")


@receiver(user_logged_in)
def coming_in(sender: type, request: HttpRequest, user: AbstractBaseUser, **_: object) -> None:
    """Who comes in with a first password must change it before anything else."""
    if records.get(f"initial/{user.get_username()}"):
        request.session[MUST] = True


def _first_password(request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
    password = f"{secrets.token_urlsafe(9)}-{secrets.randbelow(10)}a"
    user.set_password(password)
    user.save(update_fields=["password"])
    person = request.user.get_username()
    records.change(f"initial/{user.get_username()}", "发初始密码", {"by": person}, person=person)
    return render(request, "office/accounts.html", {**people(), "made": (user.get_username(), password)})


def _said(request: HttpRequest, name: str) -> dict[str, str]:
    asked = request.POST
    role, body = asked.get("role", ""), asked.get("body", "").strip()
    if role not in Role.values:
        raise _fault("G-ACCOUNT-01", f"角色“{role}”", "没有这个角色", "权限无从判断", "从列出的角色里选")
    if role in OF_A_BODY and not body:
        raise _fault("G-ACCOUNT-02", f"账号“{name}”", "没有写单位", "它只看本单位的", "写上单位名称")
    hand = asked.get("hand", "")
    return {"role": role, "body": body, "hand": hand if hand in Hand.values else Hand.CONTACT.value}


def _not_own(request: HttpRequest, account: Account) -> None:
    if account.user_id == request.user.pk:
        raise _fault(
            "G-ACCOUNT-04", account.user.get_username(), "是您自己的账号", "自己不能改自己的权限", "找别的管理员办"
        )


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
