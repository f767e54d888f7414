"""The pages of the reading review: the shelf, one reading beside its source, each decision, the check-off."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import ActError, GuatuError
from guatu.office import records, signing, snapshots
from guatu.office.reading import checking, looks, shelf
from guatu.office.reading.items import KINDS, OPS
from guatu.office.reading.looks import DOUBT, Looked
from guatu.office.reading.source import LEGEND, lines_of
from guatu.office.uploads import plain_name
from guatu.office.views.answers import attached, said_fault
from guatu.office.views.gate import may, may_sign
from guatu.read.amendment import LEVELS

SEE, EDIT = "office.see_notices", "office.edit_duties"
WHO, WHO_EDITS = "文件复核只对环委办和看全部任务的账号开放", "文件复核由环委办办理"


@may(SEE, WHO)
def notices(request: HttpRequest) -> HttpResponse:
    """The shelf, and the form that puts a notice on it."""
    context = {
        "notices": sorted(records.of_kind("notice").items(), reverse=True),
        "uses": shelf.USES,
        "endings": ",".join(shelf.ENDINGS),
        "largest": shelf.LARGEST // 1024 // 1024,
        "unchecked": checking.in_force(snapshots.opened()),
        "may_edit": request.user.has_perm(EDIT),
    }
    return render(request, "office/notices.html", context)


@require_POST
@may(EDIT, WHO_EDITS)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a notice in and read it in this request."""
    with said_fault(request):
        given = request.FILES.get("file")
        if given is None:
            raise ActError.of("no file", "G-REVIEW-01", "上传", "没有选文件", "没有可读的", "选好通知再传")
        name = plain_name(given.name or "")
        if given.size and given.size > shelf.LARGEST:
            raise ActError.of("too large", "G-REVIEW-01", f"“{name}”", f"超过 {shelf.LARGEST // 1024 // 1024} MB",
                              "通知不会这么大", "压缩图片后再传")  # fmt: skip
        content = given.read()
        use = request.POST.get("use", "")
        number = shelf.upload(snapshots.opened(), name, content, use, request.user.get_username())
        messages.success(request, f"已读入“{name}”，先看有疑点的")
        return redirect("notice", name=number)
    return redirect("notices")


@may(SEE, WHO)
def notice(request: HttpRequest, name: str) -> HttpResponse:
    """One reading: source left, the chosen item right, doubts first."""
    ws, said = snapshots.opened(), _said(name)
    try:
        reading, found = shelf.opened(ws, name), looks.looked(ws, name)
    except GuatuError as error:
        raise Http404(str(error.faults[0]) if error.faults else error.message) from None
    by_id = {one.item.id: one for one in found}
    now = by_id.get(request.GET.get("item", "")) or _next(found)
    shown = [one for one in found if request.GET.get("state", "") in ("", one.state)]
    unsure = frozenset(one.item.id for one in found if one.state == DOUBT)
    order = [one.item.id for one in found]
    at = order.index(now.item.id) if now else 0
    counts = looks.counts(found)
    items = {one.item.id: one.item for one in found}
    context: dict[str, Any] = {
        "name": name,
        "said": said,
        "now": now,
        "lines": lines_of(reading, items, unsure, now.item.id if now else ""),
        "legend": LEGEND,
        "shown": shown,
        "total": len(found),
        "counts": [(state, number) for state, number in counts.items() if number],
        "state": request.GET.get("state", ""),
        "left": counts["有疑点"] + counts["待核"],
        "doubts": counts["有疑点"],
        "done": len(found) - counts["有疑点"] - counts["待核"],
        "rest": counts["待核"],
        "kinds": KINDS,
        "ops": OPS.items(),
        "levels": LEVELS,
        "before": order[at - 1] if at else "",
        "after": order[at + 1] if at + 1 < len(order) else "",
        "remarks": [note for note in reading.plan.notes if note.kind == "remark"],
        "version": records.version(f"look/{name}/{now.item.id}") if now else 0,
        "entries": records.history(f"look/{name}/{now.item.id}") if now else [],
        "open": said["status"] == shelf.REVIEWING,
        **may_sign(request),
        "may_edit": request.user.has_perm(EDIT),
    }
    return render(request, "office/notice.html", context)


