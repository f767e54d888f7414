"""The pages of bulletins: the shelf and the form, one bulletin with its numbers, its file, a check of any file."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import GuatuError
from guatu.office import signing, snapshots
from guatu.office.bulletins import shelf
from guatu.office.bulletins.people import ISSUE, MAKE, SEE
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may
from guatu.report.check import FAULTS
from guatu.report.kinds import KINDS

WHO = "简报由环委办和市局编制"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST = 20_000_000  # [byte]


@may(SEE, WHO)
def bulletins(request: HttpRequest) -> HttpResponse:
    """What has been made, newest first, and the form to make another."""
    ws = snapshots.opened()
    day = snapshots.last_day_of(ws)
    month = date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
    context = {"kept": shelf.all_kept(), "kinds": KINDS.values(), "day": day, "month": f"{month:%Y-%m}",
               "names": {kind.name: kind.title for kind in KINDS.values()}}  # fmt: skip
    return render(request, "office/bulletins.html", context)


@require_POST
@may(MAKE, WHO)
def make(request: HttpRequest) -> HttpResponse:
    """Make one and open it."""
    ws = snapshots.opened()
    said = {key: request.POST.get(key, "").strip() for key in ("kind", "period", "day", "head", "number", "body")}
    try:
        day = _day(said["day"]) if said["day"] else snapshots.last_day_of(ws)
        one = shelf.make(
            ws, said["kind"], said["period"], day, said["head"], said["number"], _name(request), said["body"]
        )
    except GuatuError as error:
        return fault_page(request, error, "/bulletins/")
    return redirect("bulletin", name=one.name)


@may(SEE, WHO)
def bulletin(request: HttpRequest, name: str) -> HttpResponse:
    """One bulletin: its text as it reads, each number open to its explanation, the check against today's data."""
    ws = snapshots.opened()
    try:
        one = shelf.kept(name)
        issue, found = shelf.check(ws, shelf.file_of(ws, one))
    except GuatuError as error:
        return fault_page(request, error, "/bulletins/")
    numbers = list({number.key: number for number in issue.numbers}.values())
    context = {"one": one, "issue": issue, "found": found, "wrong": [f for f in found if f.kind in FAULTS],
               "numbers": numbers, "two": [n for n in numbers if n.note.startswith("通报值")]}  # fmt: skip
    return render(request, "office/bulletin.html", context)


@may(SEE, WHO)
def bulletin_file(request: HttpRequest, name: str) -> HttpResponse:
    """The Word file."""
    ws = snapshots.opened()
    try:
        one = shelf.kept(name)
        content = shelf.file_of(ws, one).read_bytes()
    except GuatuError as error:
        return fault_page(request, error, "/bulletins/")
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(one.data['title'])}.docx"
    return answer


@require_POST
@may(ISSUE, WHO)
def issue(request: HttpRequest, name: str) -> HttpResponse:
    """The director issues it, saying his password once more."""
    try:
        signing.by_self(request.user, request.POST.get("password", ""))
        shelf.issue(name, _name(request), request.POST.get("number", "").strip())
    except GuatuError as error:
        return fault_page(request, error, f"/bulletins/{name}/")
    messages.success(request, "已签发，留底不再改动")
    return redirect("bulletin", name=name)


@require_POST
@may(SEE, WHO)
def check(request: HttpRequest) -> HttpResponse:
    """Check an uploaded file; nothing of it is kept."""
    given = request.FILES.get("file")
    ws = snapshots.opened()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checked.docx"
        path.write_bytes(given.read(LARGEST) if given and given.size and given.size <= LARGEST else b"")
        try:
            issue, found = shelf.check(ws, path)
        except GuatuError as error:
            return fault_page(request, error, "/bulletins/")
    context = {"issue": issue, "found": found, "wrong": [f for f in found if f.kind in FAULTS]}
    return render(request, "office/bulletin_check.html", context)


def _name(request: HttpRequest) -> str:
    return request.user.get_username()


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise GuatuError.of(
            f"no day: {words!r}", "G-REPORT-15", f"日期“{words}”", "认不出来", "不知道按哪天所知", "写成 2021-10-11"
        ) from None
