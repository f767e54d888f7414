"""A file by the page: looked at, changed, confirmed, logged, taken back; what the command says, the page says."""

from __future__ import annotations

import hashlib
import html
import io
import re
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from guatu.cli import app
from guatu.load import alone, door
from guatu.office import log, records
from guatu.office.intake import shelf, taking
from guatu.office.models import Entry, Role

pytestmark = pytest.mark.django_db
GOOD = "时间,站点,PM2.5,CO(mg/m3)\n2021-10-10 23:00,S1,30,0.4\n2021-10-11 00:00,S2,40,0.5\n"
BAD = "时间,站点,PM2.5\n2021-10-10 25:00,S1,30\n2021-10-11 00:00,S7,坏\n2021-10-11 01:00,S1,-3\n"


def words(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def tree(ws):
    """Every stored byte of the data but the empty files of locks."""
    return {p.relative_to(ws.data): p.read_bytes() for p in ws.data.rglob("*") if p.is_file() and p.name != alone.NAME}


def test_nothing_is_stored_until_it_is_confirmed(office, person, send):
    client, before = person(Role.OFFICE_CLERK), tree(office)
    address = send(client, GOOD)
    page = words(client.get(address))
    assert "没有错" in page and "确认后新增 2 行" in page and "现在还没有存" in page
    assert "CO(mg/m3)" in page and "2021-10-10 23:00" in page, "headings and first rows are shown"
    assert tree(office) == before
    done = words(client.post(address, {"act": "store"}, follow=True))
    assert "已入库" in done and "air-hourly/0001" in done
    assert office.hours().collect().height == 2
    assert office.batches()[0].person == "office_clerk"


def test_the_page_says_the_faults_of_the_command_in_its_words(office, person, send, tmp_path):
    path = tmp_path / "甲.csv"
    path.write_text(BAD, encoding="utf-8")
    client = person(Role.ANALYST)
    address = send(client, BAD)
    page = words(client.get(address))
    job = shelf.get(office, address.strip("/").split("/")[-1])
    assert len(job.faults) == 4
    said = CliRunner().invoke(app, ["-C", str(office.folder), "load", str(path)])
    assert said.exit_code == 1
    told = [str(fault) for fault in said.exception.faults]
    for (where, what, why, remedy, code), line in zip(job.faults, told, strict=True):
        for part in (where, what, why, remedy, code):
            assert part in line
            assert re.sub(r"\s+", " ", part) in page
    table = client.get(f"{address}faults.csv").content.decode("utf-8-sig")
    assert all(one[0] in table for one in job.faults)
    assert "G-INTAKE-02" in words(client.post(address, {"act": "store"}, follow=True))
    assert office.batches() == ()


def test_the_file_comes_back_with_each_faulty_cell_marked(office, person, send):
    client = person(Role.ANALYST)
    address = send(client, BAD)
    book = load_workbook(io.BytesIO(client.get(f"{address}marked.xlsx").content))
    sheet = book.worksheets[0]
    noted = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(noted) == {"A2", "B3", "C3", "C4"}
    assert "“坏”不是数" in noted["C3"] and "G-LOAD-13" in noted["C4"] and sheet["C3"].value == "坏"
    workbook = Workbook()
    workbook.active.title = "省控"
    for row in (["断面名称", "采样日期", "氨氮(mg/L)"], ["甲", "2021-9-31", 0.5]):
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    address = send(client, out.getvalue(), "水.xlsx", "water")
    sheet = load_workbook(io.BytesIO(client.get(f"{address}marked.xlsx").content))["省控"]
    noted = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert noted and noted <= {"A2", "B2"}
    assert client.get(f"{send(client, GOOD)}marked.xlsx").status_code == 404


def test_a_pasted_table_comes_in_as_a_file_does(office, person):
    client = person(Role.OFFICE_CLERK)
    pasted = GOOD.replace(",", "\t").replace("\n", "\r\n")
    page = client.post("/data/begin/", {"kind": "air-hourly", "pasted": pasted}, follow=True)
    assert "确认后新增 2 行" in words(page)


def test_a_column_is_said_to_mean_something_else(office, person, send):
    client = person(Role.ANALYST)
    address = send(client, GOOD.replace("PM2.5", "细粒物浓").replace("S1,30", "S1,31"))
    page = client.get(address)
    assert [one["taken"] for one in page.context["tables"][0]["columns"]] == [
        "监测时间" if 0 else "时间",
        "站点",
        "",
        "CO",
    ]
    client.post(address, {"act": "check", "c-0-0": "时间", "c-0-1": "站点", "c-0-2": "PM2.5", "c-0-3": ""})
    page = client.get(address)
    assert [one["taken"] for one in page.context["tables"][0]["columns"]] == ["时间", "站点", "PM2.5", ""]
    assert [one["heading"] for one in page.context["tables"][0]["columns"]][2:] == ["细粒物浓", "CO(mg/m3)"], (
        "as written"
    )
    client.post(address, {"act": "check", "c-0-0": "时间", "c-0-1": "站点", "c-0-2": "PM2.5", "c-0-3": ""})
    client.post(address, {"act": "store"})
    frame = office.hours().collect()
    assert frame["pm25"].to_list() == [31, 40] and frame["co"].null_count() == 2


def test_the_history_has_who_when_sha_rows_and_undo(office, person, send):
    client = person(Role.OFFICE_CLERK)
    client.post(send(client, GOOD), {"act": "store"})
    page = words(client.get("/data/"))
    digest = hashlib.sha256(GOOD.encode()).hexdigest()
    assert "甲.csv" in page and digest[:16] in page and "office_clerk" in page
    listed = client.get("/data/history.csv").content.decode("utf-8-sig")
    command = CliRunner().invoke(app, ["-C", str(office.folder), "loads", "--csv"]).output
    assert [line for line in listed.splitlines() if "air-hourly" in line] == command.splitlines()[1:]
    assert digest in command
    refused = client.post("/data/undo/", {"address": "air-hourly/0001", "reason": " "}, follow=True)
    assert "G-LOAD-17" in words(refused)
    done = client.post("/data/undo/", {"address": "air-hourly/0001", "reason": "传错了文件"}, follow=True)
    assert "已撤销" in words(done) and "传错了文件" in words(done)
    assert office.hours().collect().is_empty() and office.data_version() == ""
    entry = Entry.objects.filter(act="撤销入库").get()
    assert (entry.subject, entry.person, entry.reason) == ("load/air-hourly/0001", "office_clerk", "传错了文件")
    assert log.verify() == ()


def test_filters_and_sorting_live_in_the_address(office, person, send):
    client = person(Role.ANALYST)
    client.post(send(client, GOOD), {"act": "store"})
    client.post(send(client, GOOD + "2021-10-11 01:00,S1,1,0.2\n", "乙.csv"), {"act": "store"})
    client.post("/data/undo/", {"address": "air-hourly/0002", "reason": "试"})
    files = lambda query: [one.file for one, _ in client.get(f"/data/?{query}").context["rows"]]  # noqa: E731
    assert sorted(files("")) == ["乙.csv", "甲.csv"]
    assert files("state=undone") == ["乙.csv"]
    assert files("state=standing&kind=air-hourly") == ["甲.csv"]
    assert files("q=乙") == ["乙.csv"]
    assert files("sort=rows") == ["乙.csv", "甲.csv"] and files("sort=-rows") == ["甲.csv", "乙.csv"]
    exported = client.get("/data/history.csv?state=undone").content.decode("utf-8-sig")
    assert "乙.csv" in exported and "甲.csv" not in exported


def test_what_changed_meanwhile_is_shown_before_it_is_stored(office, person, send):
    clerk, analyst = person(Role.OFFICE_CLERK), person(Role.ANALYST)
    first, second = send(clerk, GOOD), send(analyst, GOOD + "2021-10-11 01:00,S1,1,0.2\n", "乙.csv")
    clerk.post(first, {"act": "store"})
    page = words(analyst.post(second, {"act": "store"}, follow=True))
    assert "别人又入了库" in page and "确认后新增 1 行" in page
    assert len(office.batches()) == 1
    analyst.post(second, {"act": "store"})
    assert [batch.rows for batch in office.batches()] == [2, 1]


def test_a_file_confirmed_twice_is_stored_once(office, person, send):
    client, other = person(Role.OFFICE_CLERK), person(Role.ANALYST)
    address = send(client, GOOD)
    client.post(address, {"act": "store"})
    again = other.post(address, {"act": "store"}, follow=True)
    assert "G-INTAKE-02" in words(again)
    assert len(office.batches()) == 1


def test_given_up_nothing_stays(office, person, send):
    client = person(Role.OFFICE_CLERK)
    address = send(client, GOOD)
    assert client.post(address, {"act": "drop"}).status_code == 302
    assert client.get(address).status_code == 404
    assert not list((office.folder / shelf.FOLDER).glob("*/file/*"))


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"kind": "air-hourly"}, "没有内容"),
        ({"kind": "noise", "pasted": "a"}, "没有选是哪种数据"),
        ({"kind": "water", "pasted": "a", "day": "昨天"}, "不是日期"),
        ({"kind": "air-hourly", "pasted": "a", "units": "co=kg"}, "认不出"),
        ({"kind": "list", "pasted": "名称,地区\n甲,乙"}, "没有写是哪一种清单"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(office, person, said, word):
    assert word in words(person(Role.ANALYST).post("/data/begin/", said, follow=True))


@pytest.mark.parametrize("name", ["../../x", "a/b", "x" * 40, "%2e%2e"])
def test_no_number_leads_out_of_the_shelf(office, person, name):
    assert person(Role.ANALYST).get(f"/data/{name}/").status_code == 404


def test_hostile_files_are_refused(office, person, send):
    client = person(Role.ANALYST)
    for content in (b"PK\x03\x04" + b"\0" * 50, b"%PDF-1.7", b"\0\1\2\3" * 40, b"PAR1" + b"x" * 30):
        page = words(client.get(send(client, content, "../../坏.xlsx")))
        assert "G-LOAD-03" in page and "坏.xlsx" in page


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_worked_on_beside_the_page(office, person, send, monkeypatch):
    monkeypatch.setattr(taking, "LONG", 10)
    goes_on = threading.Event()
    check = taking._check

    def slow(ws, job):
        taking._tell(job, "核对各行", 500, 2000)
        goes_on.wait(20)
        check(ws, job)

    monkeypatch.setattr(taking, "_check", slow)
    client = person(Role.OFFICE_CLERK)
    address = send(client, GOOD)
    page = client.get(address)
    assert "500／2000 行" in words(page)
    assert b'http-equiv="refresh"' in page.content, "without JavaScript the page comes again by itself"
    assert "正在核对" in words(client.post(address, {"act": "drop"}, follow=True))
    goes_on.set()
    until = time.monotonic() + 20
    while "确认后新增 2 行" not in words(client.get(address)):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_a_stopped_server_left_is_checked_again(office, person, send):
    client = person(Role.OFFICE_CLERK)
    address = send(client, GOOD)
    job = shelf.get(office, address.strip("/").split("/")[-1])
    job.state = shelf.CHECKING
    job.save()
    assert "中断了" in words(client.get(address))
    client.post(address, {"act": "check"})
    assert "确认后新增 2 行" in words(client.get(address))


def test_the_file_is_kept_from_those_who_may_not(office, person, send):
    address = send(person(Role.OFFICE_CLERK), GOOD)
    for role in set(Role) - {Role.OFFICE_CLERK, Role.ANALYST}:
        client = person(role)
        assert client.get(address).status_code == 403
        assert client.post(address, {"act": "store"}).status_code == 403
        upload = {"kind": "air-hourly", "file": SimpleUploadedFile("a.csv", GOOD.encode())}
        assert client.post("/data/begin/", upload).status_code == 403
        assert client.post("/data/undo/", {"address": "air-hourly/0001", "reason": "x"}).status_code == 403
    assert office.batches() == ()


def test_headings_that_made_no_table_can_be_put_right_on_the_page(office, person, send):
    client = person(Role.ANALYST)
    address = send(client, GOOD.replace("时间", "戳").replace("PM2.5", "细"))
    page = client.get(address)
    assert "G-LOAD-06" in words(page)
    assert [one["heading"] for one in page.context["tables"][0]["columns"]] == ["戳", "站点", "细", "CO(mg/m3)"]
    client.post(address, {"act": "check", "c-0-0": "时间", "c-0-1": "站点", "c-0-2": "PM2.5", "c-0-3": "CO"})
    assert "确认后新增 2 行" in words(client.get(address))


def test_what_a_collection_brought_is_taken_back_there(office, person):
    path = office.folder / "退回.csv"
    path.write_text("指标,地区,时段,分子,分母\n农村生活污水治理率,乐平市,2021-09,2,10\n", encoding="utf-8")
    address = door.take(office, path, "figures", door.Said()).address
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    records.change("heap/2021-09/0123456789ab", "收表入账", {"files": [["退回.csv", digest]]}, person="试")
    client = person(Role.OFFICE_CLERK)
    page = words(client.post("/data/undo/", {"address": address, "reason": "试"}, follow=True))
    assert "G-INTAKE-05" in page and "收表 2021-09" in page
    assert len(office.batches("figures")) == 1
    records.change("heap/2021-09/0123456789ab", "撤销入账", {"undone": "错"}, person="试")
    assert "已撤销" in words(client.post("/data/undo/", {"address": address, "reason": "试"}, follow=True))
