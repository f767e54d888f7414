"""The office with the invented city in it, and a person of every role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.load.workspace import Workspace
from guatu.office import duties, picture, snapshots
from guatu.office.models import Account, Role
from guatu.office.views import change, explain, why
from tests.office import sample

PASSWORD = "kan-tu-zuo-zhan-9"
BODIES = {Role.RESPONSIBLE: "市住建局", Role.COUNTY: "乐平市", Role.ACCEPTOR: "市水利局"}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing is Django's business and slow on purpose; tests need not wait for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def city(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A demo workspace whose judge answers from the sample."""
    ws = Workspace.create(tmp_path / "ws", sample.CITY)
    settings.GUATU_WORKSPACE = ws.folder
    ws.plan_path.write_text("# stands for a confirmed plan\n", encoding="utf-8")
    for module in (snapshots, explain, why, change):
        monkeypatch.setattr(module, "plan_of", lambda _ws: sample.plan())
    monkeypatch.setattr(snapshots, "last_day_of", lambda _ws: sample.AS_OF)
    monkeypatch.setattr(picture, "board_of", lambda _ws, _plan, _day: sample.board())
    monkeypatch.setattr(picture, "course_of", lambda _ws, target, _day: sample.course(target))
    for module in (picture, explain):
        monkeypatch.setattr(module, "value_at", lambda _ws, _plan, address: sample.value(address))
    explain._computed.cache_clear()
    return ws


@pytest.fixture
def office(city: Workspace, db: None) -> Workspace:
    """The city, taken over: duties imported and the picture of the day taken."""
    duties.take_over(sample.plan())
    snapshots.refresh(city)
    return city


@pytest.fixture
def person(db: None) -> Any:
    """Callable: person(role) is a client logged in as somebody of that role."""

    def come(role: Role | None) -> Client:
        client = Client()
        if role is not None:
            user, new = get_user_model().objects.get_or_create(username=role.value)
            if new:
                user.set_password(PASSWORD)
                user.save()
                Account.objects.create(user=user, role=role, body=BODIES.get(role, ""))
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return come
