"""guatu why: what moved a figure most, as sums that add up."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
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
    from guatu.judge.moved_at import moved_at
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    moved = moved_at(ws, plan_of(ws) if ws.plan_path.is_file() else None, address, last_year=last_year)
    if as_json:
        facts = {**asdict(moved), "distance": moved.distance, "demo": ws.demo}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
        return
    typer.echo(_head(moved, address))
    for cut in moved.breakdowns:
        _tell(cut, moved, top)
    if ws.demo:
        typer.echo(DEMO)


def _head(moved: Moved, address: str) -> str:
    figures = f"{_plain(moved.figure)}{moved.unit}，{moved.against} {_plain(moved.reference)}{moved.unit}"
    return f"{address}：{figures}，相差 {_signed(moved.distance)}"


def _tell(cut: Breakdown, moved: Moved, top: int) -> None:
    """The largest parts, then all the others in one, then the sum, so that it is seen to add up."""
    shown, others = cut.causes[:top], cut.causes[top:]
    typer.echo(f"按{cut.kind}（{len(cut.causes)} 项）：")
    for cause in shown:
        told = [f"{cause.days} 天"] if cause.days > 1 else []
        told += [f"没有它则为 {_plain(cause.without)}"] if cause.without is not None else []
        aside = f"（{'，'.join(told)}）" if told else ""
        where = f"  {cause.address}" if cause.address else ""
        typer.echo(f"    {_signed(cause.part):>9}  {cause.name}{aside}{where}")
    rest = sum((cause.part for cause in others), Fraction())
    if others:
        typer.echo(f"    {_signed(rest):>9}  其余 {len(others)} 项")
    if cut.rest:
        typer.echo(f"    {_signed(cut.rest):>9}  {cut.rest_name}")
    total = sum((cause.part for cause in cut.causes), cut.rest)
    typer.echo(f"    {_signed(total):>9}  合计" + ("" if total == moved.distance else "（与差距不符）"))


def _plain(number: Fraction) -> str:
    from guatu.base.exact import half_even

    return f"{half_even(number, 3)}"


def _signed(number: Fraction) -> str:
    from guatu.base.exact import half_even

    shown = half_even(number, 3)
    return f"+{shown}" if shown > 0 else f"{shown}".replace("-", "−")
