"""Somebody who never saw guatu plays the month in the pages, with the clerk's account and nothing else."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth import get_user_model
from docx import Document
from openpyxl import load_workbook

from guatu.office import collecting, log
from guatu.office.models import Account, Entry, Role
from guatu.office.views import collect
from tests.office import dirt, the_month
from tests.office.tables import table_with

sync_api = pytest.importorskip("playwright.sync_api", reason="需要 playwright 和浏览器")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("GUATU_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]
PASSWORD = "a-stranger-2021"


@pytest.fixture
def page() -> Any:
    """A browser on the clerk's desk."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True).new_page()
        yield page
        browser.close()


@pytest.fixture
def ws(tmp_path: Path, settings: Any) -> Any:
    ws = the_month.workspace(tmp_path / "ws", "demo")
    settings.GUATU_WORKSPACE = ws.folder
    user = get_user_model().objects.create_user("jingban", password=PASSWORD)
    Account.objects.create(user=user, role=Role.OFFICE_CLERK, body="市环委办")
    return ws


def taken(page: Any, words: str, to: Path) -> Path:
    """What a link gives to take away."""
    with page.expect_download() as coming:
        page.click(f"a.button:has-text('{words}')")
    path = to / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def shot(page: Any, name: str) -> None:
    if folder := os.environ.get("GUATU_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_stranger_plays_the_month(page, ws, live_server, tmp_path, monkeypatch):
    counted, paper, issued = the_month.broken_down(the_month.Desk(ws))
    monkeypatch.setattr(collect, "today", lambda: date(2021, 10, 12))

    page.goto(live_server.url)
    page.fill("#id_username", "jingban")
    page.fill("#id_password", PASSWORD)
    page.click("form[method=post] button.main")
    page.click("nav.bar >> text=收表")
    page.fill("#f-period", "2021-09")
    page.click("text=生成报送表")
    assert "要向 28 个单位收表" in page.inner_text("main")
    archive = taken(page, "下载报送表", tmp_path)
    with ZipFile(archive) as packed:
        packed.extractall(tmp_path / "sent")
    truth = dirt.dirty(tmp_path / "sent", tmp_path / "heap", {counted: (12, 20)}, paper, 9)
    truth.questions = [one for one in truth.questions if one != ("是否属实", "昌江.xlsx")]  # no August to fall behind
    fewer = next(key for key in truth.later if key[0] == "昌江区")
    truth.good[fewer] = truth.later.pop(fewer)
    asked = the_month.asked_in(tmp_path / "sent")

    # the whole folder dropped as it is, the spreadsheet program's own scratch file among it
    page.set_input_files("#f-files", [str(path) for path in sorted((tmp_path / "heap").iterdir())])
    page.fill("input[name=received]", "2021-10-12")
    before = Entry.objects.count()
    page.click("button:has-text('核对')")
    page.wait_for_url("**/heaps/**")
    assert Entry.objects.count() == before
    shot(page, "month-heap")
    html = page.content()
    faults = Counter(
        (cells[0].split(" ")[0], (re.findall(r"[A-Z]+\d+(?=$|（)", cells[0]) or [""])[0], cells[3][-len(code) :])
        for cells in table_with(html, "怎么改")[1:]
        for code in [re.search(r"G-[A-Z]+-\d+$", cells[3])[0]]
    )
    assert faults == Counter(truth.faults), "every planted fault by file and cell, and no other"
    asked_about = table_with(html, "情况")[1:]
    assert len(asked_about) == len(truth.questions)
    for kind, word in truth.questions:
        assert any(row[0] == kind and word in row[1] + row[2] for row in asked_about), (kind, word)
    with ZipFile(taken(page, "下载标红副本", tmp_path)) as packed:
        book = load_workbook(io.BytesIO(packed.read("交通-标红.xlsx")))
        cell = next(cell for name, cell, _ in truth.faults if name == "交通.xlsx")
        assert "不是完成数" in book["工作进展"][cell].comment.text

    # the questions answered, the good rows stored
    for select in page.query_selector_all("select[name^=q-]"):
        kind = select.get_attribute("aria-label").partition("：")[0]
        select.select_option(value=dirt.ANSWERS[kind])
    page.click("text=看过了，把好的行入账")
    page.wait_for_selector("text=/入账 \\d+ 行/")
    final = the_month.settled(truth)
    both = {**collecting.stored("2021-09"), **collecting.stored_figures("2021-09")}
    assert {key: data["said"] for key, data in both.items()} == final, "the same as by commands"
    shot(page, "month-stored")

    # verified, and everything taken away
    page.click("nav.crumb >> text=2021-09")
    page.check(f"input[value='市水利局/{issued}']")
    page.click("text=核实所选")
    assert collecting.stored("2021-09")["市水利局", issued]["verified"] == "2021-10-12"
    shot(page, "month-period")
    missing = asked - set(final)
    owing = [[cell.text for cell in row.cells] for row in Document(taken(page, "清单 Word", tmp_path)).tables[0].rows]
    assert Counter(row[0] for row in owing[1:]) == Counter(sender for sender, _ in missing)
    with ZipFile(taken(page, "催报函（待签）", tmp_path)) as packed:
        assert {name.split("-")[1] for name in packed.namelist()} == {sender for sender, _ in missing}
    table = [[cell.text for cell in row.cells] for row in Document(taken(page, "进展表 Word", tmp_path)).tables[0].rows]
    assert table == table_with(page.content(), "报送情况")
    wanted = the_month.table_of(asked, final, {}, 0, truth.returned)
    told = [[cell.replace("，已迟 0 天", "") for cell in row] for row in wanted]
    assert sorted(table[1:-1]) == told[:-1] and table[-1] == told[-1]

    # one account throughout; a mistake is taken back
    page.click("table.plain a")
    page.fill("form[action$='/undo/'] input[name=reason]", "放错了期")
    page.click("text=撤销，逐行恢复到入账以前")
    assert f"撤销了 {len(final)} 行" in page.inner_text("main")
    assert not collecting.stored("2021-09") and not collecting.stored_figures("2021-09")
    page.click("text=看过了，把好的行入账")
    page.wait_for_selector("text=/入账 \\d+ 行/")
    both = {**collecting.stored("2021-09"), **collecting.stored_figures("2021-09")}
    assert {key: data["said"] for key, data in both.items()} == final
    told_by = set(Entry.objects.filter(subject__startswith="report/").values_list("person", flat=True))
    assert told_by == {"jingban"} and log.verify() == ()
