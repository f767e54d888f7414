"""The pages of the registers: papers owed, meetings, decisions and instructions, receipts, projects with money."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act import registers
from guatu.act.registers import Register, overdue
from guatu.office import proof, records, registering, seen, snapshots, tabled
from guatu.office.views.answers import attached, said_fault, today
from guatu.office.views.gate import may
from guatu.report.plain_table import table_docx, table_xlsx

SEE, EDIT = "office.see_tasks", "office.edit_duties"
WHO = "台账由环委办办理"


@may(SEE, "台账只对业务账号开放")
def first(request: HttpRequest) -> HttpResponse:
    """The first of the registers."""
    return redirect("register", page=next(iter(registering.PAGES)))


@may(SEE, "台账只对业务账号开放")
def register(request: HttpRequest, page: str) -> HttpResponse:
    """One register: its entries by state, the late first said, and the form to add one."""
    kind = _register(page)
    found = seen.entries(request.user, kind)
    state, day = request.GET.get("status", ""), today()
    tally = Counter(entry["state"] for entry in found.values())
    pending = sum(kind.is_open(entry) for entry in found.values())
    context: dict[str, Any] = {
        "page": page,
        "kind": kind,
        "pages": [(one, registering.of_page(one).title) for one in registering.PAGES],
        "numbers": registers.places(kind, "money"),
        "days": registers.places(kind, "date"),
        "table": tabled.laid(
            request.GET,
            registers.heads(kind),
            registers.rows(kind, found, day, state),
            numbers=registers.places(kind, "money"),
        ),
        "summary": registers.summary(kind, found, day),
        "total": len(found),
        "states": [(one, tally[one]) for one in kind.states if tally[one]],
        "pending": (registers.OPEN, pending),
        "status": state,
        "may_edit": request.user.has_perm(EDIT),
    }
    return render(request, "office/register.html", context)


@may(SEE, "台账只对业务账号开放")
def entry(request: HttpRequest, page: str, name: str) -> HttpResponse:
    """One entry: its columns to change, its next step, its history."""
    kind = _register(page)
    found = seen.entries(request.user, kind).get(name)
    if found is None:
        raise Http404(f"没有编号为 {name} 的条目，或它不归您的单位")
    subject = f"{kind.id}/{name}"
    if request.method == "POST":
        return _changed(request, page, kind, name)
    context = {
        "page": page,
        "kind": kind,
        "name": name,
        "entry": found,
        "columns": kind.fields.values(),
        "late": overdue(kind, found, today()),
        "next": kind.after(found["state"]),
        "undoable": registering.last_change(kind, name) if request.user.has_perm(EDIT) else None,
        "version": records.version(subject),
        "entries": records.history(subject) if request.user.has_perm("office.read_log") else [],
        "may_edit": request.user.has_perm(EDIT),
        "related": _related(kind, name) if seen.sees_all(request.user) else [],
    }
    return render(request, "office/entry.html", context)


@may(EDIT, WHO)
def _changed(request: HttpRequest, page: str, kind: Register, name: str) -> HttpResponse:
    person, asked = request.user.get_username(), request.POST
    with said_fault(request):
        if asked.get("act") == "undo":
            registering.undo(kind, name, person, asked.get("reason", ""))
            messages.success(request, "已撤销上一次改动，撤销也记入留痕")
        elif asked.get("act") == "measure" and kind.id == "item":
            messages.success(request, f"已列为措施 {registering.to_measure(name, person)}")
        else:
            seen = asked.get("version", "")
            said = {key: asked[key] for key in (*kind.fields, "state") if key in asked} | _files(request, kind)
            version = int(seen) if seen.isdecimal() else None
            changed = registering.change(kind, name, said, person, asked.get("reason", ""), version)
            messages.success(request, "已保存，改动记入留痕" if changed else "没有变动")
    return redirect("entry", page=page, name=name)


@require_POST
@may(EDIT, WHO)
def add(request: HttpRequest, page: str) -> HttpResponse:
    """Add an entry, or fill the register from the plan."""
    kind, person = _register(page), request.user.get_username()
    with said_fault(request):
        if request.POST.get("act") == "measures" and kind.id == "item":
            made = registering.all_to_measures(person)
            messages.success(request, f"已列为措施 {len(made)} 条：{'、'.join(made)}" if made else "都已列为措施")
        elif request.POST.get("act") == "move":
            return _moving(request, page, kind)
        elif request.POST.get("act") == "begin":
            made = registering.begin(snapshots.opened(), person)
            messages.success(request, f"从文件登记了 {made['paper']} 份文件、{made['receipt']} 个签收单位")
        else:
            said = {key: request.POST[key] for key in kind.fields if key in request.POST} | _files(request, kind)
            messages.success(request, f"已登记 {registering.add(kind, said, person)}")
    return redirect("register", page=page)


def _moving(request: HttpRequest, page: str, kind: Register) -> HttpResponse:
    """Ticked entries moved one step on: first what would be done, then, confirmed, all of them or none."""
    names, on, person = request.POST.getlist("name"), request.POST.get("on", ""), request.user.get_username()
    plan = registering.moves(kind, names, on)
    if plan and request.POST.get("sure") and not any(one.faults for one in plan):
        registering.move_all(kind, plan, person)
        messages.success(request, f"{len(plan)} 条已到下一步，改动记入留痕；哪一条不对，打开它点“撤销上一次改动”")
        return redirect("register", page=page)
    context = {"page": page, "kind": kind, "plan": plan, "on": on, "stuck": sum(bool(one.faults) for one in plan)}
    return render(request, "office/register_move.html", context)


@may(SEE, "台账只对业务账号开放")
def attachment(request: HttpRequest, page: str, name: str, column: str) -> HttpResponse:
    """A file of an entry, for those who see the entry."""
    kind = _register(page)
    field, found = kind.fields.get(column), seen.entries(request.user, kind).get(name, {})
    path = snapshots.opened().folder / "proof" / found.get(column, "")
    if field is None or field.kind != "file" or not found.get(column) or not path.is_file():
        raise Http404(f"{name} 没有附件，或它不归您的单位")
    return attached(path.read_bytes(), f"{name}-{field.title}{path.suffix}")


@may(SEE, "台账只对业务账号开放")
def export(request: HttpRequest, page: str, kind: str) -> HttpResponse:
    """The list as docx or xlsx, as filtered on the page."""
    if kind not in ("docx", "xlsx"):
        raise Http404("台账只有 docx 和 xlsx")
    register, ws, day = _register(page), snapshots.opened(), today()
    found = seen.entries(request.user, register)
    rows = tabled.chosen(request.GET, registers.rows(register, found, day, request.GET.get("status", "")))
    make = table_docx if kind == "docx" else table_xlsx
    content = make(f"{ws.name}{register.title}", registers.heads(register), rows, ws.demo)
    return attached(content, f"{register.title}.{kind}")


def _related(kind: Register, name: str) -> list[tuple[str, str, str]]:
    """Page, number and words of what hangs on an entry: the decisions of a meeting."""
    if kind.id != "meeting":
        return []
    items = records.of_kind("item").items()
    return [("meetings", one, item["text"]) for one, item in items if name in item.get("meeting", "").split("、")]


def _files(request: HttpRequest, kind: Register) -> dict[str, str]:
    """Files sent with a form, kept among the proof; by column the name each is kept under."""
    ws = snapshots.opened()
    return {
        column: proof.keep_bytes(ws, given.name or "", given.read())
        for column, given in request.FILES.items()
        if column in kind.fields and kind.fields[column].kind == "file"
    }


def _register(page: str) -> Register:
    if page not in registering.PAGES:
        raise Http404("没有这个台账")
    return registering.of_page(page)
