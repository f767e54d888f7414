"""年度报告（提交环委会）：目标完成、任务落实、整改、存在问题、附表."""

from __future__ import annotations

from datetime import date

from guatu.base.period import Period
from guatu.judge.board import board_of
from guatu.judge.versions import plan_on, versions_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.bulletins.rectification import ledgers_told, rate_told
from guatu.report.bulletins.targets import counted, table, witnesses
from guatu.report.bulletins.tasks import behind_told, overall_told, units_told
from guatu.report.facts import Office
from guatu.report.paper import Annex, Block, Heading, Paper, sentence


def year_report(ws: Workspace, plan: Plan, year: Period, as_of: date, office: Office) -> Paper:
    """The year's report to the committee; before the year is over it says that it is provisional."""
    day = min(as_of, year.last)
    board = board_of(ws, plan_on(plan, versions_of(ws), day, ws.cards), day, explained=False)
    blocks: list[Block] = []
    if as_of < year.last:
        blocks.append(
            sentence(f"本报告按{as_of.year}年{as_of.month}月{as_of.day}日所知编制，年度未结束，各项状态都可能变化。")
        )
    blocks += [Heading(1, "一、目标完成情况"), counted(board)]
    blocks.append(sentence("逐项完成情况见附表。"))
    annexes = [table(ws, board, "年度目标完成情况", worst_first=False, wide=True)]
    measures = office.duties.measures
    blocks.append(Heading(1, "二、任务落实情况"))
    blocks += [*overall_told(measures, day), *units_told(measures)] if measures else [sentence("任务还没有分解。")]
    blocks += [Heading(1, "三、督察反馈问题整改情况"), *ledgers_told(office.problems.by_ledger)]
    for rate in office.problems.rates:
        blocks += rate_told(rate)
    blocks += [Heading(1, "四、存在问题"), *behind_told(measures)]
    missed = [row for row in board.rows if row.status.code in ("missed", "behind")]
    names = "、".join(f"{row.target.scope}{row.target.indicator}" for row in missed)
    blocks.append(sentence(f"未达到要求的目标：{names}。" if missed else "没有未达到要求的目标。"))
    open_ones = [row for row in board.rows if row.status.code == "undecided"]
    if open_ones:
        told = "；".join(f"{row.target.indicator}（{row.status.reason}）" for row in open_ones)
        blocks.append(sentence(f"无法判定的目标：{told}。"))
    pair = witnesses(board)
    annexes += [pair] if pair is not None else []
    made_of = (
        ("数据版本", ws.data_version(day) or "无"),
        ("目标版本", plan.head.doc_number or plan.head.title or "未注明"),
        ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"),
    )
    title = f"{ws.name}{year.first.year}年度生态环境保护工作报告"
    return Paper("year_report", title, year, as_of, ws.name, ws.demo, tuple(blocks), made_of,
                 addressee=f"{ws.name}生态环境保护委员会", sign=f"{ws.name}生态环境保护委员会办公室",
                 annexes=tuple(Annex(one.caption, (one,)) for one in annexes))  # fmt: skip
