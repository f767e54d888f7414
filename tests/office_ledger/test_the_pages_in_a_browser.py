"""The list and one problem in Chromium, light and dark: no accessibility fault, nothing wider than the window."""

from __future__ import annotations

from typing import Any

import pytest

from guatu.demo.problems import add_problems
from guatu.office import demo_duties
from guatu.office.ledger import generated, objects, reminders
from tests.office.test_in_a_browser import SIZES, Visit, chromium, faults_of
from tests.office_ledger.test_pages_and_commands_say_the_same import DAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "problems": "/problems/",
    "problem": "/problems/SJ-2021-360281-0011/",
    "problem-move": "/problems/SJ-2021-360281-0011/move/extend/",
    "problems-rates": "/problems/rates/",
    "letters": "/letters/",
    "letters-draft": "/letters/draft/SJ-2021-360202-0020/",
    "letters-authority": "/letters/authority/",
    "letters-reminders": "/letters/reminders/",
    "problems-due": "/problems/due/",
    "object": "/objects/QY00001/",
    "objects": "/objects/",
    "imports": "/problems/imports/",
}
__all__ = ["chromium"]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_pages_are_clean(
    chromium: Any, live_server: Any, office: Any, day: Any, client_of: Any, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_duties, "make", lambda _ws: True)
    day.now = DAY
    (office.folder / "source").mkdir()
    add_problems(office.folder / "source")
    generated.take_over(office)
    reminders.tick(DAY)
    known = {"kind": "enterprise", "name": "演示陶瓷厂", "code": "91110000802100433B", "county": "乐平市"}
    objects.register(known, "经办")
    for size in SIZES:
        visit = Visit(chromium, live_server.url, size, look)
        visit.log_in_as(client_of("office_director"))
        for name, path in PAGES.items():
            if size == SIZES[1] and name not in ("problems", "problem"):
                continue
            answer = visit.page.goto(live_server.url + path)
            visit.page.wait_for_load_state("networkidle")
            visit.keep(f"{name}-{look}-{size[0]}")
            assert answer.status == 200 and "演示数据，非实测" in visit.page.inner_text("body")
            wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} is {wide} px wider than the window"
            if size == SIZES[0]:
                assert faults_of(visit.page) == [], name
            assert visit.complaints == [], name
        visit.context.close()


def test_a_stage_is_chosen_without_a_new_page(
    chromium: Any, live_server: Any, office: Any, day: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_duties, "make", lambda _ws: True)
    day.now = DAY
    (office.folder / "source").mkdir()
    add_problems(office.folder / "source")
    generated.take_over(office)
    visit = Visit(chromium, live_server.url, SIZES[0], "light")
    visit.log_in_as(client_of("leader"))
    visit.page.goto(f"{live_server.url}/problems/")
    visit.page.click(".flow a:has-text('验收')")
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.locator("table.problems tbody tr").count() == 3
    assert visit.complaints == []
    visit.context.close()
