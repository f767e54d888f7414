"""guatu warn: what must be told today, each thing once until it changes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add ``guatu warn``."""
    app.command("warn")(warn)


def warn(
    context: typer.Context,
    as_of: Annotated[str, typer.Option("--as-of", help="按哪一天所知，如 2021-10-11；默认今天")] = "",
    every: Annotated[bool, typer.Option("--all", help="已经说过、没有变化的也列出")] = False,
    look_only: Annotated[bool, typer.Option("--look", help="只看，不记为已说过")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """预警：目标临界、余量不足、断面连续超标、清单逾期等，每件事说一次，变了再说。"""
    from guatu.cli.telling import DEMO, known_on
    from guatu.judge.board import plan_of
    from guatu.judge.warn import told_on
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    told = told_on(ws, plan_of(ws), day, keep=not look_only)
    if as_json:
        typer.echo(
            json.dumps({**asdict(told), "as_of": day, "demo": ws.demo}, ensure_ascii=False, indent=1, default=str)
        )
        return
    typer.echo(
        f"{ws.name} 预警（按 {day} 所知）：新 {len(told.new)} 条，"
        f"未变 {len(told.standing)} 条，解除 {len(told.gone)} 条"
    )
    for one in (*told.new, *(told.standing if every else ())):
        since = f"（{one.since} 起）" if one.since and one.since != day else ""
        typer.echo(f"▲ {one.title}{since}：{one.text}")
        typer.echo(f"    告知 {'、'.join(one.told)}；可做：{'；'.join(one.can)}")
    for one in told.gone:
        typer.echo(f"○ 解除：{one.title}：{one.text}")
    if ws.demo:
        typer.echo(DEMO)
