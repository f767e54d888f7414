"""A paper as a Word file in official form; every number is a bookmark, and the file carries where each comes from."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from guatu.report.columns import widths
from guatu.report.duty_sheet import DEMO
from guatu.report.gbt9704 import (
    BODY,
    FOUR,
    HEAD,
    HEADINGS,
    SMALL,
    SONG,
    THREE,
    TITLE,
    TWO,
    landscape,
    line,
    off_the_grid,
    page,
    red_head,
    upright,
    write,
)  # fmt: skip
from guatu.report.paper import Grid, Heading, Number, Paper, Para, Runs, plain

SPACE = "urn:guatu:numbers"
CARRIED = "/customXml/guatu.xml"
MARK = "guatu_"
EPOCH = (1980, 1, 1, 0, 0, 0)


def docx_of(paper: Paper, *, head: str = "", number: str = "") -> bytes:
    """The Word file; the same paper gives the same bytes. head, number: a red head's body and 文号, if wanted."""
    document = page(dense=paper.dense)
    if head:
        red_head(document, head, number)
    title = line(document, centred=True)
    title.paragraph_format.line_spacing = 1.2
    write(title, paper.title, TITLE, FOUR + 2 if paper.dense else TWO)
    if paper.demo:
        write(line(document, centred=True), DEMO, HEAD, SMALL + 1.5)
    if not paper.dense:
        line(document)
    if paper.addressee:
        write(line(document), f"{paper.addressee}：")
    writer = _Writer(document, FOUR - 2 if paper.dense else THREE)
    for block in paper.blocks:
        match block:
            case Heading():
                heading = line(document, indent=True)
                heading.paragraph_format.keep_with_next = True
                write(heading, block.words, HEADINGS[block.level], writer.size)
            case Para():
                writer.runs(line(document, indent=True), block.runs)
            case Grid():
                writer.grid(block)
    _close(document, paper)
    _carry(document, paper, writer.marks)
    document.core_properties.created = document.core_properties.modified = datetime(
        paper.as_of.year, paper.as_of.month, paper.as_of.day
    )
    document.core_properties.author = document.core_properties.last_modified_by = "guatu"
    document.core_properties.title = paper.title
    out = io.BytesIO()
    document.save(out)
    return _same_bytes(out.getvalue())


class _Writer:
    """Writes runs; counts the bookmarks."""

    def __init__(self, document: Any, size: float) -> None:
        self.document = document
        self.size = size
        self.marks: list[tuple[str, Number]] = []

    def runs(self, paragraph: Paragraph, runs: Runs, font: str = BODY, size: float = 0) -> None:
        size = size or self.size
        for run in runs:
            if isinstance(run, Number):
                self._number(paragraph, run, font, size)
            elif run:
                write(paragraph, run, font, size)

    def _number(self, paragraph: Paragraph, number: Number, font: str, size: float) -> None:
        name = f"{MARK}{len(self.marks) + 1:04d}"
        self.marks.append((name, number))
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(len(self.marks)))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        write(paragraph, number.text, font, size)
        paragraph._p.append(end)

    def grid(self, grid: Grid) -> None:
        if grid.wide:
            landscape(self.document)
        caption = line(self.document, centred=True)
        caption.paragraph_format.keep_with_next = True
        write(caption, grid.caption, HEAD, 14)
        table = self.document.add_table(rows=len(grid.rows) + 1, cols=len(grid.heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        wide = widths(grid)
        rows = [tuple((words,) for words in grid.heads), *grid.rows]
        for at, (row, cells) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
            properties = row.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if at == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, runs, width in zip(row.tc_lst, cells, wide, strict=True):
                cell.width = Mm(width)
                self._cell(cell, runs, SONG if at else HEAD)
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, wide, strict=True):
            column.w = Mm(width)
        for words in grid.notes:
            write(line(self.document, tight=True), f"注：{words}", BODY, SMALL)
        if grid.wide:
            upright(self.document)

    def _cell(self, cell: Any, runs: Runs, font: str) -> None:
        paragraph = Paragraph(cell.p_lst[0], self.document)
        off_the_grid(paragraph)
        if len(plain(runs)) <= 12:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.runs(paragraph, runs, font, SMALL)


def _close(document: Any, paper: Paper) -> None:
    """Signature and date at the right, then what the paper was made of."""
    if paper.sign:
        line(document)
        for words in (paper.sign, f"{paper.as_of.year}年{paper.as_of.month}月{paper.as_of.day}日"):
            paragraph = line(document)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            write(paragraph, words + "　" * 2)
    line(document)
    told = "；".join(f"{name}：{said}" for name, said in paper.made_of)
    write(line(document, tight=True), f"编制依据：按{paper.as_of.isoformat()}所知；{told}。", BODY, SMALL)


def _carry(document: Any, paper: Paper, marks: list[tuple[str, Number]]) -> None:
    """The part of the file that says of what kind, period and knowledge it is, and where each bookmark comes from."""
    root = ET.Element(f"{{{SPACE}}}paper", kind=paper.kind, period=str(paper.period), as_of=paper.as_of.isoformat(),
                      city=paper.city, title=paper.title)  # fmt: skip
    for name, said in paper.made_of:
        ET.SubElement(root, f"{{{SPACE}}}made_of", name=name).text = said
    for bookmark, number in marks:
        ET.SubElement(root, f"{{{SPACE}}}number", bookmark=bookmark, key=number.key, text=number.text,
                      address=number.address, of=" ".join(number.of), note=number.note)  # fmt: skip
    part = Part(PackURI(CARRIED), "application/xml", ET.tostring(root, encoding="utf-8", xml_declaration=True),
                document.part.package)  # fmt: skip
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _same_bytes(content: bytes) -> bytes:
    """The archive with one time stamp for every part, so that the same paper is the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name, EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
