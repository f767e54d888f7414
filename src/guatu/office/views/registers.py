"""The pages of the registers: papers owed, decisions and instructions, receipts, projects with money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act.registers import Register, overdue, total
from guatu.office import records, registering, seen, snapshots
from guatu.office.views.answers import said_fault, today
from guatu.office.views.gate import may

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
    state = request.GET.get("status", "")
    day = today()
    rows = [(name, entry, overdue(kind, entry, day)) for name, entry in found.items()]
    tally = Counter(entry["state"] for entry in found.values())
    context: dict[str, Any] = {
        "page": page,
        "kind": kind,
        "pages": [(one, registering.of_page(one).title) for one in registering.PAGES],
        "columns": [one for one in kind.fields.values() if one.id != kind.lead],
        "rows": [row for row in rows if not state or row[1]["state"] == state],
        "total": len(rows),
        "late": sum(days > 0 for _, _, days in rows),
        "states": [(one, tally[one]) for one in kind.states if tally[one]],
        "status": state,
        "money": _money(found) if kind.id == "project" else None,
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
        "version": records.version(subject),
        "entries": records.history(subject) if request.user.has_perm("office.read_log") else [],
        "may_edit": request.user.has_perm(EDIT),
    }
    return render(request, "office/entry.html", context)


@may(EDIT, WHO)
def _changed(request: HttpRequest, page: str, kind: Register, name: str) -> HttpResponse:
    person, asked = request.user.get_username(), request.POST
    with said_fault(request):
        if asked.get("act") == "measure" and kind.id == "item":
            messages.success(request, f"已列为措施 {registering.to_measure(name, person)}")
        else:
            seen = asked.get("version", "")
            said = {key: asked[key] for key in (*kind.fields, "state") if key in asked}
            version = int(seen) if seen.isdigit() else None
            changed = registering.change(kind, name, said, person, asked.get("reason", ""), version)
            messages.success(request, "已保存，改动记入留痕" if changed else "没有变动")
    return redirect("entry", page=page, name=name)


@require_POST
@may(EDIT, WHO)
def add(request: HttpRequest, page: str) -> HttpResponse:
    """Add an entry, or fill the register from the plan."""
    kind, person = _register(page), request.user.get_username()
    with said_fault(request):
        if request.POST.get("act") == "begin":
            made = registering.begin(snapshots.opened(), person)
            messages.success(request, f"从文件登记了 {made['paper']} 份文件、{made['receipt']} 个签收单位")
        else:
            said = {key: request.POST[key] for key in kind.fields if key in request.POST}
            messages.success(request, f"已登记 {registering.add(kind, said, person)}")
    return redirect("register", page=page)


def _register(page: str) -> Register:
    if page not in registering.PAGES:
        raise Http404("没有这个台账")
    return registering.of_page(page)


def _money(found: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The projects' money together [万元]."""
    whole = sum(total(entry) for entry in found.values())
    paid = sum(total({"other": entry.get("paid", "")}) for entry in found.values())
    return {"whole": f"{whole:f}", "paid": f"{paid:f}"}
