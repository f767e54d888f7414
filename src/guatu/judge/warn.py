"""Warnings: declared triggers looked for on a day, each said once until it changes, with who hears it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from guatu.judge.board import Board, board_of
from guatu.judge.charged import charged_with
from guatu.judge.warn_finders import FINDERS, Found
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan

LEAD = "牵头单位"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A declared trigger: id, title, which finder looks for it with which codes or months, who is told, what to do."""

    id: str
    title: str
    finder: str
    told: tuple[str, ...]
    can: tuple[str, ...]
    codes: tuple[str, ...] = ()
    months: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to be told: trigger, subject (target id, section, list), the sentence with its figures, and its mark.

    mark: what must change before it is said again; since: the day it was first said with this mark.
    """

    trigger: str
    title: str
    subject: str
    text: str
    mark: str
    told: tuple[str, ...]
    can: tuple[str, ...]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The warnings of a day: new ones, those that stand since an earlier day, and those that have gone."""

    new: tuple[Alert, ...]
    standing: tuple[Alert, ...]
    gone: tuple[Alert, ...]


@cache
def triggers() -> tuple[Trigger, ...]:
    """Every declared trigger, in the order of the file."""
    document = tomllib.loads(files(__package__).joinpath("warnings.toml").read_text(encoding="utf-8"))
    found = []
    for entry in document["trigger"]:
        row: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
        found.append(Trigger(**row))
    return tuple(found)


def warnings_on(ws: Workspace, plan: Plan, as_of: date, board: Board | None = None) -> tuple[Alert, ...]:
    """Everything that warrants a warning on a day, whether it was said before or not."""
    board = board or board_of(ws, plan, as_of)
    found = []
    for trigger in triggers():
        look: Callable[..., Iterable[Found]] = FINDERS[trigger.finder]
        for one in look(ws, board, trigger.codes, trigger.months):
            told = tuple(dict.fromkeys((*_named(plan, one.subject, trigger.told), *one.told)))
            found.append(Alert(trigger.id, trigger.title, one.subject, one.text, one.mark, told, trigger.can))
    return tuple(found)


def _named(plan: Plan, subject: str, told: tuple[str, ...]) -> tuple[str, ...]:
    """The hearers, with 牵头单位 by their names where the plan's words show which tasks work on the target."""
    target = next((one for one in plan.targets if one.id == subject), None)
    if target is None or LEAD not in told:
        return told
    bodies = [charge.body for charge in charged_with(plan, target) if charge.in_title and charge.body]
    return tuple(one for hearer in told for one in (bodies if hearer == LEAD and bodies else [hearer]))


def told_on(ws: Workspace, plan: Plan, as_of: date, board: Board | None = None, *, keep: bool = True) -> Told:
    """The warnings of a day against those said before; keep: write down that they have been said.

    A warning is said again only when its mark has changed: one day fewer, another class, another item late.
    """
    said = {(one.trigger, one.subject): one for one in _said(ws)}
    new, standing = [], []
    for one in warnings_on(ws, plan, as_of, board):
        before = said.pop((one.trigger, one.subject), None)
        if before is not None and before.mark == one.mark:
            standing.append(_since(one, before.since or as_of))
        else:
            new.append(_since(one, as_of))
    if keep:
        _write(ws, [*new, *standing])
    return Told(tuple(new), tuple(standing), tuple(said.values()))


def _since(warning: Alert, day: date) -> Alert:
    return replace(warning, since=day)


def _said(ws: Workspace) -> list[Alert]:
    path = ws.data / "warnings.json"
    if not path.is_file():
        return []
    return [
        Alert(
            **{**one, "told": tuple(one["told"]), "can": tuple(one["can"]), "since": date.fromisoformat(one["since"])}
        )
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]


def _write(ws: Workspace, warnings: Iterable[Alert]) -> None:
    rows = [{**asdict(one), "since": one.since.isoformat() if one.since else ""} for one in warnings]
    aside = ws.data / "warnings.tmp"
    aside.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    aside.replace(ws.data / "warnings.json")
