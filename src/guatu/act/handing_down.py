"""Handing down 转办: a county gives a measure to its own bureaus and towns and merges what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from guatu.act.duty_states import DONE
from guatu.errors import ActError

WORST_FIRST = ("滞后", "未启动", "申请调整", "推进中", "长期坚持", DONE)
"""The county says the worst of what its parts say."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one bureau or town was given of a measure, and what it said of a period (empty: nothing yet)."""

    to: str
    node: date | None = None
    note: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The county's answer out of its parts: the cells of its own sheet, and whose word is missing."""

    said: Mapping[str, str]
    missing: tuple[str, ...]


def merged(parts: Sequence[Part], quantity: str = "") -> Answer:
    """One answer of several parts.

    quantity: N of the measure; counts add up exactly, and only when every part gave one: a missing count is no zero.
    The state is the worst said, and done only when every part is. Raises ActError (G-HAND-01): nobody said anything.
    """
    told = [one for one in parts if one.said]
    missing = tuple(one.to for one in parts if not one.said)
    if not told:
        raise ActError.of(
            "G-HAND-01: nothing came back", "G-HAND-01", "转办", "下面还没有一家回", "没有可汇总的", "先催下面回",
        )  # fmt: skip
    words = [one.said.get("state", "") for one in told]
    state = next((word for word in WORST_FIRST if word in words), "推进中")
    if state == DONE and missing:
        state = "推进中"
    said = {"state": state, "text": "；".join(f"{one.to}：{one.said['text']}" for one in told if one.said.get("text"))}
    counts = [one.said.get("count", "") for one in told]
    if quantity and not missing and all(counts):
        said["count"] = f"{sum((number(one) for one in counts), Decimal()).normalize():f}"
    for name in ("proof", "trouble", "next"):
        given = [f"{one.to}：{one.said[name]}" for one in told if one.said.get(name)]
        if given:
            said[name] = "；".join(given)
    days = [one.said.get("done_on", "") for one in told]
    if state == DONE and all(days):
        said["done_on"] = max(days)
    return Answer(said, missing)


def number(words: str) -> Decimal:
    """A count. Raises ActError (G-HAND-02) for what is none."""
    try:
        found = Decimal(words)
        if found.is_finite() and found >= 0:
            return found
    except InvalidOperation:
        pass
    raise ActError.of(
        f"G-HAND-02: no count: {words}", "G-HAND-02", "完成数量", f"“{words}”不是数", "加不起来", "写数字，如 3 或 2.5"
    )
