"""A month's collection in the office: who was asked what, the heap reviewed, the rows stored once, who is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from guatu.act import collection_late
from guatu.act.breakdown_gaps import asked_of
from guatu.act.collection import Asked
from guatu.act.collection_late import Standing
from guatu.act.deadlines import Term
from guatu.act.duty_states import DONE, VERIFYING
from guatu.act.working_days import Calendar
from guatu.base.period import Period
from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, collecting_figures, records, snapshots
from guatu.office.models import Duty
from guatu.office.people import bodies
from guatu.report.duty_sheet import duty_sheet
from guatu.report.reminder_letter import reminder_letter

USUAL = Term(days=5, working=True, first_day_counts=False)
"""When sheets are due if nobody says otherwise: the fifth working day after the period."""


def usual_due(period: str) -> date:
    """The fifth working day after a period. Raises ActError (G-ACT-01) where the year's holidays are unknown."""
    return USUAL.end(Period.of(period).last, Calendar.official())


def begin(
    period: str, due: date, person: str, senders: Sequence[str] = (), moment: datetime | None = None,
    figures: Mapping[str, Sequence[Sequence[str]]] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Fix who is asked what for a period; asked again, units not asked before are added. Returns all senders.

    figures: body → what it owes besides its measures (see collecting_figures.owed). Raises ActError: G-OFFICE-21 no
    breakdown yet, G-OFFICE-22 a unit that owes nothing.
    """
    Period.of(period)
    every = asked_of(breakdowns.rows(), breakdowns.head().get("counties", []))
    owed = figures or {}
    if not every:
        raise _fault("G-OFFICE-21", "收表", "还没有任务分解", "不知该向谁收什么", "先运行 guatu duties begin")
    if strange := [one for one in senders if one not in every and one not in owed]:
        raise _fault("G-OFFICE-22", "、".join(strange), "分解表里没有它的任务", "没有可报的", "核对单位名称")
    chosen = {name: rows for name, rows in every.items() if not senders or name in senders}
    before = records.get(f"collection/{period}")
    fresh = {name: [[row.id, part] for row, part in rows] for name, rows in chosen.items()}
    numbers = {name: [list(one) for one in told] for name, told in owed.items() if not senders or name in senders}
    said = {
        "due": before.get("due") or due.isoformat(),
        "asked": {**fresh, **before.get("asked", {})},
        "figures": {**numbers, **before.get("figures", {})},
    }
    there = {*said["asked"], *said["figures"]}
    said["order"] = [name for name in dict.fromkeys((*every, *owed, *sorted(there))) if name in there]
    records.change(f"collection/{period}", "发出报送表", said, person=person, moment=moment)
    return tuple(dict.fromkeys((*chosen, *numbers)))


def due_of(period: str) -> date:
    """When a collection's sheets are due. Raises ActError (G-OFFICE-23) where none was sent out for the period."""
    said = records.get(f"collection/{period}")
    if not said:
        raise _fault("G-OFFICE-23", f"{period} 收表", "还没有发出报送表", "没有可对照的", "先运行 guatu collect send")
    return date.fromisoformat(said["due"])


def asked(period: str) -> dict[str, tuple[Asked, ...]]:
    """What every unit was asked, with what it had said in the period before."""
    due_of(period)
    said = records.get(f"collection/{period}")
    told = {sender: said["asked"][sender] for sender in _senders(said) if sender in said["asked"]}
    rows = {row.id: row for row in breakdowns.rows()}
    titles = dict(Duty.objects.values_list("code", "title"))
    renamed = bodies.namesakes()
    last: dict[tuple[str, str], Mapping[str, str]] = {}
    for subject, data in sorted(records.of_kind("report").items()):
        month, sender, measure = subject.split("/", 2)
        if month < period:
            last |= {(name, measure): data["said"] for name in renamed.get(sender, (sender,))}
    return {
        sender: tuple(
            Asked(
                measure, row.text, titles.get(row.task, ""), part, row.node, row.node_text, row.quantity, row.unit,
                row.done, last.get((sender, measure), {}),
            )
            for measure, part in wanted
            if (row := rows.get(measure))
        )
        for sender, wanted in told.items()
    }  # fmt: skip


def _senders(said: Mapping[str, Any]) -> list[str]:
    """The units of a collection in the order of the notice; a database does not keep the order of keys."""
    there = dict.fromkeys((*said.get("asked", {}), *said.get("figures", {})))
    return said.get("order") or list(there)


def figures_asked(period: str) -> dict[str, list[str]]:
    """Body → ids of the figures asked of it with its measures."""
    told = records.get(f"collection/{period}").get("figures", {})
    return {sender: [name for name, _ in figures] for sender, figures in told.items()}


def _figure_texts(period: str) -> dict[str, str]:
    """Id of a figure asked → its words."""
    told = records.get(f"collection/{period}").get("figures", {})
    return {name: words for figures in told.values() for name, words in figures}


def everything(ws: Workspace, period: str) -> dict[str, tuple[Asked, ...]]:
    """Measures, then figures, asked of every unit."""
    measures, figures = asked(period), collecting_figures.asked(ws, figures_asked(period))
    order = _senders(records.get(f"collection/{period}"))
    return {name: (*measures.get(name, ()), *figures.get(name, ())) for name in order}


def sheets(ws: Workspace, period: str, senders: Sequence[str] = ()) -> dict[str, bytes]:
    """File name → workbook, one a unit, with its measures and its figures."""
    due, measures = due_of(period), asked(period)
    figures = collecting_figures.asked(ws, figures_asked(period))
    return {
        f"{sender}-工作进展-{period}.xlsx": duty_sheet(
            sender, period, due, measures.get(sender, ()), ws.demo, figures.get(sender, ()), ws.cards
        )
        for sender in _senders(records.get(f"collection/{period}"))
        if not senders or sender in senders
    }


def stored_figures(period: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Figures on record for a period, by (sender, id)."""
    return _stored("figure", period)


def stored(period: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What is on record for a period, by (sender, measure)."""
    return _stored("report", period)


def _stored(kind: str, period: str, at: date | None = None) -> dict[tuple[str, str], dict[str, Any]]:
    found = {}
    for name, data in records.of_kind(kind, at).items():
        month, sender, measure = name.split("/", 2)
        if month == period:
            found[sender, measure] = data
    return found


def standings(period: str, day: date, at: date | None = None) -> tuple[Standing, ...]:
    """Every unit of a collection as of a day; at: as the records stood on a past day.

    A figure that came in by another door counts as given.
    """
    said = records.of_kind("collection", at).get(period)
    if not said:
        due_of(period)
    said = said or {}
    everyone = {
        sender: (
            *(Asked(measure, "", "", part) for measure, part in said.get("asked", {}).get(sender, ())),
            *(Asked(name, "", "", "填报") for name, _ in said.get("figures", {}).get(sender, ())),
        )
        for sender in _senders(said)
    }
    both = {**_stored("report", period, at), **_stored("figure", period, at)}
    reported: dict[tuple[str, str], object] = {
        key: data for key, data in both.items() if data["received"] <= day.isoformat()
    }
    if figures := {sender: [name for name, _ in told] for sender, told in said.get("figures", {}).items()}:
        reported |= collecting_figures.on_record(snapshots.opened(), figures, day)
    firsts = {}
    for name, data in records.of_kind("return", at).items():
        month, sender = name.split("/", 1)
        if month == period and data["first"] <= day.isoformat():
            firsts[sender] = date.fromisoformat(data["first"])
    due = date.fromisoformat(said["due"]) if said else day
    return collection_late.standings(everyone, reported, firsts, due, day)


def table(period: str, day: date) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The bulletin's table of a collection: a unit's reported rows by state, and how it reported."""
    words = {}
    for key, data in stored(period).items():
        word = data["said"]["state"]
        words[key] = VERIFYING if word == DONE and not data.get("verified") else word
    return collection_late.table(standings(period, day), words, day)


def texts(period: str) -> dict[str, str]:
    """The words of everything that may be asked: measures by their number, figures by their id."""
    return {**_figure_texts(period), **{row.id: row.text for row in breakdowns.rows()}}


def names_of(period: str, asked_for: Sequence[str]) -> list[str]:
    """How a person tells what was asked: a measure by its number, a figure by its words."""
    words = _figure_texts(period)
    return [words.get(name, name) for name in asked_for]


def owing(period: str, day: date) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Who has not reported and who was late, unit by task, as a table: heads and rows."""
    titles = dict(Duty.objects.values_list("code", "title"))
    tasks = {row.id: titles.get(row.task, "") or row.source for row in breakdowns.rows()}
    return collection_late.owing(standings(period, day), texts(period), tasks)


def reminders(period: str, day: date) -> dict[str, str]:
    """Unit → words of the reminder, for units that still owe rows."""
    due, words = due_of(period), texts(period)
    told = {one.sender: collection_late.reminder(one, period, due, words) for one in standings(period, day)}
    return {sender: text for sender, text in told.items() if text}


def letters(ws: Workspace, period: str, day: date) -> dict[str, bytes]:
    """File name → letter for signature, one a unit that still owes rows."""
    return {
        f"催报函-{sender}-{period}.docx": reminder_letter(ws.name, text, day, ws.demo)
        for sender, text in reminders(period, day).items()
    }


def to_verify(period: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Reported as done and not yet verified: sender, measure and what was said."""
    return [
        (sender, measure, data["said"])
        for (sender, measure), data in sorted(stored(period).items())
        if data["said"]["state"] == DONE and not data.get("verified")
    ]


@transaction.atomic
def verify(
    period: str, claims: Sequence[tuple[str, str]], person: str, day: date, moment: datetime | None = None
) -> int:
    """Verify what was reported as done, by (sender, measure); returns how many. Others are passed over."""
    waiting = {(sender, measure) for sender, measure, _ in to_verify(period)}
    return sum(
        records.change(
            f"report/{period}/{sender}/{measure}", "核实办结", {"verified": day.isoformat()}, person=person,
            moment=moment,
        )
        for sender, measure in claims
        if (sender, measure) in waiting
    )  # fmt: skip


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
