"""Coming in and going out: login, the first page by role, the look, help, the icon."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guatu.office.demo_accounts import DEMO_ACCOUNTS
from guatu.office.frame import LOOKS
from guatu.office.models import Account, Role
from guatu.office.permissions import account_of

FIRST_PAGE = {
    Role.RESPONSIBLE: "home-mine",
    Role.COUNTY: "home-mine",
    Role.ACCEPTOR: "problems",
    Role.ADMINISTRATOR: "accounts",
    Role.OFFICE_CLERK: "targets",
}


class Login(auth.LoginView):
    """The login page; in a demo workspace it names the demo accounts."""

    template_name = "office/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts that exist."""
        there = set(Account.objects.filter(demo=True, user__is_active=True).values_list("user__username", flat=True))
        return {**super().get_context_data(**kwargs), "demo_accounts": [a for a in DEMO_ACCOUNTS if a.name in there]}


class Logout(auth.LogoutView):
    """Going out, by POST."""


def home(request: HttpRequest) -> HttpResponse:
    """The first page of each role."""
    account = account_of(request.user)
    return redirect(FIRST_PAGE.get(account.role, "wall") if account else "help")


@login_not_required
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or follow-the-system in a cookie for a year and go back."""
    chosen, back = request.POST.get("look", ""), request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(back if safe else "home")
    if chosen in dict(LOOKS):
        answer.set_cookie("look", chosen, max_age=365 * 86400, samesite="Lax", secure=request.is_secure())
    return answer


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """Old browsers ask here; the icon is a static file."""
    return HttpResponsePermanentRedirect(static("office/favicon.svg"))


def help_page(request: HttpRequest) -> HttpResponse:
    """One page: what the words, shapes and pages mean."""
    return render(request, "office/help.html")
