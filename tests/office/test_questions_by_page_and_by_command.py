"""Who has not reported, what is behind and whose it is, how a past day stood, who moved a date: page and command agree.

Cell by cell; and each answer is held against facts written down here.
"""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from guatu.office import breakdowns, collecting, records
from guatu.office.models import Role
from tests.office import duty_rows, sample
from tests.office.tables import rows_told, table_with, told

pytestmark = pytest.mark.django_db
DAY = "2021-10-12"  # the day after the sample's last data, on which the pages stand


@pytest.fixture
def clerk(office, person):
    """M001 of one bureau, overdue; M002 of all counties, said to be behind; 高新区 covered by nobody."""
    duty_rows.put(office)
    breakdowns.edit("M001", {"node": "2021-06-30"}, "经办")
    breakdowns.edit("M002", {"responsible": ("市水利局",)}, "经办")
    collecting.begin("2021-09", sample.AS_OF, "经办")
    said = {"said": {"state": "滞后", "text": "缺资金"}, "received": "2021-10-12"}
    records.change("report/2021-09/乐平市/M002", "收进展", said, person="经办", acting_for="乐平市")
    first = {"first": "2021-10-12", "late": 1}
    records.change("return/2021-09/乐平市", "收到报表", first, person="经办", acting_for="乐平市")
    return person(Role.OFFICE_CLERK)


def cells_of(content: bytes, kind: str) -> list[list[str]]:
    if kind == "docx":
        return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[0].rows]
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def test_who_has_not_reported_and_who_was_late(office, clerk):
    by_command = rows_told(office, "collect", "gaps", "--period", "2021-09", "--as-of", DAY, "--by-task")
    assert table_with(clerk.get("/collect/2021-09/").content.decode(), "缺报的") == by_command
    assert by_command[1:] == [
        ["市住建局", "未报，已迟 1 天", by_command[1][2], "新建污水管网。", "M001", "1"],
        ["市水利局", "未报，已迟 1 天", by_command[2][2], "整治农村黑臭水体。", "M002", "1"],
        ["乐平市", "迟报 1 天", "—", "已补齐", "—", "1"],
    ]
    for kind in ("docx", "xlsx"):
        assert cells_of(clerk.get(f"/collect/2021-09/late.{kind}").content, kind) == by_command
    assert set(collecting.reminders("2021-09", date.fromisoformat(DAY))) == {"市住建局", "市水利局"}


def test_which_tasks_are_behind_and_who_leads(office, clerk, person):
    page = clerk.get("/behind/").content.decode()
    by_command = rows_told(office, "duties", "list", "--behind", "--as-of", DAY)
    assert table_with(page, "原文位置") == by_command
    late, slow = by_command[1:]
    assert late[1:7] == ["M001", "新建污水管网。", late[3], "逾期", "104 天", "—"], "30 June to 12 October"
    assert slow[1] == "M002" and slow[4:7] == ["滞后", "—", "—"]
    assert late[7] == "市住建局（首位）" and slow[8] == "市水利局（责任）"
    assert slow[7] == "各县（市、区）政府（首位）", "until a person confirms who leads"
    sentence = told(office, "duties", "list", "--behind", "--as-of", DAY).splitlines()[-1]
    assert sentence in page and "没有任务覆盖：高新区" in sentence and "滞后 1 条，逾期 1 条" in sentence
    for kind in ("docx", "xlsx"):
        assert cells_of(clerk.get(f"/behind/export.{kind}").content, kind)[: len(by_command)] == by_command
    own = table_with(person(Role.RESPONSIBLE).get("/behind/").content.decode(), "原文位置")
    assert [row[1] for row in own[1:]] == ["M001"], "a bureau sees its own"


def test_implied_counties_are_written_out(office, clerk):
    breakdowns.edit("M001", {"implied": ("各县（市、区）",)}, "经办")
    rows = rows_told(office, "duties", "list", "--behind", "--as-of", DAY)
    assert rows[1][9] == "乐平市（默认承担）"


def test_how_a_past_day_stood_and_who_changed_what_since(office, clerk, person):
    today = records.history("measure/M001")[0].time[:10]
    for day in (today, "2021-09-15"):
        by_command = told(office, "log", "at", day, "--kind", "measure").splitlines()
        stood, since = ([line.split("\t") for line in part if "\t" in line] for part in split(by_command))
        page = person(Role.AUDITOR).get("/log/past/", {"at": day, "kind": "measure"}).content.decode()
        assert table_with(page, "内容") == stood if len(stood) > 1 else "这一天还没有台账" in page
        if len(since) > 1:
            assert table_with(page, "现在") == since
        assert (len(stood) - 1, len(since) - 1) == ((2, 0) if day == today else (0, len(since) - 1))
    breakdowns.edit("M001", {"leader": "甲"}, "乙")
    shown = rows_told(office, "log", "at", today, "--kind", "measure")
    assert any("责任领导 甲" in cell for row in shown for cell in row)


def split(lines: list[str]) -> tuple[list[str], list[str]]:
    at = next(number for number, line in enumerate(lines) if "结束时共" in line)
    return lines[:at], lines[at + 1 :]


def test_was_it_deleted_and_who_moved_its_date(office, clerk, person):
    breakdowns.edit("M001", {"node": "2021-12-31"}, "李四", "汛情影响")
    breakdowns.split("M002", 2, "王五", "分开办")
    for subject, wanted in (("measure/M001", "时限改过 1 次"), ("measure/M002", "删过或撤下过")):
        by_command = rows_told(office, "log", "show", subject)
        page = person(Role.AUDITOR).get("/log/", {"subject": subject}).content.decode()
        assert table_with(page, "做了什么") == by_command
        sentence = told(office, "log", "show", subject).splitlines()[-1]
        assert sentence in page and wanted in sentence
    assert "李四 由 2021-06-30 改为 2021-12-31" in told(office, "log", "show", "measure/M001")
    assert "没有删过" in told(office, "log", "show", "measure/M001")
    assert "王五 拆分措施" in told(office, "log", "show", "measure/M002")
    assert "留痕里没有" in told(office, "log", "show", "measure/M777")
