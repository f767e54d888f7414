"""From bytes to text: UTF-8, UTF-16 or GB 18030, never a guess that gives rubbish."""

from __future__ import annotations

from guatu.errors import ReadError

LARGEST = 20 * 1024 * 1024  # [byte] of text; a notice of a thousand pages is far below


def too_large(name: str, size: int, most: int) -> ReadError:
    """The fault of a file or text larger than a notice can be."""
    return ReadError.of(
        f"{name} is {size} bytes",
        "G-READ-03",
        name,
        f"文件有 {size / 1048576:.0f} MB，超过 {most // 1048576} MB",
        "通知正文不会这么大，多半是扫描图或选错了文件",
        "换成文字版，或只保留正文后再读",
    )


def decode(data: bytes, name: str) -> str:
    """The text of the bytes: UTF-8 (with or without BOM), UTF-16 with BOM, else GB 18030; line ends become LF."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReadError.of(f"{name} is empty", "G-READ-02", name, "文件是空的", "没有内容可读", "换成有正文的文件")
    if len(data) > LARGEST:
        raise too_large(name, len(data), LARGEST)
    _refuse_known_binary(data, name)
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if looks_like_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise ReadError.of(
        f"{name} is not text",
        "G-READ-05",
        name,
        "不是可读的文字（既不是 UTF-8，也不是 GB18030）",
        "强行解读只会得到乱码",
        "用 WPS 或记事本打开后另存为 UTF-8 文本",
    )


def looks_like_text(text: str) -> bool:
    """Whether almost no character is a control, a private-use, an unassigned or a replacement character."""
    odd = sum(1 for c in text if (c < " " and c not in "\t\r\n\f\v") or c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
    return odd <= len(text) // 100


def _refuse_known_binary(data: bytes, name: str) -> None:
    kinds = {
        b"%PDF": "PDF",
        b"PK\x03\x04": "Word、Excel 或压缩包",
        b"\xd0\xcf\x11\xe0": "旧版 Word、Excel 或 WPS",
        b"\x89PNG": "图片",
        b"\xff\xd8\xff": "图片",
        b"GIF8": "图片",
        b"Rar!": "压缩包",
        b"7z\xbc\xaf": "压缩包",
        b"\x1f\x8b": "压缩包",
        b"{\\rtf": "RTF 文档",
    }
    for mark, kind in kinds.items():
        if data.lstrip(b"\xef\xbb\xbf \r\n\t")[: len(mark)] == mark:
            raise ReadError.of(
                f"{name} holds {kind} bytes",
                "G-READ-04",
                name,
                f"内容其实是{kind}，与文件名不符",
                "按文本去读只会得到乱码",
                "改回正确的扩展名，或另存为文本后再读",
            )
