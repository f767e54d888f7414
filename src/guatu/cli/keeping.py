"""guatu backup, guatu restore, guatu doctor: keep an office, bring it back, find what is wrong with it."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from guatu.cli.office import prepare


def register(app: typer.Typer) -> None:
    """Add the commands that keep an office alive."""
    app.command()(backup)
    app.command()(restore)
    app.command()(doctor)


def backup(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="文件或文件夹", help="备份文件 xxx.zip，或放备份的文件夹（自动起名）")],
) -> None:
    """备份：网页开着也能备，库、佐证、数据、计划都在里面，附每个文件的校验值。"""
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    prepare(ws.folder)  # no migration here: what is to be upgraded is backed up before
    from guatu.office.keeping.backup import backup as make

    path, held = make(ws, out)
    size = path.stat().st_size / 2**20
    typer.echo(f"已备份到 {path}（{size:.1f} MB，{len(held.files)} 个文件，逐个回读核对过）")
    typer.echo(f"留痕末笔 {held.entries}:{held.tip}" if held.entries else "还没有留痕")
    if (ws.folder / ".identity-key").exists():
        typer.echo("来信来电人是加密的，密钥 .identity-key 不在备份里：请由专人另行保管，恢复后放回工作区文件夹")
    typer.echo("里面有账号和全部业务数据，请妥善保管；末笔抄在别处，日后可用 guatu log verify --known 比对")


def restore(
    file: Annotated[Path, typer.Argument(metavar="备份文件", help="guatu backup 做的 zip")],
    folder: Annotated[Path, typer.Argument(metavar="新文件夹", help="恢复到哪里；里面不能有东西")],
) -> None:
    """恢复：先核对每个文件和留痕，再放到新文件夹；设了 GUATU_DATABASE_URL 就恢复到那个空库里。"""
    from guatu.office.keeping import archive

    url = os.environ.pop("GUATU_DATABASE_URL", "")
    held = archive.check(file)
    aside = archive.room_beside(folder, held.size)
    try:
        archive.check(file, aside)
        prepare(aside)
        from guatu.office.keeping import restore as doing

        doing.check_log(aside, held)
        rows = doing.move_to(url) if url else 0
        doing.settle(aside, folder, bool(url))
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    typer.echo(f"已恢复 {held.city} 在 {held.made[:16].replace('T', ' ')} 的备份到 {folder}")
    end = f"，末笔 {held.entries}:{held.tip}" if held.entries else ""
    typer.echo(f"{len(held.files)} 个文件与清单一致，留痕 {held.entries} 笔完好{end}")
    if url:
        typer.echo(f"库里的 {rows} 行已移到 GUATU_DATABASE_URL 指的数据库，逐行核对一致")


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """体检：安装、工作区、数据库、留痕、数据、时钟，哪里不对、怎么办；有问题退出码为 1。"""
    from guatu.office.keeping.doctor import examine
    from guatu.office.keeping.finding import HINT, WRONG

    found = examine(context.obj, prepare)
    number = {level: sum(one.level == level for one in found) for level in (WRONG, HINT)}
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            typer.echo(str(one))
        typer.echo(f"查了 {len(found)} 项：{number[WRONG]} 项有问题，{number[HINT]} 项提示")
    if number[WRONG]:
        raise typer.Exit(1)
