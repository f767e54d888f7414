"""The commands, gathered: a command's file is opened when its name is called, so a short command starts at once."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

# File of this folder -> the commands it registers, in the order of the help page.
FILES = {
    "init": ("init",),
    "read": ("read",),
    "compute": ("compute",),
    "backtest": ("backtest",),
    "office": ("serve", "user"),
    "notice": ("notice",),
    "bodies": ("body", "county"),
    "duties": ("duties", "log"),
    "collect": ("collect",),
    "registers": ("papers", "sessions", "meetings", "receipts", "projects"),
    "ledger": ("ledger", "tick"),
    "load": ("load",),
    "loads": ("loads",),
    "rules": ("rules",),
    "owes": ("owes",),
    "maps": ("map",),
    "figures": ("figures",),
    "judge": ("status", "explain", "official"),
    "room": ("room",),
    "sections": ("sections",),
    "target": ("target",),
    "why": ("why",),
    "warn": ("warn",),
    "plan": ("plan",),
    "score": ("score",),
    "witnesses": ("witnesses",),
    "report": ("report",),
    "demo": ("demo",),
    "keeping": ("backup", "restore", "doctor"),
    "token": ("token",),
}
FILE_OF = {command: file for file, commands in FILES.items() for command in commands}


class Commands(TyperGroup):
    """The commands of ``FILES``, each made when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, for the help page."""
        return list(FILE_OF)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None; imports its file."""
        if cmd_name not in FILE_OF:
            return None
        return registered(FILE_OF[cmd_name])[cmd_name]


def registered(file: str) -> dict[str, Any]:
    """The commands that a file of this folder registers, by name."""
    part = typer.Typer(pretty_exceptions_enable=False)
    import_module(f"guatu.cli.{file}").register(part)
    part.callback()(workspace)  # with a callback a single command is still a named one of a group
    return dict(get_group(part).commands)


def workspace(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("-C", "--workspace", help="工作区文件夹，默认为当前文件夹")] = Path(),
) -> None:
    """挂图作战：从年度工作要点和监测数据，到指标、状态、任务和报告。"""
    context.obj = folder


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="挂图作战：从年度工作要点和监测数据，到指标、状态、任务和报告。",
)
app.callback()(workspace)
