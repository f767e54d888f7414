"""guatu status, room, explain: where each target stands, what is left, and why a figure is what it is."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.tree import Tree

    from guatu.base.value import Step
    from guatu.judge.board import Board, Row
    from guatu.load.workspace import Workspace

DEMO = "演示数据，非实测"
SHAPE = {"met": "●", "aspired": "●★", "close": "▲", "behind": "□", "missed": "■", "undecided": "◌"}
UNITS = {"ug/m3": "µg/m³", "mg/m3": "mg/m³", "index": ""}
TIGHTEST = 5  # items of sections shown where not all are asked for
WIDE = 160  # columns where the output goes to a file or another program
AS_OF = "按哪一天所知，如 2021-10-11；默认今天，演示工作区默认数据的最后一天"
AsOf = Annotated[str, typer.Option("--as-of", help=AS_OF)]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def register(app: typer.Typer) -> None:
    """Add the commands of the judging room."""
    app.command("status")(status)
    app.command("room")(room)
    app.command("explain")(explain)
    app.command("official")(official)


def status(context: typer.Context, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """每个目标的状态：现值、是否达标、余量；判不了的写明原因。"""
    ws, board = _board(context, as_of)
    if as_json:
        typer.echo(json.dumps(_facts(board), ensure_ascii=False, indent=1))
        return
    from rich.table import Table

    table = Table(title=f"{ws.name} 目标状态（按 {board.as_of} 所知）", title_justify="left")
    for heading in ("", "编号", "目标", "范围", "要求", "现值", "状态", "余量或原因"):
        table.add_column(heading, no_wrap=heading in ("", "编号", "要求", "现值", "状态"), overflow="fold")
    for row in board.rows:
        state = row.status
        table.add_row(
            SHAPE[state.code],
            row.target.id,
            row.target.indicator,
            row.target.scope,
            _wanted(row),
            _shown(row),
            state.word,
            state.reason or _remark(row),
        )
    _print(table)
    _foot(ws, board)


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
    ws, board = _board(context, as_of)
    rows = [row for row in board.rows if row.room]
    if not as_json:
        typer.echo(f"{ws.name} 余量（按 {board.as_of} 所知）")
    if as_json:
        facts = [{"target": row.target.id, "room": _plain(asdict(row.room))} for row in rows if row.room]
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for row in rows:
        left = row.room
        if left is None:
            continue
        typer.echo(f"{row.target.id} {row.target.scope} {row.target.indicator} {_wanted(row)}：{left.sentence}")
        if left.kind == "mean" and left.rest is not None:
            strict = f"不计修约 {left.rest_strict}，按日历天数 {left.rest_calendar}"
            typer.echo(f"    有效 {left.valid}／{left.expected} 天，余 {left.days_left} 天；{strict}")
        elif left.kind == "days" and left.outcome == "open":
            spare = f"按日历天数还可超标 {left.bad_left_calendar} 天"
            typer.echo(
                f"    已超标 {left.bad_used} 天，余 {left.days_left} 天；{spare}；最早 {left.first_loss} 可能落空"
            )
        for told in _below(ws, row, board.as_of, every):
            typer.echo(f"    {told}")
    if not rows:
        typer.echo("没有可算余量的目标")
    _foot(ws, board)


def _below(ws: Workspace, row: Row, day: date, every: bool) -> list[str]:
    """Under a target: its counties, or its sections item by item, the tightest first."""
    from guatu.judge.room_places import rooms_by_place
    from guatu.judge.room_water import section_rooms

    if row.target.indicator_id == "sw_good_ratio":
        found = [one.sentence for one in section_rooms(ws, row.target.scope, day)]
        return found if every or len(found) <= TIGHTEST else [*found[:TIGHTEST], f"其余 {len(found) - TIGHTEST} 项较松"]
    places = rooms_by_place(ws, row.target, row.value.period, day)
    return [f"{name}（{number}）：{left.sentence}" for name, number, left in places]


def _water(context: typer.Context, place: str, as_of: str, as_json: bool) -> None:
    from guatu.judge.room_water import section_rooms
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    found = section_rooms(ws, place, day)
    if as_json:
        typer.echo(json.dumps([_plain(asdict(one)) for one in found], ensure_ascii=False, indent=1))
        return
    typer.echo(f"{place} 余量（按 {day} 所知）")
    for one in found:
        typer.echo(f"    {one.sentence}")
    if not found:
        typer.echo("没有这个断面或清单的监测数据")
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
        typer.echo(json.dumps({**_plain(asdict(value)), "demo": ws.demo}, ensure_ascii=False, indent=1))
        return
    from rich.tree import Tree

    tree = Tree(_line(value.why))
    _grow(tree, value.why, full)
    _print(tree)
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


def known_on(ws: Workspace, as_of: str) -> date:
    """The day asked for, else the one to judge on; see guatu.judge.daily.today_of."""
    from guatu.judge.daily import today_of

    try:
        return date.fromisoformat(as_of) if as_of else today_of(ws)
    except ValueError:
        raise typer.BadParameter(f"“{as_of}”不是日期，写作 2021-10-11", param_hint="--as-of") from None


def _board(context: typer.Context, as_of: str) -> tuple[Workspace, Board]:
    from guatu.judge.board import board_of, plan_of
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    return ws, board_of(ws, plan_of(ws), known_on(ws, as_of))


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
                "address": f"{value.address}@{board.as_of}",
            }
        )
    head = {"as_of": board.as_of, "data_until": board.data_until, "data_version": board.data_version}
    weather = [asdict(product) for product in board.weather]
    plain: dict[str, Any] = _plain({**head, "demo": board.demo, "weather": weather, "targets": rows})
    return plain


def _plain(value: Any) -> Any:
    """JSON values: decimals and dates as text, so that no binary float enters."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _wanted(row: Row) -> str:
    target = row.target
    if isinstance(target.value, tuple):
        return f"{target.value[0]}～{_with_unit(target.value[1], target.unit)}"
    if not isinstance(target.value, Decimal):
        return "时序进度" if target.op == "schedule" else "—"
    sign = {"<=": "≤", ">=": "≥", "==": "=", ">": ">", "~": "约"}.get(target.op, target.op)
    aspired = f"，力争 {target.stretch}" if target.stretch is not None else ""
    return f"{sign} {_with_unit(target.value, target.unit)}{aspired}"


