"""What a new number of a target does to its state on a day: the old beside the new, told in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guatu.judge.board import period_of, row_of
from guatu.judge.versions import in_force, words_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan, Version


def effects(
    ws: Workspace, plan: Plan, before: Sequence[Version], fresh: Sequence[Version], day: date
) -> tuple[str, ...]:
    """A sentence for each target that fresh versions change, as it stands on a day with the old and the new number."""
    told = []
    for target in plan.targets:
        if not any(version.target == target.id for version in fresh):
            continue
        period = period_of(target, plan.head.year or day.year)
        old = in_force(target, before, day, ws.cards)
        new = in_force(target, (*before, *fresh), day, ws.cards)
        if old == new:
            told.append(f"按 {day}，{target.id} 仍按 {old.value}：新版本还没有到日子，或有更高一级的数")
            continue
        one, two = (row_of(ws, asked, period, day, explained=False) for asked in (old, new))
        room = two.room.sentence if two.room else two.status.reason or two.status.note
        states = f"原 {old.value or '未定'} {one.status.word}，现 {new.value} {two.status.word}；{room}"
        told.append(f"按 {day}，{target.id} 现值 {two.value.number or '—'}：{states}".rstrip("；"))
    return tuple(told)


def history(target_id: str, versions: Sequence[Version]) -> tuple[str, ...]:
    """Each version of a target in words, from old to new, with its reason."""
    return tuple(f"{words_of(one)}（{one.reason}）" for one in versions if one.target == target_id)
