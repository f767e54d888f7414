"""What guatu.toml says: the city, its areas, stations, scopes and units; read with all faults at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import tomlkit

from guatu.base.place import Place, Scope
from guatu.base.toml import BrokenTomlError, parsed
from guatu.errors import Fault, WorkspaceError
from guatu.load.conventions import DEFAULT, Conventions, conventions_of, set_apart


@dataclass(frozen=True, slots=True)
class Station:
    """An air station: code as in data files, name, code of its place; also: other names files use for it."""

    code: str
    name: str
    place: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A unit: name as notices write it, kind (部门, 县区, 党委部门, 群组), code of its place if it has one."""

    name: str
    kind: str = "部门"
    place: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """The whole of guatu.toml."""

    name: str
    demo: bool = False
    places: tuple[Place, ...] = ()
    stations: tuple[Station, ...] = ()
    scopes: tuple[Scope, ...] = ()
    bodies: tuple[Body, ...] = ()
    judge: Conventions = DEFAULT

    def scope(self, name: str, day: date) -> Scope | None:
        """The scope of that name, or known by it also, in force on the day."""
        for scope in self.scopes:
            if scope.since <= day <= scope.until and (scope.name == name or name in scope.also):
                return scope
        return None

    def place(self, code: str) -> Place | None:
        """The place with that code."""
        return next((place for place in self.places if place.code == code), None)


TABLES: dict[str, type] = {"place": Place, "station": Station, "scope": Scope, "body": Body}


def city_from_toml(content: bytes) -> City:
    """Read the bytes of guatu.toml; raises WorkspaceError with every fault found."""
    try:
        document = parsed(content)
    except BrokenTomlError as error:
        raise WorkspaceError.of(
            "guatu.toml is not TOML",
            "G-WORK-02",
            "guatu.toml",
            error.what,
            "工作区打不开",
            "用文本编辑器改正后再试",
        ) from None
    faults: list[Fault] = []
    for key in document.keys() - {"city", "demo", "judge", *TABLES}:
        faults.append(_fault("G-WORK-03", f"“{key}”", "不认识这一项", "可能是写错了名字", "删去或改成正确的名字"))
    name, demo = document.get("city", ""), document.get("demo", False)
    if not isinstance(name, str) or not name:
        faults.append(_fault("G-WORK-04", "“city”", "没有填城市名", "报表和页面都要用", '写上 city = "某某市"'))
    if not isinstance(demo, bool):
        faults.append(_fault("G-WORK-05", "“demo”", "不是 true 或 false", "要靠它标明演示数据", "改成 true 或 false"))
    parts = {key: tuple(_entries(kind, document.get(key, []), key, faults)) for key, kind in TABLES.items()}
    judge = conventions_of(document.get("judge", {}), faults)
    city = City(str(name), demo is True, parts["place"], parts["station"], parts["scope"], parts["body"], judge)
    faults += _loose_ends(city)
    if faults:
        raise WorkspaceError(f"guatu.toml has {len(faults)} faults", faults)
    return city


def city_to_toml(city: City) -> str:
    """The text of guatu.toml; reading it back gives the same City."""
    document = tomlkit.document()
    document["city"] = city.name
    document["demo"] = city.demo
    if apart := set_apart(city.judge):
        document["judge"] = apart
    rows = {"place": city.places, "station": city.stations, "scope": city.scopes, "body": city.bodies}
    for key, entries in rows.items():
        if entries:
            tables = tomlkit.aot()
            for entry in entries:
                tables.append(_table(entry))
            document[key] = tables
    return tomlkit.dumps(document)


def _table(entry: Any) -> Any:
    table = tomlkit.table()
    for field in fields(entry):
        value = getattr(entry, field.name)
        if value != field.default:
            table[field.name] = list(value) if isinstance(value, tuple) else value
    return table


def _entries(kind: type, rows: Any, key: str, faults: list[Fault]) -> Iterable[Any]:
    known = {field.name: field for field in fields(kind)}
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        where = f"第 {number} 个 [[{key}]]"
        if not isinstance(row, dict):
            faults.append(_fault("G-WORK-03", where, "不是一张表", "读不出各项", f"按 [[{key}]] 的样子写"))
            continue
        needed = [name for name in list(known)[: {"place": 3, "station": 3}.get(key, 1)] if not row.get(name)]
        if needed:
            faults.append(_fault("G-WORK-06", where, f"缺 {'、'.join(needed)}", "无法认出它", "补上"))
        for name in row.keys() - known.keys():
            faults.append(_fault("G-WORK-03", f"{where}的“{name}”", "不认识这一项", "可能是写错了名字", "删去或改正"))
        wrong = [n for n in row.keys() & known.keys() if not _fits(row[n], str(known[n].type))]
        for name in sorted(wrong):
            faults.append(
                _fault("G-WORK-07", f"{where}的“{name}”", f"写成了 {row[name]!r}", "类型不对", "对照文档改正")
            )
        if not needed and not wrong and row.keys() <= known.keys():
            yield kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in row.items()})


def _fits(value: Any, kind: str) -> bool:
    if kind.startswith("tuple"):
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if kind == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "date":
        return type(value) is date
    return isinstance(value, str)


def _loose_ends(city: City) -> Iterable[Fault]:
    """Names that point nowhere, doubled codes, and two scopes of one name on one day."""
    codes = [place.code for place in city.places]
    sites = [station.code for station in city.stations]
    for kind, keys in (("地区代码", codes), ("站点代码", sites), ("单位名", [body.name for body in city.bodies])):
        for twice in sorted({key for key in keys if keys.count(key) > 1}):
            yield _fault("G-WORK-08", f"{kind}“{twice}”", "出现了不止一次", "分不清是哪一个", "只留一个")
    names = {scope.name for scope in city.scopes}
    lost = [(f"地区“{p.name}”的相邻地区", code) for p in city.places for code in p.neighbours if code not in codes]
    lost += [(f"站点“{s.name}”所在地区", s.place) for s in city.stations if s.place not in codes]
    for scope in city.scopes:
        lost += [(f"范围“{scope.name}”的站点", code) for code in scope.sites if code not in sites]
        lost += [(f"范围“{scope.name}”的组成", part) for part in scope.parts if part not in names]
        if scope.place and scope.place not in codes:
            lost.append((f"范围“{scope.name}”的地区", scope.place))
        if scope.combine not in ("stations", "places"):
            yield _fault(
                "G-WORK-07",
                f"范围“{scope.name}”的 combine",
                f"写成了“{scope.combine}”",
                "只能是 stations 或 places",
                "改成其中之一",
            )
        if scope.combine == "places" and not scope.parts:
            yield _fault(
                "G-WORK-12", f"范围“{scope.name}”", "按地区合成却没有 parts", "不知由哪些范围合成", "写上 parts"
            )
    for where, name in lost:
        yield _fault("G-WORK-10", where, f"“{name}”没有登记", "指向了不存在的东西", "先登记它，或改正名字")
    for at, one in enumerate(city.scopes):
        for two in city.scopes[at + 1 :]:
            if {one.name, *one.also} & {two.name, *two.also} and one.since <= two.until and two.since <= one.until:
                yield _fault(
                    "G-WORK-11",
                    f"范围“{one.name}”与“{two.name}”",
                    "同一天用着同一个名字",
                    "计算时不知取哪一个",
                    "改名，或用 since、until 把日期错开",
                )


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> Fault:
    return Fault(code, f"guatu.toml {where}", what, why, remedy)
