"""The picture of a day: everything the pages show, taken from the judge once and kept as exact text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from guatu import rules
from guatu.base.units import unit_sign
from guatu.base.value import Step, Value
from guatu.errors import GuatuError
from guatu.judge.address import value_at
from guatu.judge.board import Board, Row, board_of
from guatu.judge.course import Course, course_of
from guatu.judge.indicators import AIR, GOOD_DAYS, good_aqi
from guatu.judge.room import Room
from guatu.judge.status import told
from guatu.load.workspace import Workspace
from guatu.office import particulars, wording
from guatu.read.plan import Plan

PLACE_FIGURES = (
    ("aqi_good_ratio", "优良"),
    ("pm25_mean", "PM2.5"),
    ("pm10_mean", "PM10"),
    ("o3_p90", "臭氧"),
    ("no2_mean", "NO2"),
)


NEWER: dict[str, Any] = {
    "alerts": {"new": [], "standing": [], "gone": []},
    "checks": [],
    "evaluation": [],
    "weather": [],
    "sections": [],
    "lists": {},
    "changes": [],
    "since": "",
    "stations": [],
}
NEWER_ROW: dict[str, Any] = {
    "chance": None,
    "below": [],
    "stretches": [],
    "charged": [],
    "tile_room": "",
    "authority": "",
    "period_words": "",
}
NEWER_COURSE: dict[str, Any] = {"limit": None, "before_days": [], "before": []}


def completed(kept: dict[str, Any]) -> dict[str, Any]:
    """A picture as the pages need it: one kept before an upgrade lacks what was not drawn then, and still opens."""
    return {
        **NEWER,
        **kept,
        "rows": [{**NEWER_ROW, **row} for row in kept["rows"]],
        "courses": {code: {**NEWER_COURSE, **course} for code, course in kept["courses"].items()},
        "places": [
            {**place, "figures": [{"id": one["label"], **one} for one in place["figures"]]} for place in kept["places"]
        ],
    }


def take(ws: Workspace, plan: Plan, as_of: date) -> dict[str, Any]:
    """Judge every target on a day and put down rows, courses and places as JSON values; numbers are text."""
    board = board_of(ws, plan, as_of)
    year = plan.head.year or as_of.year
    return {
        "as_of": as_of.isoformat(),
        "year": year,
        "data_until": board.data_until.isoformat() if board.data_until else "",
        "data_version": board.data_version,
        "demo": board.demo,
        "city": ws.name,
        "title": plan.head.attachment_title or plan.head.title,
        "doc_number": plan.head.doc_number,
        "override": plan.head.override_clause,
        "rows": [{**_row(row), **particulars.beside_row(ws, plan, row, year, as_of)} for row in board.rows],
        "courses": dict(_courses(ws, board)),
        "places": [_place(ws, plan, place, year) for place in ws.places],
        "stations": [{"code": one.code, "name": one.name, "place": one.place} for one in ws.stations],
        **particulars.beside_all(ws, plan, board),
    }


def _row(row: Row) -> dict[str, Any]:
    target, value, status = row.target, row.value, row.status
    unit = unit_sign(target.unit)
    return {
        "id": target.id,
        "outline": target.outline,
        "section": "/".join(target.outline.split("/")[:2]),
        "domain": wording.domain(target.indicator_id),
        "indicator": target.indicator,
        "indicator_id": target.indicator_id or "",
        "short": wording.short_name(target.indicator_id, target.indicator),
        "scope": target.scope,
        "short_scope": wording.short_scope(target.scope),
        "tile_scope": wording.tile_scope(target.scope),
        "text": target.text,
        "authority": target.authority or "",
        "goal": wording.goal(target.op, _numbers(target.value), target.reference),
        "tile_goal": wording.tile_goal(target.op, _numbers(target.value), unit),
        "firm": _text(target.value) if isinstance(target.value, Decimal) else "",
        "aspired": _text(target.stretch),
        "unit": unit,
        # The figure the state rests on: that of the level above where there is one, the computed one beside it.
        "figure": _text(row.official.value if row.official else told(row.target, row.value, row.status)),
        "computed": _text(value.number) if row.official and value.data_version.partition("/")[0] not in ABOVE else "",
        "official": row.official.paper if row.official else "",
        "judged": _text(status.judged),
        "class": status.code,
        "word": status.word,
        "reason": status.reason or value.reason,
        "tile_reason": wording.tile_reason(status.reason or value.reason),
        "note": "" if row.room and status.note == row.room.sentence else wording.spoken(status.note),
        "period": str(value.period),
        "period_words": value.period.words,
        "valid": value.n_valid,
        "expected": value.n_expected,
        "flags": [wording.spoken(flag) for flag in value.flags],
        "rules": list(value.rules),
        "inputs": value.inputs,
        "address": value.address,
        "room": _room(row.room) if row.room else None,
        "tile_room": wording.tile_room(_room(row.room) if row.room else None),
        "why": step(value.why),
    }


ABOVE = ("official", "water-class")
"""Where a value comes from that is the level above's own figure, so that there is no second witness."""


