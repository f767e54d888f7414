"""The reader against the reference readings, scored by their own tool, field by field."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from guatu.read import read_notice
from tests.conftest import SHARED, real_inputs
from tests.read import scores

NAMES = sorted(path.stem for path in (SHARED / "notices" / "gold").glob("*.json")) or ["none"]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", real_inputs("tools", "score_reading.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(tool: ModuleType, name: str) -> dict[str, tuple[int, int, int]]:
    gold = json.loads(real_inputs("notices", "gold", f"{name}.json").read_text())
    text = real_inputs("notices", "texts", f"{name}.txt")
    read: dict[str, Any] = json.loads(json.dumps(read_notice(text).to_dict()))
    return dict(tool.score(gold, read, text.read_text()))


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_a_notice_is_as_the_reference_has_it(tool: ModuleType, name: str) -> None:
    short = {f: counts for f, counts in scored(tool, name).items() if not counts[0] == counts[1] == counts[2]}
    assert short == {}


def test_the_negative_yields_nothing() -> None:
    real_inputs("notices", "texts")
    for text in (SHARED / "notices" / "texts").glob("0[49]-*.txt"):
        plan = read_notice(text)
        assert plan.targets == () and plan.tasks == ()


def test_the_document_shows_these_scores() -> None:
    real_inputs("notices", "gold")
    text = scores.DOC.read_text(encoding="utf-8")
    assert scores.written(text) == text, "python -m tests.read.scores --write"


def test_the_command_line_passes_the_scorer_on_the_founding_notice() -> None:
    script = real_inputs("tools", "score_reading.py")
    guatu = Path(sys.executable).with_name("guatu")
    run = subprocess.run(
        [sys.executable, script, "--gold", SHARED / "notices" / "gold", "--texts", SHARED / "notices" / "texts",
         "--reader", f"{guatu} read {{}} --json", "--only", "00", "--floor", "1.0"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
