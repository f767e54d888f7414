"""Data coming in, the law, the map, home pages in Chromium: clean in both looks; the whole way without script too."""

from __future__ import annotations

from typing import Any

import pytest

from guatu.office.intake import taking
from guatu.office.models import Role
from tests.office import duty_rows
from tests.office.test_in_a_browser import SIZES, Visit, chromium, faults_of

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GOOD = "时间,站点,PM2.5,CO(mg/m3)\n2021-10-10 23:00,S1,30,0.4\n2021-10-11 00:00,S2,40,0.5\n"
BAD = "戳,站点,PM2.5\n2021-10-10 25:00,S1,30\n2021-10-11 00:00,S7,坏\n"
PAGES = {
    "intake": "/data/",
    "rules": "/rules/",
    "rules-diff": "/rules/diff/",
    "rule": "/rules/gb3095.pm25.annual/",
    "map": "/map/",
    "homes": "/homes/",
    "home": "/homes/乐平市/",
    "register": "/papers/",
    "objects": "/objects/",
}


def visit_of(chromium: Any, url: str, client: Any, look: str = "light") -> Visit:
    one = Visit(chromium, url, SIZES[0], look)
    one.log_in_as(client)
    return one


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_pages_are_clean(chromium: Any, live_server: Any, office: Any, person: Any, look: str, send: Any) -> None:
    duty_rows.put(office)
    clerk = person(Role.OFFICE_CLERK)
    ways = {**PAGES, "ready": send(clerk, GOOD), "faulty": send(clerk, BAD)}
    visit = visit_of(chromium, live_server.url, clerk, look)
    for name, path in ways.items():
        for width, height in SIZES:
            visit.page.set_viewport_size({"width": width, "height": height})
            assert visit.page.goto(live_server.url + path).status == 200
            wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} is {wide} px wider than {width}"
            visit.keep(f"{name}-{look}-{width}")
        assert faults_of(visit.page) == [], name
        assert visit.complaints == [], name
    visit.context.close()


def test_the_whole_way_with_script(chromium: Any, live_server: Any, office: Any, person: Any) -> None:
    visit = visit_of(chromium, live_server.url, person(Role.OFFICE_CLERK))
    walk(visit.page, live_server.url)
    assert visit.complaints == []
    visit.context.close()


def test_the_whole_way_without_script_and_beside_the_page(
    chromium: Any, live_server: Any, office: Any, person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of a long file comes again by itself until it is done."""
    monkeypatch.setattr(taking, "LONG", 10)
    context = chromium.new_context(java_script_enabled=False)
    client = person(Role.OFFICE_CLERK)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    walk(context.new_page(), live_server.url)
    context.close()


def walk(page: Any, url: str) -> None:
    """Paste, say what a heading means, confirm, look at the history, take it back."""
    page.goto(f"{url}/data/")
    page.select_option("#f-kind", "air-hourly")
    page.fill("#f-pasted", GOOD.replace("PM2.5", "细粒"))
    page.click("text=核对，先不存")
    page.wait_for_selector("text=没有错")
    page.select_option("select[name=c-0-2]", label="PM2.5")
    page.click("text=按上面改的再核对一遍")
    page.wait_for_selector("text=您定的")
    page.click("button[value=store]")
    page.wait_for_selector("text=带来的变化")
    page.click("text=看入库历史，可撤销")
    page.click("summary:has-text('撤销')")
    page.fill(".undo input[name=reason]", "试")
    page.click("text=撤销 2 行")
    page.wait_for_selector("text=各数回到入库以前")


def test_keys_inside_a_table(chromium: Any, live_server: Any, office: Any, person: Any) -> None:
    duty_rows.put(office)
    visit = visit_of(chromium, live_server.url, person(Role.OFFICE_CLERK))
    page = visit.page
    page.goto(f"{live_server.url}/tasks/")
    page.focus("[role=region]")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == first
    page.goto(f"{live_server.url}/papers/")
    page.focus("tbody th a")
    page.keyboard.press("x")
    assert page.evaluate("document.querySelector('tbody input[name=name]').checked")
    visit.context.close()
