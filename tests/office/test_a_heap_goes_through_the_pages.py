"""Collection by a stranger in the pages: begin, download, drop the heap, answer, store, verify; bad uploads refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from guatu.office import collecting, records
from guatu.office.models import Account, Entry, Role
from tests.office import duty_rows
from tests.office.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def filled(archive: bytes, state: str = "推进中", proof: str = "") -> list[SimpleUploadedFile]:
    """Every sheet of the archive filled in, renamed."""
    files = []
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        for number, name in enumerate(packed.namelist()):
            book = load_workbook(io.BytesIO(packed.read(name)))
            sheet = book["工作进展"]
            columns = {cell.value: cell.column for cell in sheet[4]}
            sheet.cell(5, columns["本期状态"], state)
            sheet.cell(5, columns["本期进展情况"], "已开工")
            sheet.cell(5, columns["佐证材料或文号"], proof)
            out = io.BytesIO()
            book.save(out)
            files.append(SimpleUploadedFile(f"../../新建{number}.xlsx", out.getvalue()))
    return files


@pytest.fixture
def clerk(office, person):
    duty_rows.put(office)
    return person(Role.OFFICE_CLERK)


def test_a_month_in_the_pages(clerk):
    sheets = clerk.get("/collect/2021-09/sheets.zip").content
    files = filled(sheets, "已完成", "甲发〔2021〕1号")
    before = Entry.objects.count()
    answer = clerk.post("/collect/2021-09/upload/", {"files": files, "received": "2021-10-10"})
    assert "/heaps/" in answer.url and Entry.objects.count() == before
    page = clerk.get(answer.url).content.decode()
    assert "1 个疑问等您答" in page and "这是长期坚持的措施，却报了办结" in page
    clerk.post(answer.url, {"act": "confirm"})
    assert list(collecting.stored("2021-09")) == [("市住建局", "M001")]
    name = page.partition('name="q-')[2][:8]
    clerk.post(answer.url, {"act": "answer", f"q-{name}": "不是选项"}, follow=True)
    clerk.post(answer.url, {"act": "confirm", f"q-{name}": "属实"})
    assert set(collecting.stored("2021-09")) == {("市住建局", "M001"), ("乐平市", "M002")}
    number = Entry.objects.count()
    clerk.post(answer.url, {"act": "confirm"})
    assert Entry.objects.count() == number, "the same heap is stored once"
    period = clerk.get("/collect/2021-09/").content.decode()
    assert "报办结，待核实" in period and "未报齐或迟报 <small>0个" in period
    clerk.post("/collect/2021-09/verify/", {"row": ["市住建局/M001", "别处/M001"]})
    assert records.get("report/2021-09/市住建局/M001")["verified"]
    assert "verified" not in records.get("report/2021-09/乐平市/M002")
    assert "办结" in clerk.get("/breakdown/M001/").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.exe", b"MZ", "不是表格"),
        ("表.xlsx", b"PK\x03\x04broken", "没有打得开的"),
        ("大.csv", b"x" * (10 * 1024 * 1024 + 1), "超过 10 MB"),
    ],
)
def test_what_is_no_sheet_is_refused_and_nothing_kept(clerk, office, name, content, said):
    folder = office.folder / "collect" / "2021-09"
    before = sorted(folder.iterdir())
    files = [SimpleUploadedFile(name, content)]
    answer = clerk.post("/collect/2021-09/upload/", {"files": files}, follow=True)
    assert said in answer.content.decode() and sorted(folder.iterdir()) == before


def test_a_workbook_that_swells_is_refused(clerk):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    files = [SimpleUploadedFile("表.xlsx", out.getvalue())]
    answer = clerk.post("/collect/2021-09/upload/", {"files": files}, follow=True)
    assert "解开后过大" in answer.content.decode()


def test_many_corrections_are_answered_at_once(clerk):
    collecting.begin("2021-09", collecting.due_of("2021-09"), "试")
    for name in ("M003", "M004", "M005"):
        made = {"id": name, "task": "K01", "outline": "三/1", "done": "standing", "text": f"措施{name}的内容。"}
        records.change(f"measure/{name}", "分解任务", {**made, "spans": [], "lead": "市林业局"}, person="试")
    collecting.begin("2021-09", collecting.due_of("2021-09"), "试")
    for words in ("先报的", "后报的"):
        archive = clerk.get("/collect/2021-09/sheets.zip").content
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            book = load_workbook(io.BytesIO(packed.read("市林业局-工作进展-2021-09.xlsx")))
        sheet = book["工作进展"]
        columns = {cell.value: cell.column for cell in sheet[4]}
        for row in (5, 6, 7):
            sheet.cell(row, columns["本期状态"], "推进中")
            sheet.cell(row, columns["本期进展情况"], words)
        out = io.BytesIO()
        book.save(out)
        files = [SimpleUploadedFile(f"{words}.xlsx", out.getvalue())]
        review = clerk.post("/collect/2021-09/upload/", {"files": files, "received": "2021-10-10"}).url
        clerk.post(review, {"act": "confirm"})
    page = clerk.get(review).content.decode()
    assert "没有单独答的“是否更正”都答" in page and "没有单独答的“是否属实”都答" not in page
    one = page.partition('name="q-')[2][:8]
    clerk.post(review, {"act": "confirm", "all-是否更正": "以新换旧", f"q-{one}": "不收"})
    told = sorted(data["said"]["text"] for (sender, _), data in collecting.stored("2021-09").items())
    assert told == ["先报的", "后报的", "后报的"], "what was answered by itself stands"


def test_breakdown_is_changed_approved_and_then_needs_a_reason(clerk, person):
    director = person(Role.OFFICE_DIRECTOR)
    clerk.post("/breakdown/M001/edit/", {"lead": "市住建局", "confirmed": "yes", "node": "2021-06-30", "done": "paper"})
    row = records.get("measure/M001")
    assert row["confirmed"] and row["node"] == "2021-06-30"
    clerk.post("/breakdown/change/", {"act": "comment"})
    refused = clerk.post("/breakdown/change/", {"act": "approve"}, follow=True).content.decode()
    assert "有账号的只能本人签" in refused
    director.post("/breakdown/change/", {"act": "approve"})
    assert records.get("breakdown/current")["status"] == "征求意见", "who signs says his password once more"
    director.post("/breakdown/change/", {"act": "approve", "password": PASSWORD})
    assert records.get("breakdown/current")["status"] == "批准"
    again = clerk.post("/breakdown/M001/edit/", {"node": "2021-12-31"}, follow=True).content.decode()
    assert "写明理由" in again and records.get("measure/M001")["node"] == "2021-06-30"
    clerk.post("/breakdown/M001/edit/", {"node": "2021-12-31", "confirmed": "yes", "reason": "汛情影响"})
    assert records.get("measure/M001")["node"] == "2021-12-31"
    assert Entry.objects.first().reason == "汛情影响"


def test_a_decision_becomes_a_measure_with_its_source(clerk):
    clerk.post("/meetings/Y001/", {"act": "measure"})
    made = records.get("measure/M-Y001")
    assert made["lead"] == "乐平市" and made["source"].startswith("会议议定：市环委会全会")
    assert "市环委会全会" in clerk.get("/breakdown/M-Y001/").content.decode()
    again = clerk.post("/meetings/Y001/", {"act": "measure"}, follow=True).content.decode()
    assert "已列为 M-Y001" in again


def test_a_paper_is_not_issued_without_its_number(clerk, person):
    refused = clerk.post("/papers/W001/", {"state": "印发"}, follow=True).content.decode()
    assert (
        "到“印发”还缺“文号”" in refused and "还缺“印发件”" in refused and records.get("paper/W001")["state"] == "起草"
    )
    said = {"state": "印发", "number": "甲发〔2021〕1号", "issued_on": "2021-06-01"}
    clerk.post("/papers/W001/", {**said, "file": SimpleUploadedFile("印发件.pdf", b"%PDF-1.4")})
    assert records.get("paper/W001")["state"] == "印发"
    assert "写明理由" in clerk.post("/papers/W001/", {"state": "审查"}, follow=True).content.decode()
    assert person(Role.RESPONSIBLE).post("/papers/W001/", {"state": "备案"}).status_code == 403


def test_a_unit_reports_by_account_with_two_hands(clerk, person):
    contact = person(Role.RESPONSIBLE)
    user = get_user_model().objects.create_user("juzhang")
    Account.objects.create(user=user, role=Role.RESPONSIBLE, body="市住建局", hand="head")
    head = Client()
    head.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    said = {"state:M001": "办结", "text:M001": "已印发", "text:M002": "别人的事"}
    contact.post("/my/", {"act": "save", **said})
    assert collecting.stored("2021-09") == {} and records.get("draft/2021-09/市住建局")["status"] == "填报中"
    assert "还没有送审" in head.post("/my/", {"act": "approve"}, follow=True).content.decode()
    contact.post("/my/", {"act": "send", **said})
    refused = contact.post("/my/", {"act": "approve"}, follow=True).content.decode()
    assert "填的和审的不能是一个人" in refused and collecting.stored("2021-09") == {}
    faulty = head.post("/my/", {"act": "approve"}, follow=True).content.decode()
    assert "报办结，没有文号" in faulty and collecting.stored("2021-09") == {}
    head.post("/my/", {"act": "return", "reason": "补文号"})
    assert "理由：补文号" in contact.get("/my/").content.decode()
    contact.post("/my/", {"act": "send", **said, "proof:M001": "甲发〔2021〕1号"})
    head.post("/my/", {"act": "approve"})
    assert list(collecting.stored("2021-09")) == [("市住建局", "M001")]
    assert Entry.objects.filter(subject="report/2021-09/市住建局/M001").get().person == "juzhang"
