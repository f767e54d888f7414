"""The one door of the data: a file of any kind is looked at or taken in, the same by command and by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypedDict

from guatu.errors import LoadError
from guatu.load import air, hearing, lists, official, papers, sand, section_list, site_samples, water, water_class
from guatu.load import weather as weather_room
from guatu.load.air import Checked
from guatu.load.figures import filled, reading
from guatu.load.hearing import Hearing
from guatu.load.hourly import Stamp
from guatu.load.kept import Kept
from guatu.load.workspace import Workspace

KINDS = {
    "air-hourly": "空气小时值",
    "water": "地表水数据",
    "groundwater": "地下水数据",
    "sources": "饮用水水源数据",
    "figures": "报送数",
    "official": "上级通报值或断面类别表",
    "list": "清单",
    "sand": "沙尘扣除日名单",
    "weather": "气象产品",
    "sections": "断面清单",
}


class How(TypedDict):
    """How a file is taken in, the same for every kind."""

    look: bool
    correct: bool
    reason: str
    on: date | None
    person: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a file.

    correct, reason, on: a correction, why and from which day; leave_unknown: pass over sites the workspace does not
    have; indicator, period, paper, day, list, label: of the whole table, where it has no column of them; stamp, units:
    of hours of air; columns: what headings mean, by text or place, see guatu.load.hearing.
    """

    correct: bool = False
    reason: str = ""
    on: date | None = None
    person: str = ""
    leave_unknown: bool = False
    indicator: str = ""
    period: str = ""
    paper: str = ""
    day: date | None = None
    list: str = ""
    label: str = ""
    stamp: Stamp = "end"
    units: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of a file.

    new, same, changed: rows new, known already, corrected; address: of the load, kind/number, where one was made;
    notes: sentences for the person; checked: of hours of air the file as checked; official: figures of the level
    above, which are no batch.
    """

    file: str
    kind: str
    new: int
    same: int
    changed: int
    address: str = ""
    notes: tuple[str, ...] = ()
    checked: Checked | None = None
    official: bool = False

    @property
    def sentence(self) -> str:
        """What was or would be done, in one line."""
        changed = f"，更正 {self.changed:,} 行" if self.changed else ""
        same = f"，{self.same:,} 行已有" if self.same else ""
        return f"新 {self.new:,} 行{changed}{same}"


def take(
    ws: Workspace,
    file: Path,
    kind: str,
    said: Said,
    scopes: Collection[str] = (),
    *,
    look: bool = False,
    ear: Hearing | None = None,
) -> Outcome:
    """Look at a file, or take it in as one load; nothing is kept where anything is wrong.

    scopes: those the plan speaks of; look: say all that would be done, with every fault, and keep nothing; ear: hears
    how the tables were understood and how far it is. Raises LoadError with every fault of the file, G-LOAD-38 where
    the kind is unknown or a list is not named.
    """
    if kind not in KINDS:
        raise LoadError.of(
            f"no kind {kind}", "G-LOAD-38", file.name, f"没有“{kind}”这种数据", "不知怎样读", f"选 {'、'.join(KINDS)}"
        )
    if kind == "list" and not said.list:
        raise LoadError.of(
            "which list", "G-LOAD-38", file.name, "没有写是哪一种清单", "各种清单的列不同", "写明，如 villages（村庄）"
        )
    ear = ear or Hearing()
    with hearing.listening(Hearing({**ear.renamed, **said.columns}, ear.tell, ear.heard)):
        hearing.step("读取文件", 0, 0)
        if kind == "air-hourly":
            return _air(ws, file, said, look)
        if kind == "sections":
            return _sections(ws, file, said, scopes, look)
        if kind == "official" and not water_class.is_class_table(file):
            return _official(ws, file, said, scopes, look)
        return _batch(ws, file, kind, said, scopes, look)


def _batch(ws: Workspace, file: Path, kind: str, said: Said, scopes: Collection[str], look: bool) -> Outcome:
    """What is kept row by row."""
    how: How = {"look": look, "correct": said.correct, "reason": said.reason, "on": said.on, "person": said.person}
    paper = water_class.Paper(said.paper, said.day, said.period)
    stored_as = kind
    done: Kept
    if kind == "official":
        stored_as = "water-class"
        done = water_class.store_classes(ws, file, paper, **how)
    elif kind == "sand":
        done = sand.store_sand(ws, file, paper, **how)
    elif kind == "weather":
        done = weather_room.store_weather(ws, file, **how)
    elif kind == "water":
        done = water.store_water(ws, file, leave_unknown=said.leave_unknown, **how)
    elif kind in site_samples.media():
        done = site_samples.store_site_samples(ws, file, kind, leave_unknown=said.leave_unknown, **how)
    elif kind == "list":
        done = lists.store_list(
            ws, file, said.list, label=said.label, at_period=said.period, received=said.day, **how
        )  # fmt: skip
    else:
        given = reading.Given(said.indicator, said.period, "", said.day)
        done = filled.store_figures(ws, file, given, scopes, **how)
    address = f"{stored_as}/{done.batch.number:04d}" if done.batch else ""
    return Outcome(file.name, kind, done.new, done.same, done.changed, address, done.notes)


def _air(ws: Workspace, file: Path, said: Said, look: bool) -> Outcome:
    if look:
        checked = air.check(file, ws.city, stamp=said.stamp, units=said.units, leave_unknown=said.leave_unknown)
        hearing.step("与已入库的比较", 0, 0)
        new, same, differing = air.foreseen(ws, checked)
        if differing and not said.correct:
            raise LoadError(f"{file.name} has {len(differing)} faults; nothing was stored", differing)
        return Outcome(file.name, "air-hourly", new, same, len(differing), "", checked.notes, checked)
    done = air.store(
        ws, file, stamp=said.stamp, units=said.units, leave_unknown=said.leave_unknown, correct=said.correct,
        reason=said.reason, on=said.on, person=said.person,
    )  # fmt: skip
    address = f"air-hourly/{done.batch.number:04d}" if done.batch else ""
    return Outcome(
        file.name, "air-hourly", done.new, done.same, done.changed, address, done.checked.notes, done.checked
    )


def _sections(ws: Workspace, file: Path, said: Said, scopes: Collection[str], look: bool) -> Outcome:
    with papers.recorded(ws, "sections", file, said.person, look) as rows:
        listed = section_list.store_section_list(ws, file, scopes, list_name=said.label, paper=said.paper, look=look)
        rows.append(listed.new)
    notes = tuple(f"清单 {name}：{size} 个" for name, size in listed.lists.items())
    address = _newest(ws, "sections", look) if listed.new else ""
    return Outcome(file.name, "sections", listed.new, listed.same, 0, address, notes)


def _official(ws: Workspace, file: Path, said: Said, scopes: Collection[str], look: bool) -> Outcome:
    paper = water_class.Paper(said.paper, said.day, said.period)
    with papers.recorded(ws, "official", file, said.person, look) as rows:
        new, same = official.store_official(ws, file, scopes, paper, look=look)
        rows.append(new)
    address = _newest(ws, "official", look) if new else ""
    return Outcome(file.name, "official", new, same, 0, address, official=True)


def _newest(ws: Workspace, kind: str, look: bool) -> str:
    """The address of the load just made."""
    found = [one for one in papers.papers_in(ws.data) if one.kind == kind and one.undone is None]
    return f"{kind}/{found[-1].number:04d}" if found and not look else ""
