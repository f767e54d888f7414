"""The registers in the office: begun from the plan, entries added and moved on, decisions turned into measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from guatu.act.breakdown_gaps import asked_of
from guatu.act.registers import Register, checked, registers
from guatu.errors import ActError, Fault
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, records, snapshots

PAGES = {
    "papers": "paper",
    "sessions": "meeting",
    "meetings": "item",
    "receipts": "receipt",
    "projects": "project",
}
"""Page, which is also the name of the command → register."""
LINKS = {("item", "meeting"), ("project", "measure"), ("project", "target")}
"""Columns that name something else, so that it must exist: (register, column)."""
Found = Mapping[str, Mapping[str, str]]


def of_page(page: str) -> Register:
    """The register of a page."""
    return registers()[PAGES[page]]


def add(
    register: Register, said: Mapping[str, str], person: str, *, acting_for: str = "", moment: datetime | None = None
) -> str:
    """Add an entry; returns its number, which is never used again."""
    after = checked(register, {}, said)
    _linked(register, after)
    taken = [int(name[len(register.code) :]) for name in records.of_kind(register.id)]
    name = f"{register.code}{max(taken, default=0) + 1:03d}"
    records.change(
        f"{register.id}/{name}", f"登记{register.title}", after, person=person, acting_for=acting_for, moment=moment
    )
    return name


def change(
    register: Register, name: str, said: Mapping[str, str], person: str, reason: str = "", seen: int | None = None,
    moment: datetime | None = None,
) -> bool:  # fmt: skip
    """Change an entry or move it on. Raises ActError (G-OFFICE-32) where there is no such entry."""
    before = records.get(f"{register.id}/{name}")
    if not before:
        raise ActError.of(
            f"no {name}", "G-OFFICE-32", name, "没有这一条", "无从修改", f"在{register.title}里核对编号"
        )  # fmt: skip
    after = checked(register, before, said, reason)
    _linked(register, after)
    return records.change(
        f"{register.id}/{name}", f"更新{register.title}", after, person=person, reason=reason, seen=seen, whole=True,
        moment=moment,
    )  # fmt: skip


@transaction.atomic
def begin(ws: Workspace, person: str, moment: datetime | None = None) -> dict[str, int]:
    """Fill the registers of papers and receipts from the plan, once; returns how many were added to each."""
    plan, made = plan_of(ws), {"paper": 0, "receipt": 0}
    tasks = {task.id: task for task in plan.tasks}
    if not records.of_kind("paper"):
        for one in plan.papers:
            task = tasks.get(one.task)
            body = next(iter((*task.lead, *task.responsible, *task.units)), "") if task else ""
            origin = f"{one.outline.partition('#')[0].replace('/', '')} 第{one.span[0]}字" if one.span else one.outline
            said = {"name": one.name, "origin": origin, "body": body or "（文件未写明）"}
            add(registers()["paper"], said, person, moment=moment)
            made["paper"] += 1
    if not records.of_kind("receipt"):
        head = breakdowns.head()
        counties = [*head.get("counties", []), *head.get("zones", [])]
        notice = plan.head.doc_number or plan.head.title or "年度文件"
        for body in dict.fromkeys((*asked_of(breakdowns.rows(), counties), *counties)):
            said = {"body": body, "notice": notice, "plan_owed": "是" if body in counties else "否"}
            add(registers()["receipt"], said, person, moment=moment)
            made["receipt"] += 1
    return made


def _linked(register: Register, after: Mapping[str, str]) -> None:
    """What an entry names must exist. Raises ActError (G-OFFICE-62) with every name that does not."""
    faults = []
    for kind, column in sorted(LINKS):
        named = [one for one in after.get(column, "").replace("，", "、").split("、") if one]
        if kind != register.id or not named:
            continue
        there = _names(column)
        title = register.fields[column].title
        faults += [
            Fault("G-OFFICE-62", f"{register.title} {title}", f"没有“{one}”", "对不上就查不到", f"核对{title}的编号")
            for one in named
            if one not in there
        ]
    if faults:
        raise ActError("links to nothing", faults)


def _names(column: str) -> set[str]:
    if column == "measure":
        return {row.id for row in breakdowns.rows()}
    if column == "meeting":
        return set(records.of_kind("meeting"))
    return {target.id for target in plan_of(snapshots.opened()).targets}


@dataclass(frozen=True, slots=True)
class Move:
    """An entry to be moved one step on: its number, words, state before and after, what hinders it."""

    name: str
    words: str
    before: str
    after: str
    faults: tuple[Fault, ...]
    changes: Mapping[str, str]


def moves(register: Register, names: Sequence[str], on: str) -> list[Move]:
    """What moving entries to their next states would do; on: the day written where the next state asks for one."""
    found = []
    for name in dict.fromkeys(names):
        entry = records.get(f"{register.id}/{name}")
        if not entry:
            continue
        after = register.after(entry["state"])
        days = [one for one in register.needs.get(after, ()) if register.fields[one].kind == "date"]
        said = {"state": after, **{one: on for one in days if on and not entry.get(one)}}
        try:
            if not after:
                raise ActError.of("at the end", "G-OFFICE-66", name, "已是最后一步", "没有下一步", "不选它")
            checked(register, entry, said)
            faults: tuple[Fault, ...] = ()
        except ActError as error:
            faults = error.faults
        found.append(Move(name, entry[register.lead], entry["state"], after, faults, said))
    return found


@transaction.atomic
def move_all(register: Register, plan: Sequence[Move], person: str) -> None:
    """Move every entry of a plan on, or none."""
    for one in plan:
        change(register, one.name, one.changes, person, "批量到下一步")


def last_change(register: Register, name: str) -> Any:
    """The entry of the log that changed an entry last, None where it was only registered."""
    found = records.history(f"{register.id}/{name}")
    return found[0] if len(found) > 1 else None


def undo(register: Register, name: str, person: str, reason: str = "") -> None:
    """Take the last change of an entry back; the log keeps both. Raises ActError (G-OFFICE-32) where there is none."""
    last, now = last_change(register, name), records.get(f"{register.id}/{name}")
    if last is None or not now:
        raise ActError.of(f"no change of {name}", "G-OFFICE-32", name, "没有可撤销的改动", "登记本身不撤", "核对留痕")
    before = {key: value for key, value in now.items() if key not in last.new} | last.old
    before = {key: value for key, value in before.items() if value is not None}
    why = reason.strip() or "撤销上一次改动"
    records.change(f"{register.id}/{name}", "撤销改动", before, person=person, reason=why, whole=True)


@transaction.atomic
def all_to_measures(person: str, moment: datetime | None = None) -> list[str]:
    """Make a measure of every decision and instruction that is none yet; returns their numbers."""
    waiting = [name for name, item in records.of_kind("item").items() if not item.get("measure")]
    return [to_measure(name, person, moment) for name in waiting]


@transaction.atomic
def to_measure(name: str, person: str, moment: datetime | None = None) -> str:
    """Make a measure of a decision or instruction, its source kept; returns the measure's number."""
    register = registers()["item"]
    item = records.get(f"item/{name}")
    if not item or item.get("measure"):
        what = f"已列为 {item['measure']}" if item else "没有这一条"
        raise ActError.of(f"{name}: {what}", "G-OFFICE-33", name, what, "不重复列", "在分解表里查看")
    source = f"{item['kind']}：{item['origin']}（{item['on']}）{name}"
    said: dict[str, Any] = {"node": item.get("due", ""), "lead": item["body"], "text": item["text"], "source": source}
    measure = breakdowns.add(f"M-{name}", said, person, moment)
    change(register, name, {"measure": measure}, person, "列为措施", moment=moment)
    return measure
