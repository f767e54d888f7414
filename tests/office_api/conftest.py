"""The office of the pages' tests, with rows of duty, a problem of two bodies, and a token for every role."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.act.ledger import Ledger
from guatu.load.workspace import Workspace
from guatu.office.api import tokens
from guatu.office.ledger import declared, storage
from guatu.office.models import Duty, Role
from tests.act.people import PEOPLE, opening
from tests.office import duty_rows
from tests.office.conftest import city, office, person, quick_passwords  # noqa: F401


class Caller:
    """A program with a token: answers as parsed JSON, refusals included."""

    def __init__(self, words: str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.head = {"Authorization": f"Bearer {words}"} if words else {}

    def __call__(self, method: str, address: str, body: Any = None) -> Any:
        said = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(self.client, method)(address, headers=self.head, **said)


@pytest.fixture
def filled(office: Workspace) -> Workspace:  # noqa: F811
    """Duties K01 of 市住建局 and all counties, K04 of others; rows, a collection of 2021-09, one problem."""
    duty_rows.put(office)
    first = Duty.objects.get(code="K01")
    first.parts.update_or_create(body="市住建局", defaults={"kind": "responsible", "position": 0})
    first.parts.update_or_create(body="乐平市政府", defaults={"kind": "responsible", "position": 9})
    Duty.objects.get(code="K04").parts.filter(body="市住建局").delete()
    ledger: Ledger = declared.ledger("SJ")
    bodies = {"county": "浮梁县", "lead_unit": "市住建局", "acceptance_unit": "市生态环境局"}
    said = {**opening(ledger), **bodies}
    storage.register(ledger, said, PEOPLE["office_clerk"], number="SJ-2021-360222-0001")
    return office


@pytest.fixture
def caller(person: Any) -> Any:  # noqa: F811
    """Callable: caller(role, scopes) is a program of somebody of that role; no role: a program without a token."""

    def come(role: Role | None, scopes: Any = tuple(tokens.SCOPES), days: int = 30) -> Caller:
        if role is None:
            return Caller("")
        person(role)
        owner = get_user_model().objects.get(username=role.value)
        return Caller(tokens.make(owner, "试", scopes, days, "试")[1])

    return come
