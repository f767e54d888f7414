"""The evidence of a sheet as a page and as an archive; each exhibit opens only to who may see what it shows."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from guatu.errors import GuatuError
from guatu.office import snapshots
from guatu.office.ledger.models import Problem
from guatu.office.ledger.views.problem import INLINE
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.scoring import acting, entered, evidence, evidence_zip, filed, process, shown
from guatu.office.scoring.people import SEE
from guatu.office.scoring.views import WHOLE, asked
from guatu.office.views.answers import attached
from guatu.office.views.gate import may, refusal
from guatu.score.book import scheme as named_scheme


def folder(request: HttpRequest, scheme: str, subject: str) -> evidence.Folder:
    """The evidence of a sheet as the user may see it."""
    ws, by, _, one = asked(request, scheme, subject)

    def sees(address: str) -> bool:
        kind, _, name = address.partition("/")
        if kind == "problem":
            row = Problem.objects.filter(number=name).first()
            return row is not None and request.user.has_perm("ledger.see_problem", row)
        return kind in shown.PAGES or request.user.has_perm("office.explain", address)

    return evidence.folder_of(ws, by, one, acting.text_of(ws, by), sees)


@may(SEE, WHOLE)
def page(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """The contents: item by item, numbered, what is missing first; a form to file what is."""
    try:
        found = folder(request, scheme, subject)
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    day = f"?day={found.sheet.as_of}"
    links = {
        one.number: reverse("scores-exhibit", args=[scheme, subject, one.number]) + day
        for one in found.exhibits
        if one.content is not None
    }
    chapters = [
        (chapter, [(one, links.get(one.number, ""), shown.href_of(one.address, request.user))
                   for one in chapter.exhibits])
        for chapter in found.chapters
    ]  # fmt: skip
    context = {
        "by": found.by,
        "sheet": found.sheet,
        "words": evidence_zip.notes_of(found),
        "chapters": chapters,
        "lacking": found.lacking,
        "may_file": may_file(request, subject) and not process.final(found.by),
        "wanted": [(line.item, line.title) for line in found.sheet.lines],
        "titles": sorted({one.title for one in found.lacking}),
    }
    return render(request, "office/scores_evidence.html", context)


@may(SEE, WHOLE)
def archive(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """The archive; what the user may not open stays a line of its contents."""
    try:
        found = folder(request, scheme, subject)
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    mark = "-演示数据" if found.demo else ""
    return attached(evidence_zip.archive_of(found), f"{subject}-佐证材料-{found.by.id}-{found.sheet.as_of}{mark}.zip")


@may(SEE, WHOLE)
def exhibit(request: HttpRequest, scheme: str, subject: str, number: str) -> HttpResponse:
    """One exhibit."""
    try:
        found = evidence.numbered(folder(request, scheme, subject), number)
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    if found is None or found.content is None:
        raise Http404(f"佐证材料里没有 {number}，或您的账号打不开")
    return attached(found.content(), PurePath(found.file).name)


@may(SEE, WHOLE)
def proof(request: HttpRequest, scheme: str, subject: str, kept: str) -> HttpResponse:
    """A file behind what a person entered, objected or assessed; only files named in records of this sheet open."""
    if not request.user.has_perm("scoring.see_sheet", subject):
        raise PermissionDenied(refusal(request, "得分表只对环委办、领导和本县（市、区）、本单位开放"))
    names = dict(entered.files_of(scheme, subject))
    path = snapshots.opened().folder / "proof" / kept
    if kept not in names or not path.is_file():
        raise Http404("没有这份材料，或文件不在工作区里")
    ending = path.suffix
    content_type = INLINE.get(ending, "application/octet-stream")
    return FileResponse(
        path.open("rb"), as_attachment=ending not in INLINE, filename=names[kept], content_type=content_type
    )


@require_POST
@may(SEE, WHOLE)
def put_in(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """File a paper for an item, or take one out."""
    if not may_file(request, subject):
        raise PermissionDenied(refusal(request, "佐证由被考核的县（市、区）、单位或环委办交"))
    ws, said, given = snapshots.opened(), request.POST, request.FILES.get("file")
    person = request.user.get_username()
    try:
        by = named_scheme(scheme, ws.folder)
        made = filed.file(
            ws, by, subject, said.get("item", ""), said.get("title", ""), given.name if given and given.name else "",
            given.read() if given else b"", person, said.get("note", ""),
        )  # fmt: skip
    except GuatuError as error:
        return fault_page(request, error, reverse("scores-evidence", args=[scheme, subject]))
    messages.success(request, f"已收“{made.title}”（SHA-256 {made.kept[:12]}），记入留痕")
    return redirect("scores-evidence", scheme=scheme, subject=subject)


def may_file(request: HttpRequest, subject: str) -> bool:
    """The subject itself, and the office."""
    return request.user.has_perm("scoring.object", subject) or request.user.has_perm("scoring.enter")
