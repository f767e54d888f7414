"""A GeoJSON file at the door: hostile or broken input refused, every fault of a good one told at once in Chinese."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from guatu.errors import Fault, LoadError
from guatu.load.geography.datum import WORDS, inside_china
from guatu.load.geography.rings import Ring, Spot, crossing, holds, twice_area

LARGEST = 20 * 1024 * 1024  # [byte]
MOST_SPOTS = 400_000
MOST_FEATURES = 5000
DEPTH = 60
SCALE = 10**9
_FEWEST = 4  # corners of a closed ring, the first said again
_LON, _LAT = 180, 90
_DATUMS = {"4326": "wgs84", "CRS84": "wgs84", "4490": "cgcs2000"}
_WORDS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
Polygon = list[list[Spot]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature: where it stands, what its properties say, its polygons (outer ring first), or its single spot.

    areal: whether it is a polygon; one with faults has neither polygons nor a spot.
    """

    where: str
    properties: dict[str, Any]
    areal: bool
    polygons: tuple[Polygon, ...] = ()
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """The features of a file, what was put right without asking, and what is wrong."""

    shapes: tuple[Shape, ...]
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]


def read(path: Path, datum: str) -> Read:
    """Read a file whose coordinates are stated in a datum.

    Raises LoadError (G-MAP-01) where it cannot be read as GeoJSON (size, depth, NaN, encoding). Every other fault is
    told beside the features: 02 not a collection of features, 03 the file says another datum or a projection, 04 a
    geometry of another kind, 05 a ring with too few corners or not closed, 06 a ring that crosses itself, 07 a hole
    outside its polygon, 08 outside China, 09 a coordinate that is no number, 10 too much in it.
    """
    document = _document(path)
    faults: list[Fault] = []
    features = _features(document, path, faults)
    faults += _crs(document, path, datum)
    notes: list[str] = []
    spots = [0]
    shapes = []
    for number, feature in enumerate(features, 1):
        shape = _shape(feature, _where(path, number, feature), faults, notes, spots)
        if shape is not None:
            shapes.append(shape)
        if spots[0] > MOST_SPOTS:
            faults.append(_fault("10", path.name, f"超过 {MOST_SPOTS:,} 个坐标", "图上画不出这样细", "化简边界后再传"))
            break
    return Read(tuple(shapes), tuple(notes), tuple(faults))


def _document(path: Path) -> Any:
    def never(word: str) -> Any:
        raise ValueError(f"有 {word}，不是数")

    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"超过 {LARGEST // 1024 // 1024} MB")
        content = path.read_bytes()
        _depth(content)
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=never)
    except OSError:
        what = "打不开"
    except UnicodeDecodeError:
        what = "不是 UTF-8 文字"
    except RecursionError:
        what = f"嵌套超过 {DEPTH} 层"
    except json.JSONDecodeError as error:
        what = f"第 {error.lineno} 行第 {error.colno} 字起不是 JSON"
    except (ValueError, InvalidOperation) as error:
        words = str(error)
        what = words if words[:1] in "有超嵌" else "有位数过多的数"
    raise LoadError(
        f"{path.name}: not GeoJSON",
        [_fault("01", path.name, what, "读不出边界和点位", "换成 GeoJSON（UTF-8）文件再传")],
    ) from None


def _depth(content: bytes) -> None:
    """Refuse what is nested deeper than any map before it is parsed; brackets inside words do not count."""
    deep = 0
    for byte in _WORDS.sub(b"", content).translate(None, _OTHERS):
        deep += 1 if byte in b"[{" else -1
        if deep > DEPTH:
            raise ValueError(f"嵌套超过 {DEPTH} 层")


def _features(document: Any, path: Path, faults: list[Fault]) -> list[Any]:
    kind = document.get("type") if isinstance(document, dict) else None
    features = document.get("features") if kind == "FeatureCollection" else [document] if kind == "Feature" else None
    if not isinstance(features, list) or not features:
        what = "没有一个要素" if features == [] else f"类型是“{str(kind)[:30]}”，不是 FeatureCollection"
        faults.append(_fault("02", path.name, what, "不知画什么", "导出为 GeoJSON 的 FeatureCollection"))
        return []
    if len(features) > MOST_FEATURES:
        faults.append(
            _fault(
                "10",
                path.name,
                f"{len(features):,} 个要素，超过 {MOST_FEATURES:,} 个",
                "一城的图没有这么多",
                "只留本市的",
            )
        )
        return []
    return features


def _crs(document: Any, path: Path, datum: str) -> Iterator[Fault]:
    """What an older file says of its datum in a member ``crs``, against what the person says."""
    if not isinstance(document, dict) or not isinstance(document.get("crs"), dict):
        return
    properties = document["crs"].get("properties")
    name = str(properties.get("name", "") if isinstance(properties, dict) else "")
    code = name.rpartition(":")[2]
    meant = _DATUMS.get(code)
    if meant is None:
        yield _fault(
            "03", path.name, f"写着坐标系“{name[:40]}”", "不是经纬度，或不认得", "转成 WGS-84 或 CGCS2000 经纬度再传"
        )
    elif meant != datum:
        what = f"写着坐标系 {WORDS[meant]}，您说是 {WORDS[datum]}"
        yield _fault("03", path.name, what, "错了会偏几百米", "核对后选对坐标系，或删去文件里的 crs")


