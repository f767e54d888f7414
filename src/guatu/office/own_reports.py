"""Reporting by account: the contact person fills in, the head approves or returns; approved rows are stored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from guatu.act.collection import CONTENT, Cell, Line, Returned, is_figure
from guatu.act.collection_checking import check, is_blank
from guatu.act.collection_heap import Candidate
from guatu.errors import ActError, Fault
from guatu.load import words
from guatu.load.workspace import Workspace
from guatu.office import collecting, collecting_figures, log, records, returned_figures, snapshots
from guatu.office.collecting_figures import AMOUNTS, WORDS

FILLING, SENT, RETURNED, REPORTED = "填报中", "送审", "退回", "已报"


def period_of(body: str) -> str:
    """The newest period in which the body was asked, empty where it never was."""
    told = records.of_kind("collection").items()
    asked = (name for name, data in told if body in data["asked"] or body in data.get("figures", {}))
    return max(asked, default="")


def draft(period: str, body: str) -> dict[str, Any]:
    """What the body has filled in so far: its rows, status, and the reason it was returned for."""
    return {"rows": {}, "status": FILLING, **records.get(f"draft/{period}/{body}")}


@transaction.atomic
def save(
    period: str, body: str, rows: Mapping[str, Mapping[str, str]], person: str, status: str = FILLING,
    moment: datetime | None = None,
) -> None:  # fmt: skip
    """Keep what was filled in, as a draft or sent to the head.

    Raises ActError (G-OFFICE-65) while the head has it: it must be withdrawn first.
    """
    log.hold()
    if draft(period, body)["status"] == SENT:
        raise ActError.of(
            "sent already", "G-OFFICE-65", f"{body} {period}", "已送负责人审核", "审的和改的会不是同一份", "先撤回再改"
        )
    own = {one.measure for one in collecting.asked(period).get(body, ())} | set(_figures(period, body))
    columns = {*CONTENT, *AMOUNTS, *WORDS}
    kept = {
        measure: {name: value.strip() for name, value in said.items() if name in columns and value.strip()}
        for measure, said in rows.items()
        if measure in own
    }
    said = {"rows": {measure: said for measure, said in kept.items() if said}, "status": status, "reason": None}
    act = "送负责人审核" if status == SENT else "保存草稿"
    records.change(f"draft/{period}/{body}", act, said, person=person, moment=moment)


def _figures(period: str, body: str) -> list[str]:
    return collecting.figures_asked(period).get(body, [])


@transaction.atomic
def withdraw(period: str, body: str, person: str, moment: datetime | None = None) -> None:
    """The contact person takes back what the head has not decided yet. Raises ActError (G-OFFICE-34): nothing sent."""
    log.hold()
    if draft(period, body)["status"] != SENT:
        raise ActError.of("not sent", "G-OFFICE-34", f"{body} {period}", "没有送审", "没有可撤回的", "核对填报的状态")
    records.change(f"draft/{period}/{body}", "撤回送审", {"status": FILLING}, person=person, moment=moment)


@transaction.atomic
def take_back(
    period: str, body: str, person: str, reason: str, day: date, act: str = "撤回报送", moment: datetime | None = None
) -> int:
    """Take a body's report of a period back, by its head or returned by the office; returns how many rows.

    The rows go to its draft, to be mended; the day its first sheet came does not change: late stays late. Raises
    ActError (G-OFFICE-64): nothing reported, no reason, or a row of it was verified already.
    """
    log.hold()
    ws = snapshots.opened()
    both = {**collecting.stored(period), **collecting.stored_figures(period)}
    mine = {measure: data for (sender, measure), data in both.items() if sender == body}
    verified = [measure for measure, data in mine.items() if data.get("verified")]
    if not mine or not reason.strip() or verified:
        what = "还没有报" if not mine else "没有写理由" if not verified else f"{'、'.join(verified)} 已核实"
        raise ActError.of(
            f"not taken back: {what}", "G-OFFICE-64", f"{body} {period}", what, "撤回、退回要说得清，核实过的不能动",
            "写明理由；核实过的请在分解表里说明",
        )  # fmt: skip
    for measure in mine:
        kind = "figure" if is_figure(measure) else "report"
        subject = f"{kind}/{period}/{body}/{measure}"
        records.change(subject, act, {}, person=person, acting_for=body, reason=reason, moment=moment, whole=True)
    figures = [(body, measure, {}) for measure in mine if is_figure(measure)]
    if figures:
        collecting_figures.take_back(ws, _as_file(ws, period, body, mine), figures, day, person, reason, moment)
    said = {"rows": {measure: data["said"] for measure, data in mine.items()}, "status": RETURNED, "reason": reason}
    records.change(f"draft/{period}/{body}", act, said, person=person, reason=reason, moment=moment)
    return len(mine)


@transaction.atomic
def give_back(period: str, body: str, person: str, reason: str, moment: datetime | None = None) -> None:
    """The head returns what was sent to him. Raises ActError (G-OFFICE-34): nothing sent, or no reason given."""
    log.hold()
    if draft(period, body)["status"] != SENT or not reason.strip():
        what = "没有写理由" if not reason.strip() else "还没有送审"
        raise ActError.of("not returned", "G-OFFICE-34", f"{body} {period}", what, "退回要说得清", "写明要改什么")
    said = {"status": RETURNED, "reason": reason}
    records.change(f"draft/{period}/{body}", "退回", said, person=person, reason=reason, moment=moment)


@transaction.atomic
def approve(period: str, body: str, person: str, day: date, moment: datetime | None = None) -> int:
    """The head approves: sound rows are stored as reported by the body; returns how many.

    Raises ActError: G-OFFICE-34 nothing was sent to him; every faulty cell at once, and nothing is stored then.
    """
    log.hold()
    said = draft(period, body)
    if said["status"] != SENT:
        raise ActError.of(
            "not sent", "G-OFFICE-34", f"{body} {period}", "还没有送审", "两个人各把一关", "先由联络员送审"
        )
    ws = snapshots.opened()
    asked = {one.measure: one for one in collecting.everything(ws, period)[body]}
    rows = {measure: row for measure, row in said["rows"].items() if measure in asked}
    sheet = Returned("网页填报", "", (), {})
    lines = {
        measure: Line(number, {name: Cell(raw, words.number(raw), words.day(raw)) for name, raw in row.items()})
        for number, (measure, row) in enumerate(rows.items(), 1)
        if not is_figure(measure)
    }
    lines |= returned_figures.of_form(ws, {name: row for name, row in rows.items() if is_figure(name)}, day)
    found = {measure: check(sheet, line, asked[measure], day) for measure, line in lines.items() if not is_blank(line)}
    faults = [
        Fault(fault.code, asked[measure].text[:40], fault.what, fault.why, fault.remedy)
        for measure, checked in found.items()
        for _, fault in checked.faults
    ]
    if faults:
        raise ActError("rows have faults", faults)
    before = {**collecting.stored(period), **collecting.stored_figures(period)}
    numbers = []
    for measure, checked in found.items():
        earlier = before.get((body, measure), {}).get("said")
        if earlier == checked.said:
            continue
        row = {"said": dict(sorted(checked.said.items())), "received": day.isoformat(), "file": "网页填报", "line": 0}
        kind, act = ("figure", "报数据") if is_figure(measure) else ("report", "报进展")
        records.change(f"{kind}/{period}/{body}/{measure}", act, row, person=person, whole=True, moment=moment)
        if is_figure(measure):
            known = earlier or collecting_figures.on_record(ws, {body: [measure]}).get((body, measure), {})
            numbers.append(Candidate(body, measure, "", "", 0, row["said"], before=known))
    if numbers:
        file = _as_file(ws, period, body, {one.measure: {"said": one.said} for one in numbers})
        named = [replace(one, file=file.name) for one in numbers]
        collecting_figures.store(ws, file.parent, named, day, person, moment)
    subject = f"return/{period}/{body}"
    if found and not records.get(subject):
        late = max(0, (day - collecting.due_of(period)).days)
        records.change(subject, "收到报表", {"first": day.isoformat(), "late": late}, person=person, moment=moment)
    records.change(f"draft/{period}/{body}", "审核通过", {"status": REPORTED}, person=person, moment=moment)
    return len(found)


def _as_file(ws: Workspace, period: str, body: str, rows: Mapping[str, Mapping[str, Any]]) -> Path:
    """What was filled in on the page as a file among the proof, so that a batch of figures has one to go back to."""
    lines = [f"{body} {period} 网页填报"]
    lines += [f"{measure}\t{name}\t{value}" for measure, row in rows.items() for name, value in row["said"].items()]
    content = "\n".join(lines).encode()
    path = ws.folder / "proof" / f"{hashlib.sha256(content).hexdigest()}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path