def _shown(row: Row) -> str:
    """The figure the state rests on: the official one, marked 通报, before the computed one."""
    if row.official is not None:
        return f"{_with_unit(row.official.value, row.value.unit)} 通报"
    return "—" if row.value.number is None else _with_unit(row.value.number, row.value.unit)


def _remark(row: Row) -> str:
    """What stands beside the state: the room left, and where an official figure decides, that it does."""
    told = [row.status.note] if row.official is not None or row.room is None else []
    told += [row.room.sentence] if row.room is not None and row.room.sentence not in told else []
    return "；".join(part for part in told if part)


def _with_unit(number: Decimal, unit: str | None) -> str:
    """A number as it is written: a space before letters, none before the per cent sign."""
    printed = UNITS.get(unit or "", unit or "")
    return f"{number}{printed}" if printed in ("", "%") else f"{number} {printed}"


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
            branch.add(
                f"[dim]其余 {len(closed)} 天：加 --full 展开，或逐日查看，如 guatu explain {closed[0].address}[/dim]"
            )
        else:
            _grow(branch, below, full)


def _print(thing: Any) -> None:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    console.print(thing)


def _foot(ws: Workspace, board: Board) -> None:
    for product in board.weather:
        typer.echo(f"气象部门：{product.words}")
    until = board.data_until or "没有数据"
    typer.echo(f"数据到 {until}，版本 {board.data_version or '无'}；{len(board.rows)} 项目标")
    if ws.demo:
        typer.echo(DEMO)
