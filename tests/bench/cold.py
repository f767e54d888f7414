"""Cold processes, measured from outside: wall time, CPU time and peak memory, in interleaved rounds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """One process, or the medians of several: seconds on the clock, seconds of all cores, largest memory [MB]."""

    wall: float
    cpu: float
    peak: float


def once(job: str, files: list[Path]) -> Run:
    """One process of ``tests.bench.job``."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.job", job, *map(str, files)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, int(said) / 1024)


def rounds(jobs: dict[str, tuple[str, list[Path]]], times: int) -> dict[str, list[Run]]:
    """The runs of each job; every round runs each job once, so that load of the machine falls on all alike."""
    seen: dict[str, list[Run]] = {name: [] for name in jobs}
    for _ in range(times):
        for name, (job, files) in jobs.items():
            seen[name].append(once(job, files))
    return seen


def middle(runs: list[Run]) -> Run:
    """Median times and the largest peak."""
    return Run(median(r.wall for r in runs), median(r.cpu for r in runs), max(r.peak for r in runs))


def ratios(above: list[Run], below: list[Run]) -> Run:
    """Median of the ratios pair by pair, each pair from one round."""
    pairs = list(zip(above, below, strict=True))
    times = (median(a.wall / b.wall for a, b in pairs), median(a.cpu / b.cpu for a, b in pairs))
    return Run(*times, max(a.peak / b.peak for a, b in pairs))
