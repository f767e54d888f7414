"""How far a long sheet is, told in a file beside it: any process of the office can say it, whichever does the work."""

from __future__ import annotations

import time
from pathlib import Path

from guatu.office import snapshots
from guatu.office.ledger.models import TakenSheet

FOLDER = "imports"
SILENT = 120
"""After so long without a word the work counts as broken off: the office was stopped, the machine restarted [s]."""
State = TakenSheet.State
BEFORE = {State.READING: State.MAPPING, State.STORING: State.READY}
"""Where a sheet stands again when the work on it broke off: reading and storing leave nothing half done."""


def tell(taken: TakenSheet, done: int, total: int) -> None:
    """Say how far the work is."""
    path = _file(taken)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{done} {total}", encoding="ascii")


def over(taken: TakenSheet) -> None:
    """The work has ended, well or not."""
    _file(taken).unlink(missing_ok=True)


def heard(taken: TakenSheet) -> tuple[int, int]:
    """Rows done and rows in all; a sheet whose work broke off is put back to where the work began."""
    path = _file(taken)
    try:
        done, total = path.read_text(encoding="ascii").split()
        silent = time.time() - path.stat().st_mtime > SILENT
    except (OSError, ValueError):
        return taken.done, taken.total
    if silent and taken.state in BEFORE:
        taken.state = BEFORE[State(taken.state)]
        taken.save(update_fields=["state"])
        over(taken)
        return taken.done, taken.total
    return int(done), int(total)


def _file(taken: TakenSheet) -> Path:
    return snapshots.opened().folder / FOLDER / f"{taken.pk:06d}.progress"
