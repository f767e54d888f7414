"""Where a measure stands on a day: from what was reported, what was verified and the node; never a typed per cent."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from guatu.errors import ActError

UNREPORTED, VERIFYING, DONE, LATE, STANDING = "未报", "待核实", "办结", "逾期", "长期坚持"


@dataclass(frozen=True, slots=True)
class State:
    """One state: its word, the shape it is drawn with, the bulletin's word, and whether a unit may say it."""

    name: str
    shape: str
    bulletin: str
    said: bool


@cache
def _tables() -> tuple[tuple[date, tuple[State, ...]], ...]:
    document = tomllib.loads(files("guatu.act").joinpath("duty_states.toml").read_text(encoding="utf-8"))
    return tuple((one["since"], tuple(State(**state) for state in one["state"])) for one in document["table"])


def states_on(day: date) -> dict[str, State]:
    """The states in force on a day. Raises ActError (G-ACT-85) before the first table."""
    table = [states for since, states in _tables() if since <= day]
    if not table:
        raise ActError.of(
            f"no table of states on {day}", "G-ACT-85", "任务状态表", f"{day} 没有生效的状态表", "状态无从对应",
            "核对日期，或补上早年的状态表",
        )  # fmt: skip
    return {state.name: state for state in table[-1]}


def sayable(day: date) -> tuple[str, ...]:
    """The words a unit may choose from."""
    return tuple(name for name, state in states_on(day).items() if state.said)


def state_of(node: date | None, done: str, said: str, verified: bool, day: date) -> str:
    """The state of a measure at the end of a day.

    node: when it is due (None: nothing is overdue yet); done: its kind of done-criterion; said: the last word its
    lead reported (empty: none); verified: whether 办结 was verified. Reported as done but not verified is 待核实;
    past its node and not reported as done is 逾期, whatever else was said.
    """
    if said == DONE:
        return DONE if verified else VERIFYING
    if node is not None and node < day:
        return LATE
    if not said:
        return UNREPORTED
    return STANDING if done == "standing" and said == "推进中" else said


def bar_of(measures: Iterable[tuple[date | None, str]], day: date) -> tuple[int, int] | None:
    """Measures done of measures due by a day, from their nodes and states; None (no bar) where none is due yet."""
    due = [state for node, state in measures if node is not None and (node <= day or state == DONE)]
    return (sum(state == DONE for state in due), len(due)) if due else None


def days_late(node: date | None, finished: date | None, day: date) -> int:
    """Calendar days past the node [d], 0 in time: of a finished measure to its finish, else to the day."""
    if node is None:
        return 0
    return max(0, ((finished or day) - node).days)
