"""Reading a notice starts fast: neither frames nor the web are loaded for it, whatever other commands need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("polars", "numpy", "pandas", "django", "rich", "onnxruntime")
PROBE = """
import sys
sys.argv = ["guatu", "read", {file!r}, "--json"]
from guatu.cli import main
try:
    main()
except SystemExit:
    pass
print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


def test_reading_loads_neither_frames_nor_the_web(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("某市2022年要点\n一、任务\n1.甲。做好。（责任单位：市水利局）\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PROBE.format(file=str(file), heavy=HEAVY)], capture_output=True, text=True, check=True
    )
    assert "市水利局" in run.stdout
    assert run.stderr.strip().endswith("[]")
