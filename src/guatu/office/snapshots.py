"""Keeping the picture of the day: taken when data or date have changed, read by every page."""

from __future__ import annotations

import hashlib
import logging
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import log, picture
from guatu.office.models import Snapshot

logger = logging.getLogger(__name__)
CHINA = ZoneInfo("Asia/Shanghai")
STALE_AFTER = timedelta(hours=26)
KEPT = 60


def opened() -> Workspace:
    """The workspace of these settings. Raises WorkspaceError where the folder is none."""
    return Workspace.open(settings.GUATU_WORKSPACE or ".")


def last_day_of(ws: Workspace) -> date:
    """The day the pages judge: the last whole one, yesterday in China; in a demo the last with generated hours."""
    if ws.demo:
        last = _last_hour(ws.folder, _stamp(ws))
        if last is not None:
            return (last - timedelta(hours=1)).date()  # an hour is stamped by its end
    return datetime.now(CHINA).date() - timedelta(days=1)


@lru_cache(maxsize=4)
def _last_hour(folder: Path, _stamp: str) -> datetime | None:
    """The last hour of a demo's data, looked out again only when a batch was written."""
    found: datetime | None = Workspace.open(folder).hours().select("time").max().collect().item()
    return found


def latest() -> Snapshot | None:
    """The newest picture there is; read once a process, since a picture never changes and is large."""
    newest = Snapshot.objects.values_list("pk", "made_at").first()
    return _read(*newest) if newest else None


@lru_cache(maxsize=2)
def _read(pk: int, made_at: datetime) -> Snapshot:
    shot = Snapshot.objects.get(pk=pk, made_at=made_at)
    shot.picture = picture.completed(shot.picture)
    return shot


def refresh(ws: Workspace) -> Snapshot:
    """The picture of the last whole day, taken anew only if the day, the data or the plan has changed."""
    plan, day = plan_of(ws), last_day_of(ws)
    version = "·".join(part for part in (ws.data_version(day), plan.source_sha256[:12], _stamp(ws)) if part)
    last = latest()
    if last is not None and (last.as_of, last.data_version) == (day, version):
        return last
    taken = Snapshot.objects.create(as_of=day, data_version=version[:80], picture=picture.take(ws, plan, day))
    log.record(
        log.MACHINE,
        "更新总览",
        day.isoformat(),
        {"data_version": last.data_version} if last else None,
        {"data_version": taken.data_version},
    )
    for one in taken.picture["alerts"]["new"]:
        said = {"text": one["text"], "told": one["told"]}
        log.record(log.MACHINE, "预警", f"{one['trigger']}/{one['subject']}"[:120], None, said)
    for one in taken.picture["alerts"]["gone"]:
        log.record(log.MACHINE, "解除预警", f"{one['trigger']}/{one['subject']}"[:120], {"text": one["text"]}, None)
    old = Snapshot.objects.values_list("pk", flat=True)[KEPT:]
    Snapshot.objects.filter(pk__in=list(old)).delete()
    return taken


def _stamp(ws: Workspace) -> str:
    """Changes whenever the plan, what stands beside it, a setting of the office or any batch is written again."""
    papers = [ws.folder / "guatu.toml", ws.data / "official.json"]
    papers += [*(ws.folder / "plan").glob("*.toml"), *ws.data.glob("*/manifest.json")]
    written = sorted((str(path), path.stat().st_mtime_ns) for path in papers if path.is_file())
    return hashlib.sha256(repr(written).encode()).hexdigest()[:12]


def try_refresh(ws: Workspace) -> str:
    """Refresh if possible; the sentence of what hinders it, or nothing. The last good picture stays either way."""
    try:
        refresh(ws)
    except GuatuError as error:
        return "；".join(str(fault) for fault in error.faults) or error.message
    except Exception:  # a fault of the program must not take the wall down: it is recorded and said
        logger.exception("taking the picture of the day failed")
        return "总览没有更新：程序出错，详情已记入日志，页面仍显示上一次的结果。（G-OFFICE-08）"
    return ""


def hours_stale(shot: dict[str, Any], now: datetime | None = None) -> int:
    """Whole hours the data lag behind, 0 while they are fresh; a demo lives in its own day and is never stale."""
    if shot.get("demo") or not shot.get("data_until"):
        return 0
    end = datetime.combine(date.fromisoformat(shot["data_until"]) + timedelta(days=1), datetime.min.time(), CHINA)
    late = (now or datetime.now(CHINA)) - end
    return int(late.total_seconds() // 3600) if late > STALE_AFTER else 0
