"""guatu loads: what was loaded, by whom and when; and taking the newest load back."""

from __future__ import annotations

import csv
import sys
from getpass import getuser
from typing import Annotated

import typer

loads = typer.Typer(invoke_without_command=True, help="入库历史：谁、何时、哪个文件、多少行；撤销最近的一批。")


def register(app: typer.Typer) -> None:
    """Add the commands of the history of loads."""
    app.add_typer(loads, name="loads")


@loads.callback()
def show(
    context: typer.Context,
    kind: Annotated[str, typer.Option(help="只看这一种，如 figures、air-hourly")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV")] = False,
) -> None:
    """入库历史，新的在前，与网页相同。"""
    if context.invoked_subcommand:
        return
    from guatu.load.history import HEADS, history
    from guatu.load.workspace import Workspace

    found = [one for one in history(Workspace.open(context.obj).data) if not kind or one.address.startswith(f"{kind}/")]
    if as_csv:
        csv.writer(sys.stdout).writerows([HEADS, *(one.row for one in found)])
        return
    for one in found:
        who = f"，{one.person}" if one.person else ""
        typer.echo(
            f"{one.address}  {one.title}  {one.file}  {one.rows:,} 行  {one.at[:16]}{who}  {one.form}  {one.state}"
        )
        why = f"；原因：{one.reason}" if one.reason else ""
        typer.echo(f"    {one.form}{why}；{one.state}；SHA-256 {one.sha256}")
    typer.echo(f"共 {len(found)} 批")


@loads.command("undo")
def undo(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="批次，如 figures/0003")],
    reason: Annotated[str, typer.Option(help="为什么撤销")],
    person: Annotated[str, typer.Option(help="经手人")] = "",
) -> None:
    """撤销最近的一批：各数回到这一批入库以前；历史留着谁、何时、为什么。"""
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    who = person or getuser()
    if ws.database.is_file():
        from guatu.cli.duties import opened

        opened(context)
        from guatu.office.intake import taking

        back, changes = taking.undo(ws, address, reason, who)
    else:
        from guatu.load import history

        back, changes = history.undo(ws, address, reason=reason, person=who), ()
    typer.echo(f"已撤销 {back.address}（{back.file}，{back.rows:,} 行），各数回到这一批入库以前")
    for change in changes:
        typer.echo(f"  {change}")
