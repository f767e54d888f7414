"""What was loaded, newest first, whichever door it came through; and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guatu.errors import LoadError
from guatu.load.batches import FOLDER, batches_in, withdraw, written_in
from guatu.load.door import KINDS
from guatu.load.papers import WHERE, papers_in, withdraw_paper
from guatu.load.workspace import Workspace

HEADS = ("批次", "种类", "文件", "SHA-256", "行数", "入库时间", "经手人", "方式", "原因", "现状")
_TITLE = {**KINDS, "official": "上级通报值", "water-class": "断面类别表"}


@dataclass(frozen=True, slots=True)
class Load:
    """One load: its address (kind/number), kind in words, file and SHA-256, rows, when, who, how, why.

    undone: when, who and why it was taken back, None while it stands; newest: whether it is the one that can be.
    """

    address: str
    title: str
    file: str
    sha256: str
    rows: int
    at: str
    person: str
    form: str
    reason: str
    undone: tuple[str, str, str] | None = None
    newest: bool = False

    @property
    def state(self) -> str:
        """在用, or taken back with when, who and why."""
        if self.undone is None:
            return "在用"
        at, person, reason = self.undone
        return f"已撤销（{' '.join(part for part in (at[:16], person) if part)}：{reason}）"

    @property
    def row(self) -> tuple[str, ...]:
        """The load as a row under HEADS."""
        return (
            self.address, self.title, self.file, self.sha256, str(self.rows), self.at[:16], self.person or "—",
            self.form, self.reason or "—", self.state,
        )  # fmt: skip


def history(data: Path) -> tuple[Load, ...]:
    """Every load of a workspace's data folder, newest first. Raises LoadError (G-LOAD-19) where a list is broken."""
    found = []
    for kind in FOLDER:
        written, standing = written_in(data, kind), batches_in(data, kind)
        back = {one.undoes: (one.at, one.person, one.reason) for one in written if one.kind == "undo"}
        for one in written:
            if one.kind != "undo":
                form = "更正" if one.kind == "correction" else "新数据"
                newest = bool(standing) and standing[-1].number == one.number
                found.append(
                    Load(
                        f"{kind}/{one.number:04d}", _TITLE[kind], one.file, one.sha256, one.rows, one.at, one.person,
                        form, one.reason, back.get(one.number), newest,
                    )
                )  # fmt: skip
    papers = papers_in(data)
    last = {one.kind: one.number for one in papers if one.undone is None}
    for paper in papers:
        found.append(
            Load(
                f"{paper.kind}/{paper.number:04d}", _TITLE[paper.kind], paper.file, paper.sha256, paper.rows, paper.at,
                paper.person, "新数据", "", paper.undone, last.get(paper.kind) == paper.number,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.at, one.address), reverse=True))


def undo(ws: Workspace, address: str, *, reason: str, person: str = "") -> Load:
    """Take a load back: what is known is then, to the byte of every figure, what it was before it came.

    Raises LoadError: G-LOAD-17 no reason, G-LOAD-18 another load, G-LOAD-36 no such load stands, G-LOAD-37 others
    came after it.
    """
    kind, _, number = address.partition("/")
    if not number.isdecimal() or (kind not in FOLDER and kind not in WHERE):
        raise LoadError.of(
            f"no load {address}", "G-LOAD-36", f"批次 {address}", "没有这一批", "没有可撤的",
            "写成 figures/0003 的样子，见 guatu loads",
        )  # fmt: skip
    if kind in WHERE:
        withdraw_paper(ws, int(number), reason=reason, person=person)
    else:
        withdraw(ws.data, kind, int(number), reason=reason, person=person)
    return next(one for one in history(ws.data) if one.address == f"{kind}/{int(number):04d}")
