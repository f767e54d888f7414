"""guatu serve, guatu user: bring the office up, give people accounts."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guatu.errors import GuatuError

if TYPE_CHECKING:
    from guatu.load.workspace import Workspace

ROLES = "leader office_director office_clerk analyst responsible county acceptor auditor administrator"
REFRESH_EVERY = 300  # [s]


def register(app: typer.Typer) -> None:
    """Add the commands of the office."""
    app.command()(serve)
    user = typer.Typer(no_args_is_help=True, help="账号：新建、改角色、重设密码。")
    user.command("add")(user_add)
    user.command("role")(user_role)
    user.command("password")(user_password)
    app.add_typer(user, name="user")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="监听的地址；0.0.0.0 让局域网里的电脑也能打开")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 8000,
) -> None:
    """打开挂图作战的网页：建库、导入任务、更新总览，然后等人来看。"""
    from guatu.load.workspace import Workspace

    workspace = Workspace.open(context.obj)
    prepare(workspace.folder, host)
    from django.core.management import call_command

    from guatu.office import demo_accounts, demo_duties, gathering, snapshots
    from guatu.office.ledger import generated
    from guatu.office.scoring import generated as points

    call_command("migrate", verbosity=0, interactive=False)
    gathering.gather()
    if workspace.demo:
        demo_duties.make(workspace)
    generated.take_over(workspace)
    points.take_over(workspace)
    _say_problem(_take_over(workspace))
    _say_problem(snapshots.try_refresh(workspace))
    if workspace.demo:
        demo_accounts.make()
        typer.echo("演示数据，非实测。演示账号（密码都是 " + demo_accounts.PASSWORD + "）：")
        for one in demo_accounts.DEMO_ACCOUNTS:
            typer.echo(f"  {one.name:<9} {one.word}{f'（{one.body}）' if one.body else ''}")
    elif _nobody():
        typer.echo("还没有账号，请另开一个终端运行：guatu user add 用户名 --role administrator")
    threading.Thread(target=_keep_fresh, args=(workspace,), daemon=True).start()
    _listen(host, port)


def user_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="用户名")],
    role: Annotated[str, typer.Option(help=f"角色：{ROLES}")],
    body: Annotated[str, typer.Option(help="单位，写法与文件里的责任单位一致")] = "",
    head: Annotated[bool, typer.Option("--head", help="单位负责人（审核）；不加为联络员（填报）")] = False,
) -> None:
    """新建一个账号，密码当场输入，不显示。"""
    from guatu.load.workspace import Workspace

    prepare(Workspace.open(context.obj).folder)
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import transaction

    from guatu.office import log
    from guatu.office.models import Account, Hand, Role

    call_command("migrate", verbosity=0, interactive=False)
    users = get_user_model().objects
    _known_role(name, role, body)
    if users.filter(username=name).exists():
        raise _fault("name taken", "G-OFFICE-03", f"用户名“{name}”", "已经有人用", "一人一个账号", "换一个用户名")
    password = _password()
    with transaction.atomic():
        user = users.create_user(name, password=password)
        hand = Hand.HEAD if head else Hand.CONTACT
        Account.objects.create(user=user, role=role, body=body, hand=hand)
        log.record("命令行", "建立账号", name, None, {"role": role, "body": body, "hand": hand.value})
    typer.echo(f"已建立账号 {name}（{Role(role).label}{'，' + body if body else ''}）")


def user_role(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="用户名")],
    role: Annotated[str, typer.Option(help=f"角色：{ROLES}")],
    body: Annotated[str, typer.Option(help="单位，写法与文件里的责任单位一致")] = "",
    head: Annotated[bool, typer.Option("--head", help="单位负责人（审核）；不加为联络员（填报）")] = False,
) -> None:
    """给一个账号角色和单位，或改掉原来的。"""
    from guatu.load.workspace import Workspace

    prepare(Workspace.open(context.obj).folder)
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import transaction

    from guatu.office import log
    from guatu.office.models import Account, Hand, Role

    call_command("migrate", verbosity=0, interactive=False)
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise _fault("no such user", "G-OFFICE-04", f"用户名“{name}”", "没有这个账号", "无法改", "核对用户名")
    _known_role(name, role, body)
    new = {"role": role, "body": body, "hand": (Hand.HEAD if head else Hand.CONTACT).value}
    found = Account.objects.filter(user=user).first()
    old = {"role": found.role, "body": found.body, "hand": found.hand} if found else None
    with transaction.atomic():
        Account.objects.update_or_create(user=user, defaults=new)
        log.record("命令行", "改账号角色", name, old, new)
    typer.echo(f"{name} 现为{Role(role).label}{'，' + body if body else ''}")


def _known_role(name: str, role: str, body: str) -> None:
    from guatu.office.models import Role

    if role not in Role.values:
        raise _fault(
            "unknown role", "G-OFFICE-01", f"角色“{role}”", "没有这个角色", "权限无从判断", f"从中选一个：{ROLES}"
        )
    if role in (Role.RESPONSIBLE, Role.COUNTY, Role.ACCEPTOR) and not body:
        raise _fault(
            "no body",
            "G-OFFICE-02",
            f"账号“{name}”",
            "没有写单位",
            "责任单位、县（市、区）和验收部门只看自己的",
            "加上 --body 单位名",
        )


def user_password(context: typer.Context, name: Annotated[str, typer.Argument(help="用户名")]) -> None:
    """重设一个账号的密码，并解除锁定。"""
    from guatu.load.workspace import Workspace

    prepare(Workspace.open(context.obj).folder)
    from axes.utils import reset
    from django.contrib.auth import get_user_model

    from guatu.office import log

    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise _fault("no such user", "G-OFFICE-04", f"用户名“{name}”", "没有这个账号", "无法重设", "核对用户名")
    user.set_password(_password())
    user.save(update_fields=["password"])
    reset(username=name)
    log.record("命令行", "重设密码", name)
    typer.echo(f"已重设 {name} 的密码")


def prepare(folder: Path, host: str = "") -> None:
    """Point the settings at the workspace and start Django; without its packages say how to get them."""
    os.environ["GUATU_WORKSPACE"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.office.settings")
    if host and "GUATU_ALLOWED_HOSTS" not in os.environ:
        os.environ["GUATU_ALLOWED_HOSTS"] = ",".join(_names(host))
    try:
        import django
    except ImportError:
        raise _fault(
            "Django is missing",
            "G-OFFICE-05",
            "网页部分",
            "没有安装",
            "缺少 Django 等组件",
            '运行 pip install "guatu[office]"',
        ) from None
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connection

    try:
        django.setup()
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured, ValueError) as error:
        shared = bool(os.environ.get("GUATU_DATABASE_URL"))
        raise _fault(
            f"the database does not open: {error}",
            "G-OFFICE-36",
            "GUATU_DATABASE_URL 指的数据库" if shared else "工作区的 guatu.sqlite3",
            "连不上" if shared else "打不开，可能已损坏",
            "账号、任务和留痕都在里面",
            "核对地址、用户名、密码和库名，如 postgres://用户:密码@主机:5432/库" if shared else "用备份换回这个文件",
        ) from None


def _names(host: str) -> list[str]:
    """Names the pages answer to: this machine's own, all of them when it listens everywhere."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in ("0.0.0.0", "::"):
        here = socket.gethostname()
        names.append(here)
        with suppress(OSError):
            names += sorted({str(found[4][0]) for found in socket.getaddrinfo(here, None, socket.AF_INET)})
    else:
        names.append(host)
    return names


