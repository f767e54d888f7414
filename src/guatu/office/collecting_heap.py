"""A heap of returned files: read and reviewed, stored once by confirmation, taken back by a logged reversal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from guatu.act.collection import is_figure
from guatu.act.collection_answers import landing
from guatu.act.collection_heap import Candidate, Review, review_of
from guatu.errors import ActError, Fault
from guatu.load.figures.row import places_of
from guatu.load.workspace import Workspace
from guatu.office import collecting, collecting_figures, records
from guatu.office.returned import Progress, open_heap, shut
from guatu.office.returned_figures import Known


@dataclass(frozen=True, slots=True)
class Heap:
    """A heap of files opened and reviewed; faults: files that are no sheet at all."""

    id: str
    files: tuple[tuple[str, str], ...]
    review: Review
    faults: tuple[Fault, ...]


def read(
    ws: Workspace, paths: Sequence[Path], period: str, received: date, answers: Mapping[str, str] | None = None,
    progress: Progress = None,
) -> Heap:  # fmt: skip
    """Review a heap of files; nothing is stored. What is no sheet is named among the faults.

    Raises ActError (G-OFFICE-24) where there is no sheet to read.
    """
    there = sorted(path for path in paths if not path.name.startswith(("~$", ".")))
    files = [path for path in there if path.is_file()]
    if all(shut(path) for path in there):
        raise _fault(
            "G-OFFICE-24", "收表", "没有打得开的 xlsx、xls、csv 文件", "没有可汇总的", "把退回来的表放进同一个文件夹"
        )
    everyone = collecting.everything(ws, period)
    names = {written: body.name for body in ws.bodies for written in (body.name, *body.also)}
    names |= {name: name for name in everyone}
    tables, faults = open_heap(there, Known(names, places_of(ws), ws.cards), received, progress)
    on_record = {
        key: data["said"] for key, data in (collecting.stored(period) | collecting.stored_figures(period)).items()
    }
    elsewhere = collecting_figures.on_record(ws, collecting.figures_asked(period))
    hashes = tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files)
    name = hashlib.sha256("".join(sorted(one for _, one in hashes)).encode()).hexdigest()[:12]
    review = review_of(tables, everyone, period, received, on_record, answers, elsewhere)
    return Heap(name, hashes, review, tuple(faults))


def with_answers(ws: Workspace, heap: Heap, folder: Path, answers: Mapping[str, str]) -> Heap:
    """The same heap read again with a person's answers. Raises ActError (G-OFFICE-25) for one that was not offered."""
    offered = {one.id: one for one in heap.review.questions}
    faults = [
        Fault(
            "G-OFFICE-25", offered[name].where, f"答“{said}”，不在可选的之内", "不知怎么收",
            f"从 {'、'.join(offered[name].choices)} 中选",
        )
        for name, said in answers.items()
        if name in offered and said not in offered[name].choices
    ]  # fmt: skip
    if faults:
        raise ActError("answers not offered", faults)
    again = read(ws, [folder / name for name, _ in heap.files], heap.review.period, heap.review.received, answers)
    return replace(again, id=heap.id)


@transaction.atomic
def confirm(
    heap: Heap, person: str, moment: datetime | None = None, ws: Workspace | None = None, folder: Path | None = None
) -> tuple[Candidate, ...]:
    """Store the rows that may land, each as entered by its sender; returns them. The same heap again stores nothing.

    ws, folder: the workspace and where the heap's files are; they are kept among the proof, and figures go into the
    store of figures as batches of their files.
    """
    review = heap.review
    due, rows = collecting.due_of(review.period), landing(review)
    before: dict[str, dict[str, Any]] = {}
    for row in rows:
        subject = _subject(row, review.period)
        before[subject] = records.get(subject)
        said = {
            "said": dict(row.said), "received": review.received.isoformat(), "file": row.file, "line": row.line,
            "heap": heap.id,
        }  # fmt: skip
        act = "更正进展" if row.before else "收数据" if is_figure(row.measure) else "收进展"
        records.change(subject, act, said, person=person, acting_for=row.sender, moment=moment, whole=True)
    senders = {row.sender for row in rows} | {row.sender for row in review.rows if row.faulty and _sure(row, review)}
    fresh = [one for one in sorted(senders) if not records.get(f"return/{review.period}/{one}")]
    for sender in fresh:
        said = {"first": review.received.isoformat(), "late": max(0, (review.received - due).days)}
        subject = f"return/{review.period}/{sender}"
        records.change(subject, "收到报表", said, person=person, acting_for=sender, moment=moment)
    if rows:
        told = records.get(f"heap/{review.period}/{heap.id}")
        said = {
            "files": [list(one) for one in heap.files],
            "answers": {one.id: one.answer for one in review.questions if one.answer},
            "rows": told.get("rows", 0) + len(rows),
            "landed": {**before, **told.get("landed", {})},
            "known": {**_known_before(rows, review.period), **told.get("known", {})},
            "returns": sorted({*told.get("returns", ()), *fresh}),
            "undone": None,
        }
        records.change(f"heap/{review.period}/{heap.id}", "收表入账", said, person=person, moment=moment)
    if ws is not None and folder is not None and rows:
        keep_originals(ws, heap, folder)
        figures = [row for row in rows if is_figure(row.measure)]
        collecting_figures.store(ws, folder, figures, review.received, person, moment)
    return rows


