"""The breakdown: rows with their gaps, edited, split, merged, sent for comment, approved, printed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act.breakdown import DONE
from guatu.act.breakdown_comments import SILENT
from guatu.act.breakdown_gaps import UNKNOWN, owners
from guatu.act.duty_states import DONE as FINISHED
from guatu.office import breakdowns, commenting, records, seen, signing, snapshots
from guatu.office.permissions import account_of
from guatu.office.views.answers import attached, said_fault, today
from guatu.office.views.gate import may, may_sign
from guatu.report.breakdown_annex import annex_docx, annex_xlsx

SEE, EDIT = "office.see_tasks", "office.edit_duties"
WHO_EDITS = "任务分解由环委办办理"
_DAY = re.compile(r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])")
LISTS = ("responsible", "cooperating")
PLAIN = ("lead", "node", "quantity", "unit", "done", "contact", "leader", "note")


@may(SEE, "任务分解只对业务账号开放")
def breakdown(request: HttpRequest) -> HttpResponse:
    """Every row a person may see, with its state, and the gap list for those who mend it."""
    day = today()
    found = seen.measures(request.user, breakdowns.stands(day))
    unit, state = request.GET.get("unit", ""), request.GET.get("status", "")
    counties = breakdowns.head().get("counties", [])
    of_unit = [one for one in found if not unit or unit in owners(one.row, counties)]
    tally = Counter(one.state for one in of_unit)
    shapes = {one.state: one.shape for one in found}
    gaps = breakdowns.all_gaps() if request.user.has_perm(EDIT) else ()
    context: dict[str, Any] = {
        "head": breakdowns.head(),
        "stands": [one for one in of_unit if not state or one.state == state],
        "total": len(found),
        "of_unit": len(of_unit),
        "units": _units(found, counties),
        "unit": unit,
        "status": state,
        "states": [(name, shapes[name], number) for name, number in tally.items()],
        "progress": breakdowns.bar(of_unit, day),
        "gaps": gaps,
        "gap_kinds": Counter(gap.kind for gap in gaps).most_common(),
        "unknown": any(gap.kind == UNKNOWN for gap in gaps),
        "zones": [gap.words.partition("没有")[0] for gap in gaps if gap.kind == "未覆盖"],
        "may_edit": request.user.has_perm(EDIT),
        "may_comment": request.user.has_perm("office.comment"),
        "voices": Counter(one.word == SILENT for one in commenting.voices()) if breakdowns.head() else {},
        "waiting": len(commenting.waiting()),
        **may_sign(request),
    }
    return render(request, "office/breakdown.html", context)


@may(SEE, "任务分解只对业务账号开放")
def measure(request: HttpRequest, name: str) -> HttpResponse:
    """One row: its words, its history, and for the office the form to change it."""
    found = next((one for one in seen.measures(request.user, breakdowns.stands(today())) if one.row.id == name), None)
    if found is None:
        raise Http404(f"没有编号为 {name} 的措施，或它不归您的单位")
    subject = f"measure/{name}"
    reports = [
        (*key.split("/", 2)[:2], data)
        for key, data in sorted(records.of_kind("report").items(), reverse=True)
        if key.endswith(f"/{name}")
    ]
    if not seen.sees_all(request.user):
        body = account_of(request.user).body
        reports = [one for one in reports if one[1] == body]
    context = {
        "one": found,
        "kinds": DONE.items(),
        "version": records.version(subject),
        "reports": reports,
        "entries": records.history(subject) if request.user.has_perm("office.read_log") else [],
        "may_edit": request.user.has_perm(EDIT),
        "approved": breakdowns.head().get("status") == breakdowns.APPROVED,
        "finished": found.state == FINISHED,
    }
    return render(request, "office/measure.html", context)


@require_POST
@may(EDIT, WHO_EDITS)
def begin(request: HttpRequest) -> HttpResponse:
    """Break the plan down."""
    with said_fault(request):
        made = breakdowns.begin(snapshots.opened(), request.user.get_username())
        messages.success(request, f"分解出 {made} 条措施")
    return redirect("breakdown")


@require_POST
@may(EDIT, WHO_EDITS)
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Change a row."""
    asked = request.POST
    changes: dict[str, Any] = {key: asked[key].strip() for key in PLAIN if key in asked}
    changes |= {key: tuple(one for one in asked[key].split("、") if one) for key in LISTS if key in asked}
    changes["confirmed"] = asked.get("confirmed") == "yes"
    seen = asked.get("version", "")
    with said_fault(request):
        changed = breakdowns.edit(
            name, changes, request.user.get_username(), asked.get("reason", ""), int(seen) if seen.isdecimal() else None
        )  # fmt: skip
        messages.success(request, "已保存，改动记入留痕" if changed else "没有变动")
    return redirect("measure", name=name)


