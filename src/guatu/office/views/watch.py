"""What to watch beside the table of targets: warnings, sections, checks of levels, plans over years, the weather."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.office import snapshots
from guatu.office.drawing.plan import plan_years
from guatu.office.tables import KINDS, table_file, told
from guatu.office.views.gate import may

SEE, WHAT = "office.see_figures", "目标只对业务账号开放"
STATES = {"missed": "没达标", "met": "达标", "undecided": "判不了"}


@may(SEE, WHAT)
def warnings(request: HttpRequest) -> HttpResponse:
    """Every warning that stands, said once until it changes; who is told, what they can do; what has gone."""
    shot = _shot()
    alerts = shot["alerts"] if shot else {"new": [], "standing": [], "gone": []}
    body = request.GET.get("who", "")
    standing = [*alerts["new"], *alerts["standing"]]
    bodies = sorted({one for alert in standing for one in alert["told"]})
    shown = [one for one in standing if not body or body in one["told"]]
    if (kind := request.GET.get("download", "")) in KINDS and shot:
        cells = [
            (one["title"], one["text"], "、".join(one["told"]), "；".join(one["can"]), one["since"]) for one in shown
        ]
        heads = ("预警", "内容", "告知", "可做", "首次")
        return table_file(kind, f"预警-{shot['as_of']}", told(shot, "预警"), heads, cells)
    rows = [(one, _address(shot, one), one in alerts["new"]) for one in shown] if shot else []
    context = {"rows": rows, "gone": alerts["gone"], "bodies": bodies, "who": body, "total": len(standing)}
    return render(request, "office/warnings.html", context)


@may(SEE, WHAT)
def sections(request: HttpRequest) -> HttpResponse:
    """Sections in the newest month: class against aim, by what and how much, county, last month, last year."""
    shot = _shot()
    every: list[dict[str, Any]] = shot["sections"] if shot else []
    name, state = request.GET.get("list", ""), request.GET.get("status", "")
    shown = [one for one in every if not name or name in one["lists"]]
    shown = [one for one in shown if not state or one["state"] == state]
    if (kind := request.GET.get("download", "")) in KINDS and shot:
        keys = ("name", "river", "place", "aim", "grade", "factors", "source", "before", "year_ago")
        heads = ("断面", "水体", "责任县区", "目标", "类别", "超标项目（倍数）", "来源", "上月", "去年同月")
        cells = [[one[key] for key in keys] for one in shown]
        return table_file(kind, f"断面-{shot['as_of']}", told(shot, "断面月类别"), heads, cells)
    context = {
        "sections": shown,
        "lists": list(dict.fromkeys(one for each in every for one in each["lists"])),
        "name": name,
        "status": state,
        "states": [(code, word, sum(one["state"] == code for one in every)) for code, word in STATES.items()],
        "month": every[0]["month"] if every else "",
        "total": len(every),
    }
    return render(request, "office/sections.html", context)


@may(SEE, WHAT)
def checks(request: HttpRequest) -> HttpResponse:
    """The city's targets and lists against the level above and against the counties' breakdown."""
    shot = _shot()
    return render(request, "office/checks.html", {"checks": shot["checks"] if shot else []})


@may(SEE, WHAT)
def plans(request: HttpRequest) -> HttpResponse:
    """A plan over years on one page: path, values by year, state, what is needed from here."""
    shot = _shot()
    found = shot["evaluation"] if shot else []
    if (kind := request.GET.get("download", "")) in KINDS and shot:
        cells = [
            (
                one["name"],
                one["scope"],
                f"{each['year']}",
                each["required"],
                each["value"],
                each["word"],
                one["sentence"],
            )
            for one in found
            for each in one["years"]
        ]
        heads = ("指标", "范围", "年份", "要求", "实际", "状态", "从这里起")
        return table_file(kind, f"规划评估-{shot['as_of']}", told(shot, "规划监测评估"), heads, cells)
    good = sum(one["code"] in ("met", "aspired", "close") for one in found)
    none = sum(one["code"] == "undecided" for one in found)
    drawn = [(one, plan_years(one)) for one in found]
    context = {"found": drawn, "good": good, "none": none, "behind": len(found) - good - none}
    return render(request, "office/plans.html", context)


@may(SEE, WHAT)
def weather(request: HttpRequest) -> HttpResponse:
    """What the meteorological bureau said of the days to come, as given."""
    shot = _shot()
    return render(request, "office/weather.html", {"weather": shot["weather"] if shot else []})


def _shot() -> dict[str, Any] | None:
    shot = snapshots.latest()
    return shot.picture if shot else None


def _address(shot: dict[str, Any], alert: dict[str, Any]) -> str:
    """The target a warning speaks of, if it is of one."""
    return alert["subject"] if any(row["id"] == alert["subject"] for row in shot["rows"]) else ""
