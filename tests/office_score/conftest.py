"""A demonstration city with everything the office keeps in it, for the tests of pages and commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from guatu.demo.make import make
from guatu.load.workspace import Workspace
from guatu.office import demo_duties
from guatu.office.ledger import generated
from guatu.office.models import Account, Role
from guatu.office.scoring import generated as points


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The files of a demonstration; nothing here writes into them."""
    folder: Path = tmp_path_factory.mktemp("score") / "demo"
    make(folder)
    return Workspace.open(folder)


@pytest.fixture(scope="module")
def seeded(
    city: Workspace, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Workspace]:
    """The same city with its duties, reports, problems, points by hand and an objection, made once for a module."""
    folder = tmp_path_factory.mktemp("office") / "ws"
    shutil.copytree(city.folder, folder)
    with django_db_blocker.unblock(), override_settings(GUATU_WORKSPACE=folder), transaction.atomic():
        ws = Workspace.open(folder)
        demo_duties.make(ws)
        generated.take_over(ws)
        points.take_over(ws)
        yield ws
        transaction.set_rollback(True)


@pytest.fixture
def office(seeded: Workspace, db: None) -> Workspace:
    """The office of the module; what a test writes into the database is taken back after it."""
    return seeded


@pytest.fixture
def client_of(office: Workspace) -> Any:
    """Callable: client_of(role, body) is a browser logged in as somebody of that role."""

    def come(role: Role, body: str = "") -> Client:
        user, new = get_user_model().objects.get_or_create(username=f"{role.value}{body}")
        if new:
            Account.objects.create(user=user, role=role, body=body)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return come
