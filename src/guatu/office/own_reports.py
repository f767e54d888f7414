"""Reporting by account: the contact person fills in, the head approves or returns; approved rows are stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from guatu.act.collection import CONTENT, Cell, Line, Returned
from guatu.act.collection_checking import check, is_blank
from guatu.errors import ActError, Fault
from guatu.load import words
from guatu.office import collecting, records

FILLING, SENT, RETURNED, REPORTED = "填报中", "送审", "退回", "已报"


def period_of(body: str) -> str:
    """The newest period in which the body was asked, empty where it never was."""
    asked = (name for name, data in records.of_kind("collection").items() if body in data["asked"])
    return max(asked, default="")


def draft(period: str, body: str) -> dict[str, Any]:
    """What the body has filled in so far: its rows, status, and the reason it was returned for."""
    return {"rows": {}, "status": FILLING, **records.get(f"draft/{period}/{body}")}


def save(
    period: str, body: str, rows: Mapping[str, Mapping[str, str]], person: str, status: str = FILLING,
    moment: datetime | None = None,
) -> None:  # fmt: skip
    """Keep what was filled in, as a draft or sent to the head."""
    own = {one.measure for one in collecting.asked(period)[body]}
    kept = {
        measure: {name: value.strip() for name, value in said.items() if name in CONTENT and value.strip()}
        for measure, said in rows.items()
        if measure in own
    }
    said = {"rows": {measure: said for measure, said in kept.items() if said}, "status": status, "reason": None}
    act = "送负责人审核" if status == SENT else "保存草稿"
    records.change(f"draft/{period}/{body}", act, said, person=person, moment=moment)


def give_back(period: str, body: str, person: str, reason: str, moment: datetime | None = None) -> None:
    """The head returns what was sent to him. Raises ActError (G-OFFICE-34): nothing sent, or no reason given."""
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
    said = draft(period, body)
    if said["status"] != SENT:
        raise ActError.of(
            "not sent", "G-OFFICE-34", f"{body} {period}", "还没有送审", "两个人各把一关", "先由联络员送审"
        )
    asked = {one.measure: one for one in collecting.asked(period)[body]}
    lines = {
        measure: Line(number, {name: Cell(raw, words.number(raw), words.day(raw)) for name, raw in row.items()})
        for number, (measure, row) in enumerate(said["rows"].items(), 1)
        if measure in asked
    }
    sheet = Returned("网页填报", "", tuple(lines.values()), {})
    found = {measure: check(sheet, line, asked[measure], day) for measure, line in lines.items() if not is_blank(line)}
    faults = [
        Fault(fault.code, f"{measure} {asked[measure].text[:16]}", fault.what, fault.why, fault.remedy)
        for measure, checked in found.items()
        for _, fault in checked.faults
    ]
    if faults:
        raise ActError("rows have faults", faults)
    before = collecting.stored(period)
    for measure, checked in found.items():
        if before.get((body, measure), {}).get("said") == checked.said:
            continue
        row = {"said": dict(sorted(checked.said.items())), "received": day.isoformat(), "file": "网页填报", "line": 0}
        records.change(
            f"report/{period}/{body}/{measure}", "报进展", row, person=person, whole=True, moment=moment
        )  # fmt: skip
    subject = f"return/{period}/{body}"
    if found and not records.get(subject):
        late = max(0, (day - collecting.due_of(period)).days)
        records.change(subject, "收到报表", {"first": day.isoformat(), "late": late}, person=person, moment=moment)
    records.change(f"draft/{period}/{body}", "审核通过", {"status": REPORTED}, person=person, moment=moment)
    return len(found)
