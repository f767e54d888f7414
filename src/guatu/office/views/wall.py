"""The wall: one picture that says what is wrong, how much room is left and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.office import snapshots, wording
from guatu.office.drawing import line
from guatu.office.drawing import map as places_map
from guatu.office.ledger import listing, lists
from guatu.office.models import Duty, Part
from guatu.office.views.gate import may

COLUMNS = 8
CAMPAIGNS = ("深入打好污染防治攻坚战", "污染防治攻坚战", "生态环境保护")
CORE = "市中心城区"


@may("office.see_figures", "总览只对业务账号开放")
def wall(request: HttpRequest) -> HttpResponse:
    """Draw the newest picture; without one, say what is missing."""
    shot = snapshots.latest()
    asked = request.GET.get("look", "")
    wall_look = asked if asked in ("light", "dark") else "light" if request.COOKIES.get("look") == "light" else "dark"
    context: dict[str, Any] = {
        "wall_look": wall_look,
        "campaign": CAMPAIGNS[-1],
        "made_at": shot.made_at if shot else None,
    }
    if shot is not None:
        context.update(_of(shot.picture))
    return render(request, "office/wall.html", context)


def _of(shot: dict[str, Any]) -> dict[str, Any]:
    rows, as_of = shot["rows"], date.fromisoformat(shot["as_of"])
    duties = list(Duty.objects.all())
    ahead = [row for row in wording.by_risk(rows) if row["room"] and row["room"]["sentence"]]
    chart_row = _pick(rows, shot, "pm25_mean")
    budget_row = _pick(rows, shot, "aqi_good_ratio")
    year_end = date(shot["year"], 12, 31)
    return {
        "campaign": next((word for word in CAMPAIGNS if word in shot["title"]), CAMPAIGNS[-1]),
        "verdict": wording.verdict(rows) if rows else [],
        "counts": wording.counts_of(rows),
        "fail_word": wording.fail_word(rows),
        "today": as_of + timedelta(days=1),
        "weekday": wording.weekday(as_of + timedelta(days=1)),
        "days_left": max(0, (year_end - as_of).days),
        "tightest": ahead[0] if ahead else None,
        "ahead": ahead[:4],
        "bands": _bands(rows),
        "areas": _areas(shot["places"]),
        "map_size": places_map.SIZE,
        "chart": _chart(chart_row, shot),
        "chart_row": chart_row,
        "budget": _budget(budget_row, shot),
        "budget_row": budget_row,
        "duties": duties,
        "duty_count": len({wording.outline_text(duty.outline) for duty in duties}),
        "duty_states": _states(duties),
        "busiest": Counter(Part.objects.exclude(kind=Part.Kind.IMPLIED).values_list("body", flat=True)).most_common(3),
        **_problems(as_of + timedelta(days=1)),
        "reasons": Counter(row["reason"] or "未说明" for row in rows if row["class"] == "undecided").most_common(4),
    }


def _pick(rows: Sequence[Mapping[str, Any]], shot: Mapping[str, Any], indicator: str) -> Mapping[str, Any] | None:
    """The row of an indicator that has a course: the urban core's if it is there, else the first."""
    found = [row for row in rows if row["indicator_id"] == indicator and row["id"] in shot["courses"]]
    return next((row for row in found if CORE in row["scope"]), found[0] if found else None)


def _chart(row: Mapping[str, Any] | None, shot: Mapping[str, Any]) -> line.Line | None:
    if row is None:
        return None
    course = shot["courses"][row["id"]]
    goals = [goal for goal in (row["firm"], row["aspired"]) if goal]
    return line.year_line(course["days"], course["running"], goals, (640, 170))


def _budget(row: Mapping[str, Any] | None, shot: Mapping[str, Any]) -> dict[str, Any] | None:
    """The year's allowance of bad days as cells: those used, by pollutant, and those left."""
    if row is None or not row["room"] or row["room"]["bad_used"] is None or row["room"]["bad_left"] is None:
        return None
    room = row["room"]
    by = shot["courses"][row["id"]]["bad_by"]
    cells = [(name, f"p{order}") for order, (name, n) in enumerate(by[:4]) for _ in range(n)][: room["bad_used"]]
    cells += [("其他", "p4")] * (room["bad_used"] - len(cells))
    cells += [("剩余", "left")] * max(0, room["bad_left"])
    return {
        "cells": cells,
        "allowed": room["bad_used"] + room["bad_left"],
        "legend": [(name, f"p{order}", n) for order, (name, n) in enumerate(by[:4])],
        "over": room["bad_left"] < 0,
    }


def _bands(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tiles in the notice's order, a section a band; short sections share one."""
    bands: list[dict[str, Any]] = []
    for section, found in groupby(rows, key=lambda row: row["section"]):
        tiles = list(found)
        label = tiles[0]["domain"] or wording.outline_text(section).partition("（")[2].rstrip("）")
        if bands and len(bands[-1]["tiles"]) + len(tiles) <= COLUMNS - 1 and len(tiles) < 4:
            bands[-1]["tiles"] += tiles
            bands[-1]["labels"].append(label)
        else:
            bands.append({"labels": [label], "tiles": tiles})
    return bands


def _areas(places: Sequence[dict[str, Any]]) -> list[tuple[places_map.Area, list[dict[str, str]]]]:
    figures = {place["code"]: place["figures"] for place in places}
    drawn = [place for place in places if place["kind"] != "市"] or list(places)
    return [(area, figures[area.code]) for area in places_map.areas(drawn)]


def _problems(day: date) -> dict[str, Any]:
    """Problems by stage with the overdue, and the rates that have a target, as the list of problems shows them."""
    flow = listing.flow(day)
    rates = [one for one in lists.cards(day) if one.listing.target is not None] if flow else []
    return {
        "flow": flow,
        "flow_total": sum(one.count for one in flow),
        "flow_late": sum(one.overdue for one in flow),
        "list_rates": rates,
    }


def _states(duties: Sequence[Duty]) -> list[tuple[str, str, int]]:
    tally = Counter(duty.state for duty in duties)
    return [(state.value, state.label, tally[state.value]) for state in Duty.State if tally[state.value]]
