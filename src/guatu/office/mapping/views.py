"""The map as it is drawn, what was loaded for it, and the forms that change it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import ActError, GuatuError
from guatu.load.geography import kept
from guatu.load.geography.datum import WORDS
from guatu.load.geography.geojson import LARGEST
from guatu.load.geography.kept import MapLoad
from guatu.office import records, snapshots
from guatu.office.drawing import map as places_map
from guatu.office.uploads import plain_name
from guatu.office.views.answers import said_fault
from guatu.office.views.gate import may
from guatu.office.views.wall import points_of

SEE, KEEP = "office.see_figures", "office.keep_map"
WHO_SEES, WHO_KEEPS = "地图只对业务账号开放", "地图由环委办经办和分析员维护"


@may(SEE, WHO_SEES)
def map_page(request: HttpRequest) -> HttpResponse:
    """The map, what it rests on, every load."""
    return _page(request)


@require_POST
@may(KEEP, WHO_KEEPS)
def load(request: HttpRequest) -> HttpResponse:
    """Check a file and, where asked, keep it; all faults stand on the page."""
    ws, asked, given = snapshots.opened(), request.POST, request.FILES.get("file")
    try:
        if given is None:
            raise ActError.of("no file", "G-MAP-18", "上传", "没有选文件", "没有可画的", "选好 GeoJSON 文件再传")
        name = plain_name(given.name or "")
        if (given.size or 0) > LARGEST:
            raise ActError.of(
                "too large", "G-MAP-18", f"“{name}”", "超过 20 MB", "一城的图没有这么大", "化简边界后再传"
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(given.read())
            kind, datum, unknown = asked.get("kind", ""), asked.get("datum", ""), bool(asked.get("leave_unknown"))
            if asked.get("act") == "store":
                who = request.user.get_username()
                done, notes = kept.store(
                    ws, path, kind, datum, leave_unknown=unknown, approval=asked.get("approval", ""), person=who
                )
                _noted(done, "收地图", who)
                snapshots.try_refresh(ws)
                messages.success(
                    request, f"已收“{done.file}”，{kept.KINDS[done.kind]} {done.count} 个；{'；'.join(notes)}"
                )
                return redirect("map")
            kept.checked_approval(asked.get("approval", ""))
            content, notes = kept.check(ws, path, kind, datum, leave_unknown=unknown)
            messages.success(request, f"“{name}”检查通过，{len(content)} 个，还没有收；{'；'.join(notes)}")
    except GuatuError as error:
        return _page(request, [(f.where, f.what, f.why, f.remedy, f.code) for f in error.faults])
    return redirect("map")


@require_POST
@may(KEEP, WHO_KEEPS)
def undo(request: HttpRequest) -> HttpResponse:
    """Take a load off the map; what was there before is drawn again."""
    with said_fault(request):
        ws, who = snapshots.opened(), request.user.get_username()
        back = kept.undo(ws, _number(request), reason=request.POST.get("reason", ""), person=who)
        _noted(back, "撤下地图", who, request.POST.get("reason", "").strip())
        snapshots.try_refresh(ws)
        messages.success(request, f"已撤下“{back.file}”，图回到前一份")
    return redirect("map")


@require_POST
@may(KEEP, WHO_KEEPS)
def approval(request: HttpRequest) -> HttpResponse:
    """Write the 审图号 of a load down; it is printed on the map."""
    with said_fault(request):
        ws, who = snapshots.opened(), request.user.get_username()
        said = kept.approve(ws, _number(request), request.POST.get("approval", ""), person=who)
        _noted(said, "填审图号", who)
        snapshots.try_refresh(ws)
        messages.success(request, f"图上印“审图号：{said.approval}”" if said.approval else "已去掉审图号")
    return redirect("map")


def _page(request: HttpRequest, faults: list[tuple[str, ...]] | None = None) -> HttpResponse:
    ws, shot = snapshots.opened(), snapshots.latest()
    places = [{"code": p.code, "name": p.name, "east": p.east, "north": p.north, "neighbours": p.neighbours}
              for p in ws.places if p.kind != "市"]  # fmt: skip
    drawn = places_map.areas(places)
    try:
        atlas, loads = kept.atlas_of(ws), kept.loads_of(ws)
    except GuatuError as error:
        atlas, loads = kept.Atlas({}, {}, None, None), ()
        faults = [(f.where, f.what, f.why, f.remedy, f.code) for f in error.faults]
    context = {
        "areas": drawn,
        "points": places_map.points(drawn, [*points_of(shot.picture, places)] if shot else []),
        "size": places_map.SIZE,
        "note": places_map.note(places),
        "atlas": atlas,
        "heads": kept.HEADS,
        "rows": [(one, kept.row(one, atlas)) for one in reversed(loads)],
        "kinds": kept.KINDS,
        "datums": WORDS,
        "faults": faults or [],
        "may_keep": request.user.has_perm(KEEP),
        "said": request.POST,
    }
    return render(request, "office/map.html", context)


def _noted(one: MapLoad, act: str, who: str, reason: str = "") -> None:
    """The log has who did what with which file."""
    facts = {"file": one.file, "sha256": one.sha256, "rows": one.count, "approval": one.approval,
             "state": "已撤下" if one.undone else "在用"}  # fmt: skip
    records.change(f"map/{one.number:04d}", act, facts, person=who, reason=reason)


def _number(request: HttpRequest) -> int:
    said = request.POST.get("number", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0
