"""The object register: codes checked, one file an object, likely doubles shown and decided by a person."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.credit_code import check_character, wrong_with
from guatu.act.definition import ledgers
from guatu.errors import GuatuError
from guatu.office import log, records
from guatu.office.ledger import objects, storage, touching
from guatu.office.models import Record
from tests.act.people import PEOPLE, opening

# Codes printed on business licences of well-known firms.
PUBLIC = ["91110108551385082Q", "91440300708461136T", "914403001922038216", "91110000802100433B", "91110000100017643K"]
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("code", PUBLIC)
def test_published_codes_check(code: str) -> None:
    assert wrong_with(code) == "" and check_character(code[:-1]) == code[-1]


@given(code=st.sampled_from(PUBLIC), place=st.integers(0, 17), other=st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert (wrong_with(changed) == "") == (changed == code)


@pytest.mark.parametrize("code", ["", "9111010855138508", "91110108551385082q", "9111010855138508IO"])
def test_other_forms_are_refused(code: str) -> None:
    assert wrong_with(code)


def test_an_enterprise_needs_a_right_code_and_is_entered_once(office: Any) -> None:
    good = {"kind": "enterprise", "name": "某公司", "code": PUBLIC[0]}
    for change in ({"code": ""}, {"code": PUBLIC[0][:-1] + "A"}, {"name": ""}, {"longitude": "117.2"}, {"kind": "船"}):
        with pytest.raises(GuatuError) as caught:
            objects.register({**good, **change}, "经办")
        assert "G-LEDGER-22" in caught.value.codes
    number = objects.register(good, "经办")
    with pytest.raises(GuatuError) as caught:
        objects.register({**good, "name": "另一个名"}, "经办")
    assert caught.value.codes == ("G-LEDGER-23",) and number in caught.value.faults[0].what
    with pytest.raises(GuatuError):
        objects.register({"kind": "farmland", "name": "某村耕地"}, "经办")
    assert objects.register({"kind": "farmland", "name": "某村耕地", "class": "安全利用类"}, "经办") == "GD00001"
    assert log.verify() == ()


def test_doubles_are_shown_decided_and_both_kept(office: Any, client_of: Any) -> None:
    place = {"longitude": "117.20000", "latitude": "29.30000"}
    first = objects.register({"kind": "outfall", "name": "东河左岸一号口", "county": "浮梁县", **place}, "经办")
    near = {"longitude": "117.20050", "latitude": "29.30050"}
    second = objects.register({"kind": "outfall", "name": "甲", "county": "乐平市", **near}, "经办")
    objects.register(
        {"kind": "outfall", "name": "远处的排口", "county": "乐平市", "longitude": "117.5", "latitude": "29.1"}, "经办"
    )
    assert [(one.first, one.second) for one in objects.likely_same()] == [(first, second)]
    assert "相距约" in client_of("leader").get("/objects/").content.decode()
    answer = client_of("office_clerk").post("/objects/decide/", {"first": first, "second": second, "same": "yes"})
    assert answer.status_code == 302
    assert objects.likely_same() == () and Record.objects.filter(kind="object").count() == 3
    assert objects.get(first)["same_as"] == [second] and objects.get(second)["same_as"] == [first]


def test_what_touches_an_object_stands_in_its_file(office: Any, client_of: Any) -> None:
    number = objects.register({"kind": "enterprise", "name": "某陶瓷厂", "code": PUBLIC[1], "county": "乐平市"}, "经办")
    for name, points_at in (("provincial_inspection", number), ("voc", PUBLIC[1])):
        fields = opening(ledgers()[name]) | {"object_no": points_at}
        storage.register(ledgers()[name], fields, PEOPLE["office_clerk"])
    found = touching.touching(number)
    assert {one.ledger for one in found.problems} == {"provincial_inspection", "voc"}
    page = client_of("leader").get(f"/objects/{number}/").content.decode()
    assert all(one.number in page for one in found.problems)
    assert client_of("leader").post(f"/objects/{number}/", {"name": "改名"}).status_code == 403
    told = {"name": "某陶瓷有限公司", "version": str(Record.objects.get(kind="object").version)}
    assert client_of("office_clerk").post(f"/objects/{number}/", told).status_code == 302
    assert client_of("office_director").post(f"/objects/{number}/", told | {"name": "旧页"}).status_code == 409
    assert objects.get(number)["name"] == "某陶瓷有限公司"


def test_measures_and_figures_are_tied_by_a_person_never_by_a_name(
    office: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name alone offers; 关联 ties, 不是它 is not asked again, 取消关联 unties; the log says who."""
    number = objects.register({"kind": "section", "name": "鲇鱼山", "county": "昌江区"}, "经办")
    for name, text in (("M001", "鲇鱼山断面上游清理排口"), ("M002", "鲇鱼山镇农村污水"), ("M003", "别处")):
        records.change(f"measure/{name}", "x", {"text": text}, person="经办")
    figure = touching.Tie("figure", "断面/NYS", "断面 鲇鱼山", "2021年9月Ⅲ类，目标Ⅲ类")
    monkeypatch.setattr(touching, "_figures", lambda: [(figure, ("鲇鱼山", "鲶鱼山"))])
    ledger = ledgers()["provincial_inspection"]
    said = storage.register(ledger, opening(ledger) | {"title": "鲇鱼山断面旁直排"}, PEOPLE["office_clerk"])
    found = touching.touching(number)
    assert (found.problems, found.measures, found.figures) == ([], [], [])
    assert [(one.what, one.key) for one in found.offered] == [
        ("measure", "M001"), ("measure", "M002"), ("figure", "断面/NYS"), ("problem", said.number),
    ]  # fmt: skip
    clerk = client_of("office_clerk")
    for what, key, yes in (
        ("measure", "M001", "yes"), ("measure", "M002", "no"), ("figure", "断面/NYS", "yes"),
        ("problem", said.number, "yes"),
    ):  # fmt: skip
        told = {"what": what, "key": key, "yes": yes}
        assert clerk.post(f"/objects/{number}/tie/", told).status_code == 302
    found = touching.touching(number)
    assert [one.key for one in found.measures] == ["M001"] and [one.said for one in found.figures] == [figure.said]
    assert [one.number for one in found.problems] == [said.number] and found.offered == []
    page = client_of("leader").get(f"/objects/{number}/").content.decode()
    assert "鲇鱼山断面上游清理排口" in page and figure.said in page and said.number in page and "农村污水" not in page
    clerk.post(f"/objects/{number}/tie/", {"what": "measure", "key": "M001", "yes": "no"})
    assert touching.touching(number).measures == []
    wrong = clerk.post(f"/objects/{number}/tie/", {"what": "measure", "key": "M999", "yes": "yes"})
    assert wrong.status_code == 400 and "G-LEDGER-26" in wrong.content.decode()
    acts = [one.act for one in log.entries(f"object/{number}")]
    assert (
        acts == ["登记对象", "关联", "认定无关", "关联", "认定无关"] and log.verify() == () and storage.faults() == ()
    )
