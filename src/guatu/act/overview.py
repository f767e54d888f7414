"""A ledger at a glance: which stage of which state, what is due, late or in step, each with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guatu.act.deadlines import LONG_TERM
from guatu.act.lateness import Lateness, lateness
from guatu.act.ledger import STAGES, Ledger
from guatu.act.problem import Problem, on_day


@dataclass(frozen=True, slots=True)
class Line:
    """One item as the list of a day shows it."""

    number: str
    title: str
    state: str
    stage: str
    lead_unit: str
    county: str
    leader: str
    late: Lateness
    standing: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The items of some ledgers on a day: all, by stage, due, overdue (the latest first), in step, finished late."""

    lines: tuple[Line, ...]
    day: date

    @property
    def stages(self) -> Mapping[str, tuple[Line, ...]]:
        """The items by stage, in the order of the eight."""
        return {stage: tuple(line for line in self.lines if line.stage == stage) for stage in STAGES}

    @property
    def due(self) -> tuple[Line, ...]:
        """Items whose date has passed, done or not."""
        return tuple(line for line in self.lines if line.late.deadline and line.late.deadline <= self.day)

    @property
    def overdue(self) -> tuple[Line, ...]:
        """Items that should be done and are not, those longest late first."""
        return tuple(sorted((line for line in self.lines if line.late.overdue), key=lambda line: -line.late.overdue))

    @property
    def in_step(self) -> tuple[Line, ...]:
        """Standing items that keep step."""
        return tuple(line for line in self.lines if line.standing)

    @property
    def finished_late(self) -> tuple[Line, ...]:
        """Items finished after their date: late stays late."""
        return tuple(line for line in self.lines if line.late.finished_late)

    @property
    def words(self) -> str:
        """One sentence with every number."""
        done = [line for line in self.due if line.late.finished]
        counted = (self.lines, self.due, done, self.finished_late, self.overdue, self.in_step)
        return told(*map(len, counted))


def overview(ledgers: Mapping[str, Ledger], problems: Iterable[Problem], day: date) -> Overview:
    """Every item that was entered by the end of a day, as it stood then."""
    lines = []
    for problem in problems:
        ledger = ledgers[problem.ledger]
        seen, late = on_day(problem, day), lateness(ledger, problem, day)
        if seen is None or late is None:
            continue
        lead_unit, county, leader = (str(problem.fields.get(name) or "") for name in ("lead_unit", "county", "leader"))
        title = str(problem.fields.get("title") or problem.fields.get("text") or "")
        stage, standing = ledger.stage(seen.state), seen.state == LONG_TERM
        lines.append(Line(problem.number, title, seen.state, stage, lead_unit, county, leader, late, standing))
    return Overview(tuple(lines), day)


def told(total: int, due: int, done: int, finished_late: int, overdue: int, in_step: int) -> str:
    """The sentence with every number [items]."""
    return (
        f"共 {total} 件，到期 {due} 件、已完成 {done} 件，迟办结 {finished_late} 件，逾期 {overdue} 件；"
        f"长期坚持达到序时进度 {in_step} 件。"
    )


def stage_table(ledgers: Mapping[str, Ledger]) -> list[tuple[str, ...]]:
    """Every state of every ledger with its stage: a heading, then one row a state, one column a ledger's code."""
    codes = {ledger.code: ledger for ledger in ledgers.values()}
    stage_of: dict[str, str] = {}
    for ledger in codes.values():
        for state in ledger.states.values():
            stage_of.setdefault(state.name, state.stage)
    rows: list[tuple[str, ...]] = [("阶段", "状态", *codes)]
    for stage in STAGES:
        for name in (state for state, its in stage_of.items() if its == stage):
            marks = ("●" if name in one.states and one.stage(name) == stage else "" for one in codes.values())
            rows.append((stage, name, *marks))
    return rows
