"""PDF/A of the same paper: its text, its links back, its bytes; never a font substituted unseen."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from guatu.errors import GuatuError
from guatu.report import pdf_paper
from guatu.report.paper import Number, Paper, Para, plain


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_pdf_says_what_the_paper_says(monthly: Paper) -> None:
    short = replace(monthly, blocks=monthly.blocks[:3])
    content = pdf_paper.pdf_of(short)
    assert content.startswith(b"%PDF-1.7") and b"pdfaid:part" in content
    words = text_of(content).replace("\r", "").replace("\n", "").replace(" ", "")
    for block in short.blocks:
        if isinstance(block, Para):
            assert plain(block.runs)[:20].replace(" ", "") in words
    for number in short.numbers().values():
        assert number.text in words and number.address.replace("\n", "") in words.replace("\u2060", "")
    assert content == pdf_paper.pdf_of(short)


def test_marks_of_the_typesetter_are_words(monthly: Paper) -> None:
    odd = "#let x = *1* _2_ $3$ <a> @b [c] \\ ~ // ` = -"
    paper = replace(monthly, blocks=(Para((odd, Number("k#1", "7", "a/b#c/2021"))),))
    words = text_of(pdf_paper.pdf_of(paper))
    for piece in ("#let", "*1*", "_2_", "$3$", "<a>", "@b", "[c]"):
        assert piece in words


def test_without_a_chinese_font_nothing_is_made(monthly: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_paper, "_WANTED", {"body": ("No Such Font",)})
    with pytest.raises(GuatuError) as error:
        pdf_paper.pdf_of(monthly)
    assert error.value.faults[0].code == "G-REPORT-06"
