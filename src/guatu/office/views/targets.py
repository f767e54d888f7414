"""The table of targets, its export, and the page of one target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from guatu.office import drawn, snapshots, tabled, wording
from guatu.office import export as files
from guatu.office.drawing import line, months, year
from guatu.office.models import Duty
from guatu.office.tables import KINDS, table_file, told
from guatu.office.views.gate import may

MOST_DAYS = 8  # a month of days is told by its number in the panel
EMPTY: dict[str, Any] = {
    "text": "",
    "figure": "",
    "clause": "",
    "rule": "",
    "confidence": "",
    "address": "",
    "below": [],
}
SORTS = (("risk", "按风险"), ("doc", "按文件顺序"))
COLUMNS = {"indicator": "目标与范围", "goal": "年度目标", "figure": "当前值", "chance": "达标可能"}


@may("office.see_figures", "目标只对业务账号开放")
def targets(request: HttpRequest) -> HttpResponse:
    """The filtered and sorted table."""
    shot = _picture()
    rows = shot["rows"] if shot else []
    shown, status, sort = _chosen(request, rows)
    newest = snapshots.latest()
    sparks = _sparks(newest.pk, newest.made_at) if newest else {}
    context = {
        "rows": [(row, sparks.get(row["id"])) for row in shown],
        "all_rows": rows,
        "counts": wording.counts_of(rows),
        "fail_word": wording.fail_word(rows),
        "verdict": wording.verdict(rows) if rows else [],
        "tightest": next((row for row in wording.by_risk(rows) if row["room"] and row["room"]["sentence"]), None),
        "status": status,
        "sort": sort,
        "sorts": SORTS,
        "q": request.GET.get("q", ""),
        "turns": {
            name: (f"-{name}" if sort == name else name, "ascending" if sort == name else "descending")
            if sort.removeprefix("-") == name
            else (name, "")
            for name in COLUMNS
        },
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
    """One target: its figures, its course or its months, its sections, warnings and explanation."""
    shot, row = _target(code)
    newest, explains = snapshots.latest(), request.user.has_perm("office.explain", row["address"])
    course = shot["courses"].get(code)
    order = [one["id"] for one in shot["rows"]]
    at = order.index(code)
    in_list = set(shot["lists"].get(row["scope"], ()))
    context = {
        "row": row,
        "tree": _pruned(row["why"]),
        "course": course,
        "day_count": len(course["days"]) if course else 0,
        "good": row["indicator_id"] == "aqi_good_ratio",
        **(_drawn(newest.pk, newest.made_at, code, explains) if course and newest else {}),
        "columns": months.columns(row["stretches"], row["firm"]) if not course else None,
        "sections": [one for one in shot["sections"] if one["id"] in in_list],
        "alerts": [one for name in ("new", "standing") for one in shot["alerts"][name] if one["subject"] == code],
        "checks": [one for one in shot["checks"] if one["target"] == code],
        "weather": shot["weather"] if course else [],
        "before": order[at - 1] if at else "",
        "after": order[at + 1] if at + 1 < len(order) else "",
        "charged": _charged(row),
        "may_change": request.user.has_perm("office.edit_duties"),
        "may_explain": explains,
    }
    return render(request, "office/target.html", context)


@may("office.see_figures", "目标只对业务账号开放")
def days(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """What the page shows day by day, else month by month, as a file."""
    shot, row = _target(code)
    if kind not in KINDS:
        raise Http404("只能导出 csv 或 xlsx")
    course = shot["courses"].get(code)
    title = f"{row['scope']} {row['indicator']}"
    if course:
        heads = (
            "日期",
            "日 AQI" if row["indicator_id"] == "aqi_good_ratio" else "日均值",
            "至当日累计",
            "AQI",
            "首要污染物",
        )
        cells = [[f"{cell}" for cell in line] for line in reversed(_table(course))]
    else:
        heads = ("时段", "值", "去年同期", "来源")
        cells = [[one["words"], one["figure"], one["last_year"], one["source"]] for one in row["stretches"]]
    name = f"{row['short_scope']}{row['short']}-{shot['as_of']}{'-演示数据' if shot['demo'] else ''}"
    return table_file(kind, name, told(shot, f"{title}（{row['unit'] or '无单位'}）"), heads, cells)


@may("office.see_figures", "目标只对业务账号开放")
def chart(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The drawing of the page as a file of its own, with title, source, time and demo mark."""
    shot, row = _target(code)
    course = shot["courses"].get(code)
    drawing = _drawing(row, course) if course else None
    columns = None if course else months.columns(row["stretches"], row["firm"])
    if drawing is None and columns is None:
        raise Http404("这项目标没有走势图")
    fan = "；扇形为年底预测，只有年底一端是算出来的，中间按直线画" if drawing and drawing.fan else ""
    axis = "；浅色为去年同期" + ("" if columns.from_nought else "，纵轴不从 0 开始") if columns else ""
    context = {
        "drawing": drawing,
        "columns": columns,
        **drawn.said_of(shot),
        "title": f"{row['scope']} {row['indicator']}",
        "subtitle": f"{row['unit']}　目标 {row['goal']}　{row['word']}{fan}{axis}",
    }
    words = render_to_string("office/chart.svg", context)
    return drawn.file(kind, words, f"{row['short_scope']}{row['short']}-{shot['as_of']}")


