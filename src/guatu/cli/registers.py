"""guatu papers, sessions, meetings, receipts, projects: the registers an office keeps beside its measures."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guatu.cli.duties import AsOf, Person, day_of, opened
from guatu.errors import GuatuError

if TYPE_CHECKING:
    from guatu.act.registers import Register
    from guatu.load.workspace import Workspace

HELP = {
    "papers": "文件制定台账：起草、征求意见、审查、审议、印发、备案。",
    "sessions": "会议：筹备、召开、纪要印发。",
    "meetings": "议定事项与批示：登记、办理，列为措施。",
    "receipts": "文件签收与县区实施方案：谁没有签收，谁没有出方案。",
    "projects": "重大工程：进度、资金来源、已支付、服务的措施和目标。",
}
Said = Annotated[list[str] | None, typer.Argument(help="项目=内容，如 起草单位=市住建局；文件类写路径")]
Name = Annotated[str, typer.Argument(help="编号，如 W001")]
Reason = Annotated[str, typer.Option(help="理由；退回上一步时必须写")]


def register(app: typer.Typer) -> None:
    """Add the commands of every register."""
    for page, words in HELP.items():
        part = typer.Typer(no_args_is_help=True, help=words)
        for name, make in (("list", _list), ("gaps", _gaps), ("add", _add), ("move", _move), ("show", _show)):
            part.command(name)(make(page))
        if page in ("papers", "receipts"):
            part.command("begin")(_begin(page))
        if page == "meetings":
            part.command("measure")(measure)
        app.add_typer(part, name=page)


def _list(page: str) -> Callable[..., None]:
    def command(
        context: typer.Context,
        state: Annotated[str, typer.Option(help="只看这个状态；未办完：只看还欠着的")] = "",
        as_of: AsOf = None,
        out: Annotated[Path | None, typer.Option("--out", "-o", help="写成 docx 或 xlsx")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    ) -> None:
        """列出各条和一句小结，与网页相同。"""
        _told(opened(context), page, state, day_of(as_of), out, as_json)

    return command


def _gaps(page: str) -> Callable[..., None]:
    def command(context: typer.Context, as_of: AsOf = None) -> None:
        """还欠着的：谁没有印发、没有办结、没有签收、没有出方案、没有建成。"""
        from guatu.act.registers import OPEN

        _told(opened(context), page, OPEN, day_of(as_of), None, False)

    return command


def _told(ws: Workspace, page: str, state: str, day: date, out: Path | None, as_json: bool) -> None:
    from guatu.act import registers
    from guatu.office import records, registering

    kind = registering.of_page(page)
    found = records.of_kind(kind.id)
    heads, rows = registers.heads(kind), registers.rows(kind, found, day, state)
    if out is not None:
        from guatu.report.plain_table import table_docx, table_xlsx

        make = table_docx if out.suffix.lower() == ".docx" else table_xlsx
        out.write_bytes(make(f"{ws.name}{kind.title}", heads, rows, ws.demo))
        typer.echo(f"已写出 {out}，{len(rows)} 条")
    elif as_json:
        typer.echo(json.dumps([dict(zip(heads, row, strict=True)) for row in rows], ensure_ascii=False, indent=2))
    else:
        for cells in (heads, *rows):
            typer.echo("\t".join(cells))
        typer.echo(registers.summary(kind, found, day))


def _add(page: str) -> Callable[..., None]:
    def command(context: typer.Context, said: Said = None, person: Person = "") -> None:
        """登记一条：项目=内容，可写多个。"""
        ws = opened(context)
        from guatu.office import registering

        kind = registering.of_page(page)
        name = registering.add(kind, _values(ws, kind, said or []), person or getuser())
        typer.echo(f"已登记 {name}")

    return command


def _move(page: str) -> Callable[..., None]:
    def command(
        context: typer.Context,
        name: Name,
        state: Annotated[str, typer.Argument(help="到哪一步；写 - 只改内容")],
        said: Said = None,
        reason: Reason = "",
        person: Person = "",
    ) -> None:
        """推进到下一步，或改内容；每一次都记入留痕。"""
        ws = opened(context)
        from guatu.office import registering

        kind = registering.of_page(page)
        values = _values(ws, kind, said or []) | ({} if state == "-" else {"state": state})
        changed = registering.change(kind, name, values, person or getuser(), reason)
        typer.echo(f"{name} 已更新" if changed else f"{name} 没有变动")

    return command


def _show(page: str) -> Callable[..., None]:
    def command(context: typer.Context, name: Name) -> None:
        """一条的全部内容和来去。"""
        opened(context)
        from guatu.cli.duties import entry_line
        from guatu.office import records, registering

        kind = registering.of_page(page)
        found = records.get(f"{kind.id}/{name}")
        typer.echo(f"{name}\t{found.get('state', '没有这一条')}")
        for column in kind.fields.values():
            if found.get(column.id):
                typer.echo(f"{column.title}\t{found[column.id]}")
        for one in records.history(f"{kind.id}/{name}"):
            typer.echo(entry_line(one))

    return command


def _begin(page: str) -> Callable[..., None]:
    def command(context: typer.Context, person: Person = "") -> None:
        """从年度文件登记要制定的文件和要签收的单位，只登一次。"""
        ws = opened(context)
        from guatu.office import registering

        made = registering.begin(ws, person or getuser())
        typer.echo(f"登记了 {made['paper']} 份文件、{made['receipt']} 个签收单位")

    return command


def measure(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="编号；不写就是全部还没有列的")] = None,
    person: Person = "",
) -> None:
    """把议定事项、批示列为措施，按月收进展，出处写明。"""
    opened(context)
    from guatu.office import registering

    who = person or getuser()
    made = [registering.to_measure(name, who) for name in names] if names else registering.all_to_measures(who)
    typer.echo(f"已列为措施 {'、'.join(made)}" if made else "都已列为措施")


def _values(ws: Workspace, kind: Register, said: list[str]) -> dict[str, str]:
    """Column → value of words like 起草单位=市住建局; a file is kept among the proof."""
    from guatu.office import proof

    titles = {column.title: column.id for column in kind.fields.values()}
    found = {}
    for words in said:
        title, sign, value = words.partition("=")
        column = titles.get(title, title)
        if not sign or column not in kind.fields:
            raise GuatuError.of(
                f"no column {title}", "G-OFFICE-63", kind.title, f"“{words}”不是“项目=内容”", "不知记在哪里",
                f"项目有 {'、'.join(titles)}",
            )  # fmt: skip
        if kind.fields[column].kind == "file":
            path = Path(value)
            if not path.is_file():
                raise GuatuError.of(
                    f"no file {value}", "G-OFFICE-63", kind.title, f"没有文件“{value}”", "附件存不进来", "核对路径"
                )
            value = proof.keep(ws, path)
        found[column] = value
    return found
