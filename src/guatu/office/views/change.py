"""A new number of a target from above: kept by paper and date, its effect shown before it is kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.judge.board import plan_of
from guatu.judge.effect import effects, history
from guatu.judge.versions import LEVELS, change, checked, versions_of
from guatu.office import log, snapshots
from guatu.office.views.answers import said_fault
from guatu.office.views.gate import may

FIELDS = ("value", "stretch", "since", "level", "paper", "reason")


@may("office.edit_duties", "目标的变更由环委办登记")
def version(request: HttpRequest, code: str) -> HttpResponse:
    """The form; shown its effect first, then kept: old months stay as they were."""
    ws = snapshots.opened()
    plan = plan_of(ws)
    target = next((one for one in plan.targets if one.id == code), None)
    if target is None:
        raise Http404(f"没有编号为 {code} 的目标")
    said = {name: request.POST.get(name, "").strip() for name in FIELDS}
    before = (*plan.versions, *versions_of(ws))
    told: tuple[str, ...] = ()
    if request.method == "POST":
        with said_fault(request):
            row = _row(code, said, request.user.get_username())
            fresh = checked([row], "新目标值")
            told = effects(ws, plan, before, fresh, snapshots.last_day_of(ws))
            if request.POST.get("act") == "keep":
                change(ws, plan, [row])
                log.record(request.user.get_username(), "变更目标", code, None, {**said, "person": row["person"]})
                snapshots.refresh(ws)
                messages.success(request, "；".join(["已登记，旧月份照旧", *told]))
                return redirect("target", code=code)
    context = {
        "target": target,
        "said": said,
        "told": told,
        "levels": LEVELS,
        "history": history(code, before),
    }
    return render(request, "office/version.html", context)


def _row(code: str, said: dict[str, str], person: str) -> dict[str, Any]:
    """The entry as plan/versions.toml has it; a date that is none stays text and is refused with the rest."""
    row: dict[str, Any] = {"target": code, **{name: text for name, text in said.items() if text}, "person": person}
    with suppress(ValueError):
        row["since"] = date.fromisoformat(said["since"])
    return row
