"""述职材料初稿：一个成员单位的任务、进展、逾期、问题；只写事实，评价由单位自己写."""

from __future__ import annotations

from collections import Counter
from datetime import date

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.bulletins.tasks import DONE, behind_told
from guatu.report.facts import Measure, Office
from guatu.report.paper import Block, Grid, Heading, Number, Paper, Runs, joined, sentence
from guatu.report.words import NOTHING


def duty(ws: Workspace, plan: Plan, year: Period, as_of: date, office: Office) -> Paper:
    """The facts of one body's year. Raises GuatuError (G-REPORT-05) where no body is named, or none of that name."""
    body = office.subject
    measures = [one for one in office.duties.measures if one.lead == body]
    parts = [one for one in office.duties.measures if body in one.partners and one.lead != body]
    named = {one.lead for one in office.duties.measures} | {b.name for b in ws.bodies}
    if not body or body not in named:
        raise GuatuError.of(
            f"no body {body!r}", "G-REPORT-05", f"单位“{body}”", "没有这个单位的任务" if body else "没有写是哪个单位",
            "没有生成述职材料", "用 --body 写明单位全称，如 市住建局",
        )  # fmt: skip
    blocks: list[Block] = [Heading(1, "一、承担任务情况"), *_carried(body, measures, parts)]
    blocks += [Heading(1, "二、任务完成情况"), *_done(body, measures)]
    blocks += [Heading(1, "三、逾期和滞后"), *behind_told(measures)]
    blocks += [Heading(1, "四、督察反馈问题"), *_problems(body, office)]
    blocks += [Heading(1, "五、考核失分"), *_lost(body, office)]
    blocks += [Heading(1, "六、自我评价和下年打算"), sentence("（由单位填写）")]
    made_of = (("单位", body), ("口径", "事实取自任务分解、收表和问题台账；没有的不推定"),
               ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"))  # fmt: skip
    title = f"{body}{year.first.year}年度生态环境保护工作述职材料（初稿）"
    return Paper("duty", title, year, as_of, ws.name, ws.demo, tuple(blocks), made_of, sign=body)


def _carried(body: str, measures: list[Measure], parts: list[Measure]) -> list[Block]:
    tasks = list(dict.fromkeys(one.task for one in (*measures, *parts)))
    return [
        sentence(
            f"{body}牵头措施", Number(f"{body}/lead", str(len(measures))), "项，责任或配合措施",
            Number(f"{body}/part", str(len(parts))), "项，涉及任务", Number(f"{body}/tasks", str(len(tasks))), "项。",
        )
    ]  # fmt: skip


def _done(body: str, measures: list[Measure]) -> list[Block]:
    if not measures:
        return [sentence("没有牵头的措施。")]
    counts = Counter(one.state for one in measures)
    told: list[Runs] = [(state, Number(f"{body}/{state}", str(n)), "项") for state, n in counts.most_common()]
    rows = tuple(
        ((one.id,), (one.text,), (one.node.isoformat() if one.node else "全年",), (one.state,),
         (one.count or NOTHING,), (one.said or NOTHING,))
        for one in sorted(measures, key=lambda one: one.state != DONE)
    )  # fmt: skip
    heads = ("编号", "措施", "节点", "状态", "数量", "单位所报进展")
    return [sentence("其中：", joined(told, "，"), "。"), Grid("牵头措施完成情况", heads, rows, wide=True)]


def _problems(body: str, office: Office) -> list[Block]:
    n = office.problems.by_lead.get(body)
    if n is None:
        return [sentence("没有牵头整改的问题。")]
    whole, closed, late = n
    blocks: list[Block] = [
        sentence("牵头整改问题", Number(f"{body}/problems/all", str(whole)), "件，办结",
                 Number(f"{body}/problems/closed", str(closed)), "件，逾期",
                 Number(f"{body}/problems/overdue", str(late)), "件。")
    ]  # fmt: skip
    mine = [one for one in office.problems.overdue if one.lead == body]
    if mine:
        rows = tuple(((one.number,), (one.title,), (one.deadline.isoformat(),),
                      (Number(f"{one.number}/late", str(one.late)),)) for one in mine)  # fmt: skip
        blocks.append(Grid("逾期问题", ("编号", "问题", "时限", "逾期（天）"), rows))
    if office.own.closed:
        done = tuple(((one.number,), (one.title,), (one.state,), (one.on.isoformat(),)) for one in office.own.closed)
        blocks.append(Grid("已办结的问题", ("编号", "问题", "状态", "通过验收"), done))
    return blocks


def _lost(body: str, office: Office) -> list[Block]:
    """The body's score and every item that lost points, as its sheet prints them."""
    own = office.own
    if not own.scheme:
        return [sentence("没有考核本单位的细则。")]
    told = sentence(f"按{own.scheme}，得", Number(f"{body}/score", own.total), f"分（{own.mark}）。")
    if not own.lost:
        return [told, sentence("没有失分。")]
    rows = tuple(
        ((one.item,), (one.title,), (Number(f"{body}/{one.item}/points", one.points),),
         (Number(f"{body}/{one.item}/got", one.got),), (Number(f"{body}/{one.item}/lost", one.lost),), (one.words,))
        for one in own.lost
    )  # fmt: skip
    return [told, Grid("失分清单", ("项目", "内容", "分值", "得分", "失分", "怎么算的"), rows, wide=True)]
