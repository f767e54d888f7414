"""Batches, append-only: which files said what, and what was known of the hours of air on a day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import polars as pl

from guatu.base.clock import beijing_now
from guatu.base.still import once
from guatu.errors import LoadError
from guatu.load.alone import alone
from guatu.load.cells import EXACT
from guatu.load.columns import ITEMS

FOLDER = {
    "air-hourly": "air_hourly",
    "figures": "figures",
    "water": "water",
    "water-class": "water_class",
    "groundwater": "groundwater",
    "sources": "sources",
    "list": "lists",
    "weather": "weather",
    "sand": "sand",
}
ROWS: dict[str, pl.DataType] = {
    "station": pl.String(),
    "time": pl.Datetime("ms"),
    **dict.fromkeys(ITEMS, EXACT),
    "line": pl.Int32(),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that was stored: number from 1, file name, SHA-256 of the file, rows stored, and why.

    at: when it was stored (ISO, Beijing time); on: from which day a correction counts; kind: ``first``,
    ``correction``, or ``undo`` for the word that the batch numbered undoes counts no more, as if it had never come;
    items: which of the six concentrations the file carried; first, last: its earliest and latest hour end;
    stored: SHA-256 of the Parquet file kept.
    """

    number: int
    file: str
    sha256: str
    rows: int
    at: str
    on: date
    kind: str
    items: tuple[str, ...]
    first: str
    last: str
    reason: str = ""
    person: str = ""
    stored: str = ""
    undoes: int = 0


def batches_in(data: Path, kind: str = "air-hourly") -> tuple[Batch, ...]:
    """The batches of a kind that stand, oldest first. Raises LoadError (G-LOAD-19): list broken."""
    return _standing(written_in(data, kind))


def written_in(data: Path, kind: str = "air-hourly") -> tuple[Batch, ...]:
    """All that was ever written down of a kind, undone batches and their undoing included, oldest first."""
    path = data / FOLDER[kind] / "manifest.json"
    return _listed(path, path.read_bytes()) if path.exists() else ()


@lru_cache(maxsize=64)
def _standing(written: tuple[Batch, ...]) -> tuple[Batch, ...]:
    undone = {batch.undoes for batch in written}
    return tuple(batch for batch in written if batch.kind != "undo" and batch.number not in undone)


@lru_cache(maxsize=32)
def _listed(path: Path, content: bytes) -> tuple[Batch, ...]:
    """The batches of a list's bytes; a wall asks for them many times."""
    try:
        entries = json.loads(content)
        return tuple(
            Batch(**{**entry, "on": date.fromisoformat(entry["on"]), "items": tuple(entry["items"])})
            for entry in entries
        )
    except (ValueError, TypeError, KeyError):
        raise LoadError.of(
            f"{path} is broken", "G-LOAD-19", str(path), "批次清单读不出来", "不知哪些数据已入库", "从备份恢复这个文件"
        ) from None


def append(
    data: Path,
    rows: pl.DataFrame,
    file: str,
    sha256: str,
    kind: str,
    items: tuple[str, ...],
    on: date | None,
    reason: str,
    person: str,
    at: datetime | None = None,
    *,
    of: str = "air-hourly",
    order: tuple[str, ...] = ("station", "time"),
    dated: str = "time",
) -> Batch:
    """Keep rows as the next batch of their kind: both files are written aside and renamed.

    of: the kind, hours of air (station, time, items, line) if not another; order: the columns to sort by; dated: the
    column whose earliest and latest value are written down. A batch counts once it stands in the manifest, so a
    broken write leaves nothing behind that is read.
    Raises LoadError (G-LOAD-18) while another load is running.
    """
    folder = data / FOLDER[of]
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder, person):
        earlier = written_in(data, of)
        number = len(earlier) + 1
        ordered = rows.sort(order).select(list(ROWS) if of == "air-hourly" else rows.columns)
        aside = folder / "batch.tmp"
        ordered.write_parquet(aside, compression="zstd")
        stored = hashlib.sha256(aside.read_bytes()).hexdigest()
        aside.replace(folder / f"{number:04d}.parquet")
        now = (at or beijing_now()).replace(microsecond=0)
        first, last = (str(ordered.select(bound).item()) for bound in (pl.min(dated), pl.max(dated)))
        batch = Batch(
            number, file, sha256, rows.height, now.isoformat(sep=" "), on or now.date(), kind, items, first, last,
            reason, person, stored,
        )  # fmt: skip
        _write_down(folder, (*earlier, batch))
    return batch


