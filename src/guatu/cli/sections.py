"""guatu sections: which sections missed their class in a month, by what, who answers, and how it was before."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from guatu.cli.telling import DEMO, AsJson, AsOf, known_on, plain, printed


def register(app: typer.Typer) -> None:
    """Add ``guatu sections``."""
    app.command("sections")(sections)


def sections(
    context: typer.Context,
    scope: Annotated[str, typer.Argument(help="断面清单，如 国控断面；不写则看全部")] = "",
    month: Annotated[str, typer.Option(help="月份，如 2021-09；默认有数据的最近一个月")] = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """断面逐个的月类别：没达标的在前，差在哪个项目、几倍、责任县区、上月、去年同月。"""
    from guatu.base.period import Period
    from guatu.judge.sections_now import roman, sections_now
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    found = sections_now(ws, known_on(ws, as_of), scope, Period.of(month) if month else None)
    if as_json:
        rows = [{**asdict(one), "missed": one.missed} for one in found]
        typer.echo(json.dumps(plain(rows), ensure_ascii=False, indent=1))
        return
    if not found:
        typer.echo("没有断面类别，也没有断面监测数据")
        return
    from rich.table import Table

    table = Table(title=f"{ws.name} 断面类别 {found[0].month.words}", title_justify="left")
    for heading in ("", "断面", "水体", "责任县区", "目标", "类别", "超标项目（倍数）", "来源", "上月", "去年同月"):
        table.add_column(heading, overflow="fold")
    for one in found:
        place = ws.city.place(one.section.place)
        table.add_row(
            {True: "■", False: "●", None: "◌"}[one.missed],
            one.section.name,
            one.section.river,
            place.name if place else one.section.place,
            roman(one.section.aim or None),
            roman(one.grade),
            one.factors,
            one.source,
            roman(one.before),
            roman(one.year_ago),
        )
    printed(table)
    missed = sum(one.missed is True for one in found)
    typer.echo(f"{len(found)} 个断面（点位），没达到目标类别的 {missed} 个；单月类别，不是年度评价")
    if ws.demo:
        typer.echo(DEMO)
