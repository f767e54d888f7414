"""Files of every form, made from the text of a notice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

# Where pages of the founding notice cut a sentence: the last characters before the cut.
CUTS = (
    "平均浓度控制在",
    "重点流域水生态环境",
    "把降碳作为源头治理的“牛",
    "市气象局、市",
    "风险管控。（责任",
    "大排查整治行",
    "若干措施》。加快",
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = "Noto Serif CJK SC"


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of the founding notice as its writer set them: cuts of pages closed, marks of a copy removed."""
    found: list[str] = []
    for line in text.split("\n"):
        words = re.sub(r"_\{([\d.]+)\}", r"\1", line.strip().removeprefix("- "))
        words = re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", words)
        if not words:
            continue
        if found and found[-1].endswith(CUTS):
            found[-1] += words
        else:
            found.append(words)
    return found


ASSESSMENT = ("序号", "考核项目", "各项分值", "考核指标", "负责考核部门")


def assessment_of(text: str) -> list[list[str]]:
    """The rows of the township assessment, whose text has a cell a line: sections, then numbered rows."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert tuple(lines[1:6]) == ASSESSMENT
    rows = [list(ASSESSMENT), ["", lines[6], lines[7], "", ""]]
    index, number = 8, 1
    while index < len(lines):
        line = lines[index]
        if re.match("[一二三四五六七八九十]+、", line) or line == str(number):
            number += line == str(number)
            rows.append([line, lines[index + 1], lines[index + 2], "", ""])
            index += 3
        else:
            column = 4 if re.fullmatch("县.{2,7}", line) else 3
            rows[-1][column] = f"{rows[-1][column]}\n{line}".strip()
            index += 1
    return rows


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def run(text: str, size: int = 32) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}"/>'
    return f'<w:r><w:rPr>{fonts}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, *, number: tuple[int, int] | None = None, centred: bool = False, size: int = 32) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    place = '<w:jc w:val="center"/>' if centred else '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    spacing = '<w:spacing w:line="579" w:lineRule="exact"/>' if size == 32 else ""
    return f"<w:p><w:pPr>{numbered}{spacing}{place}</w:pPr>{run(text, size)}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Word table; a cell of several lines has several paragraphs; ``^`` continues the cell above."""
    body = ""
    for row in rows:
        cells = ""
        for index, cell in enumerate(row):
            starts = any(len(r) > index and r[index] == "^" for r in rows)
            merge = "<w:vMerge/>" if cell == "^" else '<w:vMerge w:val="restart"/>' if starts else ""
            inside = "".join(f"<w:p>{run(line, 24)}</w:p>" for line in cell.replace("^", "").split("\n"))
            cells += f"<w:tc><w:tcPr>{merge}</w:tcPr>{inside}</w:tc>"
        body += f"<w:tr>{cells}</w:tr>"
    grid = "".join('<w:gridCol w:w="1700"/>' for _ in rows[0])
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def numbering(levels: Sequence[tuple[str, str]]) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="7">{made}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


OFFICIAL = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))


XML = '<?xml version="1.0" encoding="UTF-8"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {"document": "document.main", "numbering": "numbering", "header1": "header", "footer1": "footer"}
EDGES = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="900" w:footer="1300"/></w:sectPr>'
)


