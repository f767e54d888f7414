"""Rates of rectification held against what the notice promises of each list: 90 % of one, 80 % of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from guatu.base.value import Value
from guatu.judge.reported_lists import problem_lists
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan, Task
from guatu.read.plan_parts import Commitment
from guatu.rules.cards import normal


@dataclass(frozen=True, slots=True)
class Bound:
    """The rate of one list, and the promise of the notice that speaks of exactly this list (None where none does).

    missing: how many more problems must be closed to keep it, zero when it is kept.
    """

    value: Value
    task: str = ""
    text: str = ""
    asked: Decimal | None = None
    missing: int = 0


def bound_rates(ws: Workspace, plan: Plan | None, as_of: date) -> tuple[Bound, ...]:
    """Every list of problems of the year with its rate and its own promise; a rate is never held against another's."""
    return tuple(_bound(value, plan.tasks if plan else ()) for value in problem_lists(ws, as_of))


def _bound(value: Value, tasks: Sequence[Task]) -> Bound:
    label = normal(value.scope)
    promises = [
        (task, one) for task in tasks for one in task.commitments if one.unit == "%" and "问题" in one.indicator
    ]
    mine = [(task, one) for task, one in promises if _list_of(one) == label and isinstance(one.value, Decimal)]
    if len(mine) != 1:
        return Bound(value)
    task, promise = mine[0]
    assert isinstance(promise.value, Decimal)
    done = value.raw * value.n_expected / 100 if value.raw is not None else Fraction()
    missing = max(0, ceil(Fraction(promise.value) * value.n_expected / 100) - int(done))
    return Bound(value, task.id, promise.text, promise.value, missing)


def _list_of(promise: Commitment) -> str:
    """What stands before 反馈 or 整改 in the words of a promise: the name of its list."""
    words = normal(promise.indicator)
    return min((words.partition(mark)[0] for mark in ("反馈", "整改", "问题")), key=len)
