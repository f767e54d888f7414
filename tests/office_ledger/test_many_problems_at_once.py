"""Ticked problems pressed together: a look first, then a draft each or none; the list sorted by its columns."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest

from guatu.demo.problems import add_problems
from guatu.office import demo_duties
from guatu.office.ledger import generated, listing, pressing
from guatu.office.ledger.models import Problem

pytestmark = pytest.mark.django_db
DAY = date(2021, 10, 12)


@pytest.fixture
def demo(office: Any, day: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The problems of the demonstration."""
    monkeypatch.setattr(demo_duties, "make", lambda _ws: True)
    day.now = DAY
    (office.folder / "source").mkdir()
    add_problems(office.folder / "source")
    assert generated.take_over(office) > 20
    return office


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_look_first_then_a_draft_each(demo: Any, client_of: Any) -> None:
    clerk = client_of("office_clerk")
    late = list(Problem.objects.filter(listing.overdue(DAY)).order_by("number").values_list("number", flat=True))
    fine = Problem.objects.filter(closed=True).values_list("number", flat=True)[0]
    before = len(pressing.letters())
    proposed = {one.cause for one in pressing.proposals(Problem.objects.all(), DAY).drafts}
    ticked = [*[one for one in late if one in proposed][:3], fine]
    page = clerk.post("/problems/press/", {"number": ticked})
    assert "3 件可以发函" in text(page) and "没有达到发函条件" in text(page)
    assert len(pressing.letters()) == before, "first only a look"
    clerk.post("/problems/press/", {"number": ticked, "sure": "1"})
    made = list(pressing.letters().values())[before:]
    assert {one.cause for one in made} == set(ticked[:3])
    again = clerk.post("/problems/press/", {"number": ticked, "sure": "1"})
    assert len(pressing.letters()) == before + 3, text(again)


def test_nothing_ticked_does_nothing_and_others_may_not(demo: Any, client_of: Any) -> None:
    assert "没有选" in text(client_of("office_clerk").post("/problems/press/", {"sure": "1"}))
    for hand in ("unit_head", "county", "leader", "analyst", "inspector", "administrator"):
        assert client_of(hand).post("/problems/press/", {"number": "x", "sure": "1"}).status_code == 403
    assert client_of("office_clerk").get("/problems/press/").status_code == 405


def test_the_list_is_sorted_by_a_column(demo: Any, client_of: Any) -> None:
    clerk = client_of("office_clerk")
    dates = [row.deadline for row, _ in clerk.get("/problems/?sort=deadline").context["rows"]]
    set_ = [one for one in dates if one]
    assert len(set_) > 10
    assert set_ == sorted(set_) and dates[: len(set_)] == set_, "those without a date come last"
    back = [row.deadline for row, _ in clerk.get("/problems/?sort=-deadline").context["rows"]]
    assert [one for one in back if one] == sorted([one for one in back if one], reverse=True)
    plain = [row.number for row, _ in clerk.get("/problems/?sort=nonsense").context["rows"]]
    assert plain == sorted(plain)
