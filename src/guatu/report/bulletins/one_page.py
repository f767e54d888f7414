"""一页纸：目标、任务、问题、预警，红的在前，有名有姓."""

from __future__ import annotations

from collections import Counter
from datetime import date

from guatu.base.period import Period
from guatu.judge.board import board_of
from guatu.judge.versions import plan_on, versions_of
from guatu.judge.warn import warnings_on
from guatu.load.workspace import Workspace
from guatu.read.asking import asked
from guatu.read.plan import Plan
from guatu.report.bulletins.targets import ORDER, counted, so_far
from guatu.report.bulletins.tasks import BEHIND
from guatu.report.facts import Office
from guatu.report.paper import Block, Grid, Heading, Number, Paper, Runs, sentence
from guatu.report.words import NOTHING

MOST = 6  # lines of a table; a page holds no more


def one_page(ws: Workspace, plan: Plan, period: Period, as_of: date, office: Office) -> Paper:
    """What a leader reads before a meeting; whatever is cut off is counted."""
    board = board_of(ws, plan_on(plan, versions_of(ws), as_of, ws.cards), as_of, explained=False)
    blocks: list[Block] = [Heading(1, "一、目标"), counted(board)]
    red = sorted(
        (row for row in board.rows if row.status.code not in ("met", "aspired")),
        key=lambda row: ORDER.index(row.status.code),
    )
    rows: list[tuple[Runs, ...]] = [
        ((row.target.id,), (f"{row.target.scope}{row.target.indicator}",), (asked(row.target),), (so_far(row, as_of),),
         (row.status.word,), (row.room.sentence if row.room else NOTHING,))
        for row in red
    ]  # fmt: skip
    if rows:
        blocks.append(
            Grid("要盯的目标", ("编号", "目标", "要求", "现值", "状态", "余量"), tuple(rows[:MOST]), _rest(rows))
        )
    measures = office.duties.measures
    late = sorted((one for one in measures if one.state in BEHIND), key=lambda one: -one.late)
    owing = Counter(one.lead for one in late)
    blocks += [Heading(1, "二、任务"), sentence(
        "措施", Number("tasks/all", str(len(measures))), "项，滞后和逾期", Number("tasks/behind", str(len(late))), "项",
        "：" + "、".join(f"{unit}{n}项" for unit, n in owing.most_common()) if owing else "", "。",
    )]  # fmt: skip
    if late:
        cells: list[tuple[Runs, ...]] = [
            ((one.id,), (one.text,), (one.lead or "（未定）",), (one.node.isoformat() if one.node else NOTHING,),
             (Number(f"{one.id}/late", str(one.late)),))
            for one in late
        ]  # fmt: skip
        heads = ("编号", "措施", "牵头单位", "节点", "逾期（天）")
        blocks.append(Grid("滞后和逾期的措施", heads, tuple(cells[:MOST]), _rest(cells)))
    overdue = office.problems.overdue
    blocks += [Heading(1, "三、问题"), sentence("逾期问题", Number("problems/overdue", str(len(overdue))), "件。")]
    if overdue:
        told: list[tuple[Runs, ...]] = [
            ((one.number,), (one.title,), (one.lead or NOTHING,), (one.county or NOTHING,),
             (Number(f"{one.number}/late", str(one.late)),))
            for one in overdue
        ]  # fmt: skip
        heads = ("编号", "问题", "牵头单位", "属地", "逾期（天）")
        blocks.append(Grid("逾期问题", heads, tuple(told[:MOST]), _rest(told)))
    listed = {row.target.id for row in red}  # what the table above says already is not said twice
    alerts = [one for one in warnings_on(ws, plan, as_of, board) if one.subject not in listed]
    blocks += [Heading(1, "四、预警"), *([sentence(f"{one.title}：{one.text}") for one in alerts[:MOST]])]
    if not alerts:
        blocks.append(sentence("没有别的预警。"))
    elif len(alerts) > MOST:
        blocks.append(sentence(f"另有{len(alerts) - MOST}条，见“预警”。"))
    made_of = (("数据版本", ws.data_version(as_of) or "无"),
               ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"))  # fmt: skip
    title = f"{ws.name}目标、任务、问题、预警（{as_of.year}年{as_of.month}月{as_of.day}日）"
    return Paper("one_page", title, period, as_of, ws.name, ws.demo, tuple(blocks), made_of, dense=True)


def _rest(rows: list[tuple[Runs, ...]]) -> tuple[str, ...]:
    return (f"另有{len(rows) - MOST}项未列，见系统。",) if len(rows) > MOST else ()
