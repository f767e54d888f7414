"""guatu owes: what a county or body owes, by when, and its score with what was lost."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from guatu.cli.duties import AsOf, day_of, opened


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("owes")(owes)


def owes(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="县区或单位；不写就列出各家欠多少")] = "",
    as_of: AsOf = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV，与网页导出的行相同")] = False,
) -> None:
    """一家欠什么、几时交、得多少分、为什么，与网页“县区和单位”相同。"""
    ws = opened(context)
    from guatu.office import snapshots
    from guatu.office.homes import owing
    from guatu.office.homes.score import score_of

    day = day_of(as_of)
    counties, units = owing.names_known(ws)
    if not name:
        for one in owing.tallies([*counties, *units], ws, day):
            late = f"，逾期 {one.late} 件" if one.late else ""
            typer.echo(f"{one.name}：欠着 {one.open} 件{late}")
        return
    if name not in counties and name not in units:
        raise typer.BadParameter(f"没有叫“{name}”的县区或单位，有 {'、'.join((*counties, *units))}", param_hint="NAME")
    found = owing.owed_by(ws, name, day)
    if as_csv:
        csv.writer(sys.stdout).writerows([owing.HEADS, *(one.row for one in found)])
        return
    for one in found:
        stands = f"逾期 {one.late} 天" if one.late else one.when(day)
        typer.echo(f"{one.kind} {one.number}　{one.text[:60]}　{one.state}　{one.due or '—'}（{stands}）")
    standing = sum(one.when(day) == owing.LONG for one in found)
    late = sum(one.late > 0 for one in found)
    typer.echo(f"欠着 {len(found) - standing} 件，逾期 {late} 件；另有长期坚持 {standing} 件")
    score = score_of(ws, name, name in counties, snapshots.last_day_of(ws))
    if score is None:
        typer.echo(f"现在没有给{name}计分的办法")
        return
    rank = f"，第 {score.rank}／{score.among}" if score.rank else ""
    typer.echo(f"{score.title}：{score.total}／{score.full} 分{rank}；{score.mark}；较上月末 {score.moved}")
    for title, points, why, back in score.lost:
        typer.echo(f"  失 {points} 分　{title}：{why}（{back}）")
