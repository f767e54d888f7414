"""The city's list of sections beside the one the level above printed: section by section, and their classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from guatu.compute.classes import ROMAN
from guatu.judge.findings import LOOSE, MISSING, SAME, STRICT, WRONG, Finding
from guatu.load.sections import Section, SectionList, Sections, sections_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan


@dataclass(frozen=True, slots=True)
class ListAbove:
    """A list of sections as a level above printed it: its name here, the sections by name, their classes where given.

    aims: class 1 to 6 by section name; since: the day it counts from.
    """

    list: str
    sections: tuple[str, ...]
    aims: dict[str, int] = field(default_factory=dict)
    level: str = "省"
    paper: str = ""
    since: date = date.min


def lists_compared(ws: Workspace, plan: Plan, above: Sequence[ListAbove], day: date) -> Iterable[Finding]:
    """What differs between each list of the level above and the city's list of that name, as they stand on a day.

    缺: a section the city does not count or has no class for; 不符: one it counts that the level above does not;
    宽于, 严于: a class worse or better than the one set. A list that agrees whole is said once (一致).
    """
    waters = sections_of(ws)
    for one in above:
        if one.since > day:
            continue
        mine = waters.list_of(one.list, day)
        target = next((t.id for t in plan.targets if t.scope == one.list or (mine and t.scope in mine.also)), "")
        told = f"{one.level}“{one.paper or '未注明文件'}”"
        if mine is None:
            yield Finding(target, MISSING, f"{one.list}：{told}列有 {len(one.sections)} 个断面，本级没有这张清单")
            continue
        found = list(_between(waters, mine, one, target, told))
        yield from found or [Finding(target, SAME, f"{one.list}：{told}的 {len(one.sections)} 个断面逐一相同")]


def _between(waters: Sections, mine: SectionList, above: ListAbove, target: str, told: str) -> Iterable[Finding]:
    matched = set()
    for name in above.sections:
        section = waters.named(name)
        if section is None or section.id not in mine.sections:
            where = "没有登记" if section is None else "不在本级清单里"
            yield Finding(target, MISSING, f"{above.list}：{told}列有 {name}，{where}，本级的比例少算这一个")
            continue
        matched.add(section.id)
        if name in above.aims:
            yield from _class(section, above.aims[name], above.list, target, told)
    for key in mine.sections:
        if key not in matched:
            extra = waters.by_id(key)
            name = extra.name if extra else key
            yield Finding(target, WRONG, f"{above.list}：本级多出 {name}，{told}没有，本级的比例多算这一个")


def _class(section: Section, aim: int, name: str, target: str, told: str) -> Iterable[Finding]:
    if section.aim == aim:
        return
    asked = f"{name} {section.name}：{told}目标{ROMAN[aim - 1]}类"
    if not section.aim:
        yield Finding(target, MISSING, f"{asked}，本级没有写目标类别")
    else:
        word = LOOSE if section.aim > aim else STRICT
        yield Finding(target, word, f"{asked}，本级{ROMAN[section.aim - 1]}类，{word}上级")
