"""Kill -9 at random moments: python -m tests.office_keeping.kills FOLDER [--times N] [--url postgres://…] [--seed N].

A child does one kind of work as fast as it can and says each thing it was told is done; after a random moment it is
killed. Whatever was said must then be there whole, nothing may stand half-done, and the log must be unbroken.
FOLDER is a workspace made by tests.office_keeping.city.make; it prints the counts as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.office_keeping.city import BODIES, PERIOD, ROWS

CHECKED_WHOLE = 25  # kills from one check of the whole log to the next
SLOWEST = 120  # [s] until the first thing is done on a machine under load
Work = Callable[[Path, Callable[[str], None]], None]


def report(folder: Path, done: Callable[[str], None]) -> None:
    """Bodies fill in and approve; said: body and words."""
    from datetime import date

    from guatu.office import own_reports

    while True:
        number, words = random.randrange(BODIES), f"{time.time_ns()}"
        body = f"单位{number:02d}"
        if own_reports.draft(PERIOD, body)["status"] == own_reports.SENT:
            own_reports.withdraw(PERIOD, body, "甲")
        rows = {f"M{number:02d}{row}": {"state": "推进中", "text": f"{words}-{row}"} for row in range(ROWS)}
        own_reports.save(PERIOD, body, rows, "甲", own_reports.SENT)
        own_reports.approve(PERIOD, body, "乙", date(2021, 10, 12))
        done(f"{body} {words}")


def reported(said: list[str]) -> None:
    """Every body's rows are of one sheet, and none is older than what was last said of the body."""
    from guatu.office import records

    found: dict[str, set[int]] = {}
    for name, data in records.of_kind("report").items():
        body = name.split("/")[1]
        found.setdefault(body, set()).add(int(data["said"]["text"].partition("-")[0]))
    for body, words in found.items():
        assert len(words) == 1, f"half a sheet of {body}: {words}"
    for line in said:
        body, words = line.split()
        assert max(found[body]) >= int(words), f"{body} lost {words}"


def close(folder: Path, done: Callable[[str], None]) -> None:
    """Problems are entered and closed as untrue by two signatures; said: number and version."""
    from guatu.office.ledger import declared, storage
    from tests.act.people import PEOPLE, opening

    ledger = declared.ledger("SJ")
    clerk = PEOPLE["office_clerk"]
    bodies = {"county": "乐平市", "lead_unit": "市住建局", "acceptance_unit": "市生态环境局"}
    while True:
        row = storage.register(ledger, {**opening(ledger), **bodies}, clerk)
        done(f"{row.number} {row.version}")
        row = storage.note(row.number, {"progress": f"{time.time_ns()}"}, clerk, version=row.version)
        done(f"{row.number} {row.version}")


def closed(said: list[str]) -> None:
    """Every problem said is there, no older than said."""
    from guatu.office.ledger.models import Problem

    versions = dict(Problem.objects.values_list("number", "version"))
    for line in said:
        number, version = line.split()
        assert versions[number] >= int(version), f"{number} lost version {version}"


def load(folder: Path, done: Callable[[str], None]) -> None:
    """Batches of hours are stored; said: the number of each."""
    import polars as pl

    from guatu.load import batches

    names = list(batches.ROWS)
    while True:
        rows = pl.DataFrame({name: [None] * 2000 for name in names}, schema=batches.ROWS).with_columns(
            pl.lit("1001A").alias("station"),
            pl.lit("2021-09-01").str.to_datetime("%Y-%m-%d", time_unit="ms").alias("time"),
        )
        batch = batches.append(folder / "data", rows, "x.csv", "0" * 64, "first", ("pm25",), None, "", "试")
        done(str(batch.number))


def loaded(said: list[str]) -> None:
    """The list of batches is whole, each file is what the list says, every batch said is in it."""
    import hashlib

    from guatu.load import batches

    data = Path(os.environ["GUATU_WORKSPACE"]) / "data"
    found = batches.batches_in(data)
    for one in found[-20:]:
        content = (data / "air_hourly" / f"{one.number:04d}.parquet").read_bytes()
        assert hashlib.sha256(content).hexdigest() == one.stored, f"batch {one.number} is not what was stored"
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert not said or int(said[-1]) <= len(found), f"batch {said[-1]} is lost"


def back_up(folder: Path, done: Callable[[str], None]) -> None:
    """Backups are made; said: the name of each."""
    from guatu.load.workspace import Workspace
    from guatu.office.keeping import backup

    safe = folder.parent / f"{folder.name}-safe"
    while True:
        path, _ = backup.backup(Workspace.open(folder), safe / f"{time.time_ns()}.zip")
        done(path.name)


