"""The generated problems of a demonstration, taken over once."""

from __future__ import annotations

import json

from guatu.act import log
from guatu.act.problem import restore
from guatu.load.workspace import Workspace
from guatu.office.ledger import declared, papers, storage
from guatu.office.ledger.models import Problem

FILE = "source/problems.jsonl"


def take_over(ws: Workspace) -> int:
    """Store what the demonstration's maker wrote, if nothing is stored yet; returns how many."""
    path = ws.folder / FILE
    if not ws.demo or not path.exists() or Problem.objects.exists():
        return 0
    from guatu.office import demo_duties  # read only when made: it draws in all of collecting

    demo_duties.make(ws)  # its steps are dated in spring, the log only goes forward
    every = declared.ledgers(ws)
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        entries = [log.Entry(**one) for one in said["entries"]]
        subject = f"{said['ledger']}/{said['number']}"
        found.append((every[said["ledger"]], restore(subject, log.fold(entries)[subject]), entries))
    count = storage.take_in(found, len(found))
    papers.take_over(item for _, item, _ in found)
    return count
