"""The pages of scores: ranking, one sheet, the scheme, objections; their files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import snapshots
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.models import Entry
from guatu.office.scoring import answers, assessing, process, sheets, shown
from guatu.office.scoring.people import SEE
from guatu.office.views.gate import may, refusal
from guatu.score.book import NO_SCHEME
from guatu.score.book import schemes as every_scheme
from guatu.score.feeding_values import target_instead
from guatu.score.money import payments_of
from guatu.score.scheme import MISSING_WORDS, TIES, Scheme
from guatu.score.sheet import Sheet
from guatu.score.vocabulary import vocabulary
from guatu.score.wording import plain
from guatu.score.worked import reckoned

WHOLE = "考核得分只对业务账号开放"
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@may(SEE, WHOLE)
def ranking(request: HttpRequest) -> HttpResponse:
    """All subjects of a kind, by group and rank; every total opens to its sheet for those who may."""
    ws = snapshots.opened()
    kind = "bodies" if request.GET.get("of") == "bodies" else "counties"
    day = day_of(request, ws)
    try:
        by = sheets.chosen(ws, kind, day, request.GET.get("scheme", ""))
        found = sheets.scores(ws, by, day)
    except GuatuError as error:
        if NO_SCHEME in error.codes and not request.GET.get("scheme"):
            return render(request, "office/scores_none.html", {"faults": error.faults, "kind": kind, "day": day})
        return fault_page(request, error, "/scores/")
    before = sheets.month_before(ws, by, day)
    answer = answers.ranking(found, before)
    context = {
        "by": by,
        "kind": by.subjects,
        "day": day,
        "words": answer.words,
        "rows": shown.ranked(by, found.sheets, request.user, before),
        "money": answers.money(found) if by.money and request.user.has_perm("scoring.see_all") else None,
        "blocks": [(name, plain(points), f"p{number % 4}") for number, (name, points) in enumerate(by.blocks)],
        "offered": sheets.offered(ws),
        "final": process.final(by),
        "open_objections": sum(one.state in process.OPEN for one in process.objections(by)),
        "hinders": process.hinders(found, by) if request.user.has_perm("scoring.sign") else [],
        "trial": any(one.trial for one in found.sheets),
        "owed": list(assessing.owed(by, tuple(one.subject for one in found.sheets)))
        if request.user.has_perm("scoring.enter")
        else [],
    }
    return render(request, "office/scores.html", context)


@may(SEE, WHOLE)
def sheet(request: HttpRequest, scheme: str, subject: str) -> HttpResponse:
    """One sheet: losses first, each opening to its steps, months, sections and problems."""
    try:
        ws, by, day, one = asked(request, scheme, subject)
        supposed = _supposed(request, ws, by, day, subject)
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    found, other = shown.lines(by, one, request.user)
    answer = answers.why(by, one)
    context = {
        "by": by,
        "sheet": one,
        "day": day,
        "total": answers.shown(by, one),
        "words": answer.words,
        "lines": found,
        "other": other,
        "good": answers.difference(sheets.with_good_month(ws, by, day, subject), "再有一个好月") if one.trial else None,
        "supposed": supposed,
        "paid": payments_of(sheets.scores(ws, by, day)).get(subject, ()) if by.money else (),
        "targets": [
            item for item in (plan_of(ws).targets if ws.plan_path.is_file() else ()) if isinstance(item.value, Decimal)
        ],
        "objections": process.objections(by, subject),
        "may_enter": request.user.has_perm("scoring.enter"),
        "may_assess": assessing.SELF in by.process and request.user.has_perm("scoring.object", subject),
        "entries": list(shown.entries(by, one)) if request.user.has_perm("scoring.enter") else [],
        "may_object": request.user.has_perm("scoring.object", subject)
        or request.user.has_perm("scoring.record_objection"),
        "final": process.final(by),
        "log": records_of(by, subject) if request.user.has_perm("office.read_log") else [],
    }
    return render(request, "office/scores_sheet.html", context)


@may(SEE, WHOLE)
def scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    """The scheme: every item with its rule, where its numbers come from and what happens to what is missing."""
    ws = snapshots.opened()
    try:
        by = sheets.chosen(ws, "", snapshots.last_day_of(ws), scheme)
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    words = vocabulary()
    items = [
        (
            item,
            plain(item.points),
            words["score"][item.rule.kind].title if item.rule else "只加减分",
            [words["modifier"][one.kind].title + (f"：{one.title}" if one.title else "") for one in item.modifiers],
            "；".join(
                f"{answers.title_of(item, name)}：{words['source'][one.kind].title}" for name, one in item.facts.items()
            ),
            MISSING_WORDS[item.missing],
        )
        for item in by.items
    ]
    context = {"by": by, "items": items, "tie": TIES[by.tie], "full": plain(by.full), "worked": examples(by)}
    return render(request, "office/scores_scheme.html", context)


@may(SEE, WHOLE)
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme there is: complete or not, what is left out and why, its printed examples reckoned again."""
    ws = snapshots.opened()
    try:
        every = list(every_scheme(ws.folder).values())
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    offered = {one.id for one in sheets.offered(ws)}
    rows = [(one, plain(one.full), len(one.items), examples(one), one.id in offered) for one in every]
    wrong = sum(not example.same for _, _, _, worked, _ in rows for example in worked)
    context = {"rows": rows, "partial": [one for one in every if not one.complete], "wrong": wrong}
    return render(request, "office/scores_schemes.html", context)


