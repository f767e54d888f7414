"""Pages of the hands before the sum: a subject assesses itself on its sheet, a department scores its items."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import GuatuError
from guatu.office import snapshots
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.permissions import account_of
from guatu.office.scoring import answers, assessing, sheets
from guatu.office.scoring.acting import uploaded
from guatu.office.scoring.people import SEE
from guatu.office.scoring.views import WHOLE, day_of
from guatu.office.views.gate import may, refusal
from guatu.score.book import scheme as named_scheme
from guatu.score.scheme import Item, Scheme
from guatu.score.wording import plain


@dataclass(frozen=True, slots=True)
class Scored:
    """One subject's line of an item as the department sees it."""

    subject: str
    got: str
    words: str
    own: str
    own_proof: tuple[tuple[str, str], ...]
    mine: assessing.Hand | None


@dataclass(frozen=True, slots=True)
class Asked:
    """An item that a department scores, with every subject's line."""

    by: Scheme
    item: Item
    points: str
    judged: bool
    rows: tuple[Scored, ...]


@require_POST
@may(SEE, WHOLE)
def assess(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """A subject assesses itself."""
    if not request.user.has_perm("scoring.object", subject):
        raise PermissionDenied(refusal(request, "自评由被考核的县（市、区）、单位自己报"))
    ws, said = snapshots.opened(), request.POST
    try:
        made = assessing.assess(
            ws, named_scheme(scheme, ws.folder), subject, said.get("item", ""), said.get("points", ""),
            said.get("reason", ""), request.user.get_username(), uploaded(request),
        )  # fmt: skip
    except GuatuError as error:
        return fault_page(request, error, f"/scores/{scheme}/{subject}/")
    messages.success(request, f"自评 {made.points} 分已记下，记入留痕")
    return redirect("scores-sheet", scheme=scheme, subject=subject)


@may("scoring.score_items", "部门评分由细则写明的评分单位办")
def department(request: HttpRequest) -> HttpResponse:
    """The items that the user's body scores, every subject a line."""
    ws = snapshots.opened()
    day, body = day_of(request, ws), _body(request)
    found = []
    try:
        for by, item in assessing.scored_by(sheets.offered(ws), body):
            if not by.since <= day or (by.until is not None and by.until < day):
                continue
            scores = sheets.scores(ws, by, day)
            rows = tuple(_scored(by, item, one.subject, scores, body) for one in scores.sheets)
            found.append(Asked(by, item, plain(item.points), assessing.judged(item), tuple(row for row in rows if row)))
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    return render(request, "office/scores_department.html", {"asked": found, "body": body, "day": day})


@require_POST
@may("scoring.score_items", "部门评分由细则写明的评分单位办")
def opine(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """A department gives an item its points."""
    ws, said = snapshots.opened(), request.POST
    try:
        made = assessing.opine(
            ws, named_scheme(scheme, ws.folder), subject, said.get("item", ""), _body(request), said.get("points", ""),
            said.get("reason", ""), request.user.get_username(), uploaded(request),
        )  # fmt: skip
    except GuatuError as error:
        return fault_page(request, error, "/scores/department/")
    messages.success(request, f"{subject} {said.get('item', '')} 评 {made.points} 分，已记下，记入留痕")
    return redirect("scores-department")


def _scored(by: Scheme, item: Item, subject: str, scores: sheets.Scores, body: str) -> Scored | None:
    line = scores.of(subject).line(item.id)
    if line is None:
        return None
    hands = assessing.hands_of(by, subject)
    own = hands.own.get(item.id)
    return Scored(
        subject, answers.got_of(line), line.words, own.words if own else "", own.proof if own else (),
        hands.departments.get(item.id, {}).get(body),
    )  # fmt: skip


def _body(request: HttpRequest) -> str:
    account = account_of(request.user)
    return account.body if account else ""
