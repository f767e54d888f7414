"""The table of targets, its export, and the page of one target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.office import export as files
from guatu.office import snapshots, wording
from guatu.office.drawing import line
from guatu.office.views.gate import may

SORTS = (("risk", "按风险"), ("doc", "按文件顺序"))
KINDS = ("csv", "xlsx")


@may("office.see_figures", "目标只对业务账号开放")
def targets(request: HttpRequest) -> HttpResponse:
    """The filtered and sorted table."""
    shot = _picture()
    rows = shot["rows"] if shot else []
    shown, status, sort = _chosen(request, rows)
    context = {
        "rows": [(row, _spark(row, shot)) for row in shown],
        "all_rows": rows,
        "counts": wording.counts_of(rows),
        "fail_word": wording.fail_word(rows),
        "verdict": wording.verdict(rows) if rows else [],
        "tightest": next((row for row in wording.by_risk(rows) if row["room"] and row["room"]["sentence"]), None),
        "status": status,
        "sort": sort,
        "sorts": SORTS,
    }
    return render(request, "office/targets.html", context)


@may("office.see_figures", "目标只对业务账号开放")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the rows the table shows under the same address, as a file."""
    shot = _picture()
    if kind not in KINDS or shot is None:
        raise Http404("只能导出 csv 或 xlsx，且须已有目标")
    shown, status, _ = _chosen(request, shot["rows"])
    return files.answer(kind, shot, shown, status)


@may("office.see_figures", "目标只对业务账号开放")
def target(request: HttpRequest, code: str) -> HttpResponse:
    """One target: five figures, its course, its explanation."""
    shot = _picture()
    row = next((row for row in shot["rows"] if row["id"] == code), None) if shot else None
    if shot is None or row is None:
        raise Http404(f"没有编号为 {code} 的目标")
    course = shot["courses"].get(code)
    order = [one["id"] for one in shot["rows"]]
    at = order.index(code)
    context = {
        "row": row,
        "course": course,
        "table": _table(course) if course else [],
        "chart": _chart_data(row, course) if course else None,
        "drawing": _line(row, course, (900, 260)) if course else None,
        "before": order[at - 1] if at else "",
        "after": order[at + 1] if at + 1 < len(order) else "",
        "may_explain": request.user.has_perm("office.explain", row["address"]),
    }
    return render(request, "office/target.html", context)


def _picture() -> dict[str, Any] | None:
    shot = snapshots.latest()
    return shot.picture if shot else None


def _chosen(request: HttpRequest, rows: list[dict[str, Any]]) -> tuple[list[Mapping[str, Any]], str, str]:
    """The rows the address asks for, with its status and sort; unknown words mean none."""
    status, sort = request.GET.get("status", ""), request.GET.get("sort", "risk")
    status = status if status in wording.GROUPS.values() else ""
    sort = sort if sort in dict(SORTS) else "risk"
    found = [row for row in rows if not status or wording.GROUPS[row["class"]] == status]
    return (wording.by_risk(found) if sort == "risk" else found), status, sort


def _line(row: Mapping[str, Any], course: Mapping[str, Any], box: tuple[int, int]) -> line.Line | None:
    goals = [goal for goal in (row["firm"], row["aspired"]) if goal]
    return line.year_line(course["days"], course["running"], goals, box)


def _spark(row: Mapping[str, Any], shot: Mapping[str, Any]) -> line.Line | None:
    course = shot["courses"].get(row["id"])
    return (
        line.year_line(course["days"], course["running"], [row["firm"]] if row["firm"] else [], (110, 28))
        if course
        else None
    )


def _table(course: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The course, newest day first, as the rows of the data table."""
    columns = (course["days"], course["daily"], course["running"], course["aqi"], course["primary"])
    return list(
        reversed([tuple(cell if cell is not None else "—" for cell in day) for day in zip(*columns, strict=True)])
    )


def _chart_data(row: Mapping[str, Any], course: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser draws; numbers stay text until there."""
    return {
        "days": course["days"],
        "daily": course["daily"],
        "running": course["running"],
        "unit": course["unit"],
        "firm": row["firm"],
        "aspired": row["aspired"],
        "name": "日 AQI" if row["indicator_id"] == "aqi_good_ratio" else "日均值",
        "good": row["indicator_id"] == "aqi_good_ratio",
        "label": row["short"],
        "year": course["days"][0][:4],
    }
