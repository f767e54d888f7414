"""Tasks of a table that came out one cell a line."""

from __future__ import annotations

import re
from dataclasses import replace

from guatu.read import labels, tables
from guatu.read.blocks import names_of
from guatu.read.bodies import Directory, is_body_like
from guatu.read.dates import deadlines_in
from guatu.read.layout import Page
from guatu.read.plan import Commitment, Spans, Task
from guatu.read.tasks import Duty, commitments_in


def is_body_line(line: str, book: Directory) -> bool:
    """Whether a cell's line is nothing but bodies."""
    names, _ = names_of(line, book)
    return (
        bool(names)
        and len(line) <= 40
        and all(
            is_body_like(name)
            and (book.find(name) is not None or book.split(name)[0] or name.endswith(("单位", "部门")))
            for name in names
        )
    )


def duties_of_tables(page: Page, book: Directory, year: int | None) -> tuple[list[Duty], int | None]:
    """Duties of every table of the page, in order; and where the first table begins."""
    ranges = page.paragraphs
    lines = [page.text[first:last] for first, last in ranges]
    found: list[Duty] = []
    start: int | None = None
    for table in tables.find_tables(lines):
        start = ranges[table.first][0] if start is None else start
        bodies = [is_body_line(line, book) for line in lines]
        for row in tables.rows_of(lines, table, bodies):
            if row.bodies and row.title:
                found.append(_task(page, ranges, lines, row, book, year))
    return [replace(duty, task=replace(duty.task, id=f"K{i:02}")) for i, duty in enumerate(found, 1)], start


def _task(
    page: Page, ranges: list[tuple[int, int]], lines: list[str], row: tables.Row, book: Directory, year: int | None
) -> Duty:
    above = labels.of(lines[row.section]) if row.section is not None else None
    path = "/".join(part for part in (above.text if above else "", row.number) if part)
    units: list[str] = []
    spans: Spans = {}
    for index in row.bodies:
        names, _ = names_of(lines[index], book)
        units += [name for name in names if name not in units]
        spans.setdefault("units", page.span(*ranges[index]))
    spans["units"] = (spans["units"][0], page.span(*ranges[row.bodies[-1]])[1])
    listed = labels.of(lines[row.title[0]])
    title = (ranges[row.title[0]][0] + (listed.length if listed else 0), ranges[row.title[-1]][1])
    spans["title"] = page.span(*title)
    dates: list[str] = []
    commitments: list[Commitment] = []
    texts: list[str] = []
    body = tuple(_sentences(ranges, lines, row))
    for first, last in body:
        spans["text"] = (spans.get("text", page.span(first, last))[0], page.span(first, last)[1])
        texts.append(page.words(first, last))
        dates += [deadline.text for deadline in deadlines_in(page.text, first, last, year)]
        commitments += commitments_in(page, first, last, year)
    task = Task(
        id="",
        outline=path,
        title=page.words(*title),
        text="\n".join(texts),
        units=tuple(units),
        deadlines=tuple(dict.fromkeys(dates)),
        commitments=tuple(commitments),
        units_raw="、".join(lines[index] for index in row.bodies),
        table=True,
        spans=spans,
    )
    return Duty(task, None, body, None)


def _sentences(ranges: list[tuple[int, int]], lines: list[str], row: tables.Row) -> list[tuple[int, int]]:
    """Ranges of a row's text: cell lines up to a full stop together, list numbers left out."""
    found: list[tuple[int, int]] = []
    open_ = False
    for index in row.text:
        first, last = ranges[index]
        label = labels.of(lines[index])
        if open_ and label is None:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first + (label.length if label else 0), last))
        open_ = not re.search(r"[。；.]$", lines[index])
    return found
