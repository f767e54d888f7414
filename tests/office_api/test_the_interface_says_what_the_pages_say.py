"""The figures of the interface are the pages', its refusals are sentences, its document is true and read offline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache

from guatu.office import collecting, log, records
from guatu.office.api import gate, reference, tokens
from guatu.office.models import Account, Hand, Role
from tests.office import sample

pytestmark = pytest.mark.django_db
OWN = "/api/collection/2021-09/own"


@pytest.fixture(autouse=True)
def fresh_pace():
    cache.clear()


def test_targets_are_those_of_the_exported_table(filled, caller, person):
    said = caller(Role.LEADER)("get", "/api/targets?size=200").json()
    page = person(Role.LEADER).get("/targets/export.csv?sort=doc").content.decode("utf-8-sig")
    assert said["total"] == len(sample.plan().targets) and said["pages"] == 1
    for one in said["items"]:
        line = next(
            text for text in page.splitlines() if text.split(",")[0].strip('"') == one["id"] or one["id"] in text
        )
        assert one["word"] in line and one["figure"] in line and one["goal"].split()[-1] in line
    fail = caller(Role.LEADER)("get", "/api/targets?status=fail").json()["items"]
    assert {one["id"] for one in fail} == {"T04", "T05"}
    status = caller(Role.LEADER)("get", "/api/status").json()
    assert status["counts"]["fail"] == 2 and status["as_of"] == "2021-10-11" and status["city"] == "景德镇市"


def test_an_explanation_is_the_pages_tree(filled, caller, person):
    address = "pm25_mean/市中心城区/2021-10-05"
    said = caller(Role.LEADER)("get", f"/api/explain/{address}").json()
    page = person(Role.LEADER).get(f"/explain/{address}/").content.decode()

    def texts(node):
        yield node["text"]
        for below in node["below"]:
            yield from texts(below)

    assert said["address"] == address and all(text in page for text in texts(said["why"]))
    assert caller(Role.LEADER)("get", "/api/explain/nothing/here/2021").status_code == 404


def test_lists_come_in_pages_that_lose_nothing(filled, caller):
    program = caller(Role.LEADER)
    whole = [one["id"] for one in program("get", "/api/targets?size=200").json()["items"]]
    parts, page = [], 1
    while True:
        said = program("get", f"/api/targets?size=7&page={page}").json()
        parts += [one["id"] for one in said["items"]]
        if page == said["pages"]:
            break
        page += 1
    assert parts == whole and program("get", "/api/targets?size=7&page=99").json()["items"] == []
    for bad in ("size=0", "size=201", "page=0", "page=x"):
        answer = program("get", f"/api/targets?{bad}")
        assert (
            answer.status_code == 422
            and answer.json()["code"] == "G-API-07"
            and bad.split("=")[0] in answer.json()["message"]
        ), bad


def test_a_sheet_is_filled_in_returned_sent_again_and_approved(filled, caller, person):
    contact = caller(Role.RESPONSIBLE)
    first = contact("get", OWN).json()
    assert [row["measure"] for row in first["rows"]] == ["M001"] and first["status"] == "填报中"
    said = {"rows": {"M001": {"state": "推进中", "text": "完成 3 公里"}}, "send": True}
    assert contact("put", OWN, said).json()["status"] == "送审"
    assert contact("post", f"{OWN}/approve").status_code == 403, "who fills in does not approve"
    assert contact("put", OWN, said).json()["code"] == "G-OFFICE-65", "the head has it"
    assert contact("post", f"{OWN}/withdraw").json()["status"] == "填报中"
    assert contact("put", OWN, said).json()["status"] == "送审"
    Account.objects.filter(role=Role.RESPONSIBLE).update(hand=Hand.HEAD)
    back = contact("post", f"{OWN}/return", {"reason": "写明起止"}).json()
    assert back["status"] == "退回" and back["reason"] == "写明起止"
    assert contact("post", f"{OWN}/approve").json()["code"] == "G-OFFICE-34"
    contact("put", OWN, said)
    assert contact("post", f"{OWN}/approve").json() == {"reported": 1}
    assert collecting.stored("2021-09")["市住建局", "M001"]["said"]["text"] == "完成 3 公里"
    assert "完成 3 公里" in person(Role.RESPONSIBLE).get("/my/").content.decode()
    recalled = contact("post", f"{OWN}/recall", {"reason": "数字有误"}).json()
    assert recalled["rows"][0]["reported"] == {} and recalled["rows"][0]["said"]["text"] == "完成 3 公里"
    assert log.verify() == ()


def test_what_is_not_asked_is_refused_and_nothing_is_kept(filled, caller):
    unit = caller(Role.RESPONSIBLE)
    for rows, words in (
        (
            {"M001": {"state": "推进中", "text": "好", "progress": "80%"}, "M002": {"text": "别人的"}},
            ("progress", "M002"),
        ),
        ({"M999": {"text": "没有"}}, ("M999",)),
    ):
        answer = unit("put", OWN, {"rows": rows})
        assert answer.status_code == 422 and all(word in answer.json()["message"] for word in words)
        assert len(answer.json()["faults"]) == len(words)
    assert records.get("draft/2021-09/市住建局") == {}
    for body in ([], {"rows": 3}, {}):
        assert unit("put", OWN, body).json()["code"] == "G-API-07"
    assert unit("get", "/api/collection/2031-01/own").status_code == 404
    broken = unit.client.put(OWN, data=b"{\xff", content_type="application/json", headers=unit.head)
    assert broken.status_code == 400 and broken.json()["code"] == "G-API-08"


def test_addresses_and_methods_that_do_not_exist_are_refused_in_words(filled, caller):
    program = caller(Role.LEADER)
    assert program("get", "/api/nothing").json()["code"] == "G-API-05"
    assert program("delete", "/api/targets").json()["code"] == "G-API-12"
    assert program("get", "/api/targets/T99").json()["message"].startswith("没有编号为 T99 的目标")


def test_too_many_calls_are_slowed(filled, caller, monkeypatch):
    program = caller(Role.LEADER)
    for one in reference.operations():
        for pace in one[2].throttle_objects:
            assert isinstance(pace, gate.Pace)
            monkeypatch.setattr(pace, "num_requests", 3)
    answers = [program("get", "/api/me") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[3].json()["code"] == "G-API-10" and int(answers[3]["Retry-After"]) > 0
    assert caller(Role.ANALYST)("get", "/api/me").status_code == 200, "another person has his own pace"


def test_the_document_is_openapi_31_and_names_every_answer(filled, caller):
    made = caller(Role.LEADER)("get", "/api/openapi.json").json()
    assert made["openapi"].startswith("3.1") and len(made["paths"]) == len(
        {path for path, _, _ in reference.operations()}
    )
    for path, method, _ in reference.operations():
        said = made["paths"][path][method]
        assert {"200", "401", "403", "404", "422", "429"} <= set(said["responses"]), path
        assert re.search("[\u4e00-\u9fff]", said["summary"]) and said["description"]
        for name in re.findall(r"\{(\w+)\}", path):
            assert any(one["name"] == name and one["in"] == "path" for one in said["parameters"]), path


def test_answers_are_what_the_document_says(filled, caller):
    made = reference.document()

    def fields(schema):
        name = schema.get("$ref", "").rpartition("/")[2]
        return set(made["components"]["schemas"][name]["properties"]) if name else set()

    program = caller(Role.OFFICE_CLERK)
    for address, path in (("/api/targets", "/api/targets"), ("/api/tasks", "/api/tasks"),
                          ("/api/measures/M001", "/api/measures/{name}"), ("/api/log", "/api/log"),
                          ("/api/problems/SJ-2021-360222-0001", "/api/problems/{number}")):  # fmt: skip
        schema = made["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert set(program("get", address).json()) == fields(schema), address


def test_the_reference_is_a_page_without_script_of_its_own(filled, person):
    answer = person(Role.ANALYST).get("/api/")
    page = answer.content.decode()
    assert answer.status_code == 200 and "script-src 'self'" in answer["Content-Security-Policy"]
    assert all(path in page for path, _, _ in reference.operations())
    assert not re.search(r"<script(?![^>]*src=)|style=|onclick|https?://(?!127)", page)
    assert person(None).get("/api/").status_code == 302


def test_nobody_without_a_role_gets_figures(filled, caller, django_user_model, person):
    person(Role.LEADER)
    from tests.office_api.conftest import Caller

    stray = get_user_model().objects.create_user("stray")
    program = Caller(tokens.make(stray, "试", tokens.SCOPES, 5, "x")[1])
    assert program("get", "/api/me").json()["role"] == ""
    for address in ("/api/targets", "/api/tasks", "/api/problems", "/api/log", "/api/collection", OWN):
        assert program("get", address).status_code == 403, address


def test_the_guide_lists_every_scope_and_every_call(db):
    text = (Path(__file__).parents[2] / "docs" / "interface.md").read_text(encoding="utf-8")

    def rows(name):
        part = text.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0]
        return [
            tuple(cell.strip(" `") for cell in line.strip("|").split("|")) for line in part.splitlines()[3:] if line
        ]

    assert dict(rows("scopes")) == tokens.SCOPES
    made = reference.document()["paths"]
    said = {
        (f"{method.upper()} {path}", reference.scope_of(one) or "—", made[path][method]["summary"])
        for path, method, one in reference.operations()
    }
    assert {tuple(row) for row in rows("calls")} == said
