"""A letter asking for what a unit owes, in the form of an official letter, number and signature left open."""

from __future__ import annotations

import io
from datetime import date

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from guatu.report.duty_sheet import DEMO
from guatu.report.plain_table import BODY, TITLE, written

# GB/T 9704-2012 5.2 and 7: margins 37 and 35, 28 and 26 mm; type of size 3 (16 pt), 22 lines of 28.95 pt a page
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
SIZE, LINE, TITLE_SIZE = 16, 28.95, 22


def reminder_letter(city: str, text: str, day: date, demo: bool = False) -> bytes:
    """A letter as docx; text: the addressee on its first line, then the paragraphs. A person signs and numbers it."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    _line(document, f"{city}生态环境保护委员会办公室", TITLE, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "关于报送重点工作进展的催报函", TITLE, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    if demo:
        _line(document, DEMO, BODY, SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "（文号由办公室编）", BODY, SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "", BODY, SIZE)
    first, *rest = text.splitlines()
    _line(document, first, BODY, SIZE)
    for words in rest:
        _line(document, words, BODY, SIZE, indent=2 * SIZE)
    _line(document, "", BODY, SIZE)
    for words in (f"{city}生态环境保护委员会办公室（待签）", f"{day.year}年{day.month}月{day.day}日"):
        _line(document, words, BODY, SIZE, WD_ALIGN_PARAGRAPH.RIGHT)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _line(
    document: object, words: str, font: str, size: int, align: WD_ALIGN_PARAGRAPH | None = None, indent: int = 0
) -> None:
    paragraph = document.add_paragraph()  # type: ignore[attr-defined]
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    form.space_before = form.space_after = Pt(0)
    form.first_line_indent = Pt(indent)
    paragraph.alignment = align
    written(paragraph, words, font, size)
