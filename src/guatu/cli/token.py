"""guatu token: passes for programs that call the interface, made and ended on the server."""

from __future__ import annotations

from getpass import getuser
from typing import Annotated

import typer

from guatu.cli.duties import opened
from guatu.errors import GuatuError


def register(app: typer.Typer) -> None:
    """Add the commands of tokens."""
    token = typer.Typer(no_args_is_help=True, help="接口令牌：新建、列出、停用。")
    token.command("add")(add)
    token.command("list")(show)
    token.command("revoke")(revoke)
    app.add_typer(token, name="token")


def add(
    context: typer.Context,
    user: Annotated[str, typer.Argument(help="代表谁：用户名")],
    name: Annotated[str, typer.Option(help="给哪个程序用")],
    scope: Annotated[list[str], typer.Option(help="范围，可写几次，如 targets:read")],
    days: Annotated[int, typer.Option(help="有效几天，至多 365")] = 90,
) -> None:
    """新建一个令牌，只显示这一次。"""
    opened(context)
    from django.contrib.auth import get_user_model

    from guatu.office.api import tokens

    owner = get_user_model().objects.filter(username=user).first()
    if owner is None:
        raise GuatuError.of(
            f"no user {user}", "G-CLI-21", f"用户名“{user}”", "没有这个账号", "令牌要代表一个人", "核对用户名"
        )
    made, words = tokens.make(owner, name, scope, days, getuser())
    typer.echo(words)
    typer.echo(f"代表 {user}，{made.expires} 到期，编号 {made.pk}。只显示这一次，请马上抄好", err=True)


def show(context: typer.Context) -> None:
    """列出令牌：编号、谁的、用途、开头、范围、到期、最近使用、状态。"""
    opened(context)
    from guatu.office.api import tokens
    from guatu.office.api.models import Token

    for one in Token.objects.select_related("owner"):
        used = f"{one.used_at:%Y-%m-%d}" if one.used_at else "没有用过"
        parts = (one.pk, one.owner.get_username(), one.name, f"{one.head}…", " ".join(one.scopes), one.expires, used)
        typer.echo("\t".join(map(str, (*parts, tokens.state_of(one)))))


def revoke(context: typer.Context, number: Annotated[int, typer.Argument(help="编号，见 guatu token list")]) -> None:
    """停用一个令牌。"""
    opened(context)
    from guatu.office.api import tokens

    ended = tokens.revoke(number, None, getuser())
    typer.echo(f"已停用“{ended.name}”（{ended.head}…）")
