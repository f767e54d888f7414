"""What a comparison of two levels may say: 宽于, 严于, 一致, 缺, 不符."""

from __future__ import annotations

from dataclasses import dataclass

LOOSE, STRICT, SAME, MISSING, WRONG = "宽于", "严于", "一致", "缺", "不符"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a comparison found: target id (empty where the plan has none), word (宽于 严于 一致 缺 不符), sentence."""

    target: str
    word: str
    text: str
