"""What the database counts for any day is what the steps of every problem say, one by one."""

from __future__ import annotations

import importlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from guatu.act.overview import overview
from guatu.act.rates import list_rate, listings
from guatu.base.period import Period
from guatu.demo.problems import add_problems
from guatu.office import demo_duties
from guatu.office.bulletins import facts
from guatu.office.ledger import answers, declared, generated, listing, lists, storage
from guatu.office.ledger.models import Problem, Stay

DAY = date(2021, 10, 12)
DAYS = [date(2020, 12, 31), *(date(2021, 1, 1) + timedelta(days=n) for n in range(0, 300, 9)), DAY]


@pytest.fixture
def demo(office: Any, day: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(demo_duties, "make", lambda _ws: True)
    day.now = DAY
    (office.folder / "source").mkdir()
    add_problems(office.folder / "source")
    generated.take_over(office)
    return office


def test_what_was_due_and_late_on_any_day(demo: Any) -> None:
    every, items = declared.ledgers(), storage.items(Problem.objects.all())
    late = 0
    for day in DAYS:
        slow = overview(every, items, day)
        found = answers.due(Problem.objects.all(), day)
        assert found.words == (slow.words,), day
        assert {(row[0], int(row[6])) for row in found.tables[0].rows} == {
            (line.number, line.late.overdue) for line in slow.overdue
        }
        days = [int(row[6]) for row in found.tables[0].rows]
        assert days == sorted(days, reverse=True)
        late += len(days)
    assert late > 50


def test_a_page_names_some_and_counts_all(demo: Any) -> None:
    whole, page = answers.due(Problem.objects.all(), DAY), answers.due(Problem.objects.all(), DAY, 2)
    assert len(page.tables[0].rows) == 2 and page.tables[0].size == whole.tables[0].size > 2
    whole, page = answers.rates(DAY), answers.rates(DAY, 1)
    assert [one.size for one in whole.tables] == [one.size for one in page.tables]


def test_the_rates_of_any_day(demo: Any) -> None:
    every, items = declared.ledgers(), storage.items(Problem.objects.all())
    for day in DAYS:
        slow = {one.id: list_rate(one, every, items, day) for one in listings().values()}
        for card in lists.cards_on(day):
            assert card.together == slow[card.listing.id].together.counts, day
            assert card.apart == tuple(one.counts for one in slow[card.listing.id].apart)
            assert card.met == slow[card.listing.id].met
            left = storage.standing(None, day).filter(lists.behind(card.listing.id, "left", day, lists.PAST))
            numbers = left.values_list("problem__number", flat=True)
            assert set(numbers) == set(slow[card.listing.id].together.accepted.left)


def test_bulletins_say_the_same(demo: Any) -> None:
    every, items = declared.ledgers(), storage.items(Problem.objects.all())
    for day in DAYS[::6]:
        said, slow = facts.office_on(Period.of("2021-09"), day).problems, overview(every, items, day)
        assert {(one.number, one.late) for one in said.overdue} == {(x.number, x.late.overdue) for x in slow.overdue}
        assert sum(n for _, n, _, _ in said.by_ledger) == len(slow.lines)
        assert sum(done for _, _, done, _ in said.by_ledger) == sum(bool(x.late.finished) for x in slow.lines)
        assert {unit: n for unit, (n, _, _) in said.by_lead.items()} == {
            unit: sum(x.lead_unit == unit for x in slow.lines) for unit in {x.lead_unit for x in slow.lines} if unit
        }


def test_an_upgrade_gives_old_problems_their_stays_and_words(demo: Any) -> None:
    names = ("problem_id", "since", "until", "state", "accepted", "closed", "deadline", "finished", "late")
    before = set(Stay.objects.values_list(*names))
    words = dict(Problem.objects.values_list("number", "words"))
    Stay.objects.all().delete()
    Problem.objects.update(words="")
    upgrade = importlib.import_module("guatu.office.ledger.migrations.0004_stays_and_words")
    upgrade.live(apps, None)
    upgrade.word(apps, None)
    assert set(Stay.objects.values_list(*names)) == before and before
    assert dict(Problem.objects.values_list("number", "words")) == words


def test_words_are_found_whatever_their_case(demo: Any) -> None:
    row = Problem.objects.exclude(source_no="").first()
    for asked in (row.number.lower(), row.title[2:8], row.source_no[:5]):
        found = listing.chosen(Problem.objects.all(), listing.Asked(q=asked), DAY)
        assert row.number in found.values_list("number", flat=True)
