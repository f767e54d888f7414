"""The wall: one picture that says what is wrong, how much room is left and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from guatu.judge.indicators import GOOD_DAYS
from guatu.office import drawn, scenes, snapshots, wording
from guatu.office.drawing import map as places_map
from guatu.office.drawing import year
from guatu.office.ledger import listing, lists
from guatu.office.models import Duty
from guatu.office.owed import owed_by_body
from guatu.office.views.gate import may

COLUMNS = 8
SHADES = 4  # of the map, the worst the deepest
CHANGES = 4
BODIES = 3
PARTS = {"tasks": "duties", "problems": "ledger"}
"""Scenes whose template is called otherwise, their own word being that of a panel."""
AHEAD = 2
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
        scene, day = scenes.chosen(request.GET.get("scene", "")), date.fromisoformat(shot.picture["as_of"])
        day += timedelta(days=1)
        context.update(_still(shot.pk, shot.made_at, request.GET.get("map", "")))
        context.update(_moving(day))
        context |= {"scene": scene, "scene_template": f"office/_wall_{PARTS.get(scene, scene)}.html"}
        context |= {**scenes.still(shot.picture, scene), **scenes.moving(scene, day)}
        late = sum(duty.state == Duty.State.LATE for duty in context["duties"])
        context["scenes"] = scenes.order(shot.picture["rows"], late, context["flow_late"])
        if scene in ("tasks", "problems"):
            context["owed"] = owed_by_body(day)[: BODIES * 2]
        context["may_open_homes"] = request.user.has_perm("homes.see_list")
        context["may_instruct"] = request.user.has_perm("office.instruct")
    return render(request, "office/wall.html", context)


@may("office.see_figures", "总览只对业务账号开放")
def map_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The map as a file of its own, with the indicator the address asks for, its source, time and demo mark."""
    newest = snapshots.latest()
    if newest is None:
        raise Http404("还没有数据，无图可画")
    shot = newest.picture
    found = _map(shot, request.GET.get("map", ""))
    wide, high = places_map.SIZE
    label = found["map_choices"].get(found["map_now"], "")
    context = {
        **found,
        **drawn.said_of(shot),
        "map_wide": wide + 160,
        "map_high": high + 140,
        "map_foot": high + 30,
        "title": f"{shot['city']}县区图　本年至今{label}",
        "subtitle": f"{found['map_note']}　圆为空气站点，方为断面，颜色越深越差",
    }
    return drawn.file(kind, render_to_string("office/map.svg", context), f"县区图-{label}-{shot['as_of']}")


@lru_cache(maxsize=16)
def _still(_pk: int, _made_at: datetime, asked_map: str) -> dict[str, Any]:
    """All that rests on the newest picture alone; drawn once for as long as it is the newest."""
    newest = snapshots.latest()
    assert newest is not None
    shot = newest.picture
    rows, as_of = shot["rows"], date.fromisoformat(shot["as_of"])
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
        "ahead": ahead[:AHEAD],
        "bands": _bands(rows),
        **_map(shot, asked_map),
        "map_size": places_map.SIZE,
        "changes": shot["changes"][:CHANGES],
        "more_changes": max(0, len(shot["changes"]) - CHANGES),
        "since": shot["since"],
        "fresh_alerts": len(shot["alerts"]["new"]),
        "forecast": shot["weather"][:1],
        "chart": _chart(chart_row, shot),
        "chart_row": chart_row,
        "budget": _budget(budget_row, shot),
        "budget_row": budget_row,
        "reasons": Counter(row["reason"] or "未说明" for row in rows if row["class"] == "undecided").most_common(4),
    }


def _moving(day: date) -> dict[str, Any]:
    """What people change during the day: tasks, problems, who is overdue."""
    duties = list(Duty.objects.all())
    return {
        "owed": owed_by_body(day)[:BODIES],
        "duties": duties,
        "duty_count": len({wording.outline_text(duty.outline) for duty in duties}),
        "duty_states": _states(duties),
        **_problems(day),
    }


def _pick(rows: Sequence[Mapping[str, Any]], shot: Mapping[str, Any], indicator: str) -> Mapping[str, Any] | None:
    """The row of an indicator that has a course: the urban core's if it is there, else the first."""
    found = [row for row in rows if row["indicator_id"] == indicator and row["id"] in shot["courses"]]
    return next((row for row in found if CORE in row["scope"]), found[0] if found else None)


def _chart(row: Mapping[str, Any] | None, shot: Mapping[str, Any]) -> year.Drawing | None:
    if row is None:
        return None
    course = shot["courses"][row["id"]]
    goals = [goal for goal in (row["firm"], row["aspired"]) if goal]
    return year.year_drawing(course, goals, row["chance"], course["limit"])


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


def _map(shot: Mapping[str, Any], asked: str) -> dict[str, Any]:
    """The areas with the indicator asked for, the worst the deepest, and the stations and sections in them."""
    places = [place for place in shot["places"] if place["kind"] != "市"] or list(shot["places"])
    choices = {one["id"]: one["label"] for place in places for one in place["figures"]}
    chosen = asked if asked in choices else next(iter(choices), "")
    mine = {place["code"]: one for place in places for one in place["figures"] if one["id"] == chosen}
    ranked = sorted({Decimal(one["figure"]) for one in mine.values()}, reverse=chosen in GOOD_DAYS)
    areas = places_map.areas(places)
    points = places_map.points(areas, [*points_of(shot, places)])
    return {
        "areas": [(area, mine.get(area.code), _shade(mine.get(area.code), ranked)) for area in areas],
        "points": points,
        "map_note": places_map.note(places),
        "map_choices": choices,
        "map_now": chosen,
        "missed_sections": [one for one in shot["sections"] if one["state"] == "missed"],
    }


def _shade(figure: Mapping[str, Any] | None, ranked: Sequence[Decimal]) -> int:
    """From 1 for the best place to SHADES for the worst, by rank; 0 where nothing is known."""
    if figure is None:
        return 0
    return 1 + ranked.index(Decimal(figure["figure"])) * (SHADES - 1) // max(1, len(ranked) - 1)


def points_of(shot: Mapping[str, Any], places: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, str, str, str]]:
    """Place, kind, state and name of every station and section."""
    codes = {place["name"]: place["code"] for place in places}
    for one in shot["stations"]:
        yield one["place"], "station", "", f"空气站点 {one['name']}"
    for one in shot["sections"]:
        state = f"{one['month']} {one['grade']}类" if one["grade"] != "—" else "没有类别"
        kind = "ground" if one["kind"] == "ground" else "section"
        yield codes.get(one["place"], ""), kind, one["state"], f"{one['name']} {state}"


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
