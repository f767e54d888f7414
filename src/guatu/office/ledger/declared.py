"""The ledgers in force here, guatu's and the office's own, and the day the office stands on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from guatu.act import definition
from guatu.act.ledger import Ledger
from guatu.act.log import BEIJING
from guatu.act.soundness import refuse
from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import snapshots
from guatu.office.frame import is_demo

OWN = "ledgers"


def ledgers(ws: Workspace | None = None) -> Mapping[str, Ledger]:
    """Every ledger by id: those that come with guatu, then ``ledgers/*.toml`` of the workspace.

    Raises ActError with all faults of the office's own files, G-LEDGER-10 where one takes a used id or code.
    """
    folder = (ws.folder if ws else Path(settings.GUATU_WORKSPACE or ".")) / OWN
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return _with_own(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=4)
def _with_own(files: tuple[tuple[Path, int], ...]) -> Mapping[str, Ledger]:
    found = dict(definition.ledgers())
    faults = []
    for path, _ in files:
        try:
            one = definition.load(path)
        except ActError as error:
            faults.extend(error.faults)
            continue
        if one.id in found or any(one.code == other.code for other in found.values()):
            faults.append(refuse("G-LEDGER-10", path.name, f"代号 {one.code} 或名称 {one.id} 已用", "换一个代号"))
        found[one.id] = one
    if faults:
        raise ActError("own ledgers have faults", faults)
    return found


def ledger(name: str) -> Ledger:
    """One ledger by its id or code. Raises ActError (G-LEDGER-11) where there is none."""
    every = ledgers()
    if name in every:
        return every[name]
    for one in every.values():
        if one.code == name.upper():
            return one
    known = "、".join(f"{one.code} {one.title}" for one in every.values())
    raise ActError.of(
        f"no ledger {name}", "G-LEDGER-11", f"台账“{name}”", "没有这本台账", "无从登记", f"从中选一：{known}"
    )


def today(ws: Workspace | None = None) -> date:
    """Today in China; in a demonstration the day after its last generated hour."""
    if not (ws.demo if ws else is_demo()):
        return datetime.now(BEIJING).date()
    shot = snapshots.latest()
    return (shot.as_of if shot else snapshots.last_day_of(ws or snapshots.opened())) + timedelta(days=1)


def moment(day: date) -> datetime:
    """The time of day of now on the day the office stands on."""
    return datetime.combine(day, datetime.now(BEIJING).timetz())