@require_POST
@may(EDIT, WHO_EDITS)
def look(request: HttpRequest, name: str) -> HttpResponse:
    """One decision: confirm, correct, set aside, undo; of an item, of one field, or of all that have no doubt."""
    _said(name)
    ws, asked, person = snapshots.opened(), request.POST, request.user.get_username()
    act, _, field = asked.get("act", "").partition(":")
    item = asked.get("item", "")
    version = asked.get("version", "")
    seen = int(version) if version.isdecimal() else None
    stay = bool(field) or act == "undo"
    with said_fault(request):
        if act == "rest":
            messages.success(request, f"确认了没有疑点的 {looks.confirm_rest(ws, name, person)} 条")
        elif act == "undo":
            looks.undo(ws, name, item, person, seen=seen)
            messages.success(request, f"{item} 的核对已撤销")
        elif act == "aside":
            looks.set_aside(ws, name, item, field, person, asked.get("reason", ""), seen=seen)
            messages.success(request, f"{item} 已挂起，校核后也不生效，随时可以再核")
        elif act == "confirm":
            _no_changes(ws, name, item, _given(request), field)
            looks.confirm(ws, name, item, field, person, seen=seen)
            messages.success(request, f"{item} 已确认")
        elif act == "correct":
            number = looks.correct(ws, name, item, _given(request), person, seen=seen)
            messages.success(request, f"{item} 更正 {number} 处，其余已确认")
        else:
            messages.error(request, "没有这个操作。（G-REVIEW-03）")
        if not stay:
            following = _next(looks.looked(ws, name))
            return _to(name, following.item.id if following else item)
    return _to(name, item)


@require_POST
@may(EDIT, WHO_EDITS)
def check(request: HttpRequest, name: str) -> HttpResponse:
    """Check the reading off: by the director, or from paper where he has no account."""
    _said(name)
    ws = snapshots.opened()
    with said_fault(request):
        signed = signing.given(request.user, ws, request.POST.dict(), request.FILES.get("scan"))
        messages.success(request, checking.check_off(ws, name, signed, request.user.get_username()))
    return redirect("notice", name=name)


@require_POST
@may(EDIT, WHO_EDITS)
def reopen(request: HttpRequest, name: str) -> HttpResponse:
    """Open a checked reading once more."""
    _said(name)
    with said_fault(request):
        checking.reopen(name, request.user.get_username(), request.POST.get("reason", ""))
        messages.success(request, "已重新打开，原来的内容在再次校核前照旧生效")
    return redirect("notice", name=name)


@may(SEE, WHO)
def original(request: HttpRequest, name: str) -> HttpResponse:
    """The file as it was uploaded."""
    said = _said(name)
    try:
        path = shelf.original_of(snapshots.opened(), name)
    except GuatuError as error:
        raise Http404(str(error.faults[0])) from None
    return attached(path.read_bytes(), said["name"])


@may(SEE, WHO)
def signed(request: HttpRequest, name: str) -> HttpResponse:
    """The scan of the signature on paper."""
    scan = _said(name).get("scan", "")
    path = snapshots.opened().folder / "proof" / scan
    if not scan or not path.is_file():
        raise Http404("这份文件没有签批扫描件")
    return attached(path.read_bytes(), f"签批扫描{path.suffix}")


def _said(name: str) -> dict[str, Any]:
    said = records.get(f"notice/{name}")
    if not said:
        raise Http404(f"没有编号为 {name} 的文件")
    return said


def _given(request: HttpRequest) -> dict[str, str]:
    return {key[2:]: value for key, value in request.POST.items() if key.startswith("f-")}


def _no_changes(ws: Any, name: str, item: str, given: dict[str, str], field: str) -> None:
    """Confirming while a field was changed would drop what was typed: say so instead."""
    found = next((one for one in looks.looked(ws, name) if one.item.id == item), None)
    stands = {one.name: value for one, value, _ in found.rows} if found else {}
    changed = [key for key, value in given.items() if value.strip() != stands.get(key, "") and field in ("", key)]
    if changed and found is not None:
        label = found.item.field(changed[0]).label
        raise ActError.of("changed", "G-REVIEW-12", f"{item} {label}", "您改了内容", "点“确认”会丢掉改动",
                          "要改就点“保存更正”，不改就恢复原样")  # fmt: skip


def _next(found: tuple[Looked, ...]) -> Looked | None:
    """The first item that waits for a decision, else the first."""
    return next((one for one in found if one.state in ("有疑点", "待核")), found[0] if found else None)


def _to(name: str, item: str) -> HttpResponse:
    response = redirect("notice", name=name)
    response["Location"] += f"?item={quote(item)}#card"
    return response