def withdraw(data: Path, kind: str, number: int, *, reason: str, person: str = "", at: datetime | None = None) -> Batch:
    """Undo the newest batch that stands: what is known, on any day, is then what it was before that batch came.

    Later batches were compared with the earlier ones, so only the newest can go. Nothing is deleted: the list of
    batches says who took it back, when and why.
    Raises LoadError: G-LOAD-17 no reason, G-LOAD-18 another load, G-LOAD-36 no such batch stands, G-LOAD-37 later ones
    stand on it.
    """
    where = f"批次 {number:04d}"
    if not reason.strip():
        raise LoadError.of(
            "no reason", "G-LOAD-17", where, "没有写撤销的原因", "日后要说得清为什么撤销", "写明原因再撤销"
        )
    folder = data / FOLDER[kind]
    with alone(folder, person):
        standing = batches_in(data, kind)
        found = next((batch for batch in standing if batch.number == number), None)
        if found is None:
            raise LoadError.of(
                f"no batch {kind}/{number}",
                "G-LOAD-36",
                where,
                "没有这一批，或已撤销",
                "没有可撤的",
                "刷新入库历史再看",
            )
        later = [batch for batch in standing if batch.number > number]
        if later:
            names = "、".join(f"{batch.number:04d}" for batch in reversed(later))
            raise LoadError.of(
                f"{kind}/{number} is not the newest", "G-LOAD-37", where, f"后面还有批次 {names}",
                "后来的批次只存了与它不同的行", "从最新的一批起依次撤销",
            )  # fmt: skip
        now = (at or beijing_now()).replace(microsecond=0)
        written = written_in(data, kind)
        mark = replace(
            found, number=len(written) + 1, kind="undo", at=now.isoformat(sep=" "), on=now.date(), items=(),
            reason=reason.strip(), person=person, stored="", undoes=number,
        )  # fmt: skip
        _write_down(folder, (*written, mark))
    return mark


def _write_down(folder: Path, batches: Sequence[Batch]) -> None:
    entries = [{**asdict(entry), "on": entry.on.isoformat()} for entry in batches]
    aside = folder / "manifest.tmp"
    aside.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    aside.replace(folder / "manifest.json")


@once
def counting(data: Path, as_of: date | None, of: str = "air-hourly") -> tuple[Batch, ...]:
    """The batches that count on a day, in the order in which they count: first values, then corrections by day."""
    batches = batches_in(data, of)
    first = [batch for batch in batches if batch.kind == "first"]
    later = [batch for batch in batches if batch.kind == "correction" and (as_of is None or batch.on <= as_of)]
    if as_of is not None:
        first = [batch for batch in first if batch.first <= f"{_end(as_of)}"]
    return (*first, *sorted(later, key=lambda batch: (batch.on, batch.number)))


def hours_known(data: Path, as_of: date | None, without: int = 0) -> pl.LazyFrame:
    """What was known on a day (None: now), one row a station and hour; without: a batch to pass over, for what if.

    Columns: station, time, the six items exact, batch (that said the row last), line (its row in that file), and
    said_<item>: whether any batch said anything of the item, a blank included.
    """
    batches = [batch for batch in counting(data, as_of) if batch.number != without]
    return hours_said(data, batches, None if as_of is None else pl.col("time") <= _end(as_of))


def hours_said(data: Path, batches: Sequence[Batch], only: pl.Expr | None = None) -> pl.LazyFrame:
    """What some batches say, in the order in which they count; see hours_known. only: which hours are asked for."""
    parts = []
    for batch in batches:
        rows = pl.scan_parquet(data / FOLDER["air-hourly"] / f"{batch.number:04d}.parquet")
        said = [pl.lit(item in batch.items).alias(f"said_{item}") for item in ITEMS]
        parts.append(rows.with_columns(pl.lit(batch.number, pl.Int32).alias("batch"), *said))
    if not parts:
        said_all: dict[str, pl.DataType] = {f"said_{item}": pl.Boolean() for item in ITEMS}
        return pl.LazyFrame(schema={**ROWS, "batch": pl.Int32(), **said_all})
    every = pl.concat(parts) if only is None else pl.concat([part.filter(only) for part in parts])
    if len(parts) == 1:
        return every.sort("station", "time")
    last = [pl.col(item).filter(pl.col(f"said_{item}")).last() for item in ITEMS]
    said = [pl.col(f"said_{item}").any() for item in ITEMS]
    return (
        every.group_by("station", "time").agg(*last, pl.last("line"), pl.last("batch"), *said).sort("station", "time")
    )


def data_version(data: Path, as_of: date | None) -> str:
    """Newest batch that counts on a day, as ``air-hourly/0003``; empty without data."""
    numbers = [batch.number for batch in counting(data, as_of)]
    return f"air-hourly/{max(numbers):04d}" if numbers else ""


def inputs_hash(data: Path, as_of: date | None) -> str:
    """SHA-256 over the stored files that count on a day, in the order in which they count."""
    return hashlib.sha256("".join(batch.stored for batch in counting(data, as_of)).encode()).hexdigest()


def _end(day: date) -> datetime:
    """The last hour of a day ends at midnight."""
    return datetime.combine(day, datetime.min.time()) + timedelta(days=1)
