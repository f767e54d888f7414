"""Files people send in: how many, how large, of which kind, and no archive that swells when opened."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import UploadedFile

from guatu.errors import ActError, Fault
from guatu.office.returned import OTHERS, SUFFIXES

MOST = 200
LARGEST = 10 * 1024 * 1024  # [byte] of one sheet
SWELLS = 100 * 1024 * 1024  # [byte] of all parts of a workbook unpacked
PARTS = 2000


def sheets_into(files: Iterable[UploadedFile], folder: Path) -> None:
    """Write uploaded sheets into a folder under their own plain names; two of one name get a number.

    What comes with them and is no sheet (a scan, a broken file) is written too: the review names it. Raises
    ActError (G-OFFICE-30) with everything that is wrong; nothing is written then.
    """
    given = list(files)
    faults = [fault for one in given if (fault := _wrong(one))]
    if not given:
        faults = [Fault("G-OFFICE-30", "上传", "没有选文件", "没有可汇总的", "选好退回来的表再传")]
    elif len(given) > MOST:
        faults = [Fault("G-OFFICE-30", "上传", f"{len(given)} 个文件，超过 {MOST} 个", "一次看不过来", "分几次传")]
    if faults:
        raise ActError("upload refused", faults)
    folder.mkdir(parents=True)
    for one in given:
        name = plain_name(one.name or "")
        target, number = folder / name, 2
        while target.exists():
            target, number = folder / f"{Path(name).stem}({number}){Path(name).suffix}", number + 1
        one.seek(0)
        target.write_bytes(one.read())


def plain_name(name: str) -> str:
    """The last part of a file name, without anything that could lead elsewhere."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    return "".join(char for char in last if char.isprintable() and char not in '<>:"|?*')[-120:] or "未命名"


def _wrong(one: UploadedFile) -> Fault | None:
    where = f"“{plain_name(one.name or '')}”"
    kind = Path(one.name or "").suffix.lower()
    size = one.size or 0
    if kind not in SUFFIXES and kind not in OTHERS:
        return Fault(
            "G-OFFICE-30", where, f"是“{kind or '没有后缀'}”文件", "不是表格", f"换成 {'、'.join(SUFFIXES)} 再传"
        )
    if size > LARGEST:
        return Fault(
            "G-OFFICE-30", where, f"{size // 1024 // 1024} MB，超过 10 MB", "一张报送表没有这么大", "删去图片再传"
        )
    one.seek(0)
    content = one.read()
    if content.startswith(b"PK\x03\x04") and swells(content):
        return Fault("G-OFFICE-30", where, "解开后过大", "可能撑满磁盘", "用表格软件另存一份再传")
    return None


def swells(content: bytes, most: int = SWELLS) -> bool:
    """Whether an archive is larger than any sheet; one that is broken is never opened, so it cannot swell."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            return len(parts) > PARTS or sum(part.file_size for part in parts) > most
    except BadZipFile:
        return False
