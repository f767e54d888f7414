"""guatu why: what moved a figure most, as sums that add up."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from guatu.judge.moved import Breakdown, Moved


def register(app: typer.Typer) -> None:
    """Add ``guatu why``."""
    app.command("why")(why)


def why(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="指标/范围/时段[@日期]，如 pm25_mean/市中心城区/2021@2021-10-11")],
    top: Annotated[int, typer.Option(help="每一种拆法列几项")] = 5,
    last_year: Annotated[bool, typer.Option("--last-year", help="对照去年同期，不对照目标")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """哪些日子、站点、污染物、月份、断面、县区把数推到现在的位置；各份相加正好等于差距。"""
    from guatu.cli.telling import DEMO
    from guatu.judge.board import plan_of
    from guatu.judge.moved import head_of
    from guatu.judge.moved_at import moved_at
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    moved = moved_at(ws, plan_of(ws) if ws.plan_path.is_file() else None, address, last_year=last_year)
    if as_json:
        facts = {**asdict(moved), "distance": moved.distance, "demo": ws.demo}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
        return
    typer.echo(f"{address}：{head_of(moved)}")
    if moved.note:
        typer.echo(moved.note)
    for cut in moved.breakdowns:
        _tell(cut, moved, top)
    if ws.demo:
        typer.echo(DEMO)


def _tell(cut: Breakdown, moved: Moved, top: int) -> None:
    """The lines of one way of cutting; the last is the sum, so that it is seen to add up."""
    from guatu.judge.moved import lines_of

    typer.echo(f"按{cut.kind}（{len(cut.causes)} 项）：")
    for line in lines_of(cut, moved, top):
        told = [f"{line.days} 天"] if line.days > 1 else []
        told += [f"没有它则为 {line.without}"] if line.without else []
        aside = f"（{'，'.join(told)}）" if told else ""
        typer.echo(f"    {line.part:>9}  {line.name}{aside}" + (f"  {line.address}" if line.address else ""))
