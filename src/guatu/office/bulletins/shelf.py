"""Bulletins kept: the file by its hash in ``reports/``, beside it what it was made of; issued once, then unchanged."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from guatu.base.period import Period
from guatu.errors import ActError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import records, snapshots
from guatu.office.bulletins.facts import office_on
from guatu.office.witnesses.pairs import unsettled
from guatu.report.annex_book import annex_book
from guatu.report.carried import Issue, issue_of
from guatu.report.check import Finding
from guatu.report.issuing import issued, rechecked
from guatu.report.kinds import kind_of, made
from guatu.report.pdf_paper import pdf_of

DRAFT, ISSUED = "草稿", "已签发"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}〔20\d\d〕[1-9]\d{0,4}号")


@dataclass(frozen=True, slots=True)
class Kept:
    """A bulletin as kept: name, kind, title, period, day of knowledge, state, 文号, who made and who issued it."""

    name: str
    data: Mapping[str, Any]

    @property
    def issued(self) -> bool:
        """Whether it was issued."""
        return bool(self.data.get("issued_on"))

    @property
    def state(self) -> str:
        """草稿 or 已签发."""
        return ISSUED if self.issued else DRAFT


def all_kept() -> tuple[Kept, ...]:
    """Every bulletin, newest first."""
    found = [Kept(name, data) for name, data in records.of_kind("bulletin").items()]
    return tuple(sorted(found, key=lambda one: one.name, reverse=True))


def kept(name: str) -> Kept:
    """One bulletin. Raises ActError (G-REPORT-10)."""
    data = records.get(f"bulletin/{name}")
    if not data:
        raise _fault("G-REPORT-10", f"简报 {name}", "没有这一份", "可能编号写错", "回到简报页，从清单里打开")
    return Kept(name, data)


def make(ws: Workspace, kind: str, period: str, day: date, head: str, number: str, person: str, body: str = "") -> Kept:
    """Make a bulletin and keep it as a draft. Raises GuatuError of the kinds, periods and files."""
    if number and not _NUMBER.fullmatch(number):
        raise _fault(
            "G-REPORT-11", f"文号“{number}”", "写法不对", "红头下要印文号", "写成 景环委办字〔2021〕10号 的样子"
        )
    paper = made(ws, plan_of(ws), kind, _period(kind, period), day, office_on, body)
    paper, content = issued(ws, paper, head=head, number=number)
    digest = hashlib.sha256(content).hexdigest()
    folder = ws.folder / "reports"
    folder.mkdir(exist_ok=True)
    (folder / f"{digest}.docx").write_bytes(content)
    others = {"pdf": pdf_of(replace(paper, head=head, number=number), _fonts(ws)), "xlsx": annex_book(paper)}
    for ending, whole in others.items():
        (folder / f"{digest}.{ending}").write_bytes(whole)
    name = f"B{len(records.of_kind('bulletin')) + 1:04d}"
    said = {
        "kind": kind_of(kind).name, "title": paper.title, "period": str(paper.period), "as_of": day.isoformat(),
        "sha256": digest, "numbers": len(paper.numbers()), "made_of": [list(pair) for pair in paper.made_of],
        "made_by": person, "made_on": datetime.now().isoformat(timespec="minutes"), "number": number, "head": head,
        "subject": body, **{f"{ending}_sha256": hashlib.sha256(whole).hexdigest() for ending, whole in others.items()},
    }  # fmt: skip
    records.change(f"bulletin/{name}", "生成简报", said, person=person, seen=0)  # two at once never share a name
    return Kept(name, said)


def _period(kind: str, period: str) -> Period:
    """The period asked for, of the length the kind is of. Raises GuatuError (G-BASE-01), ActError (G-REPORT-12)."""
    found = Period.of(period)
    length = {"month": 7, "quarter": 6, "year": 4}[kind_of(kind).of]
    if len(str(found)) != length:
        raise _fault("G-REPORT-12", f"时段“{period}”", "与简报种类不合", "月报要一个月，季报要一个季度",
                     "月写 2021-09，季写 2021Q3，年写 2021")  # fmt: skip
    return found


def issue(name: str, person: str, number: str) -> None:
    """Issue a draft.

    Raises ActError: G-REPORT-13 issued already, 11 the 文号, 14 the file is gone; G-WITNESS-04 a number's two
    witnesses differ while neither rows nor a named person say why.
    """
    one = kept(name)
    if one.issued:
        raise _fault("G-REPORT-13", one.data["title"], "已经签发", "签发后不再改动", "数据有变就另做一期")
    if number and not _NUMBER.fullmatch(number):
        raise _fault("G-REPORT-11", f"文号“{number}”", "写法不对", "留底要能查到", "写成 景环委办字〔2021〕10号 的样子")
    ws = snapshots.opened()
    addresses = [each.address for each in issue_of(file_of(ws, one)).numbers]
    open_still = list(unsettled(ws, addresses, date.fromisoformat(one.data["as_of"])))
    if open_still:
        told = "；".join(f"{pair.name}（{pair.scope}）{pair.words}" for pair in open_still)
        raise _fault(
            "G-WITNESS-04",
            one.data["title"],
            told,
            "两个数不同又没有说明，不能签发",
            "在“目标”的“通报与计算”里写明原因再签",
        )
    said = {"issued_on": date.today().isoformat(), "issued_by": person, "issue_number": number}
    records.change(f"bulletin/{name}", "签发简报", said, person=person)


def file_of(ws: Workspace, one: Kept) -> Path:
    """Its file. Raises ActError (G-REPORT-14) where it is gone or is another."""
    path = ws.folder / "reports" / f"{one.data['sha256']}.docx"
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != one.data["sha256"]:
        raise _fault(
            "G-REPORT-14", one.data["title"], "文件不在，或被换过", "与留痕里的校验值不符", "从备份恢复 reports 文件夹"
        )
    return path


def beside(ws: Workspace, one: Kept, ending: str) -> bytes:
    """The PDF or the workbook kept with a bulletin. Raises ActError (G-REPORT-16) where there is none, or another."""
    path = ws.folder / "reports" / f"{one.data['sha256']}.{ending}"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != one.data.get(f"{ending}_sha256"):
        raise _fault(
            "G-REPORT-16",
            one.data["title"],
            f"没有留下 {ending} 文件，或被换过",
            "早先生成的只留 Word",
            "另做一期，或从备份恢复",
        )
    return content


def _fonts(ws: Workspace) -> Path | None:
    """The office's own font folder, if the workspace has one."""
    folder = ws.folder / "fonts"
    return folder if folder.is_dir() else None


def check(ws: Workspace, path: Path) -> tuple[Issue, tuple[Finding, ...]]:
    """A file's numbers against what was printed and against the data as they are now."""
    found = issue_of(path)
    return found, rechecked(ws, plan_of(ws), found, office_on)


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
