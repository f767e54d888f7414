"""述职: facts drafted from a body's own rows, its own words beside them, signed by its head, received by the office."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from guatu.base.period import Period
from guatu.errors import ActError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import log, records
from guatu.office.bulletins.facts import office_on
from guatu.report.docx_paper import docx_of
from guatu.report.issuing import versioned
from guatu.report.kinds import made
from guatu.report.paper import Block, Heading, Paper, sentence

WRITING, SENT, RETURNED, SIGNED, RECEIVED = "起草中", "送负责人", "退回", "已签", "已收"
PARTS = {
    "duty": "履职情况", "problems": "问题整改情况", "lacking": "存在的不足", "plans": "下年打算",
}  # fmt: skip
LONGEST = 4000  # [characters] of one part


def report(year: int, body: str) -> dict[str, Any]:
    """A body's report of a year as it stands: words by part, status, the day of its facts, file once it is signed."""
    return {"words": {}, "status": WRITING, **records.get(f"duty-report/{year}/{body}")}


def reports(year: int) -> dict[str, dict[str, Any]]:
    """Every report of a year by its body."""
    told = records.of_kind("duty-report").items()
    return {name.partition("/")[2]: data for name, data in told if name.startswith(f"{year}/")}


def paper(ws: Workspace, year: int, body: str, day: date, words: Mapping[str, str]) -> Paper:
    """The facts of a body as ``guatu report duty`` prints them, with its own words in their place.

    Raises GuatuError (G-REPORT-05) for a body without a part in the plan.
    """
    facts = made(ws, plan_of(ws), "duty", Period.of(f"{year}"), day, office_on, body)
    blocks: list[Block] = list(facts.blocks)
    at = next((n for n, one in enumerate(blocks) if isinstance(one, Heading) and "自我评价" in one.words), len(blocks))
    last = blocks[at] if at < len(blocks) else None
    number = last.words.partition("、")[0] if isinstance(last, Heading) else "六"
    own: list[Block] = [Heading(1, f"{number}、自我评价和下年打算")]
    for count, (part, name) in enumerate(PARTS.items(), 1):
        own.append(Heading(2, f"（{'一二三四'[count - 1]}）{name}"))
        own += [sentence(line.strip()) for line in words.get(part, "").splitlines() if line.strip()] or [
            sentence("无。")
        ]
    return replace(facts, blocks=(*blocks[:at], *own), title=facts.title.replace("（初稿）", ""))


@transaction.atomic
def save(ws: Workspace, year: int, body: str, words: Mapping[str, str], person: str, day: date, send: bool) -> None:
    """Keep a body's words, or send them to its head. Raises ActError (G-REPORT-30): it is with the head, or signed."""
    log.hold()
    _only(year, body, (WRITING, RETURNED), "已送负责人或已签，不能再改")
    kept = {part: words.get(part, "").strip()[:LONGEST] for part in PARTS}
    if send and not all(kept.values()):
        lacking = "、".join(PARTS[part] for part, said in kept.items() if not said)
        raise _fault("G-REPORT-31", body, f"还没有写：{lacking}", "负责人签的是整份", "写完再送；没有的写“无”")
    paper(ws, year, body, day, kept)
    said = {"words": {k: v for k, v in kept.items() if v}, "status": SENT if send else WRITING, "reason": None,
            "as_of": day.isoformat()}  # fmt: skip
    records.change(f"duty-report/{year}/{body}", "送负责人签" if send else "起草述职", said, person=person)


@transaction.atomic
def sign(ws: Workspace, year: int, body: str, person: str) -> str:
    """The head signs: the file is made, kept by its hash and no longer changed; returns the hash.

    Raises ActError (G-REPORT-30) where nothing was sent to the head.
    """
    log.hold()
    _only(year, body, (SENT,), "没有送负责人的述职")
    one = report(year, body)
    made_one, _ = versioned(ws, paper(ws, year, body, date.fromisoformat(one["as_of"]), one["words"]), plain=True)
    content = docx_of(made_one)
    digest = hashlib.sha256(content).hexdigest()
    folder = ws.folder / "reports"
    folder.mkdir(exist_ok=True)
    (folder / f"{digest}.docx").write_bytes(content)
    said = {"status": SIGNED, "sha256": digest, "signed_by": person, "signed_on": date.today().isoformat()}
    records.change(f"duty-report/{year}/{body}", "签述职", said, person=person)
    return digest


@transaction.atomic
def give_back(year: int, body: str, person: str, reason: str, *, by_office: bool) -> None:
    """The head, or the office after he signed, returns it with a reason. Raises ActError: G-REPORT-30, 31."""
    log.hold()
    _only(year, body, (SIGNED,) if by_office else (SENT,), "没有可退回的述职")
    if not reason.strip():
        raise _fault("G-REPORT-31", body, "没有写退回的理由", "退回要说得清", "写明要改什么")
    said = {"status": RETURNED, "reason": reason.strip(), "sha256": None, "signed_by": None, "signed_on": None}
    records.change(f"duty-report/{year}/{body}", "退回述职", said, person=person, reason=reason.strip())


@transaction.atomic
def receive(year: int, body: str, person: str) -> None:
    """The office takes a signed report in. Raises ActError (G-REPORT-30) where it is not signed."""
    log.hold()
    _only(year, body, (SIGNED,), "还没有负责人签过的述职")
    said = {"status": RECEIVED, "received_by": person, "received_on": date.today().isoformat()}
    records.change(f"duty-report/{year}/{body}", "收到述职", said, person=person)


def file_of(ws: Workspace, year: int, body: str, day: date) -> bytes:
    """The file: as signed, else a draft as of the day. Raises ActError (G-REPORT-14) where the signed one is gone."""
    one = report(year, body)
    if not one.get("sha256"):
        return docx_of(paper(ws, year, body, day, one["words"]))
    path = ws.folder / "reports" / f"{one['sha256']}.docx"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != one["sha256"]:
        raise _fault("G-REPORT-14", body, "签过的文件不在，或被换过", "与留痕里的不符", "从备份恢复 reports 文件夹")
    return content


def _only(year: int, body: str, states: tuple[str, ...], what: str) -> None:
    now = report(year, body)["status"]
    if now not in states:
        raise _fault("G-REPORT-30", f"{body} {year} 年述职", f"{what}（现在是“{now}”）", "次序不对", "看页上的状态再办")


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
