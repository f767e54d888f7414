"""The office's tests once more on PostgreSQL, when GUATU_TEST_POSTGRES gives one; in CI it must."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

HERE = Path(__file__).parent
APART = [f"--ignore={HERE / name}" for name in ("test_commands.py", "test_drawing.py", "test_vendored_files.py")]
# The second round asks for the vendor here and leaves out the test that starts it.
APART += [f"--deselect={HERE / 'test_on_postgres.py'}::test_the_same_tests_hold_on_postgres"]


@pytest.mark.database
def test_the_same_tests_hold_on_postgres():
    url = os.environ.get("GUATU_TEST_POSTGRES")
    if not url:
        message = "没有设置 GUATU_TEST_POSTGRES，跳过 PostgreSQL 上的测试"
        (pytest.fail if os.environ.get("GUATU_CI") else pytest.skip)(message)
    environment = {**os.environ, "GUATU_DATABASE_URL": url, "GUATU_EXPECT_VENDOR": "postgresql"}
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST"):
        environment.pop(name, None)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser", *APART, str(HERE)],
        env=environment,
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
    )
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for():
    assert connection.vendor == os.environ.get("GUATU_EXPECT_VENDOR", "sqlite")
