"""A plan on a terminal: its head, targets, tasks by body, and what a person should look at."""

from __future__ import annotations

from collections import defaultdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guatu.read.asking import asked
from guatu.read.plan import Plan, Task

_KINDS = {"doubt": ("需人定", "yellow"), "gap": ("缺", "red"), "remark": ("注意", "cyan"), "repaired": ("已修", "dim")}


def print_summary(plan: Plan, console: Console | None = None) -> None:
    """Print a plan for a person to check against the paper."""
    console = console or Console(highlight=False)
    head = plan.head
    console.print(Text(head.title or "（没有标题）", "bold"))
    facts = [
        head.doc_number,
        head.issuer,
        f"{head.year}年" if head.year else "",
        str(head.issue_date or "没有落款日期"),
    ]
    console.print("　".join(fact for fact in facts if fact), style="dim")
    if head.addressees:
        console.print(f"主送：{'；'.join(head.addressees)}", style="dim")
    if plan.targets:
        console.print(_targets(plan))
    if plan.tasks:
        console.print(_tasks(plan))
        console.print(_by_body(plan))
    if plan.containers:
        console.print(Text(f"\n没有责任单位的段落 {len(plan.containers)} 处", "bold"))
        for item in plan.containers:
            console.print(f"  {item.outline}　{item.title}")
    if plan.notes:
        console.print(Text(f"\n提示 {len(plan.notes)} 条", "bold"))
        for note in plan.notes:
            word, style = _KINDS[note.kind]
            where = f"{note.outline}　" if note.outline else ""
            console.print(
                Text.assemble((f"  {word}　", style), where, note.text, (f"（{note.code}）", "dim")), soft_wrap=True
            )
    if not plan.targets and not plan.tasks:
        console.print("没有读到目标，也没有读到任务。", style="yellow")


def _targets(plan: Plan) -> Table:
    table = Table(
        title=f"目标 {len(plan.targets)} 个", title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    for name in ("", "序号", "指标", "范围", "要求"):
        table.add_column(name, overflow="fold")
    for target in plan.targets:
        table.add_row(target.id, target.outline, target.indicator, target.scope, Text(asked(target), "green"))
    return table


def _tasks(plan: Plan) -> Table:
    table = Table(
        title=f"\n任务 {len(plan.tasks)} 项", title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    for name in ("", "序号", "任务", "责任单位", "时限"):
        table.add_column(name, overflow="fold")
    for task in plan.tasks:
        table.add_row(task.id, task.outline, task.title, _bodies(task), "、".join(task.deadlines))
    return table


def _bodies(task: Task) -> Text:
    text = Text()
    for order, name in enumerate(task.units):
        text.append("、" if order else "")
        role = "牵头" if name in task.lead else "配合" if name in task.coop else ""
        text.append(name, "bold" if role == "牵头" else "")
        text.append(f"（{role}）" if role else "", "dim")
    text.append(" 等" if task.open_list else "")
    return text


def _by_body(plan: Plan) -> Table:
    held: dict[str, list[str]] = defaultdict(list)
    implied: dict[str, int] = defaultdict(int)
    for task in plan.tasks:
        for name in task.units:
            held[name].append(task.id)
        for name in task.implicit_units:
            implied[name] += 1
    table = Table(
        title=f"\n责任单位 {len(held)} 个", title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    for name in ("单位", "任务数", "任务"):
        table.add_column(name, overflow="fold")
    for name in sorted(held, key=lambda name: (-len(held[name]) - implied[name], name)):
        count = f"{len(held[name])}" + (f"＋{implied[name]}" if implied[name] else "")
        table.add_row(name, count, " ".join(held[name]) + ("，另有不再列出的" if implied[name] else ""))
    return table
