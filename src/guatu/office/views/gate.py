"""The gate of a view: logged in, with the act allowed, or a page that says whose business it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from guatu.office import signing
from guatu.office.models import Role
from guatu.office.permissions import account_of

View = Callable[..., HttpResponse]


def may(act: str, subject: str) -> Callable[[View], View]:
    """Let only those pass who may do ``act``; the others read that ``subject`` is not theirs."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(act):
                raise PermissionDenied(refusal(request, subject))
            return view(request, *args, **kwargs)

        return guarded

    return guard


def refusal(request: HttpRequest, subject: str) -> str:
    """What the 403 page says: what the person is, what the page is for, whom to ask."""
    account = account_of(request.user)
    who = f"您的账号是{account.get_role_display()}" + (f"（{account.body}）" if account.body else "") if account else ""
    return f"{subject}。{who or '您的账号还没有指定角色'}，需要时请联系环委办"


def may_sign(request: HttpRequest) -> dict[str, bool]:
    """How the person at the screen may sign for the director: himself, or from paper where there is no account."""
    account = account_of(request.user)
    clerk = account is not None and account.role == Role.OFFICE_CLERK
    return {
        "may_sign": request.user.has_perm("office.sign"),
        "may_record": clerk and not signing.has_account(Role.OFFICE_DIRECTOR),
        "director_signs": clerk and signing.has_account(Role.OFFICE_DIRECTOR),
    }
