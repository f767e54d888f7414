"""Cold processes, measured from outside: wall time and peak memory, in interleaved rounds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


def once(job: str, files: list[Path]) -> tuple[float, float]:
    """Seconds and peak MB of one process."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.job", job, *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - start, int(done.stdout) / 1024


def rounds(jobs: dict[str, tuple[str, list[Path]]], times: int) -> dict[str, tuple[float, float]]:
    """Median seconds and largest peak MB of each job; every round runs each job once, so that load falls on all."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in jobs}
    for _ in range(times):
        for name, (job, files) in jobs.items():
            seen[name].append(once(job, files))
    return {name: (median(s for s, _ in runs), max(m for _, m in runs)) for name, runs in seen.items()}
