"""The fields of a plan as HTML: what to look at first, then targets, tasks with their measures, papers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from guatu.read.asking import asked
from guatu.read.plan import Note, Plan, Target, Task
from guatu.rules import cards

_KIND = {"doubt": "需人定", "gap": "缺", "remark": "注意"}


def fields_of(plan: Plan) -> Iterator[str]:
    """Pieces of HTML in the order a person works: the paper, notes, targets, tasks, papers owed."""
    loose = [measure for measure in plan.measures if not measure.task]
    parts = {
        "notes": ("提示", len(plan.notes)),
        "targets": ("目标", len(plan.targets)),
        "tasks": ("任务", len(plan.tasks)),
        "loose": ("没有责任单位的要求", len(loose)),
        "papers": ("要拿出的文件", len(plan.papers)),
    }
    links = (f'<a href="#{name}">{words} {count}</a>' for name, (words, count) in parts.items() if count)
    yield f"<nav>{''.join(links)}</nav>" + _head(plan)
    if plan.notes:
        yield _title("notes", f"提示 {len(plan.notes)} 条") + "<ul>"
        yield from (_note(order, note) for order, note in enumerate(plan.notes, 1))
        yield "</ul>"
    if plan.targets:
        yield _title("targets", f"目标 {len(plan.targets)} 个") + "".join(map(_target, plan.targets))
    if plan.tasks:
        yield _title("tasks", f"任务 {len(plan.tasks)} 项，措施 {len(plan.measures) - len(loose)} 条")
        yield from (_task(task, plan) for task in plan.tasks)
    if loose:
        yield _title("loose", f"没有责任单位的要求 {len(loose)} 条") + "<ul>"
        yield from (f"<li>{_link(m.id, m.outline)} {escape(m.text)}</li>" for m in loose)
        yield "</ul>"
    if plan.papers:
        yield _title("papers", f"要拿出的文件 {len(plan.papers)} 份") + "<ul>"
        for paper in plan.papers:
            when = f"，{escape(paper.deadline)}" if paper.deadline else ""
            yield f"<li>{escape(paper.name)}<i>{_link(paper.task, paper.outline)}{when}</i></li>"
        yield "</ul>"


def _head(plan: Plan) -> str:
    head = plan.head
    facts = {
        "文号": head.doc_number,
        "发文机关": head.issuer,
        "年份": str(head.year or ""),
        "日期": str(head.issue_date or ""),
        "主送": "；".join(head.addressees),
        "依据": "、".join(head.basis),
        "审定": head.adoption,
        "以何为准": head.override_clause,
        "上级计划": plan.above,
    }
    return f"<dl>{_facts(facts)}</dl>"


def _note(order: int, note: Note) -> str:
    kind = f'<b class="{note.kind}">{_KIND.get(note.kind, note.kind)}</b>'
    where = _link(f"N{order}", note.outline or "看原文") if note.span else escape(note.outline)
    return f"<li>{kind} {escape(note.text)} <i>{where}</i></li>"


def _target(target: Target) -> str:
    known = cards.built_in().get(target.indicator_id)
    card = known.name if known else f"本地指标卡 {target.indicator_id}" if target.indicator_id else "没有指标卡"
    about = [target.scope, f"{target.deadline} 前" if target.deadline else "", card]
    low = '<b class="doubt">需核对</b>' if target.confidence == "low" else ""
    return (
        f"<div><h3>{_link(target.id, f'{target.outline}　{target.indicator}')}<strong>{escape(asked(target))}"
        f"</strong></h3><p>{escape(' · '.join(word for word in about if word))} {low}</p></div>"
    )


def _task(task: Task, plan: Plan) -> str:
    facts = {
        "责任单位": "、".join(task.units) + (" 等" if task.open_list else ""),
        "牵头": "、".join(task.lead),
        "配合": "、".join(task.coop),
        "不再列出的": "、".join(task.implicit_units),
        "时限": "、".join(task.deadlines),
        "承诺": "；".join(item.text for item in task.commitments),
    }
    low = '<b class="doubt">需核对</b>' if task.confidence == "low" else ""
    measures = "".join(f"<li>{_link(m.id, m.text)}</li>" for m in plan.measures if m.task == task.id)
    done = f"<ol>{measures}</ol>" if measures else ""
    return f"<div><h3>{_link(task.id, f'{task.outline}　{task.title}')}{low}</h3><dl>{_facts(facts)}</dl>{done}</div>"


def _title(anchor: str, words: str) -> str:
    return f'<h2 id="{anchor}">{escape(words)}</h2>'


def _link(anchor: str, words: str) -> str:
    return f'<a href="#{escape(anchor)}">{escape(words)}</a>' if anchor else escape(words)


def _facts(facts: dict[str, str]) -> str:
    return "".join(f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in facts.items() if value)
