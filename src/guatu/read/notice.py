"""From a file or a text to a Plan: the rooms of reading, one after the other."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from guatu.errors import ReadError
from guatu.read.bodies import Directory, directory
from guatu.read.document import Document, open_document
from guatu.read.forms.kinds import BY_ENDING
from guatu.read.head import head_of
from guatu.read.layout import mend
from guatu.read.measures import measures_in, papers_in
from guatu.read.notes import notes_on
from guatu.read.outline import Outline, outline_of
from guatu.read.plan import Plan
from guatu.read.reading import Reading
from guatu.read.scope import whole_area
from guatu.read.table_tasks import duties_of_tables
from guatu.read.targets import goal_nodes, targets_in
from guatu.read.tasks import containers_in, duties_in
from guatu.rules.cards import Cards


def read_notice(source: str | os.PathLike[str], book: Directory | None = None, cards: Cards | None = None) -> Plan:
    """Read a notice.

    source: a path, or the text itself (a string with a line feed, or one that names no file). book: a directory of
    bodies with the office's own; cards: indicator cards with the office's own. Same
    input, same output; no network. Raises ReadError (G-READ-01 to 06).
    """
    return read_document(document_of(source), book, cards)


def document_of(source: str | os.PathLike[str]) -> Document:
    """The document a path names, or the text itself."""
    if isinstance(source, str) and ("\n" in source or len(source) > 1000 or not _may_be_path(source)):
        if not source.strip():
            raise ReadError.of("empty text", "G-READ-02", "文本", "是空的", "没有内容可读", "给出正文")
        return Document(source, "文本", hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest())
    return open_document(Path(source))


def _may_be_path(source: str) -> bool:
    if "\0" in source or not source.strip():
        return False
    try:
        return Path(source).exists() or Path(source).suffix.lower() in BY_ENDING
    except OSError:
        return False


def read_document(document: Document, book: Directory | None = None, cards: Cards | None = None) -> Plan:
    """Read a decoded document."""
    book = book or directory()
    page = mend(document.text, cards)
    head = head_of(page, outline_of(page))
    table_duties, table_start = duties_of_tables(page, book, head.year)
    outline = outline_of(page, table_start)
    area = whole_area(head.region, head.issuer, head.title)
    goals = goal_nodes(page, outline)
    targets = targets_in(page, outline, area, head.year)
    duties = duties_in(page, outline, goals, book, head.year) + table_duties
    if _is_regulation(outline):
        targets, duties, outline = [], [], Outline(outline.head, [], [])
    plan = Plan(
        head=head,
        targets=tuple(targets),
        tasks=tuple(duty.task for duty in duties),
        containers=tuple(containers_in(page, outline, duties, goals)),
        notes=document.notes,
        source_sha256=document.sha256,
    )
    plan = replace(
        plan,
        measures=tuple(measures_in(page, outline, duties, goals, head.year)),
        papers=tuple(papers_in(page, outline, duties, goals, head.year)),
    )
    noted = notes_on(Reading(plan, page, outline, goals, duties, book))
    return replace(noted, notes=(*document.notes, *noted.notes)) if document.notes else noted


def _is_regulation(outline: Outline) -> bool:
    """Whether the paper is in articles (第一条…): a rule of procedure, no plan of work."""
    return sum(node.label.endswith("条") for node in outline.nodes()) >= 5
