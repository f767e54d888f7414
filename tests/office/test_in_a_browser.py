"""The pages in Chromium, light and dark, two sizes: no accessibility fault, no console error, nothing from elsewhere.

GUATU_SHOTS=FOLDER keeps a picture of every page that was opened.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from guatu.office.models import Role
from tests.office import duty_rows

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=zh-CN",
    "--hide-scrollbars",
    "--font-render-hinting=none",
]
PAGES = {
    "wall": "/wall/",
    **{f"wall-{scene}": f"/wall/?scene={scene}" for scene in ("air", "water", "tasks", "problems")},
    "search": "/search/?q=PM2.5",
    "targets": "/targets/",
    "target": "/targets/T02/",
    "good-days": "/targets/T04/",
    "undecided": "/targets/T09/",
    "months": "/targets/T05/",
    "change": "/targets/T02/change/",
    "warnings": "/targets/warnings/",
    "sections": "/targets/sections/",
    "checks": "/targets/checks/",
    "plans": "/targets/plans/",
    "weather": "/targets/weather/",
    "why": "/why/pm25_mean/市中心城区/2021/",
    "rows": "/rows/市中心城区/2021-10-05/",
    "tasks": "/tasks/",
    "task": "/tasks/K26/",
    "explain": "/explain/pm25_mean/市中心城区/2021-10-05/",
    "help": "/help/",
    "log": "/log/",
    "breakdown": "/breakdown/",
    "measure": "/breakdown/M001/",
    "collections": "/collect/",
    "collect": "/collect/2021-09/",
    "heap": f"/collect/2021-09/heaps/{duty_rows.HEAP}/",
    "papers": "/papers/",
    "paper": "/papers/W001/",
    "past-day": "/log/past/?at=2021-09-15",
    "missing": "/targets/T99/",
}
SIZES = ((1440, 900), (1920, 1080))
MAIN = ("wall", "targets", "target", "tasks", "task")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def chromium() -> Any:
    """One Chromium for the module; without it or without a Chinese font the tests skip, in CI they fail."""
    lacking = [] if Path(CHROMIUM).exists() else [f"没有 {CHROMIUM}"]
    fonts = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    if not fonts:
        lacking.append("没有中文字体（fc-list :lang=zh 为空）")
    if lacking:
        message = "浏览器测试需要 chromium 和 fonts-noto-cjk：" + "，".join(lacking)
        (pytest.fail if os.environ.get("GUATU_CI") else pytest.skip)(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A browser window that writes down what a careful user would complain about."""

    def __init__(self, browser: Any, origin: str, size: tuple[int, int], look: str) -> None:
        width, height = size
        self.origin, self.complaints = origin, []
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.context.add_cookies([{"name": "look", "value": look, "url": origin}])
        self.context.route("**/*", self._watch)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _watch(self, route: Any) -> None:
        if route.request.url.startswith((self.origin, "data:")):
            route.continue_()
        else:
            self.complaints.append(f"off-origin: {route.request.url}")
            route.abort()

    def log_in_as(self, client: Any) -> None:
        """Take over the session of a test client."""
        self.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.origin}]
        )

    def keep(self, name: str) -> None:
        """Keep a picture if asked to."""
        if folder := os.environ.get("GUATU_SHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png")


def faults_of(page: Any) -> list[str]:
    """What axe finds against WCAG 2 A and AA."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:300]}" for v in found["violations"]
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_page_is_clean(chromium, live_server, office, person, look, size):
    visit = Visit(chromium, live_server.url, size, look)
    visit.log_in_as(person(Role.OFFICE_DIRECTOR))
    duty_rows.put(office)
    for name, path in PAGES.items():
        if (size == SIZES[1] or look == "dark") and name not in MAIN:
            continue
        answer = visit.page.goto(live_server.url + path)
        visit.page.wait_for_load_state("networkidle")
        visit.keep(f"{name}-{look}-{size[0]}")
        if name == "missing":
            assert answer.status == 404
            visit.complaints = [one for one in visit.complaints if "404" not in one]
        else:
            assert answer.status == 200
        assert "演示数据，非实测" in visit.page.inner_text("body")
        wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} px wider than the window"
        if size == SIZES[0]:
            assert faults_of(visit.page) == [], name
        assert visit.complaints == [], name
    visit.context.close()


def test_logging_in_filtering_and_the_look(chromium, live_server, office):
    from guatu.office import demo_accounts

    demo_accounts.make()
    visit = Visit(chromium, live_server.url, SIZES[0], "light")
    page = visit.page
    page.goto(live_server.url)
    visit.keep("login-light-1440")
    assert faults_of(page) == []
    page.fill("#id_username", "fenxi")
    page.fill("#id_password", "wrong-password")
    page.click("text=登录 >> nth=-1")
    assert "对不上" in page.inner_text("[role=alert]")
    page.fill("#id_username", "fenxi")
    page.fill("#id_password", demo_accounts.PASSWORD)
    page.click("form[method=post] button.main")
    page.wait_for_url("**/wall/")
    page.click("text=目标 >> nth=0")
    page.goto(f"{live_server.url}/targets/")
    page.click(".chip:has-text('临界')")
    page.wait_for_url("**/targets/?status=close")
    page.wait_for_selector("text=导出当前 1 行")
    page.click("details.me summary")
    page.click(".sheet button[value=dark]")
    assert page.get_attribute("html", "data-look") == "dark"
    visit.keep("filtered-dark-1440")
    assert faults_of(page) == [] and visit.complaints == []
    page.reload()
    assert page.get_attribute("html", "data-look") == "dark"
    visit.context.close()


def test_a_chart_and_its_twin_table_read_without_script(chromium, live_server, office, person):
    client = person(Role.ANALYST)
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/targets/T02/")
    assert page.locator("svg.year-line polyline.now").count() == 1
    page.click("text=看数据表")
    assert page.locator(".twin tbody tr").first.is_visible()
    context.close()


def test_a_wall_that_cannot_be_refreshed_says_so_and_stays(chromium, live_server, office, person):
    visit = Visit(chromium, live_server.url, SIZES[1], "dark")
    visit.log_in_as(person(Role.LEADER))
    page = visit.page
    page.goto(f"{live_server.url}/wall/")
    failed = page.locator("[data-refresh-failed]")
    assert not failed.is_visible()
    page.evaluate("document.dispatchEvent(new Event('htmx:responseError'))")
    assert failed.is_visible() and page.locator(".tile").count() == 27
    assert page.evaluate("document.documentElement.scrollHeight") <= SIZES[1][1]
    visit.context.close()
