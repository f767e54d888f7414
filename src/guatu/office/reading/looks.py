"""What people decided about a reading: each field confirmed, corrected or set aside, one record an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from guatu.act.log import BEIJING
from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import records
from guatu.office.reading import shelf
from guatu.office.reading.items import Field, Item, items_of, items_of_amendment, parsed, said_of
from guatu.office.reading.shelf import AMENDING, CHECKED, Reading
from guatu.read.confirmation import HEAD, confirmed
from guatu.read.plan import Note, Plan, Version

CONFIRM, CORRECT, ASIDE = "确认", "更正", "挂起"
DONE, HANGING, DOUBT, OPEN = "已核", "挂起", "有疑点", "待核"


@dataclass(frozen=True, slots=True)
class Looked:
    """An item with what was decided about it: its state, the decisions by field, and who decided last, when."""

    item: Item
    state: str
    whole: Mapping[str, str]
    said: Mapping[str, Mapping[str, str]]
    by: str = ""
    on: str = ""

    @property
    def rows(self) -> list[tuple[Field, str, Mapping[str, str]]]:
        """Each field with its text as it stands now, and the decision on it."""
        return [
            (one, self.said.get(one.name, {}).get("value", one.said), self.said.get(one.name, {}))
            for one in self.item.fields
        ]


def looked(ws: Workspace, number: str) -> tuple[Looked, ...]:
    """Every item of a notice with its decisions: doubts first."""
    reading = shelf.opened(ws, number)
    stored = {
        key.partition("/")[2]: data
        for key, data in records.of_kind("look").items()
        if key.startswith(f"{number}/")
    }  # fmt: skip
    return tuple(_looked(item, stored.get(item.id, {})) for item in _items(ws, reading, number))


def _items(ws: Workspace, reading: Reading, number: str) -> tuple[Item, ...]:
    if records.get(f"notice/{number}")["use"] != AMENDING:
        return items_of(reading.plan, reading.text)
    from guatu.judge.board import plan_of

    return tuple(items_of_amendment(reading.versions, plan_of(ws), reading.plan, reading.notes))


def _looked(item: Item, data: Mapping[str, Any]) -> Looked:
    whole, said = data.get("whole", {}), data.get("fields", {})
    acts = [one["act"] for one in said.values()]
    if whole.get("act") == ASIDE or ASIDE in acts:
        state = HANGING
    elif whole or (item.fields and all(one.name in said for one in item.fields)):
        state = DONE
    else:
        state = DOUBT if item.doubts else OPEN
    last = max([whole, *said.values()], key=lambda one: one.get("at", ""), default={})
    return Looked(item, state, whole, said, last.get("by", ""), last.get("on", ""))


def counts(found: tuple[Looked, ...]) -> dict[str, int]:
    """How many items there are in each state."""
    return {state: sum(one.state == state for one in found) for state in (DOUBT, OPEN, HANGING, DONE)}


def confirm(
    ws: Workspace, number: str, item: str, field: str, person: str, moment: datetime | None = None,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Say that an item (field empty) or one of its fields is as it was read; seen: the version he had before him."""
    _decide(ws, number, item, field, {"act": CONFIRM}, person, "", moment, seen)


