"""guatu room: what is left, for targets, counties, sections, lists and tons."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from guatu.cli.telling import DEMO, AsJson, AsOf, board_asked, foot, known_on, plain
from guatu.read.asking import asked


def register(app: typer.Typer) -> None:
    """Add ``guatu room``."""
    app.command("room")(room)


def room(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="只看一个断面或断面清单，如 鲇鱼山；不写则看全部目标")] = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="断面逐项全部列出，不只最紧的几项")] = False,
) -> None:
    """余量：余下各天的均值上限、还可超标的天数、断面逐项的月均上限、清单和减排量还差多少，各附去年同期。"""
    if place:
        _water(context, place, as_of, as_json)
        return
    from guatu.judge.room_below import TIGHTEST, rooms_below

    ws, board = board_asked(context, as_of)
    rows = [row for row in board.rows if row.room]
    if not as_json:
        typer.echo(f"{ws.name} 余量（按 {board.as_of} 所知）")
    if as_json:
        facts = [{"target": row.target.id, "room": plain(asdict(row.room))} for row in rows if row.room]
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for row in rows:
        left = row.room
        if left is None:
            continue
        typer.echo(f"{row.target.id} {row.target.scope} {row.target.indicator} {asked(row.target)}：{left.sentence}")
        if left.kind == "mean" and left.rest is not None:
            strict = f"不计修约 {left.rest_strict}，按日历天数 {left.rest_calendar}"
            typer.echo(f"    有效 {left.valid}／{left.expected} 天，余 {left.days_left} 天；{strict}")
        elif left.kind == "days" and left.outcome == "open":
            spare = f"按日历天数还可超标 {left.bad_left_calendar} 天"
            typer.echo(
                f"    已超标 {left.bad_used} 天，余 {left.days_left} 天；{spare}；最早 {left.first_loss} 可能落空"
            )
        for told in rooms_below(ws, row, board.as_of, None if every else TIGHTEST):
            typer.echo(f"    {told}")
    if not rows:
        typer.echo("没有可算余量的目标")
    foot(ws, board)


def _water(context: typer.Context, place: str, as_of: str, as_json: bool) -> None:
    from guatu.judge.room_water import section_rooms
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    found = section_rooms(ws, place, day)
    if as_json:
        typer.echo(json.dumps([plain(asdict(one)) for one in found], ensure_ascii=False, indent=1))
        return
    typer.echo(f"{place} 余量（按 {day} 所知）")
    for one in found:
        typer.echo(f"    {one.sentence}")
    if not found:
        typer.echo("没有这个断面或清单的监测数据")
    if ws.demo:
        typer.echo(DEMO)
