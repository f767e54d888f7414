"""A table of sections, points and sources as an office keeps it, added to plan/sections.toml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomlkit

from guatu.errors import Fault, LoadError
from guatu.load.figures.row import places_of
from guatu.load.office_table import Line, OfficeTable, tables_of
from guatu.load.sections import Section, SectionList, Sections, sections_of
from guatu.load.words import absent, named, plain, water_class
from guatu.load.workspace import Workspace

NAMES = {
    "id": "断面编码 断面编号 断面代码 点位编码 点位编号 点位代码 水源编码 水源编号 编码 编号 代码",
    "name": "断面名称 断面 监测断面 断面(点位) 点位名称 监测点位 监测点位名称 点位 水源名称 水源地名称 名称",
    "river": "河流 河流名称 所在河流 水系 河流(湖库)名称 河流/湖库 水体名称 所在水体",
    "place": "考核县区 责任地区 所在县区 县区 县(市、区) 地区 行政区 责任县区",
    "aim": "水质目标 目标类别 考核目标 目标 水质目标类别",
    "kind": "水体类型 断面类型 点位类型 水源类型 类型",
    "list": "控制级别 断面性质 断面级别 级别 断面属性 考核级别 所属清单 清单",
    "also": "别名 曾用名 其他名称",
}
_KINDS = {
    **dict.fromkeys(("河流", "河", "河流型", "河流断面"), "river"),
    **dict.fromkeys(("湖库", "湖泊", "水库", "湖", "湖库型", "水库型", "湖泊型"), "lake"),
    **dict.fromkeys(("地下水", "地下水型", "地下水点位", "地下水井"), "ground"),
}
_LEVEL = re.compile(r"[国省市县](?:控|考|省考)?")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a table added: sections that are new, sections known already, and the lists with their sizes."""

    new: int
    same: int
    lists: Mapping[str, int]


def store_section_list(
    ws: Workspace,
    file: Path | str,
    scopes: Collection[str] = (),
    *,
    list_name: str = "",
    programme: str = "21",
    paper: str = "",
    look: bool = False,
) -> Listed:
    """Add the sections of a table to plan/sections.toml, each to the lists its 控制级别 names (国控、省控).

    scopes: those the plan speaks of; a list stands for each scope that names its level and its kind of water.
    list_name: the list of the whole table, where it has no column of it; programme: ``21`` or ``5+X``; look: keep
    nothing. Raises LoadError with every fault: G-SECT-01 no such table, 02 no name, 03 place, 04 kind, 05 aim, 06 no
    list, 07 a section known already as another, 08 one section twice.
    """
    path = Path(file)
    known = sections_of(ws)
    remedy = "把表头写成 断面名称、河流、所在县区、水质目标、控制级别"
    tables = tables_of(path, _meaning, ({"name"}, set(NAMES) - {"name", "id"}), "G-SECT-01", "断面清单", remedy)
    faults: list[Fault] = []
    found: dict[str, Section] = {}
    members: dict[str, list[str]] = {}
    same = 0
    for table in tables:
        faults += table.faults
        for line in table.lines:
            if line.total:
                continue
            section = _section(ws, table, line, faults)
            before = known.by_id(section.id) or known.named(section.name, section.river)
            if before is not None:
                same += 1
                section = _agreed(table, line, before, section, faults)
            elif section.id in found:
                what = f"“{section.name}”已在表里"
                where = table.where(line.number, "name")
                faults.append(Fault("G-SECT-08", where, what, "一个断面只能登记一次", "删去一行，或写明河流和编码"))
            else:
                found[section.id] = section
            levels = _lists(line.cells.get("list", "")) or ([list_name] if list_name else [])
            if not levels:
                why = "目标按清单计数"
                remedy = "补上 国控、省控 等，或写明整张表的清单名（命令 --label）"
                faults.append(Fault("G-SECT-06", table.where(line.number, "list"), "没有写属于哪份清单", why, remedy))
            for level in levels:
                name = _title(level, section.kind)
                members.setdefault(name, []).append(section.id)
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)
    lists = _joined(known, members, scopes, programme, paper)
    if not look:
        _write(ws.folder / "plan" / "sections.toml", found.values(), lists)
    return Listed(len(found), same, {one.name: len(one.sections) for one in lists if one.name in members})


def _meaning(heading: str) -> str:
    text = plain(heading)
    short = text.partition("(")[0]
    words = {word: name for name, said in NAMES.items() for word in said.split()}
    return words.get(text) or words.get(short, "")


