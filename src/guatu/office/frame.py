"""What every page carries: the city, the day, the demo mark, freshness, the bar and the chosen look."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.office import snapshots
from guatu.office.people.session_end import left
from guatu.office.permissions import account_of

LOOKS = (("auto", "跟随系统"), ("light", "浅色"), ("dark", "深色"))
BAR = (
    ("home-mine", "我的", "homes.has_own"),
    ("wall", "总览", "office.see_figures"),
    ("notices", "文件", "office.see_notices"),
    ("targets", "目标", "office.see_figures"),
    ("tasks", "任务", "office.see_tasks"),
    ("mine", "填报", "office.report_own"),
    ("breakdown", "分解", "office.see_tasks"),
    ("problems", "问题", "ledger.see_problems"),
    ("scores", "考核", "scoring.see_scores"),
    ("collections", "收表", "office.see_collection"),
    ("intake", "数据", "office.intake"),
    ("bulletins", "简报", "bulletins.see"),
    ("registers", "台账", "office.see_tasks"),
    ("handdown", "转办", "office.hand_down"),
    ("homes", "单位", "homes.see_list"),
    ("bodies", "单位", "office.keep_bodies"),
    ("accounts", "账号", "office.run_accounts"),
    ("rules", "规则", "office.see_figures"),
    ("log", "留痕", "office.read_log"),
    ("help", "说明", ""),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates, error pages included."""
    look = request.COOKIES.get("look", "auto")
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    here = (match.url_name or "").split("-")[0] if match else ""
    shot = snapshots.latest() if user is not None and user.is_authenticated else None
    ws = _workspace()
    bar = [(name, word) for name, word, act in BAR if user is not None and (not act or user.has_perm(act))]
    names = {name for name, _ in bar}
    bar = [one for one in bar if not (one[0] == "bodies" and "homes" in names)]  # the tree is a leaf of that page
    return {
        "look": look if look in dict(LOOKS) else "auto",
        "looks": LOOKS,
        "city": ws.name if ws else "",
        "demo": ws is not None and ws.demo,
        "shot": shot.picture if shot else None,
        "alert_count": sum(len(shot.picture["alerts"][name]) for name in ("new", "standing")) if shot else 0,
        "stale_hours": snapshots.hours_stale(shot.picture) if shot else 0,
        "bar": bar,
        "here": {
            "target": "targets",
            "task": "tasks",
            **dict.fromkeys(
                ("explain", "why", "rows", "warnings", "sections", "checks", "plans", "weather", "witnesses"), "targets"
            ),
            "measure": "breakdown",
            "comments": "breakdown",
            "collect": "collections",
            "heap": "collections",
            **dict.fromkeys(("problem", "objects", "object", "letters"), "problems"),
            "entry": "registers",
            "notice": "notices",
            "bulletin": "bulletins",
            "register": "registers",
            "rule": "rules",
            "bodies": "homes" if "homes" in names else "bodies",
            "home": "homes" if "homes" in names else "home-mine",
            "map": "intake" if user is not None and user.has_perm("office.intake") else "wall",
        }.get(here, here),
        "session_left": left(request) if user is not None else 0,
        "oidc": settings.OIDC_ON,
        "account": account_of(user) if user is not None and user.is_authenticated else None,
    }


def _workspace() -> Workspace | None:
    """The workspace, or None where its folder cannot be read: the page still comes up."""
    if settings.GUATU_WORKSPACE is None:
        return None
    try:
        return _opened(settings.GUATU_WORKSPACE, (settings.GUATU_WORKSPACE / "guatu.toml").stat().st_mtime_ns)
    except (GuatuError, OSError):
        return None


@lru_cache(maxsize=2)
def _opened(folder: Path, written: int) -> Workspace:
    """Read guatu.toml again only when it was written again."""
    return Workspace.open(folder)


def is_demo() -> bool:
    """Whether this office shows generated data; every page then says so."""
    ws = _workspace()
    return ws is not None and ws.demo
