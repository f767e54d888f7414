"""What the judge knows that helps a load: the scopes the plan speaks of before it, what looks wrong after it."""

from __future__ import annotations

from datetime import date

from guatu.judge import reported_sites, reported_water
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace


def scopes_of(ws: Workspace) -> list[str]:
    """The scopes the plan speaks of, so that a figure may be of them."""
    return sorted({target.scope for target in plan_of(ws).targets}) if ws.plan_path.is_file() else []


def doubts_after(ws: Workspace, kind: str, day: date) -> list[str]:
    """Sentences on stored samples whose published class is not the one their readings give."""
    if kind == "water":
        return [str(doubt) for doubt in reported_water.doubts(ws, day)]
    if kind in ("groundwater", "sources"):
        return [str(doubt) for doubt in reported_sites.doubts(ws, kind, day)]
    return []
