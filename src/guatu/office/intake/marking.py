"""The person's own file again with a comment on every cell that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guatu.act.collection_heap import Marked
from guatu.load.office_table import letters
from guatu.office.intake.shelf import Job
from guatu.report.marked_copy import marked_copy

LARGEST = 20 * 1024 * 1024  # [byte] of a file that is given back marked
MOST = 3000  # marks
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xls")
_SHEET = re.compile(r"工作表“([^”]*)”")
_CELL = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,3})([1-9]\d*)(?:（|$)")
_LINES = re.compile(r"第 ([\d、–]+) 行(?:“([^”]*)”列)?")


def may_be_marked(job: Job) -> bool:
    """Whether a file can be given back with marks: a table of text or a workbook, not too large, with faults."""
    path = job.path
    return bool(job.faults) and path.suffix.lower() in ENDINGS and path.stat().st_size <= LARGEST


def marked(job: Job) -> bytes:
    """The file as xlsx, each fault as a comment on its cell; one without a cell stands on the first of its line."""
    found = [mark for fault in job.faults for mark in _marks(job, *fault)]
    return marked_copy(job.path, found[:MOST])


def _marks(job: Job, where: str, what: str, why: str, remedy: str, code: str) -> Iterator[Marked]:
    said = _SHEET.search(where)
    sheet = said[1] if said else ""
    words = "。".join(part for part in (what, why, remedy) if part) + (f"（{code}）" if code else "")
    rest = _SHEET.sub("", where).replace(job.name, "", 1).strip()
    cell, lines = _CELL.search(rest), _LINES.search(rest)
    if cell:
        yield Marked(job.name, sheet, int(cell[2]), cell[1], words)
        return
    column = _column(job, sheet, lines[2] or "") if lines else "A"
    more = _LINES.search(what[what.find("同样的还有") :]) if "同样的还有" in what else None
    numbers = _numbers(more[1]) if more else _numbers(lines[1]) if lines else iter((1,))
    for number in numbers:
        yield Marked(job.name, sheet, number, column, words)


def _numbers(text: str) -> Iterator[int]:
    """The lines that words such as 3、5–9 name."""
    for part in text.split("、"):
        first, _, last = part.partition("–")
        if first.isdigit():
            end = int(last) if last.isdigit() else int(first)
            yield from range(int(first), min(end, int(first) + MOST) + 1)


def _column(job: Job, sheet: str, heading: str) -> str:
    """The letter of a column by its heading as read; A where it is not known."""
    for table in job.heard:
        if heading and table["sheet"] == sheet and heading in table["headings"]:
            return letters(table["headings"].index(heading))
    return "A"
