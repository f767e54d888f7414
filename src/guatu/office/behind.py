"""Which tasks are behind, who leads and who answers: one table for the page, the command and the file."""

from __future__ import annotations

from collections.abc import Sequence

from guatu.act.breakdown_gaps import GROUP
from guatu.office import breakdowns
from guatu.office.breakdowns import Stand

STATES = ("滞后", "逾期")
HEADS = ("任务", "措施编号", "措施", "原文位置", "状态", "迟", "完成", "牵头", "市直单位", "县（市、区）")
Rows = list[tuple[str, ...]]


def table(found: Sequence[Stand]) -> tuple[tuple[str, ...], Rows]:
    """The measures behind or overdue, in the order of the notice under their tasks; who owes each, counties by name.

    A body laid on all counties together, named or implied, is written out as the counties it stands for.
    """
    counties = breakdowns.head().get("counties", [])
    return HEADS, [_row(one, counties) for one in found if one.state in STATES]


def _row(one: Stand, counties: Sequence[str]) -> tuple[str, ...]:
    row = one.row
    city, areas = [], []
    for body, part in row.bodies():
        if body == row.lead:
            continue
        if body.startswith(GROUP):
            areas += [f"{name}（{part}）" for name in counties]
        elif body in counties:
            areas.append(f"{body}（{part}）")
        else:
            city.append(f"{body}（{part}）")
    lead = f"{row.lead}（{row.lead_word}）" if row.lead else "没有责任单位"
    return (
        one.title or row.source, row.id, row.text, row.place, one.state, f"{one.late} 天" if one.late else "—",
        one.count or "—", lead, "、".join(city) or "—", "、".join(dict.fromkeys(areas)) or "—",
    )  # fmt: skip


def sentence(found: Sequence[Stand]) -> str:
    """What the table comes to, and which areas no task covers."""
    tasks = {one.row.task for one in found if one.row.task}
    behind = {one.row.task for one in found if one.state in STATES and one.row.task}
    late = sum(one.state == STATES[1] for one in found)
    slow = sum(one.state == STATES[0] for one in found)
    told = f"{len(tasks)} 个责任块、{len(found)} 条措施中，{len(behind)} 个责任块有滞后或逾期："
    told += f"滞后 {slow} 条，逾期 {late} 条。"
    uncovered = [gap.words.partition("没有")[0] for gap in breakdowns.all_gaps() if gap.kind == "未覆盖"]
    return told + (f"没有任务覆盖：{'、'.join(uncovered)}。" if uncovered else "")
