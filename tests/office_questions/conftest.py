"""The demonstration city as `guatu serve` brings it up, and a desk from which questions are asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings

from guatu.demo.make import make
from guatu.load.workspace import Workspace
from guatu.office import demo_duties, duties, snapshots
from guatu.office.ledger import generated
from guatu.office.scoring import generated as points
from tests.office_questions.desk import Desk


@pytest.fixture(scope="session")
def demo_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a demonstration; nothing writes into them."""
    folder = tmp_path_factory.mktemp("city") / "demo"
    make(folder)
    return folder


@pytest.fixture(scope="module")
def seeded(
    demo_city: Path, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Workspace]:
    """The city with its duties, reports, problems, points and picture of the day, made once for a module."""
    folder = tmp_path_factory.mktemp("questions") / "ws"
    shutil.copytree(demo_city, folder)
    with django_db_blocker.unblock(), override_settings(GUATU_WORKSPACE=folder), transaction.atomic():
        ws = Workspace.open(folder)
        from guatu.judge.board import plan_of

        demo_duties.make(ws)
        generated.take_over(ws)
        points.take_over(ws)
        duties.take_over(plan_of(ws))
        snapshots.refresh(ws)
        yield ws
        transaction.set_rollback(True)


@pytest.fixture
def desk(seeded: Workspace, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk in the office; what a question writes into the database is taken back after it."""
    monkeypatch.chdir(tmp_path)
    return Desk(seeded)
