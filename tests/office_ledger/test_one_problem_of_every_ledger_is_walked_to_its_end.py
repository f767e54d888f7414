"""On the pages: a problem of each ledger to its end, refused at each move for a missing paper.

The ledgers of WHOLE go through every move they have; every ledger does where GUATU_WALK_ALL=1 or GUATU_CI is set (some
minutes).
"""

from __future__ import annotations

import os
from collections import deque
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.act.definition import ledgers
from guatu.act.ledger import Ledger, Move, Need
from guatu.office import log
from guatu.office.ledger import storage
from guatu.office.ledger.models import Problem
from tests.act.people import ACCEPTOR, BODIES, COUNTY, UNIT, given, opening

WHOLE = ("petition", "hotline")
HAND_OF_SIDE = {"unit": "unit_contact", "acceptor": "acceptor_contact", "inspector": "inspector"}


class Walk:
    """One problem walked by browsers of every hand."""

    def __init__(self, ledger: Ledger, day: Any, client_of: Any) -> None:
        self.ledger, self.day, self.client_of = ledger, day, client_of
        clerk = client_of("office_clerk")
        fields = {**opening(ledger), "county": COUNTY, "lead_unit": UNIT, "acceptance_unit": ACCEPTOR}
        told = {key: "；".join(value) if isinstance(value, list) else value for key, value in fields.items()}
        answer = clerk.post(f"/problems/new/?ledger={ledger.id}", told)
        assert answer.status_code == 302, answer.content.decode()
        self.number = answer.url.split("/")[2]
        self.made: set[str] = set()
        self.refusals = 0

    @property
    def row(self) -> Problem:
        return Problem.objects.get(number=self.number)

    def step(self, move: Move) -> None:
        self.day.now += timedelta(days=1)
        item = storage.item_of(self.row)
        if move.after and (until := item.date_of(move.after)):
            self.day.now = max(self.day.now, until + timedelta(days=1))
        told = {
            name: "；".join(value) if isinstance(value, list) else value
            for name, value in given(self.ledger, item, move, self.day.now).items()
        }
        first = move.prepared_by[0] if move.prepared_by else move.who[0]
        *before, last = move.papers
        for need in before:
            self.hand_in(need)
        refused = self.post(first, move, told)
        assert refused.status_code == 400
        assert f"“{last.kind}”" in refused.content.decode() and "G-ACT-34" in refused.content.decode()
        self.refusals += 1
        self.hand_in(last)
        if move.prepared_by:
            assert self.post(first, move, told).status_code == 302
            told = {}
        answer = self.post(move.who[0], move, told)
        assert answer.status_code == 302, (move.id, answer.content.decode()[-1500:])
        assert self.row.state == move.target
        self.made.add(move.id)

    def post(self, hand: str, move: Move, told: dict[str, str]) -> Any:
        address = f"/problems/{self.number}/move/{move.id}/"
        return self.client_of(hand).post(address, {**told, "version": self.row.version})

    def hand_in(self, need: Need) -> None:
        side = need.givers[0]
        body = {"unit": UNIT, "acceptor": ACCEPTOR}.get(side, "")
        content = b"%PDF-1.4 " + f"{self.number} {need.kind} {self.row.version}".encode()
        answer = self.client_of(HAND_OF_SIDE.get(side, "office_clerk")).post(
            f"/problems/{self.number}/papers/",
            {
                "version": self.row.version,
                "kind": need.kind,
                "from": f"{side}/{body}",
                "giver": "" if body else BODIES.get(side, "群众"),
                "day": self.day.now.isoformat(),
                "number": "景环委办字〔2021〕1号" if need.numbered else "",
                "file": SimpleUploadedFile(f"{need.kind}.pdf", content),
            },
        )
        assert answer.status_code == 302, answer.content.decode()[-1500:]

    def towards(self, wanted: set[str]) -> list[Move]:
        state = self.row.state
        ways: deque[tuple[str, list[Move]]] = deque([(state, [])])
        seen = {state}
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
def test_every_move_on_the_pages(name: str, office: Any, day: Any, client_of: Any) -> None:
    ledger = ledgers()[name]
    walk = Walk(ledger, day, client_of)
    everything = name in WHOLE or os.environ.get("GUATU_WALK_ALL") or os.environ.get("GUATU_CI")
    while everything and (left := ledger.moves.keys() - walk.made):
        for move in walk.towards(left):
            walk.step(move)
    for move in walk.towards({"receipt" if ledger.receipt else "close"}):
        walk.step(move)
    assert walk.row.state == "已销号" and walk.row.closed
    assert walk.refusals >= (len(ledger.moves) if everything else 6)
    assert log.verify() == () and storage.faults() == ()
    page = client_of("leader").get(f"/problems/{walk.number}/")
    assert page.status_code == 200 and "已销号" in page.content.decode()
