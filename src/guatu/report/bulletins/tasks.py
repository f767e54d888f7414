"""关于全市重点工作推进情况的通报：总体进展、各单位、突出问题、下步要求、附表."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from guatu.base.period import Period
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.facts import Duties, Measure, Office
from guatu.report.paper import Annex, Block, Grid, Heading, Number, Paper, Runs, joined, sentence
from guatu.report.words import NOTHING, share

BEHIND = ("滞后", "逾期")
DONE = "办结"


def task_progress(ws: Workspace, plan: Plan, month: Period, as_of: date, office: Office) -> Paper:
    """The bulletin of the notice's measures on a day, with the list of those that are behind."""
    duties = office.duties
    measures = duties.measures
    blocks: list[Block] = [Heading(1, "一、总体进展")]
    if not measures:
        blocks.append(sentence("任务还没有分解，没有可通报的措施。"))
    else:
        blocks += [*overall_told(measures, as_of), Heading(1, "二、各单位完成情况"), *units_told(measures)]
        blocks += [*_reporting(duties), Heading(1, "三、突出问题"), *behind_told(measures)]
        blocks += [Heading(1, "四、下步要求"), *_next(measures, as_of)]
    made_of = (
        ("状态口径", "办结须经核实；过了节点没有报办结的为逾期；没有报的为未报，不推定进展"),
        ("收表", duties.collection or "本月没有收表"),
        ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"),
    )
    title = f"关于{month.words}全市生态环境保护重点工作推进情况的通报"
    return Paper("task_progress", title, month, as_of, ws.name, ws.demo, tuple(blocks), made_of,
                 addressee="各县（市、区）人民政府，各责任单位", sign=f"{ws.name}生态环境保护委员会办公室",
                 form="document", annexes=(Annex("任务清单", (_table(measures),)),) if measures else ())  # fmt: skip


def overall_told(measures: Sequence[Measure], as_of: date) -> Sequence[Block]:
    """Counts by state; what was done of what was due, never a typed per cent."""
    counts = Counter(one.state for one in measures)
    whole = Number("tasks/all", str(len(measures)), rows=rows_of(measures))
    told: list[Runs] = [
        (state, Number(f"tasks/{state}", str(n), rows=rows_of([one for one in measures if one.state == state])), "项")
        for state, n in counts.most_common()
    ]
    due = [one for one in measures if one.node is not None and (one.node <= as_of or one.state == DONE)]
    ended = [one for one in due if one.state == DONE]
    done = Number("tasks/due_done", str(len(ended)), rows=rows_of(ended))
    of = Number("tasks/due", str(len(due)), rows=rows_of(due))
    blocks: list[Block] = [sentence("年度工作要点分解为措施", whole, "项：", joined(told, "，"), "。")]
    if due:
        rate = share("tasks/due_rate", int(done.text), len(due), (done.key, of.key))
        blocks.append(sentence("到期和已办结的", of, "项中办结", done, "项，占", rate, "%。"))
    else:
        blocks.append(sentence("目前没有到期的措施。"))
    return blocks


def rows_of(measures: Sequence[Measure]) -> tuple[str, ...]:
    """The measures a number counts, as a number names its rows."""
    return tuple(f"measure/{one.id}" for one in measures)


def units_told(measures: Sequence[Measure]) -> Sequence[Block]:
    """Each lead with its counts, the most behind first; ties share a place in the order of the notice."""
    units = list(dict.fromkeys(one.lead for one in measures if one.lead))
    rows: list[tuple[Runs, ...]] = []
    counted = {unit: Counter(one.state for one in measures if one.lead == unit) for unit in units}
    for unit in sorted(units, key=lambda one: (-sum(counted[one][word] for word in BEHIND), units.index(one))):
        n = counted[unit]
        cells = [Number(f"{unit}/{word}", str(n[word])) for word in ("办结", "待核实", "推进中", *BEHIND, "未报")]
        rows.append(((unit,), (Number(f"{unit}/all", str(sum(n.values()))),), *((cell,) for cell in cells)))
    heads = ("牵头单位", "措施", "办结", "待核实", "推进中", "滞后", "逾期", "未报")
    return [Grid("各牵头单位措施推进情况", heads, tuple(rows), ("按滞后、逾期项数由多到少排列。",))]


def _reporting(duties: Duties) -> Sequence[Block]:
    if not duties.reporting:
        return [sentence("本月没有收表，各单位报送情况无从通报。")]
    owing = [one for one in duties.reporting if one.word != "按时"]
    whole = Number("reporting/all", str(len(duties.reporting)))
    late = Number("reporting/owing", str(len(owing)))
    blocks: list[Block] = [sentence("应报送进展的单位", whole, "个，未按时报齐的", late, "个。")]
    if owing:
        rows = tuple(
            ((one.sender,), (Number(f"{one.sender}/asked", str(one.asked)),),
             (Number(f"{one.sender}/reported", str(one.reported)),), (one.word,))
            for one in owing
        )  # fmt: skip
        blocks.append(Grid("未按时报齐的单位", ("单位", "应报", "已报", "情况"), rows))
    return blocks


def behind_told(measures: Sequence[Measure]) -> Sequence[Block]:
    """What is behind or past its node, the longest first, with what the unit says of it."""
    late = [one for one in measures if one.state in BEHIND]
    if not late:
        return [sentence("没有滞后或逾期的措施。")]
    rows = tuple(
        ((one.id,), (one.text,), (one.lead or "（未定）",), (one.node.isoformat() if one.node else NOTHING,),
         (one.state,), (Number(f"{one.id}/late", str(one.late)),), (one.said or "（没有说明）",))
        for one in sorted(late, key=lambda one: -one.late)
    )  # fmt: skip
    heads = ("编号", "措施", "牵头单位", "节点", "状态", "逾期（天）", "单位说明")
    count = Number("tasks/behind", str(len(late)), rows=rows_of(late))
    return [sentence("滞后和逾期的措施", count, "项，见下表。"), Grid("滞后清单", heads, rows)]


def _next(measures: Sequence[Measure], as_of: date) -> Sequence[Block]:
    """What falls due next, from the nodes; requests that are no fact are left to the office."""
    coming = sorted(
        (one for one in measures if one.node and one.node >= as_of and one.state != DONE),
        key=lambda one: one.node or as_of,
    )[:10]
    silent = list(dict.fromkeys(one.lead for one in measures if one.state == "未报" and one.lead))
    said = [sentence(f"下列单位尚有措施没有报送进展，请于收表截止日前补报：{'、'.join(silent)}。")] if silent else []
    if not coming:
        return said or [sentence("没有将要到期的措施。")]
    rows = tuple(
        ((one.id,), (one.text,), (one.lead or "（未定）",), (one.node.isoformat() if one.node else "",))
        for one in coming
    )
    return [*said, Grid("近期到期的措施", ("编号", "措施", "牵头单位", "节点"), rows)]


def _table(measures: Sequence[Measure]) -> Grid:
    rows = tuple(
        ((one.id,), (one.task,), (one.text,), (one.lead or "（未定）",),
         (one.node.isoformat() if one.node else "全年",), (one.bulletin,), (one.count or NOTHING,))
        for one in measures
    )  # fmt: skip
    return Grid("任务清单", ("编号", "任务", "措施", "牵头单位", "节点", "进展", "数量"), rows, wide=True)
