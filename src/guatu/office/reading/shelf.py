"""Notices on the shelf: uploaded, read once, kept with their text; what was read never changes afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from guatu.errors import ActError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import records
from guatu.read.amendment import amended_by
from guatu.read.bodies import directory
from guatu.read.document import open_document
from guatu.read.forms import Place
from guatu.read.forms.kinds import BY_ENDING
from guatu.read.notice import read_document
from guatu.read.plan import Note, Plan, Version

LARGEST = 50 * 1024 * 1024  # [byte]
ANNUAL, AMENDING = "年度文件", "修改文件"
USES = (ANNUAL, AMENDING)
REVIEWING, CHECKED = "待校核", "已校核"
ENDINGS = tuple(ending for ending, kind in BY_ENDING.items() if kind.family not in ("slides", "archive", "binary"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A notice as it was read: the plan, its text, its printed lines; versions: what an amending paper changes."""

    name: str
    plan: Plan
    text: str
    places: tuple[Place, ...]
    versions: tuple[Version, ...] = ()
    notes: tuple[Note, ...] = ()


def upload(
    ws: Workspace, name: str, content: bytes, use: str, person: str, moment: datetime | None = None
) -> str:  # fmt: skip
    """Keep a notice and read it; returns its number on the shelf. Nothing is kept of one that cannot be read.

    Raises ActError: G-REVIEW-01 of a kind or size not taken, G-REVIEW-02 it is there already, G-REVIEW-09 it amends
    while the office has no plan; ReadError as guatu.read says.
    """
    _let_in(name, content, use)
    digest = sha256(content).hexdigest()
    shelf = records.of_kind("notice")
    there = next((key for key, one in shelf.items() if one["sha256"] == digest and one["use"] == use), None)
    if there:
        raise _fault("G-REVIEW-02", f"“{name}”", f"与 {there} 是同一个文件", "一份文件只复核一次", f"打开 {there}")
    number = f"N{len(shelf) + 1:03d}"
    folder = folder_of(ws, number)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        said = _read(ws, folder, name, content, use, person)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    said |= {"name": name, "sha256": digest, "use": use, "status": REVIEWING}
    records.change(f"notice/{number}", "上传文件", said, person=person, moment=moment)
    return number


def _let_in(name: str, content: bytes, use: str) -> None:
    ending = Path(name).suffix.lower()
    wrong = ""
    if use not in USES:
        wrong = f"用途写成了“{use}”"
    elif ending not in ENDINGS:
        wrong = f"是“{ending or '没有后缀'}”文件"
    elif not content:
        wrong = "是空文件"
    elif len(content) > LARGEST:
        wrong = f"{len(content) // 1024 // 1024} MB，超过 {LARGEST // 1024 // 1024} MB"
    if wrong:
        kinds = "docx、doc、wps、pdf、ofd、txt、md、html、xlsx、图片"
        raise _fault("G-REVIEW-01", f"“{name}”", wrong, "读不了", f"换成 {kinds} 之一再传")


def _read(ws: Workspace, folder: Path, name: str, content: bytes, use: str, person: str) -> dict[str, Any]:
    """Read into a folder; returns what the record says of the paper."""
    original = folder / f"original{Path(name).suffix.lower()}"
    original.write_bytes(content)
    document = open_document(original)
    own = ws.folder / "bodies.toml"
    plan = read_document(document, directory().with_file(own) if own.is_file() else None, ws.cards)
    (folder / "text.txt").write_bytes(document.text.encode("utf-8", "surrogatepass"))
    places = json.dumps([asdict(one) for one in document.places])
    (folder / "places.json").write_text(places, encoding="utf-8")
    (folder / "plan.toml").write_text(plan.to_toml(), encoding="utf-8", newline="\n")
    said: dict[str, Any] = {"title": plan.head.title or name, "number": plan.head.doc_number}
    if use == AMENDING:
        if not ws.plan_path.is_file():
            raise _fault("G-REVIEW-09", f"“{name}”", "现在没有生效的计划", "没有可修改的", "先复核年度文件")
        office = plan_of(ws)
        changed = amended_by(office, plan, person)
        fresh = [one for one in changed.versions if one not in office.versions]
        said["versions"] = [_row(one) for one in fresh]
        said["notes"] = [asdict(one) for one in (*changed.notes[len(office.notes) :], *_tasks_too(plan))]
    return said


def _tasks_too(later: Plan) -> tuple[Note, ...]:
    """An amending paper's own tasks are not taken over by changing targets: a person is told."""
    if not later.tasks:
        return ()
    words = f"这份文件另有 {len(later.tasks)} 项任务，变更只改目标的数；任务请在分解表里增改，写明文号"
    return (Note("amendment-tasks", "doubt", words),)


def _row(version: Version) -> dict[str, str]:
    return {field.name: str(getattr(version, field.name)) for field in fields(Version)}


def version_of(row: Mapping[str, str]) -> Version:
    """A version of its record."""
    return Version(**{**row, "since": date.fromisoformat(row["since"])})


def folder_of(ws: Workspace, number: str) -> Path:
    """Where a notice is kept."""
    return ws.folder / "plan" / "readings" / number


def original_of(ws: Workspace, number: str) -> Path:
    """The file as it was uploaded. Raises ActError (G-REVIEW-06) where it is gone."""
    found = next(iter(folder_of(ws, number).glob("original.*")), None)
    if found is None:
        raise _fault("G-REVIEW-06", f"文件 {number}", "原件不在工作区里", "无从对照", "从备份找回 plan/readings")
    return found


def opened(ws: Workspace, number: str) -> Reading:
    """A notice as it was read. Raises ActError (G-REVIEW-06) where it is gone."""
    said = records.get(f"notice/{number}")
    folder = folder_of(ws, number)
    if not said or not (folder / "plan.toml").is_file():
        raise _fault("G-REVIEW-06", f"文件 {number}", "没有这份文件", "无从复核", "在文件清单里核对编号")
    plan, text, places = _stored(folder, (folder / "plan.toml").stat().st_mtime_ns)
    versions = tuple(version_of(row) for row in said.get("versions", []))
    notes = tuple(
        Note(one["code"], one["kind"], one["text"], one.get("outline", ""),
             tuple(one["span"]) if one.get("span") else None)
        for one in said.get("notes", [])
    )  # fmt: skip
    return Reading(number, plan, text, places, versions, notes)


@lru_cache(maxsize=8)
def _stored(folder: Path, written: int) -> tuple[Plan, str, tuple[Place, ...]]:
    plan = Plan.from_toml((folder / "plan.toml").read_text(encoding="utf-8"))
    text = (folder / "text.txt").read_bytes().decode("utf-8", "surrogatepass")
    places = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    return plan, text, tuple(Place(**one) for one in places)


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
