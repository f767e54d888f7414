"""The doctor finds each damage of a workspace, says it in Chinese with a remedy, and changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guatu.load.city import Station
from guatu.load.workspace import Workspace
from guatu.office.keeping import contents, installation
from tests.office import sample
from tests.office_keeping.city import guatu, make, python

REAL = type(sample.CITY)("甲市", places=sample.CITY.places, stations=(Station("1001A", "甲站", "360203"),))


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """A workspace with a filled database and a plan; nothing is wrong with it but that the data are missing."""
    folder = tmp_path_factory.mktemp("sound") / "ws"
    make(folder)
    text = (folder / "guatu.toml").read_text(encoding="utf-8")
    (folder / "guatu.toml").write_text(text + STATION, encoding="utf-8")
    (folder / "plan" / "plan.toml").write_text(sample.plan().to_toml(), encoding="utf-8")
    python(folder, "import django; django.setup()")
    return folder


STATION = '\n[[station]]\ncode = "1001A"\nname = "甲站"\nplace = "360203"\n'


@pytest.fixture
def ward(sound, tmp_path) -> Path:
    """A copy to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "ws"))


def examined(folder: Path, url: str = "") -> tuple[int, dict[str, list[dict[str, str]]]]:
    """The doctor's exit code and what he found wrong, by what he looked at."""
    said = guatu(folder, "doctor", "--json", url=url)
    assert "Traceback" not in said.stderr, said.stderr
    found: dict[str, list[dict[str, str]]] = {}
    for one in json.loads(said.stdout):
        assert one["level"] in ("正常", "提示", "问题") and one["words"] and (one["level"] == "正常" or one["remedy"])
        if one["level"] == "问题":
            found.setdefault(one["what"], []).append(one)
    return said.returncode, found


