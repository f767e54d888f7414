"""What stands beside the rows of the picture of a day: chance, months, sections, warnings, checks, weather, changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from guatu.judge.authority import compared, levels_of
from guatu.judge.board import Board, Row, board_of
from guatu.judge.changes import changes_between
from guatu.judge.charged import charged_with
from guatu.judge.evaluation import evaluated
from guatu.judge.outlook import Outlook
from guatu.judge.room_below import rooms_below
from guatu.judge.sections_now import SectionMonth, roman, sections_now
from guatu.judge.through_the_year import through_the_year
from guatu.judge.versions import plan_on, versions_of
from guatu.judge.warn import Alert, told_on
from guatu.load.sections import sections_of
from guatu.load.weather import Product
from guatu.load.workspace import Workspace
from guatu.office import wording
from guatu.read.plan import Plan

CHANGES = 12  # of a day that the wall can show


def beside_row(ws: Workspace, plan: Plan, row: Row, year: int, as_of: date) -> dict[str, Any]:
    """Of one target: its chance, the room of its counties or sections, who works on it, its months and quarters."""
    return {
        "charged": [
            {"code": one.task.id, "title": one.task.title, "body": one.body, "why": one.why}
            for one in charged_with(plan, row.target)
        ],
        "chance": chance(row.chance),
        "below": rooms_below(ws, row, as_of, None),
        "stretches": [
            {
                "words": one.period.words,
                "period": str(one.period),
                "figure": _text(one.number),
                "last_year": _text(one.last_year),
                "source": one.source,
                "address": one.address,
            }
            for one in through_the_year(ws, row.target, year, as_of)
        ],
    }


def beside_all(ws: Workspace, plan: Plan, board: Board) -> dict[str, Any]:
    """Of the whole day: warnings (said by this), checks of levels, plans over years, weather, sections, changes."""
    as_of = board.as_of
    told = told_on(ws, plan, as_of, board)
    in_force = plan_on(plan, versions_of(ws), as_of)
    return {
        "alerts": {name: [_alert(one) for one in getattr(told, name)] for name in ("new", "standing", "gone")},
        "checks": [
            {"target": one.target, "word": one.word, "text": one.text}
            for one in compared(ws, in_force, levels_of(ws), as_of)
        ],
        "evaluation": list(_evaluation(ws, plan, as_of)),
        "weather": [_product(one) for one in board.weather],
        "sections": [_section(ws, one) for one in sections_now(ws, as_of)],
        "lists": {row.target.scope: _sections_in(ws, row.target.scope, as_of) for row in board.rows},
        "changes": _changes(ws, plan, board),
        "since": (as_of - timedelta(days=1)).isoformat(),
    }


def chance(outlook: Outlook | None) -> dict[str, Any] | None:
    """What may be shown of an outlook; its quantiles as text, for drawing."""
    if outlook is None:
        return None
    return {
        "shown": outlook.shown,
        "aspired": outlook.aspired_shown,
        "word": outlook.word,
        "expected": outlook.expected,
        "span": outlook.span,
        "record": outlook.record,
        "reason": outlook.reason,
        "notes": list(outlook.notes),
        "lines": list(outlook.lines()),
        "ends": ["" if one is None else f"{one:.3f}" for one in (outlook.p10, outlook.mean, outlook.p90)],
        "outer": ["" if one is None else f"{one:.3f}" for one in (outlook.p025, outlook.p975)],
    }


def _alert(one: Alert) -> dict[str, Any]:
    return {
        "trigger": one.trigger,
        "title": one.title,
        "subject": one.subject,
        "text": wording.spoken(one.text),
        "told": list(one.told),
        "can": list(one.can),
        "since": one.since.isoformat() if one.since else "",
    }


def _evaluation(ws: Workspace, plan: Plan, as_of: date) -> Iterable[dict[str, Any]]:
    for one in evaluated(ws, plan, as_of):
        yield {
            "indicator": one.indicator,
            "name": one.name,
            "scope": one.scope,
            "unit": one.unit,
            "path": one.path,
            "paper": one.paper,
            "base": one.base,
            "target": _text(one.target),
            "way": [{"year": year, "required": _text(asked)} for year, asked in one.way],
            "sentence": one.sentence,
            "code": one.state.code if one.state else "undecided",
            "word": one.state.word if one.state else "没有数",
            "years": [
                {
                    "year": each.year,
                    "required": _text(each.required),
                    "value": _text(each.value),
                    "code": each.code,
                    "word": each.word,
                    "reason": each.reason,
                    "address": f"{one.indicator}/{one.scope}/{each.year}",
                }
                for each in one.years
            ],
        }


def _product(one: Product) -> dict[str, str]:
    aqi = "" if one.high is None else f"{one.high}" if one.low in (None, one.high) else f"{one.low}～{one.high}"
    return {
        "product": one.product,
        "place": one.place,
        "period": one.period.words,
        "grade": one.grade,
        "aqi": aqi,
        "text": one.text,
        "paper": one.paper,
        "issued": one.issued.isoformat(),
    }


def _section(ws: Workspace, one: SectionMonth) -> dict[str, Any]:
    place = ws.city.place(one.section.place)
    return {
        "id": one.section.id,
        "name": one.section.name,
        "kind": one.section.kind,
        "river": one.section.river,
        "place": place.name if place else one.section.place,
        "aim": roman(one.section.aim or None),
        "grade": roman(one.grade),
        "factors": one.factors,
        "source": one.source,
        "before": roman(one.before),
        "year_ago": roman(one.year_ago),
        "state": {True: "missed", False: "met", None: "undecided"}[one.missed],
        "month": one.month.words,
        "lists": list(one.lists),
    }


def _sections_in(ws: Workspace, scope: str, day: date) -> list[str]:
    listed = sections_of(ws).list_of(scope, day)
    return list(listed.sections) if listed else []


def _changes(ws: Workspace, plan: Plan, board: Board) -> list[dict[str, Any]]:
    """Against the day before, as it was known then; figures that moved without more come last and are cut."""
    before = board_of(ws, plan, board.as_of - timedelta(days=1), explained=False)
    found = changes_between(before, board)[:CHANGES]
    return [{"target": one.target, "kind": one.kind, "text": one.text, "worse": one.worse} for one in found]


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
