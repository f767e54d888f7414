"""A demonstration city, files only."""

from __future__ import annotations

from pathlib import Path

import pytest

from guatu.demo.make import make
from guatu.load.workspace import Workspace


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The files of a demonstration; nothing here writes into them."""
    folder: Path = tmp_path_factory.mktemp("score") / "demo"
    make(folder)
    return Workspace.open(folder)
