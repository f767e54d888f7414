"""Which form a file has: by its bytes, never by its name; and whether the name agrees."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of file: its short name, its Chinese name, the family it may be mistaken within, and its endings."""

    id: str
    name: str
    family: str
    endings: tuple[str, ...]


TEXT = Kind("text", "文本", "text", (".txt", ".text"))
MARKDOWN = Kind("markdown", "Markdown", "text", (".md", ".markdown"))
HTML = Kind("html", "网页", "web", (".html", ".htm", ".xhtml", ".shtml"))
DOCX = Kind("docx", "Word 文档", "word", (".docx", ".docm", ".dotx"))
DOC = Kind("doc", "旧版 Word 或 WPS 文档", "word", (".doc", ".wps", ".dot", ".wpt"))
RTF = Kind("rtf", "RTF 文档", "word", (".rtf",))
ODT = Kind("odt", "OpenDocument 文档", "word", (".odt",))
XLSX = Kind("xlsx", "Excel 工作簿", "sheet", (".xlsx", ".xlsm"))
XLS = Kind("xls", "旧版 Excel 或 WPS 表格", "sheet", (".xls", ".et"))
PDF = Kind("pdf", "PDF", "pdf", (".pdf",))
OFD = Kind("ofd", "OFD 版式文件", "ofd", (".ofd",))
IMAGE = Kind("image", "图片", "image", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"))
SLIDES = Kind("slides", "幻灯片", "slides", (".pptx", ".ppt", ".dps"))
ARCHIVE = Kind("archive", "压缩包", "archive", (".zip", ".rar", ".7z", ".gz"))
LOCKED = Kind("locked", "加密的 Office 文档", "locked", ())
BINARY = Kind("binary", "别的程序的文件", "binary", (".exe", ".dll"))

KINDS = (TEXT, MARKDOWN, HTML, DOCX, DOC, RTF, ODT, XLSX, XLS, PDF, OFD, IMAGE, SLIDES, ARCHIVE)
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}

_MARKS = (
    (b"%PDF", PDF),
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"GIF8", IMAGE),
    (b"{\\rtf", RTF),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"MZ\x90", BINARY),
    (b"\x7fELF", BINARY),
)
_PARTS = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSX),
    ("OFD.xml", OFD),
    ("ppt/presentation.xml", SLIDES),
)
_TAG = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body)[\s>]", re.IGNORECASE)
_LEADING = b"\xef\xbb\xbf \t\r\n"


def kind_of(data: bytes) -> Kind:
    """The form of the bytes; TEXT when nothing else is recognised."""
    start = data[:4096].lstrip(_LEADING)
    for mark, kind in _MARKS:
        if start.startswith(mark):
            return kind
    if b"%PDF-" in data[:1024] and b"\x00" in data[:4096]:
        return PDF
    if start.startswith(b"BM") and len(data) > 26 and int.from_bytes(data[2:6], "little") == len(data):
        return IMAGE
    if start.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    if _TAG.search(start[:2048]) and start.startswith(b"<"):
        return HTML
    return TEXT


def _zipped(data: bytes) -> Kind:
    """Member names stand in plain bytes both before each member and in the directory at the end."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:120]:
        return ODT
    return next((kind for part, kind in _PARTS if part.encode() in data), ARCHIVE)


def _compound(data: bytes) -> Kind:
    """An OLE file: its streams' names stand in the directory as UTF-16."""
    for stream, kind in (
        ("EncryptedPackage", LOCKED),
        ("WordDocument", DOC),
        ("Workbook", XLS),
        ("Book", XLS),
        ("PowerPoint Document", SLIDES),
    ):
        if stream.encode("utf-16-le") in data:
            return kind
    return DOC


def agreement(kind: Kind, ending: str) -> str:
    """How a name's ending stands to the bytes: ``same``, ``akin`` (another form of one family) or ``other``.

    An ending nobody knows says nothing, so it agrees.
    """
    said = BY_ENDING.get(ending.lower())
    if said is None or said is kind or (kind is TEXT and said is MARKDOWN):
        return "same"
    return "akin" if said.family == kind.family else "other"
