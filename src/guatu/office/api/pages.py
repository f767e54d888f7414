"""The page of a person's tokens: make one, see it once, end it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from guatu.office.api import tokens as kept
from guatu.office.views.answers import said_fault

DAYS = (30, 90, 180, 365)


@never_cache
def tokens(request: HttpRequest, words: str = "") -> HttpResponse:
    """The tokens a person may see; who runs the accounts sees all."""
    rows = [(one, kept.state_of(one)) for one in kept.seen(request.user)]
    context = {
        "rows": rows,
        "scopes": kept.SCOPES.items(),
        "days": DAYS,
        "usual": kept.USUAL_DAYS,
        "words": words,
        "everyone": request.user.has_perm("office.run_accounts"),
    }
    return render(request, "office/tokens.html", context)


@never_cache
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a token; the answer itself shows its words, which no later page can."""
    days = request.POST.get("days", "")
    with said_fault(request):
        _, words = kept.make(
            request.user,
            request.POST.get("name", ""),
            request.POST.getlist("scope"),
            int(days) if days.isdecimal() else 0,
            request.user.get_username(),
        )
        return tokens(request, words)
    return redirect("tokens")


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token for good."""
    with said_fault(request):
        ended = kept.revoke(pk, request.user, request.user.get_username())
        messages.success(request, f"已停用“{ended.name}”")
    return redirect("tokens")
