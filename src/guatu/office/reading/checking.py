"""Checking off 校核: only then a reading becomes the office's plan, or its numbers become new versions of targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from django.db import transaction

from guatu.errors import ActError, GuatuError
from guatu.judge import versions
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office import duties, records, snapshots
from guatu.office.reading import looks, shelf
from guatu.office.reading.looks import DOUBT, OPEN
from guatu.office.reading.shelf import AMENDING, CHECKED, REVIEWING
from guatu.read.plan import Plan, Version


def check_off(
    ws: Workspace, number: str, signed: Mapping[str, str], person: str, moment: datetime | None = None
) -> str:  # fmt: skip
    """Make a reading count; returns what happened in a sentence.

    Raises ActError: G-REVIEW-07 it is checked off already, G-REVIEW-08 something was not looked at yet; ReadError or
    WorkspaceError where what people wrote makes no plan: nothing changes then.
    """
    said = records.get(f"notice/{number}")
    reading = shelf.opened(ws, number)
    if said["status"] != REVIEWING:
        raise _fault("G-REVIEW-07", f"文件 {number}", "已经校核生效", "不必再签", "要改先“重新复核”")
    found = looks.looked(ws, number)
    waiting = [one.item.id for one in found if one.state in (DOUBT, OPEN)]
    if waiting:
        few = "、".join(waiting[:5])
        what = f"还有 {len(waiting)} 条没有核（{few}{' 等' if len(waiting) > 5 else ''}）"
        raise _fault("G-REVIEW-08", f"文件 {number}", what, "没核过的不能生效", "逐条确认、更正或挂起后再校核")
    if said["use"] == AMENDING:
        words, told = _amend(ws, looks.versions_settled(reading, found, person))
    else:
        words, told = _plan(ws, looks.settled(reading, found), said, moment)
    kept = {"status": CHECKED, "edition": said.get("edition", 0) + 1, **told, **signed}
    acting = signed["signer"] if signed.get("recorded") else ""
    records.change(f"notice/{number}", "校核生效", kept, person=person, acting_for=acting, moment=moment)
    snapshots.try_refresh(ws)
    return words


def _plan(ws: Workspace, plan: Plan, said: Mapping[str, str], moment: datetime | None) -> tuple[str, dict[str, str]]:
    """Write the plan, the one before kept beside it, and bring the tasks into line."""
    text = plan.to_toml()
    again = Plan.from_toml(text)
    if again != plan:
        raise _fault("G-REVIEW-10", "计划", "写成文件后读回来不一样", "不能生效", "把更正过的字段改回原样再试")
    kept = ""
    if ws.plan_path.is_file():
        before = ws.plan_path.read_text(encoding="utf-8")
        if before != text:
            folder = ws.folder / "plan" / "earlier"
            folder.mkdir(exist_ok=True)
            kept = f"plan-{len(list(folder.glob('plan-*.toml'))) + 1:03d}.toml"
            (folder / kept).write_text(before, encoding="utf-8", newline="\n")
    aside = ws.plan_path.with_suffix(".tmp")
    with transaction.atomic():
        changed = duties.take_over(plan, moment)
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(ws.plan_path)
    told = {"earlier": kept} if kept else {}
    words = f"已生效：目标 {len(plan.targets)} 个，任务 {len(plan.tasks)} 项，改动任务 {changed} 项"
    return words + (f"；原计划存为 plan/earlier/{kept}" if kept else ""), told


def _amend(ws: Workspace, made: tuple[Version, ...]) -> tuple[str, dict[str, str]]:
    """Keep the new numbers as dated versions: months before their day keep the old ones."""
    rows = [
        {one.name: getattr(version, one.name) for one in fields(Version) if getattr(version, one.name) != ""}
        for version in made
    ]
    fresh = versions.change(ws, plan_of(ws), rows)
    words = "；".join(f"{one.target} 自 {one.since} 起 {one.value}" for one in fresh)
    return (f"已生效：{words}，此前的月份仍按原来的数" if fresh else "没有新的数"), {}


def reopen(number: str, person: str, reason: str, moment: datetime | None = None) -> None:
    """Open a checked reading once more; what stands stays in force until the next check.

    Raises ActError (G-REVIEW-07) where it is open anyway, (G-REVIEW-11) without a reason.
    """
    if records.get(f"notice/{number}").get("status") != CHECKED:
        raise _fault("G-REVIEW-07", f"文件 {number}", "正在复核", "不必重开", "直接改")
    if not reason.strip():
        raise _fault("G-REVIEW-11", f"文件 {number}", "没有写理由", "已生效的内容要说得清为什么动", "写明理由")
    records.change(f"notice/{number}", "重新复核", {"status": REVIEWING}, person=person, reason=reason, moment=moment)


def in_force(ws: Workspace) -> str:
    """The sentence of a plan that stands without a check, empty where its check is on record or there is no plan."""
    try:
        plan = plan_of(ws)
    except GuatuError:
        return ""
    checked = [one for one in records.of_kind("notice").values() if one.get("edition")]
    if any(one["sha256"] == plan.source_sha256 for one in checked):
        return ""
    return f"现行计划“{plan.head.doc_number or plan.head.title}”由命令写入，没有在这里校核过"


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
