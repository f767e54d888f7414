"""The form that closes a problem, as a Word file by GB/T 9704 for a person to complete."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

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
    write,
)

Rows = Sequence[Sequence[str]]


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
