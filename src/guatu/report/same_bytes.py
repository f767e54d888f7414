"""Archives that are the same bytes whenever their contents are: names in order, one time stamp, one way of packing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip can name: no clock enters a file."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by their names, in the order of the names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            one = zipfile.ZipInfo(name, EPOCH)
            one.external_attr = 0o644 << 16
            made.writestr(one, files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def repacked(content: bytes) -> bytes:
    """An archive (docx, xlsx) with its parts in their order and without the clock of whoever packed it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name, EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
