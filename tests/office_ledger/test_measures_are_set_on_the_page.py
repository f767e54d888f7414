"""Measures of a problem on its page: set by rows, late by their date, proved by a paper, printed and given by API."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from guatu.act.definition import ledgers
from guatu.act.problem import Person
from guatu.office import log
from guatu.office.ledger import answers, objects, storage
from guatu.office.ledger.models import PaperProof, Problem
from tests.act.people import ACCEPTOR, COUNTY, UNIT, opening

LEDGER = ledgers()["provincial_inspection"]
CLERK = Person("office_clerk", frozenset({"office_clerk"}), frozenset({"市环委办"}))


@pytest.fixture
def number(office: Any, day: Any) -> str:
    """A problem whose plan is being written, entered from an older ledger."""
    fields = {**opening(LEDGER), "county": COUNTY, "lead_unit": UNIT, "acceptance_unit": ACCEPTOR}
    row = storage.register(LEDGER, fields, CLERK)
    Problem.objects.filter(pk=row.pk).update(state="已交办")
    data = row.content.data | {"state": "已交办"}
    row.content.data = data
    row.content.save()
    return row.number


def version(number: str) -> int:
    return int(Problem.objects.get(number=number).version)


def test_rows_go_in_and_are_shown_with_what_is_late(number: str, client_of: Any, day: Any) -> None:
    unit, address = client_of("unit_contact"), f"/problems/{number}/measures/"
    form = unit.get(address).content.decode()
    assert 'name="text-0"' in form and 'name="done_when-2"' in form
    told = {"version": version(number), "text-0": "改造泵站", "unit-0": UNIT, "due-0": "2021-04-10",
            "done_when-0": "通水",
            "state-0": "推进中", "text-1": "建立巡查制度", "state-1": "未开始"}  # fmt: skip
    assert unit.post(address, told).status_code == 302
    day.now = date(2021, 4, 13)
    page = unit.get(f"/problems/{number}/").content.decode()
    assert "措施 2 条，已完成 0 条，逾期 1 条。" in page and "逾期 3 天" in page and "通水" in page
    stale = unit.post(address, told)
    assert stale.status_code == 409 and "您看到的已不是最新的" in stale.content.decode()
    said = answers.missing(Problem.objects.get(number=number), None, day.now)
    assert said.words[1] == "措施 2 条，已完成 0 条，逾期 1 条。"
    assert said.tables[2].rows[0][1:6] == ("改造泵站", UNIT, "2021-04-10", "逾期 3 天", "通水")
    done = {**told, "version": version(number), "state-0": "已完成"}
    refused = unit.post(address, done)
    assert refused.status_code == 400 and "没有佐证" in refused.content.decode()
    file = SimpleUploadedFile("照片.pdf", b"%PDF-1.4 pump")
    unit.post(f"/problems/{number}/papers/", {"version": version(number), "kind": "整改后照片", "from": f"unit/{UNIT}",
                                              "day": "2021-04-12", "file": file})  # fmt: skip
    proof = PaperProof.objects.get()
    assert unit.post(address, {**done, "version": version(number), "proof-0": proof.sha256}).status_code == 302
    page = unit.get(f"/problems/{number}/").content.decode()
    assert "已完成 1 条，没有逾期" in page and page.count(f"/papers/{proof.pk}/") == 2
    assert log.verify() == ()


def test_the_usual_form_prints_them(number: str, client_of: Any) -> None:
    unit = client_of("unit_contact")
    unit.post(f"/problems/{number}/measures/",
              {"version": version(number), "text-0": "改造泵站", "unit-0": UNIT, "due-0": "2021-04-10"})  # fmt: skip
    book = client_of("office_clerk").get("/problems/export.xlsx?ledger=provincial_inspection").content
    lines = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert lines[2][lines[1].index("整改措施")] == f"1．改造泵站（责任单位：{UNIT}；时限：2021-04-10）"
    closing = client_of("office_clerk").get(f"/problems/{number}/closing.docx")
    assert closing.status_code == 200


def test_the_plan_stands_when_it_is_approved(number: str, client_of: Any) -> None:
    unit, clerk, address = client_of("unit_contact"), client_of("office_clerk"), f"/problems/{number}/measures/"
    unit.post(address, {"version": version(number), "text-0": "改造泵站", "due-0": "2021-04-10"})
    row = Problem.objects.get(number=number)
    row.content.data = {**row.content.data, "state": "整改中"}
    row.content.save()
    assert 'type="hidden" name="text-0"' in unit.get(address).content.decode()
    later = {"version": version(number), "text-0": "改造泵站", "due-0": "2021-05-31"}
    assert "方案已定" in unit.post(address, later).content.decode()
    assert "没有写理由" in clerk.post(address, later).content.decode()
    assert clerk.post(address, {**later, "reason": "市政府同意延期"}).status_code == 302
    page = unit.get(f"/problems/{number}/").content.decode()
    assert "2021-05-31" in page and '<s class="was">2021-04-10</s>' in page


def test_the_file_of_an_object_lists_them(number: str, client_of: Any, day: Any) -> None:
    unit, clerk = client_of("unit_contact"), client_of("office_clerk")
    told = {"version": version(number), "text-0": "改造泵站", "unit-0": UNIT, "due-0": "2021-04-10"}
    unit.post(f"/problems/{number}/measures/", told)
    made = objects.register({"kind": "facility", "name": "城东泵站"}, "office_clerk")
    clerk.post(f"/problems/{number}/note/", {"version": version(number), "object_no": made})
    day.now = date(2021, 4, 13)
    page = clerk.get(f"/objects/{made}/").content.decode()
    assert "问题里的整改措施" in page and "改造泵站" in page and "逾期 3 天" in page
