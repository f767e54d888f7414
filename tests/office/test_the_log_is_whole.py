"""The stored log: tampering is found, any past day comes back, thirty writers at once lose nothing."""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from django.db import connection, connections

from guatu.act.log import BEIJING
from guatu.errors import ActError
from guatu.office import log, records
from guatu.office.models import Entry, Record, Role, Tip


def at(day: int) -> datetime:
    return datetime(2021, 9, day, 9, tzinfo=BEIJING)


def three() -> None:
    records.change("measure/M001", "分解任务", {"text": "甲", "node": "2021-06-30"}, person="经办", moment=at(1))
    records.change("measure/M002", "分解任务", {"text": "乙"}, person="经办", moment=at(10))
    records.change("measure/M001", "修改分解", {"node": "2021-09-30"}, person="经办", reason="延期", moment=at(20))


def rewrite(sql: str) -> None:
    """As somebody does who has the database but not the program."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE office_entry SET reason='' WHERE number=3", "G-ACT-11"),
        ("UPDATE office_entry SET person='别人' WHERE number=1", "G-ACT-11"),
        ("DELETE FROM office_entry WHERE number=2", "G-ACT-12"),
        ("DELETE FROM office_entry WHERE number=3", "G-ACT-14"),
        ("DELETE FROM office_record WHERE subject='measure/M002'", "G-OFFICE-11"),
        ("UPDATE office_record SET data='{}' WHERE subject='measure/M001'", "G-OFFICE-11"),
    ],
)
def test_whatever_is_altered_behind_the_program_is_found(sql, code):
    three()
    assert log.verify() == ()
    rewrite(sql)
    assert code in {fault.code for fault in log.verify()}


@pytest.mark.django_db
def test_a_past_day_comes_back_with_who_changed_what_since(office, person):
    Entry.objects.all()._raw_delete("default")
    Tip.objects.all().delete()
    three()
    assert log.state_on(date(2021, 9, 15))["measure/M001"] == {"text": "甲", "node": "2021-06-30"}
    assert records.of_kind("measure", date(2021, 9, 5)) == {"M001": {"text": "甲", "node": "2021-06-30"}}
    assert [(one.person, one.reason) for one in log.after(date(2021, 9, 15))] == [("经办", "延期")]
    page = person(Role.AUDITOR).get("/log/past/?at=2021-09-15&kind=measure").content.decode()
    assert "2021-06-30" in page and "延期" in page and "2021年9月15日结束时的台账" in page
    assert "留痕完好" in person(Role.AUDITOR).get("/log/?verify=1").content.decode()
    only = person(Role.AUDITOR).get("/log/?subject=measure/M002").content.decode()
    assert "measure/M002" in only and "延期" not in only


@pytest.mark.django_db
def test_a_stale_save_is_refused_and_nothing_changes():
    three()
    seen = records.version("measure/M001")
    records.change("measure/M001", "修改分解", {"leader": "甲"}, person="一", seen=seen)
    with pytest.raises(ActError) as refused:
        records.change("measure/M001", "修改分解", {"leader": "乙"}, person="二", seen=seen)
    assert refused.value.codes == ("G-OFFICE-12",) and records.get("measure/M001")["leader"] == "甲"
    assert not records.change("measure/M001", "修改分解", {"leader": "甲"}, person="三"), (
        "nothing differs, nothing logged"
    )


@pytest.mark.django_db(transaction=True)
def test_thirty_bodies_at_once_lose_nothing(tmp_path, request):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        _thirty_in_a_file(tmp_path)
        return
    _write_at_once()
    assert Record.objects.filter(kind="report").count() == 30 * 3
    assert log.verify() == ()


def _write_at_once() -> None:
    faults: list[BaseException] = []

    def report(body: int) -> None:
        try:
            for row in range(3):
                said = {"said": {"state": "推进中", "text": f"{body}-{row}"}}
                records.change(f"report/2021-09/单位{body:02d}/M{row:03d}", "收进展", said, person=f"单位{body:02d}")
        except BaseException as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=report, args=(body,)) for body in range(30)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []


def _thirty_in_a_file(folder) -> None:
    """An in-memory database has one connection; thirty need a file, as an office has."""
    import os
    import subprocess
    import sys

    words = (
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from tests.office.test_the_log_is_whole import _write_at_once\n"
        "from guatu.office import log; from guatu.office.models import Record\n"
        "_write_at_once(); assert log.verify() == (); print(Record.objects.filter(kind='report').count())\n"
    )
    workspace = folder / "ws"
    workspace.mkdir()
    environment = {**os.environ, "GUATU_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": "guatu.office.settings"}
    environment.pop("GUATU_DATABASE_URL", None)
    run = subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True)
    assert run.stdout.strip() == "90", run.stderr[-2000:]
