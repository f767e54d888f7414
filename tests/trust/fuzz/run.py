"""One reader after another meets changed files in a worker process; its parent sees what the worker cannot say itself.

The law of every input: a result or a GuatuError; at most SECONDS of processor time; never more than MEMORY in use.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guatu.errors import GuatuError
from tests.trust.fuzz.readers import READERS, Reader, grown

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 5.0
"""Processor time one input may take [s]."""
MEMORY = 500
"""What the process may hold at the most [MB], everything it imported with it."""
STUCK = 60
"""Wall time after which a worker that says nothing is taken for hung [s]; the machine may be busy."""
ROUND = 4000
"""Inputs of one worker before a fresh one takes over, so that a leak shows and does not gather."""


class TooLongError(BaseException):
    """An input took more than its time; no reader can catch it as one of its own errors."""


@dataclass
class Tally:
    """What happened, by reader; worst: the longest time [s] and the most memory [MB]."""

    inputs: Counter[str] = field(default_factory=Counter)
    results: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    findings: dict[str, str] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)
    memory: float = 0.0

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {name: dict(one) if isinstance(one := getattr(self, name), dict) else one for name in self.__dict__}

    def add(self, other: dict[str, Any]) -> None:
        """Count what a worker said."""
        self.inputs.update(other["inputs"])
        self.results.update(other["results"])
        self.refusals.update(other["refusals"])
        self.findings |= other["findings"]
        for name, seconds in other["slowest"].items():
            self.slowest[name] = max(self.slowest.get(name, 0.0), seconds)
        self.memory = max(self.memory, other["memory"])


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Raise TooLongError in this thread after so much processor time."""

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def held() -> float:
    """The most memory this process has held [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tried(reader: Reader, path: Path) -> tuple[str, str]:
    """Read a file: ("result" | "refusal" | "finding", what was wrong with the last)."""
    try:
        with limited():
            reader.read(path)
    except GuatuError as error:
        wrong = [one for one in error.faults if not (one.code and one.what and one.remedy)]
        spoken = error.faults and not wrong
        return ("refusal", "") if spoken else ("finding", f"a refusal without words: {error!r}")
    except TooLongError:
        return "finding", f"over {SECONDS:g} s: {place_of(sys.exc_info()[2])}"
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        return "finding", f"{type(error).__name__} at {place_of(error.__traceback__)}: {str(error)[:160]}"
    return "result", ""


def place_of(trace: Any) -> str:
    """The last line of guatu's own in a traceback."""
    frames = [one for one in traceback.extract_tb(trace) if "/guatu/" in one.filename] or traceback.extract_tb(trace)
    return f"{frames[-1].filename.partition('/src/')[2] or frames[-1].filename}:{frames[-1].lineno}" if frames else "?"


def work(names: Sequence[str], count: int, seed: int, folder: Path) -> Tally:
    """Meet so many inputs; the current one lies in the folder until it is done with, the tally beside it."""
    rng = random.Random(seed)
    tally = Tally()
    weights = [READERS[name].weight for name in names]
    for turn in range(count):
        name = rng.choices(names, weights)[0]
        reader = READERS[name]
        path = folder / f"input{reader.ending}"
        data = reader.made(rng)
        path.write_bytes(data)
        (folder / "now").write_text(name, encoding="utf-8")
        before = time.process_time()
        outcome, what = tried(reader, path)
        took = time.process_time() - before
        if outcome != "finding" and held() > MEMORY > tally.memory:
            outcome, what = "finding", f"{held():.0f} MB in use"
        tally.memory = max(tally.memory, held())
        tally.inputs[name] += 1
        tally.slowest[name] = max(tally.slowest.get(name, 0.0), round(took, 3))
        if outcome == "finding":
            kept(data, reader, what, tally.findings)
        else:
            (tally.results if outcome == "result" else tally.refusals)[name] += 1
        if turn % 50 == 49 or turn == count - 1:
            (folder / "tally.json").write_text(json.dumps(tally.plain()), encoding="utf-8")
    return tally


def kept(data: bytes, reader: Reader, what: str, findings: dict[str, str]) -> None:
    """Keep the input of a finding, one for each place and kind."""
    key = f"{reader.name} {what[:110]}"
    if key not in findings:
        place = Path(os.environ.get("GUATU_FUZZ_KEEP", "/tmp/guatu-findings"))
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{reader.name}-{abs(hash(what)) % 10**8:08d}{reader.ending}"
        path.write_bytes(data)
        findings[key] = str(path)


def workers_round(only: str, count: int, seed: int, folder: Path) -> dict[str, Any]:
    """A worker of its own for so many inputs; its tally, with a finding where it died or hung."""
    for name in ("now", "tally.json"):
        (folder / name).unlink(missing_ok=True)
    words = [sys.executable, "-W", "ignore", "-m", "tests.trust.fuzz.run", only, str(count), str(seed), str(folder)]
    worker = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "0", "POLARS_MAX_THREADS": "1"})
    last, since, wrong = 0, time.monotonic(), ""
    while (code := worker.poll()) is None:
        time.sleep(0.05)
        now = (folder / "now").stat().st_mtime_ns if (folder / "now").exists() else 0
        if now != last:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > STUCK:
            worker.kill()
            worker.wait()
            wrong = "worker hung"
            break
    if code:
        wrong = f"worker ended with {code}"
    tally = Tally()
    if (folder / "tally.json").exists():
        tally.add(json.loads((folder / "tally.json").read_text(encoding="utf-8")))
    if wrong:
        assert (folder / "now").exists(), "the worker did not begin"
        name = (folder / "now").read_text(encoding="utf-8")
        kept((folder / f"input{READERS[name].ending}").read_bytes(), READERS[name], wrong, tally.findings)
    return tally.plain()


def honest(name: str) -> list[str]:
    """What is wrong with reading a reader's honest files: each must be taken, or refused for what the city lacks."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"input{READERS[name].ending}"
        said = []
        for data in grown(name):
            path.write_bytes(data)
            outcome, what = tried(READERS[name], path)
            said += [what] if outcome == "finding" else []
        return said


def run(
    inputs: int,
    seconds: float,
    seed: int,
    only: str = "",
    share: float = 1.0,
    told: Callable[[Tally], None] | None = None,
) -> Tally:
    """Meet so many inputs, or work so long [s], whichever comes first; share: of one core at the most."""
    tally = Tally()
    rng = random.Random(seed)
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as place:
        while sum(tally.inputs.values()) < inputs and time.monotonic() < end:
            begun = time.monotonic()
            size = min(ROUND, inputs - sum(tally.inputs.values()))
            tally.add(workers_round(only, size, rng.getrandbits(60), Path(place)))
            if told:
                told(tally)
            if share < 1:
                time.sleep((time.monotonic() - begun) * (1 / share - 1))
    return tally


if __name__ == "__main__":
    wanted, number, begin, there = sys.argv[1:5]
    chosen = [name for name in READERS if wanted in name and grown(name)]
    work(chosen, int(number), int(begin), Path(there))
