"""What all tests share: the folder of real inputs, required in CI and skipped with a message elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Timing never decides a test; a run in CI is the same run each time, new examples are sought at the desk.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("GUATU_CI")))
settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def real_inputs(*parts: str) -> Path:
    """A path under ../shared; skips where it is absent, fails in CI."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        message = f"需要 ../shared/{'/'.join(parts)}，此处没有"
        if os.environ.get("GUATU_CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture
def shared() -> object:
    """Callable: shared("data", "x.parquet") is the path of a real input, or the test is skipped."""
    return real_inputs


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: everything tests need is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("GUATU_CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
