"""The list of counties and bodies with what they owe, and the home page of each."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.load.workspace import Workspace
from guatu.office import snapshots
from guatu.office.homes import owing
from guatu.office.homes.owing import KINDS, LONG, WHEN, Owing, Tally
from guatu.office.homes.people import HAS_OWN, SEE, SEE_LIST
from guatu.office.homes.score import score_of, totals
from guatu.office.permissions import account_of
from guatu.office.seen import sees_all
from guatu.office.tables import DEMO, table_file
from guatu.office.tables import KINDS as FILES
from guatu.office.views.answers import today
from guatu.office.views.gate import may, refusal

WHO = "县区和单位的列表对看全部任务的账号开放，各家只看自己的主页"
LIST_HEADS = ("名称", "欠着", "其中逾期", "最久逾期（天）", "得分", "名次")
SORTS = {"name": "名称", "open": "欠着", "late": "逾期", "days": "最久"}
SHOWN_LOSSES = 8


@may(SEE_LIST, WHO)
def homes(request: HttpRequest) -> HttpResponse:
    """Counties or bodies with what each owes."""
    ws, day = snapshots.opened(), today()
    counties, rows = _rows(request, ws, day)
    context = {
        "rows": rows,
        "counties": counties,
        "sorts": SORTS,
        "sort": request.GET.get("sort", ""),
        "q": request.GET.get("q", ""),
        "late": sum(tally.late for tally, _ in rows),
    }
    return render(request, "office/homes.html", context)


@may(SEE_LIST, WHO)
def export_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as filtered and sorted on the page."""
    ws, day = snapshots.opened(), today()
    _, rows = _rows(request, ws, day)
    table = [
        (one.name, str(one.open), str(one.late), str(one.days), *score)
        for one, score in rows
    ]  # fmt: skip
    return _file(kind, ws, f"县区和单位欠着的（按 {day} 所知）", LIST_HEADS, table)


@may(HAS_OWN, WHO)
def mine(request: HttpRequest) -> HttpResponse:
    """The home page of the person's own body."""
    account = account_of(request.user)
    return redirect("home-of", name=account.body if account else "")


def home(request: HttpRequest, name: str) -> HttpResponse:
    """What a county or body owes, by when; its score and why; a county's figures and sections."""
    ws, day, county = _asked(request, name)
    every = owing.owed_by(ws, name, day)
    whens = Counter(one.when(day) for one in every)
    shown = _filtered(request, every, day)
    score = score_of(ws, name, county, snapshots.last_day_of(ws))
    shot = snapshots.latest()
    picture: dict[str, Any] = shot.picture if shot else {}
    account = account_of(request.user)
    context = {
        "name": name,
        "county": county,
        "day": day,
        "rows": [(one, one.when(day)) for one in shown],
        "total": len(every),
        "owed": len(every) - whens[LONG],
        "whens": [(word, whens[word]) for word in WHEN if whens[word]],
        "kinds": [
            (kind, sum(one.kind == kind for one in every)) for kind in KINDS if any(o.kind == kind for o in every)
        ],
        "late": whens[WHEN[0]],
        "next": next((one for one in every if not one.late and one.due and one.due >= day), None),
        "worst": every[0] if every and every[0].late else None,
        "score": score,
        "lost": score.lost[:SHOWN_LOSSES] if score else (),
        "figures": next((p["figures"] for p in picture.get("places", ()) if p["name"] == name), ()),
        "sections": [one for one in picture.get("sections", ()) if one["place"] == name],
        "mine": account is not None and name == account.body and request.user.has_perm("office.report_own"),
        "sees_all": sees_all(request.user),
    }
    return render(request, "office/home_of.html", context)


def export(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """What is owed, as filtered on the page."""
    ws, day, _ = _asked(request, name)
    found = _filtered(request, owing.owed_by(ws, name, day), day)
    return _file(kind, ws, f"{name}欠着的 {len(found)} 件（按 {day} 所知）", owing.HEADS, [one.row for one in found])


def _asked(request: HttpRequest, name: str) -> tuple[Workspace, date, bool]:
    """The workspace, the day, whether the name is a county; only for those who may see it, and only if it is known."""
    if not request.user.has_perm(SEE, name):
        raise PermissionDenied(refusal(request, f"这是{name}的主页"))
    ws = snapshots.opened()
    counties, units = owing.names_known(ws)
    account = account_of(request.user)
    if name not in counties and name not in units and not (account and account.body == name):
        raise Http404(f"没有叫“{name}”的县区或单位")
    return ws, today(), name in counties


def _filtered(request: HttpRequest, every: list[Owing], day: date) -> list[Owing]:
    kind, when, words = (request.GET.get(part, "").strip() for part in ("kind", "when", "q"))
    found = [
        one
        for one in every
        if kind in ("", one.kind) and when in ("", one.when(day)) and (not words or words in f"{one.number} {one.text}")
    ]
    if request.GET.get("sort") == "due":
        found.sort(key=lambda one: one.due or date.max)
    elif request.GET.get("sort") == "kind":
        found.sort(key=lambda one: KINDS.index(one.kind))
    return found


def _rows(request: HttpRequest, ws: Workspace, day: date) -> tuple[bool, list[tuple[Tally, Any]]]:
    counties, units = owing.names_known(ws)
    of_counties = request.GET.get("of") != "units"
    words = request.GET.get("q", "").strip()
    names = [name for name in (counties if of_counties else units) if words in name]
    found = owing.tallies(names, ws, day)
    sort = request.GET.get("sort", "")
    if sort.lstrip("-") in SORTS:
        found.sort(key=lambda one: getattr(one, sort.lstrip("-")), reverse=sort.startswith("-"))
    scores = totals(ws, of_counties, snapshots.last_day_of(ws))
    return of_counties, [(one, scores.get(one.name, ("—", "—"))) for one in found]


def _file(kind: str, ws: Workspace, title: str, heads: Any, rows: Any) -> HttpResponse:
    if kind not in FILES:
        raise Http404("只有 csv 和 xlsx")
    return table_file(kind, title.partition("（")[0], [f"{ws.name} {title}", *([DEMO] if ws.demo else [])], heads, rows)
