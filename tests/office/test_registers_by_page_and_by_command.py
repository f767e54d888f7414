"""Papers owed, meetings, decisions, receipts, projects: the page and the command show the same cells; late is told."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.errors import GuatuError
from guatu.office import records, registering
from guatu.office.models import Entry, Role
from tests.office import duty_rows, sample
from tests.office.tables import rows_told, table_with, told

pytestmark = pytest.mark.django_db
DAY = "2021-10-12"  # the day after the sample's last data, on which the pages stand
PDF = b"%PDF-1.4 stamped"


@pytest.fixture
def clerk(office, person):
    duty_rows.put(office)
    return person(Role.OFFICE_CLERK)


@pytest.fixture
def kept(clerk, office, tmp_path, monkeypatch):
    """Entries of every register, made by commands, in several states, some late."""
    scan = tmp_path / "印发件.pdf"
    scan.write_bytes(PDF)
    monkeypatch.setattr(registering, "plan_of", lambda _ws: sample.plan())
    told(office, "papers", "add", "文件名称=碳达峰行动方案", "起草单位=市发改委", "应印发日期=2021-09-30")
    told(office, "papers", "move", "W002", "印发", "文号=甲发〔2021〕1号", "印发日期=2021-06-01", f"印发件={scan}")
    told(
        office, "sessions", "add", "会议名称=市环委会全会", "类别=全体会议", "承办单位=市环委办", "召开日期=2021-03-01"
    )
    told(office, "sessions", "move", "H002", "召开")
    told(office, "meetings", "add", "来源=领导批示", "会议、批示人或来文=分管副市长", "日期=2021-09-20",
         "事项=核查错峰生产", "承办单位=市工信局", "时限=2021-10-01", "会议编号=H002")  # fmt: skip
    told(office, "receipts", "begin")
    told(office, "receipts", "move", "Q001", "已签收", "签收日期=2021-03-12", "签收人=办公室")
    told(office, "receipts", "move", "Q002", "已签收", "签收日期=2021-03-13", "签收人=办公室")
    told(office, "projects", "add", "工程名称=管网改造", "责任单位=市住建局", "中央资金=3200", "市县资金=1500.5",
         "已支付=2100", "计划完工=2021-09-30", "服务的措施=M001", "服务的目标=T02")  # fmt: skip
    told(office, "projects", "move", "P001", "开工", "开工日期=2021-04-18")
    return office


@pytest.mark.parametrize("page", registering.PAGES)
@pytest.mark.parametrize("state", ["", "未办完"])
def test_the_page_and_the_command_show_the_same_cells(kept, clerk, page, state):
    shown = clerk.get(f"/{page}/", {"status": state}).content.decode()
    on_page = table_with(shown, "编号")
    by_command = rows_told(kept, page, "list", "--as-of", DAY, "--state", state)
    assert len(by_command) > 1
    assert on_page == by_command
    assert told(kept, page, "list", "--as-of", DAY).splitlines()[-1] in shown, "the sentence over the list"
    if state:
        assert rows_told(kept, page, "gaps", "--as-of", DAY) == by_command


def test_who_has_not(kept):
    papers = [row[:3] for row in rows_told(kept, "papers", "gaps", "--as-of", DAY)[1:]]
    assert papers == [["W001", "起草", "—"]], "what is issued owes nothing more"
    items = [row[:3] for row in rows_told(kept, "meetings", "gaps", "--as-of", DAY)[1:]]
    assert items == [["Y001", "交办", "—"], ["Y002", "交办", "11 天"]]
    owed = {row[3]: row[1] for row in rows_told(kept, "receipts", "gaps", "--as-of", DAY)[1:]}
    signed = [records.get(f"receipt/{name}")["body"] for name in ("Q001", "Q002")]
    assert signed == ["市住建局", "乐平市"]
    assert "市住建局" not in owed, "a bureau owes the receipt only"
    assert owed["乐平市"] == "已签收" and owed["高新区"] == "未签收", "a county owes its own plan besides"
    told(kept, "receipts", "move", "Q002", "已出方案", "实施方案文号=乐府办〔2021〕8号", "方案印发日期=2021-05-01")
    assert "乐平市" not in {row[3] for row in rows_told(kept, "receipts", "gaps", "--as-of", DAY)}
    assert "总投资 4700.5 万元，已支付 2100 万元" in told(kept, "projects", "list", "--as-of", DAY)


def test_each_decision_and_instruction_becomes_a_measure_with_its_source(kept, clerk):
    assert "2 条还没有列为措施" in clerk.get("/meetings/").content.decode()
    assert "M-Y001、M-Y002" in told(kept, "meetings", "measure")
    assert records.get("measure/M-Y002")["source"] == "领导批示：分管副市长（2021-09-20）Y002"
    assert "都已列为措施" in told(kept, "meetings", "measure")
    assert "没有列为措施" not in clerk.get("/meetings/").content.decode()
    assert "核查错峰生产" in clerk.get("/sessions/H002/").content.decode(), "a meeting shows its decisions"


def test_every_move_is_logged_and_a_step_back_wants_a_reason(kept):
    with pytest.raises(GuatuError, match="refused"):
        told(kept, "projects", "move", "P001", "立项")
    told(kept, "projects", "move", "P001", "立项", "--reason", "手续补办")
    last = Entry.objects.filter(subject="project/P001").first()
    assert (last.old["state"], last.new["state"], last.reason) == ("开工", "立项", "手续补办")
    shown = told(kept, "projects", "show", "P001")
    assert shown.startswith("P001\t立项") and "手续补办" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("papers", "move", "W001", "印发", "文号=甲发〔2021〕2号", "印发日期=2021-06-01"), "还缺“印发件”"),
        (("projects", "move", "P001", "-", "已支付=9999"), "多于各项资金合计"),
        (("projects", "move", "P001", "-", "服务的措施=M999"), "没有“M999”"),
        (("meetings", "move", "Y002", "-", "会议编号=H009"), "没有“H009”"),
        (("papers", "add", "文件名称"), "不是“项目=内容”"),
        (("papers", "move", "W001", "印发", "印发件=没有.pdf"), "没有文件"),
        (("papers", "move", "W009", "审查"), "没有这一条"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(kept, words, said):
    before = Entry.objects.count()
    with pytest.raises(GuatuError) as refused:
        told(kept, *words)
    assert any(said in str(fault) for fault in refused.value.faults)
    assert Entry.objects.count() == before


def test_an_issued_paper_carries_its_file(kept, clerk, person):
    file = clerk.get("/papers/W002/file/")
    assert file.content == PDF and "attachment" in file["Content-Disposition"]
    assert person(Role.RESPONSIBLE).get("/sessions/H001/file/").status_code == 200, "its own"
    assert person(Role.RESPONSIBLE).get("/papers/W002/file/").status_code == 404, "another's"
    said = {"state": "纪要印发", "number": "环委纪〔2021〕1号", "issued_on": "2021-03-05"}
    clerk.post("/sessions/H002/", {**said, "file": SimpleUploadedFile("纪要.pdf", PDF)})
    assert records.get("meeting/H002")["state"] == "纪要印发"
    refused = clerk.post("/sessions/H002/", {"file": SimpleUploadedFile("纪要.pdf", b"MZ")}, follow=True)
    assert "内容不是 pdf 文件" in refused.content.decode()


def test_the_list_goes_out_as_it_is_filtered(kept, clerk):
    from io import BytesIO

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(clerk.get("/receipts/export.xlsx?status=未办完").content)).active
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows == rows_told(kept, "receipts", "gaps", "--as-of", DAY)
    assert clerk.get("/receipts/export.docx").content.startswith(b"PK")
    assert sample.AS_OF.isoformat() == "2021-10-11"
