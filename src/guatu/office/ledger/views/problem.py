"""One problem: its rail, what is missing and from whom, its moves, papers and log."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from guatu.act.deadlines import KINDS as DEADLINE_KINDS
from guatu.act.lateness import lateness, owed
from guatu.act.ledger import STAGES, Field, Ledger
from guatu.act.measure_rows import FIELD, cell_of, cell_read, measures_of
from guatu.act.moves import Option, bodies_of, moves_of, sentence
from guatu.act.problem import Problem as Item
from guatu.act.working_days import Calendar
from guatu.errors import ActError
from guatu.office import log
from guatu.office.ledger import answers, complainants, declared, papers, pressing, storage
from guatu.office.ledger.models import PaperProof, Problem
from guatu.office.ledger.people import person_of, sides_of
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may, refusal

BUSINESS = "问题台账只对业务账号开放"
INLINE = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf"}
NOTED = ("progress", "difficulty", "next_step", "remark", "object_no", "also_in")
HIDDEN = {"earlier_deadlines", "first_deadline"}


@may("ledger.see_problems", BUSINESS)
def problem(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one problem."""
    row = seen(request, number)
    ledger, item, day = declared.ledger(row.ledger), storage.item_of(row), declared.today()
    person = person_of(request.user)
    late = lateness(ledger, item, day)
    sides = sides_of(ledger, item, person)
    options = [_option(ledger, item, option) for option in moves_of(ledger, item, person, day)]
    kinds = list(dict.fromkeys(need.kind for option in ledger.leaving[item.state] for need in option.papers))
    every = list(
        dict.fromkeys([*kinds, *(need.kind for move in ledger.moves.values() for need in move.papers), "签批件"])
    )
    from guatu.office.ledger.views import measures  # it builds on this module

    context: dict[str, Any] = {
        "row": row,
        "ledger": ledger,
        "item": item,
        "measures": measures.shown(item, row, day) if FIELD in ledger.fields else None,
        "sets": measures.sets(ledger, item, person) and not row.closed,
        "day": day,
        "late": late,
        "rail": rail(ledger, item, late),
        "owed": owed(ledger, item, day, Calendar.official()),
        "can": [one for one in options if one["open"]],
        "cannot": [one for one in options if not one["open"]],
        "fields": _fields(ledger, item),
        "papers": _papers(ledger, item, row),
        "sides": [(side, ledger.sides[side].title, bodies) for side, bodies in sides.items()],
        "kinds": every,
        "log": log.entries(f"{row.ledger}/{row.number}")[::-1],
        "same": answers.neighbours(row),
        "joined": Problem.objects.filter(merged_into=number).order_by("number"),
        "letters": [one for one in pressing.letters().values() if one.cause == number],
        "handler": complainants.is_handler(row, request.user),
        "names_handlers": any(one.kind == "private" for one in ledger.fields.values())
        and request.user.has_perm("ledger.settle"),
        "may_note": bool(sides),
        "noted": [(ledger.fields[name], _text(item.fields.get(name))) for name in NOTED if name in ledger.fields],
    }
    return render(request, "ledger/problem.html", context)


@may("ledger.see_problems", BUSINESS)
def move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """The form of one move, and the move itself; what refuses it is said in full."""
    row = seen(request, number)
    ledger, item = declared.ledger(row.ledger), storage.item_of(row)
    person = person_of(request.user)
    option = next((one for one in moves_of(ledger, item, person, declared.today()) if one.move.id == move), None)
    if request.method == "POST":
        wanted = ledger.moves.get(move)
        fields = _given(ledger, (*wanted.fields, *wanted.may), request) if wanted else {}
        said: dict[str, Any] = {
            "version": _version(request),
            "fields": fields,
            "reason": request.POST.get("reason", ""),
        }
        acting = request.POST.get("acting_for", "").strip()
        try:
            if option is not None and option.hand == "填报" and not acting:
                storage.prepare(number, move, person, **said)
            else:
                storage.make(number, move, person, **said, acting_for=acting)
        except ActError as error:
            return fault_page(request, error, request.path)
        return redirect("problem", number)
    if option is None:
        raise Http404(f"现在是“{row.state}”，没有这个动作")
    context = {
        "row": row,
        "ledger": ledger,
        "option": _option(ledger, item, option),
        "inputs": [
            _input(ledger.fields[name], item, name in option.move.fields)
            for name in (*option.move.fields, *option.move.may)
        ],
        "clerk": "office_clerk" in person.roles,
        "needs": [
            (
                need,
                bodies_of(ledger, item, need.givers),
                any(one.kind == need.kind and not one.used for one in item.papers),
            )
            for need in option.move.papers
        ],
    }
    return render(request, "ledger/move.html", context)


