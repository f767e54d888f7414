"""Several ticked problems pressed at once: first which letter each would get and whom it goes to, then all taken up."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import ActError
from guatu.office.ledger import declared, pressing
from guatu.office.ledger.people import visible
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may

KEEPERS = "催办由环委办办理"
MOST = 200


@require_POST
@may("ledger.keep", KEEPERS)
def press_many(request: HttpRequest) -> HttpResponse:
    """Look at what pressing the ticked problems would do; confirmed, every letter is drafted, or none."""
    day = declared.today()
    names = list(dict.fromkeys(request.POST.getlist("number")))[:MOST]
    ticked = visible(request.user).filter(number__in=names)
    drafts = {one.cause: one for one in pressing.proposals(ticked, day).drafts if one.cause in set(names)}
    titles = dict(ticked.values_list("number", "title"))
    if request.POST.get("sure") and drafts:
        try:
            with transaction.atomic():
                for cause in drafts:
                    pressing.take_up(visible(request.user), day, cause, request.user.get_username())
        except ActError as error:
            return fault_page(request, error, "/problems/")
        messages.success(request, f"已拟 {len(drafts)} 份函，待签发；不该发的，在这里逐份撤回")
        return redirect("letters")
    rows = [(name, titles[name], drafts.get(name)) for name in names if name in titles]
    return render(request, "ledger/press_many.html", {"rows": rows, "ready": len(drafts)})
