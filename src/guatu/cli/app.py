"""The commands, gathered; each command imports its room only when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guatu.cli import (
    backtest,
    collect,
    compute,
    demo,
    duties,
    figures,
    init,
    judge,
    ledger,
    load,
    office,
    plan,
    read,
    room,
    target,
    warn,
    why,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="挂图作战：从年度工作要点和监测数据，到指标、状态、任务和报告。",
)


@app.callback()
def workspace(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("-C", "--workspace", help="工作区文件夹，默认为当前文件夹")] = Path(),
) -> None:
    """挂图作战：从年度工作要点和监测数据，到指标、状态、任务和报告。"""
    context.obj = folder


init.register(app)
read.register(app)
compute.register(app)
backtest.register(app)
office.register(app)
duties.register(app)
collect.register(app)
ledger.register(app)
load.register(app)
figures.register(app)
judge.register(app)
room.register(app)
target.register(app)
why.register(app)
warn.register(app)
plan.register(app)
demo.register(app)
