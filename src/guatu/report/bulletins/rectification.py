"""督察反馈问题整改进展通报：总体进展、各清单完成率、逾期、附表."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from guatu.base.period import Period
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.facts import Office, Overdue, Rate
from guatu.report.paper import Block, Grid, Heading, Number, Paper, Runs, sentence
from guatu.report.words import NOTHING, share

TWO = 2  # decimals of a rate, as the pages and commands print it


def rectification(ws: Workspace, plan: Plan, month: Period, as_of: date, office: Office) -> Paper:
    """The bulletin of rectification on a day: each list with its rates, what is overdue and whose it is."""
    problems = office.problems
    blocks: list[Block] = [Heading(1, "一、总体进展"), *ledgers_told(problems.by_ledger)]
    blocks.append(Heading(1, "二、完成率"))
    for rate in problems.rates:
        blocks += rate_told(rate)
    if not problems.rates:
        blocks.append(sentence("没有与完成率挂钩的清单。"))
    blocks += [Heading(1, "三、逾期问题"), *_overdue(problems.overdue)]
    made_of = (
        ("口径", "分母为需限期整改的问题和信访件，长期坚持的另计；分子为已通过验收及其后各状态"),
        ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"),
    )
    title = f"关于{month.words}生态环境保护督察反馈问题整改进展情况的通报"
    return Paper("rectification", title, month, as_of, ws.name, ws.demo, tuple(blocks), made_of,
                 addressee="各县（市、区）人民政府，各责任单位", sign=f"{ws.name}生态环境保护委员会办公室")  # fmt: skip


def ledgers_told(lines: Sequence[tuple[str, int, int, int]]) -> Sequence[Block]:
    """Each ledger: all, done, open, overdue; and all of them together."""
    if not lines:
        return [sentence("台账里没有问题。")]
    rows = tuple(
        ((name,), (Number(f"{name}/all", str(whole)),), (Number(f"{name}/closed", str(closed)),),
         (Number(f"{name}/open", str(whole - closed)),), (Number(f"{name}/overdue", str(late)),))
        for name, whole, closed, late in lines
    )  # fmt: skip
    whole, closed, late = sum(line[1] for line in lines), sum(line[2] for line in lines), sum(line[3] for line in lines)
    said = sentence(
        "各台账共登记问题", Number("problems/all", str(whole)), "件，办结", Number("problems/closed", str(closed)),
        "件，在办", Number("problems/open", str(whole - closed)), "件，其中逾期",
        Number("problems/overdue", str(late)), "件。",
    )  # fmt: skip
    return [said, Grid("各台账进展", ("台账", "总数", "办结", "在办", "逾期"), rows)]


def rate_told(rate: Rate) -> Sequence[Block]:
    """A list with its rate over the plan and of what is due, each ledger apart."""
    n = rate.counts
    of, accepted, closed = (Number(f"{rate.id}/{key}", str(n[key])) for key in ("of", "accepted", "closed"))
    part = share(f"{rate.id}/rate", n["accepted"], n["of"], (accepted.key, of.key), TWO)
    due = share(f"{rate.id}/due_rate", n["due-done"], n["due"], decimals=TWO)
    said = {True: "，已达到", False: "，还没有达到", None: ""}[rate.met]
    aim = f"；要求{rate.target}%{said}" if rate.target else "；文件没有定完成率"
    first = sentence(
        f"{rate.title}（{rate.clause}）：需限期整改", of, "件，已通过验收", accepted, "件，完成率", part,
        "%，其中已销号",
        closed, "件；到期的", Number(f"{rate.id}/due", str(n["due"])), "件中完成",
        Number(f"{rate.id}/due_done", str(n["due-done"])), "件，占", due, f"%{aim}。长期坚持",
        Number(f"{rate.id}/long_term", str(n["long_term"])), "件另计。",
    )  # fmt: skip
    if len(rate.apart) < 2:
        return [first]
    rows = tuple(((name,), *_cells(f"{rate.id}/{name}", counts)) for name, counts in rate.apart)
    return [first, Grid(f"{rate.title}分台账", ("台账", "需限期整改", "已通过验收", "完成率（%）", "已销号"), rows)]


def _cells(key: str, n: Mapping[str, int]) -> tuple[Runs, ...]:
    of, accepted = Number(f"{key}/of", str(n["of"])), Number(f"{key}/accepted", str(n["accepted"]))
    part = share(f"{key}/rate", n["accepted"], n["of"], (accepted.key, of.key), TWO)
    return (of,), (accepted,), (part,), (Number(f"{key}/closed", str(n["closed"])),)


def _overdue(late: Sequence[Overdue]) -> Sequence[Block]:
    if not late:
        return [sentence("没有逾期的问题。")]
    rows = tuple(
        ((one.number,), (one.title,), (one.lead or NOTHING,), (one.county or NOTHING,), (one.leader or NOTHING,),
         (one.deadline.isoformat(),), (Number(f"{one.number}/late", str(one.late)),))
        for one in late
    )  # fmt: skip
    heads = ("编号", "问题", "牵头单位", "属地", "责任领导", "时限", "逾期（天）")
    count = Number("problems/late_list", str(len(late)))
    return [sentence("到期没有完成的问题", count, "件，见下表；一件只计一次，并案的计入主件。"),
            Grid("逾期问题清单", heads, rows)]  # fmt: skip