@require_POST
@may("ledger.see_problems", BUSINESS)
def put_in(request: HttpRequest, number: str) -> HttpResponse:
    """Take one paper in."""
    row = seen(request, number)
    file = request.FILES.get("file")
    side, _, giver = request.POST.get("from", "").partition("/")
    try:
        handed = papers.Handed(
            request.POST.get("kind", "").strip(),
            side,
            (giver or request.POST.get("giver", "")).strip(),
            _day(request.POST.get("day", "")),
            file.name if file else "（没有选文件）",
            file.read() if file else b"",
            request.POST.get("number", "").strip(),
        )
        shared = request.POST.get("shared") == "on"
        papers.put_in(row.number, handed, person_of(request.user), version=_version(request), shared=shared)
    except ActError as error:
        return fault_page(request, error, f"/problems/{number}/")
    return redirect("problem", number)


@may("ledger.see_problems", BUSINESS)
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The bytes of a paper, to who may see its problem."""
    row = seen(request, number)
    kept = get_object_or_404(PaperProof, pk=pk, problem=row)
    path = papers.path_of(kept.sha256, kept.ending)
    if not path.exists():
        raise Http404("材料的文件不在工作区里，请从备份取回")
    content_type = INLINE.get(kept.ending, "application/octet-stream")
    return FileResponse(
        path.open("rb"), as_attachment=kept.ending not in INLINE, filename=kept.name, content_type=content_type
    )


@require_POST
@may("ledger.see_problems", BUSINESS)
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write what no move guards: progress, difficulty, next step."""
    row = seen(request, number)
    ledger, person = declared.ledger(row.ledger), person_of(request.user)
    if not sides_of(ledger, storage.item_of(row), person):
        raise PermissionDenied(refusal(request, f"{number} 的进展由本件的单位和环委办填写"))
    fields = _given(ledger, [name for name in NOTED if name in request.POST], request, keep_empty=True)
    try:
        storage.note(number, fields, person, version=_version(request))
    except ActError as error:
        return fault_page(request, error, f"/problems/{number}/")
    return redirect("problem", number)


@require_POST
@may("ledger.see_problems", BUSINESS)
def complainant(request: HttpRequest, number: str) -> HttpResponse:
    """Who complained, to a named handler; nobody else learns even whether it is kept."""
    row = seen(request, number)
    try:
        identity = complainants.read(row, request.user)
    except ActError as error:
        return fault_page(request, error, f"/problems/{number}/")
    answer = render(request, "ledger/complainant.html", {"row": row, "identity": identity})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@may("ledger.see_problems", BUSINESS)
def handlers(request: HttpRequest, number: str) -> HttpResponse:
    """The director names an account that may read who complained."""
    row = seen(request, number)
    if not request.user.has_perm("ledger.settle"):
        raise PermissionDenied(refusal(request, "来信来电人的经办由环委办主任指定"))
    named = get_user_model().objects.filter(username=request.POST.get("handler", ""), is_active=True).first()
    if named is None:
        error = ActError.of(
            "no such account", "G-LEDGER-29", f"问题 {number}", "没有这个账号，或已停用", "没有指定成", "核对账号名"
        )
        return fault_page(request, error, f"/problems/{number}/")
    complainants.name_handler(row, named, request.user.get_username())
    return redirect("problem", number)


