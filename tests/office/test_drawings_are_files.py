"""Each drawing is a file of its own, SVG and PNG, with title, source, time and the demo mark, and no script in it."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree

import pytest

from guatu.office.models import Role

PIL = pytest.importorskip("PIL.Image")
pytestmark = pytest.mark.django_db
DRAWINGS = {
    "/targets/T02/chart": ("市中心城区", "2021-10-11 所知"),
    "/targets/T04/chart": ("优良天数", "2021-10-11 所知"),
    "/wall/map": ("县区图", "2021-10-11 所知"),
}


@pytest.mark.parametrize(("address", "words"), DRAWINGS.items())
def test_a_drawing_says_what_where_when_and_that_it_is_a_demonstration(office, person, address, words):
    answer = person(Role.ANALYST).get(f"{address}.svg")
    root = ElementTree.fromstring(answer.content)
    told = "".join(root.itertext())
    assert all(word in told for word in (*words, "演示数据，非实测", "数据版本"))
    assert not [node for node in root.iter() if node.tag.endswith(("script", "foreignObject"))]
    assert ".svg" in answer["Content-Disposition"]


@pytest.mark.parametrize("address", DRAWINGS)
def test_the_picture_is_a_sharp_png_with_ink_on_white(office, person, address):
    answer = person(Role.ANALYST).get(f"{address}.png")
    picture = PIL.open(io.BytesIO(answer.content))
    assert picture.format == "PNG" and picture.width >= 1200
    colours = picture.convert("RGB").getcolors(picture.width * picture.height)
    assert (255, 255, 255) in {colour for _, colour in colours} and len(colours) > 20
    assert answer.content == person(Role.ANALYST).get(f"{address}.png").content, "the same drawing, the same bytes"


@pytest.mark.parametrize("address", ["/targets/T02/chart.bmp", "/wall/map.pdf", "/targets/T99/chart.png"])
def test_any_other_kind_is_not_found(office, person, address):
    assert person(Role.ANALYST).get(address).status_code == 404
