"""Files on their way in: kept beside the data until they are confirmed or given up, never read by anything else."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from guatu.base.clock import beijing_now
from guatu.errors import ActError, Fault
from guatu.load.alone import is_held
from guatu.load.door import KINDS, Said
from guatu.load.workspace import Workspace
from guatu.office.uploads import plain_name, swells

FOLDER = ".intake"
LARGEST = 200 * 1024 * 1024  # [byte]
SWELLS = 2 * 1024 * 1024 * 1024  # [byte] of a workbook unpacked
KEPT = timedelta(days=7)
CHECKING, FAULTY, READY, STORING, STORED = "核对中", "有错", "待确认", "入库中", "已入库"
BUSY = (CHECKING, STORING)


@dataclass(slots=True)
class Job:
    """One file on its way: its number, who brought it when, its name and kind, what is said of it, how it stands.

    faults: where, what, why, remedy, code of each; heard: the tables as understood; outcome: new, same, changed and
    notes; stamp: what of the data it was compared with; address: of the load it became.
    """

    number: str
    folder: Path
    by: str
    at: str
    name: str
    kind: str
    said: dict[str, Any]
    state: str = CHECKING
    faults: list[list[str]] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    outcome: dict[str, Any] = field(default_factory=dict)
    stamp: str = ""
    address: str = ""
    notice: str = ""

    @property
    def path(self) -> Path:
        """The file as it was sent."""
        return self.folder / "file" / self.name

    @property
    def broken_off(self) -> bool:
        """Whether it should be at work and nobody is: the server was stopped meanwhile."""
        return self.state in BUSY and not is_held(self.folder)

    def save(self) -> None:
        """Write it down."""
        said = {name: getattr(self, name) for name in self.__slots__ if name != "folder"}
        aside = self.folder / "job.tmp"
        aside.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
        aside.replace(self.folder / "job.json")


def begin(ws: Workspace, name: str, content: bytes, kind: str, said: Mapping[str, Any], by: str) -> Job:
    """Put a file on the shelf. Raises ActError (G-INTAKE-01): no file, too large, swelling, no such kind."""
    plain = plain_name(name)
    wrong = ""
    if not content.strip():
        wrong = "没有内容"
    elif len(content) > LARGEST:
        wrong = f"{len(content) // 1024 // 1024} MB，超过 {LARGEST // 1024 // 1024} MB"
    elif content.startswith(b"PK\x03\x04") and swells(content, SWELLS):
        wrong = "解开后过大"
    if wrong:
        raise ActError.of(wrong, "G-INTAKE-01", f"“{plain}”", wrong, "没有可收的", "选好文件，或贴上表格再传")
    if kind not in KINDS:
        raise ActError.of("no kind", "G-INTAKE-01", f"“{plain}”", "没有选是哪种数据", "各种数据的列不同", "选好再传")
    sweep(ws)
    number = f"{beijing_now():%m%d%H%M}-{secrets.token_hex(4)}"
    folder = ws.folder / FOLDER / number
    (folder / "file").mkdir(parents=True)
    now = beijing_now().isoformat(sep=" ")
    job = Job(number, folder, by, now, plain, kind, dict(said))
    job.path.write_bytes(content)
    job.save()
    return job


def get(ws: Workspace, number: str) -> Job | None:
    """The file of a number, None where there is none."""
    folder = ws.folder / FOLDER / number
    if not number.replace("-", "").isalnum() or not (folder / "job.json").is_file():
        return None
    return Job(folder=folder, **json.loads((folder / "job.json").read_text(encoding="utf-8")))


def waiting(ws: Workspace) -> list[Job]:
    """The files that are neither stored nor given up, newest first."""
    folders = sorted((ws.folder / FOLDER).glob("*/job.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    jobs = [job for path in folders if (job := get(ws, path.parent.name))]
    return [job for job in jobs if job.state != STORED]


def drop(job: Job) -> None:
    """Give a file up; nothing of it stays."""
    shutil.rmtree(job.folder, ignore_errors=True)


def sweep(ws: Workspace) -> None:
    """Throw away what nobody came back for, and what was stored long ago."""
    for path in (ws.folder / FOLDER).glob("*/job.json"):
        if datetime.now().timestamp() - path.stat().st_mtime > KEPT.total_seconds() and not is_held(path.parent):
            shutil.rmtree(path.parent, ignore_errors=True)


def said_of(job: Job, person: str) -> Said:
    """What a person says of a file, as the door wants it."""
    told = job.said
    return Said(
        correct=bool(told.get("correct")),
        reason=told.get("reason", ""),
        on=_day(told.get("on", "")),
        person=person,
        leave_unknown=bool(told.get("leave_unknown")),
        indicator=told.get("indicator", ""),
        period=told.get("period", ""),
        paper=told.get("paper", ""),
        day=_day(told.get("day", "")),
        list=told.get("list", ""),
        label=told.get("label", ""),
        stamp="begin" if told.get("stamp") == "begin" else "end",
        units=told.get("units", {}),
        columns=told.get("columns", {}),
    )


def fault_row(fault: Fault) -> list[str]:
    """A fault as a row: where, what, why, what to do, code."""
    return [fault.where, fault.what, fault.why, fault.remedy, fault.code]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
