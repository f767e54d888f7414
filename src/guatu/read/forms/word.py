"""Word documents (.docx): body in order, automatic numbers as shown, tables, nothing that was struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from guatu.read.forms import faults
from guatu.read.forms.archive import Archive
from guatu.read.forms.extract import Extract
from guatu.read.forms.grid import Grid, lines_of
from guatu.read.forms.numbering import Numbering

_KIND = " Word 文档"
_BODY = "word/document.xml"
_LEFT_OUT = {"del", "moveFrom", "drawing", "pict", "object", "AlternateContent", "instrText", "delText", "rt", "pPr"}
_CONTENTS = re.compile(r"TOC\s?\d|目录\s?\d", re.IGNORECASE)


def read(data: bytes, name: str) -> Extract:
    """The text of a .docx; raises ReadError G-READ-20 (damaged), 21, 22 (limits), 24 (without text)."""
    archive = Archive(data, name, _KIND)
    body = archive.tree(_BODY).find("body")
    if body is None:
        raise faults.damaged(name, _KIND, "no body")
    parts = [archive.tree(part) if part in archive else None for part in ("word/numbering.xml", "word/styles.xml")]
    lines = list(_Body(Numbering(*parts)).lines(body))
    if not any(line.strip() for line in lines):
        raise faults.without_text(name, _KIND)
    return Extract("\n".join(lines) + "\n")


class _Body:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering

    def lines(self, parent: Element) -> Iterator[str]:
        """The lines of a body, a cell or a content control, in order."""
        held = ""
        for element in _blocks(parent):
            if element.tag == "tbl":
                if held:
                    yield held
                    held = ""
                yield from lines_of(self._grid(element))
                continue
            properties = element.find("pPr")
            if _is_contents(properties):
                continue
            words = "".join(_words(element))
            if words.strip() and not held:
                words = self.numbering.label(properties) + words
            held += words
            if properties is not None and properties.find("rPr/del") is not None:
                continue  # its end was struck out: the next paragraph goes on with it
            yield from held.split("\n")
            held = ""
        if held:
            yield from held.split("\n")

    def _grid(self, table: Element) -> Grid:
        rows: Grid = []
        for row in _children(table, "tr"):
            if row.find("trPr/del") is not None:
                continue
            cells = []
            for cell in _children(row, "tc"):
                merged = cell.find("tcPr/vMerge")
                covered = merged is not None and merged.get("val", "continue") == "continue"
                inside = [line for line in self.lines(cell) if line.strip()]
                cells.append("" if covered else "\n".join(inside))
                cells.extend([""] * (_span(cell) - 1))
            rows.append(cells)
        return rows


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables below an element, through content controls and tracked insertions."""
    for element in parent:
        if element.tag in ("p", "tbl"):
            yield element
        elif element.tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(element)


def _children(parent: Element, tag: str) -> Iterator[Element]:
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _children(element, tag)


def _words(element: Element) -> Iterator[str]:
    """The characters a paragraph shows, without deletions, hidden runs, text boxes and field codes."""
    for child in element:
        tag = child.tag
        if tag in _LEFT_OUT or (tag == "r" and _is_hidden(child)):
            continue
        if tag == "t":
            yield child.text or ""
        elif tag in ("tab", "ptab"):
            yield "\t"
        elif tag in ("br", "cr"):
            yield "\n" if child.get("type", "textWrapping") == "textWrapping" else ""
        elif tag == "noBreakHyphen":
            yield "-"
        else:
            yield from _words(child)


def _is_hidden(run: Element) -> bool:
    vanish = run.find("rPr/vanish")
    return vanish is not None and vanish.get("val", "1") not in ("0", "false", "off")


def _is_contents(properties: Element | None) -> bool:
    style = None if properties is None else properties.find("pStyle")
    return style is not None and bool(_CONTENTS.match(style.get("val", "")))


def _span(cell: Element) -> int:
    span = cell.find("tcPr/gridSpan")
    told = "1" if span is None else span.get("val", "1")
    return min(int(told), 60) if told.isdecimal() else 1
