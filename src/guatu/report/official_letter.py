"""Letters of an office and the form that closes a problem, as Word files by GB/T 9704 for a person to complete."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from guatu.report.duty_sheet import DEMO
from guatu.report.gbt9704 import (
    BODY,
    FOUR,
    HEAD,
    SMALL,
    TITLE,
    TWO,
    landscape,
    line,
    off_the_grid,
    page,
    red_head,
    write,
)

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class OfficialLetter:
    """What stands in a letter. number: 文号, left open while the office's own document system has not given one.

    parts: headings of the first level with their paragraphs; annexes: names in order; copy_to: 抄送.
    """

    issuer: str
    title: str
    addressee: str
    opening: str
    parts: Sequence[tuple[str, Sequence[str]]]
    day: date
    number: str = ""
    copy_to: Sequence[str] = ()
    annexes: Sequence[str] = ()
    contact: str = ""


def letter_docx(letter: OfficialLetter, demo: bool = False) -> bytes:
    """The letter: red head, title in 二号, body in 三号, annexes, signature and date, 抄送."""
    document = page()
    red_head(document, letter.issuer, letter.number or "（文号待编）")
    _titled(document, letter.title, demo)
    write(line(document), f"{letter.addressee}：")
    write(line(document, indent=True), letter.opening)
    for n, (heading, paragraphs) in enumerate(letter.parts, start=1):
        write(line(document, indent=True), f"{numeral(n)}、{heading}", HEAD)
        for words in paragraphs:
            write(line(document, indent=True), words)
    for n, name in enumerate(letter.annexes, start=1):
        write(line(document, indent=True), f"{'附件：' if n == 1 else '　　　'}{n}．{name}")
    line(document)
    for words, blanks in ((letter.issuer, 2), (day_words(letter.day), 4)):
        signed = line(document)
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(signed, words + "　" * blanks)
    if letter.contact:
        write(line(document, indent=True), f"（{letter.contact}）")
    if letter.copy_to:
        write(line(document), f"　抄送：{'，'.join(letter.copy_to)}。", BODY, FOUR)
    return _bytes(document)


def form_docx(title: str, rows: Rows, annex: tuple[str, Sequence[str], Rows], day: date, demo: bool = False) -> bytes:
    """A form of two columns, name and content, and on a page on its side a table; the last to be stamped.

    rows: (name, content); annex: caption, headings, rows.
    """
    document = page()
    _titled(document, title, demo)
    _table(document, (), rows, (36, 120))
    caption, heads, lines = annex
    if lines:
        landscape(document)
        write(line(document, centred=True), caption, HEAD, FOUR)
        _table(document, heads, lines, _widths(heads, lines))
    write(line(document, tight=True), f"由台账于 {day_words(day)}生成；签字、盖章在纸上办。", BODY, SMALL)
    return _bytes(document)


def _widths(heads: Sequence[str], rows: Rows) -> list[float]:
    """Widths of the columns of a page on its side, by their longest words [mm]."""
    longest = [max(4, len(head), *(min(30, len(row[n])) for row in rows)) for n, head in enumerate(heads)]
    return [225 * one / sum(longest) for one in longest]


def numeral(n: int) -> str:
    """一 to 十九, as headings count."""
    digits = "零一二三四五六七八九"
    return digits[n] if n < 10 else "十" + (digits[n - 10] if n > 10 else "")


def day_words(day: date) -> str:
    """2021年6月3日: Arabic figures, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _titled(document: Any, title: str, demo: bool) -> None:
    head = line(document, centred=True)
    head.paragraph_format.line_spacing = 1.2
    write(head, title, TITLE, TWO)
    if demo:
        write(line(document, centred=True), DEMO, HEAD, SMALL + 1.5)
    line(document)


def _table(document: Any, heads: Sequence[str], rows: Rows, widths: Sequence[float]) -> None:
    every = [*([heads] if heads else []), *rows]
    table = document.add_table(rows=len(every), cols=len(widths), style="Table Grid")
    table.autofit = False
    for at, (row, words) in enumerate(zip(table._tbl.tr_lst, every, strict=True)):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if heads and at == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for n, (cell, text, width) in enumerate(zip(row.tc_lst, words, widths, strict=True)):
            cell.width = Mm(width)
            bold = (heads and at == 0) or (not heads and n == 0)
            for m, part in enumerate(text.split("\n") or [""]):
                paragraph = Paragraph(cell.p_lst[0] if m == 0 else cell.add_p(), document)
                off_the_grid(paragraph)
                write(paragraph, part, HEAD if bold else BODY, FOUR if not heads else SMALL)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)


def _bytes(document: Any) -> bytes:
    document.core_properties.author = "guatu"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