def _section(ws: Workspace, table: OfficeTable, line: Line, faults: list[Fault]) -> Section:
    cells = {name: "" if absent(cell) else cell.strip() for name, cell in line.cells.items()}

    def blame(code: str, name: str, what: str, why: str, remedy: str) -> None:
        faults.append(Fault(code, table.where(line.number, name), what, why, remedy))

    name = cells.get("name", "")
    if not name:
        blame("G-SECT-02", "name", "没有写断面名称", "认不出是哪一个", "补上名称")
    said = plain(cells.get("kind", ""))
    kind = _KINDS.get(said, "river" if not said else "")
    if not kind:
        blame("G-SECT-04", "kind", f"“{said}”不是河流、湖库或地下水", "各类水的标准不同", "写其中之一")
    place = cells.get("place", "")
    where = named(place, places_of(ws)) if place else ""
    if where is None:
        blame("G-SECT-03", "place", f"地区“{place}”没有登记", "不知由谁负责", "写 guatu.toml 里的地区名")
    aim = water_class(cells["aim"]) if cells.get("aim") else 0
    if aim is None:
        blame("G-SECT-05", "aim", f"“{cells['aim']}”不是水质类别", "不知要保哪一类", "写Ⅰ至Ⅴ")
    river = cells.get("river", "")
    also = tuple(word for word in re.split(r"[、,，;；]", cells.get("also", "")) if word)
    return Section(cells.get("id") or f"{river}{name}", name, kind or "river", river, where or "", also, aim or 0)


def _agreed(table: OfficeTable, line: Line, before: Section, now: Section, faults: list[Fault]) -> Section:
    """The section known already; a table that says another kind or aim of it is refused."""
    for name, old, new in (("kind", before.kind, now.kind), ("aim", before.aim, now.aim)):
        if line.cells.get(name) and old and new and old != new:
            where = table.where(line.number, name)
            what, remedy = f"“{before.name}”已登记为 {old}，表上是 {new}", "核对后改 plan/sections.toml 或这张表"
            faults.append(Fault("G-SECT-07", where, what, "同一断面两种说法", remedy))
    return before


def _lists(cell: str) -> list[str]:
    """国控、省控 of one cell: 国控/省控, 国控（省控）."""
    return list(dict.fromkeys(word for word in re.split(r"[、,，/／;；()（）\s]+", cell) if word and not absent(word)))


def _title(level: str, kind: str) -> str:
    """国控 of rivers is 国控断面, of wells 地下水国控点位; a whole name stays."""
    if not _LEVEL.fullmatch(level):
        return level
    return f"地下水{level}点位" if kind == "ground" else f"{level}断面"


def _joined(
    known: Sections, members: Mapping[str, Sequence[str]], scopes: Collection[str], programme: str, paper: str
) -> list[SectionList]:
    """The lists as they stand after the table: known ones grow, new ones stand for the scopes that mean them."""
    lists = list(known.lists)
    for name, ids in members.items():
        at = next((k for k, one in enumerate(lists) if name == one.name or name in one.also), None)
        if at is not None:
            lists[at] = replace(lists[at], sections=tuple(dict.fromkeys((*lists[at].sections, *ids))))
            continue
        taken = {word for one in lists for word in (one.name, *one.also)}
        also = tuple(scope for scope in scopes if scope != name and scope not in taken and _means(scope, name))
        lists.append(SectionList(name, tuple(dict.fromkeys(ids)), also, programme, paper=paper))
    return lists


def _means(scope: str, name: str) -> bool:
    """Whether a scope of the plan is this list: the same level (国控 and 国考 are one), the same water."""
    levels = {text: re.search(r"[国省市县](?=控|考)", text) for text in (scope, name)}
    one, two = levels[scope], levels[name]
    ground = "地下水" in scope, "地下水" in name
    return one is not None and two is not None and one[0] == two[0] and ground[0] == ground[1]


def _write(path: Path, added: Iterable[Section], lists: Sequence[SectionList]) -> None:
    """Add to the file as it stands, so that what a person wrote beside it stays."""
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.is_file() else tomlkit.document()
    for section in added:
        document.setdefault("section", tomlkit.aot()).append(_table(section))
    there = {str(one["name"]): one for one in document.get("list", [])}
    for one in lists:
        if one.name in there:
            there[one.name]["sections"] = list(one.sections)
        else:
            document.setdefault("list", tomlkit.aot()).append(_table(one))
    path.parent.mkdir(exist_ok=True)
    aside = path.with_suffix(".tmp")
    aside.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")
    aside.replace(path)


def _table(entry: Section | SectionList) -> Any:
    table = tomlkit.table()
    for one in fields(entry):
        value = getattr(entry, one.name)
        if value != one.default:
            table[one.name] = list(value) if isinstance(value, tuple) else value
    return table
