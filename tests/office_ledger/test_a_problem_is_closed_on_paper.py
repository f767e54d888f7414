"""The closing form says what is there and what is missing; the public notice has its six columns and its last day."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from docx import Document

from guatu.act import closing
from guatu.act.definition import ledgers
from guatu.act.problem import Paper, Problem, Step
from guatu.act.working_days import Calendar
from guatu.office.ledger import storage
from tests.office_ledger.test_pages_and_commands_say_the_same import DAY, demo

__all__ = ["demo"]
NUMBER = "SJ-2021-360281-0007"
FORM = {
    "问题编号", "问题原文", "责任单位", "整改目标", "措施完成对照", "完成时间", "自查结论", "县级意见", "行业部门意见",
    "市级意见", "公示情况",
}  # fmt: skip
"""The lines the forms of real offices have (form_fields of the common ledger)."""


def tables(content: bytes) -> list[list[list[str]]]:
    """The tables of a Word file as text."""
    return [[[cell.text for cell in row.cells] for row in one.rows] for one in Document(io.BytesIO(content)).tables]


@pytest.mark.parametrize("name", ledgers())
def test_every_ledger_has_a_form_with_its_lines_and_papers(name: str) -> None:
    ledger = ledgers()[name]
    step = Step("register", "", ledger.initial, DAY, "经办")
    empty = Problem(ledger.id, "X-1", ledger.initial, {"text": "管网破损"}, steps=(step,))
    said = dict(closing.form_rows(ledger, empty))
    assert said.keys() >= FORM and ("上级回执" in said) == ledger.receipt
    assert said["问题原文"] == "管网破损" and said["完成时间"] == "尚未完成"
    rows = closing.paper_rows(ledger, empty)
    assert [row[1] for row in rows] == list(ledger.closing_papers) and {row[2] for row in rows} == {"缺"}


def test_the_newest_of_two_papers_stands_in_the_list() -> None:
    ledger = ledgers()["provincial_inspection"]
    papers = tuple(
        Paper("整改方案", "unit", "市住建局", date(2021, month, 1), "0" * 64, f"方案{month}.pdf", f"{month}号")
        for month in (3, 6)
    )
    found = closing.paper_rows(ledger, Problem(ledger.id, "X-1", "整改中", {}, papers=papers))
    (row,) = [one for one in found if one[2] == "有"]
    assert row[1:] == ("整改方案", "有", "方案6.pdf", "市住建局", "2021-06-01", "6号")


def test_ten_working_days_over_the_holidays_of_may() -> None:
    """Xinyu 2025: published from 28 April, the first day counted, to 14 May."""
    ledger = ledgers()["provincial_inspection"]
    assert closing.notice_term(ledger, date(2025, 4, 28), Calendar.official()) == date(2025, 5, 14)


def test_the_files_of_a_problem(demo: Any, client_of: Any) -> None:
    clerk = client_of("office_clerk")
    form, papers = tables(clerk.get(f"/problems/{NUMBER}/closing.docx").content)
    item = storage.item_of(storage.get(NUMBER))
    assert dict(form)["问题原文"] == item.fields["text"] and NUMBER in dict(form)["问题编号"]
    given = {one.kind for one in item.papers}
    assert [row[1] for row in papers[1:] if row[2] == "有"] == [
        one for one in ledgers()["provincial_inspection"].closing_papers if one in given
    ]
    told, published = tables(clerk.get(f"/problems/{NUMBER}/notice.docx?from=2021-10-12").content)
    assert (
        published[0] == ["序号", "问题描述", "整改目标", "整改时限", "整改措施", "整改完成情况"] and len(published) == 2
    )
    assert dict(told)["公示期"] == "2021年10月12日至2021年10月25日"
    refused = clerk.get(f"/problems/{NUMBER}/notice.docx?from=2035-01-04")
    assert refused.status_code == 400 and "2035" in refused.content.decode()
