"""Registers declared as data: papers owed, meetings, decisions and instructions, receipts, projects with money."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from guatu.errors import ActError, Fault

MONEY = ("central", "province", "city", "other")
"""The sources of a project's money; what is paid may not be more than they together."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column; money is in [万元], a file is the name it is kept under among the proof."""

    id: str
    title: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its columns, its states in order, what each state needs, which states owe nothing more.

    more: of these, states that still owe something where the column named says 是.
    """

    id: str
    code: str
    title: str
    lead: str
    fields: Mapping[str, Field]
    states: tuple[str, ...]
    closed: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]
    more: Mapping[str, str]

    def is_open(self, entry: Mapping[str, str]) -> bool:
        """Whether an entry still owes something."""
        state = entry.get("state", "")
        return state not in self.closed or entry.get(self.more.get(state, "")) == "是"

    def after(self, state: str) -> str:
        """The next state, empty at the end."""
        at = self.states.index(state) + 1
        return self.states[at] if at < len(self.states) else ""


@cache
def registers() -> Mapping[str, Register]:
    """Every register, by id."""
    document = tomllib.loads(files("guatu.act").joinpath("registers.toml").read_text(encoding="utf-8"))
    return {one["id"]: _register(one) for one in document["register"]}


def _register(one: Mapping[str, object]) -> Register:
    said: dict[str, object] = dict(one)
    columns: list[dict[str, object]] = said["field"]  # type: ignore[assignment]
    fields = [Field(**{**column, "choices": tuple(column.get("choices", ()))}) for column in columns]  # type: ignore[arg-type]
    needs: dict[str, list[str]] = said["needs"]  # type: ignore[assignment]
    return Register(
        str(said["id"]), str(said["code"]), str(said["title"]), str(said["lead"]), {one.id: one for one in fields},
        tuple(said["states"]), tuple(said["closed"]), {state: tuple(names) for state, names in needs.items()},  # type: ignore[arg-type]
        said.get("more", {}),  # type: ignore[arg-type]
    )  # fmt: skip


def checked(
    register: Register, before: Mapping[str, str], changes: Mapping[str, str], reason: str = ""
) -> dict[str, str]:
    """The entry after the changes, as text; money and dates in their plain form.

    Raises ActError with everything that is wrong: G-ACT-101 no such column, G-ACT-102 a value that cannot be,
    G-ACT-103 a required column is blank, G-ACT-104 a state it may not stand in yet, G-ACT-105 back without a reason.
    """
    after = {**before, **{name: value.strip() for name, value in changes.items()}}
    after.setdefault("state", register.states[0])
    after = {name: value for name, value in after.items() if value}
    where = f"{register.title}“{after.get(register.lead, '')[:20]}”"
    faults = [
        Fault("G-ACT-101", where, f"没有“{name}”这一项", "不知记在哪里", f"可记的是 {'、'.join(register.fields)}")
        for name in after.keys() - register.fields.keys() - {"state"}
    ]
    for column in register.fields.values():
        value = after.get(column.id, "")
        if column.required and not value:
            faults.append(Fault("G-ACT-103", where, f"没有填“{column.title}”", "说不清是什么事、归谁", "补填"))
        elif value and (wrong := _wrong(column, value)):
            faults.append(Fault("G-ACT-102", where, f"{column.title}“{value}”{wrong[0]}", wrong[1], wrong[2]))
    if not faults:
        faults = [*_state_faults(register, before, after, where, reason), *_money_faults(after, where)]
    if faults:
        raise ActError(f"{register.id} refused", faults)
    return after


def _wrong(column: Field, value: str) -> tuple[str, str, str] | None:
    if column.kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return "不是日期", "先后、逾期无从判断", "写成 2021-06-30 的样子"
    elif column.kind == "money":
        try:
            if not (amount := Decimal(value)).is_finite() or amount < 0:
                raise InvalidOperation
        except InvalidOperation:
            return "不是 0 以上的数", "资金无从合计", "只填数，单位万元"
    elif column.kind == "choice" and value not in column.choices:
        return "不在可选之内", "归不到类", f"从 {'、'.join(column.choices)} 中选"
    return None


def _state_faults(
    register: Register, before: Mapping[str, str], after: Mapping[str, str], where: str, reason: str
) -> list[Fault]:
    """A state needs its own columns and those of the states before it; steps back need a reason."""
    state = after["state"]
    if state not in register.states:
        words = "、".join(register.states)
        return [Fault("G-ACT-102", where, f"状态“{state}”不在规定之内", "归不到哪一步", f"从 {words} 中选")]
    at = register.states.index(state)
    wanted = [name for one in register.states[: at + 1] for name in register.needs.get(one, ())]
    faults = [
        Fault("G-ACT-104", where, f"到“{state}”还缺“{register.fields[name].title}”", "没有凭据不算", "补填后再改状态")
        for name in wanted
        if not after.get(name)
    ]
    if before.get("state") in register.states and at < register.states.index(before["state"]) and not reason:
        faults.append(
            Fault("G-ACT-105", where, f"从“{before['state']}”退回“{state}”没有理由", "退回要说得清", "写明理由")
        )
    return faults


def _money_faults(after: Mapping[str, str], where: str) -> list[Fault]:
    paid = Decimal(after.get("paid", "0"))
    if "paid" in after and paid > total(after):
        what = f"已支付 {paid} 万元，多于各项资金合计 {total(after)} 万元"
        return [Fault("G-ACT-102", where, what, "账对不上", "核对资金来源和支付数")]
    return []


def total(entry: Mapping[str, str]) -> Decimal:
    """A project's money from all sources [万元], exact."""
    return sum((Decimal(entry[name]) for name in MONEY if entry.get(name)), Decimal(0))


