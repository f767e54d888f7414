"""What a bulletin is handed out as besides Word, PDF and workbook; and the office's own templates."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.office import log, snapshots
from guatu.office.bulletins import shelf
from guatu.office.bulletins.facts import office_on
from guatu.office.bulletins.people import MAKE, SEE
from guatu.office.bulletins.views import DOCX, LARGEST, WHO
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may
from guatu.report.issuing import keep_template, template_of
from guatu.report.kinds import KINDS, Kind, kind_of, made
from guatu.report.paper import Paper
from guatu.report.template import built_in

TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@may(SEE, WHO)
def beside(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The PDF or the workbook kept with a bulletin when it was made."""
    try:
        one = shelf.kept(name)
        content = shelf.beside(snapshots.opened(), one, kind)
    except GuatuError as error:
        return fault_page(request, error, "/bulletins/")
    return _attached(content, TYPES[kind], f"{one.data['title']}.{kind}")


@may(SEE, WHO)
def templates(request: HttpRequest) -> HttpResponse:
    """Which kinds are made from a template of the office, with the forms to edit and the door to put one in."""
    ws = snapshots.opened()
    rows = [(kind, template_of(ws, kind.name)) for kind in KINDS.values() if kind.name != "brief"]
    return render(request, "office/bulletins_templates.html", {"rows": rows})


@may(SEE, WHO)
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The office's template of a kind, or the form that comes with guatu, laid out section by section where it can."""
    ws = snapshots.opened()
    try:
        found = kind_of(kind)
        own = template_of(ws, kind)
        content = own.read_bytes() if own is not None else built_in(found, _sample(found))
    except GuatuError as error:
        return fault_page(request, error, "/bulletins/templates/")
    return _attached(content, DOCX, f"{found.name}.docx")


@require_POST
@may(MAKE, WHO)
def template_put(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a template in after it was tried on the newest period, or go back to the form of guatu."""
    ws = snapshots.opened()
    given = request.FILES.get("file")
    try:
        found = kind_of(kind)
        own = template_of(ws, kind)
        if request.POST.get("act") == "remove":
            if own is not None:
                own.unlink()
                log.record(
                    request.user.get_username(), "停用简报模板", f"template/{found.name}", {"file": own.name}, {}
                )
            messages.success(request, f"“{found.title}”改用内置版式")
            return redirect("bulletins-templates")
        content = given.read(LARGEST) if given and given.size and given.size <= LARGEST else b""
        path = keep_template(ws, kind, content, _sample(found) or _empty(found))
        told = {"file": path.name, "bytes": len(content)}
        log.record(request.user.get_username(), "放入简报模板", f"template/{found.name}", {}, told)
    except GuatuError as error:
        return fault_page(request, error, "/bulletins/templates/")
    messages.success(request, f"“{found.title}”以后用这个模板")
    return redirect("bulletins-templates")


def _sample(kind: Kind) -> Paper | None:
    """The paper of the newest whole period, to lay a form out or try one on; none for a kind with a subject."""
    ws = snapshots.opened()
    day = snapshots.last_day_of(ws)
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    period = {"month": f"{year}-{month:02d}", "quarter": f"{year}Q{(month + 2) // 3}", "year": f"{day.year}"}[kind.of]
    if kind.subject:
        return None
    return made(ws, plan_of(ws), kind.name, Period.of(period), day, office_on)


def _empty(kind: Kind) -> Paper:
    """A paper with nothing in it but its words, to try a template of a kind on that needs a subject."""
    ws = snapshots.opened()
    day = snapshots.last_day_of(ws)
    month = Period.of(f"{day:%Y-%m}")
    return Paper(kind.paper, kind.title, month, day, ws.name, ws.demo, (), ())


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    answer: Any = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
