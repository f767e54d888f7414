"""Small real files for the papers of the demonstration: a page of PDF with its words, a picture for a photo."""

from __future__ import annotations

import hashlib
import struct
import zlib

from guatu.act.proof import identity

PHOTO = "照片"
WIDTH, HEIGHT = 96, 64  # of a picture [px]


def file_of(kind: str, number: str, day: str) -> tuple[str, bytes]:
    """The ending and the bytes of a paper: the same for the same paper, marked as invented."""
    words = ("演示数据，非实测", kind, f"问题 {number}", day)
    return (".png", picture(" ".join(words))) if PHOTO in kind else (".pdf", page(words))


def page(lines: tuple[str, ...]) -> bytes:
    """One page of PDF with a few lines, in the Song face that every reader of PDF brings for Chinese."""
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
    stream = f"BT /F1 18 Tf 28 TL 72 760 Td {shown} ET".encode()
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    )
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + head + table + tail


def picture(words: str) -> bytes:
    """A picture of plain stripes whose colours come from the words, so that no two papers share one."""
    seed = hashlib.sha256(words.encode()).digest()
    stripes = [b"\0" + bytes(seed[(y // 8 * 3 + c) % 32] for c in range(3)) * WIDTH for y in range(HEIGHT)]
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    told = b"Comment\0\0\0\0\0" + words.encode()
    chunks = ((b"IHDR", head), (b"iTXt", told), (b"IDAT", zlib.compress(b"".join(stripes))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def name_of(content: bytes, ending: str) -> str:
    """The name a file has among the proofs of a workspace."""
    return f"{identity(content)}{ending}"
