"""A warning reaches all who are to hear it by the ways of reminders: once, when it changes, and when it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from guatu.judge.warn import Alert
from guatu.office.ledger import delivery, sending, warned
from guatu.office.ledger.models import Notice

pytestmark = pytest.mark.django_db
DAY = date(2021, 10, 12)
ALERT = Alert(
    "target.close", "目标临界", "T02", "PM2.5 余下只许 30.1", "close", ("环委办", "市生态环境局"), ("看余量", "会商")
)


def said(made: list[Notice]) -> set[tuple[str, str]]:
    return {(one.body, one.text) for one in made}


def test_every_hearer_is_told_what_and_what_to_do() -> None:
    text = "目标临界：PM2.5 余下只许 30.1（可做：看余量；会商）"
    assert said(warned.tell([ALERT], DAY)) == {("环委办", text), ("市生态环境局", text)}


def test_it_is_said_again_only_when_it_changes_and_when_it_goes() -> None:
    days = [DAY + timedelta(days=step) for step in range(6)]
    worse = replace(ALERT, mark="lost", text="已不能完成")
    counts = [
        len(warned.tell(alerts, day))
        for alerts, day in zip([[ALERT], [ALERT], [worse], [], [], [worse]], days, strict=True)
    ]
    assert counts == [2, 0, 2, 2, 0, 2]
    assert warned.tell([worse], days[-1]) == []
    gone = Notice.objects.filter(made_on=days[3])
    assert gone and all(one.text.startswith("解除：目标临界：已不能完成") for one in gone)


def test_it_goes_out_by_the_ways_of_reminders(monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[tuple[str, str]] = []

    class Way:
        name = "群机器人"

        def send(self, body: str, text: str) -> str:
            posted.append((body, text))
            return ""

    monkeypatch.setattr(delivery, "channels", lambda: [Way()])
    warned.tell([ALERT], DAY)
    assert sending.send_all(DAY) == [] and sending.send_all(DAY) == []
    assert sorted(body for body, _ in posted) == sorted(ALERT.told)
    assert all("目标临界" in text for _, text in posted)


def test_the_page_of_reminders_leads_to_the_warnings(office: Any, client_of: Any) -> None:
    warned.tell([ALERT], DAY)
    page = client_of("office_clerk").get("/letters/reminders/").content.decode()
    assert "目标临界：PM2.5 余下只许 30.1" in page and 'href="/targets/warnings/"' in page
