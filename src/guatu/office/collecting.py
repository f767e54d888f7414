"""A month's collection in the office: who was asked what, the heap reviewed, the rows stored once, who is late."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from guatu.act import collection_late
from guatu.act.breakdown_gaps import asked_of
from guatu.act.collection import Asked
from guatu.act.collection_answers import landing
from guatu.act.collection_heap import Candidate, Review, review_of
from guatu.act.collection_late import Standing
from guatu.act.deadlines import Term
from guatu.act.duty_states import DONE, VERIFYING
from guatu.act.working_days import Calendar
from guatu.base.period import Period
from guatu.errors import ActError, Fault
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, records
from guatu.office.models import Duty
from guatu.office.returned import open_heap
from guatu.report.duty_sheet import duty_sheet

USUAL = Term(days=5, working=True, first_day_counts=False)
"""When sheets are due if nobody says otherwise: the fifth working day after the period."""
SUFFIXES = (".xlsx", ".xls", ".csv", ".xlsm")


@dataclass(frozen=True, slots=True)
class Heap:
    """A heap of files opened and reviewed; faults: files that are no sheet at all."""

    id: str
    files: tuple[tuple[str, str], ...]
    review: Review
    faults: tuple[Fault, ...]


def usual_due(period: str) -> date:
    """The fifth working day after a period. Raises ActError (G-ACT-01) where the year's holidays are unknown."""
    return USUAL.end(Period.of(period).last, Calendar.official())


def begin(
    period: str, due: date, person: str, senders: Sequence[str] = (), moment: datetime | None = None
) -> tuple[str, ...]:
    """Fix who is asked what for a period; asked again, units not asked before are added. Returns all senders.

    Raises ActError: G-OFFICE-21 no breakdown yet, G-OFFICE-22 a unit that owes nothing.
    """
    Period.of(period)
    every = asked_of(breakdowns.rows(), breakdowns.head().get("counties", []))
    if not every:
        raise _fault("G-OFFICE-21", "收表", "还没有任务分解", "不知该向谁收什么", "先运行 guatu duties begin")
    if strange := [one for one in senders if one not in every]:
        raise _fault("G-OFFICE-22", "、".join(strange), "分解表里没有它的任务", "没有可报的", "核对单位名称")
    chosen = {name: rows for name, rows in every.items() if not senders or name in senders}
    before = records.get(f"collection/{period}")
    fresh = {name: [[row.id, part] for row, part in rows] for name, rows in chosen.items()}
    asked = {**fresh, **before.get("asked", {})}
    said = {"due": before.get("due") or due.isoformat(), "asked": asked}
    records.change(f"collection/{period}", "发出报送表", said, person=person, moment=moment)
    return tuple(chosen)


def due_of(period: str) -> date:
    """When a collection's sheets are due. Raises ActError (G-OFFICE-23) where none was sent out for the period."""
    said = records.get(f"collection/{period}")
    if not said:
        raise _fault("G-OFFICE-23", f"{period} 收表", "还没有发出报送表", "没有可对照的", "先运行 guatu collect send")
    return date.fromisoformat(said["due"])


def asked(period: str) -> dict[str, tuple[Asked, ...]]:
    """What every unit was asked, with what it had said in the period before."""
    due_of(period)
    told = records.get(f"collection/{period}")["asked"]
    rows = {row.id: row for row in breakdowns.rows()}
    titles = dict(Duty.objects.values_list("code", "title"))
    last: dict[tuple[str, str], Mapping[str, str]] = {}
    for name, data in sorted(records.of_kind("report").items()):
        month, sender, measure = name.split("/", 2)
        if month < period:
            last[sender, measure] = data["said"]
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


def sheets(ws: Workspace, period: str, senders: Sequence[str] = ()) -> dict[str, bytes]:
    """File name → workbook, one a unit."""
    due = due_of(period)
    return {
        f"{sender}-工作进展-{period}.xlsx": duty_sheet(sender, period, due, rows, ws.demo)
        for sender, rows in asked(period).items()
        if not senders or sender in senders
    }


