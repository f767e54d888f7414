"""One problem of every ledger goes through every move to its end, refused at each for each missing paper."""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta

import pytest

from guatu.act import log
from guatu.act.definition import ledgers
from guatu.act.ledger import STAGES, Ledger, Move
from guatu.act.making import make, prepare, register
from guatu.act.moves import lacks_of
from guatu.act.problem import Problem, on_day, restore
from guatu.errors import ActError
from tests.act.people import PEOPLE, START, given, opening, paper, sign


class Walk:
    """One problem, its log and the calendar day, which moves on with every step."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.day = START
        by = sign(PEOPLE["office_clerk"], self.day, None)
        self.problem, entry = register(ledger, ledger.number(2021, "360281", 1), opening(ledger), by)
        self.entries = [entry]
        self.made: set[str] = set()
        self.refusals = 0

    def step(self, move: Move) -> None:
        """Refused without each of its papers in turn, then made with all of them."""
        self.day += timedelta(days=1)
        until = self.problem.date_of(move.after) if move.after else None
        if until is not None:
            self.day = max(self.day, until + timedelta(days=1))
        fields = given(self.ledger, self.problem, move, self.day)
        papers = [paper(need, self.day, salt=str(len(self.entries))) for need in move.papers]
        assert papers
        if move.prepared_by:
            by = sign(PEOPLE[move.prepared_by[0]], self.day, self.entries[-1])
            self.refused(
                lambda kept: prepare(
                    self.ledger, self.problem, move.id, by, version=self.problem.version, papers=kept, fields=fields
                ),
                papers,
            )
            self.problem, entry = prepare(
                self.ledger, self.problem, move.id, by, version=self.problem.version, papers=papers, fields=fields
            )
            self.entries.append(entry)
            papers = []
        by = sign(PEOPLE[move.who[0]], self.day, self.entries[-1])
        if papers:
            self.refused(
                lambda kept: make(
                    self.ledger, self.problem, move.id, by, version=self.problem.version, papers=kept, fields=fields
                ),
                papers,
            )
        fields = {} if not papers else fields
        self.problem, entry = make(
            self.ledger, self.problem, move.id, by, version=self.problem.version, papers=papers, fields=fields
        )
        self.entries.append(entry)
        self.made.add(move.id)

    def refused(self, attempt, papers) -> None:  # type: ignore[no-untyped-def]
        for left_out in papers:
            with pytest.raises(ActError) as caught:
                attempt([one for one in papers if one is not left_out])
            assert caught.value.codes == ("G-ACT-34",)
            assert f"“{left_out.kind}”" in caught.value.faults[0].what
            self.refusals += 1

    def towards(self, wanted: set[str]) -> list[Move]:
        """The shortest way whose last move is one of those wanted."""
        ways: deque[tuple[str, list[Move]]] = deque([(self.problem.state, [])])
        seen = {self.problem.state}
        while ways:
            state, way = ways.popleft()
            for move in self.ledger.leaving[state]:
                if move.id in wanted:
                    return [*way, move]
                if move.target not in seen:
                    seen.add(move.target)
                    ways.append((move.target, [*way, move]))
        return []


@pytest.mark.parametrize("name", ledgers())
def test_one_problem_goes_through_every_move_to_its_end(name: str) -> None:
    ledger = ledgers()[name]
    walk = Walk(ledger)
    while left := ledger.moves.keys() - walk.made:
        way = walk.towards(left)
        assert way, f"从“{walk.problem.state}”走不到 {left}"
        for move in way:
            walk.step(move)
    end = "receipt" if ledger.receipt else "close"
    for move in walk.towards({end}):
        walk.step(move)
    assert walk.problem.state == "已销号"
    assert walk.refusals >= sum(len(move.papers) for move in ledger.moves.values())
    assert {ledger.stage(step.target) for step in walk.problem.steps} == set(STAGES) - (
        set() if any(state.stage == "方案" for state in ledger.states.values()) else {"方案"}
    )
    assert log.verify(walk.entries, (len(walk.entries), walk.entries[-1].hash)) == ()
    flat = log.fold(walk.entries)[walk.problem.subject]
    assert restore(walk.problem.subject, flat) == walk.problem


@pytest.mark.parametrize("name", ledgers())
def test_the_log_gives_back_the_problem_as_it_stood_on_any_day(name: str) -> None:
    """What the log rebuilds and what the steps say agree on the state of every past day."""
    ledger = ledgers()[name]
    walk = Walk(ledger)
    for move in walk.towards({"accept"}):
        walk.step(move)
    day = START
    while day <= walk.day:
        rebuilt = restore(walk.problem.subject, log.state_on(walk.entries, day)[walk.problem.subject])
        seen = on_day(walk.problem, day)
        assert seen is not None
        assert (seen.state, seen.steps) == (rebuilt.state, rebuilt.steps)
        day += timedelta(days=1)
    assert on_day(walk.problem, START - timedelta(days=1)) is None


def test_a_receipt_ends_what_came_from_above_and_nothing_else_does() -> None:
    """Central and provincial items: the only way to 已销号 is a numbered, dated paper of the superior."""
    above = {one.id for one in ledgers().values() if one.receipt}
    assert above >= {"central_inspection", "provincial_inspection", "warning_film", "petition"}
    for name in above:
        ways = [move for move in ledgers()[name].moves.values() if move.target == "已销号"]
        assert [(need.givers, need.numbered) for move in ways for need in move.papers] == [(("superior",), True)]


def waiting(name: str) -> tuple[Ledger, Problem]:
    walk = Walk(ledgers()[name])
    for move in walk.towards({"report_up"}):
        walk.step(move)
    return walk.ledger, walk.problem


@pytest.mark.parametrize(
    "change",
    [
        {"side": "office", "giver": "市环委办"},
        {"number": ""},
        {"day": None},
        {"day": date(2031, 1, 1)},
        {"kind": "回执"},
    ],
)
def test_a_receipt_of_the_wrong_kind_does_not_end_it(change: dict[str, object]) -> None:
    from dataclasses import replace

    ledger, problem = waiting("provincial_inspection")
    move = ledger.moves["receipt"]
    day = problem.steps[-1].day
    right = paper(move.papers[0], day)
    fields = {**problem.fields, "receipt_no": "赣环督办〔2021〕3号", "receipt_on": day.isoformat()}
    trial = replace(problem, fields=fields, papers=(*problem.papers, replace(right, **change, at=len(problem.steps))))
    lacks = lacks_of(ledger, trial, move, PEOPLE["office_clerk"], day)
    assert [lack.what for lack in lacks] == ["上级销号回执"]
