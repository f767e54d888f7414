"""The pages of the law: filtered in the address, each rule with its own, two days side by side."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.errors import GuatuError
from guatu.office import snapshots
from guatu.office.tables import KINDS, table_file
from guatu.office.views.answers import today
from guatu.office.views.gate import may
from guatu.rules.book import CONFIDENCE
from guatu.rules.register import DIFFERING, HEADS, HOW, Differing, Entry, asked, differences, entries, families, of_id

SEE, WHO = "office.see_figures", "规则只对业务账号开放"
SORTS = {"id": "编号", "family": "类别", "title": "名称", "since": "起", "confidence": "可靠程度"}
PER_PAGE = 50


@may(SEE, WHO)
def rules(request: HttpRequest) -> HttpResponse:
    """Every limit and method that is asked for."""
    found = _asked(request)
    every = entries()
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "shown": len(found),
        "total": len(every),
        "rule_count": len({one.id for one in every}),
        "unsure": sum(bool(one.unsure) for one in every),
        "families": families(),
        "trusts": CONFIDENCE,
        "today": today(),
        "sorts": SORTS,
    }
    return render(request, "office/rules.html", context)


@may(SEE, WHO)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows as filtered on the page."""
    found = _asked(request)
    return _file(kind, "规则", [f"规则 {len(found)} 条", *_filters(request)], HEADS, [one.row for one in found])


@may(SEE, WHO)
def rule(request: HttpRequest, entry: str) -> HttpResponse:
    """One rule: each of its forms in time, its value taken apart, clause, source, confidence."""
    try:
        forms = of_id(entry)
    except GuatuError:
        raise Http404(f"规则库里没有“{entry}”") from None
    day = today()
    parts = list(dict.fromkeys(words for one in forms for words, _ in one.cells))
    table = [(words, [dict(one.cells).get(words, "—") for one in forms]) for words in parts]
    now = next((one for one in forms if one.holds(day)), None)
    context = {"forms": forms, "one": forms[-1], "table": table, "now": now, "day": day}
    return render(request, "office/rule.html", context)


@may(SEE, WHO)
def diff(request: HttpRequest) -> HttpResponse:
    """What is not the same on two days."""
    before, after = _days(request)
    how = request.GET.get("how", "")
    found = differences(before, after)
    counts = Counter(one.how for one in found)
    shown = _of_how(found, how)
    context = {
        "before": before,
        "after": after,
        "rows": [(one, one.entry, one.said) for one in shown],
        "counts": [(word, counts[word]) for word in HOW if counts[word]],
        "how": how,
        "total": len(found),
        "turns": _turns(),
    }
    return render(request, "office/rules_diff.html", context)


@may(SEE, WHO)
def export_diff(request: HttpRequest, kind: str) -> HttpResponse:
    """The differences as filtered on the page."""
    before, after = _days(request)
    found = _of_how(differences(before, after), request.GET.get("how", ""))
    head = [f"规则 {before} 与 {after} 的不同 {len(found)} 条"]
    return _file(kind, f"规则不同-{before}-{after}", head, DIFFERING, [one.row for one in found])


def _asked(request: HttpRequest) -> list[Entry]:
    given = request.GET
    on = _day(request, "on")
    found = asked(
        words=given.get("q", ""),
        family=given.get("family", ""),
        on=on,
        trust=given.get("trust", ""),
        unsure=given.get("unsure") == "1",
    )
    sort = given.get("sort", "")
    if sort.lstrip("-") in SORTS:
        name = sort.lstrip("-")
        found.sort(key=lambda one: str(getattr(one, name) or ""), reverse=sort.startswith("-"))
    return found


def _filters(request: HttpRequest) -> list[str]:
    words = {"q": "字", "family": "类别", "on": "这一天在用", "trust": "可靠程度", "unsure": "只看未核实"}
    said = [f"{word}：{request.GET[name]}" for name, word in words.items() if request.GET.get(name)]
    return ["　".join(said)] if said else []


def _of_how(found: list[Differing], how: str) -> list[Differing]:
    return [one for one in found if how in ("", one.how)]


def _days(request: HttpRequest) -> tuple[date, date]:
    """The two days asked for; without them those around the day on which most rules began."""
    begun = Counter(one.since for one in entries() if one.since)
    turn = max(_turns(), key=lambda days: begun[days[1]])
    return _day(request, "before") or turn[0], _day(request, "after") or turn[1]


def _turns() -> list[tuple[date, date]]:
    """The days on which most rules began, the newest first, each with the day before."""
    begun = Counter(one.since for one in entries() if one.since)
    first = min(begun)
    days = sorted((day for day, count in begun.items() if count > 3 and day > first), reverse=True)
    return [(date.fromordinal(day.toordinal() - 1), day) for day in days] or [(first, first)]


def _day(request: HttpRequest, name: str) -> date | None:
    said = request.GET.get(name, "").strip()
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        messages.error(request, f"“{said}”不是日期，写成 2026-03-01。（G-BOOK-01）")
        return None


def _file(kind: str, name: str, head: list[str], heads: Any, rows: Any) -> HttpResponse:
    if kind not in KINDS:
        raise Http404("规则只有 csv 和 xlsx")
    return table_file(kind, name, [f"{snapshots.opened().name} {head[0]}", *head[1:]], heads, rows)