def digest(folder: Path) -> str:
    parts = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(("-wal", "-shm"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


def test_a_sound_workspace_has_nothing_wrong_and_stays_as_it_is(ward):
    before = digest(ward)
    assert examined(ward) == (0, {})
    assert digest(ward) == before
    said = guatu(ward, "doctor")
    assert said.returncode == 0 and "0 项有问题" in said.stdout and "提示\t备份\t还没有备份过" in said.stdout


def scramble(folder: Path) -> None:
    """A page in the middle of the file overwritten, as a bad disk does."""
    path = folder / "guatu.sqlite3"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 8192 * 4096)
        file.write(os.urandom(16384))


def behead(folder: Path) -> None:
    content = (folder / "guatu.sqlite3").read_bytes()
    (folder / "guatu.sqlite3").write_bytes(b"\0" * 4096 + content[4096:])


def halve(folder: Path) -> None:
    content = (folder / "guatu.sqlite3").read_bytes()
    (folder / "guatu.sqlite3").write_bytes(content[: len(content) // 2])


def unmigrate(folder: Path) -> None:
    sql(folder, "DELETE FROM django_migrations WHERE app='api'; DROP TABLE api_token")


def from_tomorrow(folder: Path) -> None:
    sql(folder, "INSERT INTO django_migrations (app, name, applied) VALUES ('office', '9999_later', '2030-01-01')")


def alter_log(folder: Path) -> None:
    sql(folder, "UPDATE office_entry SET reason='改' WHERE number=5")


def alter_record(folder: Path) -> None:
    sql(folder, "UPDATE office_record SET data='{}' WHERE subject='measure/M000'")


def late_log(folder: Path) -> None:
    words = (
        "import django; django.setup()\nfrom datetime import datetime, timezone\nfrom guatu.office import log\n"
        "log.record('试', '试', 'x', moment=datetime(2099, 1, 1, tzinfo=timezone.utc))"
    )
    python(folder, words)


def sql(folder: Path, words: str) -> None:
    with closing(sqlite3.connect(folder / "guatu.sqlite3")) as database:
        database.executescript(words)


DAMAGE = [
    (lambda ws: (ws / "guatu.toml").unlink(), "guatu.toml", "没有 guatu.toml"),
    (lambda ws: (ws / "guatu.toml").write_bytes(b"\xff\xfe"), "guatu.toml", ""),
    (lambda ws: (ws / "guatu.toml").write_text("name = ", encoding="utf-8"), "guatu.toml", ""),
    (lambda ws: shutil.rmtree(ws / "proof"), "工作区文件夹", "缺 proof/"),
    (lambda ws: (ws / "plan" / "plan.toml").unlink(), "年度计划", ""),
    (lambda ws: (ws / "plan" / "plan.toml").write_bytes(b"\0\1\2"), "年度计划", ""),
    (lambda ws: (ws / "guatu.toml").write_text((ws / "guatu.toml").read_text("utf-8").replace(STATION, ""), "utf-8"),
     "空气站点", "一个也没有"),
    (lambda ws: (ws / ".secret-key").chmod(0o644), "会话密钥", "别的账号也能读"),
    (lambda ws: (ws / "proof" / f"{'ab' * 32}.pdf").write_bytes(b"%PDF"), "佐证材料", "与名字不符"),
    (lambda ws: (ws / "data" / "figures").mkdir() or (ws / "data" / "figures" / "manifest.json").write_text("[{"),
     "数据", "批次清单读不出来"),
    (scramble, "数据库", "已损坏"),
    (behead, "数据库", "已损坏"),
    (halve, "数据库", "已损坏"),
    (unmigrate, "数据库版本", "还差 1 步升级"),
    (from_tomorrow, "数据库版本", "比这个 guatu 新"),
    (alter_log, "留痕", "内容与校验值不符"),
    (alter_record, "留痕", "与留痕推出的不同"),
    (late_log, "电脑时钟", "比留痕最后一笔"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "what", "words"), DAMAGE, ids=[f"{what}-{words}" for _, what, words in DAMAGE])
def test_each_damage_is_found_and_said(ward, damage, what, words):
    damage(ward)
    code, found = examined(ward)
    assert code == 1 and what in found, found
    assert any(words in one["words"] for one in found[what]), found[what]


def test_a_batch_that_was_altered_or_lost_is_found(ward):
    folder = ward / "data" / "air_hourly"
    folder.mkdir()
    content = b"PAR1 stands for a batch"
    said = {
        "number": 1, "file": "九月.csv", "sha256": "0" * 64, "rows": 1, "at": "2021-10-01 08:00:00", "on": "2021-10-01",
        "kind": "first", "items": ["pm25"], "first": "2021-09-01 01:00:00", "last": "2021-09-30 23:00:00",
        "stored": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps([said]), encoding="utf-8")
    (folder / "0001.parquet").write_bytes(content)
    assert examined(ward) == (0, {})
    (folder / "0001.parquet").write_bytes(content + b"!")
    code, found = examined(ward)
    assert code == 1 and "被改过或已损坏（九月.csv）" in found["数据"][0]["words"]
    (folder / "0001.parquet").unlink()
    code, found = examined(ward)
    assert code == 1 and "缺 data/air_hourly/0001.parquet" in found["数据"][0]["words"]


def test_a_database_that_does_not_answer_is_a_sentence(ward):
    code, found = examined(ward, "postgres://nobody:no@127.0.0.1:1/none")
    assert code == 1 and "连不上" in found["数据库"][0]["words"]


def test_a_folder_that_is_none_or_cannot_be_written_is_said(tmp_path):
    assert examined(tmp_path / "nowhere")[0] == 1
    if Path("/proc/self").exists():
        said = [str(one) for one in installation.folder(Path("/proc"))]
        assert any("写不进去" in one for one in said)


def test_data_that_stopped_are_said_in_hours_but_not_in_a_demonstration(tmp_path, monkeypatch):
    ws = Workspace.create(tmp_path / "ws", REAL)
    batch = type("B", (), {"last": "2021-09-30 23:00:00", "stored": "", "number": 1, "file": "x"})
    monkeypatch.setattr(Workspace, "batches", lambda self, kind="air-hourly": (batch,) if kind == "air-hourly" else ())
    (ws.data / "air_hourly").mkdir()
    (ws.data / "air_hourly" / "0001.parquet").write_bytes(b"")
    end = datetime(2021, 9, 30, 15, tzinfo=UTC)
    fresh = [str(one) for one in contents.data(ws, end + timedelta(hours=26))]
    stale = [str(one) for one in contents.data(ws, end + timedelta(hours=27))]
    assert [one[:2] for one in fresh] == ["正常"] and "已 27 小时没有新数据" in stale[0] and stale[0][:2] == "问题"


def test_the_clock_the_disk_and_the_kind_of_file_system(tmp_path, monkeypatch):
    now = datetime.now(UTC)
    assert "比留痕最后一笔" in str(*installation.clock(now + timedelta(hours=1)))
    assert str(*installation.clock(now - timedelta(hours=1))).startswith("正常")
    usage = type(shutil.disk_usage(tmp_path))
    for free, level in ((2**29, "问题"), (2**31, "提示"), (2**34, "正常")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage(2**40, 2**40 - free, free))
        assert next(one for one in installation.folder(tmp_path) if one.what == "磁盘").level == level
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    assert installation.filesystem_of(tmp_path, mounts) == "nfs4"
    assert installation.filesystem_of(Path("/etc"), mounts) == "ext4"


def test_missing_packages_and_unknown_holidays_are_named(monkeypatch):
    monkeypatch.setattr(installation, "find_spec", lambda name: None)
    said = "\n".join(map(str, installation.packages()))
    assert "缺 Django" in said and "pip install" in said and "读不了 PDF" in said
    from datetime import date

    assert str(*installation.holidays(date(2060, 1, 4))).startswith("问题\t放假安排\t2060 年没有录入")
