"""Days made of hours, kept in ``data/derived`` by the batches they were made of: a new batch remakes only its days."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from guatu.load.batches import Batch, counting

FOLDER = "derived"
KEPT = 3  # states of a kind kept on disk
REMEMBERED = 32  # frames kept in memory
Span = tuple[date, date]
Make = Callable[[Sequence[Span] | None], pl.DataFrame]
"""Makes the rows of some days (all days where None); the frame has a column ``date``."""
_memory: OrderedDict[tuple[Path, str, str], pl.DataFrame] = OrderedDict()


@dataclass(frozen=True, slots=True)
class State:
    """Which batches a kept frame was made of: their hashes, and the file it stands in."""

    batches: frozenset[str]
    file: str


def counted(data: Path, as_of: date, without: int = 0) -> tuple[Batch, ...]:
    """The batches behind the days up to a day: all first values, and the corrections known by then."""
    every = [batch for batch in counting(data, None) if batch.number != without]
    return tuple(batch for batch in every if batch.kind == "first" or batch.on <= as_of)


def grown(data: Path, kind: str, batches: Sequence[Batch], make: Make, *, keep: bool = True) -> pl.DataFrame:
    """The rows of all days as make would give them, taking from the nearest kept state what no other batch touches.

    A day depends only on the batches with hours of that day, and these count in the same order in every state, so the
    days outside the batches by which two states differ are equal. keep: whether the result goes to disk. A folder that
    cannot be written is no fault: the rows are then made again.
    """
    name = hashlib.sha256(f"{made_by()}{kind}{''.join(one.stored for one in batches)}".encode()).hexdigest()[:24]
    key = (data, kind, name)
    if key in _memory:
        _memory.move_to_end(key)
        return _memory[key]
    found = _near(data, kind, batches)
    if found is None:
        frame = make(None)
    else:
        base, spans = found
        frame = base
        if spans:
            fresh = make(spans)
            frame = pl.concat([base.filter(~within(spans)), fresh.select(base.columns)])
    _memory[key] = frame
    while len(_memory) > REMEMBERED:
        _memory.popitem(last=False)
    if keep and (found is None or found[1]):
        with contextlib.suppress(OSError):
            _write(data, kind, name, batches, frame)
    return frame


def within(spans: Sequence[Span], column: str = "date") -> pl.Expr:
    """Whether a day lies in one of the spans."""
    return pl.any_horizontal([pl.col(column).is_between(first, last) for first, last in spans])


def _near(data: Path, kind: str, batches: Sequence[Batch]) -> tuple[pl.DataFrame, list[Span]] | None:
    """The kept frame that differs in the fewest days, and these days; None where all would have to be made."""
    now = {batch.stored: batch for batch in batches}
    every = {batch.stored: batch for batch in counting(data, None)}
    best: tuple[int, State, list[Span]] | None = None
    for state in _states(data, kind):
        if not state.batches <= every.keys() or not (data / FOLDER / state.file).is_file():
            continue
        spans = [_span(every[stored]) for stored in sorted(state.batches ^ now.keys())]
        days = sum((last - first).days + 1 for first, last in spans)
        if best is None or days < best[0]:
            best = (days, state, spans)
    if best is None:
        return None
    try:
        return pl.read_parquet(data / FOLDER / best[1].file), best[2]
    except (OSError, pl.exceptions.PolarsError):
        return None


def _span(batch: Batch) -> Span:
    """The first and the last day of a batch; its hours are named by their end."""
    first, last = (datetime.fromisoformat(text) - timedelta(hours=1) for text in (batch.first, batch.last))
    return first.date(), last.date()


def _states(data: Path, kind: str) -> list[State]:
    try:
        entries = json.loads((data / FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
        return [State(frozenset(one["batches"]), one["file"]) for one in entries if one["made_by"] == made_by()]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _write(data: Path, kind: str, name: str, batches: Sequence[Batch], frame: pl.DataFrame) -> None:
    """Keep a frame and its state, the newest states only; both files are written aside and renamed."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    file = f"{kind}-{name}.parquet"
    frame.write_parquet(folder / f"{name}.tmp", compression="zstd")
    (folder / f"{name}.tmp").replace(folder / file)
    mine: dict[str, Any] = {"made_by": made_by(), "file": file, "batches": [one.stored for one in batches]}
    others = [
        {"made_by": made_by(), "file": state.file, "batches": sorted(state.batches)}
        for state in _states(data, kind)
        if state.file != file
    ]
    kept = [mine, *others][:KEPT]
    aside = folder / f"{kind}-{name}.json.tmp"
    aside.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8", newline="\n")
    aside.replace(folder / f"{kind}.json")
    for old in folder.glob(f"{kind}-*.parquet"):
        if old.name not in {one["file"] for one in kept}:
            old.unlink(missing_ok=True)


@cache
def made_by() -> str:
    """A hash of the rules and of the code that make days: another rule or another guatu makes them anew."""
    found = hashlib.sha256()
    for package in ("guatu.rules.law", "guatu.compute.air"):
        top, _, folder = package.rpartition(".")
        for path in sorted(files(top).joinpath(folder).iterdir(), key=lambda one: one.name):
            if path.name.endswith((".toml", ".py")):
                found.update(path.read_bytes())
    found.update(Path(__file__).with_name("daily.py").read_bytes())
    return found.hexdigest()[:16]