def backed_up(said: list[str]) -> None:
    """Whatever bears the name of a backup is whole; every one said is there."""
    from guatu.office.keeping import archive

    folder = Path(os.environ["GUATU_WORKSPACE"])
    safe = folder.parent / f"{folder.name}-safe"
    for name in said:
        assert (safe / name).exists(), f"{name} is lost"
    for path in sorted(safe.glob("*.zip")):
        archive.check(path)
        path.unlink()


def migrate(folder: Path, done: Callable[[str], None]) -> None:
    """An empty database is brought up from nothing; said: when it is."""
    from django.core.management import call_command
    from django.db import connection

    made = empty(folder)
    call_command("migrate", verbosity=0, interactive=False)
    done(made)
    connection.close()
    time.sleep(60)


def empty(folder: Path) -> str:
    """Turn this process to a database of its own with nothing in it, the same for the check after the kill."""
    from django.db import connection

    plain = connection.settings_dict
    if connection.vendor == "sqlite":
        plain["NAME"] = str(folder.parent / f"{folder.name}-empty.sqlite3")
    else:
        connection.close()
        plain["OPTIONS"] = {**plain.get("OPTIONS", {}), "options": "-c search_path=empty"}
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA IF NOT EXISTS empty")
    return str(plain["NAME"])


def migrated(said: list[str]) -> None:
    """Whatever stands there is brought up by trying once more, and an entry can be written."""
    from django.core.management import call_command
    from django.db import connection

    from guatu.office import log

    empty(Path(os.environ["GUATU_WORKSPACE"]))
    call_command("migrate", verbosity=0, interactive=False)
    log.record("试", "试", "试")
    assert log.verify() == ()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA empty CASCADE")
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        for path in Path(name).parent.glob(f"{Path(name).name}*"):
            path.unlink()


READ_BEFORE = (
    "guatu.office.own_reports", "guatu.office.ledger.storage", "guatu.office.keeping.backup",
    "guatu.office.keeping.whole", "guatu.office.urls", "tests.act.people", "django.core.management.commands.migrate",
)  # fmt: skip
"""Modules the children need, read once, so that a kill falls into the work and not into its beginning."""
KINDS: dict[str, tuple[Work, Callable[[list[str]], None], float]] = {
    "report": (report, reported, 1.0),
    "close": (close, closed, 1.0),
    "load": (load, loaded, 0.5),
    "backup": (back_up, backed_up, 1.5),
    "migrate": (migrate, migrated, 2.0),
}
"""What is done, what must hold after the kill, and how long it may go on at most [s]."""


def killed(work: Work, folder: Path, longest: float, spoken: bool) -> list[str]:
    """Let a child work and kill it at a random moment, or at one after it first spoke; what it had said by then."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "wb", buffering=0) as out, open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 2)
            try:
                work(folder, lambda words: out.write(f"{words}\n".encode()) and None)
            except BaseException as error:
                out.write(f"! {error!r}\n".encode())
            os._exit(1)
    os.close(writing)
    if spoken:
        select.select([reading], [], [], SLOWEST)
    time.sleep(random.uniform(0, longest))
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as given:
        lines = given.read().decode().splitlines()
    wrong = [line for line in lines if line.startswith("!")]
    assert not wrong, wrong
    return lines


def checked(check: Callable[[list[str]], None], said: list[str], whole: bool) -> None:
    """Hold the check in a process of its own, as the next start of the office would find things."""
    child = os.fork()
    if child == 0:
        try:
            if whole:
                from guatu.office.keeping import whole as everything

                assert everything.faults() == (), everything.faults()
            check(said)
            os._exit(0)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", flush=True)
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, f"after {said[-3:]}"


def rounds(folder: Path, times: int, seed: int) -> Iterator[tuple[str, int]]:
    """Kill so many times, each kind in turn; yields the kind and how much had been said done."""
    random.seed(seed)
    kinds = list(KINDS)
    for turn in range(times):
        kind = kinds[turn % len(kinds)]
        work, check, longest = KINDS[kind]
        said = killed(work, folder, longest, turn // len(kinds) % 2 == 1)
        checked(check, said, turn % CHECKED_WHOLE == CHECKED_WHOLE - 1 or turn == times - 1)
        yield kind, len(said)


def main() -> dict[str, Any]:
    """Run as the module says."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--times", type=int, default=500)
    asked.add_argument("--url", default="")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    os.environ |= {"GUATU_WORKSPACE": str(given.folder), "DJANGO_SETTINGS_MODULE": "guatu.office.settings"}
    os.environ |= {"GUATU_DATABASE_URL": given.url} if given.url else {}
    import django

    django.setup()
    for name in READ_BEFORE:
        import_module(name)
    kills, done = Counter[str](), Counter[str]()
    for kind, number in rounds(given.folder, given.times, given.seed):
        kills[kind] += 1
        done[kind] += number
    return {"kills": dict(kills), "acknowledged": dict(done), "lost": 0}


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
