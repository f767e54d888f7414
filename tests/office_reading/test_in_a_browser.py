"""The reading review and the pages of people in Chromium: by keyboard alone, no accessibility fault in either look."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from guatu.office import commenting
from guatu.office.models import Role
from guatu.office.people import bodies, session_end
from guatu.office.reading import looks, shelf
from tests.office import duty_rows
from tests.office.test_in_a_browser import CHROMIUM, FLAGS
from tests.office_reading.conftest import NOTICE

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def chromium() -> Any:
    """One Chromium for the module; without it or without a Chinese font the tests skip, in CI they fail."""
    fonts = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    if not fonts or not Path(CHROMIUM).exists():
        message = "浏览器测试需要 chromium 和 fonts-noto-cjk"
        (pytest.fail if os.environ.get("GUATU_CI") else pytest.skip)(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_of(chromium, live_server, person):
    """Callable: page_of(role) is a page logged in as somebody of that role; errors on it fail the test."""
    wrong: list[str] = []
    contexts = []

    def come(role: Role, body: str = "", look: str = "light") -> Any:
        client = person(role, body)
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([session, {"name": "look", "value": look, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        contexts.append(context)
        return page

    yield come
    for context in contexts:
        context.close()
    assert wrong == []


def test_a_notice_is_reviewed_by_keyboard_alone(desk, live_server, page_of):
    number = shelf.upload(desk, "通知.txt", NOTICE.encode(), shelf.ANNUAL, "clerk")
    page = page_of(Role.OFFICE_CLERK)
    page.goto(f"{live_server.url}/notices/{number}/")
    first = looks.looked(desk, number)[0].item.id
    page.keyboard.press("y")
    page.wait_for_selector(".said")
    assert looks.looked(desk, number)[0].state == "已核", "one key confirms"
    page.goto(f"{live_server.url}/notices/{number}/?item={first}")
    page.keyboard.press("u")
    page.wait_for_selector(".said")
    assert looks.looked(desk, number)[0].state == "有疑点", "one key takes it back"
    page.keyboard.press("j")
    page.wait_for_url(f"**item={looks.looked(desk, number)[1].item.id}*")
    page.goto(f"{live_server.url}/notices/{number}/?item=T01")
    page.keyboard.press("e")
    page.keyboard.press("y")
    assert page.input_value("#f-indicator").startswith("y"), "in a field a key is a letter"
    page.fill("#f-indicator", "细颗粒物年均浓度")
    page.keyboard.press("Enter")
    page.wait_for_selector(".said")
    said = next(one for one in looks.looked(desk, number) if one.item.id == "T01").said
    assert said["indicator"]["value"] == "细颗粒物年均浓度", "Enter keeps the correction"


def test_the_highlight_leads_to_its_card_and_the_card_to_its_place(desk, live_server, page_of):
    number = shelf.upload(desk, "通知.txt", NOTICE.encode(), shelf.ANNUAL, "clerk")
    page = page_of(Role.OFFICE_CLERK)
    page.goto(f"{live_server.url}/notices/{number}/")
    page.click(".sheet-text a:has-text('秸秆综合利用')")
    page.wait_for_url("**item=K02*")
    assert "K02" in page.inner_text("#card-title") and "秸秆" in page.inner_text(".sheet-text .now")
    page.click("text=看原文位置")
    assert page.url.endswith("#s-K02")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_no_accessibility_fault(desk, live_server, page_of, look):
    duty_rows.put(desk)
    commenting.send("clerk")
    commenting.say("市住建局", "M001", "节点推后", "danwei")
    bodies.begin(desk, "clerk")
    bodies.add("镇桥镇", "乡镇", "360281", None, "clerk")
    shelf.upload(desk, "通知.txt", NOTICE.encode(), shelf.ANNUAL, "clerk")
    clerk = ("/notices/", "/notices/N001/?item=T02", "/breakdown/", "/breakdown/comments/", "/bodies/", "/password/")
    for role, body, addresses in (
        (Role.OFFICE_CLERK, "", clerk),
        (Role.COUNTY, "乐平市", ("/handdown/", "/my/", "/breakdown/comments/")),
    ):
        page = page_of(role, body, look)
        for address in addresses:
            assert page.goto(live_server.url + address).status == 200
            faults = Axe().run(page, options=AXE).response["violations"]
            assert [(one["id"], one["nodes"][0]["target"]) for one in faults] == [], (address, look)


def test_the_page_warns_two_minutes_before_and_one_key_stays(desk, live_server, page_of, settings):
    settings.SESSION_IDLE = session_end.WARN + 2
    page = page_of(Role.OFFICE_CLERK)
    page.goto(f"{live_server.url}/help/")
    assert not page.is_visible("form.leaving")
    page.wait_for_selector("form.leaving", state="visible", timeout=8000)
    settings.SESSION_IDLE = 3600
    page.keyboard.press("Enter")
    page.wait_for_selector("form.leaving", state="hidden")
