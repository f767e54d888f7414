"""Letters that press: what could be sent and released, the draft with its figures, the way of each letter."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act.ladder import ladder
from guatu.errors import ActError
from guatu.office import records
from guatu.office.ledger import declared, papers, pressing
from guatu.office.ledger.people import visible
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may

READERS = "催办督办只对环委办、领导和督察账号开放"
KEEPERS = "发函由环委办办理"


@may("ledger.read_letters", READERS)
def letters(request: HttpRequest) -> HttpResponse:
    """What could be sent or released now, and the letters there are with their next steps."""
    day = declared.today()
    answer = pressing.answer(
        visible(request.user), day, body=request.GET.get("body", ""), letter=request.GET.get("letter", "")
    )
    rules = ladder()
    ways = [
        (name, one, records.version(f"{pressing.KIND}/{name}"),
         [(to, needs) for (origin, to), needs in rules.steps.items() if origin == one.state])
        for name, one in reversed(pressing.letters().items())
    ]  # fmt: skip
    context = {"answer": answer, "ways": ways, "rungs": rules.rungs, "day": day}
    return render(request, "ledger/letters.html", context)


@may("ledger.read_letters", READERS)
def draft(request: HttpRequest, cause: str) -> HttpResponse:
    """One draft with its figures, 文号 left open; the office takes it up."""
    rows, day = visible(request.user), declared.today()
    try:
        if request.method == "POST":
            if not request.user.has_perm("ledger.keep"):
                raise ActError.of("not yours", "G-LEDGER-24", f"问题 {cause}", KEEPERS, "程序只起草", "请环委办办理")
            pressing.take_up(rows, day, cause, request.user.get_username())
            return redirect("letters")
        found, form = pressing.draft_of(rows, day, cause)
    except ActError as error:
        return fault_page(request, error, "/letters/")
    return render(request, "ledger/draft.html", {"draft": found, "form": form, "cause": cause})


@require_POST
@may("ledger.keep", KEEPERS)
def step(request: HttpRequest, name: str) -> HttpResponse:
    """Lead a letter on with what came back from the office's own document system."""
    file = request.FILES.get("scan")
    try:
        said = {
            "number": request.POST.get("number", "").strip(),
            "reason": request.POST.get("reason", "").strip(),
            "day": _day(request.POST.get("day", "")),
            "scan": papers.keep(file.name, file.read()) if file else "",
        }
        seen = request.POST.get("version", "")
        pressing.step(
            name,
            request.POST.get("to", ""),
            request.user.get_username(),
            seen=int(seen) if seen.isdigit() else None,
            **said,
        )
    except ActError as error:
        return fault_page(request, error, "/letters/")
    return redirect("letters")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
