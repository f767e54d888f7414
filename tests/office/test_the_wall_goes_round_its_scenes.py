"""The scenes of the wall: each has its own address and content, and they go round, paused by key and by touch."""

from __future__ import annotations

import pytest

from guatu.office.models import Role
from tests.office import duty_rows
from tests.office.test_in_a_browser import Visit, chromium  # noqa: F401 - the fixture is asked for by name

SCENES = {
    "all": "27项目标",
    "air": "空气质量目标",
    "water": "水环境目标",
    "tasks": "逾期、滞后的措施",
    "problems": "逾期的问题",
}
SIZES = ((1366, 768), (1920, 1080), (3840, 2160))


@pytest.mark.django_db
@pytest.mark.parametrize(("scene", "words"), SCENES.items())
def test_each_scene_has_its_own_address(office, person, scene, words):
    duty_rows.put(office)
    page = person(Role.LEADER).get(f"/wall/?scene={scene}").content.decode()
    assert words in page
    for other in set(SCENES) - {scene}:
        assert f"scene={other}" in page, "the others are one key away"
    assert "批示" in page and "批示" not in person(Role.OFFICE_CLERK).get("/wall/").content.decode().split("w-foot")[1]


@pytest.mark.django_db
def test_an_unknown_scene_is_the_whole_picture(office, person):
    assert SCENES["all"] in person(Role.LEADER).get("/wall/?scene=../x").content.decode()


@pytest.mark.django_db
def test_the_air_scene_shows_air_and_the_water_scene_water(office, person):
    air = person(Role.LEADER).get("/wall/?scene=air").content.decode()
    water = person(Role.LEADER).get("/wall/?scene=water").content.decode()
    assert "/targets/T02/" in air and "/targets/T05/" not in air
    assert "/targets/T05/" in water and "/targets/T02/" not in water


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_scenes_go_round_and_rest_when_somebody_looks(chromium, live_server, office, person):  # noqa: F811
    duty_rows.put(office)
    visit = Visit(chromium, live_server.url, (1920, 1080), "dark")
    visit.log_in_as(person(Role.LEADER))
    page = visit.page
    page.goto(f"{live_server.url}/wall/?rotate=1")
    page.wait_for_selector(".w-big h2:has-text('空气质量目标')", timeout=15_000)
    assert "scene=air" in page.url and "rotate=1" in page.url
    page.keyboard.press(" ")
    assert "rotate" not in page.url and page.inner_text("[data-rotate]") == "轮播"
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("h2:has-text('水环境目标')")
    page.keyboard.press("5")
    page.wait_for_selector("h2:has-text('逾期的问题')")
    page.keyboard.press(" ")
    page.mouse.move(900, 40)
    page.mouse.down()
    assert page.inner_text("[data-next]") == "有人在看，先停"
    assert visit.complaints == []
    visit.context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_one_layout_fits_each_screen_and_is_read_from_five_metres(chromium, live_server, office, person, size):  # noqa: F811
    """On a wall 2 m wide a text of 1/100 of the width is 20 mm high, which is read from 5 m (H/250)."""
    duty_rows.put(office)
    visit = Visit(chromium, live_server.url, size, "dark")
    visit.log_in_as(person(Role.LEADER))
    for scene in SCENES:
        visit.page.goto(f"{live_server.url}/wall/?scene={scene}")
        wide, high, small = visit.page.evaluate(
            """() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight,
              Math.min(...Array.from(document.querySelectorAll('#wall h2, .tile b, .w-rows a, .w-list a'))
                .filter(one => one.getClientRects().length).map(one => parseFloat(getComputedStyle(one).fontSize)))]"""
        )
        assert wide <= size[0] and high <= size[1], (scene, wide, high)
        assert small >= size[0] / 100 - 0.5, (scene, small)
    visit.context.close()
