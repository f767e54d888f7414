"""The doctor's look at a workspace: city, plan, stations, data and how fresh they are, proof, backups."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from guatu.act.log import BEIJING
from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.load.batches import FOLDER
from guatu.load.workspace import FOLDERS, Workspace
from guatu.office.keeping.finding import Finding, good, hint, wrong

STALE = timedelta(hours=26)
"""As on the pages: the last whole day may be a day and two hours back."""
OLD_BACKUP = timedelta(days=7)
RESTORE = "用 guatu restore 从最近的备份恢复到新文件夹"


def city(place: Path) -> tuple[Workspace | None, list[Finding]]:
    """The workspace, if guatu.toml can be read, and what is wrong with it."""
    try:
        ws = Workspace.open(place)
    except GuatuError as error:
        return None, [wrong("guatu.toml", f"{one.where}：{one.what}", one.remedy) for one in error.faults]
    found = [good("guatu.toml", f"{ws.name}{'（演示）' if ws.demo else ''}")]
    for name in FOLDERS:
        if not (place / name).is_dir():
            found.append(wrong("工作区文件夹", f"缺 {name}/", f"新建 {name} 文件夹；若原来有内容，{RESTORE}"))
    return ws, found


def plan(ws: Workspace) -> Iterator[Finding]:
    """The confirmed plan."""
    try:
        found = plan_of(ws)
        yield good("年度计划", f"{len(found.targets)} 项目标，{len(found.tasks)} 项任务")
    except GuatuError as error:
        for one in error.faults:
            yield wrong("年度计划", f"{one.where}：{one.what}", one.remedy)
    except (OSError, ValueError) as error:
        yield wrong("年度计划", f"plan/plan.toml 读不出来（{type(error).__name__}）", RESTORE)


def stations(ws: Workspace) -> Iterator[Finding]:
    """The air stations."""
    if ws.stations:
        yield good("空气站点", f"{len(ws.stations)} 个")
    else:
        yield wrong("空气站点", "一个也没有，空气指标无法判定", "在 guatu.toml 里写上站点")


def data(ws: Workspace, now: datetime | None = None) -> Iterator[Finding]:
    """The batches, byte by byte, and how far the hours of air reach."""
    for kind in FOLDER:
        try:
            batches = ws.batches(kind)
        except GuatuError as error:
            yield from (wrong("数据", f"{one.where}：{one.what}", RESTORE) for one in error.faults)
            continue
        for batch in batches:
            path = ws.data / FOLDER[kind] / f"{batch.number:04d}.parquet"
            if not path.is_file():
                yield wrong("数据", f"缺 {path.relative_to(ws.folder)}（{batch.file}）", RESTORE)
            elif batch.stored and hashlib.sha256(path.read_bytes()).hexdigest() != batch.stored:
                yield wrong("数据", f"{path.relative_to(ws.folder)} 被改过或已损坏（{batch.file}）", RESTORE)
    try:
        hours = ws.batches()
    except GuatuError:
        return
    if not hours:
        yield hint("空气数据", "还没有", "用 guatu load 读入逐时数据")
        return
    last = datetime.fromisoformat(max(batch.last for batch in hours)).replace(tzinfo=BEIJING)
    late = (now or datetime.now(BEIJING)) - last
    words = f"到 {last:%Y-%m-%d %H:%M}，{len(hours)} 批"
    if late > STALE and not ws.demo:
        hours_late = int(late.total_seconds() // 3600)
        yield wrong("空气数据", f"{words}，已 {hours_late} 小时没有新数据", "查数据传输，用 guatu load 补上")
    else:
        yield good("空气数据", words)


def proof(ws: Workspace) -> Iterator[Finding]:
    """The kept files: each is named by its own SHA-256."""
    folder = ws.folder / "proof"
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    broken = [path for path in paths if len(path.stem) == 64 and _digest(path) != path.stem]
    for path in broken[:20]:
        yield wrong("佐证材料", f"{path.relative_to(ws.folder)} 内容与名字不符，被改过或已损坏", RESTORE)
    if not broken:
        yield good("佐证材料", f"{len(paths)} 个文件，内容完好")


def backups(ws: Workspace, now: datetime | None = None) -> Iterator[Finding]:
    """When the last backup was made."""
    path = ws.folder / "last-backup.txt"
    try:
        last = datetime.fromisoformat(path.read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        yield hint("备份", "还没有备份过", "用 guatu backup 备份到另一块磁盘")
        return
    age = (now or datetime.now(BEIJING)) - last
    if age > OLD_BACKUP:
        yield hint("备份", f"最近一次在 {last:%Y-%m-%d}，{age.days} 天以前", "用 guatu backup 再备份一次")
    else:
        yield good("备份", f"最近一次在 {last:%Y-%m-%d %H:%M}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
