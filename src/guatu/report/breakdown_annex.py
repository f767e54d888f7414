"""The breakdown as the annex of a notice: every row with its place in the notice, its owners, node and criterion."""

from __future__ import annotations

from collections.abc import Sequence

from guatu.act.breakdown import DONE, Row
from guatu.act.breakdown_gaps import Gap
from guatu.report.plain_table import table_docx, table_xlsx

HEADS = (
    *("编号", "任务", "具体措施", "出处", "牵头单位", "责任单位", "配合单位", "完成节点", "数量", "完成标志"),
    *("联络员", "责任领导"),
)


def annex_docx(title: str, rows: Sequence[tuple[Row, str]], gaps: Sequence[Gap], demo: bool = False) -> bytes:
    """The annex as a Word file, the gap list below the table."""
    return table_docx(title, HEADS, [_cells(row, task) for row, task in rows], demo, _notes(gaps))


def annex_xlsx(title: str, rows: Sequence[tuple[Row, str]], gaps: Sequence[Gap], demo: bool = False) -> bytes:
    """The annex as an Excel file, the gap list below the table."""
    return table_xlsx(title, HEADS, [_cells(row, task) for row, task in rows], demo, _notes(gaps))


def _cells(row: Row, task: str) -> tuple[str, ...]:
    lead = row.lead if row.confirmed else f"{row.lead}（首位，待确认）" if row.lead else "（未定）"
    implied = f"（默认：{'、'.join(row.implied)}）" if row.implied else ""
    return (
        row.id, task, row.text, row.place, lead, "、".join(row.responsible) + implied, "、".join(row.cooperating),
        row.node.isoformat() if row.node else row.node_text or "全年", f"{row.quantity}{row.unit}", DONE[row.done],
        row.contact, row.leader,
    )  # fmt: skip


def _notes(gaps: Sequence[Gap]) -> list[str]:
    if not gaps:
        return []
    return [
        f"缺口清单（{len(gaps)} 处）：",
        *(f"{n}．{gap.row or '全文'} {gap.words}" for n, gap in enumerate(gaps, 1)),
    ]
