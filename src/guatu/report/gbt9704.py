"""A page by GB/T 9704-2012 in Word: margins, line grid, fonts by role, page numbers outside, the red head.

The measures are those of 5.2 (A4, 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm), 5.2.3 (22 lines of 28 characters) and
7.5 (page numbers). A font is named, not embedded: where the machine has none of that name Word takes another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY, HEAD, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
THREE, FOUR, TWO, SMALL = 16.0, 14.0, 22.0, 10.5  # 三号, 四号, 二号, 五号 [pt]
LINE = 28.95  # [pt]; 22 of them fill the 225 mm
RED = RGBColor(0xE6, 0x00, 0x12)
HEADINGS = {1: HEAD, 2: KAI, 3: BODY, 4: BODY}
# What stands in for a font the machine does not have, in this order; written into the file, taken by Word and WPS.
INSTEAD = {
    BODY: ("仿宋", "FangSong", "Noto Serif CJK SC"),
    KAI: ("楷体", "KaiTi", "Noto Serif CJK SC"),
    HEAD: ("SimHei", "Noto Sans CJK SC"),
    SONG: ("SimSun", "Noto Serif CJK SC"),
    TITLE: ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC"),
}


def page(*, dense: bool = False) -> Any:
    """An empty document with the page set up, page numbers in its foot; dense: narrow margins, small lines."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    if not dense:
        _grid(section)
    document.settings.odd_and_even_pages_header_footer = True
    number_pages(section)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY, Pt(THREE)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    normal.paragraph_format.line_spacing = Pt(LINE)
    if dense:
        section.top_margin = section.bottom_margin = Mm(15)
        normal.paragraph_format.line_spacing = Pt(17)
    normal.paragraph_format.space_after = Pt(0)
    _name_fonts(document)
    return document


def _name_fonts(document: Any) -> None:
    """The table of fonts in the file: each of ours with the ones that may stand in for it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"swiss" if name == HEAD else "roman"}"/><w:pitch w:val="variable"/></w:font>'
        for name, others in INSTEAD.items()
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>'
    ).encode()
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = content


def landscape(document: Any) -> None:
    """A new section on its side, for a wide table."""
    _turned(document.add_section(), WD_ORIENT.LANDSCAPE)


def upright(document: Any) -> None:
    """Back to the upright page."""
    _turned(document.add_section(), WD_ORIENT.PORTRAIT)


def _turned(section: Any, way: Any) -> None:
    """The measures of a page that stands or lies; the head of a table on its side is to the binding edge (7.3.5)."""
    lies = way == WD_ORIENT.LANDSCAPE
    section.orientation = way
    section.page_width, section.page_height = (Mm(297), Mm(210)) if lies else (Mm(210), Mm(297))
    top, bottom, left, right = (28, 26, 35, 37) if lies else (37, 35, 28, 26)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(16 if lies else 25)


def write(paragraph: Paragraph, words: str, font: str = BODY, size: float = THREE, red: bool = False) -> Run:
    """A run in a font for both scripts."""
    run = paragraph.add_run(words)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RED
    return run


def line(document: Any, *, centred: bool = False, indent: bool = False, tight: bool = False) -> Paragraph:
    """A paragraph: centred, or with its first line indented by two characters."""
    paragraph: Paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        properties = paragraph._p.get_or_add_pPr()
        mark = OxmlElement("w:ind")
        mark.set(qn("w:firstLineChars"), "200")
        mark.set(qn("w:firstLine"), str(int(THREE * 2 * 20)))
        properties.append(mark)
    if tight:
        paragraph.paragraph_format.line_spacing = Pt(18)
    return paragraph


def off_the_grid(paragraph: Paragraph) -> None:
    """A paragraph of a table: its own line height, not that of the page's 22 lines."""
    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:snapToGrid")
    mark.set(qn("w:val"), "0")
    properties.append(mark)
    paragraph.paragraph_format.line_spacing = 1.0


