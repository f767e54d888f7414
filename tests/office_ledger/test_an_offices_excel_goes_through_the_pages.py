"""An office's 督察 Excel through the pages: mapped, faults by cell, confirmed, right rates, the same columns out."""

from __future__ import annotations

import io
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from guatu.act import making
from guatu.act.definition import ledgers
from guatu.act.problem import Person
from guatu.office import log
from guatu.office.ledger import declared, lists, progress, storage, taking
from guatu.office.ledger.models import Complainant, Problem, TakenSheet
from tests.act.test_an_offices_own_ledger_goes_in_and_comes_out import HEAD, ROWS, line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFIRMED = {"act": "check", "same-round": "省级督察", "same-feedback_on": "2020-12-01"}


def book(rows: list[list[Any]]) -> SimpleUploadedFile:
    """Rows as a workbook, as an office would have it."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet()
    dated = made.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if hasattr(cell, "year"):
                page.write_datetime(at, column, cell, dated)
            elif isinstance(cell, str):
                page.write_string(at, column, cell)
            elif cell is not None:
                page.write(at, column, cell)
    made.close()
    return SimpleUploadedFile("督察台账.xlsx", out.getvalue(), XLSX)


def cells(content: bytes) -> list[list[Any]]:
    """What a workbook holds, empty cells as None, rows of one width."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[None if cell == "" else cell for cell in row] + [None] * (15 - len(row)) for row in rows]


@pytest.fixture
def sent(office: Any, day: Any, client_of: Any) -> Any:
    """Callable: sent(rows) uploads and answers the address of the sheet."""
    day.now = date(2021, 10, 31)

    def send(rows: list[list[Any]]) -> str:
        told = {"ledger": "provincial_inspection", "year": "2021", "since": "2021-10-01", "file": book(rows)}
        answer = client_of("office_clerk").post("/problems/imports/", told)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.url)

    return send


def test_in_with_the_right_rates_and_out_with_the_same_columns(sent: Any, client_of: Any) -> None:
    clerk = client_of("office_clerk")
    address = sent(ROWS)
    assert "督察类别" in clerk.get(address).content.decode()
    refused = clerk.post(address, {"act": "check"})
    assert refused.status_code == 400 and "G-ACT-71" in refused.content.decode()
    assert clerk.post(address, CONFIRMED).status_code == 302
    assert "5 行待确认" in clerk.get(address).content.decode() and not Problem.objects.exists()
    assert clerk.post(address, {"act": "store"}).status_code == 302
    assert Problem.objects.count() == 5 and storage.faults() == ()
    rate = lists.cards(declared.today())[0].together
    assert (rate.accepted, rate.due, rate.n["long_term"]) == ("2/4（50.00%）", "2/3（66.67%）", 1)
    page = client_of("leader").get("/problems/").content.decode()
    assert "2/4（50.00%）" in page
    out = clerk.get(f"{address}export.xlsx")
    given = [row + [None] * (15 - len(row)) for row in ROWS]
    came = cells(out.content)
    assert [[str(cell) for cell in row] for row in came] == [
        [str(cell.date() if hasattr(cell, "hour") else cell) for cell in row] for row in given
    ]
    again = sent(came)
    clerk.post(again, CONFIRMED)
    assert "5 行看来已经登记过" in clerk.get(again).content.decode()
    clerk.post(again, {"act": "store"})
    assert Problem.objects.count() == 5


