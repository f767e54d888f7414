"""Backup while bodies write, restore elsewhere, on both databases and from one to the other; damage is refused."""

from __future__ import annotations

import json
import os
import re
import threading
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from guatu.office.keeping import archive
from tests.office_keeping.city import ROWS, guatu, make, python, report, serving, stored

pytestmark = pytest.mark.database


def test_what_was_acknowledged_before_the_backup_is_in_it(tmp_path, database):
    """Four bodies write on while two backups are made; every backup is whole and holds what it must."""
    folder, safe = tmp_path / "ws", tmp_path / "safe"
    tokens = make(folder, database)
    (folder / "data" / "air_hourly").mkdir()
    (folder / "data" / "air_hourly" / "0001.parquet").write_bytes(bytes(range(256)) * 4096)
    acknowledged: list[tuple[str, int]] = []
    stop = threading.Event()

    def write(body: str) -> None:
        turn = 0
        while not stop.is_set():
            if report(here, body, tokens, f"第{turn}轮"):
                acknowledged.append((body, turn))
            turn += 1

    backups = []
    with serving(folder, database) as (here, _):
        writers = [threading.Thread(target=write, args=(f"单位{number:02d}",)) for number in range(4)]
        for one in writers:
            one.start()
        for turn in range(2):
            before = dict(acknowledged[:])  # the last turn of each body that was acknowledged by now
            said = guatu(folder, "backup", str(safe / f"{turn}.zip"), url=database)
            assert said.returncode == 0, said.stderr
            backups.append((safe / f"{turn}.zip", before, re.search(r"留痕末笔 (\d+:\w+)", said.stdout).group(1)))
        stop.set()
        for one in writers:
            one.join()
    assert acknowledged and backups[-1][1], "there were writes during the backups"
    for path, before, end in backups:
        back = tmp_path / f"back-{path.stem}"
        said = guatu(folder, "restore", str(path), str(back))
        assert said.returncode == 0, said.stderr
        assert end in said.stdout and (back / "proof" / "note.pdf").read_bytes().startswith(b"%PDF")
        assert (back / "data" / "air_hourly" / "0001.parquet").stat().st_size == 256 * 4096
        assert not (back / "guatu.sqlite3-wal").exists() and (back / "reports").is_dir()
        found = stored(back)
        assert found["faults"] == [] and found["entries"] == int(end.partition(":")[0])
        for body, turn in before.items():
            rows = {text for name, text in found["said"].items() if name.startswith(f"{body}/")}
            assert len(rows) == ROWS and all(int(text[1:].partition("轮")[0]) >= turn for text in rows), (
                body,
                turn,
                rows,
            )
    assert guatu(folder, "log", "verify", "--known", backups[0][2], url=database).returncode == 0


TWICE = """
import django; django.setup()
from guatu.office import snapshots
from guatu.office.keeping.backup import backup
for name in ("a.zip", "b.zip"):
    print(backup(snapshots.opened(), snapshots.opened().folder.parent / name)[1].entries)
"""


def test_one_process_backs_up_twice(tmp_path, database):
    make(tmp_path / "ws", database)
    first, second = python(tmp_path / "ws", TWICE, database).split()
    assert first == second != "0"


def test_an_office_moves_between_the_databases_value_by_value(tmp_path, fresh):
    folder, moved, back = tmp_path / "ws", tmp_path / "moved", tmp_path / "back"
    make(folder)
    assert guatu(folder, "backup", str(tmp_path / "one.zip")).returncode == 0
    url = fresh()
    said = guatu(folder, "restore", str(tmp_path / "one.zip"), str(moved), url=url)
    assert said.returncode == 0 and "逐行核对一致" in said.stdout, said.stderr
    assert not list(moved.glob("guatu.sqlite3*"))
    assert stored(moved, url) == stored(folder)
    again = guatu(folder, "restore", str(tmp_path / "one.zip"), str(tmp_path / "other"), url=url)
    assert again.returncode == 1 and "G-KEEP-17" in again.stderr and not (tmp_path / "other").exists()
    assert guatu(moved, "user", "password", "auditor", url=url).returncode == 1, (
        "no password was given: nothing changed"
    )
    assert guatu(moved, "token", "list", url=url).stdout == guatu(folder, "token", "list").stdout
    assert guatu(moved, "backup", str(tmp_path / "two.zip"), url=url).returncode == 0
    assert guatu(folder, "restore", str(tmp_path / "two.zip"), str(back)).returncode == 0
    assert stored(back) == stored(folder)
    assert guatu(back, "token", "list").stdout == guatu(folder, "token", "list").stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """One backup to be damaged."""
    folder = tmp_path_factory.mktemp("made")
    make(folder / "ws")
    said = guatu(folder / "ws", "backup", str(folder / "good.zip"))
    assert said.returncode == 0, said.stderr
    return folder / "good.zip"


