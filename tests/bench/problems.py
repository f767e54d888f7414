"""Speed of the ledgers with 30,000 problems: ``python -m tests.bench.problems [FOLDER]``, FOLDER kept for next time.

GUATU_DATABASE_URL: measured there instead of on SQLite.

Every page is asked by a client that goes the whole way of a request; each address again and again, before each round
one problem changes, so that nothing remembered answers. First asked: after the change; p95 over all.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MANY, ROUNDS = 30_000, 4
DAY = date(2021, 10, 12)
COUNTIES = ("乐平市", "浮梁县", "昌江区", "珠山区")
LISTS = (
    "/problems/", "/problems/?page=300", "/problems/?page=600", "/problems/?stage=整改", "/problems/?due=overdue",
    "/problems/?due=soon", "/problems/?county=乐平市", "/problems/?unit=市第3局&stage=验收", "/problems/?q=第29999个",
    "/problems/?county=浮梁县&due=overdue&page=7", "/problems/?list=provincial&part=left",
    "/problems/?list=provincial_look_back&part=accepted&page=9", "/problems/?ledger=petition&stage=整改",
)  # fmt: skip
ANSWERS = ("/problems/due/", "/problems/rates/", "/problems/rates/?day=2021-06-30", "/problems/due/?day=2021-06-30",
           "/problems/counts/", "/problems/received/", "/letters/", "/problems/SJ-2021-360281-00003/", "/wall/",
           "/objects/")  # fmt: skip


def main() -> None:
    """Fill an office, ask its pages, print the figures."""
    if len(sys.argv) > 1:
        told(measured(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as folder:
        told(measured(Path(folder)))


def told(found: dict[str, Any]) -> None:
    """One figure or row of figures a line."""
    for name, said in found.items():
        for key, value in said.items() if isinstance(said, dict) else [("", said)]:
            print(f"{name}\t{key}\t{value}")


def measured(folder: Path) -> dict[str, Any]:
    """Every figure [ms, CPU of this process and, for lists, by the clock]."""
    client, store = _office(folder)
    found: dict[str, Any] = {"stored_s": round(store, 1)}
    for name, addresses in (("lists", LISTS), ("answers", ANSWERS)):
        times: dict[str, list[float]] = {one: [] for one in addresses}
        client.get("/problems/")
        for _ in range(ROUNDS):
            _change()
            for address in addresses:
                start = time.perf_counter()
                answer = client.get(address)
                times[address].append((time.perf_counter() - start) * 1000)
                assert answer.status_code == 200, (address, answer.status_code)
        every = [one for each in times.values() for one in each]
        found[name] = {
            "p95_ms": round(statistics.quantiles(every, n=20)[-1]), "median_ms": round(statistics.median(every)),
            **{address: [round(one) for one in each] for address, each in times.items()},
        }  # fmt: skip
    return found


def _office(folder: Path) -> tuple[Any, float]:
    """A workspace with its problems, and a browser of a leader."""
    from guatu.load.workspace import Workspace
    from tests.office.sample import CITY

    new = not (folder / "ws").exists()
    ws = Workspace.create(folder / "ws", CITY) if new else Workspace.open(folder / "ws")
    os.environ["GUATU_ALLOWED_HOSTS"] = "testserver"
    from guatu.cli.office import prepare

    prepare(ws.folder)
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    from guatu.office.gathering import gather
    from guatu.office.ledger import declared, storage
    from guatu.office.models import Account, Role

    gather()
    call_command("migrate", verbosity=0, interactive=False)
    declared.today = lambda ws=None: DAY  # type: ignore[assignment]
    start = time.perf_counter()
    if new:
        storage.take_in(_problems(), MANY)
    took = time.perf_counter() - start
    user, _ = get_user_model().objects.get_or_create(username="bench-leader")
    Account.objects.get_or_create(user=user, role=Role.LEADER, body="市政府")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, took


def _problems() -> Iterator[Any]:
    """Problems of many ledgers in every state, with steps, papers and plans as real ones have them."""
    from dataclasses import replace

    from guatu.act.definition import ledgers
    from guatu.act.log import BEIJING, difference, entry
    from guatu.act.problem import Paper, Problem, Step, record

    every = ledgers()
    share = ("provincial_inspection", "petition", "central_inspection", "hotline", "outfall", "air_patrol")
    from datetime import datetime

    last = None
    for n in range(MANY):
        ledger = every[share[n % 3 if n % 2 else n % 6]]
        states = list(ledger.states)
        state = states[n // 7 % len(states)]
        limit = date(2021, 1, 31) + timedelta(days=n % 500)
        fields: dict[str, Any] = {
            "text": f"第{n}个问题：雨污混流、管网破损、污水直排，群众反映强烈，须限期完成整改并举一反三。" * 2,
            "county": COUNTIES[n % 4], "lead_unit": f"市第{n % 22}局", "acceptance_unit": "市生态环境局",
            "leader": "某领导", "person": "某人", "goal": "完成整改，通过验收", "source_no": [f"S-{n}"],
            "deadline_kind": "限期", "deadline": limit.isoformat(), "first_deadline": limit.isoformat(),
            "assigned_on": "2021-01-05", "measures": ["排查管网", "改造泵站", "建立巡查制度"],
        }  # fmt: skip
        if "round" in ledger.fields:
            choices = ledger.fields["round"].choices
            fields["round"] = choices[n // 3 % len(choices)]
        if ledger.id == "petition":
            fields |= {"batch": "第一批", "receipt_number": f"D3JX2021040{n % 10}{n:05d}", "pollution": ["水", "大气"]}
        papers = tuple(
            Paper(kind, "unit", f"市第{n % 22}局", date(2021, 3, 1), f"{n:032d}{k:032d}", f"{kind}.pdf", "", k, k + 1)
            for k, kind in enumerate(("整改方案", "完成情况报告", "整改前照片", "整改后照片"))
        )
        steps = [Step("register", "", ledger.initial, date(2021, 1, 4), "经办", deadline=limit.isoformat())]
        for k, target in enumerate(states[1:5]):
            steps.append(
                Step("x", steps[-1].target, target, date(2021, 2, 1) + timedelta(days=30 * k), "某人",
                     deadline=limit.isoformat())
            )  # fmt: skip
        steps.append(Step("y", steps[-1].target, state, date(2021, 7, 1) + timedelta(days=n % 90), "某人",
                          deadline=limit.isoformat()))  # fmt: skip
        number = f"{ledger.code}-2021-360281-{n:05d}"
        item = replace(Problem(ledger.id, number, state, fields, papers, tuple(steps)), version=6)
        moment = datetime(2021, 1, 4, 10, tzinfo=BEIJING)
        last = entry(last, item.subject, "登记", *difference({}, record(item)), person="经办", moment=moment)
        yield ledger, item, [last]


def _change() -> None:
    """One problem changes, so that what was remembered no longer holds."""
    from guatu.act.problem import Person
    from guatu.office.ledger import storage
    from guatu.office.ledger.models import Problem

    row = Problem.objects.filter(ledger="provincial_inspection").order_by("number")[1]
    storage.note(row.number, {"progress": str(row.version)}, Person("经办", frozenset()), version=row.version)


if __name__ == "__main__":
    sys.exit(main())