def overdue(register: Register, entry: Mapping[str, str], day: date) -> int:
    """Days an entry that is not closed is past its due day [d], 0 in time or without one."""
    if not entry.get("due") or not register.is_open(entry):
        return 0
    return max(0, (day - date.fromisoformat(entry["due"])).days)


OPEN = "未办完"
"""The filter of a list that leaves out what owes nothing more."""


def heads(register: Register) -> tuple[str, ...]:
    """The heads of a register's list, the same on a page, in a command and in a file."""
    columns = (one.title + ("（万元）" if one.kind == "money" else "") for one in _columns(register))
    return ("编号", "状态", "逾期", register.fields[register.lead].title, *columns)


def places(register: Register, kind: str) -> frozenset[int]:
    """The columns of a register's list, from 0, that hold values of a kind."""
    before = 4  # number, state, days late and the leading column
    return frozenset(at for at, one in enumerate(_columns(register), before) if one.kind == kind)


def rows(
    register: Register, found: Mapping[str, Mapping[str, str]], day: date, state: str = ""
) -> list[tuple[str, ...]]:
    """The list under these heads, by number; state: only entries in it, or with OPEN those that owe something."""
    return [
        _row(register, name, entry, day)
        for name, entry in sorted(found.items())
        if not state or entry["state"] == state or (state == OPEN and register.is_open(entry))
    ]


def _columns(register: Register) -> list[Field]:
    return [one for one in register.fields.values() if one.id != register.lead]


def _row(register: Register, name: str, entry: Mapping[str, str], day: date) -> tuple[str, ...]:
    days = overdue(register, entry, day)
    cells = (
        ("已附" if one.kind == "file" and entry.get(one.id) else entry.get(one.id) or "—") for one in _columns(register)
    )
    return (name, entry["state"], f"{days} 天" if days else "—", entry[register.lead], *cells)


def summary(register: Register, found: Mapping[str, Mapping[str, str]], day: date) -> str:
    """The sentence over a list: how many in which state, how many late, and what the register is kept for."""
    entries = found.values()
    tally = {state: sum(one["state"] == state for one in entries) for state in register.states}
    words = [f"共 {len(found)} 条", *(f"{state} {number}" for state, number in tally.items() if number)]
    told = "，".join(words)
    if late := sum(overdue(register, one, day) > 0 for one in entries):
        told += f"；{late} 条逾期"
    if register.id == "item" and (plain := sum(not one.get("measure") for one in entries)):
        told += f"；{plain} 条还没有列为措施"
    if register.id == "receipt":
        unsigned = sum(one["state"] == register.states[0] for one in entries)
        unplanned = sum(one.get("plan_owed") == "是" and one["state"] != register.states[-1] for one in entries)
        told += f"；{unsigned} 个没有签收，{unplanned} 个没有出实施方案"
    if register.id == "project" and found:
        whole = sum((total(one) for one in entries), Decimal(0))
        paid = sum((Decimal(one.get("paid", "0")) for one in entries), Decimal(0))
        told += f"；总投资 {whole:f} 万元，已支付 {paid:f} 万元"
    return told + "。"
