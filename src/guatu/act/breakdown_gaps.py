"""What a breakdown still lacks, and who has to report on which row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guatu.act.breakdown import Row

GROUP = "各县（市、区）"
"""How a notice names all counties together (各县（市、区）党委, 各县（市、区）政府)."""


UNKNOWN = "县区未登记"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that lacks an owner, a node or cover: kind, the row (empty: the whole notice), and the words."""

    kind: str
    row: str
    words: str


def gaps(rows: Sequence[Row], counties: Sequence[str], zones: Sequence[str]) -> tuple[Gap, ...]:
    """Every gap of the breakdown; counties: those GROUP stands for, zones: areas that may not be named."""
    found = []
    for row in rows:
        short = row.text[:24]
        if not row.lead:
            found.append(Gap("没有责任单位", row.id, f"“{short}”没有责任单位"))
        elif not row.confirmed:
            found.append(Gap("牵头未确认", row.id, f"“{short}”的牵头单位没有确认，{row.lead}只是首位"))
        if row.node is None and row.done != "standing":
            found.append(Gap("没有节点", row.id, f"“{short}”没有完成节点"))
        if row.done == "count" and not row.quantity:
            found.append(Gap("没有数量", row.id, f"“{short}”按数量办结，但没有写总数"))
    named = {body for row in rows for body, _ in row.bodies()} | set(counties)
    if not set(counties) - set(zones) and any(body.startswith(GROUP) for row in rows for body, _ in row.bodies()):
        found.append(Gap(UNKNOWN, "", f"“{GROUP}”是哪几个没有登记，发不出它们的报送表"))
    for zone in zones:
        if zone not in named:
            found.append(Gap("未覆盖", "", f"{zone}没有一项任务写到，也不在“不再列出”的范围内"))
    return tuple(found)


def zones_in(addressees: Iterable[str]) -> tuple[str, ...]:
    """Areas with a committee of their own among the addressees: 高新区、昌南新区党工委、管委会 are two."""
    found = []
    for words in addressees:
        for part in words.replace("，", "、").split("、"):
            name = part
            for ending in ("党工委", "管委会", "工委"):
                name = name.removesuffix(ending)
            if name.endswith("区") and "各" not in name and any(word in words for word in ("管委会", "党工委")):
                found.append(name)
    return tuple(dict.fromkeys(found))


def asked_of(rows: Iterable[Row], counties: Sequence[str]) -> dict[str, tuple[tuple[Row, str], ...]]:
    """For every body that must report: its rows with its part in each; groups of counties become the counties.

    The first, responsible and cooperating bodies are asked, and the counties for what is laid on them, by name or
    implied; bodies in the order of the notice, counties last.
    """
    found: dict[str, dict[str, tuple[Row, str]]] = {}
    for row in rows:
        for body, word in row.bodies():
            for name in counties if body.startswith(GROUP) else (body,):
                found.setdefault(name, {}).setdefault(row.id, (row, word))
    ordered = [*(name for name in found if name not in counties), *(name for name in counties if name in found)]
    return {name: tuple(found[name].values()) for name in ordered}


def owners(row: Row, counties: Sequence[str]) -> Mapping[str, str]:
    """Each body that reports on a row, with its part."""
    return {name: rows[0][1] for name, rows in asked_of([row], counties).items()}
