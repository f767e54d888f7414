"""Papers filed as evidence for an item of a sheet: by the county or body itself, by whoever scores it, by the clerk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import proof, records
from guatu.office.ledger import declared
from guatu.office.scoring import entered
from guatu.score.scheme import Scheme
from guatu.score.sheet import Line

KIND = "evidence"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file filed for an item: what it is said to be, its own name, the name it is kept under, who, when, a remark."""

    title: str
    name: str
    kept: str
    person: str
    on: str
    said: str = ""


def papers(scheme: Scheme, subject: str, item: str) -> Sequence[Paper]:
    """What was filed for an item, the oldest first."""
    said = records.get(_key(scheme, subject, item)).get("papers", [])
    return tuple(Paper(**one) for one in said)


@transaction.atomic
def file(
    ws: Workspace, scheme: Scheme, subject: str, item: str, title: str, name: str, content: bytes, person: str,
    said: str = "",
) -> Paper:  # fmt: skip
    """File a paper for an item; the log says who did.

    Raises ActError: G-SCORING-05 final, 08 no such item, 13 no title or file, G-OFFICE-29 not what the name says.
    """
    entered.refuse_final(scheme, subject)
    where = f"{subject} {item}"
    if scheme.item(item) is None:
        raise _fault("G-SCORING-08", where, "细则里没有这一项", "不知佐证什么", "核对项目代号")
    if not title.strip() or not name:
        raise _fault("G-SCORING-13", where, "没有写材料名称或没有选文件", "佐证要说得清是什么", "写明名称，选好文件")
    kept = proof.keep_bytes(ws, name, content)
    made = Paper(title.strip(), name[-120:], kept, person, declared.today(ws).isoformat(), said.strip())
    known = papers(scheme, subject, item)
    if all((one.kept, one.title) != (made.kept, made.title) for one in known):
        told = [asdict(one) for one in (*known, made)]
        records.change(_key(scheme, subject, item), "交佐证", {"papers": told}, person=person, reason=made.title)
    return made


@transaction.atomic
def take_back(scheme: Scheme, subject: str, item: str, kept: str, person: str, reason: str) -> bool:
    """Take a paper out of the folder; the log and the file stay. Returns whether it was there.

    Raises ActError: G-SCORING-02 no reason, 05 final.
    """
    entered.refuse_final(scheme, subject)
    if not reason.strip():
        raise _fault("G-SCORING-02", f"{subject} {item}", "没有写理由", "撤回也要说得清", "写明理由")
    left = [asdict(one) for one in papers(scheme, subject, item) if one.kept != kept]
    return records.change(
        _key(scheme, subject, item), "撤回佐证", {"papers": left}, person=person, reason=reason.strip(),
    )  # fmt: skip


def owed_by(subject: str, line: Line) -> str:
    """Who brings what a scheme asks for: the subject, and whoever scores the item says whether it will do."""
    return f"{subject}（{'、'.join(line.scored_by)}收）" if line.scored_by else subject


def proofs_of_measures(sender: str) -> Mapping[str, str]:
    """What a sender gave as proof of each measure in its newest report: number or name, and the file it is from."""
    told: dict[str, str] = {}
    for name, data in sorted(records.of_kind("report").items()):
        _, who, measure = name.split("/", 2)
        if who == sender and data.get("said", {}).get("proof"):
            from_file = "，".join(part for part in (f"{data.get('received', '')} 报", data.get("file", "")) if part)
            told[measure] = f"{data['said']['proof']}（{from_file}）"
    return told


def _key(scheme: Scheme, subject: str, item: str) -> str:
    return f"{KIND}/{scheme.id}/{subject}/{item}"


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
