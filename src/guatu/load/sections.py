"""plan/sections.toml: the sections and points of the city's waters, and the dated lists that targets count."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from guatu.base.still import once
from guatu.base.toml import BrokenTomlError, parsed
from guatu.errors import Fault, WorkspaceError
from guatu.load.words import plain
from guatu.load.workspace import Workspace

KINDS = ("river", "lake", "ground")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a river, a point of a lake or of groundwater (kind river, lake, ground).

    river: the water it lies on; also: other spellings (鲶鱼山 for 鲇鱼山); place: the area that answers; aim: the
    class it should keep, 1 to 6.
    """

    id: str
    name: str
    kind: str = "river"
    river: str = ""
    place: str = ""
    also: tuple[str, ...] = ()
    aim: int = 0


@dataclass(frozen=True, slots=True)
class SectionList:
    """A list of sections as a level above set it: its name, also names of scopes it stands for, and its days.

    programme: which items set the class, ``21`` or ``5+X``; extra: the X; paper: where the list was printed.
    """

    name: str
    sections: tuple[str, ...]
    also: tuple[str, ...] = ()
    programme: str = "21"
    extra: tuple[str, ...] = ()
    since: date = date.min
    until: date = date.max
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Sections:
    """All sections and lists of a workspace."""

    sections: tuple[Section, ...] = ()
    lists: tuple[SectionList, ...] = ()

    def named(self, name: str, river: str = "") -> Section | None:
        """The section a table means, by its own name or another spelling; its river decides between namesakes."""
        word = _bare(name)
        found = [one for one in self.sections if word in map(_bare, (one.name, one.id, *one.also))]
        if len(found) > 1 and river:
            found = [one for one in found if _bare(one.river) == _bare(river)]
        return found[0] if len(found) == 1 else None

    def list_of(self, scope: str, day: date) -> SectionList | None:
        """The list a scope counts on a day."""
        for one in self.lists:
            if one.since <= day <= one.until and scope in (one.name, *one.also):
                return one
        return None

    def by_id(self, key: str) -> Section | None:
        """The section of an id."""
        return next((one for one in self.sections if one.id == key), None)


@once
def sections_of(ws: Workspace) -> Sections:
    """Read plan/sections.toml; none where the workspace has no such file.

    Raises WorkspaceError with every fault: G-WORK-20 not TOML, G-WORK-21 an entry, G-WORK-22 a name that points nowhere
    or stands twice.
    """
    path = ws.folder / "plan" / "sections.toml"
    return _read(path.read_bytes()) if path.is_file() else Sections()


@lru_cache(maxsize=8)
def _read(content: bytes) -> Sections:
    """The sections of a file's bytes; a wall asks for them many times."""
    try:
        document = parsed(content)
    except BrokenTomlError as error:
        raise WorkspaceError.of(
            "sections.toml is not TOML",
            "G-WORK-20",
            "plan/sections.toml",
            error.what,
            "断面清单读不出来",
            "用文本编辑器改正",
        ) from None
    faults: list[Fault] = []
    sections = [one for row in _rows(document, "section", faults) if (one := _entry(Section, row, faults))]
    lists = [one for row in _rows(document, "list", faults) if (one := _entry(SectionList, row, faults))]
    ids = [one.id for one in sections]
    for twice in sorted({key for key in ids if ids.count(key) > 1}):
        faults.append(_fault("G-WORK-22", f"断面编号“{twice}”", "出现了不止一次", "只留一个"))
    for one in sections:
        if one.kind not in KINDS:
            faults.append(
                _fault("G-WORK-21", f"断面“{one.name}”", f"kind 写成了“{one.kind}”", f"写 {'、'.join(KINDS)} 之一")
            )
    for listed in lists:
        if not isinstance(listed.sections, list | tuple):
            faults.append(
                _fault("G-WORK-21", f"清单“{listed.name}”", "sections 不是一串编号", '写成 ["某断面"] 的样子')
            )
            continue
        for key in listed.sections:
            if key not in ids:
                faults.append(
                    _fault("G-WORK-22", f"清单“{listed.name}”", f"断面“{key}”没有登记", "先登记它，或改正编号")
                )
    if faults:
        raise WorkspaceError(f"sections.toml has {len(faults)} faults", faults)
    return Sections(tuple(sections), tuple(lists))


def _rows(document: dict[str, Any], name: str, faults: list[Fault]) -> list[dict[str, Any]]:
    """The entries under ``[[name]]``; none, and a fault, where something else stands there."""
    rows = document.get(name, [])
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    faults.append(_fault("G-WORK-21", f"“{name}”", f"不是 [[{name}]] 的样子", f"每一条以 [[{name}]] 起头"))
    return []


def _entry(kind: type, row: dict[str, Any], faults: list[Fault]) -> Any:
    known = {field.name for field in fields(kind)}
    needed = ("id", "name") if kind is Section else ("name", "sections")
    lacking = [name for name in needed if not row.get(name)]
    strange = sorted(row.keys() - known)
    if lacking or strange:
        told = "；".join(
            words
            for words in (f"缺 {'、'.join(lacking)}" * bool(lacking), f"不认识 {'、'.join(strange)}" * bool(strange))
            if words
        )
        faults.append(_fault("G-WORK-21", f"“{row.get('name', '')}”", told, "对照文档改正"))
        return None
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})


@lru_cache(maxsize=65536)
def _bare(name: str) -> str:
    """A name for comparison: brackets, the words 断面 and 点位 and blanks gone."""
    text = plain(name).replace("(", "（").replace(")", "）")
    return text.partition("（")[0].removesuffix("断面").removesuffix("点位") or text


def _fault(code: str, where: str, what: str, remedy: str) -> Fault:
    return Fault(code, f"plan/sections.toml {where}", what, "算比例时不知取哪些断面", remedy)