def rewritten(good: Path, path: Path, change) -> Path:
    """The archive again with its parts and manifest changed by somebody who knows zip files."""
    with ZipFile(good) as given:
        parts = [(one.filename, given.read(one)) for one in given.infolist()]
    with ZipFile(path, "w", ZIP_STORED) as out:
        for name, content in change(parts):
            out.writestr(name, content)
    return path


def altered(parts):
    return [(name, content[:-9] + b"x" * 9 if name.endswith(".pdf") else content) for name, content in parts]


def missing(parts):
    return [(name, content) for name, content in parts if not name.endswith(".pdf")]


def added(parts):
    return [*parts, ("data/extra.csv", b"1,2")]


def outside(parts):
    def lead(content):
        said = json.loads(content)
        said["files"].append({"path": "../../evil", "size": 1, "sha256": "0" * 64})
        return json.dumps(said)

    return [(name, lead(content) if name == archive.MANIFEST else content) for name, content in parts] + [
        ("../../evil", b"x")
    ]


def swollen(parts):
    def small(content):
        said = json.loads(content)
        said["files"][0]["size"] = 10
        return json.dumps(said)

    return [(name, small(content) if name == archive.MANIFEST else content) for name, content in parts]


def other_end(parts):
    def other(content):
        said = json.loads(content)
        return json.dumps({**said, "entries": said["entries"] - 1})

    return [(name, other(content) if name == archive.MANIFEST else content) for name, content in parts]


def no_list(parts):
    return [(name, b"{}" if name == archive.MANIFEST else content) for name, content in parts]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (altered, "G-KEEP-12"),
        (missing, "G-KEEP-12"),
        (added, "G-KEEP-12"),
        (outside, "G-KEEP-12"),
        (swollen, "G-KEEP-12"),
        (other_end, "G-KEEP-15"),
        (no_list, "G-KEEP-11"),
    ],
)
def test_a_damaged_backup_is_refused_and_leaves_nothing(made, tmp_path, change, code):
    bad = rewritten(made, tmp_path / "bad.zip", change)
    said = guatu(tmp_path, "restore", str(bad), str(tmp_path / "back"))
    assert said.returncode == 1 and code in said.stderr and "Traceback" not in said.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip"] and not (tmp_path.parent / "evil").exists()


def test_half_a_backup_and_no_backup_are_refused(made, tmp_path):
    half = tmp_path / "half.zip"
    half.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    (tmp_path / "text.zip").write_text("不是压缩包")
    for name in ("half.zip", "text.zip", "nowhere.zip"):
        said = guatu(tmp_path, "restore", str(tmp_path / name), str(tmp_path / "back"))
        assert said.returncode == 1 and "G-KEEP-11" in said.stderr and not (tmp_path / "back").exists(), name


def test_a_workspace_without_a_database_is_backed_up_too(tmp_path):
    from guatu.load.workspace import Workspace
    from tests.office import sample

    Workspace.create(tmp_path / "ws", sample.CITY)
    said = guatu(tmp_path / "ws", "backup", str(tmp_path / "safe"))
    assert said.returncode == 0 and "还没有留痕" in said.stdout, said.stderr
    left = {name: tmp_path / "safe" / name for name in (".guatu-backup-x", "old.zip.part", "new.zip.part")}
    left[".guatu-backup-x"].mkdir()
    for name in ("old.zip.part", "new.zip.part"):
        left[name].write_bytes(b"half")
    for name in (".guatu-backup-x", "old.zip.part"):
        os.utime(left[name], (1_600_000_000, 1_600_000_000))
    assert guatu(tmp_path / "ws", "backup", str(tmp_path / "safe" / "two.zip")).returncode == 0
    there = {one.name for one in (tmp_path / "safe").iterdir()}
    assert "new.zip.part" in there and not there & {".guatu-backup-x", "old.zip.part"}, "a running one is left alone"
    path = tmp_path / "safe" / "two.zip"
    assert guatu(tmp_path, "restore", str(path), str(tmp_path / "back")).returncode == 0
    assert (tmp_path / "back" / "guatu.toml").read_bytes() == (tmp_path / "ws" / "guatu.toml").read_bytes()


def test_nothing_is_overwritten(made, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("别动")
    said = guatu(tmp_path, "restore", str(made), str(tmp_path / "full"))
    assert said.returncode == 1 and "G-KEEP-13" in said.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    here = made.parent / "ws"
    for path in (made, here / "inside.zip"):
        said = guatu(here, "backup", str(path))
        assert said.returncode == 1 and "G-KEEP-10" in said.stderr
    assert not (here / "inside.zip").exists()


def test_sessions_and_the_key_stay_behind_and_only_the_owner_reads_it(made):
    with ZipFile(made) as given:
        names = given.namelist()
    assert ".secret-key" not in names and not [name for name in names if name.startswith(".static")]
    assert made.stat().st_mode & 0o077 == 0
