"""Kill -9 in the middle of reporting, closing, loading, backing up and migrating: a short run of the long harness."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.office_keeping.city import ROOT, call, environment, make, report, serving, stored
from tests.office_keeping.kills import KINDS

pytestmark = pytest.mark.database
TIMES = 15


def test_nothing_said_is_lost_and_nothing_is_half_done(tmp_path, database):
    make(tmp_path / "ws", database)
    words = [sys.executable, "-m", "tests.office_keeping.kills", str(tmp_path / "ws"), "--times", str(TIMES)]
    words += ["--url", database] if database else []
    run = subprocess.run(words, env=environment(tmp_path / "ws", database), capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout[-1500:] + run.stderr[-1500:]
    counts = json.loads(run.stdout)
    assert counts["kills"] == dict.fromkeys(KINDS, TIMES // len(KINDS)) and set(counts["acknowledged"]) == set(KINDS)
    assert all(number > 0 for number in counts["acknowledged"].values())


def test_a_server_killed_in_the_middle_of_a_crowd_comes_back_with_all_it_said(tmp_path, database):
    import threading
    import time

    folder = tmp_path / "ws"
    tokens = make(folder, database)
    bodies = [f"单位{number:02d}" for number in range(6)]
    said: dict[str, int] = {}
    for turn in range(2):
        with serving(folder, database) as (here, server):
            stop = threading.Event()

            def write(body: str, here: str = here, stop: threading.Event = stop, turn: int = turn) -> None:
                number = turn * 1000
                while not stop.is_set():
                    number += 1
                    if report(here, body, tokens, f"第{number}次"):
                        said[body] = number

            crowd = [threading.Thread(target=write, args=(body,)) for body in bodies]
            for one in crowd:
                one.start()
            time.sleep(2.5)
            server.kill()
            stop.set()
            for one in crowd:
                one.join()
    found = stored(folder, database)
    assert said and found["faults"] == []
    for body, number in said.items():
        words = {text.partition("次")[0][1:] for name, text in found["said"].items() if name.startswith(f"{body}/")}
        assert len(words) == 1 and int(words.pop()) >= number
    with serving(folder, database) as (here, _):
        assert call(here, tokens["auditor"][0], "get", "/api/log/verify")[1]["whole"]
