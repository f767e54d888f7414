"""The map of an office: boundaries of its areas and points of its sites, kept in WGS-84 with where they came from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from guatu.base.clock import beijing_now
from guatu.errors import Fault, LoadError
from guatu.load.alone import alone
from guatu.load.geography.datum import WORDS, Point, to_wgs84
from guatu.load.geography.geojson import SCALE, Shape, read
from guatu.load.sections import sections_of
from guatu.load.workspace import Workspace

KINDS = {"areas": "县区边界", "points": "站点和断面"}
NAMES = ("name", "名称", "NAME", "Name", "县区", "地区", "区县", "断面名称", "站点名称", "点位名称")
CODES = ("adcode", "code", "编码", "代码", "行政区划代码", "断面编码", "站点编码", "id")
APPROVAL = re.compile(
    r"[\u4e00-\u9fff]{0,3}\s?(GS|S|[\u4e00-\u9fff]S)?[\u4e00-\u9fffA-Z]{0,4}[(（〔\[]\d{4}[)）〕\]]\s?\d{1,6}号"
)


HEADS = ("次", "种类", "文件", "坐标系", "个数", "收的时间", "经手人", "审图号", "现状")
INTERNAL = "未填审图号，仅供内部使用"
SCHEMATIC = "示意，不表示界线"


@dataclass(frozen=True, slots=True)
class MapLoad:
    """One load: number from 1, kind (areas or points), file, SHA-256, datum as stated, how many, who, when.

    approval: the 审图号 of its source, empty where none was said; undone: when, who and why it was taken back.
    """

    number: int
    kind: str
    file: str
    sha256: str
    datum: str
    count: int
    at: str
    person: str
    approval: str = ""
    undone: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """What is drawn: polygons by the code of their area, outer ring first, and points by kind and name [° WGS-84].

    areas, points: the loads they came from, None where nothing is loaded.
    """

    polygons: Mapping[str, tuple[tuple[tuple[Point, ...], ...], ...]]
    spots: Mapping[tuple[str, str], Point]
    areas: MapLoad | None
    points: MapLoad | None


def check(ws: Workspace, file: Path, kind: str, datum: str, *, leave_unknown: bool = False) -> tuple[Any, list[str]]:
    """Read a file for the map; returns what would be kept and sentences for the person. Nothing is stored.

    Raises LoadError with every fault: those of geojson.read, G-MAP-11 an area or site the workspace does not know,
    12 one twice, 13 a feature of the other kind, 14 nothing to keep, 15 a datum that is none.
    """
    if datum not in WORDS or kind not in KINDS:
        raise LoadError.of(
            f"no datum {datum} or kind {kind}", "G-MAP-15", file.name, "没有写明坐标系，或没有写是边界还是点位",
            "错了会偏几百米", f"选 {'、'.join(WORDS.values())} 之一",
        )  # fmt: skip
    found = read(file, datum)
    known = _areas(ws) if kind == "areas" else _sites(ws)
    faults = list(found.faults)
    kept: dict[str, Any] = {}
    left = 0
    for shape in found.shapes:
        if shape.areal != (kind == "areas"):
            what, wanted = ("是面", "点") if shape.areal else ("是点", "面")
            faults.append(Fault("G-MAP-13", shape.where, what, f"这里要的是{KINDS[kind]}", f"只留{wanted}，或换一种"))
            continue
        name = _named(shape, known)
        if name is None:
            left += 1
            if not leave_unknown:
                faults.append(_unknown(shape, ws, kind))
        elif name in kept:
            faults.append(
                Fault("G-MAP-12", shape.where, f"“{name}”已有一个", "不知用哪一个", "合成一个多块的面，或删去一个")
            )
        else:
            kept[name] = _placed(shape, datum)
    if not kept and not faults:
        faults.append(
            Fault("G-MAP-14", file.name, f"没有本工作区的{KINDS[kind]}", "没有可画的", "核对文件和 guatu.toml")
        )
    if faults:
        raise LoadError(f"{file.name} has {len(faults)} faults; nothing was stored", faults)
    notes = [f"{WORDS[datum]}，{_turned_how(datum)}", *found.notes]
    if left:
        notes.append(f"{left} 个要素不在本工作区，按要求没有收")
    if kind == "areas":
        without = [place.name for place in ws.places if place.kind != "市" and place.code not in kept]
        notes += [f"没有界线的：{'、'.join(without)}，图上画成方块"] if without else []
    return kept, notes


def store(
    ws: Workspace, file: Path, kind: str, datum: str, *, leave_unknown: bool = False, approval: str = "",
    person: str = "",
) -> tuple[MapLoad, list[str]]:  # fmt: skip
    """Keep a file for the map in the place of what was there. Raises LoadError as check does, G-MAP-16: no 审图号."""
    approval = checked_approval(approval)
    kept, notes = check(ws, file, kind, datum, leave_unknown=leave_unknown)
    folder = _folder(ws)
    with alone(folder, person):
        number = len(loads_of(ws)) + 1
        _write(folder / f"{number:04d}.json", kept)
        load = MapLoad(
            number, kind, file.name, hashlib.sha256(file.read_bytes()).hexdigest(), datum, len(kept),
            beijing_now().isoformat(sep=" "), person, approval,
        )  # fmt: skip
        _list(folder, (*loads_of(ws), load))
    return load, notes


def undo(ws: Workspace, number: int, *, reason: str, person: str = "") -> MapLoad:
    """Take a load off the map: what was there before it is drawn again. Raises LoadError G-MAP-17: none, no reason."""
    with alone(_folder(ws), person):
        every = loads_of(ws)
        found = next((one for one in every if one.number == number and one.undone is None), None)
        if found is None or not reason.strip():
            what = "没有这一次，或已撤下" if found is None else "没有写撤下的原因"
            raise LoadError.of(
                "cannot undo", "G-MAP-17", f"地图第 {number} 次", what, "日后要说得清", "核对编号，写明原因"
            )
        mark = replace(found, undone=(beijing_now().isoformat(sep=" "), person, reason.strip()))
        _list(_folder(ws), tuple(mark if one.number == number else one for one in every))
    return mark


def approve(ws: Workspace, number: int, approval: str, *, person: str = "") -> MapLoad:
    """Write the 审图号 of a load down, or take it away with an empty one. Raises LoadError: G-MAP-16, G-MAP-17."""
    approval = checked_approval(approval)
    with alone(_folder(ws), person):
        every = loads_of(ws)
        found = next((one for one in every if one.number == number and one.undone is None), None)
        if found is None:
            raise LoadError.of(
                "no load", "G-MAP-17", f"地图第 {number} 次", "没有这一次，或已撤下", "没有可改的", "核对编号"
            )
        said = replace(found, approval=approval)
        _list(_folder(ws), tuple(said if one.number == number else one for one in every))
    return said


def checked_approval(words: str) -> str:
    """A 审图号 as it is printed. Raises LoadError (G-MAP-16) where it does not look like one."""
    words = words.strip().removeprefix("审图号").lstrip("：: ")
    if words and not APPROVAL.fullmatch(words):
        raise LoadError.of(
            f"{words} is no approval number", "G-MAP-16", "审图号", f"“{words[:40]}”不像审图号",
            "公开的地图要印真实的审图号", "照批复填写，如 赣S(2021)023号、GS(2019)1822号",
        )  # fmt: skip
    return words


def note_of(atlas: Atlas) -> str:
    """What is printed on a map: that it is schematic, its 审图号, or that it is not for publication."""
    if atlas.areas is None:
        return SCHEMATIC
    return f"审图号：{atlas.areas.approval}" if atlas.areas.approval else INTERNAL


def row(one: MapLoad, atlas: Atlas) -> tuple[str, ...]:
    """A load under HEADS."""
    if one.undone:
        state = f"已撤下（{one.undone[0][:16]} {one.undone[1]}：{one.undone[2]}）"
    else:
        state = "在用" if one in (atlas.areas, atlas.points) else "被后来的替换"
    return (
        str(one.number), KINDS[one.kind], one.file, WORDS[one.datum], str(one.count), one.at[:16], one.person or "—",
        one.approval or "—", state,
    )  # fmt: skip


def loads_of(ws: Workspace) -> tuple[MapLoad, ...]:
    """Every load for the map, oldest first."""
    path = _folder(ws) / "manifest.json"
    return _listed(path.read_bytes(), path) if path.exists() else ()


def atlas_of(ws: Workspace) -> Atlas:
    """The map as it stands."""
    standing = [one for one in loads_of(ws) if one.undone is None]
    return _drawn(_folder(ws), *(next((o for o in reversed(standing) if o.kind == kind), None) for kind in KINDS))


@lru_cache(maxsize=4)
def _drawn(folder: Path, areas: MapLoad | None, points: MapLoad | None) -> Atlas:
    polygons, spots = (
        json.loads((folder / f"{one.number:04d}.json").read_bytes()) if one else {} for one in (areas, points)
    )
    return Atlas(
        {code: tuple(tuple(tuple((x, y) for x, y in ring) for ring in rings) for rings in every)
         for code, every in polygons.items()},
        {(key.partition("/")[0], key.partition("/")[2]): (spot[0], spot[1]) for key, spot in spots.items()},
        areas, points,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _listed(content: bytes, path: Path) -> tuple[MapLoad, ...]:
    try:
        return tuple(
            MapLoad(**{**one, "undone": tuple(one["undone"]) if one["undone"] else None}) for one in json.loads(content)
        )
    except (ValueError, TypeError, KeyError):
        raise LoadError.of(
            f"{path} is broken", "G-LOAD-19", str(path), "地图清单读不出来", "不知用哪份边界", "从备份恢复这个文件"
        ) from None


def _areas(ws: Workspace) -> dict[str, str]:
    """Names and codes of the areas → code."""
    return {word: place.code for place in ws.places for word in (place.name, place.code)}


def _sites(ws: Workspace) -> dict[str, str]:
    """Names and codes of stations and sections → kind and name as the pages call it."""
    found = {}
    for section in sections_of(ws).sections:
        kind = "ground" if section.kind == "ground" else "section"
        found.update(dict.fromkeys((section.id, section.name, *section.also), f"{kind}/{section.name}"))
    for station in ws.stations:
        found.update(dict.fromkeys((station.code, station.name, *station.also), f"station/{station.name}"))
    return found


def _named(shape: Shape, known: Mapping[str, str]) -> str | None:
    said = [
        str(shape.properties[key]).strip() for key in (*CODES, *NAMES) if shape.properties.get(key) not in (None, "")
    ]
    return next((known[word] for word in said if word in known), None)


def _unknown(shape: Shape, ws: Workspace, kind: str) -> Fault:
    said = [str(shape.properties[key]) for key in (*NAMES, *CODES) if shape.properties.get(key) not in (None, "")]
    what = f"“{said[0][:30]}”没有登记" if said else "没有写名称或编码"
    ours = (
        [place.name for place in ws.places] if kind == "areas" else sorted({s.name for s in sections_of(ws).sections})
    )
    listed = "、".join(ours[:12]) or "还没有登记断面和站点"
    return Fault("G-MAP-11", shape.where, what, f"本工作区有：{listed}", "改成登记的名称，或选“没有登记的不收”")


def _placed(shape: Shape, datum: str) -> Any:
    def placed(spot: tuple[int, int]) -> list[float]:
        lon, lat = to_wgs84((spot[0] / SCALE, spot[1] / SCALE), datum)
        return [round(lon, 7), round(lat, 7)]

    if shape.spot is not None:
        return placed(shape.spot)
    return [[[placed(spot) for spot in ring] for ring in polygon] for polygon in shape.polygons]


def _turned_how(datum: str) -> str:
    return {
        "wgs84": "照原坐标存",
        "cgcs2000": "与 WGS-84 只差厘米，照原坐标存",
        "gcj02": "已逐点迭代换回 WGS-84",
    }[datum]


def _folder(ws: Workspace) -> Path:
    return ws.data / "map"


def _list(folder: Path, loads: tuple[MapLoad, ...]) -> None:
    _write(folder / "manifest.json", [asdict(one) for one in loads])


def _write(path: Path, content: Any) -> None:
    aside = path.with_suffix(".tmp")
    aside.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    aside.replace(path)