@lru_cache(maxsize=64)
def _drawn(_pk: int, _made_at: datetime, code: str, explains: bool) -> dict[str, Any]:
    """The drawing and the table of days as the page has them, made once for as long as the picture is the newest."""
    shot, row = _target(code)
    course = shot["courses"][code]
    drawing = _drawing(row, course)
    context = {
        "row": row,
        "course": course,
        "table": _table(course),
        "good": row["indicator_id"] == "aqi_good_ratio",
        "drawing": drawing,
        "may_explain": explains,
    }
    return {
        "drawing": drawing,
        "year": render_to_string("office/_year.html", context) if drawing else "",
        "days": render_to_string("office/_days.html", context),
    }


def _charged(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tasks that work on a target with where they stand now, the late first."""
    duties = {duty.code: duty for duty in Duty.objects.filter(code__in=[one["code"] for one in row["charged"]])}
    found = [{**one, "duty": duties[one["code"]]} for one in row["charged"] if one["code"] in duties]
    return sorted(found, key=lambda one: one["duty"].state != Duty.State.LATE)


def _pruned(node: dict[str, Any]) -> dict[str, Any]:
    """The tree without the days that open no further here: they stand on the page of the explanation."""
    below = node["below"]
    if len(below) > MOST_DAYS and all(child["address"] for child in below):
        kept = [child for child in below if child["below"]]
        rest = {**EMPTY, "text": f"{'其余' if kept else '共'} {len(below) - len(kept)} 天，全屏逐日看"}
        return {**node, "below": [*(_pruned(child) for child in kept), rest]}
    return {**node, "below": [_pruned(child) for child in below]}


def _target(code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    shot = _picture()
    row = next((row for row in shot["rows"] if row["id"] == code), None) if shot else None
    if shot is None or row is None:
        raise Http404(f"没有编号为 {code} 的目标")
    return shot, row


def _picture() -> dict[str, Any] | None:
    shot = snapshots.latest()
    return shot.picture if shot else None


def _chosen(request: HttpRequest, rows: list[dict[str, Any]]) -> tuple[list[Mapping[str, Any]], str, str]:
    """The rows the address asks for, with its status and sort; unknown words mean none."""
    status, sort = request.GET.get("status", ""), request.GET.get("sort", "risk")
    status = status if status in wording.GROUPS.values() else ""
    sort = sort if sort in dict(SORTS) or sort.removeprefix("-") in COLUMNS else "risk"
    words = request.GET.get("q", "").lower().split()[:8]
    found = [
        row
        for row in rows
        if (not status or wording.GROUPS[row["class"]] == status)
        and all(word in f"{row['id']} {row['indicator']} {row['scope']} {row['short']}".lower() for word in words)
    ]
    if sort == "risk":
        found = list(wording.by_risk(found))
    elif sort.lstrip("-") in COLUMNS:
        found = tabled.chosen({"sort": "-0" if sort.startswith("-") else "0"}, found, _cell(sort))
    return found, status, sort


def _cell(sort: str) -> Callable[[Mapping[str, Any]], tuple[str, ...]]:
    """The cell of a target by which a column sorts."""
    name = sort.lstrip("-")

    def cells(row: Mapping[str, Any]) -> tuple[str, ...]:
        if name == "chance":
            return (row["chance"]["shown"] if row["chance"] and row["chance"]["shown"] else "",)
        return (str(row[name] or ""),)

    return cells


def _drawing(row: Mapping[str, Any], course: Mapping[str, Any]) -> year.Drawing | None:
    goals = [goal for goal in (row["firm"], row["aspired"]) if goal]
    return year.year_drawing(course, goals, row["chance"], course["limit"])


@lru_cache(maxsize=2)
def _sparks(_pk: int, _made_at: datetime) -> dict[str, line.Line | None]:
    """The small lines of the table, drawn once for as long as the picture is the newest."""
    shot = _picture()
    return {row["id"]: _spark(row, shot) for row in shot["rows"]} if shot else {}


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
