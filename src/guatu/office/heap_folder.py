"""A review as a folder: the originals, marked copies, the workbook of questions, review.json; read again to confirm."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from guatu.act.collection_answers import to_json
from guatu.act.collection_heap import Marked
from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import collecting, collecting_heap
from guatu.office.collecting_heap import Heap
from guatu.office.returned import Progress
from guatu.report.marked_copy import marked_copy
from guatu.report.review_book import answers_in, review_book

ORIGINALS, MARKED, BOOK, REVIEW = "原件", "标红副本", "核对.xlsx", "review.json"


def write(ws: Workspace, folder: Path, period: str, received: date, out: Path, progress: Progress = None) -> Heap:
    """Review a folder of returned files into another folder; nothing else is touched.

    Raises ActError: G-OFFICE-27 where the folder to write already holds a review, and what collecting_heap.read raises.
    """
    if (out / REVIEW).exists():
        raise ActError.of(
            f"{out} holds a review", "G-OFFICE-27", str(out), "里面已有一份核对结果", "覆盖会丢掉已填的答复",
            "换一个文件夹，或先入账、移走原来的",
        )  # fmt: skip
    heap = collecting_heap.read(ws, list(folder.iterdir()), period, received, progress=progress)
    (out / ORIGINALS).mkdir(parents=True, exist_ok=True)
    for name, _ in heap.files:
        (out / ORIGINALS / name).write_bytes((folder / name).read_bytes())
    write_findings(out, heap)
    return heap


def write_findings(out: Path, heap: Heap) -> None:
    """Marked copies, the workbook of questions with the answers so far, and review.json."""
    write_marked(out / ORIGINALS, heap.review.marks, out / MARKED)
    units = collecting.standings(heap.review.period, heap.review.received)
    (out / BOOK).write_bytes(review_book(heap.review, units))
    said = {"id": heap.id, "files": heap.files, **to_json(heap.review)}
    said["faults"] = [asdict(one) for one in heap.faults] + said["faults"]
    (out / REVIEW).write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")


def write_marked(originals: Path, marks: Iterable[Marked], out: Path) -> None:
    """One marked copy for every file that has a mark."""
    by_file: dict[str, list[Marked]] = {}
    for mark in marks:
        by_file.setdefault(mark.file, []).append(mark)
    out.mkdir(parents=True, exist_ok=True)
    for name, found in by_file.items():
        (out / f"{Path(name).stem}-标红.xlsx").write_bytes(marked_copy(originals / name, found))


def read_again(ws: Workspace, folder: Path) -> Heap:
    """The heap of a review folder, read again from its originals with the answers given in its workbook or JSON.

    Raises ActError: G-OFFICE-28 no review there or its originals were changed, G-OFFICE-25 an answer not offered.
    """
    try:
        said = json.loads((folder / REVIEW).read_text(encoding="utf-8"))
        period, received = said["period"], date.fromisoformat(said["received"])
        answers = {one["id"]: one["answer"] for one in said["questions"] if one["answer"]}
        files = [tuple(one) for one in said["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise _broken(folder, "不是收表核对的结果") from None
    if (folder / BOOK).exists():
        answers |= answers_in(folder / BOOK)
    paths = [folder / ORIGINALS / name for name, _ in files]
    if not all(path.exists() for path in paths):
        raise _broken(folder, "原件不全")
    heap = collecting_heap.read(ws, paths, period, received)
    if sorted(heap.files) != sorted(files):
        raise _broken(folder, "原件在核对之后改过")
    return collecting_heap.with_answers(ws, heap, folder / ORIGINALS, answers)


def _broken(folder: Path, what: str) -> ActError:
    return ActError.of(
        f"{folder}: {what}", "G-OFFICE-28", str(folder), what, "不知要入什么账", "重新运行 guatu collect heap"
    )
