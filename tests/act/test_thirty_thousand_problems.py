"""What may be done with each of 30,000 problems, and their rates; how fast is for `sh dev bench`."""

from __future__ import annotations

from datetime import timedelta

from guatu.act.definition import ledgers
from guatu.act.moves import moves_of
from guatu.act.overview import overview
from guatu.act.problem import Problem, Step
from guatu.act.rates import list_rate, listings
from tests.act.people import ACCEPTOR, COUNTY, PEOPLE, START, UNIT, opening, paper

LEDGER = ledgers()["provincial_inspection"]
MANY = 30_000


def problems() -> list[Problem]:
    """Problems in every state, each with a dozen papers and eight steps."""
    needs = [need for move in LEDGER.moves.values() for need in move.papers]
    states = list(LEDGER.states)
    shared = tuple(paper(need, START) for need in needs[:12])
    steps = tuple(Step("x", "整改中", "整改中", START + timedelta(days=n), "某人") for n in range(7))
    fields = {**opening(LEDGER), "lead_unit": UNIT, "county": COUNTY, "acceptance_unit": ACCEPTOR}
    fields |= {"deadline": "2021-06-30", "deadline_kind": "限期"}
    return [
        Problem(
            LEDGER.id,
            str(n),
            (state := states[n % len(states)]),
            fields,
            shared,
            (*steps, Step("y", "整改中", state, START + timedelta(days=9), "某人", deadline="2021-06-30")),
        )
        for n in range(MANY)
    ]


def test_moves_of_thirty_thousand_problems() -> None:
    options = [moves_of(LEDGER, problem, PEOPLE["office_director"], START) for problem in problems()]
    assert sum(len(one) for one in options) > MANY


def test_rates_and_overview_of_thirty_thousand_problems() -> None:
    many = problems()
    day = START + timedelta(days=100)
    rate = list_rate(listings()["provincial"], ledgers(), many, day)
    found = overview(ledgers(), many, day)
    assert len(found.lines) == MANY
    assert len(rate.together.accepted.of) + len(rate.together.long_term.of) + len(rate.together.untrue) == MANY