def relations(targets: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def edge(tag: str, inside: str) -> str:
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    return f'{XML}<w:{tag} xmlns:w="{WORD}"><w:p>{centred}{inside}</w:p></w:{tag}>'


def docx(body: str, numbers: str | None = None, head: str = "", styles: str = "") -> bytes:
    """A .docx of a body in WordprocessingML, with a running head and a page number at the foot."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in PARTS.items()
    )
    page = f'{run("— ")}<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>{run(" —")}'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}">'
        f"<w:body>{body}{EDGES}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            {name: (PARTS[name], f"{name}.xml") for name in ("numbering", "header1", "footer1")}
        ),
        "word/numbering.xml": numbers or numbering(OFFICIAL),
        "word/header1.xml": edge("hdr", run(head)),
        "word/footer1.xml": edge("ftr", page),
    }
    if styles:
        parts["word/styles.xml"] = styles
    return zipped(parts)


LABELS = (r"[一二三四五六七八九十]+、", r"[（(][一二三四五六七八九十]+[)）]", r"\d+\.", r"[（(]\d+[)）]")


def notice_docx(paragraphs: Iterable[str], *, automatic: bool = False, head: str = "") -> bytes:
    """The notice as a Word file, numbers typed or left to Word."""
    body = ""
    numbered = False
    for index, words in enumerate(paragraphs):
        if index < 3 or words.endswith("工作要点"):
            body += paragraph(words, centred=True, size=32 if index == 1 else 44)
            continue
        level = next((i for i, form in enumerate(LABELS) if re.match(form, words)), None)
        if automatic and level is not None:
            numbered = True
            body += paragraph(re.sub(LABELS[level], "", words, count=1).strip(), number=(1, level))
        else:
            body += paragraph(words)
    assert numbered or not automatic
    return docx(body, head=head)


def soffice(data: bytes, ending: str, wanted: str, folder: Path) -> bytes:
    """A file converted by LibreOffice."""
    program = shutil.which("soffice")
    assert program is not None
    source = folder / f"made{ending}"
    source.write_bytes(data)
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", wanted]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120)
    return source.with_suffix(f".{wanted.split(':')[0]}").read_bytes()


Rule = tuple[float, float, float, float]  # left, top, width, height [mm]


def ruling(columns: Sequence[float], rows: Sequence[float]) -> list[Rule]:
    """The rules of a table with these edges."""
    wide, high = columns[-1] - columns[0], rows[-1] - rows[0]
    return [(columns[0], y, wide, 0.2) for y in rows] + [(x, rows[0], 0.2, high) for x in columns]


def pdf(
    pages: Sequence[Sequence[tuple[str, float, float]]],
    turned: int = 0,
    picture: bool = False,
    rules: Sequence[Sequence[Rule]] = (),
) -> bytes:
    """A PDF of pages of lines (words, x, y) [mm, from the top left], in a Chinese font every reader knows."""
    font = "/BaseFont/STSong-Light"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        f"<</Type/Font/Subtype/Type0{font}/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        f"<</Type/Font/Subtype/CIDFontType0{font}/DW 1000/W[1 95 500 814 907 500]/FontDescriptor 5 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ]
    kids = []
    point, size = 72 / 25.4, 5.6
    for lines in pages:
        drawn = "".join(
            f"BT /F1 {size * point:.2f} Tf {x * point:.2f} {(297 - y - size) * point:.2f} Td "
            f"<{words.encode('utf-16-be').hex()}> Tj ET\n"
            for words, x, y in lines
        )
        for x, y, wide, high in rules[len(kids)] if rules else ():
            box = (x, 297 - y - high, wide, high)
            drawn += " ".join(f"{value * point:.2f}" for value in box) + " re f\n"
        if picture:
            drawn += "500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xc0 EI\n"
        if turned == 90:  # stored lying on its side, shown upright
            drawn = f"0 1 -1 0 841.89 0 cm\n{drawn}"
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}endstream")
        box = "841.89 595.28" if turned == 90 else "595.28 841.89"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {box}]/Rotate {turned}/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    made, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{made.rindex('xref')}\n%%EOF"
    return made.encode("latin-1")


def html(paragraphs: Sequence[str], charset: str = "utf-8") -> bytes:
    """A page as a government site makes it, with all its furniture."""
    inside = "".join(f"<p style='text-indent:2em'>　　{escape(words)}</p>\n" for words in paragraphs)
    page = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>通知</title><style>p {{ color: red }}</style><script>var units = "（责任单位：市脚本局）";</script></head><body>
<div class="top-nav"><ul><li>首页</li><li>1. 政务公开。（责任单位：市导航局）</li></ul></div>
<nav><a href="/">网站导航</a></nav><div class="article"><div id="zoom">{inside}</div></div>
<div class="share">分享到微信</div><footer>（责任单位：市页脚局）</footer></body></html>"""
    return page.encode("gb18030" if charset.startswith("gb") else charset)


def ofd(pages: Sequence[Sequence[tuple[str, float, float]]]) -> bytes:
    """An OFD of pages of lines (words, x, y) [mm], each Chinese character 5.6 mm wide, in reverse order of drawing."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entries = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    root = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"{XML}<ofd:OFD {space}><ofd:DocBody>{root}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData>{area}</ofd:CommonData>"
        f"<ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
    }
    for number, lines in enumerate(pages):
        things = "".join(
            f'<ofd:TextObject Boundary="{x} {y} {measure(words)} 5.6" Font="1" Size="5.6">'
            f'<ofd:TextCode X="0" Y="5" DeltaX="{steps(words)}">{escape(words)}</ofd:TextCode>'
            "</ofd:TextObject>"
            for words, x, y in reversed(lines)
        )
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{things}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(parts)


def measure(words: str) -> float:
    """The width of words [mm]: Latin letters and digits take half a square."""
    return sum(2.8 if char.isascii() else 5.6 for char in words)


def steps(words: str) -> str:
    """The advances of an OFD text, the same ones in a row counted: g n v."""
    widths = [measure(char) for char in words[:-1]]
    if len(set(widths)) == 1 and len(widths) > 1:
        return f"g {len(widths)} {widths[0]}"
    return " ".join(map(str, widths))


def broken(words: str, first: float, width: float) -> list[str]:
    """Words cut into lines of a width [mm], the first of another."""
    lines = [""]
    for char in words:
        if measure(lines[-1] + char) > (first if len(lines) == 1 else width):
            lines.append("")
        lines[-1] += char
    return lines


def typeset(
    paragraphs: Sequence[str], width: int = 28, depth: int = 22, indent: int = 2, head: str = ""
) -> list[list[tuple[str, float, float]]]:
    """Paragraphs broken into lines and pages of the official sheet: lines (words, x, y) [mm] and page numbers."""
    lines: list[tuple[str, float, float]] = []
    across = width * 5.6
    for index, words in enumerate(paragraphs):
        if index < 3 or words.endswith("工作要点"):
            cut = broken(words, across - 6 * 5.6, across - 6 * 5.6)
            lines += [(piece, 28 + (across - measure(piece)) / 2, 10.2) for piece in cut]
            continue
        cut = broken(words, across - indent * 5.6, across)
        lines.append((cut[0], 28 + indent * 5.6, 10.2 if indent else 15.0))
        lines += [(piece, 28.0, 10.2) for piece in cut[1:]]
    pages: list[list[tuple[str, float, float]]] = [[]]
    y = 37.0
    for words, x, step in lines:
        y += step if pages[-1] else 0
        if len(pages[-1]) == depth or y > 255:
            pages.append([])
            y = 37.0
        pages[-1].append((words, x, y))
    running = [(head, 80.0, 15.0)] if head else []
    return [[*running, *page, (f"— {number} —", 95.0, 275.0)] for number, page in enumerate(pages, 1)]
