"""A paper as a Word file in official form; every number is a bookmark, and the file carries where each comes from."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Pt

from guatu.report.docx_writer import MARK, Writer
from guatu.report.duty_sheet import DEMO
from guatu.report.gbt9704 import (
    BODY,
    FOUR,
    HEAD,
    SMALL,
    THREE,
    TITLE,
    TWO,
    imprint,
    letter_head,
    line,
    page,
    red_head,
    right_aligned,
    write,
)
from guatu.report.paper import Number, Paper
from guatu.report.same_bytes import repacked

__all__ = ["CARRIED", "MARK", "SPACE", "day_words", "docx_of"]

SPACE = "urn:guatu:numbers"
CARRIED = "/customXml/guatu.xml"
ANNEX_WORD = {"bulletin": "附表", "document": "附件", "letter": "附件"}


def docx_of(paper: Paper, *, head: str = "", number: str = "") -> bytes:
    """The Word file; the same paper gives the same bytes. head, number: a red head's body and 文号, if wanted."""
    paper = replace(paper, head=head or paper.head, number=number or paper.number)
    document = page(dense=paper.dense)
    _top(document, paper)
    writer = Writer(document, FOUR - 2 if paper.dense else THREE)
    writer.blocks(paper.blocks)
    writer.turn(False)
    if not paper.dense:
        for at, annex in enumerate(paper.annexes, 1):
            first = f"{ANNEX_WORD[paper.form]}：" if at == 1 else "　　　"
            count = f"{at}." if len(paper.annexes) > 1 else ""
            write(line(document, indent=True), f"{first}{count}{annex.name}")
    _close(document, paper)
    _annexes(document, writer, paper)
    return saved(document, paper, writer.marks)


def saved(document: Any, paper: Paper, marks: list[tuple[str, Number]]) -> bytes:
    """The file of a document, with what it carries about itself, its properties and one time stamp for every part."""
    _carry(document, paper, marks)
    day = datetime(paper.as_of.year, paper.as_of.month, paper.as_of.day)
    document.core_properties.created = document.core_properties.modified = day
    document.core_properties.author = document.core_properties.last_modified_by = "guatu"
    document.core_properties.title = paper.title
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def day_words(day: date) -> str:
    """2021年6月3日: Arabic figures, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def made_of_words(paper: Paper) -> str:
    """What a paper was made of, as its last line says it."""
    told = "；".join(f"{name}：{said}" for name, said in paper.made_of)
    return f"编制依据：数据截至{day_words(paper.as_of)}所知；{told}。"


def _top(document: Any, paper: Paper) -> None:
    """Head, number, title, the mark of made-up data, addressee."""
    if paper.form == "letter":
        letter_head(document, paper.head, paper.number)
    elif paper.head:
        red_head(document, paper.head, paper.number)
    title = line(document, centred=True)
    title.paragraph_format.line_spacing = 1.2
    write(title, paper.title, TITLE, FOUR + 2 if paper.dense else TWO)
    if paper.demo:
        write(line(document, centred=True), DEMO, HEAD, SMALL + 1.5)
    if not paper.dense and paper.form != "letter":
        line(document)
    if paper.addressee:
        write(line(document), f"{paper.addressee}：")


def _close(document: Any, paper: Paper) -> None:
    """Signature and date at the right (7.3.5.2: the date's first character two right of the name's), 附注, 版记."""
    if paper.sign:
        line(document)
        day = day_words(paper.as_of)
        wide = sum(0.5 if char.isascii() else 1 for char in day)
        blanks = 2 if len(paper.sign) >= wide + 2 else 2 + round(wide + 2 - len(paper.sign))
        office = line(document)
        office.paragraph_format.keep_with_next = True
        right_aligned(office, paper.sign, blanks)
        right_aligned(line(document), day, max(2, round(blanks + len(paper.sign) - 2 - wide)))
    if paper.contact:
        write(line(document, indent=True), f"（{paper.contact}）")
    if paper.form != "bulletin" and (paper.copy_to or paper.form == "document"):
        line(document)
        imprint(document, paper.copy_to, paper.sign if paper.form == "document" else "", day_words(paper.as_of))
    if paper.form != "letter":
        foot = line(document, tight=True)
        foot.paragraph_format.space_before = Pt(10)
        write(foot, made_of_words(paper), BODY, SMALL)


def _annexes(document: Any, writer: Writer, paper: Paper) -> None:
    """Each annex under its name; those of a document on a new page each, those of a bulletin one after another."""
    for at, annex in enumerate(paper.annexes, 1):
        lies = any(getattr(block, "wide", False) for block in annex.blocks)
        turned = lies != writer.lies
        writer.turn(lies)
        label = line(document)
        label.paragraph_format.keep_with_next = True
        if not turned and not paper.dense and (at == 1 or paper.form != "bulletin"):
            label.paragraph_format.page_break_before = True
        write(label, f"{ANNEX_WORD[paper.form]}{at if len(paper.annexes) > 1 else ''}", HEAD)
        writer.blocks(annex.blocks)


def _carry(document: Any, paper: Paper, marks: list[tuple[str, Number]]) -> None:
    """The part of the file that says of what kind, period and knowledge it is, and where each bookmark comes from."""
    root = ET.Element(f"{{{SPACE}}}paper", kind=paper.kind, period=str(paper.period), as_of=paper.as_of.isoformat(),
                      city=paper.city, title=paper.title, subject=paper.subject, head=paper.head,
                      number=paper.number)  # fmt: skip
    for name, said in paper.made_of:
        ET.SubElement(root, f"{{{SPACE}}}made_of", name=name).text = said
    for bookmark, number in marks:
        ET.SubElement(root, f"{{{SPACE}}}number", bookmark=bookmark, key=number.key, text=number.text,
                      address=number.address, of=" ".join(number.of), note=number.note,
                      rows=" ".join(number.rows))  # fmt: skip
    part = Part(PackURI(CARRIED), "application/xml", ET.tostring(root, encoding="utf-8", xml_declaration=True),
                document.part.package)  # fmt: skip
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
