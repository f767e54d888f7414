"""guatu demo DIR: make the demonstration workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command that makes the demonstration."""
    app.command("demo")(demo)


def demo(folder: Annotated[Path, typer.Argument(help="新文件夹")]) -> None:
    """建一个演示工作区：结构取自公开的年度工作要点，观测数据由程序生成，非实测。"""
    from guatu.demo.make import TODAY, make

    make(folder)
    typer.echo(f"已建好 {folder}，数据到 {TODAY}。演示数据，非实测")
    typer.echo(f"看状态：guatu -C {folder} status --as-of {TODAY}")
    typer.echo(f"看来历：guatu -C {folder} explain pm25_mean/市中心城区/2021@{TODAY}")
