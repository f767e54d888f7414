"""What all tests share: the folder of real inputs, required in CI and skipped with a message elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
