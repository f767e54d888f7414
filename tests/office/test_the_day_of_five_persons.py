"""The day of five persons, walked in a browser before the demonstration as it is served: clerk, leader, unit, county,
analyst. Everything is reached from the first page by links and keys; nothing leaves the origin; no console error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.demo_office import come_in, running
from tests.office.test_in_a_browser import Visit, chromium  # noqa: F401 - the fixture is asked for by name

pytestmark = pytest.mark.browser
DESK, PHONE, ROOM = (1440, 900), (390, 844), (1920, 1080)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("office") / "demo") as address:
        yield address


@pytest.fixture
def day(chromium: Any, origin: str) -> Iterator[Any]:  # noqa: F811
    """Callable: day(account, size) is the page of a person who has come in; complaints are asked at the end."""
    visits: list[Visit] = []

    def begin(name: str, size: tuple[int, int]) -> Any:
        visit = Visit(chromium, origin, size, "light")
        visits.append(visit)
        come_in(visit.page, origin, name)
        return visit.page

    yield begin
    for visit in visits:
        visit.context.close()
        assert visit.complaints == []


def go(page: Any, what: str) -> None:
    """Follow a link or button and wait for the page."""
    page.locator(what).first.click()
    page.wait_for_load_state("networkidle")


def test_the_clerk_sees_what_is_late_presses_and_drafts_the_bulletin(day: Any) -> None:
    page = day("jingban", DESK)
    assert page.url.endswith("/targets/")
    go(page, ".chip:has-text('临界')")
    page.wait_for_url("**/targets/?status=close")
    go(page, "table.targets tbody th a")
    assert re.search(r"/targets/T\d\d/$", page.url)
    go(page, "a:has-text('什么把它推到这里')")
    assert "/why/" in page.url
    go(page, ".bar a[href='/problems/']")
    go(page, "a[href*='due=overdue']")
    assert "逾期" in page.inner_text("main")
    go(page, "main tbody a[href^='/problems/'], main a[href*='/problems/'][href$='/']")
    assert page.locator("h1").count() == 1
    go(page, ".bar a[href='/collect/']")
    go(page, "main a[href^='/collect/20']")
    assert "未报" in page.inner_text("main")
    page.keyboard.press("/")
    page.keyboard.type("乐平")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".found").count() >= 3
    go(page, ".bar a[href='/bulletins/']")
    assert page.locator("main form button").count() >= 1


def test_the_leader_asks_who_has_not_done_his_part_and_instructs(day: Any) -> None:
    page = day("lingdao", ROOM)
    assert page.url.endswith("/wall/") and "项目标" in page.inner_text(".w-say")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("h2:has-text('空气质量目标')")
    page.keyboard.press("1")
    page.wait_for_selector("h2:has-text('27项目标')")
    go(page, ".tile a[href='/targets/T04/']")
    assert "还可超标" in page.inner_text("main") or "天" in page.inner_text("main")
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert page.locator(".w-owed li").count() >= 1, "who is overdue stands on the wall"
    go(page, "#wall svg a[href^='/homes/']")
    assert "欠" in page.inner_text("main") or "逾期" in page.inner_text("main")
    page.goto(page.url.partition("/homes/")[0] + "/wall/")
    go(page, "a.w-instruct")
    page.fill("#text", "一周内查清城区超标天成因，提出措施")
    page.fill("#body", "市生态环境局")
    page.fill("#due", "2021-10-20")
    go(page, "form button:has-text('批示'), form[method=post] button.main:visible")
    said = page.inner_text("body")
    assert "已登记为" in said and "市生态环境局承办" in said


def test_a_unit_reports_its_duty_and_sees_only_its_own(day: Any) -> None:
    page = day("danwei", DESK)
    assert page.url.endswith("/homes/mine/") or "/homes/" in page.url
    assert "市住建局" in page.inner_text("h1")
    go(page, ".bar a[href='/my/']")
    page.locator("input[name^='text:']").first.fill("已铺设管网 11.2 公里")
    page.locator("select[name^='state:']").first.select_option(index=1)
    go(page, "button[value=save]")
    assert "草稿已保存" in page.inner_text("body")
    assert page.locator("input[name^='text:']").first.input_value() == "已铺设管网 11.2 公里"
    home = page.url.partition("/my/")[0]
    assert page.request.get(f"{home}/homes/市水利局/").status == 403


def test_a_county_on_a_phone_finds_its_problem_and_what_it_costs(day: Any) -> None:
    page = day("xianqu", PHONE)
    assert "乐平市" in page.inner_text("h1")
    for address in ("/homes/mine/", "/my/", "/tasks/", "/problems/", "/scores/"):
        page.goto(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (address, wide)
    page.goto(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + "/homes/mine/")
    go(page, "main a[href^='/problems/'][href$='/']:not([href='/problems/'])")
    assert "/problems/" in page.url
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    bar = page.locator(".bar").bounding_box()
    assert bar and bar["y"] + bar["height"] >= PHONE[1] - 1, "the bar stands at the foot, under the thumb"
    go(page, ".bar a[href='/scores/']")
    go(page, "main a[href*='乐平'], main a[href*='%E4%B9%90%E5%B9%B3']")
    assert "失" in page.inner_text("main")


def test_the_analyst_goes_from_a_figure_to_its_rows_and_takes_them_away(day: Any) -> None:
    page = day("fenxi", DESK)
    go(page, "a[href='/targets/']")
    go(page, "a[href='/targets/T04/']")
    go(page, "a:has-text('什么把它推到这里')")
    with page.expect_download() as taken:
        page.locator("main a[href*='download=csv']").first.click()
    assert taken.value.suggested_filename.endswith(".csv")
    page.go_back()
    page.wait_for_load_state("networkidle")
    go(page, "main a[href^='/explain/']:visible")
    go(page, "main a[href^='/explain/']:visible")
    assert "/explain/" in page.url
    page.goto(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + "/rows/市中心城区/2021-10-05/")
    assert page.locator("main tbody tr").count() >= 24
    with page.expect_download() as taken:
        page.locator("main a[href*='download=csv']").first.click()
    assert "小时值" in taken.value.suggested_filename
    go(page, ".bar a[href='/rules/']")
    assert "条文" in page.inner_text("main")


def test_a_stranger_finds_the_target_in_danger_why_and_who_owes_what(day: Any) -> None:
    """From the wall in three steps: the tightest target, why it stands so, and who works on it."""
    page = day("lingdao", ROOM)
    tight = page.inner_text(".w-tight")
    assert "最吃紧" in tight
    go(page, ".w-tight a")
    said = page.inner_text("main")
    assert "由谁来办" in said and page.locator("main a[href^='/tasks/']").count() >= 1, "who owes what about it"
    go(page, "a:has-text('什么把它推到这里')")
    assert page.locator("main tbody tr").count() >= 3, "which days, stations, pollutants cost the most"
