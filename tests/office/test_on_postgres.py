"""Every test of the office that touches the database, once more on PostgreSQL; in CI there must be one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# These start processes of their own, with the database they want, or never ask one.
OWN_PROCESS = ("test_commands.py", "test_drawing.py", "test_vendored_files.py", "test_on_postgres.py")
APART = {"office_keeping", "office_ledger"}  # they go through both databases by themselves, side by side with this
PACKAGES = sorted({path.name for path in TESTS.glob("office*") if path.is_dir()} - APART)


@pytest.mark.database
@pytest.mark.parametrize("package", PACKAGES)
def test_the_same_tests_hold_on_postgres(package):
    url = os.environ.get("GUATU_TEST_POSTGRES")
    if not url:
        message = "没有设置 GUATU_TEST_POSTGRES，跳过 PostgreSQL 上的测试"
        (pytest.fail if os.environ.get("GUATU_CI") else pytest.skip)(message)
    here = f"{url.rpartition('/')[0]}/{package}_{os.getpid()}"  # two runs side by side never share a database
    environment = {**os.environ, "GUATU_DATABASE_URL": here, "GUATU_EXPECT_VENDOR": "postgresql"}
    # A command tested in this process may have pointed the settings at its own workspace.
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "GUATU_WORKSPACE", "GUATU_ALLOWED_HOSTS"):
        environment.pop(name, None)
    apart = [f"--ignore={TESTS / package / name}" for name in OWN_PROCESS]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser", *apart, TESTS / package],
        env=environment,
        capture_output=True,
        text=True,
        cwd=TESTS.parent,
    )
    assert run.returncode == 0, run.stdout[-3000:]