def _where(path: Path, number: int, feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = next(
        (str(properties[key])[:20] for key in ("name", "名称", "NAME") if properties.get(key)), ""
    ) if isinstance(properties, dict) else ""  # fmt: skip
    return f"{path.name} 第 {number} 个要素{f'“{name}”' if name else ''}"


def _shape(feature: Any, where: str, faults: list[Fault], notes: list[str], spots: list[int]) -> Shape | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) and feature.get("type") == "Feature" else None
    if not isinstance(geometry, dict):
        faults.append(_fault("04", where, "没有图形", "画不出来", "删去这个要素，或补上图形"))
        return None
    properties = feature.get("properties")
    said = properties if isinstance(properties, dict) else {}
    kind, given = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        spot = _spot(given, where, faults, spots)
        return Shape(where, said, False, spot=spot)
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(given, list) or not given:
        what = f"图形是“{str(kind)[:30]}”" if kind not in ("Polygon", "MultiPolygon") else "图形是空的"
        faults.append(_fault("04", where, what, "只认面（Polygon、MultiPolygon）和点（Point）", "转成面或点再传"))
        return None
    polygons = []
    for rings in given if kind == "MultiPolygon" else [given]:
        polygon = _polygon(rings, where, faults, notes, spots)
        if polygon:
            polygons.append(polygon)
    return Shape(where, said, True, tuple(polygons))


def _polygon(given: Any, where: str, faults: list[Fault], notes: list[str], spots: list[int]) -> Polygon:
    before = len(faults)
    if not isinstance(given, list) or not given:
        faults.append(_fault("05", where, "有一个面没有环", "画不出来", "补上，或删去这个面"))
        return []
    rings: Polygon = []
    for number, ring in enumerate(given, 1):
        called = f"{where}第 {number} 环"
        if not isinstance(ring, list) or len(ring) < _FEWEST:
            faults.append(_fault("05", called, f"少于 {_FEWEST} 个点", "围不成面", "补齐，首尾两点相同"))
            continue
        corners = [spot for one in ring if (spot := _spot(one, called, faults, spots))]
        if spots[0] > MOST_SPOTS or len(corners) < len(ring):
            return []
        if corners[0] != corners[-1]:
            faults.append(_fault("05", called, "首尾两点不同", "没有闭合", "最后再写一遍第一个点"))
            continue
        rings.append(_turned(_thinned(corners), number == 1, called, faults, notes))
    if len(faults) == before:
        for number, hole in enumerate(rings[1:], 2):
            if not any(holds(rings[0], spot) for spot in hole):
                faults.append(
                    _fault(
                        "07",
                        f"{where}第 {number} 环",
                        "不在第 1 环里面",
                        "洞要在面里",
                        "洞写在它的面里，另一块写成另一个面",
                    )
                )
    return rings if len(faults) == before else []


def _turned(ring: list[Spot], outer: bool, where: str, faults: list[Fault], notes: list[str]) -> list[Spot]:
    """The ring the way RFC 7946 wants it, the outer one against the clock; a ring the other way is turned and told."""
    area = twice_area(ring)
    crossed = crossing(ring) if area else ring[0]
    if crossed is not None:
        lon, lat = (Decimal(part) / SCALE for part in crossed)
        what = f"在经度 {lon:.6f}、纬度 {lat:.6f} 附近与自己相交" if area else "围出的面积是零"
        faults.append(_fault("06", where, what, "分不清里外", "用地图软件修复图形（如 QGIS“修正几何图形”）再传"))
    elif (area > 0) != outer:
        notes.append(f"{where}是{'顺' if outer else '逆'}时针，已照 RFC 7946 反过来")
        return ring[::-1]
    return ring


def _thinned(ring: Ring) -> list[Spot]:
    """A ring without a corner said twice in a row."""
    return [spot for at, spot in enumerate(ring) if at == 0 or spot != ring[at - 1]]


def _spot(given: Any, where: str, faults: list[Fault], spots: list[int]) -> Spot | None:
    spots[0] += 1
    good = isinstance(given, list) and len(given) >= 2 and all(_is_number(part) for part in given[:2])
    if not good:
        if not any(fault.code == "G-MAP-09" and fault.where == where for fault in faults):
            what = f"“{str(given)[:40]}”不是经度和纬度两个数"
            faults.append(_fault("09", where, what, "不知在哪里", "写成 [117.2, 29.3] 的样子，没有的点删去"))
        return None
    lon, lat = Decimal(given[0]), Decimal(given[1])
    if not inside_china((float(lon), float(lat))):
        if not any(fault.code == "G-MAP-08" and fault.where == where for fault in faults):
            swapped = abs(lat) <= _LON and abs(lon) <= _LAT and inside_china((float(lat), float(lon)))
            hint = (
                "多半是纬度写在了前面"
                if swapped
                else "多半是投影坐标，不是经纬度"
                if abs(lon) > _LON
                else "不在中国境内"
            )
            faults.append(
                _fault("08", where, f"坐标 {lon:.6g}、{lat:.6g} {hint}", "不会是本市", "核对坐标系，经度在前、纬度在后")
            )
        return None
    return int(lon * SCALE), int(lat * SCALE)


def _is_number(part: Any) -> bool:
    if isinstance(part, bool) or not isinstance(part, int | Decimal):
        return False
    return -SCALE < part < SCALE


def _fault(number: str, where: str, what: str, why: str, remedy: str) -> Fault:
    return Fault(f"G-MAP-{number}", where, what, why, remedy)
