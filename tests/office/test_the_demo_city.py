"""From generated hours to the pages with nothing replaced: what the judge says is what a reader reads."""

import html
import re

import pytest

from guatu.demo.make import TODAY, make
from guatu.judge.board import board_of, plan_of
from guatu.office import duties, snapshots
from guatu.office.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo") / "ws")


@pytest.fixture
def open_demo(demo, db, settings):
    settings.GUATU_WORKSPACE = demo.folder
    duties.take_over(plan_of(demo))
    snapshots.refresh(demo)
    return demo


def text_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode())))


def test_the_pages_show_the_board_and_open_down_to_the_hours(open_demo, person):
    client, board = person(Role.ANALYST), board_of(open_demo, plan_of(open_demo), TODAY)
    assert snapshots.last_day_of(open_demo) == TODAY
    wall, numbers = text_of(client.get("/wall/")), 0
    assert f"{len(board.rows)}项目标：" in wall and "演示数据，非实测" in wall
    for row in board.rows:
        page = text_of(client.get(f"/targets/{row.target.id}/"))
        assert row.status.word in page and row.status.reason in page
        if row.value.number is not None:
            numbers += 1
            stated = row.official.value if row.official else row.value.number
            assert f"{row.value.number:f}" in page
            assert f"{stated:f}" in page and f"{stated:f}" in wall
        if row.room is not None:
            assert row.room.sentence in page
    assert numbers >= 4
    page = client.get("/targets/T02/").content.decode()
    days = re.findall(r'href="(/explain/pm25_mean/[^"]*2021-\d\d-\d\d[^"]*/)"', page)
    assert days
    station_hours = text_of(client.get(html.unescape(days[-1])))
    assert "24:00" in station_hours and "批次" in station_hours


def test_every_link_of_every_first_page_leads_somewhere(open_demo, person):
    client = person(Role.OFFICE_DIRECTOR)
    links = set()
    for address in ("/wall/", "/targets/", "/targets/T02/", "/tasks/", "/tasks/K06/"):
        page = client.get(address).content.decode()
        links |= {html.unescape(link) for link in re.findall(r'href="([/?][^"]*)"', page) if "/static/" not in link}
    kinds: dict[str, list[str]] = {}
    for link in sorted(links):
        kinds.setdefault(link.partition("?")[0].split("/")[1] if link.startswith("/") else "?", []).append(link)
    assert {"targets", "tasks", "explain", "?"} <= kinds.keys()
    for link in [link for alike in kinds.values() for link in [*alike[:2], *alike[-2:]]]:
        answer = client.get(link if link.startswith("/") else f"/targets/{link}")
        assert answer.status_code in (200, 302), link
