"""An office's own map: by page as by command, on the wall where it is loaded, schematic where it is not."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from guatu.cli import app
from guatu.load.geography import kept
from guatu.office.drawing import map as places_map
from guatu.office.models import Entry, Role

pytestmark = pytest.mark.django_db
CHANGJIANG = [[117.0, 29.2], [117.2, 29.2], [117.2, 29.4], [117.0, 29.4], [117.0, 29.2]]
LEPING = [[117.0, 28.8], [117.4, 28.8], [117.4, 29.1], [117.0, 29.1], [117.0, 28.8]]


def feature(code, ring):
    return {"type": "Feature", "properties": {"adcode": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


GOOD = {"type": "FeatureCollection", "features": [feature(360202, CHANGJIANG), feature(360281, LEPING)]}
BAD = {"type": "FeatureCollection", "features": [feature(1, CHANGJIANG[::2]), feature(360281, [[1, 1]] * 5)]}


def sent(client, content, **said):
    file = SimpleUploadedFile("界线.geojson", json.dumps(content).encode())
    form = {"kind": "areas", "datum": "wgs84", "act": "store", "file": file, **said}
    return client.post("/map/load/", form, follow=True)


def text(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def paths(answer):
    return re.findall(r'<path class="(?:m-)?area[^"]*" fill-rule="evenodd" d="([^"]+)"', answer.content.decode())


def test_without_a_map_the_wall_says_it_is_schematic(office, person):
    page = person(Role.LEADER).get("/wall/")
    assert "示意，不表示界线" in text(page) and len(paths(page)) == 4


def test_the_wall_draws_the_loaded_boundaries_and_prints_the_approval_number(office, person):
    clerk, leader = person(Role.OFFICE_CLERK), person(Role.LEADER)
    before = paths(leader.get("/wall/"))
    page = sent(clerk, GOOD)
    assert "已收" in text(page) and "没有界线的：珠山区、浮梁县" in text(page)
    wall = leader.get("/wall/")
    assert paths(wall) != before and len(paths(wall)) == 4, "areas without a boundary are boxes"
    assert "未填审图号，仅供内部使用" in text(wall)
    clerk.post("/map/approval/", {"number": "1", "approval": "赣S(2021)023号"})
    assert "审图号：赣S(2021)023号" in text(leader.get("/wall/"))
    assert "审图号：赣S(2021)023号" in text(leader.get("/map/"))
    clerk.post("/map/undo/", {"number": "1", "reason": "换一份"})
    assert paths(leader.get("/wall/")) == before and "示意" in text(leader.get("/wall/"))
    acts = set(Entry.objects.filter(subject="map/0001").values_list("act", flat=True))
    assert acts == {"收地图", "填审图号", "撤下地图"}


def test_north_is_up_and_nothing_is_out_of_the_sheet(office, person):
    sent(person(Role.ANALYST), GOOD)
    places = [{"code": p.code, "name": p.name} for p in office.places if p.kind != "市"]
    drawn = {area.code: area for area in places_map.areas(places)}
    assert drawn["360202"].y < drawn["360281"].y < drawn["360203"].y, "boxes stand below the map"
    for area in drawn.values():
        for x, y in re.findall(r"([-\d.]+),([-\d.]+)", area.path):
            assert 0 <= float(x) <= places_map.SIZE[0] and 0 <= float(y) <= places_map.SIZE[1]


def test_the_faults_of_the_page_are_those_of_the_command(office, person, tmp_path):
    path = tmp_path / "界线.geojson"
    path.write_text(json.dumps(BAD), encoding="utf-8")
    page = text(sent(person(Role.ANALYST), BAD))
    said = CliRunner().invoke(app, ["-C", str(office.folder), "map", "load", str(path), "--datum", "wgs84"])
    assert said.exit_code == 1
    assert len(said.exception.faults) >= 3
    for fault in said.exception.faults:
        for part in (fault.where, fault.what, fault.remedy, fault.code):
            assert re.sub(r"\s+", " ", part) in page
    assert kept.loads_of(office) == ()


def test_checking_keeps_nothing_and_the_datum_must_be_said(office, person):
    client = person(Role.ANALYST)
    assert "检查通过" in text(sent(client, GOOD, act="check"))
    assert "G-MAP-15" in text(sent(client, GOOD, datum=""))
    assert "G-MAP-18" in text(client.post("/map/load/", {"kind": "areas", "datum": "wgs84"}))
    assert "G-MAP-16" in text(sent(client, GOOD, approval="已审"))
    assert kept.loads_of(office) == ()


def test_a_broken_map_does_not_take_the_wall_down(office, person):
    sent(person(Role.ANALYST), GOOD)
    (office.data / "map" / "manifest.json").write_text("{", encoding="utf-8")
    assert person(Role.LEADER).get("/wall/").status_code == 200
    assert "G-LOAD-19" in text(person(Role.LEADER).get("/map/"))
