"""Which tasks of a plan work on a target: those that name its indicator, then those whose words speak of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from guatu.read.plan import Plan, Target, Task

NAMED = "写有这项指标"


@dataclass(frozen=True, slots=True)
class Charge:
    """A task that works on a target, and why it is listed: 写有这项指标, or the word that speaks of it."""

    task: Task
    why: str
    in_title: bool = True

    @property
    def body(self) -> str:
        """The body named first, which is 首位 until a breakdown is approved; empty where the notice names none."""
        return next(iter((*self.task.lead, *self.task.responsible, *self.task.units)), "")


def charged_with(plan: Plan, target: Target) -> tuple[Charge, ...]:
    """The tasks of a plan that work on a target, those that name its indicator first.

    Words only propose: no notice says which task serves which target, so a page must tell that this is unconfirmed.
    """
    key = target.indicator_id or ""
    named = {one.task for one in plan.measures if one.indicator_id == key}
    words = words_of(key)
    found = []
    for task in plan.tasks:
        word = next((word for word in words if word in task.title), "")
        word = word or next((word for word in words if word in task.text), "")
        if key and task.id in named:
            found.append(Charge(task, NAMED))
        elif word:
            found.append(Charge(task, f"写到“{word}”", word in task.title))
    return tuple(sorted(found, key=lambda one: not one.in_title))


@cache
def words_of(indicator: str) -> tuple[str, ...]:
    """The words that speak of an indicator; none for one that no group lists."""
    document = tomllib.loads(files(__package__).joinpath("charged.toml").read_text(encoding="utf-8"))
    return tuple(word for group in document["group"] if indicator in group["indicators"] for word in group["words"])
