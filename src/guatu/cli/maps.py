"""guatu map: an office's own boundaries and points, from GeoJSON in a stated datum."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

maps = typer.Typer(
    no_args_is_help=True, help="地图：收自己的县区边界和站点断面坐标（GeoJSON），填审图号；没有时画示意图。"
)
Datum = Annotated[str, typer.Option(help="坐标系：wgs84、gcj02（高德、腾讯等）、cgcs2000（2000 国家大地坐标）")]
PersonOption = Annotated[str, typer.Option(help="经手人")]


def register(app: typer.Typer) -> None:
    """Add the commands of the map."""
    app.add_typer(maps, name="map")


@maps.command("load")
def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="GeoJSON 文件")],
    datum: Datum,
    kind: Annotated[str, typer.Option(help="areas 县区边界，points 站点和断面")] = "areas",
    approval: Annotated[str, typer.Option(help="审图号，如 赣S(2021)023号；公开登载必须有")] = "",
    leave_unknown: Annotated[bool, typer.Option("--leave-unknown", help="没有登记的不收")] = False,
    check_only: Annotated[bool, typer.Option("--check", help="只检查，不收")] = False,
    person: PersonOption = "",
) -> None:
    """检查一份边界或点位，换成 WGS-84 收下；有一处错就全不收，并列出每一处。"""
    from guatu.load.geography import kept
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    if check_only:
        kept.checked_approval(approval)
        content, notes = kept.check(ws, file, kind, datum, leave_unknown=leave_unknown)
        typer.echo(f"{file.name}：检查通过，没有收，{kept.KINDS[kind]} {len(content)} 个")
    else:
        done, notes = kept.store(
            ws, file, kind, datum, leave_unknown=leave_unknown, approval=approval, person=person or getuser()
        )
        typer.echo(f"{file.name}：已收，第 {done.number} 次，{kept.KINDS[kind]} {done.count} 个")
    for note in notes:
        typer.echo(f"  {note}")


@maps.command("show")
def show(context: typer.Context) -> None:
    """现在用的是哪份边界和点位，收过哪些，图上印什么。"""
    from guatu.load.geography import kept
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    atlas = kept.atlas_of(ws)
    for one in reversed(kept.loads_of(ws)):
        typer.echo("  ".join(kept.row(one, atlas)))
    typer.echo(f"图上印：{kept.note_of(atlas)}")


@maps.command("approval")
def approval(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="第几次收的")],
    words: Annotated[str, typer.Argument(help="审图号；空着就是去掉")] = "",
    person: PersonOption = "",
) -> None:
    """填一份边界的审图号，印在图上。"""
    from guatu.load.geography import kept
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    kept.approve(ws, number, words, person=person or getuser())
    typer.echo(f"图上印：{kept.note_of(kept.atlas_of(ws))}")


@maps.command("undo")
def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="第几次收的")],
    reason: Annotated[str, typer.Option(help="为什么撤下")],
    person: PersonOption = "",
) -> None:
    """撤下一份边界或点位，回到前一份；没有前一份就画示意图。"""
    from guatu.load.geography import kept
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    back = kept.undo(ws, number, reason=reason, person=person or getuser())
    typer.echo(f"已撤下第 {back.number} 次（{back.file}）。图上印：{kept.note_of(kept.atlas_of(ws))}")
