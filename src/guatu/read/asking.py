"""What a target asks, in signs: the one writing for commands, papers, pages and the reading's own report."""

from __future__ import annotations

from guatu.base.units import with_unit
from guatu.read.plan import Target

SIGNS = {"<=": "≤", ">=": "≥", "==": "=", ">": ">", "<": "<", "~": "约", "range": "", "done": "完成"}


def asked(target: Target) -> str:
    """A target's demand with its unit and what is striven for: ``≤30 µg/m³，力争 29``; a schedule in its words."""
    if target.op == "schedule":
        return f"时序进度（{target.reference}）" if target.reference else "时序进度"
    if target.value is None:
        return target.reference or "—"
    bounds = target.value if isinstance(target.value, tuple) else (target.value,)
    demand = SIGNS.get(target.op, target.op) + with_unit("～".join(map(str, bounds)), target.unit)
    return demand if target.stretch is None else f"{demand}，力争 {target.stretch}"
