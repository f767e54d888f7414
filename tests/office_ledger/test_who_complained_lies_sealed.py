"""Who complained is sealed from the moment it comes: searched for in every file the office writes, at every step."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from guatu.act.definition import ledgers
from guatu.act.headings import layout_faults, suggest
from guatu.office import log
from guatu.office.ledger import complainants, sealed, taking
from guatu.office.ledger.models import Complainant, Problem, TakenSheet
from tests.act.test_an_offices_own_ledger_goes_in_and_comes_out import HEAD, line
from tests.office_ledger.test_an_offices_excel_goes_through_the_pages import CONFIRMED, book, cells

NAME, PHONE = "钱小某", "13800138000"
ROWS = [
    [*row, *more]
    for row, more in zip(
        [*HEAD, line(1)],
        [(None, None), ("举报人", "联系电话"), (None, None), (NAME, PHONE)][-len(HEAD) - 1 :],
        strict=True,
    )
]


@pytest.fixture
def pending(office: Any, day: Any, client_of: Any) -> str:
    """The address of a sheet that is uploaded and waits."""
    day.now = date(2021, 10, 31)
    told = {"ledger": "provincial_inspection", "year": "2021", "since": "2021-10-01", "file": book(ROWS)}
    return str(client_of("office_clerk").post("/problems/imports/", told).url)


def lying(folder: Path) -> bytes:
    """Every byte of every file under a folder, packed ones opened."""
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file()):
        found.append(path.read_bytes())
        if path.suffix == ".gz":
            found.append(gzip.decompress(found[-1]))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                found += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(found)


def in_the_clear(content: bytes) -> bool:
    return NAME.encode() in content or PHONE.encode() in content


def test_columns_beside_who_complained_are_confidential_too() -> None:
    ledger = ledgers()["provincial_inspection"]
    layout = suggest(ROWS, ledger)
    assert [one.field for one in layout.columns][-3:] == ["", "complainant", "complainant"]
    told = layout.settled({}, {"round": "省级督察", "feedback_on": "2020-12-01"})
    assert layout_faults(told, ledger) == []
    alone = suggest([[*row[:-2], row[-1]] for row in ROWS], ledger)
    assert alone.columns[-1].field == "", "a telephone alone may be the contact person's"


def test_a_pending_sheet_is_sealed_and_stays_so(
    pending: str,
    client_of: Any,
    office: Any,
    user: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    clerk = client_of("office_clerk")
    address = pending
    taken = TakenSheet.objects.get()
    assert not in_the_clear(lying(office.folder)) and taking._file(taken).exists()
    page = clerk.get(address).content
    clerk.post(address, CONFIRMED)
    assert not in_the_clear(lying(office.folder) + page + clerk.get(address).content)
    assert clerk.post(address, {"act": "store"}).status_code == 302
    row = Problem.objects.get()
    assert not in_the_clear(lying(office.folder)) and not taking._file(taken).exists()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT identity FROM {Complainant._meta.db_table}")
        ((stored,),) = cursor.fetchall()
    assert stored.startswith(sealed.BEGINS) and not in_the_clear(stored.encode())
    assert complainants.read(row, user("office_clerk")) == f"{NAME}；{PHONE}"
    for who in ("leader", "office_director", "inspector", "unit_head"):
        assert client_of(who).post(f"/problems/{row.number}/complainant/").status_code == 403
    out = clerk.get(f"{address}export.xlsx").content
    assert cells(out)[-1][-2:] == [None, None] and cells(out)[0] is not None
    for name in (f"/problems/{row.number}/", "/problems/export.xlsx?ledger=SJ", "/log/"):
        assert not in_the_clear(clerk.get(name).content), name
    assert "已筛出 0 件" in clerk.get(f"/problems/?q={NAME}").content.decode()
    assert not in_the_clear(str([(one.new, one.reason) for one in log.entries()]).encode() + caplog.text.encode())


def test_a_sheet_given_up_leaves_nothing(pending: str, client_of: Any, office: Any) -> None:
    address = pending
    client_of("office_clerk").post(address, {"act": "drop"})
    assert not list((office.folder / "imports").glob("*.sealed"))


def test_without_the_key_it_says_so(pending: str, client_of: Any, office: Any, user: Any) -> None:
    clerk = client_of("office_clerk")
    address = pending
    clerk.post(address, CONFIRMED)
    clerk.post(address, {"act": "store"})
    key = office.folder / sealed.KEY
    assert key.stat().st_mode & 0o077 == 0
    kept = key.read_bytes()
    key.unlink()
    number = Problem.objects.get().number
    answer = clerk.post(f"/problems/{number}/complainant/")
    assert answer.status_code == 400 and "G-LEDGER-31" in answer.content.decode()
    key.write_bytes(kept)
    assert NAME in clerk.post(f"/problems/{number}/complainant/").content.decode()


def test_database_file_and_backup_of_a_real_office(tmp_path: Path) -> None:
    """By commands, as an office without the pages: import, backup; every byte that lies about is searched."""
    folder = tmp_path / "ws"
    (tmp_path / "a.xlsx").write_bytes(book(ROWS).read())
    environment = {**os.environ, "PYTHONUTF8": "1"}
    for name in ("GUATU_WORKSPACE", "GUATU_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)

    def guatu(*said: str) -> str:
        run = subprocess.run(
            [Path(sys.executable).with_name("guatu"), *said],
            env=environment,
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout + run.stderr

    from guatu.load.workspace import Workspace
    from tests.office.sample import CITY

    Workspace.create(folder, CITY)
    told = guatu("-C", "ws", "ledger", "import", "a.xlsx", "--ledger", "SJ", "--same=round=省级督察",
                 "--same=feedback_on=2020-12-01", "--year=2021", "--confirm")  # fmt: skip
    told += guatu("-C", "ws", "backup", "kept.zip")
    assert ".identity-key 不在备份里" in told
    assert not in_the_clear(lying(folder) + told.encode())
    with zipfile.ZipFile(tmp_path / "kept.zip") as packed:
        assert not any(sealed.KEY in name for name in packed.namelist())
        assert not in_the_clear(b"".join(packed.read(name) for name in packed.namelist()))
    with sqlite3.connect(folder / "guatu.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM ledger_complainant").fetchone() == (1,)


def test_an_upload_of_another_office_keeps_its_file_name_only(office: Any, day: Any, client_of: Any) -> None:
    file = SimpleUploadedFile("表.xlsx", b"not a sheet")
    answer = client_of("office_clerk").post("/problems/imports/", {"ledger": "provincial_inspection", "file": file})
    assert answer.status_code == 400 and not (office.folder / "imports").exists()
