"""From a file to its text: its form, and one clear fault for what cannot be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from guatu.errors import ReadError
from guatu.read import forms
from guatu.read.decoding import too_large
from guatu.read.forms import Place
from guatu.read.plan_parts import Note

LONGEST = 300_000  # characters; a notice of three hundred pages, beyond which reading would only keep one waiting


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, where it came from, and the SHA-256 of its bytes.

    places: the printed lines of the text with page and confidence, where the form has pages; notes: what its form
    left in doubt.
    """

    text: str
    name: str
    sha256: str
    places: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()


def open_document(path: Path) -> Document:
    """Read and decode a file.

    Raises ReadError: G-READ-01 not found, 02 empty, 03 too large, 04 bytes of another form than the name says,
    05 not text in UTF-8, UTF-16 or GB 18030, 06 too long for a notice, 20 to 28 what the form of the
    file brings (see forms.faults).
    """
    name = path.name
    if not path.is_file():
        raise ReadError.of(f"no file {path}", "G-READ-01", str(path), "文件不存在", "没有内容可读", "核对路径和文件名")
    if path.stat().st_size > forms.LARGEST:
        raise too_large(name, path.stat().st_size, forms.LARGEST)
    data = path.read_bytes()
    found = forms.extract(data, name)
    if len(found.text) > LONGEST:
        raise ReadError.of(
            f"{name} holds {len(found.text)} characters",
            "G-READ-06",
            name,
            f"有 {len(found.text):,} 个字，超过 {LONGEST:,} 个",
            "通知不会这么长，多半是选错了文件",
            "换成通知的正文，过长的附件请分开",
        )
    return Document(found.text, name, hashlib.sha256(data).hexdigest(), found.places, found.notes)