def _take_over(workspace: Workspace) -> str:
    from guatu.judge.board import plan_of
    from guatu.office import duties

    try:
        duties.take_over(plan_of(workspace))
    except GuatuError as error:
        return "；".join(str(fault) for fault in error.faults) or error.message
    return ""


def _say_problem(words: str) -> None:
    if words:
        typer.echo(words, err=True)


def _nobody() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


def _keep_fresh(workspace: Workspace) -> None:
    """Every few minutes take a new picture if the data, the plan or the day has changed."""
    from django.db import connection

    from guatu.office import snapshots

    while True:
        time.sleep(REFRESH_EVERY)
        _take_over(workspace)
        snapshots.try_refresh(workspace)
        connection.close()


def server_of(application: Any, host: str, port: int) -> Any:
    """The server, listening; behind TLS it believes what its own proxy says of scheme and caller, and nobody else.

    The proxy is this machine unless GUATU_PROXY names another address.
    """
    import waitress

    behind: dict[str, Any] = {}
    if os.environ.get("GUATU_HTTPS") == "1":
        behind = {
            "trusted_proxy": os.environ.get("GUATU_PROXY", "127.0.0.1"),
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    return waitress.create_server(application, host=host, port=port, threads=8, ident="guatu", **behind)


def _listen(host: str, port: int) -> None:
    from guatu.office.wsgi import application

    try:
        server = server_of(application, host, port)
    except OSError as error:
        raise _fault(
            str(error), "G-OFFICE-06", f"{host}:{port}", "端口打不开", "可能有别的程序在用", "用 --port 换一个端口"
        ) from None
    typer.echo(f"挂图作战已打开：http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/　按 Ctrl+C 停止")
    server.run()


def _password() -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    given = os.environ.get("GUATU_PASSWORD") or getpass("密码（至少 10 位）：")
    try:
        validate_password(given)
    except ValidationError as error:
        raise _fault(
            "weak password", "G-OFFICE-07", "密码", "".join(error.messages).rstrip("。"), "太容易被猜到", "换一个"
        ) from None
    return given


def _fault(message: str, code: str, where: str, what: str, why: str, remedy: str) -> GuatuError:
    return GuatuError.of(message, code, where, what, why, remedy)
