"""The doctor: everything looked at once, in the order in which one thing rests on another."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from guatu.act.log import BEIJING
from guatu.errors import GuatuError
from guatu.office.keeping import contents, database, installation
from guatu.office.keeping.finding import GOOD, WRONG, Finding, hint, wrong


def examine(place: Path, prepare: Callable[[Path], None]) -> list[Finding]:
    """What is right and what is wrong with an installation and a workspace; nothing is changed.

    prepare: starts Django on the workspace, as the commands do. Where one thing is broken, what rests on it is not
    looked at.
    """
    found = [*installation.packages(), *installation.fonts(), *installation.holidays(datetime.now(BEIJING).date())]
    if not place.is_dir():
        return [*found, wrong("工作区", f"没有 {place} 这个文件夹", "用 -C 指明工作区")]
    found += installation.folder(place)
    ws, said = contents.city(place)
    found += said
    if ws is not None:
        for look in (contents.plan, contents.stations, contents.data, contents.proof, contents.backups):
            found += look(ws)
    found += database.file(place)
    newest = None
    if not any(one.level == WRONG and one.what in ("数据库", "网页组件", "guatu.toml") for one in found):
        more, newest = _inside(place, prepare)
        found += more
    return [*found, *installation.clock(newest)]


def _inside(place: Path, prepare: Callable[[Path], None]) -> tuple[list[Finding], datetime | None]:
    """The database opened by the program itself, if there is one."""
    if not os.environ.get("GUATU_DATABASE_URL") and not (place / "guatu.sqlite3").exists():
        return [hint("数据库", "还没有", "运行 guatu serve，会自动建库")], None
    try:
        prepare(place)
    except GuatuError as error:
        return [wrong("数据库", f"{one.where}{one.what}", one.remedy) for one in error.faults], None
    except OSError as error:
        return [wrong("工作区文件夹", f"打不开（{error.strerror}）", "核对文件夹的所有者和权限")], None
    found = list(database.shape())
    if any(one.level != GOOD for one in found):
        return found, None
    return [*found, *database.log(), *database.people(), *database.kept(place)], database.newest()
