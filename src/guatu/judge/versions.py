"""Versions of a target: what the notice says, what a level above set later, from which day, by which paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import tomlkit

from guatu.base.toml import BrokenTomlError, parsed
from guatu.errors import Fault, WorkspaceError
from guatu.judge.indicators import card_of
from guatu.load.workspace import Workspace
from guatu.read.amendment import LEVELS
from guatu.read.plan import Plan, Target, Version
from guatu.rules.cards import Cards

OPS = ("<=", ">=", "==", ">", "~")
FILE = "plan/versions.toml"


def words_of(version: Version) -> str:
    """``省“文号”自 2021-08-01 起 33``."""
    aspired = f"，力争 {version.stretch}" if version.stretch else ""
    return f"{version.level}“{version.paper}”自 {version.since} 起 {version.value}{aspired}"


def versions_of(ws: Workspace) -> tuple[Version, ...]:
    """The later versions of targets in a workspace, oldest first; none without plan/versions.toml.

    Raises WorkspaceError with every fault: G-JUDGE-30 not TOML, G-JUDGE-31 an entry, G-JUDGE-32 two numbers of one
    level for one day.
    """
    path = ws.folder / FILE
    if not path.is_file():
        return ()
    try:
        rows = parsed(path.read_bytes()).get("version", [])
    except BrokenTomlError as error:
        raise WorkspaceError.of(
            "versions.toml is not TOML", "G-JUDGE-30", FILE, error.what, "不知现行目标值", "用文本编辑器改正"
        ) from None
    return checked(rows)


def checked(rows: Iterable[Mapping[str, Any]], where: str = FILE) -> tuple[Version, ...]:
    """Versions from plain rows, oldest first; raises WorkspaceError (G-JUDGE-31, G-JUDGE-32) with every fault."""
    faults: list[Fault] = []
    found = []
    for number, row in enumerate(rows, 1):
        problem = _problem(row)
        if problem:
            faults.append(Fault("G-JUDGE-31", f"{where} 第 {number} 条", problem, "不知现行目标值", "对照文件改正"))
        else:
            found.append(Version(**row))
    by_day: dict[tuple[str, date, str], Version] = {}
    for version in found:
        key = (version.target, version.since, version.level)
        other = by_day.setdefault(key, version)
        if (other.value, other.stretch) != (version.value, version.stretch):
            what = f"同一天有 {other.value}（{other.paper}）和 {version.value}（{version.paper}）两个数"
            faults.append(
                Fault("G-JUDGE-32", f"{where} {version.target} {version.since}", what, "不知以哪个为准", "只留一个")
            )
    if faults:
        raise WorkspaceError(f"{len(faults)} faults in versions of targets", faults)
    return tuple(sorted(by_day.values(), key=lambda version: version.since))


def in_force(target: Target, versions: Sequence[Version], day: date, cards: Cards | None = None) -> Target:
    """The target as it stood on a day: the number of the highest level known by then, of one level the newest.

    A month judged on its own day keeps the number of that day. authority then says whose number it is and which one
    it replaced.
    """
    mine = [version for version in versions if version.target == target.id and version.since <= day]
    if not mine:
        return target
    best = max(mine, key=lambda version: (LEVELS.index(version.level), version.since))
    was = target.value if target.value is not None else target.reference or "未定"
    stretch = Decimal(best.stretch) if best.stretch else None
    card = card_of(target, cards)
    plain = "<=" if card is not None and card.better == "lower" else ">="
    op = best.op or (plain if target.op in ("schedule", "done") else target.op)
    return replace(
        target,
        value=Decimal(best.value),
        stretch=stretch,
        op=op,
        authority=f"{words_of(best)}（原 {was}，{best.reason}）",
    )


def plan_on(plan: Plan, versions: Sequence[Version], day: date, cards: Cards | None = None) -> Plan:
    """The plan with every target as it stood on a day, by the versions given and those the plan itself keeps."""
    every = (*plan.versions, *versions)
    return replace(plan, targets=tuple(in_force(target, every, day, cards) for target in plan.targets))


def change(ws: Workspace, plan: Plan, rows: Iterable[Mapping[str, Any]]) -> tuple[Version, ...]:
    """Keep new versions behind those there are; nothing is kept where one is wrong. Returns the new ones.

    Raises WorkspaceError: G-JUDGE-31 and 32 as versions_of, G-JUDGE-33 a target the plan does not have.
    """
    known = versions_of(ws)
    new = checked(rows, "新目标值")
    ids = {target.id for target in plan.targets}
    lost = sorted({version.target for version in new} - ids)
    if lost:
        raise WorkspaceError(
            f"no target {lost}",
            [
                Fault("G-JUDGE-33", f"目标 {one}", "计划里没有", "不知改哪一项", "用 guatu status 查编号")
                for one in lost
            ],
        )
    checked([_row(version) for version in (*known, *new)])
    fresh = tuple(version for version in new if version not in known)
    document = tomlkit.document()
    table = tomlkit.aot()
    for version in (*known, *fresh):
        entry = tomlkit.table()
        entry.update(_row(version))
        table.append(entry)
    document["version"] = table
    aside = ws.folder / "plan" / "versions.tmp"
    aside.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")
    aside.replace(ws.folder / FILE)
    return fresh


def _row(version: Version) -> dict[str, Any]:
    row = {field.name: getattr(version, field.name) for field in fields(Version)}
    return {name: value for name, value in row.items() if value != ""}


def _problem(row: Mapping[str, Any]) -> str:
    """What is wrong with an entry, empty where nothing is."""
    known = [field.name for field in fields(Version)]
    needed = ("target", "since", "level", "value", "paper", "reason")
    if lacking := [name for name in needed if not row.get(name)]:
        return f"缺 {'、'.join(lacking)}"
    if strange := sorted(row.keys() - set(known)):
        return f"不认识 {'、'.join(strange)}"
    if type(row["since"]) is not date:
        return f"since 写成了 {row['since']!r}，要写 2021-08-01"
    if row["level"] not in LEVELS:
        return f"level 写成了“{row['level']}”，只能是 {'、'.join(LEVELS)}"
    if row.get("op", "") not in ("", *OPS):
        return f"op 写成了“{row['op']}”，只能是 {' '.join(OPS)}"
    for name in ("value", "stretch"):
        try:
            if row.get(name) and not (isinstance(row[name], str) and Decimal(row[name]).is_finite()):
                raise InvalidOperation
        except InvalidOperation:
            return f'{name} 写成了 {row[name]!r}，要写带引号的数，如 "33"'
    return ""
