"""A bulletin from a Word template that an office edits: slots are filled, every number stays a bookmark.

A template holds ``{{ 标题 }}``, ``{{ 正文 }}``, ``{{ 市中心城区_综合指数 }}`` and ``{% if 名 %} … {% endif %}``,
nothing else: what it says is read as a tree first and anything but a slot's own name is refused, then it is filled in
a sandbox.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from guatu.errors import Fault, GuatuError
from guatu.report.docx_paper import ANNEX_WORD, saved
from guatu.report.docx_writer import MARK, Writer
from guatu.report.gbt9704 import HEAD, HEADINGS, SMALL, TITLE, TWO, line, page, write
from guatu.report.kinds import Kind
from guatu.report.paper import Paper
from guatu.report.slots import block_slots, headings, number_slots, words_slots

LARGEST = 30_000_000  # [byte] of a template unpacked
SHOWN = 40  # names of slots a fault lists
_NUMBER = re.compile("\ue000(\\d+)\ue001")
_BLOCK = re.compile("\ue002([^\ue003]+)\ue003")
_RAW = re.compile(r"\{\{(?:r|p|tr|tc)\s")
_FIRST_ID = 10_000  # of bookmarks, above those a template has of its own


def built_in(kind: Kind, paper: Paper | None = None) -> bytes:
    """The template that stands for a kind's own form, to be edited; with a paper it is laid out section by section."""
    document = page()
    write(line(document, centred=True), "{{ 标题 }}", TITLE, TWO)
    write(line(document, centred=True), "{{ 演示标记 }}", HEAD, SMALL)
    if paper is None or paper.addressee:
        write(line(document), "{% if 主送 %}{{ 主送 }}：{% endif %}")
    told = headings(paper) if paper is not None else {}
    opening = paper is not None and bool(paper.blocks) and not told
    for slot, words in told.items():
        write(line(document, indent=True), words, HEADINGS[1])
        write(line(document, indent=True), f"{{{{ {slot} }}}}")
    if not told or opening:
        write(line(document, indent=True), "{{ 正文 }}")
    for words in ("{{ 署名 }}　　", "{{ 日期 }}　　"):
        signed = line(document)
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(signed, words)
    write(line(document), "{{ 编制依据 }}", size=SMALL)
    annex = ANNEX_WORD[paper.form] if paper is not None else "附表"
    if paper is None or paper.annexes:
        write(line(document), f"{{{{ {annex} }}}}")
    document.core_properties.title = kind.title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def filled(content: bytes, paper: Paper, name: str) -> bytes:
    """The bulletin from a template; the same template and paper give the same bytes.

    Raises GuatuError: G-REPORT-20 no Word file or one that holds more than words and pictures, 21 an expression that
    is no slot, 22 a slot there is not, or a number in a head or foot where it could not be checked.
    """
    _whole(content, name)
    tpl = DocxTemplate(io.BytesIO(content))
    tpl.init_docx()
    _strip(tpl.docx)
    words, blocks, numbers = words_slots(paper), block_slots(paper), number_slots(paper)
    known = [*words, *blocks, *numbers]
    tested = _refuse(tpl, known, {*blocks, *numbers}, name)
    order = list(numbers)
    context: dict[str, Any] = dict.fromkeys(tested - set(known), "")
    context |= words
    context |= {one: f"\ue002{one}\ue003" if found else "" for one, found in blocks.items()}
    context |= {one: f"\ue000{at}\ue001" for at, one in enumerate(order)}
    tpl.render(context, _sandbox(), autoescape=True)
    document = tpl.docx
    writer = Writer(document, turning=False, first=_FIRST_ID)
    for paragraph in list(document.element.body.iter(qn("w:p"))):
        if slots := _BLOCK.findall(_text(paragraph)):
            _place(document, writer, paragraph, [block for slot in slots for block in blocks[slot]])
    for run in list(document.element.body.iter(qn("w:r"))):
        if _NUMBER.search(_text(run)):
            _split(run, writer, [numbers[one] for one in order])
    return saved(document, paper, writer.marks)


def _whole(content: bytes, name: str) -> None:
    """Refuse what is no plain Word file: macros, parts from elsewhere, declared entities, too much unpacked."""
    why = ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            if sum(one.file_size for one in parts.infolist()) > LARGEST:
                why = "展开后太大"
            elif "word/document.xml" not in names:
                why = "不是 Word 文件"
            elif any("vbaProject" in one for one in names):
                why = "带有宏"
            elif any(b"<!DOCTYPE" in parts.read(one) for one in names if one.endswith((".xml", ".rels"))):
                why = "声明了实体"
            elif any(_fetches(parts.read(one)) for one in names if one.endswith(".rels")):
                why = "引用了文件以外的内容"
        if not why:
            Document(io.BytesIO(content))
    except Exception as error:  # whatever a broken archive or part raises, the person gets one sentence
        why = why or f"打不开（{type(error).__name__}）"
    if why:
        raise GuatuError.of(
            f"bad template {name}: {why}", "G-REPORT-20", f"模板 {name}", why, "不能用来生成简报",
            "用 guatu report template 导出内置模板，在 Word 里改后另存为 .docx",
        )  # fmt: skip


def _fetches(rels: bytes) -> bool:
    """Whether relations name something outside the file that would be fetched; a plain link is none of these."""
    return any(
        b'TargetMode="External"' in one and b"/hyperlink" not in one
        for one in re.findall(rb"<Relationship\b[^>]*>", rels)
    )


