"""guatu notice: a notice read, looked at entry by entry, checked off; only then it is the office's plan."""

from __future__ import annotations

from collections.abc import Callable
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from guatu.cli.duties import Person, opened

Number = Annotated[str, typer.Argument(help="文件编号，如 N001")]


def register(app: typer.Typer) -> None:
    """Add ``guatu notice``."""
    group = typer.Typer(no_args_is_help=True, help="文件复核：读入、逐条确认更正、主任校核、生效。")
    for name, command in _COMMANDS.items():
        group.command(name)(command)
    app.add_typer(group, name="notice")


def upload(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="通知文件", exists=True, dir_okay=False)],
    amends: Annotated[bool, typer.Option("--amends", help="这份文件修改现行目标的数，不是新的年度文件")] = False,
    person: Person = "",
) -> None:
    """读入一份文件，等人复核；现行计划不变。"""
    ws = opened(context)
    from guatu.office.reading import looks, shelf

    use = shelf.AMENDING if amends else shelf.ANNUAL
    number = shelf.upload(ws, file.name, file.read_bytes(), use, person or getuser())
    counts = looks.counts(looks.looked(ws, number))
    typer.echo(f"已读入 {number}：" + "，".join(f"{word} {many} 条" for word, many in counts.items() if many))


def shelf(context: typer.Context) -> None:
    """读入过的文件和它们的状态。"""
    opened(context)
    from guatu.office import records

    found = records.of_kind("notice")
    for number, one in found.items():
        signed = f"{one['signer']} {one['signed_on']}{one.get('recorded', '')}" if one.get("signer") else "未校核"
        typer.echo(f"{number}\t{one['use']}\t{one['status']}\t{one.get('number', '')}\t{one['title']}\t{signed}")
    if not found:
        typer.echo("还没有文件：用 guatu notice upload 读入")


def show(
    context: typer.Context,
    number: Number,
    item: Annotated[str, typer.Argument(help="条目编号，如 T26；不写就列出全部")] = "",
) -> None:
    """列出各条的状态，有疑点的在前；写编号则看它的字段和出处。"""
    ws = opened(context)
    from guatu.office.reading import looks

    found = looks.looked(ws, number)
    for one in found:
        if item and one.item.id != item:
            continue
        told = f"{one.item.title}　{one.item.demand}".rstrip("　")
        typer.echo(f"{one.item.id}\t{one.state}\t{told}" + (f"\t{one.by} {one.on}" if one.by else ""))
        for note in one.item.doubts:
            if one.item.kind != "note":
                typer.echo(f"\t▲ {note.text}")
        for field, value, said in one.rows if item else ():
            was = f"（读出时：{said['was'] or '空'}）" if "was" in said else ""
            typer.echo(f"\t{field.name}\t{field.label}\t{value or '—'}{was}\t{field.origin}\t{said.get('act', '')}")
    typer.echo("，".join(f"{word} {many} 条" for word, many in looks.counts(found).items()))


def confirm(
    context: typer.Context,
    number: Number,
    items: Annotated[list[str] | None, typer.Argument(help="条目编号")] = None,
    rest: Annotated[bool, typer.Option("--rest", help="没有疑点、还没有核的全部确认")] = False,
    person: Person = "",
) -> None:
    """确认条目与原件一致；T26.value 只确认一个字段。"""
    ws = opened(context)
    from guatu.office.reading import looks

    who = person or getuser()
    for one in items or ():
        name, _, field = one.partition(".")
        looks.confirm(ws, number, name, field, who)
        typer.echo(f"{one} 已确认")
    if rest:
        typer.echo(f"确认了没有疑点的 {looks.confirm_rest(ws, number, who)} 条")


def correct(
    context: typer.Context,
    number: Number,
    item: Annotated[str, typer.Argument(help="条目编号，如 T26")],
    changes: Annotated[list[str], typer.Argument(help="字段=新值，如 value=90；字段名见 show")],
    person: Person = "",
) -> None:
    """更正读错的字段，其余一并确认；谁改的、原来是什么写进计划。"""
    ws = opened(context)
    from guatu.office.reading import looks

    said = dict(one.split("=", 1) for one in changes if "=" in one)
    if len(said) != len(changes):
        raise typer.BadParameter("每处写成 字段=新值", param_hint="CHANGES")
    typer.echo(f"{item} 更正 {looks.correct(ws, number, item, said, person or getuser())} 处，其余已确认")


def aside(
    context: typer.Context,
    number: Number,
    item: Annotated[str, typer.Argument(help="条目编号；T26.value 只挂起一个字段")],
    reason: Annotated[str, typer.Option(help="为什么挂起")] = "",
    person: Person = "",
) -> None:
    """挂起：校核后也不生效，留在缺口里，随时可以再核。"""
    ws = opened(context)
    from guatu.office.reading import looks

    name, _, field = item.partition(".")
    looks.set_aside(ws, number, name, field, person or getuser(), reason)
    typer.echo(f"{item} 已挂起")


def undo(
    context: typer.Context, number: Number, item: Annotated[str, typer.Argument(help="条目编号")], person: Person = ""
) -> None:
    """撤销对一条的核对。"""
    ws = opened(context)
    from guatu.office.reading import looks

    looks.undo(ws, number, item, person or getuser())
    typer.echo(f"{item} 的核对已撤销")


def check(
    context: typer.Context,
    number: Number,
    signer: Annotated[str, typer.Option(help="校核人（没有账号时由经办代录）")],
    scan: Annotated[Path, typer.Option(help="签字件的扫描，图片或 PDF", exists=True, dir_okay=False)],
    paper: Annotated[str, typer.Option("--number", help="文号")],
    on: Annotated[str, typer.Option(help="签批日期，如 2021-03-10")],
    person: Person = "",
) -> None:
    """代录校核：计划生效，或目标有了新版本。主任有账号的须本人在网页里签。"""
    ws = opened(context)
    from guatu.office import proof, signing
    from guatu.office.models import Role
    from guatu.office.reading import checking

    who = person or getuser()
    said = {"signer": signer, "number": paper, "on": on}
    signed = signing.from_paper(who, Role.OFFICE_CLERK, said, proof.keep(ws, scan))
    typer.echo(checking.check_off(ws, number, signed, who))


def reopen(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="理由")],
    person: Person = "",
) -> None:
    """重新打开已校核的文件；再次校核前原来的照旧生效。"""
    opened(context)
    from guatu.office.reading import checking

    checking.reopen(number, person or getuser(), reason)
    typer.echo(f"{number} 已重新打开")


_COMMANDS: dict[str, Callable[..., None]] = {
    **{"upload": upload, "list": shelf, "show": show, "confirm": confirm, "correct": correct, "aside": aside},
    **{"undo": undo, "check": check, "reopen": reopen},
}
