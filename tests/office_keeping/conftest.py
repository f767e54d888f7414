"""Both databases, each fresh: SQLite in the workspace, PostgreSQL where GUATU_TEST_POSTGRES gives a server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest


@pytest.fixture
def fresh() -> Iterator[Callable[[], str]]:
    """Callable: the url of a new empty PostgreSQL database, dropped after the test."""
    import psycopg

    url = os.environ.get("GUATU_TEST_POSTGRES", "")
    if not url:
        message = "没有设置 GUATU_TEST_POSTGRES，跳过 PostgreSQL 上的测试"
        (pytest.fail if os.environ.get("GUATU_CI") else pytest.skip)(message)
    made: list[str] = []

    def come() -> str:
        name = f"guatu_{uuid4().hex[:12]}"
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        made.append(name)
        return f"{url.rpartition('/')[0]}/{name}"

    yield come
    with psycopg.connect(url, autocommit=True) as server:
        for name in made:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The url of the database of this run; empty for SQLite in the workspace."""
    return "" if request.param == "sqlite" else request.getfixturevalue("fresh")()