def _strip(document: Any) -> None:
    """Take out what an earlier bulletin left in a file that is now a template, and properties nobody has checked."""
    body = document.element.body
    gone = {
        one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart")) if one.get(qn("w:name"), "").startswith(MARK)
    }
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for one in list(body.iter(qn(tag))):
            if one.get(qn("w:id")) in gone:
                one.getparent().remove(one)
    for key, rel in list(document.part.rels.items()):
        if not rel.is_external and str(rel.target_part.partname) == "/customXml/guatu.xml":
            del document.part.rels[key]
    told = document.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "language", "subject",
                 "title", "version", "last_modified_by"):  # fmt: skip
        setattr(told, name, "")


def _sandbox() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _parts(tpl: Any) -> Iterator[tuple[str, str]]:
    """Each part of the file that is filled, with its text as the template reader sees it."""
    yield "正文", tpl.xml_to_string(tpl.docx.element.body)
    for rel in tpl.docx.part.rels.values():
        kind = rel.reltype.rpartition("/")[2]
        if not rel.is_external and kind in ("header", "footer", "footnotes", "endnotes"):
            yield "页眉页脚、脚注", rel.target_part.blob.decode("utf-8")


def _refuse(tpl: Any, known: Sequence[str], checked: set[str], name: str) -> set[str]:
    """Raise every fault of a template at once; returns the names that are only asked after in ``if``."""
    faults: list[Fault] = []
    tested: set[str] = set()
    where = f"模板 {name}"
    for part, xml in _parts(tpl):
        at = f"{where}，{part}"
        if _RAW.search(re.sub(r"<[^>]+>", "", xml)):
            faults.append(Fault("G-REPORT-21", at, "用了 {{r、{{p 一类的写法", "会绕过核对", "写成 {{ 槽名 }}"))
            continue
        try:
            tree = _sandbox().parse(tpl.patch_xml(xml))
        except TemplateSyntaxError as error:
            faults.append(Fault("G-REPORT-21", at, f"花括号没有配对或写错（{error.message}）", "认不出槽",
                                "写成 {{ 标题 }}，条件写成 {% if 主送 %}…{% endif %}"))  # fmt: skip
            continue
        asked: set[str] = set()
        used: set[str] = set()
        bad = list(_beyond(tree, asked, used))
        faults += [
            Fault("G-REPORT-21", at, f"“{one}”不是槽名", "模板里只许放槽和简单的 if，不许有运算、取属性和调用",
                  "写成 {{ 标题 }} 这样的槽名")
            for one in dict.fromkeys(bad)
        ]  # fmt: skip
        names = "、".join(known[:SHOWN]) + (f" 等 {len(known)} 个" if len(known) > SHOWN else "")
        faults += [
            Fault("G-REPORT-22", at, f"没有“{one}”这个槽", "不知道填什么",
                  f"有的槽：{names}；全部用 guatu report slots 列出；有时才有的，外面包一层 {{% if {one} %}}")
            for one in sorted(used - set(known) - asked)
        ]  # fmt: skip
        if part != "正文":
            faults += [
                Fault("G-REPORT-22", at, f"放了“{one}”", "这里的数和段落核对不到", "移到正文里")
                for one in sorted(used & checked)
            ]
        tested |= asked
    if faults:
        raise GuatuError(f"template {name} has {len(faults)} faults", faults)
    return tested


def _beyond(node: nodes.Node, asked: set[str], used: set[str]) -> Iterator[str]:
    """What in a template is more than slots and plain conditions; names asked after and names used go into the sets."""
    match node:
        case nodes.Template() | nodes.Output():
            for child in node.iter_child_nodes():
                yield from _beyond(child, asked, used)
        case nodes.TemplateData():
            return
        case nodes.Name():
            used.add(node.name)
        case nodes.If():
            test = node.test.node if isinstance(node.test, nodes.Not) else node.test
            if isinstance(test, nodes.Name):
                asked.add(test.name)
            else:
                yield type(test).__name__
            for child in (*node.body, *node.elif_, *node.else_):
                yield from _beyond(child, asked, used)
        case _:
            yield type(node).__name__


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def _place(document: Any, writer: Writer, paragraph: Any, blocks: list[Any]) -> None:
    """Write blocks where a paragraph holds their slot; the paragraph goes if it held nothing else."""
    body = document.element.body
    before = len(body)
    writer.blocks(blocks)
    for element in list(body)[before - 1 : -1]:
        paragraph.addprevious(element)
    if _BLOCK.sub("", _text(paragraph)).strip():
        for one in paragraph.iter(qn("w:t")):
            one.text = _BLOCK.sub("", one.text or "")
    else:
        paragraph.getparent().remove(paragraph)


def _split(run: Any, writer: Writer, numbers: list[Any]) -> None:
    """A run with marked numbers as runs of the same look, each number between the ends of its bookmark."""
    text = _text(run)
    end = 0
    for match in _NUMBER.finditer(text):
        _piece(run, text[end : match.start()])
        number = numbers[int(match.group(1))]
        first, last = writer.bookmark(number)
        run.addprevious(first)
        _piece(run, number.text)
        run.addprevious(last)
        end = match.end()
    _piece(run, text[end:])
    run.getparent().remove(run)


def _piece(run: Any, words: str) -> None:
    """A copy of a run with other words, before it."""
    if not words:
        return
    copy = deepcopy(run)
    for one in list(copy):
        if one.tag != qn("w:rPr"):
            copy.remove(one)
    told = copy.makeelement(qn("w:t"), {})
    told.text = words
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    copy.append(told)
    run.addprevious(copy)


def read_template(path: Path) -> bytes:
    """The bytes of a template file. Raises GuatuError (G-REPORT-20)."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise GuatuError.of(
            f"no template: {path}: {error}",
            "G-REPORT-20",
            f"模板 {path.name}",
            "打不开",
            "不能用来生成简报",
            "核对路径",
        ) from None
