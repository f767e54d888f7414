"""guatu witnesses: official figures beside computed ones, and naming what makes two of them differ."""

from __future__ import annotations

import json
from dataclasses import asdict
from getpass import getuser
from typing import Annotated

import typer

from guatu.cli.duties import Person, opened
from guatu.cli.telling import DEMO, AsJson, AsOf, known_on


def register(app: typer.Typer) -> None:
    """Add the commands of the two witnesses."""
    group = typer.Typer(invoke_without_command=True, help="通报值与计算值对照，说明差别。")
    group.callback()(table)
    group.command("name")(name)
    app.add_typer(group, name="witnesses")


def table(context: typer.Context, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """每个有通报的数：通报、计算、差多少，程序查到的或有人写明的原因；没有说明的在前。"""
    if context.invoked_subcommand is not None:
        return
    ws = opened(context)
    from guatu.office.witnesses import pairs

    found = pairs.pairs(ws, known_on(ws, as_of))
    if as_json:
        typer.echo(json.dumps([{**asdict(one), "settled": one.settled} for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        typer.echo(f"{one.address}　{one.name}：{one.words}")
    left = sum(not one.settled for one in found)
    typer.echo(f"{len(found)} 对，还有 {left} 对没有说明" if left else f"{len(found)} 对，每一处差别都有说明")
    if ws.demo:
        typer.echo(DEMO)


def name(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="数的地址，如 pm25_mean/浮梁县/2021-08")],
    cause: Annotated[str, typer.Option("--cause", help="点位更替、剔除沙尘、复核数据、统计口径不同……")],
    reason: Annotated[str, typer.Option("--reason", help="依据：文号、点位、日期")],
    as_of: AsOf = "",
    person: Person = "",
) -> None:
    """写明两个数为什么不同；只对现在这两个数有效，数变了要重新说明。"""
    ws = opened(context)
    from guatu.office.witnesses import causes, pairs

    found = pairs.pair_of(ws, address, known_on(ws, as_of))
    official, computed = (found.official, found.computed) if found else ("", "")
    made = causes.name(ws, found.address if found else address, cause, reason, person or getuser(), official, computed)
    typer.echo(f"{made.address}：{made.person}说明 {made.words}")
