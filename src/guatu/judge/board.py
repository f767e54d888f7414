"""All targets of a plan on one day: the table on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guatu.base.value import Value
from guatu.judge.room import Room
from guatu.judge.status import Status
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan, Target


@dataclass(frozen=True, slots=True)
class Row:
    """One target with its figure, its state and the room left (None where nothing is computed)."""

    target: Target
    value: Value
    status: Status
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Every target of the plan, in the order of the document, as known on a day.

    data_until: last day with any air data; data_version: newest batch that counts; demo: whether the data are made up.
    """

    as_of: date
    data_until: date | None
    data_version: str
    demo: bool
    rows: tuple[Row, ...]

    def counts(self) -> dict[str, int]:
        """Number of targets a status code."""
        tally: dict[str, int] = {}
        for row in self.rows:
            tally[row.status.code] = tally.get(row.status.code, 0) + 1
        return tally


def plan_of(ws: Workspace) -> Plan:
    """The confirmed plan of a workspace. Raises WorkspaceError (G-JUDGE-01) where none is kept."""
    raise NotImplementedError


def board_of(ws: Workspace, plan: Plan, as_of: date) -> Board:
    """Judge every target of the plan as known on a day."""
    raise NotImplementedError
