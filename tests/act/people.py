"""Bodies, people and papers shared by the tests of a problem's life."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from guatu.act import log
from guatu.act.ledger import Field, Ledger, Move, Need
from guatu.act.making import Signature
from guatu.act.problem import Paper, Person, Problem

UNIT, COUNTY, ACCEPTOR = "市住建局", "乐平市", "市生态环境局"
BODIES = {
    "unit": UNIT,
    "acceptor": ACCEPTOR,
    "office": "市环委办",
    "superior": "省整改办",
    "inspector": "市督察核查组",
    "third": "某监测公司",
}
PEOPLE = {
    "unit_contact": Person("单位联络员", frozenset({"unit_contact"}), frozenset({UNIT})),
    "unit_head": Person("单位负责人", frozenset({"unit_head"}), frozenset({UNIT})),
    "acceptor_contact": Person("核查人", frozenset({"acceptor_contact"}), frozenset({ACCEPTOR})),
    "acceptor_head": Person("验收负责人", frozenset({"acceptor_head"}), frozenset({ACCEPTOR})),
    "office_clerk": Person("经办", frozenset({"office_clerk"}), frozenset({"市环委办"})),
    "office_director": Person("主任", frozenset({"office_director"}), frozenset({"市环委办"})),
    "inspector": Person("督察员", frozenset({"inspector"}), frozenset({"市督察核查组"})),
}
START = date(2021, 4, 1)


def sign(person: Person, day: date, before: log.Entry | None, **more: Any) -> Signature:
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=log.BEIJING)
    return Signature(person, moment, before, **more)


def paper(need: Need, day: date, *, salt: str = "") -> Paper:
    """A paper as the need asks for it."""
    side = need.givers[0]
    name = f"{need.kind}-{side}-{day}-{salt}"
    number = "景环委办字〔2021〕1号" if need.numbered else ""
    return Paper(need.kind, side, BODIES[side], day, hashlib.sha256(name.encode()).hexdigest(), name, number)


def value_of(field: Field, day: date) -> Any:
    """Some value that fits a field."""
    match field.kind:
        case "date":
            return day.isoformat()
        case "number":
            return "12.5"
        case "whole":
            return "12"
        case "choice":
            return field.choices[0]
        case "choices":
            return [field.choices[0]]
        case "list" | "measures":
            return ["一项"]
        case "yesno":
            return "是"
        case _:
            return f"某{field.title}"


def opening(ledger: Ledger) -> dict[str, Any]:
    """The fields a problem is entered with: what the ledger requires."""
    return {one.id: value_of(one, START) for one in ledger.fields.values() if one.required} | {
        "text": "管网破损，雨天污水溢流",
        "source_no": ["SJ-12", "XF-3"],
    }


def given(ledger: Ledger, problem: Problem, move: Move, day: date) -> Mapping[str, Any]:
    """The fields a move asks for that the problem does not have, or that the move is made to change."""
    fields: dict[str, Any] = {name: value_of(ledger.fields[name], day) for name in move.fields}
    fields |= {"lead_unit": UNIT, "county": COUNTY, "acceptance_unit": ACCEPTOR} if move.id == "assign" else {}
    if "deadline" in move.fields:
        fields["deadline"] = (day + timedelta(days=30)).isoformat()
    if "publicity_from" in move.fields:
        fields |= {"publicity_from": day.isoformat(), "publicity_until": (day + timedelta(days=20)).isoformat()}
    return fields
