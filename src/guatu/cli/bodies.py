"""guatu body, guatu county: the dated tree of places and bodies; a county hands down and merges what comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from getpass import getuser
from typing import Annotated

import typer

from guatu.cli.duties import AsOf, Person, day_of, opened

Code = Annotated[str, typer.Argument(help="编号，用 guatu body list 查")]
On = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="从哪天起；撤销是到哪天为止")]
Why = Annotated[str, typer.Option("--reason", help="依据，如文号")]
County = Annotated[str, typer.Argument(help="县（市、区）")]
Measure = Annotated[str, typer.Argument(help="措施编号")]
To = Annotated[str, typer.Argument(help="它的部门或乡镇")]


def register(app: typer.Typer) -> None:
    """Add the commands of the tree and of handing down."""
    for name, words, commands in (
        ("body", "地区和单位：按日期登记、更名、改上级、撤销。", _BODY),
        ("county", "转办：县（市、区）转给自己的部门和乡镇，汇总回来的。", _COUNTY),
    ):
        group = typer.Typer(no_args_is_help=True, help=words)
        for verb, command in commands.items():
            group.command(verb)(command)
        app.add_typer(group, name=name)


def begin(context: typer.Context, person: Person = "") -> None:
    """把 guatu.toml 里的地区和单位登记进来，已有的不动。"""
    ws = opened(context)
    from guatu.office.people import bodies

    typer.echo(f"登记了 {bodies.begin(ws, person or getuser())} 个")


def show(context: typer.Context, as_of: AsOf = None) -> None:
    """某一天的地区和单位，下级缩进；附曾用名。"""
    opened(context)
    from guatu.act.bodies import walk
    from guatu.office.people import bodies

    for depth, node, spell in walk(bodies.tree(), day_of(as_of)):
        former = "、".join(name for name in node.names if name != spell.name)
        typer.echo(f"{node.code}\t{'　' * depth}{spell.name}\t{node.kind}" + (f"\t曾用名 {former}" if former else ""))


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="名称")],
    under: Annotated[str, typer.Option(help="上级的编号")] = "city",
    kind: Annotated[str, typer.Option(help="类别：市 区 县 县级市 功能区 乡镇 部门 党委部门 群组 企业")] = "部门",
    reason: Why = "",
    person: Person = "",
) -> None:
    """登记一个地区或单位。"""
    opened(context)
    from guatu.office.people import bodies

    typer.echo(f"{bodies.add(name, kind, under, None, person or getuser(), reason)} {name}")


def rename(
    context: typer.Context, code: Code, name: Annotated[str, typer.Argument(help="新名称")], on: On, reason: Why,
    person: Person = "",
) -> None:  # fmt: skip
    """更名：措施和账号随之改名，此前的月份仍用原名。"""
    opened(context)
    from guatu.office.people import bodies

    number = bodies.rename(code, name, on.date(), person or getuser(), reason)
    typer.echo(f"{code} 自 {on.date()} 起为{name}，{number} 处措施和账号随之改名")


def move(
    context: typer.Context, code: Code, under: Annotated[str, typer.Argument(help="新上级的编号")], on: On,
    reason: Why, person: Person = "",
) -> None:  # fmt: skip
    """改上级。"""
    opened(context)
    from guatu.office.people import bodies

    bodies.move(code, under, on.date(), person or getuser(), reason)
    typer.echo(f"{code} 自 {on.date()} 起归 {under}")


def close(context: typer.Context, code: Code, on: On, reason: Why, person: Person = "") -> None:
    """撤销：到那天为止，此前的月份仍看得到。"""
    opened(context)
    from guatu.office.people import bodies

    bodies.close(code, on.date(), person or getuser(), reason)
    typer.echo(f"{code} 到 {on.date()} 为止")


def hand(
    context: typer.Context, county: County, measure: Measure, to: To,
    node: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="要它哪天办完")] = None,
    note: Annotated[str, typer.Option(help="要求")] = "",
    person: Person = "",
) -> None:  # fmt: skip
    """把县里的一条措施转给它的部门或乡镇。"""
    opened(context)
    from guatu.office.people import handing

    day = node.date() if node else None
    handing.hand_down(county, measure, to, person or getuser(), node=day, note=note)
    typer.echo(f"{measure} 已转办 {to}")


def say(
    context: typer.Context, county: County, measure: Measure, to: To,
    state: Annotated[str, typer.Option(help="状态，如 推进中、办结")],
    text: Annotated[str, typer.Option(help="进展")] = "",
    count: Annotated[str, typer.Option(help="完成数量")] = "",
    proof: Annotated[str, typer.Option(help="佐证")] = "",
    done_on: Annotated[str, typer.Option(help="办结日期")] = "",
    person: Person = "",
) -> None:  # fmt: skip
    """代部门或乡镇记下本期进展。"""
    opened(context)
    from guatu.office import own_reports
    from guatu.office.people import handing

    said = {"state": state, "text": text, "count": count, "proof": proof, "done_on": done_on}
    handing.say(own_reports.period_of(county), county, measure, to, said, person or getuser(), own=False)
    typer.echo(f"已代 {to} 记下")


def merge(context: typer.Context, county: County, measure: Measure, person: Person = "") -> None:
    """把回来的汇总进县里的填报草稿，列出还没有回的。"""
    opened(context)
    from guatu.office import own_reports
    from guatu.office.people import handing

    missing = handing.merge(own_reports.period_of(county), county, measure, person or getuser())
    typer.echo(f"{measure} 已汇总" + (f"；还没有回：{'、'.join(missing)}" if missing else ""))


def handed(context: typer.Context, county: County) -> None:
    """转办了哪些，回了什么。"""
    opened(context)
    from guatu.office import own_reports
    from guatu.office.people import handing

    for measure, parts in handing.parts(own_reports.period_of(county), county).items():
        for part in parts:
            told = "，".join(part.said[name] for name in ("state", "count", "text") if part.said.get(name))
            typer.echo(f"{measure}\t{part.to}\t{part.node or '—'}\t{told or '还没有回'}")


_BODY: dict[str, Callable[..., None]] = {
    **{"begin": begin, "list": show, "add": add, "rename": rename, "move": move, "close": close},
}
_COUNTY: dict[str, Callable[..., None]] = {"hand": hand, "say": say, "merge": merge, "list": handed}
