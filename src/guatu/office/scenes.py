"""The scenes of the wall: which there are, which targets each shows, and what it says of the duties of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guatu.errors import GuatuError
from guatu.office import breakdowns
from guatu.office.behind import STATES
from guatu.office.breakdowns import Stand
from guatu.office.ledger import listing
from guatu.office.ledger.models import Problem
from guatu.rules import cards

SCENES = {"all": "总览", "air": "空气", "water": "水", "tasks": "任务", "problems": "问题"}
WHOLE, LOUD = "1.6", "1.5"
"""How much longer than the others the whole picture stands, and a scene in which something is wrong."""
OF = {"air": ("air",), "water": ("surface_water", "groundwater", "sources")}
LINES = 8  # of a list on a scene
SECTIONS = 11


def chosen(asked: str) -> str:
    """The scene an address asks for, the whole picture for any other word."""
    return asked if asked in SCENES else "all"


def rows_of(rows: Sequence[Mapping[str, Any]], scene: str) -> list[Mapping[str, Any]]:
    """The targets of a scene in the order of the notice."""
    return [row for row in rows if _field(row["indicator_id"]) in OF.get(scene, ())]


def order(rows: Sequence[Mapping[str, Any]], late_tasks: int, late_problems: int) -> list[tuple[str, str, str]]:
    """Every scene with its word and for how long it stands, as a multiple of the others."""
    loud = {name: any(row["class"] in ("missed", "behind", "close") for row in rows_of(rows, name)) for name in OF}
    loud |= {"tasks": late_tasks > 0, "problems": late_problems > 0}
    return [(name, word, WHOLE if name == "all" else LOUD if loud[name] else "1") for name, word in SCENES.items()]


def still(shot: Mapping[str, Any], scene: str) -> dict[str, Any]:
    """What a scene shows of the picture of the day."""
    rows = rows_of(shot["rows"], scene)
    if scene == "air":
        places = [place for place in shot["places"] if place["figures"]]
        heads = list({one["id"]: one["label"] for place in places for one in place["figures"]}.items())
        table = [(place["name"], [_figure(place, head) for head, _ in heads]) for place in places]
        return {"scene_rows": rows, "place_heads": [label for _, label in heads], "place_rows": table}
    if scene == "water":
        weight = {"missed": 0, "undecided": 1, "met": 2}
        found = sorted(shot["sections"], key=lambda one: (weight.get(one["state"], 1), one["name"]))
        counts = [(state, word, sum(one["state"] == state for one in found)) for state, word in _SECTION_WORDS]
        return {"scene_rows": rows, "section_rows": found[:SECTIONS], "section_counts": counts,
                "more_sections": max(0, len(found) - SECTIONS)}  # fmt: skip
    return {"scene_rows": rows}


def moving(scene: str, day: date) -> dict[str, Any]:
    """What a scene shows of the day's work: measures that are late or behind, problems that are overdue."""
    if scene == "tasks":
        found = [one for one in breakdowns.stands(day) if one.state in STATES]
        return {"late_rows": sorted(found, key=_latest)[:LINES], "late_count": len(found)}
    if scene == "problems":
        late = Problem.objects.filter(listing.overdue(day)).only(*listing.SHOWN).order_by("deadline", "number")[:LINES]
        return {"late_problems": [(one, (day - one.deadline).days) for one in late]}
    return {}


_SECTION_WORDS = (("missed", "没达标"), ("met", "达标"), ("undecided", "判不了"))


def _latest(one: Stand) -> tuple[int, str]:
    return -one.late, one.row.id


def _figure(place: Mapping[str, Any], indicator: str) -> str:
    found = next((one for one in place["figures"] if one["id"] == indicator), None)
    return f"{found['figure']}{'%' if found['unit'] == '%' else ''}" if found else "—"


def _field(indicator: str) -> str:
    try:
        return cards.card(indicator).compute.partition(".")[0] if indicator else ""
    except GuatuError:
        return ""
