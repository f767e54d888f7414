"""guatu rules: every limit and method with its clause, one of them in full, what differs between two days."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from guatu.cli.load import day_said

rules = typer.Typer(
    no_args_is_help=True, help="规则：限值和方法的条文、起止日期、出处和可靠程度；两个日期之间有什么不同。"
)
AsCsv = Annotated[bool, typer.Option("--csv", help="输出 CSV，与网页导出的行相同")]


def register(app: typer.Typer) -> None:
    """Add the commands of the law."""
    app.add_typer(rules, name="rules")


@rules.command("list")
def listed(
    words: Annotated[str, typer.Argument(help="只看各栏里有这些字的，空格隔开几个")] = "",
    family: Annotated[str, typer.Option(help="只看这一类，如 环境空气质量标准")] = "",
    on: Annotated[str, typer.Option(help="只看这一天在用的，如 2026-03-01")] = "",
    trust: Annotated[str, typer.Option(help="只看这种可靠程度：T X E 2 1 M")] = "",
    unsure: Annotated[bool, typer.Option("--unsure", help="只看未核实的和只有一个来源的")] = False,
    as_csv: AsCsv = False,
) -> None:
    """列出规则，与网页相同。"""
    from guatu.rules.register import HEADS, asked

    found = asked(words=words, family=family, on=day_said(on, "--on") if on else None, trust=trust, unsure=unsure)
    if as_csv:
        csv.writer(sys.stdout).writerows([HEADS, *(one.row for one in found)])
        return
    for one in found:
        mark = f"【{one.unsure}】" if one.unsure else ""
        typer.echo(f"{one.id}  {one.family}　{one.title}{mark}：{one.value[:100]} {one.unit}".rstrip())
        typer.echo(f"    {one.since or '—'} 至 {one.until or '今'}　{one.clause}")
    typer.echo(f"{len(found)} 条")


@rules.command("show")
def show(entry: Annotated[str, typer.Argument(help="编号，如 gb3095.pm25.annual")]) -> None:
    """一条规则的全部：各时期的值、条文、出处、可靠程度。"""
    from guatu.rules.register import of_id

    for one in of_id(entry):
        typer.echo(
            f"{one.id}　{one.family}　{one.title}　{one.since or '—'} 至 {one.until or '今'} {one.edition}".rstrip()
        )
        typer.echo(f"    条文：{one.clause}")
        typer.echo(f"    出处：{one.source}")
        typer.echo(f"    可靠程度：{one.confidence} {one.trust}{f'，{one.unsure}' if one.unsure else ''}")
        if one.note:
            typer.echo(f"    说明：{one.note}")
        for words, text in one.cells:
            typer.echo(f"    {words} {text} {one.unit}".rstrip())


@rules.command("diff")
def diff(
    one: Annotated[str, typer.Argument(help="前一天，如 2026-02-28")],
    other: Annotated[str, typer.Argument(help="后一天，如 2026-03-01")],
    as_csv: AsCsv = False,
) -> None:
    """两个日期之间有什么不同：改了、新增、终止、只换条文。"""
    from guatu.rules.register import DIFFERING, differences

    found = differences(day_said(one, "前一天"), day_said(other, "后一天"))
    if as_csv:
        csv.writer(sys.stdout).writerows([DIFFERING, *(each.row for each in found)])
        return
    for each in found:
        before, after = each.said
        entry = each.entry
        mark = f"【{entry.unsure}】" if entry.unsure else ""
        typer.echo(
            f"{each.how}  {each.id}　{entry.family}　{entry.title}{mark}：{before} → {after} {entry.unit}".rstrip()
        )
        typer.echo(f"    {each.row[6]} → {each.row[7]}")
    typer.echo(f"{len(found)} 条不同")