def rail(ledger: Ledger, item: Item, late: Any) -> list[dict[str, Any]]:
    """The eight stages: when each was entered last, where the problem is, and which date is planned."""
    entered: dict[str, date] = {}
    for step in item.steps:
        if step.target in ledger.states:
            entered[ledger.stage(step.target)] = step.day
    here = STAGES.index(ledger.stage(item.state))
    has = {state.stage for state in ledger.states.values()}
    planned = {"验收": late.deadline if late else None, "销号": item.date_of("publicity_until")}
    return [
        {
            "name": stage,
            "day": entered.get(stage) if n <= here else None,
            "planned": planned.get(stage) if n >= here or stage not in entered else None,
            "css": "here"
            if n == here
            else "past"
            if n < here and stage in entered
            else "skip"
            if stage not in has
            else "ahead",
        }
        for n, stage in enumerate(STAGES)
    ]


def seen(request: HttpRequest, number: str) -> Problem:
    """The problem of an address, if the user may see it; else 404 or 403."""
    row = Problem.objects.filter(number=number).first()
    if row is None:
        raise Http404(f"没有编号为 {number} 的问题")
    if not request.user.has_perm("ledger.see_problem", row):
        raise PermissionDenied(refusal(request, f"这一件归{row.lead_unit or '环委办'}"))
    return row


def _option(ledger: Ledger, item: Item, option: Option) -> dict[str, Any]:
    """A move as the page shows it; open: nothing but papers or fields hinders this person."""
    hindering = [one for one in option.lacks if one.kind in ("role", "body", "apart", "hand", "wait")]
    return {
        "move": option.move,
        "hand": option.hand,
        "open": not hindering,
        "ready": option.allowed,
        "why": [sentence(ledger, item, one) for one in hindering],
        "lacks": [
            {"kind": one.kind, "what": one.what, "from": bodies_of(ledger, item, one.givers), "how": one.how}
            for one in option.lacks
            if one not in hindering
        ],
        "prepared": item.prepared[1] if item.prepared[0] == option.move.id else "",
    }


def _fields(ledger: Ledger, item: Item) -> list[tuple[str, str]]:
    return [
        (one.title, _text(item.fields[one.id], one.kind))
        for one in ledger.fields.values()
        if item.fields.get(one.id) and one.kind not in ("private", "measures") and one.id not in HIDDEN
    ]


def _text(value: Any, kind: str = "") -> str:
    if kind == "measures":
        return cell_of(measures_of(value))
    return "；".join(value) if isinstance(value, list) else str(value or "")


def _papers(ledger: Ledger, item: Item, row: Problem) -> list[dict[str, Any]]:
    kept = {(one.sha256, one.kind): one for one in PaperProof.objects.filter(problem=row)}
    return [
        {
            "paper": one,
            "side": ledger.sides[one.side].title if one.side in ledger.sides else one.side,
            "file": kept.get((one.sha256, one.kind)),
            "step": ledger.moves[item.steps[one.used - 1].move].title
            if one.used and item.steps[one.used - 1].move in ledger.moves
            else "",
        }
        for one in reversed(item.papers)
    ]


def _input(one: Field, item: Item, must: bool) -> dict[str, Any]:
    choices = DEADLINE_KINDS if one.id == "deadline_kind" else one.choices
    return {"field": one, "must": must, "choices": choices, "value": _text(item.fields.get(one.id), one.kind)}


def _given(ledger: Ledger, names: Any, request: HttpRequest, keep_empty: bool = False) -> dict[str, Any]:
    """The fields of a form as a ledger holds them; an empty one is not said, unless it may be emptied."""
    found: dict[str, Any] = {}
    for name in names:
        text = request.POST.get(name, "").strip()
        if not text and not keep_empty:
            continue
        kind = ledger.fields[name].kind
        found[name] = (
            cell_read(text)
            if kind == "measures"
            else (
                [part.strip() for part in text.replace("\n", "；").split("；") if part.strip()]
                if kind in ("list", "choices")
                else text
            )
        )
    return found


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