def typed(content: bytes) -> list[list[Any]]:
    """What a workbook holds, cell by cell with the type of each."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    width = max(map(len, rows))
    return [[(type(cell).__name__, cell) for cell in [*row, *[""] * (width - len(row))]] for row in rows]


ODD = [
    "007",
    "1e5",
    "=A1+1",
    " 前后有空格 ",
    "两\n行",
    "https://example.invalid/",
    "0.10",
    12.5,
    3.0,
    -0.25,
    True,
    "TRUE",
]


def test_every_cell_comes_out_as_it_went_in_twice_over(sent: Any, client_of: Any) -> None:
    """Leading zeros, seeming formulas, dates and links, blanks, line breaks, numbers, true: value and type."""
    clerk = client_of("office_clerk")
    rows = [*HEAD, *(line(n + 1, phone=cell) for n, cell in enumerate(ODD))]
    first = book(rows)
    given = typed(first.read())
    first.seek(0)
    told = {"ledger": "provincial_inspection", "year": "2021", "since": "2021-10-01"}
    outs = []
    for _ in range(2):
        first.seek(0)
        address = clerk.post("/problems/imports/", {**told, "file": first}).url
        assert clerk.post(address, CONFIRMED).status_code == 302
        clerk.post(address, {"act": "store"})
        content = clerk.get(f"{address}export.xlsx").content
        outs.append(typed(content))
        first = SimpleUploadedFile("再.xlsx", content, XLSX)
    assert outs[0] == given and outs[1] == given and Problem.objects.count() == len(ODD)


def test_what_changed_comes_out_in_its_own_cell(sent: Any, client_of: Any, user: Any) -> None:
    clerk = client_of("office_clerk")
    address = sent(ROWS)
    clerk.post(address, CONFIRMED)
    clerk.post(address, {"act": "store"})
    row = Problem.objects.get(source_no="S-3")
    storage.note(row.number, {"progress": "已完工"}, Person("x", frozenset()), version=1)
    came = cells(clerk.get(f"{address}export.xlsx").content)
    differing = {
        (n, m) for n, one in enumerate(ROWS) for m, cell in enumerate(one) if str(came[n][m])[:10] != str(cell)[:10]
    }
    assert differing == {(5, 11)} and came[5][11] == "已完工"


def test_every_fault_by_cell_and_nothing_stored(sent: Any, client_of: Any) -> None:
    clerk = client_of("office_clerk")
    address = sent([*HEAD, line(1, "尽快"), line(2, done="大概"), line(3, text=None)])
    clerk.post(address, CONFIRMED)
    page = clerk.get(address).content.decode()
    for cell in ("K4（整改时限）", "M5（是否销号）", "C6（问题原文）"):
        assert cell in page
    assert clerk.post(address, {"act": "store"}).status_code == 302
    assert not Problem.objects.exists()


def test_the_layout_is_settled_once(sent: Any, client_of: Any) -> None:
    clerk = client_of("office_clerk")
    address = sent(ROWS)
    clerk.post(address, CONFIRMED)
    clerk.post(address, {"act": "store"})
    second = TakenSheet.objects.get(pk=int(sent([*HEAD, line(9)]).split("/")[-2]))
    assert taking.layout_of(second).same == {"round": "省级督察", "feedback_on": "2020-12-01"}


def test_the_printed_form_has_its_fourteen_columns(sent: Any, client_of: Any) -> None:
    clerk = client_of("office_clerk")
    address = sent(ROWS)
    clerk.post(address, CONFIRMED)
    clerk.post(address, {"act": "store"})
    came = cells(clerk.get("/problems/export.xlsx?ledger=provincial_inspection").content)
    assert "演示数据，非实测" in came[0][0]
    assert came[1][:14] == [
        "序号", "来源编号", "问题原文", "属地", "整改目标", "整改措施", "牵头单位", "配合单位", "责任领导", "责任人",
        "整改时限", "整改进展", "是否销号", "备注",
    ]  # fmt: skip
    assert len(came) == 7


def test_who_complained_stays_out_of_the_sheet_kept(sent: Any, client_of: Any, office: Any) -> None:
    import gzip

    rows = [[*row, "来信来电人" if n == 1 else "钱小某" if n == 3 else None] for n, row in enumerate([*HEAD, line(1)])]
    clerk = client_of("office_clerk")
    address = sent(rows)
    told = CONFIRMED | {"column-15": "complainant"}
    assert clerk.post(address, told).status_code == 302
    clerk.post(address, {"act": "store"})
    assert Complainant.objects.get().identity == "钱小某"
    kept = b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in office.folder.rglob("*")
        if path.is_file()
    )
    assert "钱小某".encode() not in kept
    assert "钱小某" not in str(cells(clerk.get(f"{address}export.xlsx").content))


def test_a_failure_halfway_stores_nothing(sent: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = client_of("office_clerk")
    address = sent(ROWS)
    clerk.post(address, CONFIRMED)
    count = iter(range(9))

    def broken(*given: Any, **named: Any) -> Any:
        if next(count) == 3:
            raise OSError("the disk is full")
        return making.register(*given, **named)

    monkeypatch.setattr(taking.making, "register", broken)
    with pytest.raises(OSError):
        clerk.post(address, {"act": "store"})
    assert not Problem.objects.exists() and TakenSheet.objects.get().state == TakenSheet.State.READY


def test_a_long_sheet_shows_how_far_it_is(office: Any, tmp_path: Path, day: Any) -> None:
    ledger = ledgers()["provincial_inspection"]
    path = tmp_path / "long.xlsx"
    path.write_bytes(book([*HEAD, *(line(n) for n in range(1, 2401))]).read())
    taken = taking.begin(ledger, path, path.name, by="x", year=2021)
    taking.settle(taken, {}, {"round": "省级督察", "feedback_on": "2020-12-01"})
    seen: list[tuple[int, int]] = []
    taking.check(taken, lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] and len(seen) > 2
    seen.clear()
    assert taking.store(taken, Person("x", frozenset()), progress=lambda *two: seen.append(two)) == 2400
    assert [done for done, _ in seen] == [1000, 2000, 2400]
    assert storage.faults() == () and log.verify() == ()


def test_progress_is_heard_by_every_process_and_work_that_broke_off_begins_anew(
    sent: Any, client_of: Any, office: Any
) -> None:
    address = sent(ROWS)
    clerk = client_of("office_clerk")
    taken = TakenSheet.objects.get(pk=int(address.split("/")[-2]))
    TakenSheet.objects.update(state=TakenSheet.State.STORING, total=5)
    progress.tell(taken, 3, 5)
    assert "3" in clerk.get(address).content.decode() and "登记中" in clerk.get(address).content.decode()
    told = office.folder / "imports" / f"{taken.pk:06d}.progress"
    os.utime(told, (time.time() - 600, time.time() - 600))
    assert "登记中" not in clerk.get(address).content.decode()
    taken.refresh_from_db()
    assert taken.state == TakenSheet.State.READY and not told.exists()
