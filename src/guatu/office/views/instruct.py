"""A leader's instruction, written down where the wall hangs: it is registered and becomes a duty."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.act.registers import registers
from guatu.errors import GuatuError
from guatu.office import registering, snapshots
from guatu.office.models import Part
from guatu.office.permissions import account_of
from guatu.office.views.answers import said_fault, today
from guatu.office.views.gate import may

KIND = "领导批示"


@may("office.instruct", "批示由领导本人登录后填写")
def instruct(request: HttpRequest) -> HttpResponse:
    """The form; sent, the instruction stands in the register and in the breakdown, with its source."""
    said = {name: request.POST.get(name, "").strip() for name in ("text", "body", "due")}
    if request.method == "POST" and _taken(request, said):
        return redirect("wall")
    shot = snapshots.latest()
    asked = request.GET.get("target", "")
    rows = shot.picture["rows"] if shot else []
    context: dict[str, Any] = {
        "said": said,
        "target": next((row for row in rows if row["id"] == asked), None),
        "bodies": sorted(set(Part.objects.values_list("body", flat=True))),
    }
    return render(request, "office/instruct.html", context)


def _taken(request: HttpRequest, said: dict[str, str]) -> bool:
    account, person = account_of(request.user), request.user.get_username()
    origin = f"{account.body} {person}".strip() if account else person
    name = ""
    with said_fault(request):
        whole = {**said, "kind": KIND, "origin": origin, "on": today().isoformat()}
        name = registering.add(registers()["item"], whole, person)
    if not name:
        return False
    try:
        measure = registering.to_measure(name, person)
        messages.success(request, f"批示已登记为 {name}，列为措施 {measure}，由{said['body']}承办")
    except GuatuError as error:
        why = "；".join(f"{fault.what}，{fault.remedy}" for fault in error.faults)
        messages.warning(request, f"批示已登记为 {name}，由{said['body']}承办；还没有列为措施：{why}")
    return True
