"""The office's tests once more on PostgreSQL, when GUATU_TEST_POSTGRES gives one; in CI it must."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
OWN_PROCESS = ("test_commands.py", "test_drawing.py", "test_vendored_files.py", Path(__file__).name)
APART = [f"--ignore={HERE / name}" for name in OWN_PROCESS]


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