def _known_before(rows: Sequence[Candidate], period: str) -> dict[str, dict[str, str]]:
    """What figures said before the heap, by the door they came in then: the collection's, or another."""
    return {_subject(row, period): dict(row.before) for row in rows if is_figure(row.measure) and row.before}


def _subject(row: Candidate, period: str) -> str:
    return f"{'figure' if is_figure(row.measure) else 'report'}/{period}/{row.sender}/{row.measure}"


def _sure(row: Candidate, review: Review) -> bool:
    """Whether the sheet of a row is certainly its sender's: no question of whose it is, or which period, is open."""
    given = {one.id: one for one in review.questions}
    return all(
        given[name].answer == wanted for name, wanted in row.wants if given[name].kind in ("是谁的表", "是哪一期")
    )


def confirmed(period: str) -> list[tuple[str, dict[str, Any]]]:
    """The heaps stored for a period, those taken back among them, by their id."""
    found = records.of_kind("heap").items()
    return [(name.partition("/")[2], said) for name, said in found if name.startswith(f"{period}/")]


@dataclass(frozen=True, slots=True)
class Undone:
    """What a reversal did: rows put back, and those left because somebody has changed them since."""

    rows: int
    left: tuple[str, ...]


@transaction.atomic
def undo(
    ws: Workspace, period: str, name: str, person: str, day: date, reason: str, moment: datetime | None = None
) -> Undone:
    """Take a confirmed heap back: every row as it stood before, each step logged with the reason.

    A row that another heap, the unit or a person has changed since is left as it is and named. The heap may then be
    confirmed anew. Raises ActError (G-OFFICE-61): nothing of it is stored, or no reason given.
    """
    said = records.get(f"heap/{period}/{name}")
    landed: dict[str, dict[str, Any]] = said.get("landed", {})
    if not landed or not reason.strip():
        what = "没有写理由" if landed else "没有入账的行"
        raise _fault("G-OFFICE-61", f"撤销入账 {name}", what, "撤销要说得清是哪一堆、为什么", "核对编号，写明理由")
    left, back = [], []
    for subject, before in landed.items():
        now = records.get(subject)
        if now.get("heap") != name:
            left.append(subject)
            continue
        _, _, sender, measure = subject.split("/", 3)
        records.change(
            subject, "撤销入账", before, person=person, acting_for=sender, reason=reason, moment=moment, whole=True
        )
        back.append((sender, measure, said.get("known", {}).get(subject, {})))
    still = {sender for sender, _ in (*collecting.stored(period), *collecting.stored_figures(period))}
    for sender in said.get("returns", ()):
        if sender not in still:
            records.change(
                f"return/{period}/{sender}", "撤销入账", {}, person=person, reason=reason, moment=moment, whole=True
            )
    kept = {subject: landed[subject] for subject in left}
    known = {subject: row for subject, row in said.get("known", {}).items() if subject in kept}
    told = {"rows": len(kept), "landed": kept, "known": known, "undone": reason if back else None}
    records.change(f"heap/{period}/{name}", "撤销入账", told, person=person, reason=reason, moment=moment)
    figures = [(sender, one, earlier) for sender, one, earlier in back if is_figure(one)]
    files = sorted((ws.folder / "proof").glob(f"{said['files'][0][1]}.*"))
    if figures and files:
        collecting_figures.take_back(ws, files[0], figures, day, person, reason, moment)
    return Undone(len(back), tuple(_worded(period, one) for one in left))


def _worded(period: str, subject: str) -> str:
    _, _, sender, measure = subject.split("/", 3)
    return f"{sender} {collecting.names_of(period, [measure])[0]}"


def keep_originals(ws: Workspace, heap: Heap, folder: Path) -> None:
    """Keep the files as they came among the proof, by their bytes."""
    (ws.folder / "proof").mkdir(exist_ok=True)
    for name, digest in heap.files:
        target = ws.folder / "proof" / f"{digest}{Path(name).suffix.lower()}"
        if not target.exists():
            target.write_bytes((folder / name).read_bytes())


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
