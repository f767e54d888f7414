"""A backup as a file: a zip of the workspace with a manifest that names every part, its size and its SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from guatu.errors import Fault, WorkspaceError

MANIFEST = "manifest.json"
DATABASE = "guatu.sqlite3"
FORMAT = 1
CHUNK = 2**20  # [byte]
PACKED = {".parquet", ".zip", ".xlsx", ".docx", ".jpg", ".jpeg", ".png", ".pdf"}
"""Kinds that are compressed already."""
PASSED_OVER = {".static", "__pycache__", ".secret-key", ".identity-key", ".intake"}
"""What is made anew: static files, and the key of the sessions, which no backup carries away."""
PASSING = {".tmp", ".lock", ".part"}
"""Endings of what is only there while something is being written."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup says of itself: when, of which city, from which database, the end of its log, its files."""

    made: str
    city: str
    database: str
    entries: int
    tip: str
    files: Mapping[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """All files together [byte]."""
        return sum(size for size, _ in self.files.values())


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a workspace that a backup carries, but for the database.

    Lists of batches come before the batches: a list names only what was stored before it was written.
    """
    found = [path for path in folder.rglob("*") if path.is_file() and not _passed_over(path.relative_to(folder))]
    lists = sorted(path for path in found if path.name == MANIFEST)
    yield from lists
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in lists and not _passed_over(path.relative_to(folder)):
            yield path


def _passed_over(path: Path) -> bool:
    if set(path.parts) & PASSED_OVER or path.suffix in PASSING:
        return True
    return path.name.startswith(DATABASE) and len(path.parts) == 1


def pack(archive: Path, given: Iterable[tuple[str, Path | bytes]], said: Mapping[str, Any]) -> Held:
    """Write parts and their manifest into a new archive that only its owner may read.

    given: name in the archive and a file or bytes. The archive stands under its name only once it is whole.
    """
    aside = archive.with_name(f"{archive.name}.part")
    files: dict[str, tuple[int, str]] = {}
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=3) as made:
                for name, content in given:
                    with suppress(FileNotFoundError):  # taken away since it was listed, as a given-up heap is
                        files[name] = _put(made, name, content)
                held = Held(files=files, **said)
                made.writestr(MANIFEST, json.dumps(_plain(held), ensure_ascii=False, indent=1))
            out.flush()
            os.fsync(out.fileno())
        check(aside)
        aside.replace(archive)
    finally:
        aside.unlink(missing_ok=True)
    return held


def _put(made: ZipFile, name: str, content: Path | bytes) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    made.compression = ZIP_STORED if PurePosixPath(name).suffix.lower() in PACKED else ZIP_DEFLATED
    opened = content.open("rb") if isinstance(content, Path) else BytesIO(content)
    with opened as file, made.open(name, "w", force_zip64=True) as part:
        for piece in _read(file):
            digest.update(piece)
            size += len(piece)
            part.write(piece)
    return size, digest.hexdigest()


def _plain(held: Held) -> dict[str, Any]:
    files = [{"path": name, "size": size, "sha256": digest} for name, (size, digest) in held.files.items()]
    names = ("made", "city", "database", "entries", "tip")
    return {"format": FORMAT, **{name: getattr(held, name) for name in names}, "files": files}


def check(archive: Path, into: Path | None = None) -> Held:
    """Read an archive whole and hold every part against its manifest; into: write the parts there as well.

    Raises WorkspaceError with everything that is wrong: G-KEEP-11 no archive or no manifest, G-KEEP-12 a part that
    would land elsewhere, is missing, is not named, or is not what the manifest says.
    """
    try:
        with ZipFile(archive) as given:
            held = _manifest(archive, given)
            names = [one.filename for one in given.infolist()]
            faults = _names(held, names)
            if not faults:
                for name in held.files:
                    faults += _part(given, name, held.files[name], into)
    except (BadZipFile, OSError, EOFError, LookupError, ValueError, RuntimeError, zlib.error) as error:
        raise _no_archive(archive, f"打不开（{type(error).__name__}）") from None
    if faults:
        raise WorkspaceError(f"{archive} is damaged", faults)
    return held


def room_beside(folder: Path, size: int) -> Path:
    """A fresh folder beside the place to restore to.

    Raises WorkspaceError: G-KEEP-13 something stands there already, G-KEEP-14 the disk is too full.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _no_room("G-KEEP-13", f"文件夹 {folder}", "里面已有东西", "恢复不覆盖任何文件", "给一个新文件夹")
    folder.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder.parent).free
    if free < size * 2:
        what = f"所在磁盘只剩 {free // 2**20} MB，解开要 {size // 2**20} MB"
        raise _no_room("G-KEEP-14", f"文件夹 {folder}", what, "恢复到一半会写满", "换一块磁盘")
    aside = folder.parent / f".{folder.name}.restoring"
    if aside.exists():
        shutil.rmtree(aside)
    aside.mkdir(mode=0o700)
    return aside


def _manifest(archive: Path, given: ZipFile) -> Held:
    try:
        said = json.loads(given.read(MANIFEST))
        files = {str(one["path"]): (int(one["size"]), str(one["sha256"])) for one in said["files"]}
        if said["format"] != FORMAT:
            raise _no_archive(archive, f"是第 {said['format']} 版格式，这个 guatu 只认第 {FORMAT} 版")
        datetime.fromisoformat(said["made"])
        return Held(said["made"], said["city"], said["database"], int(said["entries"]), said["tip"], files)
    except (KeyError, TypeError, ValueError):
        raise _no_archive(archive, "里没有能读的 manifest.json") from None


def _names(held: Held, names: list[str]) -> list[Fault]:
    """Parts that lead elsewhere, come twice, are missing or are not named."""
    found = []
    for name in sorted({*names, *held.files}):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts:
            found.append(_damaged(name, "会写到工作区外面去"))
        elif names.count(name) > 1:
            found.append(_damaged(name, "出现了不止一次"))
        elif name not in names:
            found.append(_damaged(name, "清单里有，包里没有"))
        elif name not in held.files and name != MANIFEST:
            found.append(_damaged(name, "清单里没有，包里多出来"))
    return found


def _part(given: ZipFile, name: str, said: tuple[int, str], into: Path | None) -> list[Fault]:
    digest, size = hashlib.sha256(), 0
    target = into / name if into else None
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with given.open(name) as part, (target or Path(os.devnull)).open("wb") as out:
            for piece in _read(part):
                size += len(piece)
                if size > said[0]:
                    break
                digest.update(piece)
                out.write(piece)
    except (BadZipFile, EOFError, LookupError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        return [_damaged(name, f"读不完（{type(error).__name__}）")]
    return [] if (size, digest.hexdigest()) == said else [_damaged(name, "内容与清单的校验值不符")]


def _read(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(CHUNK):
        yield piece


def _damaged(name: str, what: str) -> Fault:
    return Fault("G-KEEP-12", f"备份里的“{name[:80]}”", what, "这份备份被改过或已损坏", "换一份备份")


def _no_archive(archive: Path, what: str) -> WorkspaceError:
    return WorkspaceError.of(
        f"{archive} is no backup", "G-KEEP-11", f"文件 {archive.name}", what, "不是 guatu 的备份或已损坏", "换一份备份"
    )


def _no_room(code: str, where: str, what: str, why: str, remedy: str) -> WorkspaceError:
    return WorkspaceError.of(f"{where}: no room to restore", code, where, what, why, remedy)