def examples(by: Scheme) -> list[answers.Example]:
    """The printed examples of a scheme as a page shows them."""
    return [answers.example(one) for one in reckoned(by)]


@may(SEE, WHOLE)
def objections(request: HttpRequest) -> HttpResponse:
    """Objections: all of them for those who see all, else one's own."""
    found = [one for one in process.objections() if request.user.has_perm("scoring.see_sheet", one.subject)]
    context = {"objections": found, "open": process.OPEN, "may_review": request.user.has_perm("scoring.review")}
    return render(request, "office/scores_objections.html", context)


@may("scoring.see_all", "总表只对环委办、领导、分析和督察账号开放")
def table(request: HttpRequest, scheme: str, kind: str) -> HttpResponse:
    """The ranking as a file."""
    ws = snapshots.opened()
    day = day_of(request, ws)
    try:
        by = sheets.chosen(ws, "", day, scheme)
        answer = answers.ranking(sheets.scores(ws, by, day), sheets.month_before(ws, by, day))
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    return _file(answer, kind, ws, f"{by.id}-{day}")


@may(SEE, WHOLE)
def sheet_file(request: HttpRequest, scheme: str, subject: str, kind: str) -> HttpResponse:
    """One sheet as a file."""
    try:
        ws, by, day, one = asked(request, scheme, subject)
    except GuatuError as error:
        return fault_page(request, error, "/scores/")
    return _file(answers.sheet(by, one), kind, ws, f"{subject}-{by.id}-{day}")


def asked(request: HttpRequest, scheme: str, subject: str) -> tuple[Workspace, Scheme, date, Sheet]:
    """A sheet the user may see. Raises PermissionDenied, and GuatuError where there is none."""
    if not request.user.has_perm("scoring.see_sheet", subject):
        raise PermissionDenied(refusal(request, "得分表只对环委办、领导和本县（市、区）、本单位开放"))
    ws = snapshots.opened()
    day = day_of(request, ws)
    by = sheets.chosen(ws, "", day, scheme)
    return ws, by, day, sheets.scores(ws, by, day).of(subject)


def day_of(request: HttpRequest, ws: Workspace) -> date:
    """The day asked for, else the last day the pages judge."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return snapshots.last_day_of(ws)


def records_of(by: Scheme, subject: str) -> list[Entry]:
    """The log of what was entered, filed, assessed and objected for a subject; ``place`` says what of."""
    kinds = ("score", "evidence", "selfscore", "opinion")
    names = {f"{kind}/{by.id}/{subject}/{one.id}": f"{one.id} {one.title}" for one in by.items for kind in kinds}
    names |= {f"objection/{one.number}": f"异议 {one.number} {one.title}" for one in process.objections(by, subject)}
    found = list(Entry.objects.filter(subject__in=names))
    for one in found:
        one.place = names[one.subject]  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: -one.number)


def _supposed(request: HttpRequest, ws: Workspace, by: Scheme, day: date, subject: str) -> answers.Answer | None:
    name, number = request.GET.get("target", ""), request.GET.get("value", "")
    if not name or not number:
        return None
    try:
        target = target_instead(plan_of(ws), name, Decimal(number))
    except InvalidOperation:
        raise GuatuError.of(
            "not a number", "G-SCORING-12", f"目标 {name}", f"“{number}”不是数", "没法试算", "填一个数，如 33"
        ) from None
    return answers.difference(sheets.with_targets(ws, by, day, subject, [target]), "目标变了以后")


def _file(answer: answers.Answer, kind: str, ws: Workspace, name: str) -> HttpResponse:
    if kind not in TYPES:
        raise Http404(f"不能存成 {kind}，可存成 docx、xlsx")
    response = HttpResponse(answers.document(answer, kind, ws.demo), content_type=TYPES[kind])
    mark = "-演示数据" if ws.demo else ""
    response["Content-Disposition"] = (
        f"attachment; filename=\"scores.{kind}\"; filename*=UTF-8''{quote(f'{name}{mark}.{kind}')}"
    )
    return response
