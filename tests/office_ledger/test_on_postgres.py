"""The tests of problems, papers, lists and letters once more on PostgreSQL, when GUATU_TEST_POSTGRES gives one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.database
def test_the_same_tests_hold_on_postgres() -> None:
    url = os.environ.get("GUATU_TEST_POSTGRES")
    if not url:
        message = "没有设置 GUATU_TEST_POSTGRES，跳过 PostgreSQL 上的测试"
        (pytest.fail if os.environ.get("GUATU_CI") else pytest.skip)(message)
    environment = {**os.environ, "GUATU_DATABASE_URL": url, "GUATU_EXPECT_VENDOR": "postgresql"}
    # A command tested in this process may have pointed the settings at its own workspace; the long walk of every
    # ledger through every move, which GUATU_CI asks for, is made once, on SQLite.
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "GUATU_WORKSPACE", "GUATU_ALLOWED_HOSTS", "GUATU_CI"):
        environment.pop(name, None)
    chosen = ["-m", "not browser", f"--ignore={Path(__file__)}", "-k", "not thirty", str(HERE)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen],
        env=environment,
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
    )
    assert run.returncode == 0, run.stdout[-3000:]
