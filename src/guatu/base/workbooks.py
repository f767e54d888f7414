"""What a workbook may say of its own size: the reader in Rust believes it, and a lie there ends the whole program."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

MOST_BYTES = 400 * 1024 * 1024  # [byte] of all parts unpacked
MOST_CELLS = 20_000_000  # the rectangle that holds all cells of a sheet, empty ones too
MOST_SAID = 20_000_000  # entries a part may announce
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["'](\d{1,40})["']""")
_CELL = re.compile(rb"""\s(?:r|ref)\s*=\s*["'](?:[A-Z]+\d+:)?([A-Z]{0,7})(\d{1,20})["']""")
_SHEET = "xl/worksheets/"


def checked(content: bytes) -> None:
    """Refuse a workbook that would swell when opened. Raises ValueError; content that is no archive passes.

    A part that announces more entries than any office has, a cell so far out that the sheet cannot be held, parts
    that unpack beyond all measure.
    """
    if not content.startswith(b"PK\x03\x04"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise ValueError("the workbook unpacks beyond all measure")
            for part in archive.infolist():
                if part.filename.lower().endswith(".xml"):
                    _part(part.filename, archive.read(part))
    except (LookupError, RuntimeError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError("the workbook is broken") from error


def _part(name: str, text: bytes) -> None:
    if any(int(said) > MOST_SAID for said in _COUNT.findall(text)):
        raise ValueError(f"{name} announces more than there can be")
    if not name.lower().lstrip("/").startswith(_SHEET):
        return
    wide = high = 1
    for column, row in set(_CELL.findall(text)):
        high = max(high, int(row))
        wide = max(wide, _number(column))
    if wide * high > MOST_CELLS:
        raise ValueError(f"{name} has cells too far out")


def _number(column: bytes) -> int:
    found = 0
    for letter in column:
        found = found * 26 + letter - 64
    return found
