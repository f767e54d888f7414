"""Heavy pollution: which level of warning a run of days reaches by the rules of its day; the city's plan decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from guatu import rules

LEVELS = {"red": "红色", "orange": "橙色", "yellow": "黄色"}
DAY = 24


def heavy_level(aqi: Mapping[date, int], first: date) -> tuple[str, str] | None:
    """The highest level that days in a row reach from a day on, with the words of its condition; None for none.

    aqi: the day's AQI, measured or forecast, by day; the run ends at the first day that is not there. A day counts 24
    hours, so a 24 h mean that crosses midnight is not seen.
    """
    run: list[int] = []
    day = first
    while day in aqi:
        run.append(aqi[day])
        day += timedelta(days=1)
    for level, name in LEVELS.items():
        rule = rules.at(f"heavy.warning.{level}", first)
        for row in rule.value:
            if all(_reached(part, run) for part in row):
                told = "且".join(_words(part) for part in row)
                return name, f"{told}（{rule.clause}，{rule.source}）"
    return None


def _reached(part: Mapping[str, int], run: Sequence[int]) -> bool:
    """Whether the condition holds on enough days in a row somewhere in the run."""
    need, longest, current = -(-part["hours"] // DAY), 0, 0
    for value in run:
        holds = value >= part["reaches"] if "reaches" in part else value > part["over"]
        current = current + 1 if holds else 0
        longest = max(longest, current)
    return longest >= need


def _words(part: Mapping[str, int]) -> str:
    bound = f"AQI 达到 {part['reaches']}" if "reaches" in part else f"AQI 大于 {part['over']}"
    return f"{bound} 持续 {part['hours']} 小时"