def right_aligned(paragraph: Paragraph, words: str, blanks: int = 0) -> None:
    """Words at the right edge, so many characters in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if blanks:
        mark = OxmlElement("w:ind")
        mark.set(qn("w:rightChars"), str(100 * blanks))
        mark.set(qn("w:right"), str(int(THREE * blanks * 20)))
        paragraph._p.get_or_add_pPr().append(mark)
    write(paragraph, words)


def bordered(paragraph: Paragraph, side: str, kind: str, eighths: int, colour: str, space: int = 0) -> None:
    """A line above or below a paragraph, so many eighths of a point thick."""
    border, edge = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for key, value in (("val", kind), ("sz", str(eighths)), ("space", str(space)), ("color", colour)):
        edge.set(qn(f"w:{key}"), value)
    border.append(edge)
    paragraph._p.get_or_add_pPr().append(border)


def letter_head(document: Any, name: str, number: str) -> None:
    """信函格式 (10.1): the name in red 30 mm from the page's edge, red double lines of 170 mm below it and 20 mm from
    the foot, the number at the right under the first; no page number on the first page.
    """
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(30), Mm(25)
    head = section.first_page_header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.line_spacing = 1.0
    head.paragraph_format.left_indent = head.paragraph_format.right_indent = Mm(-7)
    write(head, name, TITLE, min(36.0, 460 / max(len(name), 1)), red=True)
    bordered(head, "bottom", "thickThinSmallGap", 24, "E60012", 11)
    foot = section.first_page_footer.paragraphs[0]
    foot.paragraph_format.left_indent = foot.paragraph_format.right_indent = Mm(-7)
    bordered(foot, "top", "thinThickSmallGap", 24, "E60012")
    right_aligned(line(document), number)


def imprint(document: Any, copy_to: Iterable[str], issuer: str, day: str) -> None:
    """版记 (7.4): 抄送 between a thick and a thin line, the printing body and day below where one is named."""
    told = "，".join(copy_to)
    if told:
        first = line(document)
        bordered(first, "top", "single", 8, "000000")
        write(first, f"　抄送：{told}。", BODY, FOUR)
    if issuer:
        last = line(document)
        bordered(last, "top", "single", 6 if told else 8, "000000")
        stop = OxmlElement("w:tabs")
        tab = OxmlElement("w:tab")
        tab.set(qn("w:val"), "right")
        tab.set(qn("w:pos"), str(int(156 / 25.4 * 1440)))
        stop.append(tab)
        last._p.get_or_add_pPr().append(stop)
        write(last, f"　{issuer}\t{day}印发　", BODY, FOUR)
    ending = line(document)
    ending.paragraph_format.line_spacing = Pt(2)
    bordered(ending, "top", "single", 8, "000000")


def red_head(document: Any, name: str, number: str) -> None:
    """The red head: the issuing body's name, the number below it, the red line (7.2.4 to 7.2.7)."""
    mark = line(document, centred=True)
    mark.paragraph_format.space_before = Pt(60)
    mark.paragraph_format.line_spacing = 1.0
    write(mark, name, TITLE, min(48.0, 400 / max(len(name), 1)), red=True)
    below = line(document, centred=True)
    below.paragraph_format.space_before = Pt(LINE)
    write(below, number)
    bordered(below, "bottom", "single", 18, "E60012", 11)
    line(document)


def number_pages(section: Any) -> None:
    """— 1 — in 四号 宋体, odd pages right, even pages left, one character in (7.5)."""
    for footer, side, chars in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "w:rightChars"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "w:leftChars"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        mark = OxmlElement("w:ind")
        mark.set(qn(chars), "100")
        paragraph._p.get_or_add_pPr().append(mark)
        write(paragraph, "— ", SONG, FOUR)
        run = write(paragraph, "", SONG, FOUR)
        for part in _page_field():
            run._element.append(part)
        write(paragraph, " —", SONG, FOUR)


def _page_field() -> Iterable[Any]:
    for kind in ("begin", "", "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = " PAGE "
        yield part


def _grid(section: Any) -> None:
    """Lines on the grid; characters are not, for LibreOffice gives each of them two cells then."""
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(LINE * 20)))
    properties.append(grid)
