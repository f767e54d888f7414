"""An office with the bodies of the tests of act, a person for every hand, and a day that the tests move on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.load.workspace import Workspace
from guatu.office.ledger import declared
from guatu.office.models import Account, Hand, Role
from tests.act.people import ACCEPTOR, COUNTY, START, UNIT
from tests.office.sample import CITY

HANDS = {
    "unit_contact": (Role.RESPONSIBLE, UNIT, Hand.CONTACT),
    "unit_head": (Role.RESPONSIBLE, UNIT, Hand.HEAD),
    "acceptor_contact": (Role.RESPONSIBLE, ACCEPTOR, Hand.CONTACT),
    "acceptor_head": (Role.RESPONSIBLE, ACCEPTOR, Hand.HEAD),
    "office_clerk": (Role.OFFICE_CLERK, "市环委办", Hand.CONTACT),
    "office_director": (Role.OFFICE_DIRECTOR, "市环委办", Hand.HEAD),
    "inspector": (Role.AUDITOR, "市督察核查组", Hand.CONTACT),
    "leader": (Role.LEADER, "市政府", Hand.HEAD),
    "analyst": (Role.ANALYST, ACCEPTOR, Hand.CONTACT),
    "administrator": (Role.ADMINISTRATOR, "", Hand.CONTACT),
    "other_unit": (Role.RESPONSIBLE, "市林业局", Hand.HEAD),
    "county": (Role.COUNTY, COUNTY, Hand.HEAD),
    "other_county": (Role.COUNTY, "浮梁县", Hand.HEAD),
}


class Day:
    """The day the office stands on."""

    def __init__(self) -> None:
        self.now: date = START


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """A day the test may move on."""
    one = Day()
    monkeypatch.setattr(declared, "today", lambda ws=None: one.now)
    return one


@pytest.fixture
def office(tmp_path: Path, settings: Any, db: None, day: Day) -> Workspace:
    """An empty office in a demonstration workspace."""
    ws = Workspace.create(tmp_path / "ws", CITY)
    settings.GUATU_WORKSPACE = ws.folder
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return ws


@pytest.fixture
def user(office: Workspace) -> Any:
    """Callable: user(hand) is the account of that hand."""

    def come(hand: str) -> Any:
        found, new = get_user_model().objects.get_or_create(username=hand)
        if new:
            role, body, what = HANDS[hand]
            Account.objects.create(user=found, role=role, body=body, hand=what)
        return found

    return come


@pytest.fixture
def client_of(user: Any) -> Any:
    """Callable: client_of(hand) is a browser logged in as that hand."""
    kept: dict[str, Client] = {}

    def come(hand: str) -> Client:
        if hand not in kept:
            kept[hand] = Client()
            kept[hand].force_login(user(hand), backend="django.contrib.auth.backends.ModelBackend")
        return kept[hand]

    return come
