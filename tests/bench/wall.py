"""The wall: every target of a plan asked of six places, judged cold and again after a day of hours came in.

A process of its own for each measure, for a command starts one too: ``python -m tests.bench.wall cold|added FOLDER``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

NEXT = date(2021, 10, 12)


def judged(folder: Path) -> dict[str, float]:
    """Seconds from nothing loaded but the modules to the wall of every place of a workspace, and its size."""
    from guatu.judge.board import plan_of, wall_of
    from guatu.load.workspace import Workspace

    start = time.perf_counter()
    ws = Workspace.open(folder)
    plan = plan_of(ws)
    boards = wall_of(ws, plan, NEXT - timedelta(days=1))
    took = time.perf_counter() - start
    return {"wall": took, "places": len(boards), "rows": sum(len(board.rows) for board in boards.values())}


def added(folder: Path) -> dict[str, float]:
    """Seconds of the wall after a day came in, in a process that judged the day before, as an office runs."""
    from guatu.demo.weather import hours
    from guatu.judge.board import plan_of, wall_of
    from guatu.load import air
    from guatu.load.workspace import Workspace

    ws = Workspace.open(folder)
    plan = plan_of(ws)
    wall_of(ws, plan, NEXT - timedelta(days=1))
    path = folder / "source" / "air-next.csv"
    hours(NEXT, NEXT).write_csv(path)
    air.store(ws, path, person="bench")
    start, busy = time.perf_counter(), time.process_time()
    wall_of(Workspace.open(folder), plan, NEXT)
    return {"added": time.perf_counter() - start, "added_busy": time.process_time() - busy}


def started(folder: Path) -> dict[str, float]:
    """The wall of the day that came in, in a process that knows nothing but what is kept on disk."""
    from guatu.judge.board import plan_of, wall_of
    from guatu.load.workspace import Workspace

    start = time.perf_counter()
    ws = Workspace.open(folder)
    wall_of(ws, plan_of(ws), NEXT)
    return {"started": time.perf_counter() - start}


def load(folder: Path) -> dict[str, float]:
    """Bring the next day in without judging it."""
    from guatu.demo.weather import hours
    from guatu.load import air
    from guatu.load.workspace import Workspace

    path = folder / "source" / "air-next.csv"
    hours(NEXT, NEXT).write_csv(path)
    air.store(Workspace.open(folder), path, person="bench")
    return {}


STEPS = {"cold": judged, "added": added, "load": load, "started": started}


def measured(times: int) -> dict[str, float | int]:
    """Medians [s] over some rounds, each on a fresh copy of the demonstration workspace without anything derived."""
    from guatu.demo.make import make

    with tempfile.TemporaryDirectory() as place:
        origin = Path(place) / "demo"
        make(origin)
        found: dict[str, list[float]] = {}
        for _ in range(times):
            for steps in (("cold", "added"), ("cold", "load", "started")):
                folder = Path(place) / "copy"
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(origin, folder, ignore=shutil.ignore_patterns("derived"))
                for step in steps:
                    for name, value in _run(step, folder).items():
                        found.setdefault(name, []).append(value)
    return {
        "wall_judgements": int(found["rows"][0]),
        "wall_places": int(found["places"][0]),
        "wall_cold_s": median(found["wall"]),
        "wall_day_added_s": median(found["added"]),
        "wall_day_added_cpu_s": median(found["added_busy"]),
        "wall_day_added_new_process_s": median(found["started"]),
    }


def _run(step: str, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.wall", step, str(folder)], capture_output=True, text=True, check=True
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]))))
