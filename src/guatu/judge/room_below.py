"""Under the room of a target: that of each of its counties, or of its sections item by item, the tightest first."""

from __future__ import annotations

from datetime import date

from guatu.judge.authority import levels_of
from guatu.judge.board import Row, plan_of
from guatu.judge.room_places import rooms_by_place
from guatu.judge.room_water import section_rooms
from guatu.judge.versions import plan_on, versions_of
from guatu.load.workspace import Workspace

TIGHTEST = 5


def rooms_below(ws: Workspace, row: Row, day: date, most: int | None = TIGHTEST) -> list[str]:
    """A sentence for each place or item of a section; most: how many items of sections are told, None: all."""
    if row.target.indicator_id == "sw_good_ratio":
        found = [one.sentence for one in section_rooms(ws, row.target.scope, day)]
        return found if most is None or len(found) <= most else [*found[:most], f"其余 {len(found) - most} 项较松"]
    follows = any(share.follows for share in levels_of(ws).shares)
    targets = plan_on(plan_of(ws), versions_of(ws), day).targets if follows else ()
    places = rooms_by_place(ws, row.target, row.value.period, day, {one.id: one for one in targets})
    return [f"{name}（{number}）：{left.sentence}" for name, number, left in places]
