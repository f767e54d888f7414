"""The page of the tree of places and bodies, on any day, with what changes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act.bodies import KINDS, Node, Spell, walk
from guatu.errors import ActError
from guatu.office import snapshots
from guatu.office.people import bodies
from guatu.office.tables import DEMO, table_file
from guatu.office.tables import KINDS as FILES
from guatu.office.views.answers import said_fault, today
from guatu.office.views.gate import may

KEEP = "office.keep_bodies"


@may("office.see_bodies", "单位树对有角色的账号开放")
def tree(request: HttpRequest) -> HttpResponse:
    """Everything that stood on a day, indented under its parent, with former names."""
    now, day = today(), _asked_day(request)
    known = bodies.tree()
    context = {
        "day": day,
        "past": day != now,
        "rows": _rows(request, known, day),
        "q": request.GET.get("q", ""),
        "kind": request.GET.get("kind", ""),
        "gone": [node for node in known.values() if node.on(day) is None],
        "kinds": KINDS,
        "choices": [(node.code, spell.name) for _, node, spell in walk(known, now)],
        "begun": bool(known),
        "may_keep": request.user.has_perm(KEEP),
    }
    return render(request, "office/bodies.html", context)


@may("office.see_bodies", "单位树对有角色的账号开放")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The tree as filtered on the page."""
    if kind not in FILES:
        raise Http404("单位树只有 csv 和 xlsx")
    ws, day = snapshots.opened(), _asked_day(request)
    rows = [
        (f"{'　' * depth}{spell.name}", node.code, node.kind, spell.since.isoformat() if spell.since.year > 1 else "—",
         "、".join(one.name for one in node.spells if one.name != spell.name) or "—")
        for depth, node, spell in _rows(request, bodies.tree(), day)
    ]  # fmt: skip
    head = [f"{ws.name} {day} 的地区和单位 {len(rows)} 个", *([DEMO] if ws.demo else [])]
    return table_file(kind, f"单位-{day}", head, ("名称", "编号", "类别", "起", "曾用名"), rows)


def _asked_day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        return today()


def _rows(request: HttpRequest, known: Mapping[str, Node], day: date) -> list[tuple[int, Node, Spell]]:
    """The tree on a day, or those of it that are called so or of a kind."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    return [
        (0 if words or kind else depth, node, spell)
        for depth, node, spell in walk(known, day)
        if kind in ("", node.kind) and (not words or any(words in text for text in (node.code, *node.names)))
    ]


@require_POST
@may(KEEP, "单位树由环委办和系统管理员维护")
def change(request: HttpRequest) -> HttpResponse:
    """Take over from the workspace, add, rename, move, close."""
    asked, person = request.POST, request.user.get_username()
    act, code, reason = asked.get("act", ""), asked.get("code", ""), asked.get("reason", "")
    with said_fault(request):
        if act == "begin":
            messages.success(request, f"登记了 {bodies.begin(snapshots.opened(), person)} 个")
        elif act == "add":
            since = _day(asked.get("on", "")) if asked.get("on") else None
            made = bodies.add(
                asked.get("name", ""), asked.get("kind", ""), asked.get("parent", ""), since, person, reason
            )
            messages.success(request, f"已登记，编号 {made}")
        elif act == "rename":
            number = bodies.rename(code, asked.get("name", ""), _day(asked.get("on", "")), person, reason)
            messages.success(request, f"已更名，{number} 处措施和账号随之改名，此前的月份仍用原名")
        elif act == "move":
            bodies.move(code, asked.get("parent", ""), _day(asked.get("on", "")), person, reason)
            messages.success(request, "上级已改")
        elif act == "close":
            bodies.close(code, _day(asked.get("on", "")), person, reason)
            messages.success(request, "已撤销，此前的月份仍看得到")
    return redirect("bodies")


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ActError.of(
            "no date", "G-BODY-23", "日期", f"“{words}”不是日期", "不知从哪天起", "写作 2021-06-01"
        ) from None
