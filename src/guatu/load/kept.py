"""Rows that offices hand in, kept like hours of air: a file is one batch, and a changed row needs a reason."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from guatu.errors import Fault, LoadError
from guatu.load.alone import alone
from guatu.load.batches import FOLDER, Batch, append, counting

AMOUNT = pl.Decimal(38, 9)
WHERE: dict[str, pl.DataType] = {"received": pl.Date(), "sheet": pl.String(), "cell": pl.String(), "line": pl.Int32()}


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of rows: its name, its columns, those that name a row, and those that say something of it.

    amounts: the columns of which a row has at least one; a correction that leaves all of them blank takes the row
    back, and it is known no more. Every row has besides ``received`` (the day from which it counts), ``sheet``,
    ``cell`` and ``line`` (where it stands in its file).
    """

    name: str
    columns: Mapping[str, pl.DataType]
    key: tuple[str, ...]
    amounts: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns of a stored row with their types."""
        return {**self.columns, **WHERE}

    @property
    def said(self) -> tuple[str, ...]:
        """The columns that may not change without a reason."""
        return tuple(name for name in self.columns if name not in self.key)


@dataclass(frozen=True, slots=True)
class Kept:
    """What storing did: the batch (None where all was already there) and how many rows were new, same, changed."""

    batch: Batch | None
    new: int
    same: int
    changed: int
    notes: tuple[str, ...] = ()


def known(data: Path, kind: Kind, as_of: date | None = None) -> pl.DataFrame:
    """The rows of a kind as known on a day (None: now): its columns, ``batch`` and ``file``.

    First rows count from the day they were received, corrections from the day they came in; the last word on a row
    stands.
    """
    batches = counting(data, as_of, kind.name)
    return _assembled(data, kind, batches, _last_received(data, kind, batches, as_of))


def taken_back(data: Path, kind: Kind) -> dict[tuple[Any, ...], date]:
    """Rows that were taken back and not said again: key → the day from which they are known no more.

    To count again such a row must come in as a correction of that day or later.
    """
    batches = counting(data, None, kind.name)
    day = {batch.number: batch.on for batch in batches}
    gone = _last_words(data, kind, batches, None).filter(~_says(kind))
    return {tuple(row[name] for name in kind.key): day[row["batch"]] for row in gone.iter_rows(named=True)}


def _says(kind: Kind) -> pl.Expr:
    return pl.any_horizontal(pl.col(kind.amounts).is_not_null())


def known_of(data: Path, kind: Kind, column: str, wanted: str, as_of: date | None = None) -> pl.DataFrame:
    """The rows of a kind known on a day whose column says what is wanted; looked out once for all that are asked."""
    batches = counting(data, as_of, kind.name)
    upto = _last_received(data, kind, batches, as_of)
    found = _parted(data, kind, batches, upto, column).get((wanted,))
    return _assembled(data, kind, batches, upto).clear() if found is None else found


def told_of(
    data: Path, kind: Kind, column: str, wanted: str, as_of: date | None = None
) -> tuple[Mapping[str, Any], ...]:
    """The rows of known_of one by one, for a wall that asks for a few of them many times; not to be changed."""
    batches = counting(data, as_of, kind.name)
    return _told(data, kind, batches, _last_received(data, kind, batches, as_of), column).get(wanted, ())


@lru_cache(maxsize=32)
def _told(
    data: Path, kind: Kind, batches: tuple[Batch, ...], upto: date | None, column: str
) -> dict[object, tuple[Mapping[str, Any], ...]]:
    parts = _parted(data, kind, batches, upto, column)
    return {name: tuple(rows.iter_rows(named=True)) for (name,), rows in parts.items()}


def _last_received(data: Path, kind: Kind, batches: tuple[Batch, ...], as_of: date | None) -> date | None:
    """The last day up to a day on which a first row came in: between two such days nothing else is known."""
    if as_of is None:
        return None
    days = _days_received(data, kind, batches)
    at = bisect_right(days, as_of)
    return days[at - 1] if at else date.min


@lru_cache(maxsize=64)
def _days_received(data: Path, kind: Kind, batches: tuple[Batch, ...]) -> tuple[date, ...]:
    first = [data / FOLDER[kind.name] / f"{batch.number:04d}.parquet" for batch in batches if batch.kind == "first"]
    return tuple(sorted({day for path in first for day in pl.read_parquet(path, columns=["received"])["received"]}))


@lru_cache(maxsize=32)
def _parted(
    data: Path, kind: Kind, batches: tuple[Batch, ...], as_of: date | None, column: str
) -> dict[tuple[object, ...], pl.DataFrame]:
    return _assembled(data, kind, batches, as_of).partition_by(column, maintain_order=True, as_dict=True)


@lru_cache(maxsize=64)
def _assembled(data: Path, kind: Kind, batches: tuple[Batch, ...], as_of: date | None) -> pl.DataFrame:
    """The rows of these batches that still stand."""
    last = _last_words(data, kind, batches, as_of)
    return last.filter(_says(kind)) if kind.amounts else last


@lru_cache(maxsize=64)
def _last_words(data: Path, kind: Kind, batches: tuple[Batch, ...], as_of: date | None) -> pl.DataFrame:
    """The rows of these batches; kept in memory, since a stored batch never changes."""
    frames = []
    for batch in batches:
        rows = pl.read_parquet(data / FOLDER[kind.name] / f"{batch.number:04d}.parquet")
        if as_of is not None and batch.kind == "first":
            rows = rows.filter(pl.col("received") <= as_of)
        told = pl.lit(batch.number, pl.Int32).alias("batch"), pl.lit(batch.file).alias("file")
        frames.append(rows.with_columns(told))
    if not frames:
        return pl.DataFrame(schema={**kind.schema, "batch": pl.Int32, "file": pl.String})
    every = pl.concat(frames)
    return every.unique(kind.key, keep="last", maintain_order=True) if len(frames) > 1 else every


def keep(
    data: Path,
    kind: Kind,
    file: Path,
    rows: list[dict[str, Any]],
    *,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
    notes: tuple[str, ...] = (),
) -> Kept:
    """Keep the rows of a file as one batch; nothing is kept where a row differs and is no correction.

    look: say what would be kept, with every fault, and keep nothing.

    Raises LoadError: G-LOAD-16 (differs from what is known), G-LOAD-17 (a correction
    without a reason), G-LOAD-18 (another load), G-LOAD-33 (one row twice).
    """
    if correct and not reason.strip():
        raise LoadError.of(
            "a correction needs a reason",
            "G-LOAD-17",
            "更正",
            "没有写原因",
            "日后要说得清为什么改",
            "写明原因（命令 --reason）",
        )
    with nullcontext() if look else alone(data / FOLDER[kind.name], person):
        return _compared(data, kind, file, rows, look, correct, reason.strip(), on, person, at, notes)


def _compared(
    data: Path, kind: Kind, file: Path, rows: list[dict[str, Any]], look: bool, correct: bool, reason: str,
    on: date | None, person: str, at: datetime | None, notes: tuple[str, ...],
) -> Kept:  # fmt: skip
    """Compare with what is known and keep what is not, in one go: nobody else loads in between."""
    before = {tuple(row[name] for name in kind.key): row for row in known(data, kind).iter_rows(named=True)}
    faults: list[Fault] = []
    fresh, same, changed = [], 0, 0
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        name = tuple(row[part] for part in kind.key)
        if name in seen:
            told = "、".join(str(part) for part in name if part)
            what, why = f"与 {located(file, seen[name])} 说的是同一项（{told}）", "同一项只能有一个数"
            faults.append(Fault("G-LOAD-33", located(file, row), what, why, "只留正确的一行"))
        seen.setdefault(name, row)
        old = before.get(name)
        if old is None:
            fresh.append(row)
        elif all(old[part] == row[part] for part in kind.said):
            same += 1
        else:
            changed += 1
            fresh.append(row)
            if not correct:
                faults.append(_differs(kind, old, row, file))
    if faults:
        raise LoadError(f"{file.name} has {len(faults)} faults; nothing was stored", faults)
    if not fresh or look:
        return Kept(None, len(fresh) - changed, same, changed, notes)
    frame = pl.DataFrame(fresh, schema=kind.schema)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    word = "correction" if correct else "first"
    batch = append(
        data, frame, file.name, sha, word, (), on, reason, person, at,
        of=kind.name, order=kind.key, dated="received",
    )  # fmt: skip
    return Kept(batch, len(fresh) - changed, same, changed, notes)


def located(file: Path, row: Mapping[str, Any]) -> str:
    """How a person finds a stored row: file, sheet, cell or line."""
    sheet = f"工作表“{row['sheet']}”" if row["sheet"] else ""
    return f"{file.name} {sheet}" + (f"第 {row['line']} 行" if row["cell"].isdigit() else row["cell"])


def _differs(kind: Kind, old: dict[str, Any], row: dict[str, Any], file: Path) -> Fault:
    cells = "；".join(
        f"{part} 原为 {shown(old[part])}，现为 {shown(row[part])}" for part in kind.said if old[part] != row[part]
    )
    return Fault(
        "G-LOAD-16",
        located(file, row),
        cells,
        "与已入库的值不同",
        "核对；确要更正，选“更正”并写原因再传（命令 --correct --reason 原因）",
    )


def shown(value: Any) -> str:
    """A stored value as a person writes it: no trailing noughts, blank as 空."""
    if value is None or value == "":
        return "空"
    if hasattr(value, "as_tuple"):
        return format(value.normalize(), "f")
    return str(value)
