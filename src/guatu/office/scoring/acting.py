"""What is done on the pages of scores: enter points with a reason, object, review, make final."""

from __future__ import annotations

from importlib.resources import files
from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.office import snapshots
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.scoring import entered, process, sheets
from guatu.office.scoring.people import SEE
from guatu.office.scoring.views import day_of
from guatu.office.views.gate import may, refusal
from guatu.score.book import OWN, scheme
from guatu.score.definition import define
from guatu.score.scheme import Scheme


@require_POST
@may("scoring.enter", "人工评分由环委办录入")
def enter(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """Enter a fact for an item, or take one back; with a reason, logged."""
    said = request.POST
    item, _, name = said.get("what", "").partition("|")
    person, reason = request.user.get_username(), said.get("reason", "")
    try:
        by = _scheme(scheme)
        sheets.scores(snapshots.opened(), by, day_of(request, snapshots.opened())).of(subject)
        if said.get("act") == "withdraw":
            taken = entered.withdraw(by, subject, item, name, person, reason)
            messages.success(request, "已撤回，留痕里可查" if taken else "没有可撤回的")
        else:
            entered.enter(
                by, subject, item, name, said.get("value", ""), person, reason,
                level=said.get("level", ""), day=said.get("on", ""), proof=uploaded(request),
            )  # fmt: skip
            lacks = "" if request.FILES.get("proof") else "；没有附佐证文件，佐证材料里会列为缺"
            messages.success(request, f"已记下，改动记入留痕{lacks}")
    except GuatuError as error:
        return fault_page(request, error, f"/scores/{scheme}/{subject}/")
    return redirect("scores-sheet", scheme=scheme, subject=subject)


def uploaded(request: HttpRequest) -> tuple[str, bytes] | None:
    """The proof that came with a form: its name and bytes; None where there is none."""
    given = request.FILES.get("proof")
    return (PurePath(given.name or "").name[-120:], given.read()) if given else None


@require_POST
@may(SEE, "异议由被考核的县（市、区）、单位提出")
def raise_objection(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """Object to an item of one's own sheet; the clerk records one that came on paper."""
    if not (request.user.has_perm("scoring.object", subject) or request.user.has_perm("scoring.record_objection")):
        raise PermissionDenied(refusal(request, "异议由被考核的县（市、区）、单位提出"))
    ws = snapshots.opened()
    said = request.POST
    try:
        made = process.raise_objection(
            ws, _scheme(scheme), day_of(request, ws), subject, said.get("item", ""), said.get("text", ""),
            request.user.get_username(),
        )  # fmt: skip
    except GuatuError as error:
        return fault_page(request, error, f"/scores/{scheme}/{subject}/")
    messages.success(request, f"异议 {made.number} 已提出，现在的得分表留底（{made.hash[:12]}）")
    return redirect("scores-sheet", scheme=scheme, subject=subject)


@require_POST
@may("scoring.review", "异议由环委办主任复核")
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Take an objection up, or decide it."""
    said, person = request.POST, request.user.get_username()
    try:
        if said.get("act") == "take":
            process.take_up(number, person)
        else:
            found = next((one for one in process.objections() if one.number == number), None)
            process.decide(
                _scheme(found.scheme if found else ""), number, person, said.get("answer", ""), said.get("points", "")
            )
    except GuatuError as error:
        return fault_page(request, error, "/scores/objections/")
    messages.success(request, f"异议 {number} 已办")
    return redirect("scores-objections")


@require_POST
@may("scoring.sign", "定稿由环委办主任签")
def finish(request: HttpRequest, scheme: str) -> HttpResponse:
    """Make the scores final: the director signs."""
    ws = snapshots.opened()
    try:
        by = _scheme(scheme)
        count = process.finish(ws, by, day_of(request, ws), request.user.get_username(), text_of(ws, by))
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    messages.success(request, f"{count} 张得分表已定稿")
    return redirect("scores")


def text_of(ws: Workspace, by: Scheme) -> str:
    """The text a scheme was read from, kept with what it made final."""
    own = ws.folder / OWN
    given = [*(own.glob("*.toml") if own.is_dir() else ()), *files("guatu.score").joinpath("schemes").iterdir()]
    for path in given:
        if path.name.endswith(".toml"):
            text = path.read_text(encoding="utf-8")
            if define(text, path.name).sha256 == by.sha256:
                return text
    raise LookupError(by.id)


def _scheme(name: str) -> Scheme:
    return scheme(name, snapshots.opened().folder)
