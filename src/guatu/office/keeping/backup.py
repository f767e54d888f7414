"""Backup while the office works: a picture of the database of one moment, then the files, in one archive."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from guatu.act.log import BEIJING
from guatu.errors import WorkspaceError
from guatu.load.workspace import Workspace
from guatu.office.keeping import archive, moving, noted
from guatu.office.models import Tip

LAST = "last-backup.txt"
"""When and where the last backup went, for the doctor."""
BESIDE = ".guatu-backup-"
"""How the folder begins in which the database is copied, beside the archive."""
DAY = 24 * 3600  # [s]
ASIDE = "aside"
"""The name of the second database while rows are copied."""


def backup(ws: Workspace, wanted: Path) -> tuple[Path, archive.Held]:
    """Make a backup; wanted: the file, or a folder in which it gets a name. Returns where it is and what it holds.

    The database comes first and the files after it, so that whatever the database names is among the files: proof
    and batches are only ever added. Raises WorkspaceError (G-KEEP-10) where it would lie over a file or in the
    workspace itself.
    """
    now = datetime.now(BEIJING)
    path = wanted / f"{ws.name}-{now:%Y%m%d-%H%M%S}.zip" if wanted.is_dir() or not wanted.suffix else wanted
    _refuse(ws, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent, now)
    if log_begun():
        noted.note(ws.folder)
    tips = ws.folder / noted.FILE
    ends = tips.read_bytes() if tips.exists() else b""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=BESIDE) as aside:
        copy = Path(aside) / archive.DATABASE
        picture(copy)
        number, mark = end_of(copy)
        said = {"made": now.isoformat(timespec="seconds"), "city": ws.name, "entries": number, "tip": mark}
        held = archive.pack(path, _parts(ws, copy, ends), {**said, "database": connection.vendor})
    last = f"{held.made} {path.resolve()} {path.stat().st_size}\n"
    (ws.folder / LAST).write_text(last, encoding="utf-8")
    return path, held


def _sweep(folder: Path, now: datetime) -> None:
    """Take away what a backup left behind that was killed a day ago or earlier."""
    for path in (*folder.glob(f"{BESIDE}*"), *folder.glob("*.zip.part")):
        if now.timestamp() - path.stat().st_mtime > DAY:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def log_begun() -> bool:
    """Whether the database holds the tables of the log yet."""
    return Tip._meta.db_table in connection.introspection.table_names()


def picture(copy: Path) -> None:
    """The database as it stands at one moment, as an SQLite file without anybody's session; writers go on."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as made:
            connection.connection.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
            if log_begun():
                made.execute("DELETE FROM django_session")
                made.commit()
            made.execute("VACUUM")
        return
    known = MigrationExecutor(connection)
    if known.migration_plan(known.loader.graph.leaf_nodes()):
        raise WorkspaceError.of(
            "the tables are not those of this program",
            "G-KEEP-19",
            "GUATU_DATABASE_URL 指的数据库",
            "还没有升级到这个 guatu 的表",
            "照新表抄会抄错",
            "用升级前的 guatu 备份，或用 pg_dump",
        )
    open_aside(copy)
    try:
        moving.shape("default", ASIDE)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            moving.copy("default", ASIDE)
    finally:
        connections[ASIDE].close()
        del connections[ASIDE]  # the next backup of this process goes to another file


def open_aside(path: Path) -> None:
    """Make a second database of the settings out of an SQLite file."""
    plain = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": {"transaction_mode": "IMMEDIATE"}}
    connections.databases[ASIDE] = connections.configure_settings({"default": {}, ASIDE: plain})[ASIDE]


def end_of(copy: Path) -> tuple[int, str]:
    """Number and hash of the last entry of a log in an SQLite file."""
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as made, suppress(sqlite3.OperationalError):
        return made.execute("SELECT number, hash FROM office_tip WHERE id = 1").fetchone() or (0, "")
    return 0, ""  # no log was begun yet


def _parts(ws: Workspace, copy: Path, ends: bytes) -> Iterator[tuple[str, Path | bytes]]:
    yield archive.DATABASE, copy
    for path in archive.files_of(ws.folder):
        name = path.relative_to(ws.folder).as_posix()
        if name == noted.FILE:
            yield name, ends  # as it stood before the picture: it must not know more than the database
        elif name != LAST:
            yield name, path


def _refuse(ws: Workspace, path: Path) -> None:
    if path.exists():
        raise WorkspaceError.of(
            f"{path} exists", "G-KEEP-10", f"文件 {path}", "已经存在", "不覆盖原有的备份", "换一个名字，或给一个文件夹"
        )
    if path.resolve().is_relative_to(ws.folder.resolve()):
        raise WorkspaceError.of(
            f"{path} lies in the workspace",
            "G-KEEP-10",
            f"文件 {path}",
            "在工作区里面",
            "和原件放在一处，会一起坏、一起丢",
            "放到另一块磁盘",
        )
