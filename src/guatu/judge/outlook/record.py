"""What became of the chances given: the reliability of past forecasts, as kept in ``record.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def record() -> dict[str, Any]:
    """The record: ``sets``, and for each indicator its classes (low, high, count, given, met)."""
    return tomllib.loads(files(__package__).joinpath("record.toml").read_text(encoding="utf-8"))


def record_of(indicator: str, chance: float) -> str:
    """One sentence on the forecasts of the back-test whose chance was of the same class."""
    kept = record()
    for entry in kept[indicator]:
        if entry["low"] <= chance < entry["high"] or chance == entry["high"] == 1:
            span = f"{entry['low']:.0%}～{entry['high']:.0%}"
            return (
                f"回测（{kept['sets']}）中给出 {span} 的 {entry['count']} 次，平均给出 {entry['given']:.1%}，"
                f"实际达标 {entry['met']:.1%}；同一年各城市天气相近，只相当于 {kept['years']} 个年份的经验"
            )
    return ""
