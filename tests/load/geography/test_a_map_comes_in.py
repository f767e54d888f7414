"""GeoJSON at the door: good files kept in WGS-84, every fault said in Chinese, hostile ones refused without harm."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from guatu.cli import app
from guatu.errors import LoadError
from guatu.load.geography import geojson, kept
from guatu.load.geography.datum import to_wgs84
from guatu.load.geography.rings import Spot, crossing, holds, twice_area
from guatu.load.workspace import Workspace
from tests.load.city import CITY

SQUARE = [[117.0, 29.0], [117.2, 29.0], [117.2, 29.2], [117.0, 29.2], [117.0, 29.0]]
EAST = [[x + 0.2, y] for x, y in SQUARE]
HOLE = [[117.05, 29.05], [117.05, 29.1], [117.1, 29.1], [117.1, 29.05], [117.05, 29.05]]
BOWTIE = [[117.0, 29.0], [117.2, 29.2], [117.2, 29.0], [117.0, 29.2], [117.0, 29.0]]


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", CITY)


@pytest.fixture
def put(ws: Workspace) -> Callable[..., Path]:
    def written(content: Any, name: str = "图.geojson") -> Path:
        path = ws.folder.parent / name
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def area(name: str, *rings: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": rings}}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def codes(path: Path, ws: Workspace, kind: str = "areas", datum: str = "wgs84") -> tuple[str, ...]:
    with pytest.raises(LoadError) as caught:
        kept.check(ws, path, kind, datum)
    for fault in caught.value.faults:
        assert any("\u4e00" <= char <= "\u9fff" for char in fault.what + fault.remedy)
    return caught.value.codes


def test_areas_are_kept_by_code_and_drawn_again(ws: Workspace, put: Callable[..., Path]) -> None:
    path = put(collection(area("甲区", SQUARE, HOLE), area("乙县", EAST)))
    load, notes = kept.store(ws, path, "areas", "wgs84", person="张三", approval="赣S(2021)023号")
    assert (load.count, load.datum, load.person, load.approval) == (2, "wgs84", "张三", "赣S(2021)023号")
    atlas = kept.atlas_of(ws)
    assert set(atlas.polygons) == {"1", "2"}
    assert atlas.polygons["1"][0][0] == tuple((x, y) for x, y in SQUARE)
    assert len(atlas.polygons["1"][0]) == 2
    assert "WGS-84" in notes[0]


def test_gcj02_is_turned_back_and_cgcs2000_stands(ws: Workspace, put: Callable[..., Path]) -> None:
    path = put(collection(area("甲区", SQUARE)))
    kept.store(ws, path, "areas", "gcj02")
    (corner, *_) = kept.atlas_of(ws).polygons["1"][0][0]
    assert corner == tuple(round(part, 7) for part in to_wgs84((117.0, 29.0), "gcj02"))
    assert 0.001 < abs(corner[0] - 117.0) < 0.01
    kept.store(ws, path, "areas", "cgcs2000")
    assert kept.atlas_of(ws).polygons["1"][0][0][0] == (117.0, 29.0)


def test_a_clockwise_ring_is_turned_and_told(ws: Workspace, put: Callable[..., Path]) -> None:
    _, notes = kept.check(ws, put(collection(area("甲区", SQUARE[::-1], HOLE[::-1]))), "areas", "wgs84")
    assert sum("RFC 7946" in note for note in notes) == 2


@pytest.mark.parametrize(
    ("features", "code"),
    [
        ([area("甲区", BOWTIE)], "G-MAP-06"),
        ([area("甲区", SQUARE[:-1])], "G-MAP-05"),
        ([area("甲区", SQUARE[:2])], "G-MAP-05"),
        ([area("甲区", SQUARE, EAST)], "G-MAP-07"),
        ([area("甲区", [[x, x] for x in (117, 30, 31, 117)])], "G-MAP-08"),
        ([area("甲区", [[y, x] for x, y in SQUARE])], "G-MAP-08"),
        ([area("甲区", [[500000, 3200000]] * 4)], "G-MAP-08"),
        ([area("甲区", [["117", 29], *SQUARE[1:]])], "G-MAP-09"),
        ([area("甲区", [[117], *SQUARE[1:]])], "G-MAP-09"),
        ([area("甲区", [[True, False], *SQUARE[1:]])], "G-MAP-09"),
        ([area("丙县", SQUARE)], "G-MAP-11"),
        ([area("甲区", SQUARE), area("甲区", EAST)], "G-MAP-12"),
        ([{"type": "Feature", "properties": {"name": "S1"}, "geometry": {"type": "Point", "coordinates": [117, 29]}}],
         "G-MAP-13"),
        ([{"type": "Feature", "properties": {}, "geometry": None}], "G-MAP-04"),
        ([{"type": "Feature", "geometry": {"type": "LineString", "coordinates": SQUARE}}], "G-MAP-04"),
        ([{"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[]]}}], "G-MAP-05"),
        ([], "G-MAP-02"),
        (["甲", None, 3], "G-MAP-04"),
    ],
)  # fmt: skip
def test_each_fault_has_its_code(ws: Workspace, put: Callable[..., Path], features: Any, code: str) -> None:
    assert code in codes(put(collection(*features)), ws)


def test_every_fault_at_once_and_nothing_stored(ws: Workspace, put: Callable[..., Path]) -> None:
    path = put(collection(area("甲区", BOWTIE), area("丙县", EAST), area("乙县", SQUARE[:-1])))
    with pytest.raises(LoadError) as caught:
        kept.store(ws, path, "areas", "wgs84")
    assert set(caught.value.codes) == {"G-MAP-06", "G-MAP-05", "G-MAP-11"}
    assert "第 1 个要素“甲区”" in caught.value.faults[0].where
    assert not (ws.data / "map").exists() or not list((ws.data / "map").glob("*.json"))


def test_what_the_file_says_of_its_datum_is_held_to(ws: Workspace, put: Callable[..., Path]) -> None:
    said = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    path = put(collection(area("甲区", SQUARE), crs=said))
    assert codes(path, ws, datum="gcj02") == ("G-MAP-03",)
    kept.check(ws, path, "areas", "cgcs2000")
    said["properties"] = {"name": "urn:ogc:def:crs:EPSG::3857"}  # type: ignore[assignment]
    assert codes(put(collection(area("甲区", SQUARE), crs=said)), ws) == ("G-MAP-03",)
    assert codes(path, ws, datum="bd09") == ("G-MAP-15",)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"type":"FeatureCollection","features":' + "[" * 70 + "]" * 70 + "}",
        '{"a":' * 50_000,
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,29]}}]}',
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,Infinity]}}]}',
        '{"x":' + "9" * 10_000 + "}",
        "",
        "\x00\x01",
        "不是 JSON",
        "null",
        "3",
        '{"type":["FeatureCollection"],"features":{}}',
    ],
    ids=range(12),
)
def test_hostile_input_is_refused_in_a_moment(ws: Workspace, put: Callable[..., Path], text: str) -> None:
    begun = time.process_time()
    assert codes(put(text), ws)[0] in ("G-MAP-01", "G-MAP-02")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("number", ["1e999999", "1e-999999", "-1e400", "1e2"])
def test_numbers_of_any_size_do_no_harm(ws: Workspace, put: Callable[..., Path], number: str) -> None:
    text = json.dumps(collection(area("甲区", SQUARE))).replace("[117.0, 29.0]", f"[{number}, 29.0]", 1)
    begun = time.process_time()
    with pytest.raises(LoadError):
        kept.check(ws, put(text), "areas", "wgs84")
    assert time.process_time() - begun < 2


def test_too_much_is_refused(ws: Workspace, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MOST_SPOTS", 7)
    assert "G-MAP-10" in codes(put(collection(area("甲区", SQUARE), area("乙县", EAST))), ws)
    monkeypatch.setattr(geojson, "LARGEST", 100)
    assert codes(put(collection(area("甲区", SQUARE))), ws) == ("G-MAP-01",)
    not_text = put("x", "b.geojson")
    not_text.write_bytes(b"\xff\xfe{\x00")
    assert codes(not_text, ws) == ("G-MAP-01",)


def test_points_are_matched_to_sites(ws: Workspace, put: Callable[..., Path]) -> None:
    def point(name: str, lon: float) -> dict[str, Any]:
        return {
            "type": "Feature",
            "properties": {"名称": name},
            "geometry": {"type": "Point", "coordinates": [lon, 29.1]},
        }

    path = put(collection(point("二号站", 117.1), point("S1", 117.15)))
    kept.store(ws, path, "points", "wgs84")
    assert kept.atlas_of(ws).spots == {("station", "二号"): (117.1, 29.1), ("station", "一号"): (117.15, 29.1)}
    assert codes(put(collection(point("某站", 117.1))), ws, "points") == ("G-MAP-11",)


def test_what_is_unknown_is_left_on_request(ws: Workspace, put: Callable[..., Path]) -> None:
    path = put(collection(area("甲区", SQUARE), area("丙县", EAST)))
    content, notes = kept.check(ws, path, "areas", "wgs84", leave_unknown=True)
    assert set(content) == {"1"}
    assert any("1 个要素" in note for note in notes) and any("乙县" in note for note in notes)


def test_a_new_map_takes_the_place_of_the_old_and_undo_brings_it_back(ws: Workspace, put: Callable[..., Path]) -> None:
    kept.store(ws, put(collection(area("甲区", SQUARE))), "areas", "wgs84")
    before = kept.atlas_of(ws).polygons
    second, _ = kept.store(ws, put(collection(area("甲区", EAST))), "areas", "wgs84")
    assert kept.atlas_of(ws).polygons != before
    kept.undo(ws, second.number, reason="旧的好", person="李四")
    assert kept.atlas_of(ws).polygons == before
    for number, reason in ((second.number, "再"), (1, " "), (9, "无")):
        with pytest.raises(LoadError) as caught:
            kept.undo(ws, number, reason=reason)
        assert caught.value.codes == ("G-MAP-17",)


@pytest.mark.parametrize(
    "words", ["赣S(2021)023号", "GS(2019)1822号", "审图号：GS（2020）4619号", "GS京(2022)1234号", ""]
)
def test_an_approval_number_is_kept_as_printed(words: str) -> None:
    assert kept.checked_approval(words) == words.removeprefix("审图号：")


@pytest.mark.parametrize("words", ["已审", "2021", "GS", "<b>GS(2019)1822号</b>", "GS(2019)1822号" * 4])
def test_what_is_no_approval_number_is_refused(words: str) -> None:
    with pytest.raises(LoadError) as caught:
        kept.checked_approval(words)
    assert caught.value.codes == ("G-MAP-16",)


def test_by_command(ws: Workspace, put: Callable[..., Path]) -> None:
    path = put(collection(area("甲区", SQUARE), area("乙县", EAST)))
    run = lambda *words: CliRunner().invoke(app, ["-C", str(ws.folder), "map", *words])  # noqa: E731
    assert "检查通过" in run("load", str(path), "--datum", "gcj02", "--check").output
    assert kept.loads_of(ws) == ()
    assert run("load", str(path), "--datum", "gcj02").exit_code == 0
    assert "GCJ-02" in run("show").output and "未填审图号" in run("show").output
    assert run("approval", "1", "赣S(2021)023号").exit_code == 0
    assert "审图号：赣S(2021)023号" in run("show").output
    assert run("undo", "1", "--reason", "试").exit_code == 0
    assert kept.atlas_of(ws).areas is None
    assert run("load", str(put(collection(area("丙县", SQUARE)))), "--datum", "wgs84").exit_code == 1


def test_a_real_file_comes_in(shared: Callable[..., Path], tmp_path: Path) -> None:
    from guatu.demo.make import make

    demo = make(tmp_path / "demo")
    path = shared("data", "boundaries", "360200_jingdezhen_districts.geojson")
    load, notes = kept.store(demo, path, "areas", "gcj02")
    assert load.count == 4
    assert any("高新区、昌南新区" in note for note in notes)


WHOLE = st.integers(-50, 50)


@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=3, max_size=9, unique=True))
def test_crossing_is_what_comparing_all_pairs_says(corners: list[Spot]) -> None:
    ring = [*corners, corners[0]]
    pieces = list(pairwise(ring))

    def meet(one: tuple[Spot, Spot], other: tuple[Spot, Spot]) -> bool:
        """By solving for the common point in whole numbers, another way than the code's."""
        (ax, ay), (bx, by) = one
        (cx, cy), (dx, dy) = other
        det = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
        s = (cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)
        t = (cx - ax) * (by - ay) - (cy - ay) * (bx - ax)
        if det:
            return 0 <= s * det <= det * det and 0 <= t * det <= det * det
        if t or s:
            return False
        return not (max(ax, bx) < min(cx, dx) or max(cx, dx) < min(ax, bx) or max(ay, by) < min(cy, dy)
                    or max(cy, dy) < min(ay, by))  # fmt: skip

    last = len(pieces) - 1
    apart = [(i, j) for i in range(last + 1) for j in range(i + 2, last + 1) if (i, j) != (0, last)]
    wanted = any(meet(pieces[i], pieces[j]) for i, j in apart)
    if wanted:
        assert crossing(ring) is not None
    elif twice_area(ring) and not folded(corners):
        assert crossing(ring) is None


def folded(corners: list[Spot]) -> bool:
    for before, here, after in zip(corners[-1:] + corners[:-1], corners, corners[1:] + corners[:1], strict=True):
        cross = (here[0] - before[0]) * (after[1] - here[1]) - (here[1] - before[1]) * (after[0] - here[0])
        along = (here[0] - before[0]) * (after[0] - here[0]) + (here[1] - before[1]) * (after[1] - here[1])
        if cross == 0 and along < 0:
            return True
    return False


def test_inside_and_outside() -> None:
    ring = [(0, 0), (4, 0), (4, 4), (2, 1), (0, 4), (0, 0)]
    assert holds(ring, (1, 1)) and not holds(ring, (2, 3)) and not holds(ring, (9, 1))
