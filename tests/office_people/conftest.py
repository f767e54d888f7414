"""An empty office, and people of every role with a password."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.load.workspace import Workspace
from guatu.office.models import Account, Hand, Role
from tests.office import sample

PASSWORD = "kan-tu-zuo-zhan-9"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def desk(tmp_path: Path, settings: Any, db: None) -> Workspace:
    """A workspace without a plan."""
    ws = Workspace.create(tmp_path / "ws", sample.CITY)
    settings.GUATU_WORKSPACE = ws.folder
    return ws


@pytest.fixture
def person(db: None) -> Any:
    """Callable: person(role) is a client logged in as somebody of that role, body and hand."""

    def come(role: Role, body: str = "", hand: Hand = Hand.CONTACT, name: str = "") -> Client:
        user, new = get_user_model().objects.get_or_create(username=name or role.value)
        if new:
            user.set_password(PASSWORD)
            user.save()
            Account.objects.create(user=user, role=role, body=body, hand=hand)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return come
