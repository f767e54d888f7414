"""The forms a notice comes in, each turned into text: Word, PDF, Excel, web page, OFD, scan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from guatu.read.decoding import decode
from guatu.read.forms import faults, kinds
from guatu.read.forms.extract import Extract, Place
from guatu.read.plan_parts import Note

__all__ = ["LARGEST", "Extract", "Place", "extract"]

LARGEST = 100 * 1024 * 1024  # [byte]; sixty scanned pages with room to spare


def extract(data: bytes, name: str) -> Extract:
    """The text of a file, by its bytes, with the places of lines and notes where the form has them.

    A name whose ending says another form of the same family (a .docx called .doc) is read and noted; any other
    disagreement is a fault. Raises ReadError: G-READ-02, 04, 05 (see decoding) and 20 to 28 (see forms.faults).
    """
    kind = kinds.kind_of(data)
    ending = PurePath(name).suffix
    if kind is kinds.TEXT and kinds.BY_ENDING.get(ending.lower()) is kinds.HTML:
        kind = kinds.HTML  # a fragment without <html> is told by its name only
    agreement = kinds.agreement(kind, ending)
    if kind is kinds.LOCKED:
        raise faults.locked(name, " Office 文档")
    if agreement == "other":
        raise faults.misnamed(name, kind.name, "、".join(kind.endings))
    found = _read(data, name, kind, ending)
    if agreement == "akin":
        words = f"文件名以 {ending} 结尾，内容其实是{kind.name}，已按内容读入"
        found = replace(found, notes=(*found.notes, Note("form-renamed", "remark", words)))
    return found


def _read(data: bytes, name: str, kind: kinds.Kind, ending: str) -> Extract:
    match kind.id:
        case "text":
            text = decode(data, name)
            if ending.lower() not in kinds.MARKDOWN.endings:
                return Extract(text)
            from guatu.read.forms import markdown

            return markdown.plain(text)
        case "html":
            from guatu.read.forms import webpage

            return webpage.read(data, name)
        case "docx":
            from guatu.read.forms import word

            return word.read(data, name)
        case "doc" | "rtf" | "odt":
            from guatu.read.forms import converted

            return converted.read(data, name, kind)
        case "xlsx" | "xls":
            from guatu.read.forms import workbook

            return workbook.read(data, name)
        case "pdf":
            from guatu.read.forms import pdf

            return pdf.read(data, name)
        case "ofd":
            from guatu.read.forms import ofd

            return ofd.read(data, name)
        case "image":
            from guatu.read.forms import scan

            return scan.read(data, name)
        case _:
            raise faults.not_read(name, kind.name)
