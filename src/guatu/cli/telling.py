"""What the commands of the judging room share: the day asked for, numbers with units, tables, the foot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from guatu.judge.board import Board
    from guatu.load.workspace import Workspace

DEMO = "演示数据，非实测"
WIDE = 160  # columns where the output goes to a file or another program
AS_OF = "按哪一天所知，如 2021-10-11；默认今天，演示工作区默认数据的最后一天"
AsOf = Annotated[str, typer.Option("--as-of", help=AS_OF)]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def known_on(ws: Workspace, as_of: str) -> date:
    """The day asked for, else the one to judge on; see guatu.judge.daily.today_of."""
    from guatu.judge.daily import today_of

    try:
        return date.fromisoformat(as_of) if as_of else today_of(ws)
    except ValueError:
        raise typer.BadParameter(f"“{as_of}”不是日期，写作 2021-10-11", param_hint="--as-of") from None


def board_asked(context: typer.Context, as_of: str) -> tuple[Workspace, Board]:
    """The workspace of a command, and its board on the day asked for."""
    from guatu.judge.board import board_of, plan_of
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    return ws, board_of(ws, plan_of(ws), known_on(ws, as_of))


def plain(value: Any) -> Any:
    """JSON values: decimals and dates as text, so that no binary float enters."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def printed(thing: Any) -> None:
    """Print tables and trees: to the terminal at its width, else wide."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    console.print(thing)


def foot(ws: Workspace, board: Board) -> None:
    """Under every table: how far the data reach, and whether they are made up."""
    for product in board.weather:
        typer.echo(f"气象部门：{product.words}")
    until = board.data_until or "没有数据"
    typer.echo(f"数据到 {until}，版本 {board.data_version or '无'}；{len(board.rows)} 项目标")
    if ws.demo:
        typer.echo(DEMO)
