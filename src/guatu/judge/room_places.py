"""The room of each county inside a target of the whole city, held to its own share or to the city's number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from guatu.base.period import Period
from guatu.judge.authority import Share, levels_of
from guatu.judge.figure import figure_of, last_year_of
from guatu.judge.indicators import AIR
from guatu.judge.room import Room, room_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Target


def rooms_by_place(
    ws: Workspace, target: Target, period: Period, as_of: date, followed: Mapping[str, Target] | None = None
) -> tuple[tuple[str, Decimal, Room], ...]:
    """Each member place with the number it is held to and its room; empty for a target of one urban area.

    The number is the place's share in plan/authority.toml where it has one, that of the target it follows (followed:
    the targets by id), else the city's own.
    """
    indicator = AIR.get(target.indicator_id or "")
    scope = ws.scope(target.scope, min(as_of, period.last))
    if indicator is None or scope is None or scope.combine != "places" or not isinstance(target.value, Decimal):
        return ()
    shares = {share.place: share for share in levels_of(ws).shares if share.target == target.id}
    rest = Period(max(period.first, as_of + timedelta(days=1)), period.last)
    found = []
    for name, days in figure_of(ws, indicator, target.scope, period, as_of).daily(indicator.item).items():
        own = _number(shares.get(name), target.value, followed or {})
        before = last_year_of(ws, indicator, name, rest, as_of)
        room = room_of(replace(target, value=own, scope=name), {name: days}, period, as_of, before)
        if room is not None:
            found.append((name, own, room))
    return tuple(found)


def _number(share: Share | None, city: Decimal, followed: Mapping[str, Target]) -> Decimal:
    if share is not None and share.value:
        return Decimal(share.value)
    other = followed.get(share.follows) if share is not None else None
    return other.value if other is not None and isinstance(other.value, Decimal) else city
