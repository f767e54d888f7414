"""A file on the shelf is checked, confirmed, stored and taken back; what became of the figures is said and logged."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection

from guatu.errors import ActError, GuatuError
from guatu.judge.intake import doubts_after, scopes_of
from guatu.load import door, history
from guatu.load.alone import alone
from guatu.load.hearing import Hearing
from guatu.load.quality import WORDS, doubts
from guatu.load.workspace import Workspace
from guatu.office import records, snapshots
from guatu.office.intake import shelf
from guatu.office.intake.shelf import CHECKING, FAULTY, READY, STORED, STORING, Job

LONG = 300 * 1024  # [byte] from which a file is worked on beside the page
SHOWN_CHANGES = 60
_FILLED_IN = re.compile(r"[0-9a-f]{64}\.txt")
logger = logging.getLogger(__name__)


def check(ws: Workspace, job: Job) -> None:
    """Look at the file whole: every fault, or what storing it would do. Nothing is kept."""
    _run(job, (CHECKING, FAULTY, READY), CHECKING, lambda: _check(ws, job), job.by)


def store(ws: Workspace, job: Job, person: str) -> None:
    """Store a file that was found good and seen so; where the data have changed since, it is shown once more."""
    _run(job, (READY,), STORING, lambda: _store(ws, job, person), person)


def undo(ws: Workspace, address: str, reason: str, person: str) -> tuple[history.Load, tuple[str, ...]]:
    """Take a load back, log it, and say which figures went back with it.

    Raises LoadError as history.undo, ActError (G-INTAKE-05) for a load that another page answers for.
    """
    _of_this_page(ws, address)
    before = _picture(ws)
    back = history.undo(ws, address, reason=reason, person=person)
    changes = _changes(before, _picture(ws))
    said = {"state": "已撤销", "undone_by": person, "undone_changes": list(changes)[:SHOWN_CHANGES]}
    facts = {} if records.get(f"load/{address}") else _facts(back)
    records.change(f"load/{address}", "撤销入库", {**facts, **said}, person=person, reason=reason.strip())
    return back, changes


def _of_this_page(ws: Workspace, address: str) -> None:
    """Figures of a collection are taken back where they came in, so that its own rows go back with them."""
    found = next((one for one in history.history(ws.data) if one.address == address), None)
    if found is None or not address.startswith("figures/"):
        return
    heap = next(
        (
            name
            for name, said in records.of_kind("heap").items()
            if not said.get("undone") and any(found.sha256 in one for one in said.get("files", ()))
        ),
        "",
    )
    if heap or _FILLED_IN.fullmatch(found.file):
        whose = f"收表 {heap.replace('/', ' 核对结果 ')}" if heap else "单位在“填报”页报的"
        raise ActError.of(
            f"{address} belongs to a collection", "G-INTAKE-05", f"批次 {address}", f"是{whose}入账的",
            "只撤这里，收表的进展和数据就对不上",
            "在“收表”里撤销那次入账" if heap else "请单位负责人撤回已报的，或在“收表”里退回",
        )  # fmt: skip


def progress(job: Job) -> tuple[str, int, int]:
    """The step, how far and of how much."""
    try:
        words, done, total = json.loads((job.folder / "progress.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "读取文件", 0, 0
    return str(words), int(done), int(total)


def _run(job: Job, allowed: tuple[str, ...], state: str, work: Callable[[], None], who: str) -> None:
    """Do the work now, or for a long file beside the page; one at a time, and only from where it may begin."""
    long = job.path.stat().st_size >= LONG
    started = threading.Event()
    refused: list[GuatuError] = []

    def whole() -> None:
        try:
            with alone(job.folder, who):
                fresh = json.loads((job.folder / "job.json").read_text(encoding="utf-8"))
                if fresh["state"] not in (*allowed, *shelf.BUSY):  # busy, and nobody at it: it was broken off
                    raise ActError.of(
                        "already", "G-INTAKE-02", f"“{job.name}”", f"现在是“{fresh['state']}”", "别人刚刚办过",
                        "看现在的结果",
                    )  # fmt: skip
                job.state, job.notice = state, ""
                job.save()
                started.set()
                _worked(job, work)
        except GuatuError as error:
            refused.append(error)
        finally:
            started.set()
            if long:
                connection.close()

    if long:
        threading.Thread(target=whole, daemon=True).start()
        started.wait(10)
    else:
        whole()
    if refused:
        raise refused[0]


def _worked(job: Job, work: Callable[[], None]) -> None:
    """Whatever stops the work, the person learns it and can go on."""
    try:
        work()
    except GuatuError as error:
        job.state = FAULTY
        job.faults = [shelf.fault_row(one) for one in error.faults] or [["", error.message, "", "", ""]]
    except Exception:
        logger.exception("taking a file in failed")
        job.state = FAULTY
        job.faults = [["程序", "出错，没有入库", "详情已记入日志", "把文件交给系统管理员", "G-INTAKE-03"]]
    finally:
        (job.folder / "progress.json").unlink(missing_ok=True)
        job.save()


def _check(ws: Workspace, job: Job) -> None:
    job.faults, job.outcome = [], {}
    ear = Hearing(tell=lambda *said: _tell(job, *said))
    job.stamp = _stamp(ws)
    try:
        done = door.take(ws, job.path, job.kind, shelf.said_of(job, ""), scopes_of(ws), look=True, ear=ear)
    finally:
        job.heard = [asdict(one) for one in _once(ear.heard)]
    job.outcome = {"new": done.new, "same": done.same, "changed": done.changed, "notes": list(done.notes)}
    if done.checked is not None:
        seen = doubts(done.checked.frame)["flag"].value_counts().sort("flag").iter_rows()
        job.outcome["doubts"] = [f"{WORDS[flag]} {count:,}" for flag, count in seen]
    job.state = READY


def _store(ws: Workspace, job: Job, person: str) -> None:
    with alone(ws.folder / shelf.FOLDER, person):
        if _stamp(ws) != job.stamp:
            shown = job.outcome
            _check(ws, job)
            if [shown.get(name) for name in ("new", "same", "changed")] != [
                job.outcome[name] for name in ("new", "same", "changed")
            ]:
                job.notice = "您核对之后别人又入了库，结果变了，请按现在的数再看一遍"
                return
        before = _picture(ws)
        _tell(job, "写入", 0, 0)
        done = door.take(ws, job.path, job.kind, shelf.said_of(job, person), scopes_of(ws))
        job.state, job.address = STORED, done.address
        job.outcome.update(new=done.new, same=done.same, changed=done.changed, notes=list(done.notes))
        _tell(job, "更新各数", 0, 0)
        changes = _changes(before, _picture(ws))
        job.outcome["figures"] = list(changes)
        job.outcome["doubts"] = [*job.outcome.get("doubts", []), *doubts_after(ws, job.kind, datetime.now().date())]
        if done.address:
            load = next(one for one in history.history(ws.data) if one.address == done.address)
            facts = {**_facts(load), "new": done.new, "same": done.same, "corrected": done.changed,
                     "changes": list(changes)[:SHOWN_CHANGES]}  # fmt: skip
            records.change(f"load/{done.address}", "入库", facts, person=person, reason=load.reason)


def _facts(load: history.Load) -> dict[str, Any]:
    return {"state": "在用", "file": load.file, "sha256": load.sha256, "rows": load.rows, "loaded": load.title}


def _once(heard: list[Any]) -> list[Any]:
    """A file opened twice is heard once: the last hearing of each sheet."""
    return list({one.sheet: one for one in heard}.values())


def _tell(job: Job, words: str, done: int, total: int) -> None:
    aside = job.folder / "progress.tmp"
    aside.write_text(json.dumps([words, done, total], ensure_ascii=False), encoding="utf-8")
    aside.replace(job.folder / "progress.json")


def _stamp(ws: Workspace) -> str:
    """Changes whenever anything is loaded or taken back, or a section or a setting is written."""
    papers = [ws.folder / "guatu.toml", ws.data / "official.json", *(ws.folder / "plan").glob("*.toml")]
    papers += ws.data.glob("*/manifest.json")
    told = [(str(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(papers) if path.is_file()]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _picture(ws: Workspace) -> Mapping[str, Any]:
    """The picture of now; where none can be taken (no plan yet), nothing."""
    snapshots.try_refresh(ws)
    shot = snapshots.latest()
    return shot.picture if shot else {}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Which targets say another figure, status or reason than before, each in a sentence."""
    was = {row["id"]: row for row in before.get("rows", ())}
    told = []
    for row in after.get("rows", ()):
        old = was.get(row["id"])
        if old is None or _shown(old) == _shown(row):
            continue
        name = f"{row['id']} {row['indicator']}（{row['scope']}）"
        told.append(f"{name}：{' '.join(_shown(old))} → {' '.join(_shown(row))}")
    return tuple(told)


def _shown(row: Mapping[str, Any]) -> tuple[str, ...]:
    figure = f"{row['figure']}{row['unit'] if row['unit'] == '%' else ''}" if row["figure"] else "—"
    return (figure, row["word"], *([f"（{row['reason']}）"] if row["reason"] else []))