def stored(period: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What is on record for a period, by (sender, measure)."""
    found = {}
    for name, data in records.of_kind("report").items():
        month, sender, measure = name.split("/", 2)
        if month == period:
            found[sender, measure] = data
    return found


def read(
    ws: Workspace, paths: Sequence[Path], period: str, received: date, answers: Mapping[str, str] | None = None
) -> Heap:
    """Review a heap of files; nothing is stored. Raises ActError (G-OFFICE-24) where there is no file to read."""
    files = sorted(path for path in paths if path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".")))
    if not files:
        raise _fault("G-OFFICE-24", "收表", "没有 xlsx、xls、csv 文件", "没有可汇总的", "把退回来的表放进同一个文件夹")
    everyone = asked(period)
    names = {written: body.name for body in ws.bodies for written in (body.name, *body.also)}
    names |= {name: name for name in everyone}
    tables, faults = open_heap(files, names)
    on_record = {key: data["said"] for key, data in stored(period).items()}
    hashes = tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files)
    name = hashlib.sha256("".join(sorted(one for _, one in hashes)).encode()).hexdigest()[:12]
    return Heap(name, hashes, review_of(tables, everyone, period, received, on_record, answers), tuple(faults))


@transaction.atomic
def confirm(heap: Heap, person: str, moment: datetime | None = None) -> tuple[Candidate, ...]:
    """Store the rows that may land, each as entered by its sender; returns them. The same heap again stores nothing."""
    review = heap.review
    due, rows = due_of(review.period), landing(review)
    for row in rows:
        said = {"said": dict(row.said), "received": review.received.isoformat(), "file": row.file, "line": row.line}
        act = "更正进展" if row.before else "收进展"
        records.change(
            f"report/{review.period}/{row.sender}/{row.measure}", act, said, person=person, acting_for=row.sender,
            moment=moment, whole=True,
        )  # fmt: skip
    for sender in {row.sender for row in rows} | {
        row.sender for row in review.rows if row.faulty and _sure(row, review)
    }:
        subject = f"return/{review.period}/{sender}"
        if not records.get(subject):
            late = max(0, (review.received - due).days)
            said = {"first": review.received.isoformat(), "late": late}
            records.change(subject, "收到报表", said, person=person, acting_for=sender, moment=moment)
    if rows:
        answers = {one.id: one.answer for one in review.questions if one.answer}
        before = records.get(f"heap/{review.period}/{heap.id}").get("rows", 0)
        said = {"files": [list(one) for one in heap.files], "answers": answers, "rows": before + len(rows)}
        records.change(f"heap/{review.period}/{heap.id}", "收表入账", said, person=person, moment=moment)
    return rows


def _sure(row: Candidate, review: Review) -> bool:
    """Whether the sheet of a row is certainly its sender's: no question of whose it is, or which period, is open."""
    given = {one.id: one for one in review.questions}
    return all(
        given[name].answer == wanted for name, wanted in row.wants if given[name].kind in ("是谁的表", "是哪一期")
    )


def keep_originals(ws: Workspace, heap: Heap, folder: Path) -> None:
    """Keep the files as they came among the proof, by their bytes."""
    (ws.folder / "proof").mkdir(exist_ok=True)
    for name, digest in heap.files:
        target = ws.folder / "proof" / f"{digest}{Path(name).suffix.lower()}"
        if not target.exists():
            target.write_bytes((folder / name).read_bytes())


def standings(period: str, day: date, at: date | None = None) -> tuple[Standing, ...]:
    """Every unit of a collection as of a day; at: as the records stood on a past day."""
    said = records.of_kind("collection", at).get(period)
    if not said:
        due_of(period)
    said = said or {}
    everyone = {
        sender: tuple(Asked(measure, "", "", part) for measure, part in wanted)
        for sender, wanted in said.get("asked", {}).items()
    }
    reported, firsts = {}, {}
    for name, data in records.of_kind("report", at).items():
        month, sender, measure = name.split("/", 2)
        if month == period and data["received"] <= day.isoformat():
            reported[sender, measure] = data
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


def reminders(period: str, day: date) -> dict[str, str]:
    """Unit → words of the reminder, for units that still owe rows."""
    due, texts = due_of(period), {row.id: row.text for row in breakdowns.rows()}
    told = {one.sender: collection_late.reminder(one, period, due, texts) for one in standings(period, day)}
    return {sender: text for sender, text in told.items() if text}


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


def with_answers(ws: Workspace, heap: Heap, folder: Path, answers: Mapping[str, str]) -> Heap:
    """The same heap read again with a person's answers. Raises ActError (G-OFFICE-25) for one that was not offered."""
    offered = {one.id: one for one in heap.review.questions}
    faults = [
        Fault(
            "G-OFFICE-25", offered[name].where, f"答“{said}”，不在可选的之内", "不知怎么收",
            f"从 {'、'.join(offered[name].choices)} 中选",
        )
        for name, said in answers.items()
        if name in offered and said not in offered[name].choices
    ]  # fmt: skip
    if faults:
        raise ActError("answers not offered", faults)
    again = read(ws, [folder / name for name, _ in heap.files], heap.review.period, heap.review.received, answers)
    return replace(again, id=heap.id)


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