def set_aside(
    ws: Workspace, number: str, item: str, field: str, person: str, reason: str, moment: datetime | None = None,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Set an item or one of its fields aside: the entry does not count until somebody settles it."""
    _decide(ws, number, item, field, {"act": ASIDE, "reason": reason.strip()}, person, reason, moment, seen)


@transaction.atomic
def correct(
    ws: Workspace, number: str, item: str, said: Mapping[str, str], person: str, moment: datetime | None = None,
    seen: int | None = None,
) -> int:  # fmt: skip
    """Put fields right and confirm the rest of the item; returns how many fields differ from what was read.

    Raises ActError: G-REVIEW-04 a value of the wrong kind, G-REVIEW-05 nothing differs.
    """
    one = _one(ws, number, item)
    fields = {name: dict(value) for name, value in one.said.items()}
    changed = 0
    for name, words in said.items():
        field = one.item.field(name)
        value = parsed(field, words)
        if value == field.value:
            fields.pop(name, None)
            continue
        changed += 1
        if fields.get(name, {}).get("value") != words.strip():
            fields[name] = {"act": CORRECT, "value": said_of(value), "was": field.said, **_who(person, moment)}
    if not changed and fields == {name: dict(value) for name, value in one.said.items()}:
        raise _fault("G-REVIEW-05", item, "没有改动", "没有可更正的", "与原件一致就点“确认”")
    _put(number, item, {"fields": fields, "whole": {"act": CONFIRM, **_who(person, moment)}}, "更正读出的内容", person,
         moment=moment, seen=seen)  # fmt: skip
    return changed


@transaction.atomic
def confirm_rest(ws: Workspace, number: str, person: str, moment: datetime | None = None) -> int:
    """Confirm every item without a doubt that nobody looked at yet; returns how many."""
    waiting = [one.item.id for one in looked(ws, number) if one.state == OPEN]
    for item in waiting:
        confirm(ws, number, item, "", person, moment)
    return len(waiting)


def undo(
    ws: Workspace, number: str, item: str, person: str, moment: datetime | None = None, seen: int | None = None
) -> None:
    """Take back what was decided about an item. Raises ActError (G-REVIEW-05) where nothing was."""
    one = _one(ws, number, item)
    if not (one.whole or one.said):
        raise _fault("G-REVIEW-05", item, "还没有核过", "没有可撤销的", "在条目里选")
    _put(number, item, {"fields": None, "whole": None}, "撤销核对", person, moment=moment, seen=seen)


def _one(ws: Workspace, number: str, item: str) -> Looked:
    if records.get(f"notice/{number}").get("status") == CHECKED:
        raise _fault("G-REVIEW-07", f"文件 {number}", "已经校核生效", "生效后只能出新版", "先“重新复核”，写明理由")
    found = next((one for one in looked(ws, number) if one.item.id == item), None)
    if found is None:
        raise _fault("G-REVIEW-03", f"{number} {item}", "没有这一条", "无从核对", "在条目里选")
    return found


def _decide(
    ws: Workspace, number: str, item: str, field: str, said: dict[str, str], person: str, reason: str = "",
    moment: datetime | None = None, seen: int | None = None,
) -> None:  # fmt: skip
    one = _one(ws, number, item)
    told = {**said, **_who(person, moment)}
    fields = {name: dict(value) for name, value in one.said.items()}
    whole = dict(one.whole)
    if field:
        one.item.field(field)
        before = fields.get(field, {})
        kept = {name: before[name] for name in ("value", "was") if name in before}
        fields[field] = {**told, **kept, "act": CORRECT if kept and said["act"] == CONFIRM else said["act"]}
    else:
        whole = told
        if said["act"] == CONFIRM:
            fields = {name: value for name, value in fields.items() if value["act"] != ASIDE}
    act = "确认读出的内容" if said["act"] == CONFIRM else "挂起读出的内容"
    _put(number, item, {"fields": fields, "whole": whole}, act, person, reason, moment, seen)


def _who(person: str, moment: datetime | None) -> dict[str, str]:
    now = moment or datetime.now(BEIJING)
    return {"by": person, "on": now.date().isoformat(), "at": now.isoformat(timespec="seconds")}


def _put(
    number: str, item: str, said: Mapping[str, Any], act: str, person: str, reason: str = "",
    moment: datetime | None = None, seen: int | None = None,
) -> None:  # fmt: skip
    plain = {key: value or None for key, value in said.items()}
    records.change(f"look/{number}/{item}", act, plain, person=person, reason=reason, moment=moment, seen=seen)


def settled(reading: Reading, found: tuple[Looked, ...]) -> Plan:
    """The plan as people decided: corrected, with who confirmed what; what is set aside is left out and noted."""
    plan = reading.plan
    for one in found:
        if one.item.kind not in ("doc", "target", "task"):
            continue
        if one.state == HANGING:
            plan = _without(plan, one)
            continue
        for name, said in one.said.items():
            value = parsed(one.item.field(name), said["value"]) if "value" in said else None
            plan = _filled(plan, one.item.id, name, said, value)
        if one.whole:
            plan = confirmed(plan, one.item.id, "", one.whole["by"], date.fromisoformat(one.whole["on"]))
    return plan


def _filled(plan: Plan, item: str, name: str, said: Mapping[str, str], value: Any) -> Plan:
    """A field confirmed or corrected; a correction to nothing has no value of its own and is set by hand."""
    made = confirmed(plan, item, name, said["by"], date.fromisoformat(said["on"]), value)
    if value is None and "value" in said:
        last = replace(made.confirmed[-1], was=said["was"])
        entries = {"targets": tuple(replace(one, **{name: None}) if one.id == item else one for one in made.targets)}
        if item == HEAD:
            entries = {"head": replace(made.head, **{name: None})}  # type: ignore[dict-item]
        made = replace(made, **entries, confirmed=(*made.confirmed[:-1], last))  # type: ignore[arg-type]
    return made


def _without(plan: Plan, one: Looked) -> Plan:
    """The plan without an entry; its sentences of duty stay, without an owner, so that they stand on the gap list."""
    item = one.item
    why = one.whole.get("reason") or "；".join(said.get("reason", "") for said in one.said.values())
    words = f"{item.id} {item.title} 挂起，没有生效" + (f"：{why}" if why else "")
    return replace(
        plan,
        targets=tuple(target for target in plan.targets if target.id != item.id),
        tasks=tuple(task for task in plan.tasks if task.id != item.id),
        measures=tuple(replace(m, task="") if m.task == item.id else m for m in plan.measures),
        notes=(*plan.notes, Note("set-aside", "gap", words, item.outline, item.span)),
    )


def versions_settled(reading: Reading, found: tuple[Looked, ...], person: str) -> tuple[Version, ...]:
    """The new numbers as people decided; what is set aside is left out."""
    by_id = {one.item.id: one for one in found}
    made = []
    for version in reading.versions:
        one = by_id[f"V-{version.target}"]
        if one.state == HANGING:
            continue
        said = {name: parsed(one.item.field(name), told["value"]) for name, told in one.said.items() if "value" in told}
        made.append(replace(version, **{**said, "person": person}))
    return tuple(made)


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