def _room(room: Room) -> dict[str, Any]:
    return {
        "kind": room.kind,
        "outcome": room.outcome,
        "days_left": room.days_left,
        "rest": _text(room.rest),
        "rest_strict": _text(room.rest_strict),
        "rest_calendar": _text(room.rest_calendar),
        "bad_used": room.bad_used,
        "bad_left": room.bad_left,
        "bad_left_calendar": room.bad_left_calendar,
        "first_loss": room.first_loss.isoformat() if room.first_loss else "",
        "last_open": room.last_open.isoformat() if room.last_open else "",
        "last_year": _text(room.last_year),
        "sentence": wording.spoken(room.sentence),
    }


def step(node: Step) -> dict[str, Any]:
    """A node of an explanation with all that is below it."""
    return {
        "text": wording.spoken(node.text),
        "figure": node.figure,
        "clause": node.clause,
        "rule": node.rule,
        "confidence": node.confidence,
        "address": node.address,
        "below": [step(child) for child in node.below],
    }


def _courses(ws: Workspace, board: Board) -> Iterable[tuple[str, dict[str, Any]]]:
    """The courses of the targets that have one; a figure reported once a period has none."""
    for row in board.rows:
        if row.value.number is None:
            continue
        try:
            course = course_of(ws, row.target, board.as_of)
        except GuatuError:
            continue
        if course.days:
            yield row.target.id, _course(course)


def _course(course: Course) -> dict[str, Any]:
    bad = Counter(p.split(",")[0] for p, good in zip(course.primary, course.good, strict=True) if good is False and p)
    return {
        "unit": unit_sign(course.unit),
        "days": [day.isoformat() for day in course.days],
        "daily": [_text(n) or None for n in course.daily],
        "running": [_text(n) or None for n in course.cumulative],
        "aqi": list(course.aqi),
        "level": list(course.level),
        "primary": [wording.pollutants(text) for text in course.primary],
        "limit": _limit(course),
        "last_year": [_text(n) or None for n in course.last_year],
        "before_days": [day.isoformat() for day, _ in course.before],
        "before": [_text(n) or None for _, n in course.before],
        "bad_by": [[wording.POLLUTANTS.get(name, name), number] for name, number in bad.most_common()],
        "parts": [part.scope for part in course.parts],
    }


def _limit(course: Course) -> int | None:
    """The daily figure above which a day is marked: the AQI of a good day, or the item's limit of the day."""
    if course.indicator in GOOD_DAYS:
        return good_aqi()
    rule = f"gb3095.{AIR[course.indicator].item}.day"
    return int(rules.at(rule, course.days[-1]).value["II"]) if any(rules.every(rule)) else None


def _place(ws: Workspace, plan: Plan, place: Any, year: int) -> dict[str, Any]:
    figures = []
    for indicator, label in PLACE_FIGURES:
        value = _value_or_none(ws, plan, f"{indicator}/{place.name}/{year}")
        if value is not None and value.number is not None:
            unit = unit_sign(value.unit)
            figures.append(
                {"id": indicator, "label": label, "figure": _text(value.number), "unit": unit, "address": value.address}
            )
    return {
        "code": place.code,
        "name": place.name,
        "kind": place.kind,
        "neighbours": list(place.neighbours),
        "east": place.east,
        "north": place.north,
        "figures": figures,
    }


def _value_or_none(ws: Workspace, plan: Plan, address: str) -> Value | None:
    try:
        return value_at(ws, plan, address)
    except GuatuError:
        return None


def _text(number: Decimal | int | None) -> str:
    """A number as people write it, every digit kept; nothing for none."""
    return "" if number is None else f"{number:f}" if isinstance(number, Decimal) else str(number)


def _numbers(value: Decimal | tuple[Decimal, Decimal] | None) -> str:
    return "～".join(_text(part) for part in value) if isinstance(value, tuple) else _text(value)
