"""Generated problems of the demonstration: moved step by step by act itself, so that each has its papers and log."""

from __future__ import annotations

import json
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from guatu.act import log
from guatu.act.definition import ledgers
from guatu.act.ledger import Field, Ledger, Move, Need
from guatu.act.making import Signature, make, prepare, register
from guatu.act.measure_rows import DONE, FIELD, UNDER_WAY, Measure, measures_of, plain
from guatu.act.measures import settle
from guatu.act.problem import Paper, Person, Problem
from guatu.act.proof import identity
from guatu.act.working_days import Calendar
from guatu.demo.papers import file_of, name_of

ACCEPTOR = "市生态环境局"
GIVERS = {
    "office": "市环委办",
    "superior": "演示省级督察整改机构",
    "inspector": "演示核查组",
    "third": "演示监测机构",
    "public": "群众",
}
FILE = "problems.jsonl"
PROOF = "proof"
MARK = "演示数据，非实测"
PUBLIC = timedelta(days=18)
"""Calendar days that hold ten working days in any month of 2021."""
END_BEFORE = timedelta(days=6)


@dataclass(slots=True)
class Walk:
    """One problem on its way, its entries and its day."""

    ledger: Ledger
    problem: Problem
    entries: list[log.Entry]
    day: date
    pace: timedelta
    bodies: Mapping[str, str]
    files: dict[str, bytes] = field(default_factory=dict)

    def step(self, move: Move, due: str) -> None:
        """Make a move with generated papers and fields, by two hands where it asks for two."""
        until = self.problem.date_of(move.after) if move.after else None
        if len(self.problem.steps) > 1:  # what is entered is handed over the same day
            self.day += self.pace
        if until:
            self.day = max(self.day, until + timedelta(days=1))
        standing = self.problem.fields.get("deadline_kind") == "长期坚持"
        fields = {name: self._value(name, due) for name in move.fields if not (standing and name == "deadline")}
        papers = [self._paper(need) for need in move.papers]
        if move.prepared_by:
            self._done(prepare, move, move.prepared_by[0], papers=papers, fields=fields)
            papers, fields = [], {}
        self._done(make, move, move.who[0], papers=papers, fields=fields)
        if move.id == "finish":
            self._measures_done()

    def _measures_done(self) -> None:
        """What the plan promised is done, each measure proved by a paper of the last step."""
        proofs = [one.sha256 for one in self.problem.papers if one.used == len(self.problem.steps)]
        there = measures_of(self.problem.fields.get(FIELD))
        rows = [replace(one, state=DONE, proof=proofs[n % len(proofs)]) for n, one in enumerate(there)]
        role = "unit_contact"
        person = Person(f"演示{self.ledger.roles[role].title}", frozenset({role}), frozenset({self.bodies["unit"]}))
        by = Signature(person, _moment(self.day), self.entries[-1])
        self.problem, entry = settle(self.ledger, self.problem, rows, by, version=self.problem.version)
        self.entries.append(entry)

    def _done(self, doing: Any, move: Move, role: str, **said: Any) -> None:
        side = self.ledger.roles[role].side
        person = Person(f"演示{self.ledger.roles[role].title}", frozenset({role}), frozenset({self.bodies[side]}))
        by = Signature(person, _moment(self.day), self.entries[-1])
        self.problem, entry = doing(
            self.ledger, self.problem, move.id, by, version=self.problem.version, calendar=Calendar.official(), **said
        )
        self.entries.append(entry)

    def _paper(self, need: Need) -> Paper:
        side = need.givers[0]
        ending, content = file_of(need.kind, f"{self.problem.number}（第{len(self.entries)}笔）", self.day.isoformat())
        self.files[name_of(content, ending)] = content
        number = f"演示〔{self.day.year}〕{self.day.timetuple().tm_yday}号" if need.numbered else ""
        name = f"{need.kind}（{MARK}）{ending}"
        return Paper(need.kind, side, self.bodies[side], self.day, identity(content), name, number)

    def _value(self, name: str, due: str) -> Any:
        known = {
            "publicity_from": self.day.isoformat(),
            "publicity_until": (self.day + PUBLIC).isoformat(),
            "publicity_url": "https://example.invalid/",
            "progress": "已按方案推进，现场见照片（演示）",
        }
        if name == "deadline" and self.problem.fields.get("deadline"):
            moved = self.problem.state in ("整改中", "延期中") and self.problem.fields["deadline"] == due
            return (date.fromisoformat(due) + timedelta(days=60)).isoformat() if moved else due
        if name == FIELD:
            half = (self.day + (date.fromisoformat(due) - self.day) / 2).isoformat() if due else ""
            return plain(
                [Measure("查清成因，列出清单（演示）", self.bodies["unit"], half, "", UNDER_WAY, "清单报环委办"),
                 Measure("按方案施工（演示）", self.bodies["unit"], due, done_when="现场核查通过"),
                 Measure("建立巡查制度（演示）", str(self.problem.fields.get("county", "")), due, done_when="印发文件")]
            )  # fmt: skip
        present = self.problem.fields.get(name)
        return known.get(name) or present or _made_up(self.ledger.fields[name], self.day)


