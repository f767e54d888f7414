"""Who may send which letter to whom, and what sets each off: a draft until the office confirms it, logged each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guatu.act.ladder import Issue, Ladder, ladder, settled
from guatu.errors import ActError
from guatu.office import records

KIND = "authority"
SUBJECT = f"{KIND}/matrix"
UNCONFIRMED = "发文权限表和触发条件是自拟稿，还没有经本单位确认"


@dataclass(frozen=True, slots=True)
class Authority:
    """The ladder in force here and whether the office has made it its own: on which day, by whom, by which paper."""

    rules: Ladder
    confirmed: date | None = None
    by: str = ""
    paper: str = ""
    version: int = 0

    @property
    def words(self) -> str:
        """Whose it is, in one sentence."""
        if self.confirmed is None:
            return f"{UNCONFIRMED}。"
        return f"发文权限表和触发条件由{self.by}于 {self.confirmed} 确认，依据：{self.paper}。"


def authority() -> Authority:
    """What is in force: the office's own once confirmed, until then the draft that comes with guatu."""
    said = records.get(SUBJECT)
    if not said:
        return Authority(ladder())
    rules = settled(ladder(), [_issue(row) for row in said["rows"]], said.get("active", []))
    day = date.fromisoformat(said["confirmed"])
    return Authority(rules, day, said["by"], said["paper"], records.version(SUBJECT))


def confirm(
    rows: Sequence[Mapping[str, Any]],
    active: Sequence[str],
    paper: str,
    person: str,
    day: date,
    *,
    seen: int | None = None,
) -> Authority:
    """Make a matrix and a choice of triggers the office's own. Raises ActError: G-ACT-54 rows, G-LEDGER-27 no paper."""
    if not paper.strip():
        raise ActError.of(
            "no paper for the matrix", "G-LEDGER-27", "发文权限表", "没有写依据", "谁能催谁要有出处",
            "写明会议纪要、工作规则或领导批示的名称和文号",
        )  # fmt: skip
    settled(ladder(), [_issue(row) for row in rows], active)
    said = {
        "rows": [_plain(_issue(row)) for row in rows], "active": sorted(active), "paper": paper.strip(), "by": person,
        "confirmed": day.isoformat(),
    }  # fmt: skip
    records.change(SUBJECT, "确认发文权限表", said, person=person, reason=paper.strip(), seen=seen, whole=True)
    return authority()


def _issue(row: Mapping[str, Any]) -> Issue:
    return Issue(
        str(row["issuer"]).strip(), tuple(row["letters"]), tuple(row["addressees"]), str(row["approver"]).strip(),
        tuple(row.get("copy_to", ())),
    )  # fmt: skip


def _plain(row: Issue) -> dict[str, Any]:
    return {
        "issuer": row.issuer, "letters": list(row.letters), "addressees": list(row.addressees),
        "approver": row.approver, "copy_to": list(row.copy_to),
    }  # fmt: skip
