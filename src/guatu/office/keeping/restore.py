"""Restore: an archive unpacked beside its place, checked to the last byte and entry, and only then put there."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from guatu.errors import Fault, WorkspaceError
from guatu.load.workspace import FOLDERS
from guatu.office import log
from guatu.office.keeping import archive, moving, whole

TARGET = "target"


def check_log(folder: Path, held: archive.Held) -> None:
    """Hold the unpacked database against the manifest and its own log, then bring it up to this program.

    Raises WorkspaceError: G-KEEP-15 the end of the log is not what the manifest says, or what the log's own check
    finds; G-KEEP-16 the backup was made by a newer guatu, or its database is damaged.
    """
    try:
        known = MigrationLoader(connections["default"])
        if newer := sorted(set(known.applied_migrations) - set(known.disk_migrations)):
            raise _damaged(f"有这个 guatu 不认识的表（{newer[-1][0]} {newer[-1][1]}）")
        call_command("migrate", verbosity=0, interactive=False)
        found = list(whole.faults())
        end = log.tip()
    except DatabaseError as error:
        raise _damaged(f"打不开（{error}）") from None
    if end != (held.entries, held.tip):
        what = f"末笔是第 {end[0]} 笔 {end[1][:12]}…，清单写的是第 {held.entries} 笔 {held.tip[:12]}…"
        found.insert(0, Fault("G-KEEP-15", "备份里的留痕", what, "库和清单不是同一份", "换一份备份"))
    if found:
        raise WorkspaceError("the log of the backup is not whole", found)


def move_to(url: str) -> int:
    """Copy the unpacked database into an empty one elsewhere and hold the two against one another; returns the rows.

    Raises WorkspaceError: G-KEEP-17 the other database cannot be reached or holds an office already, G-KEEP-18 it did
    not take every row as it was.
    """
    plain = dj_database_url.parse(url)
    connections.databases[TARGET] = connections.configure_settings({"default": {}, TARGET: plain})[TARGET]
    where = "GUATU_DATABASE_URL 指的数据库"
    try:
        tables = connections[TARGET].introspection.table_names()
    except DatabaseError as error:
        raise _fault(
            "G-KEEP-17", where, f"连不上（{str(error).splitlines()[0]}）", "无处可恢复", "核对地址和密码"
        ) from None
    if tables:
        raise _fault("G-KEEP-17", where, f"里面已有 {len(tables)} 张表", "不覆盖已有的数据", "另建一个空库")
    try:
        moving.shape("default", TARGET)
        count = moving.copy("default", TARGET)
        differing = moving.differing("default", TARGET)
    except (DatabaseError, ValueError) as error:
        what = f"没有全部收下（{str(error).splitlines()[0]}）"
        raise _fault("G-KEEP-18", where, what, "恢复不完整", "清空这个库后再试") from None
    if differing:
        raise _fault("G-KEEP-18", where, f"{'、'.join(differing)} 与备份不同", "恢复不完整", "清空这个库后再试")
    return count


def settle(aside: Path, folder: Path, elsewhere: bool) -> None:
    """Put the checked folder in its place; elsewhere: the rows went into another database, their file goes."""
    connections.close_all()
    for path in aside.glob(f"{archive.DATABASE}*"):
        if elsewhere or path.name != archive.DATABASE:
            path.unlink()
    for name in FOLDERS:
        (aside / name).mkdir(exist_ok=True)  # an empty one is in no archive
    if folder.exists():
        folder.rmdir()
    aside.rename(folder)


def _damaged(what: str) -> WorkspaceError:
    return _fault("G-KEEP-16", "备份里的数据库", what, "已损坏，或由更新的 guatu 所备", "换一份备份，或先升级 guatu")


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> WorkspaceError:
    return WorkspaceError.of(f"{code}: {where}", code, where, what, why, remedy)
