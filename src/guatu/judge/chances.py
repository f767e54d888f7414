"""The outlook of a target from what the workspace keeps: this year's days and all earlier ones of its places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from guatu.base.period import Period
from guatu.judge.daily import data_until
from guatu.judge.figure import figure_of
from guatu.judge.indicators import AIR
from guatu.judge.outlook import Outlook, outlook_of
from guatu.judge.outlook.others import Days
from guatu.load.workspace import Workspace
from guatu.read.plan import Target

YEARS = 6
"""How many years back days are looked for; the model itself says how many it uses."""


def chance_of(ws: Workspace, target: Target, period: Period, as_of: date) -> Outlook | None:
    """What page, command and bulletin show of a yearly target of PM2.5 or good days: see ``Outlook`` for its fields.

    None for any other target or period, before the period begins, and where its scope has no site. Where nothing can
    be said although the target is one of the two, an Outlook whose ``reason`` says why. Show ``shown`` (never the bare
    ``chance``) with ``record`` beside it and every one of ``notes``, or simply ``lines()``; ``[judge] show_chance =
    false`` in guatu.toml makes words of percentages. Days and history are those known on as_of.
    """
    indicator = AIR.get(target.indicator_id or "")
    if indicator is None or str(period) != f"{period.first.year}":
        return None
    figure = figure_of(ws, indicator, target.scope, period, as_of, explained=False)
    if not figure.parts or as_of < period.first:
        return None
    now = cast(Mapping[str, Days], figure.daily(indicator.item))
    history: dict[str, dict[date, float | None]] = {name: {} for name in now}
    for back in range(1, YEARS + 1):
        year = Period.of(str(period.first.year - back))
        before = figure_of(ws, indicator, target.scope, year, as_of, explained=False)
        for name, days in before.daily(indicator.item).items():
            if name in history:
                history[name] |= cast(dict[date, float | None], dict(days))
    until = min(as_of, data_until(ws, as_of) or as_of - timedelta(days=1))
    return outlook_of(
        target,
        now,
        cast(Mapping[str, Days], history),
        as_of=until,
        year=period.first.year,
        percent=ws.city.judge.show_chance,
    )
