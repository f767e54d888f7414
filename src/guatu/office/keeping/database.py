"""The doctor's look at the database: reachable, sound, of this program's shape, the log whole, somebody to run it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from guatu.office.keeping.finding import Finding, good, hint, wrong

RESTORE = "停下网页，用 guatu restore 从最近的备份恢复到新文件夹"
SHOWN = 20


def file(place: Path) -> list[Finding]:
    """An SQLite file, page by page; nothing is said where PostgreSQL holds the data or nothing is stored yet."""
    path = place / "guatu.sqlite3"
    if os.environ.get("GUATU_DATABASE_URL") or not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
            said = [str(row[0]) for row in opened.execute("PRAGMA integrity_check(5)")]
            said += [f"{row[0]} 有悬空的引用" for row in opened.execute("PRAGMA foreign_key_check").fetchmany(5)]
    except sqlite3.DatabaseError as error:
        return [wrong("数据库", f"guatu.sqlite3 已损坏（{error}）", RESTORE)]
    if said != ["ok"]:
        broken = [one for one in said if one != "ok"]
        return [wrong("数据库", f"guatu.sqlite3 已损坏：{broken[0][:120]}", RESTORE)]
    return [good("数据库", f"SQLite，{path.stat().st_size / 2**20:.1f} MB，逐页查过")]


def shape() -> Iterator[Finding]:
    """Whether the tables are those of this program."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        known = MigrationExecutor(connection)
        owed = known.migration_plan(known.loader.graph.leaf_nodes())
        newer = set(known.loader.applied_migrations) - set(known.loader.disk_migrations)
    except DatabaseError as error:
        yield wrong("数据库", f"读不出来（{str(error).splitlines()[0]}）", "核对 GUATU_DATABASE_URL，看数据库是否开着")
        return
    if newer:
        name = sorted(newer)[-1]
        yield wrong("数据库版本", f"比这个 guatu 新（{name[0]} {name[1]}）", "升级 guatu")
    elif owed and not known.loader.applied_migrations:
        yield hint("数据库版本", "还是空的", "运行 guatu serve，会自动建表")
    elif owed:
        yield wrong("数据库版本", f"还差 {len(owed)} 步升级", "先备份，再运行 guatu serve，会自动升级")
    else:
        yield good("数据库版本", f"{'PostgreSQL' if connection.vendor == 'postgresql' else 'SQLite'}，与程序一致")


def log() -> Iterator[Finding]:
    """The chain from its beginning, and every record against it."""
    from guatu.office import log as written
    from guatu.office.keeping import whole

    faults = whole.faults()
    for one in faults[:SHOWN]:
        yield wrong("留痕", f"{one.where}：{one.what}，{one.why}", one.remedy)
    if len(faults) > SHOWN:
        yield wrong("留痕", f"还有 {len(faults) - SHOWN} 处", "用 guatu log verify 看全部")
    if not faults:
        yield good("留痕", f"{written.tip()[0]} 笔，完好")


def newest() -> datetime | None:
    """The time of the last entry of the log."""
    from guatu.office.models import Entry

    time = Entry.objects.order_by("-number").values_list("time", flat=True).first()
    try:
        return datetime.fromisoformat(time) if time else None
    except ValueError:
        return None


def people() -> Iterator[Finding]:
    """Somebody who runs the accounts, and nobody without a role."""
    from django.contrib.auth import get_user_model

    from guatu.office.models import Account, Role

    active = Account.objects.filter(user__is_active=True)
    if not active.exists():
        yield hint("账号", "还没有", "运行 guatu user add 用户名 --role administrator")
    elif not active.filter(role=Role.ADMINISTRATOR).exists():
        yield hint("账号", "没有在用的系统管理员", "运行 guatu user add 用户名 --role administrator")
    else:
        yield good("账号", f"{active.count()} 个在用")
    stray = get_user_model().objects.filter(is_active=True, account=None).count()
    if stray:
        yield hint("账号", f"{stray} 个没有角色，进来什么也看不到", "停用，或重新建立")


def kept(place: Path) -> Iterator[Finding]:
    """Every file a problem names is among the proof."""
    from guatu.office.ledger.models import PaperProof
    from guatu.office.ledger.papers import path_of

    lost = [one for one in PaperProof.objects.select_related("problem") if not path_of(one.sha256, one.ending).exists()]
    for one in lost[:SHOWN]:
        yield wrong("佐证材料", f"{one.problem.number} 的“{one.name}”不在了", RESTORE)
