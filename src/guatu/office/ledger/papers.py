"""Papers of problems: files checked by their bytes, kept under their SHA-256, asked about when offered twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from django.db import transaction

from guatu.act.exif import shot
from guatu.act.problem import Paper, Person
from guatu.act.problem import Problem as Item
from guatu.act.proof import Question, asked_of, file_faults, identity
from guatu.errors import ActError
from guatu.office import snapshots
from guatu.office.ledger import declared, storage
from guatu.office.ledger.models import PaperProof, Problem
from guatu.office.ledger.people import sides_of

FOLDER = "proof"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as handed in: what paper it is said to be, from which side and body, its date and number."""

    kind: str
    side: str
    giver: str
    day: date | None
    name: str
    content: bytes
    number: str = ""


@transaction.atomic
def put_in(number: str, handed: Handed, person: Person, *, version: int, shared: bool = False) -> Problem:
    """Check, keep and log one paper. shared: the person has said that one file may serve twice.

    Raises ActError: G-ACT-61, 62 the file, G-LEDGER-14 the paper is untyped, undated or not from the person's side,
    G-LEDGER-15 the same file is there as another paper or in another problem.
    """
    row = storage.get(number)
    faults = file_faults(handed.name, handed.content)
    if faults:
        raise ActError(f"{handed.name} refused", faults)
    _refuse_loose(row, handed, person)
    paper = Paper(
        handed.kind,
        handed.side,
        handed.giver,
        handed.day,
        identity(handed.content),
        PurePath(handed.name).name[:160],
        handed.number,
    )
    questions = [] if shared else questions_of(paper, number)
    if questions:
        raise ActError.of(
            f"{handed.name} is offered twice",
            "G-LEDGER-15",
            f"文件“{handed.name}”",
            questions[0].words,
            "一份材料证明一件事",
            "确实共用的，勾选“确认共用”再交；交错的换一份",
        )
    recorded = "" if handed.giver in person.bodies or "office_clerk" not in person.roles else f"代收自{handed.giver}"
    made = storage.attach(number, [paper], person, version=version, reason=recorded)
    ending = PurePath(handed.name).suffix.lower()
    _write(paper.sha256, ending, handed.content)
    seen = shot(handed.content)
    PaperProof.objects.create(
        problem=made,
        sha256=paper.sha256,
        kind=paper.kind,
        giver=paper.giver,
        name=paper.name,
        ending=ending,
        size=len(handed.content),
        taken=f"{seen.taken:%Y-%m-%d %H:%M}" if seen.taken else "",
        place=f"{seen.longitude}, {seen.latitude}" if seen.longitude is not None and seen.latitude is not None else "",
        uploaded_by=person.name,
    )
    return made


def questions_of(paper: Paper, number: str) -> Sequence[Question]:
    """What a new paper raises against all files already there."""
    there = PaperProof.objects.filter(sha256=paper.sha256).values_list("problem__number", "kind", "name")
    known = [
        Item("", other, "", papers=(Paper(kind, "", "", None, paper.sha256, name),)) for other, kind, name in there
    ]
    return asked_of([paper], number, known)


def keep(name: str, content: bytes) -> str:
    """Keep a scan that is no paper of a problem; returns its SHA-256. Raises ActError: G-ACT-61, 62."""
    faults = file_faults(name, content)
    if faults:
        raise ActError(f"{name} refused", faults)
    _write(identity(content), PurePath(name).suffix.lower(), content)
    return identity(content)


def take_over(items: Iterable[Item]) -> None:
    """Write down the papers of problems taken over whose bytes lie in the workspace already."""
    folder = snapshots.opened().folder / FOLDER
    there = {path.stem: path for path in folder.glob("*")} if folder.is_dir() else {}
    rows = dict(Problem.objects.values_list("number", "pk"))
    PaperProof.objects.bulk_create(
        PaperProof(
            problem_id=rows[item.number], sha256=paper.sha256, kind=paper.kind, giver=paper.giver, name=paper.name,
            ending=path.suffix, size=path.stat().st_size, uploaded_by="据原台账",
        )
        for item in items
        for paper in item.papers
        if (path := there.get(paper.sha256)) is not None
    )  # fmt: skip


def scan_of(sha256: str) -> Path | None:
    """Where a scan lies that is no paper of a problem; None where there is none."""
    folder = snapshots.opened().folder / FOLDER
    return next(iter(sorted(folder.glob(f"{sha256}.*"))), None) if len(sha256) == 64 and sha256.isalnum() else None


def path_of(sha256: str, ending: str) -> Path:
    """Where the bytes of a paper lie."""
    return snapshots.opened().folder / FOLDER / f"{sha256}{ending}"


def _write(sha256: str, ending: str, content: bytes) -> None:
    path = path_of(sha256, ending)
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(content)


def _refuse_loose(row: Problem, handed: Handed, person: Person) -> None:
    """A paper opens a move only if typed, dated and from whoever must supply it."""
    item, ledger = storage.item_of(row), declared.ledger(row.ledger)
    may = sides_of(ledger, item, person)
    wrong = ""
    if not handed.kind:
        wrong = "没有写是哪一种材料"
    elif handed.day is None:
        wrong = f"“{handed.kind}”没有写日期"
    elif handed.day > declared.today():
        wrong = f"“{handed.kind}”的日期 {handed.day} 还没有到"
    elif handed.side not in may:
        side = ledger.sides.get(handed.side)
        wrong = f"“{handed.kind}”不能由您以“{side.title if side else handed.side}”的名义提供"
    elif may[handed.side] and handed.giver not in may[handed.side]:
        wrong = f"“{handed.giver}”不是本件的{ledger.sides[handed.side].title}（{'、'.join(may[handed.side])}）"
    elif not handed.giver:
        wrong = f"“{handed.kind}”没有写由谁提供"
    if wrong:
        raise ActError.of(
            f"{handed.kind} refused",
            "G-LEDGER-14",
            f"问题 {row.number}",
            wrong,
            "这样的材料开不了任何一步",
            "选对材料种类和提供单位，写明日期，再交",
        )
