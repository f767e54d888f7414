"""Batches of hourly air, append-only: which files said what, and what was known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

ITEMS = ("pm25", "pm10", "so2", "no2", "co", "o3")


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that was stored: number from 1, file name, SHA-256 of the file, rows stored, and why.

    at: when it was stored (ISO, local); on: from which day a correction counts; kind: ``first`` or ``correction``;
    items: which of the six concentrations the file carried; first, last: its earliest and latest hour end.
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


def batches_in(data: Path, kind: str) -> tuple[Batch, ...]:
    """The batches of a kind kept under a data folder, oldest first."""
    raise NotImplementedError


def hours_known(data: Path, as_of: date | None) -> pl.LazyFrame:
    """What was known on a day; see Workspace.hours."""
    raise NotImplementedError


def data_version(data: Path, as_of: date | None) -> str:
    """Newest batch that counts on a day."""
    raise NotImplementedError
