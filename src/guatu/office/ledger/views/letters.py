"""Letters that press: what could be sent and released, the draft with its figures, the way of each letter."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from guatu.act.ladder import Issue, ladder
from guatu.errors import ActError
from guatu.office import records
from guatu.office.ledger import authority as powers
from guatu.office.ledger import declared, delivery, papers, pressing, sending
from guatu.office.ledger.answers import MOST as MOST_DRAFTS
from guatu.office.ledger.answers import shortened
from guatu.office.ledger.models import Notice, Problem
from guatu.office.ledger.people import visible
from guatu.office.ledger.views.problem import INLINE
from guatu.office.ledger.views.problems import attachment
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may

READERS = "催办督办只对环委办、领导和督察账号开放"
KEEPERS = "发函由环委办办理"
SETTLERS = "发文权限表由环委办主任确认"
PAGE = 50
MOST = 40
"""Rows a form of the matrix may have [rows]."""


@may("ledger.read_letters", READERS)
def letters(request: HttpRequest) -> HttpResponse:
    """What could be sent or released now, and the letters there are with their next steps."""
    day = declared.today()
    body, letter = request.GET.get("body", ""), request.GET.get("letter", "")
    answer = shortened(pressing.answer(visible(request.user), day, body=body, letter=letter, most=MOST_DRAFTS))
    rules = powers.authority().rules
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
                raise ActError.of("not yours", "G-LEDGER-24", f"问题 {cause}", KEEPERS, "程序只起草", "找环委办办理")
            pressing.take_up(rows, day, cause, request.user.get_username())
            return redirect("letters")
        found, form = pressing.draft_of(rows, day, cause)
    except ActError as error:
        return fault_page(request, error, "/letters/")
    known = Problem.objects.filter(number=cause).exists()
    return render(request, "ledger/draft.html", {"draft": found, "form": form, "cause": cause, "problem": known})


@may("ledger.read_letters", READERS)
def document(request: HttpRequest, cause: str) -> HttpResponse:
    """The draft as a Word file in the form of official papers, for the office's own document system."""
    try:
        content = pressing.document_of(visible(request.user), declared.today(), cause)
    except ActError as error:
        return fault_page(request, error, "/letters/")
    return attachment(content, f"{cause}-拟稿.docx", "docx")


@may("ledger.read_letters", READERS)
def authority(request: HttpRequest) -> HttpResponse:
    """Who may send which letter to whom and what sets each off; the director makes it the office's own."""
    found = powers.authority()
    if request.method == "POST":
        try:
            if not request.user.has_perm("ledger.settle"):
                raise ActError.of(
                    "not yours", "G-LEDGER-24", "发文权限表", SETTLERS, "谁能催谁要主任定", "找环委办主任确认"
                )
            seen = request.POST.get("version", "")
            powers.confirm(
                _rows(request), request.POST.getlist("active"), request.POST.get("paper", ""),
                request.user.get_username(), declared.today(), seen=int(seen) if seen.isdecimal() else None,
            )  # fmt: skip
        except ActError as error:
            return fault_page(request, error, request.path)
        return redirect("letters-authority")
    blank = [Issue("", (), (), "")] * 2 if request.user.has_perm("ledger.settle") else []
    context = {
        "found": found,
        "rows": [*found.rules.matrix, *blank],
        "rungs": found.rules.rungs,
        "kinds": ladder().kinds,
    }
    return render(request, "ledger/authority.html", context)


def _rows(request: HttpRequest) -> list[dict[str, object]]:
    """The rows of the form that say anything."""
    found = []
    for n in range(MOST):
        row: dict[str, object] = {
            "issuer": request.POST.get(f"issuer-{n}", "").strip(),
            "approver": request.POST.get(f"approver-{n}", "").strip(),
            "letters": request.POST.getlist(f"letters-{n}"),
            "addressees": request.POST.getlist(f"addressees-{n}"),
            "copy_to": [one.strip() for one in request.POST.get(f"copy-{n}", "").split("、") if one.strip()],
        }
        if any(row.values()):
            found.append(row)
    return found


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
            seen=int(seen) if seen.isdecimal() else None,
            **said,
        )
    except ActError as error:
        return fault_page(request, error, "/letters/")
    return redirect("letters")


@may("ledger.read_letters", READERS)
def scan(request: HttpRequest, name: str, step: str) -> FileResponse:
    """The scan that came back with one step of a letter."""
    letter = pressing.letters().get(name)
    path = papers.scan_of(letter.scans.get(step, "")) if letter else None
    if path is None:
        raise Http404(f"函 {name} 没有“{step}”的扫描件")
    ending = path.suffix
    kept = f"{name}-{step}{ending}"
    return FileResponse(
        path.open("rb"), as_attachment=ending not in INLINE, filename=kept, content_type=INLINE.get(ending)
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@may("ledger.read_letters", READERS)
def reminding(request: HttpRequest) -> HttpResponse:
    """The latest reminders and how they went out; what failed or is not known a person may send again."""
    if request.method == "POST":
        if not request.user.has_perm("ledger.keep"):
            error = ActError.of("not yours", "G-LEDGER-24", "提醒", KEEPERS, "谁发谁负责", "找环委办办理")
            return fault_page(request, error, request.path)
        sending.again(get_object_or_404(Notice, pk=request.POST.get("pk") or 0).pk)
        return redirect("letters-reminders")
    try:
        ways = [one.name for one in delivery.channels()]
        wrong = ()
    except ActError as error:
        ways, wrong = [], error.faults
    page = Paginator(Notice.objects.all(), PAGE).get_page(request.GET.get("page"))
    rows = [(one, sending.went(one), sending.failures(one)) for one in page]
    context = {"page": page, "rows": rows, "ways": ways, "wrong": wrong}
    return render(request, "ledger/reminders.html", context)