@require_POST
@may(EDIT, WHO_EDITS)
def split(request: HttpRequest, name: str) -> HttpResponse:
    """Split a row before some words."""
    before = request.POST.get("before", "").strip()
    with said_fault(request):
        cut = breakdowns.row(name).text.find(before) if before else -1
        made = breakdowns.split(name, cut, request.user.get_username(), request.POST.get("reason", ""))
        messages.success(request, f"已拆分为 {'、'.join(made)}")
        return redirect("measure", name=made[0])
    return redirect("measure", name=name)


@require_POST
@may(EDIT, WHO_EDITS)
def change(request: HttpRequest) -> HttpResponse:
    """What is done to several rows or to the whole: merge, confirm leads, add a zone, send for comment, approve."""
    act, names, person = request.POST.get("act"), request.POST.getlist("row"), request.user.get_username()
    reason = request.POST.get("reason", "")
    with said_fault(request):
        if act == "merge":
            messages.success(request, f"已并入 {breakdowns.merge(names, person, reason)}")
        elif act == "lead":
            chosen = names or [row.id for row in breakdowns.rows()]
            messages.success(request, f"确认了 {breakdowns.confirm_leads(chosen, person)} 条的牵头单位")
        elif act == "zone":
            breakdowns.cover_zone(request.POST.get("zone", ""), person, reason)
            messages.success(request, "已纳入，下次发表时一并发给它")
        elif act == "counties":
            names = [one.strip() for one in request.POST.get("counties", "").split("、") if one.strip()]
            breakdowns.set_counties(names, person, reason)
            messages.success(request, f"登记了 {len(names)} 个县（市、区）")
        elif act == "comment":
            due = request.POST.get("due", "")
            bodies = commenting.send(person, date.fromisoformat(due) if _DAY.fullmatch(due) else None)
            messages.success(request, f"分解表已转入征求意见，发给 {len(bodies)} 个单位")
        elif act == "approve":
            said, scan = request.POST.dict(), request.FILES.get("scan")
            signed = signing.given(request.user, snapshots.opened(), said, scan)
            breakdowns.approve(person, signed)
            messages.success(request, "分解表已批准")
    return redirect("breakdown")


@may("office.see_notices", "签批件只对环委办和看全部任务的账号开放")
def signed(request: HttpRequest) -> HttpResponse:
    """The scan of the signature on paper."""
    scan = breakdowns.head().get("scan", "")
    path = snapshots.opened().folder / "proof" / scan
    if not scan or not path.is_file():
        raise Http404("分解表没有签批扫描件")
    return attached(path.read_bytes(), f"签批扫描{path.suffix}")


@may(SEE, "任务分解只对业务账号开放")
def annex(request: HttpRequest, kind: str) -> HttpResponse:
    """The annex as docx or xlsx, of the rows the person sees."""
    if kind not in ("docx", "xlsx"):
        raise Http404("附件只有 docx 和 xlsx")
    ws = snapshots.opened()
    rows = [(one.row, one.title) for one in seen.measures(request.user, breakdowns.stands(today()))]
    gaps = breakdowns.all_gaps() if request.user.has_perm(EDIT) else ()
    make = annex_docx if kind == "docx" else annex_xlsx
    return attached(make(f"{ws.name}任务分解表", rows, gaps, ws.demo), f"任务分解表.{kind}")


def _units(found: list[breakdowns.Stand], counties: list[str]) -> list[tuple[str, int]]:
    tally: Counter[str] = Counter()
    for one in found:
        tally.update(list(owners(one.row, counties)))
    return tally.most_common()
