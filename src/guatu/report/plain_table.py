"""A titled table as a Word or Excel file, landscape, with the demo mark where it belongs."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from guatu.report.duty_sheet import DEMO
from guatu.report.same_bytes import EPOCH, repacked

WIDE = 267  # between the margins of a landscape page [mm]
SHORT, LONG = 5, 28  # characters a column is at least and at most reckoned with
BODY, TITLE = "仿宋_GB2312", "方正小标宋简体"


def table_docx(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], demo: bool = False,
               notes: Sequence[str] = ()) -> bytes:  # fmt: skip
    """A4 landscape; the heading row repeats on every page, no row breaks over two."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(18)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written(head, title, TITLE, 18)
    if demo:
        mark = document.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        written(mark, DEMO, BODY, 11)
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        written(cell.paragraphs[0], words, "黑体", 10)
    _keep_together(table.rows[0], repeat=True)
    for values in rows:
        row = table.add_row()
        for cell, words in zip(row.cells, values, strict=True):
            written(cell.paragraphs[0], words, BODY, 9.5)
        _keep_together(row)
    for at, share in enumerate(_shares(heads, rows)):
        table.columns[at].width = Mm(WIDE * share)
        for cell in table.columns[at].cells:
            cell.width, cell.vertical_alignment = Mm(WIDE * share), WD_CELL_VERTICAL_ALIGNMENT.CENTER
            form = cell.paragraphs[0].paragraph_format
            form.space_before, form.space_after, form.line_spacing = Pt(2), Pt(2), 1.15
    for words in notes:
        written(document.add_paragraph(), words, BODY, 10)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def table_xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], demo: bool = False,
               notes: Sequence[str] = (), links: Mapping[tuple[int, int], str] | None = None) -> bytes:  # fmt: skip
    """One sheet, heading row frozen and repeated in print; ``links``: by row and column, what a cell opens."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "author": "guatu", "created": datetime(*EPOCH)})
        sheet = book.add_worksheet("表")
        cell = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
        link = book.add_format(
            {"text_wrap": True, "valign": "vcenter", "border": 1, "font_color": "#1D4E96", "underline": 1}
        )
        bold = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True})
        big = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        sheet.merge_range(0, 0, 0, len(heads) - 1, title + (f"（{DEMO}）" if demo else ""), big)
        sheet.write_row(1, 0, heads, bold)
        for line, values in enumerate(rows, 2):
            for at, value in enumerate(values):
                if links and (line - 2, at) in links:
                    sheet.write_formula(line, at, f'=HYPERLINK("{links[line - 2, at]}","{value}")', link, value)
                elif value.isdigit() and len(value) < 10:
                    sheet.write_number(line, at, int(value), cell)
                else:
                    sheet.write_string(line, at, value, cell)
        for line, words in enumerate(notes, len(rows) + 3):
            sheet.write_string(line, 0, words)
        for at in range(len(heads)):
            longest = max((len(row[at]) for row in rows), default=0)
            sheet.set_column(at, at, min(42, max(8, 2 * len(heads[at]), longest)))
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return repacked(out.getvalue())


def _shares(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """What part of the page's width each column needs: by its longest text, within reason."""
    longest = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    needed = [min(max(length, SHORT), LONG) for length in longest]
    return [one / sum(needed) for one in needed]


def written(paragraph: Paragraph, words: str, font: str, size: float) -> None:
    """Words in a paragraph in a font, Chinese characters included, of a size [pt]."""
    run = paragraph.add_run(words)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _keep_together(row: _Row, repeat: bool = False) -> None:
    """A row that is not split over pages, and where asked repeats as a heading."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if repeat else ())):
        properties.append(OxmlElement(name))
