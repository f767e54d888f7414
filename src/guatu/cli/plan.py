"""guatu plan: a plan over years, evaluated."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

SHAPE = {"met": "●", "aspired": "●", "close": "●", "behind": "□", "missed": "■", "undecided": "◌"}


def register(app: typer.Typer) -> None:
    """Add ``guatu plan``."""
    group = typer.Typer(help="跨年规划的监测评估。", no_args_is_help=True)
    group.callback()(_group)
    group.command("evaluate")(evaluate)
    app.add_typer(group, name="plan")


def _group() -> None:
    """Keep evaluate a command of its own, however many there are."""


def evaluate(
    context: typer.Context,
    as_of: Annotated[str, typer.Option("--as-of", help="按哪一天所知，如 2021-10-11；默认今天")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """规划指标一页纸：路径、逐年要求和实际、状态、从现在起还要多少。"""
    from guatu.cli.telling import DEMO, known_on
    from guatu.judge.board import plan_of
    from guatu.judge.evaluation import evaluated
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    found = evaluated(ws, plan_of(ws) if ws.plan_path.is_file() else None, day)
    if as_json:
        facts = {"as_of": day, "demo": ws.demo, "indicators": [asdict(one) for one in found]}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
        return
    typer.echo(f"{ws.name} 规划监测评估（按 {day} 所知）")
    for one in found:
        unit = "%" if one.unit == "%" else f" {one.unit}".rstrip()
        paper = f"，“{one.paper}”" if one.paper else ""
        typer.echo(
            f"{one.name}（{one.scope}，{one.path}路径{paper}）：{one.base} 年为基期，期末目标 {one.target}{unit}"
        )
        for year in one.years:
            value = "—" if year.value is None else f"{year.value}"
            word = f"{year.word}（{year.reason}）" if year.reason else year.word
            typer.echo(f"    {SHAPE[year.code]} {year.year} 年 要求 {year.required}，实际 {value}：{word}")
        typer.echo(f"    {one.sentence}")
    states = [one.state for one in found]
    good = sum(state is not None and state.code in ("met", "aspired", "close") for state in states)
    none = sum(state is None for state in states)
    if found:
        typer.echo(f"{len(found)} 项：达到要求 {good} 项，落后 {len(found) - good - none} 项，没有数 {none} 项")
    else:
        typer.echo("没有跨年指标：把年度表或五年目标写进 plan/paths.toml")
    if ws.demo:
        typer.echo(DEMO)
