"""One demonstration city for all bulletins; nothing in these tests writes into it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guatu.base.period import Period
from guatu.demo.make import make
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.report.facts import Office
from guatu.report.kinds import made
from guatu.report.paper import Paper

DAY = date(2021, 10, 11)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("report") / "demo"
    make(folder)
    return Workspace.open(folder)


@pytest.fixture(scope="session")
def monthly(city: Workspace) -> Paper:
    return made(city, plan_of(city), "monthly", Period.of("2021-09"), DAY, lambda *_: Office())
