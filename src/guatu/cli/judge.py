"""guatu status, explain, official: where each target stands, and why a figure is what it is."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guatu.base.units import with_unit
from guatu.cli.telling import DEMO, AsJson, AsOf, board_asked, foot, known_on, plain, printed
from guatu.read.asking import asked

if TYPE_CHECKING:
    from rich.tree import Tree

    from guatu.base.value import Step
    from guatu.judge.board import Board, Row
    from guatu.load.workspace import Workspace

SHAPE = {"met": "●", "aspired": "●★", "close": "▲", "behind": "□", "missed": "■", "undecided": "◌"}

_ARROW = {True: "▼", False: "▲", None: "·"}


def register(app: typer.Typer) -> None:
    """Add the commands of the judging room."""
    app.command("status")(status)
    app.command("explain")(explain)
    app.command("official")(official)


def status(
    context: typer.Context,
    as_of: AsOf = "",
    as_json: AsJson = False,
    since: Annotated[str, typer.Option(help="只说从哪一天以来有什么变化，如 2021-10-10")] = "",
) -> None:
    """每个目标的状态：现值、是否达标、余量、年底达标的可能性；判不了的写明原因。"""
    ws, board = board_asked(context, as_of)
    if since:
        _changes(ws, board, since)
        return
    if as_json:
        typer.echo(json.dumps(_facts(board), ensure_ascii=False, indent=1))
        return
    from rich.table import Table

    table = Table(title=f"{ws.name} 目标状态（按 {board.as_of} 所知）", title_justify="left")
    for heading in ("", "编号", "目标", "范围", "要求", "现值", "状态", "可能性", "余量或原因"):
        table.add_column(heading, no_wrap=heading in ("", "编号", "要求", "现值", "状态", "可能性"), overflow="fold")
    for row in board.rows:
        state = row.status
        table.add_row(
            SHAPE[state.code],
            row.target.id,
            row.target.indicator,
            row.target.scope,
            asked(row.target),
            _shown(row),
            state.word,
            row.chance.shown if row.chance else "",
            state.reason or _remark(row),
        )
    printed(table)
    for row in board.rows:
        if row.chance is not None:
            typer.echo(f"{row.target.id} {'；'.join(row.chance.lines())}")
    foot(ws, board)


def _changes(ws: Workspace, board: Board, since: str) -> None:
    from guatu.judge.board import board_of, plan_of
    from guatu.judge.changes import changes_between

    day = known_on(ws, since)
    found = changes_between(board_of(ws, plan_of(ws), day, explained=False), board)
    typer.echo(f"{ws.name} {day} 至 {board.as_of} 的变化：{len(found)} 处")
    for one in found:
        typer.echo(f"{_ARROW[one.worse]} {one.target} {one.text}")
    if ws.demo:
        typer.echo(DEMO)


def explain(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="指标/范围/时段[@日期]，如 pm25_mean/市中心城区/2021@2021-10-11")],
    as_json: AsJson = False,
    full: Annotated[bool, typer.Option("--full", help="展开每一天")] = False,
) -> None:
    """一个数从哪里来：修约、统计、有效天数、日值、站点、小时值和批次。"""
    from guatu.judge.address import value_at
    from guatu.judge.board import plan_of
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    value = value_at(ws, plan_of(ws) if ws.plan_path.is_file() else None, address)
    if as_json:
        typer.echo(json.dumps({**plain(asdict(value)), "demo": ws.demo}, ensure_ascii=False, indent=1))
        return
    from rich.tree import Tree

    tree = Tree(_line(value.why))
    _grow(tree, value.why, full)
    printed(tree)
    if ws.demo:
        typer.echo(DEMO)


def official(context: typer.Context, as_of: AsOf = "") -> None:
    """官方值与计算值对照：差多少，哪种口径能算出官方值。"""
    from guatu.judge.beside import all_beside
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    found = all_beside(ws, known_on(ws, as_of))
    for pair in found:
        said = pair.official
        computed = "—" if pair.computed is None else f"{pair.computed}"
        paper = f"{said.paper}，{said.day}"
        typer.echo(f"{said.indicator}/{said.scope}/{said.period}：官方 {said.value}（{paper}），计算 {computed}")
        if pair.difference:
            why = "能算出官方值的口径：" if pair.readings else "逐站、逐日剔除都算不出官方值"
            typer.echo(f"    差 {pair.difference:+}；{why}")
            for reading in pair.readings:
                typer.echo(f"    · {reading.text} → {reading.result}")
        for day, published, ours in pair.days:
            typer.echo(f"    · {day} 官方 {published}，计算 {ours if ours is not None else '—'}")
    if not found:
        typer.echo("还没有官方数据：guatu load 文件 --kind official")
    if ws.demo:
        typer.echo(DEMO)


def _facts(board: Board) -> dict[str, Any]:
    """The board as JSON values, without the trees: explain opens those by address."""
    rows = []
    for row in board.rows:
        value = row.value
        rows.append(
            {
                "id": row.target.id,
                "outline": row.target.outline,
                "indicator": row.target.indicator_id,
                "name": row.target.indicator,
                "scope": row.target.scope,
                "op": row.target.op,
                "target": row.target.value,
                "stretch": row.target.stretch,
                "unit": row.target.unit,
                "value": value.number,
                "judged": row.status.judged,
                "status": row.status.code,
                "word": row.status.word,
                "reason": row.status.reason,
                "note": row.status.note,
                "n_valid": value.n_valid,
                "n_expected": value.n_expected,
                "flags": value.flags,
                "room": asdict(row.room) if row.room else None,
                "chance": {**asdict(row.chance), "lines": row.chance.lines()} if row.chance else None,
                "address": f"{value.address}@{board.as_of}",
            }
        )
    head = {"as_of": board.as_of, "data_until": board.data_until, "data_version": board.data_version}
    weather = [asdict(product) for product in board.weather]
    facts: dict[str, Any] = plain({**head, "demo": board.demo, "weather": weather, "targets": rows})
    return facts


def _shown(row: Row) -> str:
    """The figure the state rests on: the official one, marked 通报, before the computed one."""
    if row.official is not None:
        return f"{with_unit(row.official.value, row.value.unit)} 通报"
    from guatu.judge.status import told

    number = told(row.target, row.value, row.status)
    return "—" if number is None else with_unit(number, row.value.unit)


def _remark(row: Row) -> str:
    """What stands beside the state: the room left, and where an official figure decides, that it does."""
    told = [row.status.note] if row.official is not None or row.room is None else []
    told += [row.room.sentence] if row.room is not None and row.room.sentence not in told else []
    return "；".join(part for part in told if part)


def _line(step: Step) -> str:
    from rich.markup import escape

    text = escape(step.text) + (f"  [bold]{escape(step.figure)}[/bold]" if step.figure else "")
    if step.clause:
        sure = f"，{step.confidence}" if step.confidence else ""
        text += f"  [dim]〔{escape(step.clause)}{sure}〕[/dim]"
    return text


def _grow(tree: Tree, step: Step, full: bool) -> None:
    """Add the steps below; of a month only the days that open further, unless all are asked for."""
    for below in step.below:
        days = [child for child in below.below if child.address]
        closed = [child for child in days if not child.below]
        branch = tree.add(_line(below))
        if not full and len(closed) > 1 and len(days) == len(below.below):
            shown = [child for child in below.below if child.below]
            for child in shown:
                _grow(branch.add(_line(child)), child, full)
            which = f"其余 {len(closed)} 天" if shown else f"共 {len(closed)} 天"
            branch.add(f"[dim]{which}，加 --full 逐日列出；单看一天如 guatu explain {closed[0].address}[/dim]")
        else:
            _grow(branch, below, full)
