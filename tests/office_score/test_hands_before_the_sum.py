"""A county assesses itself, a department scores its items, objection and review follow; every hand stays on record."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.demo.papers import page as pdf
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.office import log
from guatu.office.models import Entry, Role
from guatu.office.scoring import acting, assessing, process, sheets
from guatu.office.scoring.evidence import folder_of
from guatu.score.book import scheme
from tests.office_score.test_questions_by_page_and_by_command import (
    COUNTIES,
    DAY,
    LAST,
    command,
    text,
)

__all__ = ["command"]
ADDRESS = f"/scores/{COUNTIES}/浮梁县/"


def line(office: Workspace, item: str) -> Any:
    found = sheets.scores(office, scheme(COUNTIES), DAY).of("浮梁县").line(item)
    assert found is not None
    return found


def test_from_own_assessment_to_the_review(office: Workspace, client_of: Any) -> None:
    county, other = client_of(Role.COUNTY, "浮梁县"), client_of(Role.COUNTY, "乐平市")
    clerk, director = client_of(Role.OFFICE_CLERK), client_of(Role.OFFICE_DIRECTOR)
    department = client_of(Role.RESPONSIBLE, "市环委办")
    before = line(office, "W3").got
    proof = pdf(("污水处理月报", "演示数据，非实测"))
    said = {"item": "W3", "points": "4", "reason": "四季度达标", "proof": SimpleUploadedFile("月报.pdf", proof)}
    assert other.post(f"{ADDRESS}assess/", said).status_code == 403
    assert clerk.post(f"{ADDRESS}assess/", said).status_code == 403, "nobody assesses for the county"
    assert county.post(f"{ADDRESS}assess/", {**said, "points": "4.5"}).status_code == 400, "more than it is worth"
    assert county.post(f"{ADDRESS}assess/", {**said, "reason": " "}).status_code == 400
    said["proof"] = SimpleUploadedFile("月报.pdf", proof)
    assert county.post(f"{ADDRESS}assess/", said).status_code == 302
    assert line(office, "W3").got == before, "it stands beside and does not count"
    shown = text(county.get(ADDRESS).content)
    assert "自评 4 分" in shown and "佐证：月报.pdf" in shown
    # The department gives the points of what is judged; of what is reckoned its points stand beside.
    page = text(department.get("/scores/department/").content)
    assert "T3 述职与基础工作" in page and "浮梁县" in page and "W3" not in page
    given = {"item": "T3", "points": "5.2", "reason": "述职测评"}
    assert department.post(f"{ADDRESS}opine/", given).status_code == 302
    assert (line(office, "T3").got, line(office, "T3").reason) == (Decimal("5.20"), "述职测评")
    assert department.post(f"{ADDRESS}opine/", {**given, "item": "W3"}).status_code == 400, "not its item"
    builders = client_of(Role.RESPONSIBLE, "市住建局")
    assert builders.post(f"{ADDRESS}opine/", {"item": "W3", "points": "2.5", "reason": "缺台账"}).status_code == 302
    assert line(office, "W3").got == before
    hands = assessing.hands_of(scheme(COUNTIES), "浮梁县")
    assert hands.own["W3"].points == "4" and hands.departments["W3"]["市住建局"].points == "2.5"
    titles = {one.title for one in folder_of(
        office, scheme(COUNTIES), sheets.scores(office, scheme(COUNTIES), DAY).of("浮梁县"),
        acting.text_of(office, scheme(COUNTIES)),
    ).exhibits}  # fmt: skip
    assert "自评佐证" in titles
    # The county objects, the director decides; all four numbers stay.
    assert county.post(f"{ADDRESS}object/", {"item": "W3", "text": "台账已补"}).status_code == 302
    made = process.objections(scheme(COUNTIES), "浮梁县")[0]
    review = f"/scores/objections/{made.number}/"
    assert county.post(review, {"answer": "可以", "points": "4"}).status_code == 403
    assert director.post(review, {"answer": "补齐后认可", "points": "3.5"}).status_code == 302
    after = line(office, "W3")
    assert (after.got, after.computed) == (Decimal("3.50"), before)
    shown = text(county.get(ADDRESS).content)
    assert all(
        words in shown for words in ("自评 4 分", "市住建局 2.5 分", "3.50 ／ 4 分", f"程序算得 {before}", "补齐后认可")
    )
    acts = {one.act for one in Entry.objects.filter(subject__endswith="/浮梁县/W3")}
    assert {"自评", "部门评分", "人工评分"} <= acts and log.verify() == ()


def test_by_command_the_same(office: Workspace, command: Any, client_of: Any) -> None:
    assert "自评 3.6 分已记下" in command("score", "self", "昌江区", "W3", "3.6", "--reason", "达标", "--person", "cj")
    said = command(
        "score", "department", "昌江区", "W3", "3", "--body", "市住建局", "--reason", "核过", "--person", "zj"
    )
    assert "市住建局评 3 分" in said
    owed = command("score", "owed").splitlines()
    assert owed[0].startswith("自评：2／6 家已报，还缺 浮梁县") and "市住建局 3／12" in owed[1]
    shown = text(client_of(Role.OFFICE_CLERK).get("/scores/").content)
    assert all(one in shown for one in owed if one.startswith(("自评", "部门")))
    printed = "".join(command("score", "sheet", "昌江区").split())
    assert "3.6" in printed and "部门评分" in printed
    with pytest.raises(GuatuError) as caught:
        assessing.assess(office, scheme(LAST), "昌江区", "A1", "1", "不要求", "x")
    assert caught.value.codes == ("G-SCORING-14",)
