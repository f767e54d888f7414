"""Zipped documents opened within limits: no flood of entries or bytes, and XML without entities or endless depth."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from guatu.read.forms import faults

MOST_ENTRIES = 5_000
MOST_BYTES = 200 * 1024 * 1024  # unpacked, all parts together
MOST_FOLD = 300  # times a part may grow, once it is larger than a megabyte
MOST_DEPTH = 400  # elements within elements; Word nests some dozens
_BROKEN = (
    LookupError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, struct.error, lzma.LZMAError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class Archive:
    """A zipped document whose parts are read one by one; name and kind are for the faults."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        """Open the bytes. Raises ReadError: G-READ-20 damaged, 21 encrypted, 22 over the limits."""
        self.name, self.kind = name, kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise faults.damaged(name, kind, error) from error
        if len(entries) > MOST_ENTRIES:
            raise faults.unsafe(name, f"里面有 {len(entries)} 个部件，超过 {MOST_ENTRIES} 个")
        if (total := sum(entry.file_size for entry in entries)) > MOST_BYTES:
            raise faults.unsafe(name, f"展开后有 {total // 1048576} MB，超过 {MOST_BYTES // 1048576} MB")
        for entry in entries:
            if entry.file_size > 1048576 and entry.file_size > MOST_FOLD * max(1, entry.compress_size):
                raise faults.unsafe(name, f"其中一个部件展开后是原来的 {MOST_FOLD} 倍以上")
        if any(entry.flag_bits & 1 for entry in entries):
            raise faults.locked(name, kind)
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part; raises ReadError G-READ-20 where it is missing or broken."""
        try:
            return self._zip.read(self._entries[part])
        except _BROKEN as error:
            raise faults.damaged(self.name, self.kind, error) from error

    def tree(self, part: str) -> Element:
        """A part's XML; raises ReadError G-READ-20 where it is broken, 22 where it declares entities or nests madly."""
        data = self.read(part)
        try:
            return _parsed(data)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise faults.damaged(self.name, self.kind, error) from error
        except _ForbiddenError as error:
            raise faults.unsafe(self.name, str(error)) from error


class _ForbiddenError(Exception):
    pass


def _parsed(data: bytes) -> Element:
    builder = TreeBuilder()
    depth = 0

    def forbid(*_: object) -> None:
        raise _ForbiddenError("其中的 XML 带有实体声明")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise _ForbiddenError(f"其中的 XML 套了 {MOST_DEPTH} 层以上")
        builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(tag))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = forbid
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.Parse(data, True)
    return builder.close()


def _local(name: str) -> str:
    """A name without its namespace: the forms read here use no local name twice, and writers differ in namespaces."""
    return name.rpartition(" ")[2]
