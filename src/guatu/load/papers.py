"""Loads that add to a file people also write by hand (official figures, sections): what it was before is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from guatu.base.clock import beijing_now
from guatu.errors import LoadError
from guatu.load.alone import alone
from guatu.load.workspace import Workspace

WHERE = {"official": "data/official.json", "sections": "plan/sections.toml"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One load: number from 1, kind, file and its SHA-256, rows added, when, who; the paper before and after.

    before, after: SHA-256 of what the paper held, empty where there was none; undone: when, who and why, if it was
    taken back.
    """

    number: int
    kind: str
    file: str
    sha256: str
    rows: int
    at: str
    person: str
    before: str
    after: str
    undone: tuple[str, str, str] | None = None


def papers_in(data: Path) -> tuple[Paper, ...]:
    """Every such load, oldest first. Raises LoadError (G-LOAD-19): list broken."""
    path = data / "papers" / "manifest.json"
    if not path.exists():
        return ()
    try:
        entries = json.loads(path.read_bytes())
        return tuple(Paper(**{**one, "undone": tuple(one["undone"]) if one["undone"] else None}) for one in entries)
    except (ValueError, TypeError, KeyError):
        raise LoadError.of(
            f"{path} is broken", "G-LOAD-19", str(path), "入库清单读不出来", "不知哪些数据已入库", "从备份恢复这个文件"
        ) from None


@contextmanager
def recorded(ws: Workspace, kind: str, file: Path, person: str, look: bool = False) -> Iterator[list[int]]:
    """Around a load of official figures or sections: it is written down where it changed anything.

    Yields a list to which the load adds how many rows it added. look: nothing is kept, so nothing is written down.
    """
    if look:
        yield []
        return
    folder = ws.data / "papers"
    with alone(folder, person):
        before = _content(ws, kind)
        rows: list[int] = []
        yield rows
        after = _content(ws, kind)
        if after == before:
            return
        if before is not None:
            (folder / _digest(before)).write_bytes(before)
        said = Paper(
            len(papers_in(ws.data)) + 1, kind, file.name, hashlib.sha256(file.read_bytes()).hexdigest(), sum(rows),
            beijing_now().isoformat(sep=" "), person, _digest(before), _digest(after),
        )  # fmt: skip
        _write(folder, (*papers_in(ws.data), said))


def withdraw_paper(ws: Workspace, number: int, *, reason: str, person: str = "") -> Paper:
    """Put the paper back, byte for byte, to what it was before a load; only where nothing else was written since.

    Raises LoadError: G-LOAD-17 no reason, G-LOAD-36 no such load, G-LOAD-37 the paper was written again.
    """
    where = f"批次 {number:04d}"
    if not reason.strip():
        raise LoadError.of(
            "no reason", "G-LOAD-17", where, "没有写撤销的原因", "日后要说得清为什么撤销", "写明原因再撤销"
        )
    folder = ws.data / "papers"
    with alone(folder, person):
        every = papers_in(ws.data)
        found = next((one for one in every if one.number == number and one.undone is None), None)
        if found is None:
            raise LoadError.of(
                f"no load {number}", "G-LOAD-36", where, "没有这一批，或已撤销", "没有可撤的", "刷新入库历史再看"
            )
        path = ws.folder / WHERE[found.kind]
        if _digest(_content(ws, found.kind)) != found.after:
            raise LoadError.of(
                f"{path} was written again", "G-LOAD-37", where, f"{WHERE[found.kind]} 之后又改过",
                "撤回会丢掉后来的改动", "先撤销后面的批次；手工改过的，请在文件里改回",
            )  # fmt: skip
        if found.before:
            aside = path.with_suffix(".tmp")
            aside.write_bytes((folder / found.before).read_bytes())
            aside.replace(path)
        else:
            path.unlink()
        now = beijing_now().isoformat(sep=" ")
        mark = replace(found, undone=(now, person, reason.strip()))
        _write(folder, tuple(mark if one.number == number else one for one in every))
    return mark


def _content(ws: Workspace, kind: str) -> bytes | None:
    path = ws.folder / WHERE[kind]
    return path.read_bytes() if path.exists() else None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _write(folder: Path, papers: tuple[Paper, ...]) -> None:
    aside = folder / "manifest.tmp"
    text = json.dumps([asdict(one) for one in papers], ensure_ascii=False, indent=1) + "\n"
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(folder / "manifest.json")
