"""Headings, sentences, tables and charts of a paper into a Word document; every number becomes a bookmark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from guatu.report.columns import widths
from guatu.report.drawing import WIDE, png_of
from guatu.report.gbt9704 import (
    BODY,
    FOUR,
    HEAD,
    HEADINGS,
    SMALL,
    SONG,
    THREE,
    landscape,
    line,
    off_the_grid,
    upright,
    write,
)
from guatu.report.paper import Block, Chart, Grid, Heading, Number, Para, Runs, plain

MARK = "guatu_"


class Writer:
    """Writes blocks at the end of a document and counts the bookmarks.

    turning: whether a wide table may lay the page on its side; marks: the bookmarks written, with their
    numbers; first: the id of the first of them.
    """

    def __init__(self, document: Any, size: float = THREE, *, turning: bool = True, first: int = 1) -> None:
        self.document = document
        self.size = size
        self.turning = turning
        self.lies = False
        self.first = first
        self.marks: list[tuple[str, Number]] = []

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Blocks in their order; a wide table and what goes with it lie on their side, tables in a row on one page."""
        for at, block in enumerate(blocks):
            ahead = next((one for one in blocks[at:] if not isinstance(one, Heading)), None)
            self.turn(isinstance(ahead, Grid) and ahead.wide)
            match block:
                case Heading():
                    heading = line(self.document, indent=True)
                    heading.paragraph_format.keep_with_next = True
                    write(heading, block.words, HEADINGS[block.level], self.size)
                case Para():
                    self.runs(line(self.document, indent=True), block.runs)
                case Chart():
                    self._chart(block)
                case Grid():
                    self._grid(block)

    def turn(self, lies: bool) -> None:
        """Lay the page on its side or stand it up, if it is not so already."""
        if self.turning and lies != self.lies:
            (landscape if lies else upright)(self.document)
            self.lies = lies

    def runs(self, paragraph: Paragraph, runs: Runs, font: str = BODY, size: float = 0) -> None:
        """Words and numbers into a paragraph."""
        for run in runs:
            if isinstance(run, Number):
                self._number(paragraph, run, font, size or self.size)
            elif run:
                write(paragraph, run, font, size or self.size)

    def _number(self, paragraph: Paragraph, number: Number, font: str, size: float) -> None:
        start, end = self.bookmark(number)
        paragraph._p.append(start)
        write(paragraph, number.text, font, size)
        paragraph._p.append(end)

    def bookmark(self, number: Number) -> tuple[Any, Any]:
        """Start and end of the next bookmark, which stands for a number."""
        name = f"{MARK}{len(self.marks) + 1:04d}"
        self.marks.append((name, number))
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.first + len(self.marks) - 1))
        start.set(qn("w:name"), name)
        return start, end

    def _chart(self, chart: Chart) -> None:
        picture = line(self.document, centred=True)
        off_the_grid(picture)
        picture.paragraph_format.keep_with_next = True
        shape = picture.add_run().add_picture(io.BytesIO(png_of(chart)), width=Mm(WIDE))
        shape._inline.docPr.set("descr", f"{chart.caption}；图中各数见文中和表。")
        write(line(self.document, centred=True), chart.caption, HEAD, 12)

    def _grid(self, grid: Grid) -> None:
        caption = line(self.document, centred=True)
        caption.paragraph_format.keep_with_next = True
        write(caption, grid.caption, HEAD, FOUR)
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
                centre = OxmlElement("w:vAlign")
                centre.set(qn("w:val"), "center")
                cell.get_or_add_tcPr().append(centre)
                self._cell(cell, runs, SONG if at else HEAD, at == 0)
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, wide, strict=True):
            column.w = Mm(width)
        for words in grid.notes:
            below = line(self.document)
            off_the_grid(below)
            write(below, f"注：{words}", BODY, SMALL)

    def _cell(self, cell: Any, runs: Runs, font: str, head: bool) -> None:
        paragraph = Paragraph(cell.p_lst[0], self.document)
        off_the_grid(paragraph)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        if head or len(plain(runs)) <= 14:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.runs(paragraph, runs, font, SMALL)
