"""Two persons act on one thing at the same moment, each in a connection of its own: one wins, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from guatu.act.definition import ledgers
from guatu.act.problem import Person
from guatu.office import log, records
from guatu.office.ledger import pressing, storage
from guatu.office.ledger.models import Problem
from tests.act.people import ACCEPTOR, COUNTY, START, UNIT, opening

LEDGER = ledgers()["provincial_inspection"]
CLERK = Person("office_clerk", frozenset({"office_clerk"}), frozenset({"市环委办"}))
TIMES = 6


@pytest.fixture
def file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that two connections can be at: PostgreSQL as it is, SQLite in a file instead of in memory."""
    if connection.vendor != "sqlite":
        yield
        return
    from django.core.management import call_command

    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.inc_thread_sharing()
    named = {"NAME": str(tmp_path / "two.sqlite3")}
    kept = connection.connection
    connection.connection = None
    connection.settings_dict.update(named)
    django_settings.DATABASES["default"].update(named)
    call_command("migrate", verbosity=0, interactive=False)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = django_settings.DATABASES["default"]["NAME"] = before
        connection.connection = kept
        connection.dec_thread_sharing()


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Everything begun at one moment, each in its own thread and connection; what each gave."""
    gate, given = threading.Barrier(len(doings)), [None] * len(doings)

    def run(n: int, doing: Callable[[], Any]) -> None:
        gate.wait()
        try:
            given[n] = doing()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, one)) for n, one in enumerate(doings)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return given


def told(answers: list[Any]) -> tuple[list[int], str]:
    words = "".join(one.content.decode() for one in answers if one.status_code != 302)
    return sorted(one.status_code for one in answers), words


@pytest.fixture
def two(file: None, office: Any, day: Any, user: Any) -> list[Client]:
    """Two browsers of two clerks' hands."""
    found = []
    for hand in ("office_clerk", "office_director"):
        one = Client()
        one.force_login(user(hand), backend="django.contrib.auth.backends.ModelBackend")
        found.append(one)
    return found


def entered(n: int, **more: Any) -> Problem:
    fields = {**opening(LEDGER), "county": COUNTY, "lead_unit": UNIT, "acceptance_unit": ACCEPTOR, **more}
    return storage.register(LEDGER, fields | {"title": f"第{n}件"}, CLERK)


def test_two_write_one_problem(two: list[Client]) -> None:
    for n in range(TIMES):
        row = entered(n)
        address = f"/problems/{row.number}/note/"
        answers = at_once(*(
            lambda client=client, k=k, address=address, version=row.version: client.post(
                address, {"version": version, "progress": f"第{k}人"}
            )
            for k, client in enumerate(two)
        ))  # fmt: skip
        status, words = told(answers)
        assert status == [302, 409] and "您看到的已不是最新的" in words and "刷新后对照再提交" in words
        won = next(k for k, one in enumerate(answers) if one.status_code == 302)
        assert storage.item_of(storage.get(row.number)).fields["progress"] == f"第{won}人"
    assert log.verify() == () and storage.faults() == ()


def test_two_make_one_move(two: list[Client]) -> None:
    """Both fill the same move in; both approve it: each time one wins."""
    row = entered(0)
    file = SimpleUploadedFile("交办单.pdf", b"%PDF-1.4 x")
    paper = {"version": 1, "kind": "交办单", "from": "office/", "giver": "市环委办", "day": START.isoformat()}
    two[0].post(f"/problems/{row.number}/papers/", {**paper, "file": file})
    address = f"/problems/{row.number}/move/assign/"
    fields = {"text": "x", "county": COUNTY, "lead_unit": UNIT, "acceptance_unit": ACCEPTOR, "deadline_kind": "限期",
              "deadline": "2021-06-30", "assigned_on": START.isoformat(), "case_leader": "某领导"}  # fmt: skip
    version = storage.get(row.number).version
    status, words = told(at_once(*[lambda: two[0].post(address, {**fields, "version": version})] * 2))
    assert status == [302, 409] and "您看到的已不是最新的" in words
    version = storage.get(row.number).version
    status, words = told(at_once(*[lambda: two[1].post(address, {"version": version})] * 2))
    assert status == [302, 409] and "刷新后对照再提交" in words
    item = storage.item_of(storage.get(row.number))
    assert item.state == "已交办" and [step.move for step in item.steps].count("assign") == 1
    assert log.verify() == () and storage.faults() == ()


def test_two_set_the_measures_of_one_problem(two: list[Client]) -> None:
    row = entered(0)
    address = f"/problems/{row.number}/measures/"
    status, words = told(at_once(*(
        lambda client=client, k=k: client.post(
            address, {"version": row.version, "text-0": f"措施{k}", "reason": "会议纪要"}
        )
        for k, client in enumerate(two)
    )))  # fmt: skip
    assert status == [302, 409] and "您看到的已不是最新的" in words
    assert len(storage.item_of(storage.get(row.number)).fields["measures"]) == 1


def test_two_take_one_draft_up_and_lead_one_letter_on(two: list[Client], day: Any) -> None:
    """One cause, one letter; its next step is taken once."""
    row = entered(0, deadline="2021-02-01", deadline_kind="限期")
    status, words = told(
        at_once(*(lambda client=client: client.post(f"/letters/draft/{row.number}/") for client in two))
    )
    assert status == [302, 400] and "同一事由不发第二份" in words
    assert len(pressing.letters()) == 1
    version = records.version("letter/0001")
    said = {"version": version, "to": "签发", "number": "景环委办督〔2021〕7号", "day": START.isoformat()}
    status, words = told(at_once(*(
        lambda client=client, k=k: client.post(
            "/letters/0001/step/", {**said, "scan": SimpleUploadedFile("a.pdf", b"%PDF-1.4 " + bytes([65 + k]))}
        )
        for k, client in enumerate(two)
    )))  # fmt: skip
    assert status[0] == 302 and status[1] in (400, 409), words
    assert "现在是“签发”" in words or "别人" in words or "刷新" in words
    assert pressing.letters()["0001"].state == "签发" and log.verify() == ()


def test_two_enter_problems_and_no_number_is_given_twice(two: list[Client]) -> None:
    fields = {key: "；".join(v) if isinstance(v, list) else v for key, v in opening(LEDGER).items()}
    fields |= {"county": COUNTY, "lead_unit": UNIT}
    address = f"/problems/new/?ledger={LEDGER.id}"
    doings = [lambda client=client: client.post(address, fields) for client in two * 3]
    assert {one.status_code for one in at_once(*doings)} == {302}
    numbers = list(Problem.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 6 and log.verify() == () and storage.faults() == ()
