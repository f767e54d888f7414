"""Files that prove: their identity by SHA-256, their true type and size, and the same file offered twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from guatu.act.problem import Paper, Problem
from guatu.errors import Fault

MOST = 50 * 1024 * 1024
"""The largest file taken [bytes]; a house rule, an office may pass its own."""

OPENINGS: tuple[tuple[bytes, int, tuple[str, ...]], ...] = (
    (b"\xff\xd8\xff", 0, (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", 0, (".png",)),
    (b"%PDF-", 0, (".pdf",)),
    (b"PK\x03\x04", 0, (".docx", ".xlsx", ".ofd")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, (".doc", ".xls", ".wps", ".et")),
    (b"ftyp", 4, (".mp4", ".mov", ".heic")),
)
"""How files of each type begin: bytes, at which offset, and the endings they go by."""


def identity(data: bytes) -> str:
    """What a file is known by: the SHA-256 of its bytes, whatever its name."""
    return hashlib.sha256(data).hexdigest()


def file_faults(name: str, data: bytes, most: int = MOST) -> list[Fault]:
    """What keeps a file out: G-ACT-61 its type, 62 its size; the bytes decide, not the ending alone."""
    where = f"文件“{name}”"
    if not data:
        return [Fault("G-ACT-62", where, "是空的", "证明不了什么", "重新选择文件")]
    faults = []
    if len(data) > most:
        what = f"{len(data) / 1024 / 1024:.1f} MB，超过 {most // 1024 // 1024} MB"
        faults.append(Fault("G-ACT-62", where, what, "存不下、打不开", "压缩，或分成两份上传"))
    ending = PurePath(name).suffix.lower()
    endings = [ends for start, at, ends in OPENINGS if data[at : at + len(start)] == start]
    known = "、".join(end for _, _, ends in OPENINGS for end in ends)
    if not endings:
        faults.append(Fault("G-ACT-61", where, "不是认得的类型", "不能当材料", f"另存为 {known} 之一"))
    elif ending not in endings[0]:
        what = f"内容是 {endings[0][0]}，扩展名却是“{ending}”"
        faults.append(Fault("G-ACT-61", where, what, "打不开或被改过名", "改正扩展名，或换原文件"))
    return faults


@dataclass(frozen=True, slots=True)
class Question:
    """One file offered for several papers or problems; a person says whether that is right. uses: (number, type)."""

    sha256: str
    name: str
    uses: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The question as the screen asks it."""
        said = "、".join(f"{number}的“{kind}”" for number, kind in self.uses)
        return f"“{self.name}”同一个文件交作 {said}，是否确实可以共用"


def offered_twice(problems: Iterable[Problem]) -> tuple[Question, ...]:
    """Every file used for two types of paper or in two problems, in the order first met."""
    uses: dict[str, dict[tuple[str, str], None]] = {}
    names: dict[str, str] = {}
    for problem in problems:
        for paper in problem.papers:
            uses.setdefault(paper.sha256, {})[(problem.number, paper.kind)] = None
            names.setdefault(paper.sha256, paper.name or paper.kind)
    return tuple(Question(sha, names[sha], tuple(where)) for sha, where in uses.items() if len(where) > 1)


def asked_of(papers: Sequence[Paper], number: str, problems: Iterable[Problem]) -> tuple[Question, ...]:
    """The questions that new papers of one problem raise against all that is there and against each other."""
    new = {paper.sha256 for paper in papers}
    trial = Problem("", number, "", papers=tuple(papers))
    return tuple(one for one in offered_twice([*problems, trial]) if one.sha256 in new)