def problems() -> Iterator[Walk]:
    """Every generated problem at the end of its walk with its entries and files, in the order of entering."""
    document = tomllib.loads(files(__package__).joinpath("problems.toml").read_text(encoding="utf-8"))
    given: dict[str, int] = {}
    for group in document["group"]:
        ledger = ledgers()[group["ledger"]]
        more = group.get("more", [{}] * len(group["items"]))
        for n, (item, own) in enumerate(zip(group["items"], more, strict=True)):
            given[ledger.id] = given.get(ledger.id, 0) + 1
            yield _walked(ledger, given[ledger.id], n, group, item, own)


def add_problems(folder: Path) -> int:
    """Write the generated problems into a workspace's source folder, where the office takes them from.

    Their papers are real small files among the proofs of the workspace, each under its SHA-256.
    """
    proof = folder.parent / PROOF
    proof.mkdir(exist_ok=True)
    lines = []
    for walk in problems():
        item = walk.problem
        said = {"ledger": item.ledger, "number": item.number, "entries": [asdict(one) for one in walk.entries]}
        lines.append(json.dumps(said, ensure_ascii=False))
        for name, content in walk.files.items():
            (proof / name).write_bytes(content)
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(lines)


def _walked(
    ledger: Ledger, sequence: int, n: int, group: Mapping[str, Any], item: list[str], own: Mapping[str, Any]
) -> Walk:
    title, unit, county, due, state = item
    since: date = group["since"]
    codes = {"昌江区": "360202", "珠山区": "360203", "浮梁县": "360222", "乐平市": "360281"}
    fields = {
        "title": title,
        "text": f"{title}（{MARK}）",
        "county": county,
        "lead_unit": unit,
        "acceptance_unit": ACCEPTOR if unit != ACCEPTOR else "市环境监测中心",
        "leader": f"演示领导{'甲乙丙丁'[n % 4]}",
        "deadline_kind": "长期坚持" if state == "长期坚持" else "限期",
        "assigned_on": since.isoformat(),
        "source_no": [f"演示{ledger.code}-{n + 1}", *([f"演示第二批-{n + 1}"] if n % 6 == 5 else [])],
        "found_by": "省",
        "case_leader": "",
        **group["fields"],
        **own,
    }
    fields |= {
        name: _made_up(one, since) for name, one in ledger.fields.items() if one.required and not fields.get(name)
    }
    if "longitude" in fields:
        fields["longitude"] = f"{Decimal(fields['longitude']) + Decimal(4 * n) / 1000:.4f}"
    fields = {name: value for name, value in fields.items() if value and name in ledger.fields}
    fields |= {} if state == "长期坚持" else {"deadline": due}
    clerk = Person("演示环委办经办", frozenset({"office_clerk"}), frozenset({"市环委办"}))
    problem, entry = register(
        ledger, ledger.number(since.year, codes[county], sequence), fields, Signature(clerk, _moment(since), None)
    )
    way = _way(ledger, problem.state, state)
    last = min(date.fromisoformat(due), date(2021, 10, 8)) - END_BEFORE
    pace = max(timedelta(days=0), (last - since - PUBLIC) // max(1, len(way)))
    bodies = GIVERS | {"unit": unit, "acceptor": str(fields["acceptance_unit"])}
    walk = Walk(ledger, problem, [entry], since, pace, bodies)
    for move in way:
        walk.step(move, due)
    return walk


def _way(ledger: Ledger, origin: str, wanted: str) -> list[Move]:
    """The shortest way to a state, the ledger's moves in their order."""
    ways: deque[tuple[str, list[Move]]] = deque([(origin, [])])
    seen = {origin}
    while ways:
        state, way = ways.popleft()
        if state == wanted:
            return way
        for move in ledger.leaving[state]:
            if move.target not in seen and move.id not in ("merge", "untrue"):
                seen.add(move.target)
                ways.append((move.target, [*way, move]))
    raise ValueError(f"{ledger.id}: no way to {wanted}")


def _made_up(field: Field, day: date) -> Any:
    match field.kind:
        case "date":
            return day.isoformat()
        case "number" | "whole":
            return "10"
        case "choice":
            return field.choices[0]
        case "choices":
            return [field.choices[0]]
        case "list":
            return [f"演示{field.title}"]
        case "yesno":
            return "是"
        case _:
            return f"演示{field.title}"


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=log.BEIJING)
