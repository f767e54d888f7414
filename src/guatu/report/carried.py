"""What a Word bulletin carries about itself, read back: kind, period, knowledge, every number as it stands now."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.report.docx_paper import CARRIED, MARK, SPACE
from guatu.report.naming import opened_by, words_of
from guatu.report.paper import Number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST = 50_000_000  # [byte] of the unpacked text
_BROKEN = (
    OSError, EOFError, LookupError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error,
    ET.ParseError,
)  # fmt: skip
"""What a damaged archive or its XML raises; RuntimeError: a part under a password or packed in an unknown way."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One number of a file: as guatu printed it, and as the file has it now (None: its bookmark is gone)."""

    key: str
    printed: str
    stands: str | None
    address: str
    note: str
    of: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def whence(self) -> str:
        """Where the number comes from, in words."""
        return opened_by(Number(self.key, self.printed, self.address, self.of, self.note, self.rows))

    @property
    def name(self) -> str:
        """The number's name in words."""
        return words_of(self.key)


@dataclass(frozen=True, slots=True)
class Issue:
    """A bulletin read back; paragraphs: every paragraph's text, table cells too, in order."""

    kind: str
    title: str
    period: Period
    as_of: date
    city: str
    made_of: dict[str, str]
    numbers: tuple[Carried, ...]
    paragraphs: tuple[str, ...]
    subject: str = ""
    head: str = ""
    number: str = ""


def issue_of(path: Path) -> Issue:
    """Read a bulletin back. Raises GuatuError (G-REPORT-01) where the file is no bulletin of guatu."""
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
            if sum(parts.getinfo(name).file_size for name in ("word/document.xml", CARRIED[1:])) > LARGEST:
                raise ValueError("too large")
            text, told = parts.read("word/document.xml"), parts.read(CARRIED[1:])
        if b"<!DOCTYPE" in text or b"<!DOCTYPE" in told:
            raise ValueError("no bulletin declares entities")
        return _issue(ET.fromstring(told), ET.fromstring(text))
    except (*_BROKEN, GuatuError) as error:
        raise GuatuError.of(
            f"no bulletin: {path}: {error}",
            "G-REPORT-01",
            str(path),
            "不是 guatu 生成的 Word 文件，或已损坏",
            "无从核对里面的数",
            "换成 guatu report 生成、未另存为其他格式的 .docx",
        ) from None


def _issue(told: ET.Element, document: ET.Element) -> Issue:
    standing = _bookmarked(document)
    numbers = tuple(
        Carried(one.get("key", ""), one.get("text", ""), standing.get(one.get("bookmark", "")), one.get("address", ""),
                one.get("note", ""), tuple(one.get("of", "").split()), tuple(one.get("rows", "").split()))
        for one in told.iter(f"{{{SPACE}}}number")
    )  # fmt: skip
    made_of = {one.get("name", ""): one.text or "" for one in told.iter(f"{{{SPACE}}}made_of")}
    return Issue(told.get("kind", ""), told.get("title", ""), Period.of(told.get("period", "")),
                 date.fromisoformat(told.get("as_of", "")), told.get("city", ""), made_of, numbers,
                 _paragraphs(document), told.get("subject", "") or made_of.get("单位", ""), told.get("head", ""),
                 told.get("number", ""))  # fmt: skip


def paragraphs_of(content: bytes) -> tuple[str, ...]:
    """The paragraphs of a Word file's bytes, table cells too, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return _paragraphs(ET.fromstring(parts.read("word/document.xml")))


def _paragraphs(document: ET.Element) -> tuple[str, ...]:
    return tuple("".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.iter(f"{W}p"))


def _bookmarked(document: ET.Element) -> dict[str, str]:
    """The text between the start and the end of each of guatu's bookmarks, whatever runs an editor made of it."""
    found: dict[str, str] = {}
    open_marks: dict[str, str] = {}
    for element in document.iter():
        if element.tag == f"{W}bookmarkStart" and element.get(f"{W}name", "").startswith(MARK):
            open_marks[element.get(f"{W}id", "")] = element.get(f"{W}name", "")
            found[element.get(f"{W}name", "")] = ""
        elif element.tag == f"{W}bookmarkEnd":
            open_marks.pop(element.get(f"{W}id", ""), None)
        elif element.tag == f"{W}t":
            for name in open_marks.values():
                found[name] += element.text or ""
    return found
