"""A notice is uploaded, looked at field by field, checked off by the director; only then it is the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.judge.versions import plan_on, versions_of
from guatu.office import log, records
from guatu.office.models import Duty, Entry, Role
from guatu.office.reading import checking, looks, shelf
from tests.conftest import real_inputs
from tests.office_reading.conftest import AMENDMENT, NOTICE, PASSWORD, PDF

SIGNED = {"signer": "主任", "signed_on": "2021-03-11"}


def put(desk, text=NOTICE, use=shelf.ANNUAL, name="通知.txt"):
    return shelf.upload(desk, name, text.encode(), use, "clerk")


def send(client, content, name, use="年度文件"):
    return client.post("/notices/upload/", {"file": SimpleUploadedFile(name, content), "use": use}, follow=True)


def settle(desk, number):
    """Confirm whatever is left."""
    for one in looks.looked(desk, number):
        if one.state in ("有疑点", "待核"):
            looks.confirm(desk, number, one.item.id, "", "clerk")


def test_nothing_counts_before_the_check_and_everything_after(desk):
    number = put(desk)
    settle(desk, number)
    with pytest.raises(GuatuError, match="no plan"):
        plan_of(desk)
    assert not Duty.objects.exists()
    assert "已生效：目标 2 个，任务 2 项" in checking.check_off(desk, number, SIGNED, "director")
    plan = plan_of(desk)
    assert next((one.scope, one.value) for one in plan.targets) == ("市中心城区", Decimal(34))
    assert {one.entry for one in plan.confirmed} == {"doc", "T01", "T02", "K01", "K02"}
    assert {(one.by, one.was) for one in plan.confirmed} == {("clerk", "")}
    assert set(Duty.objects.values_list("code", flat=True)) == {"K01", "K02"}
    assert records.get(f"notice/{number}")["status"] == "已校核" and log.verify() == ()


def test_doubts_come_first_and_lock_the_check(desk):
    number = put(desk)
    found = looks.looked(desk, number)
    doubtful = [bool(one.item.doubts) for one in found]
    assert doubtful == sorted(doubtful, reverse=True) and doubtful[0]
    assert "T02" in [one.item.id for one in found if one.item.doubts], "10% may be cut"
    looks.confirm_rest(desk, number, "clerk")
    with pytest.raises(GuatuError) as error:
        checking.check_off(desk, number, SIGNED, "director")
    assert error.value.faults[0].code == "G-REVIEW-08" and "T02" in str(error.value.faults[0])
    assert not desk.plan_path.exists()


def test_a_correction_is_written_into_the_plan_with_who_when_and_what_was_read(desk):
    number = put(desk)
    assert looks.correct(desk, number, "T02", {"value": "90", "indicator": "黑臭水体消除比例"}, "clerk") == 2
    assert looks.correct(desk, number, "K01", {"lead": "市住建局", "units": "市住建局、市水利局"}, "clerk") == 2
    looks.correct(desk, number, "doc", {"issue_date": "2021-03-12"}, "clerk")
    looks.correct(desk, number, "T01", {"stretch": ""}, "clerk")
    settle(desk, number)
    checking.check_off(desk, number, SIGNED, "director")
    plan = plan_of(desk)
    one, two = plan.targets
    assert (two.value, two.indicator, one.stretch) == (Decimal(90), "黑臭水体消除比例", None)
    assert plan.tasks[0].lead == ("市住建局",) and plan.head.issue_date == date(2021, 3, 12)
    was = {(entry.entry, entry.field): (entry.was, entry.by) for entry in plan.confirmed if entry.field}
    assert was["T02", "value"] == ("10", "clerk") and was["doc", "issue_date"] == ("2021-03-10", "clerk")
    assert was["T01", "stretch"] == ("33", "clerk")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("T01", {"value": "三十四"}),
        ("T01", {"value": "NaN"}),
        ("T01", {"op": "=<"}),
        ("T01", {"indicator_id": "no_card"}),
        ("doc", {"issue_date": "2021-13-01"}),
        ("doc", {"year": "二〇二一"}),
    ],
)
def test_a_correction_that_cannot_be_read_back_is_refused(desk, item, said):
    number = put(desk)
    with pytest.raises(GuatuError) as error:
        looks.correct(desk, number, item, said, "clerk")
    assert error.value.faults[0].code == "G-REVIEW-04"
    assert not records.of_kind("look")


def test_what_is_set_aside_stays_out_but_no_duty_is_lost(desk):
    number = put(desk)
    looks.set_aside(desk, number, "T02", "value", "clerk", "等省里明确")
    looks.set_aside(desk, number, "K02", "", "clerk", "")
    settle(desk, number)
    checking.check_off(desk, number, SIGNED, "director")
    plan = plan_of(desk)
    assert [one.id for one in plan.targets] == ["T01"] and [one.id for one in plan.tasks] == ["K01"]
    assert next(note.text for note in plan.notes if note.code == "set-aside").endswith("等省里明确")
    orphans = [one.text for one in plan.measures if not one.task]
    assert any("秸秆禁烧巡查" in words for words in orphans), "its sentence still stands, without an owner"


def test_undo_takes_a_decision_back_and_all_of_it_is_in_the_log(desk):
    number = put(desk)
    looks.confirm(desk, number, "T01", "", "clerk")
    looks.undo(desk, number, "T01", "clerk")
    state = {one.item.id: one.state for one in looks.looked(desk, number)}
    assert state["T01"] == "待核"
    acts = [entry.act for entry in Entry.objects.filter(subject=f"look/{number}/T01").order_by("number")]
    assert acts == ["确认读出的内容", "撤销核对"] and log.verify() == ()


def test_an_entry_is_done_when_each_of_its_fields_is(desk):
    number = put(desk)
    item = next(one.item for one in looks.looked(desk, number) if one.item.id == "K02")
    for field in item.fields[:-1]:
        looks.confirm(desk, number, "K02", field.name, "clerk")
    assert next(one.state for one in looks.looked(desk, number) if one.item.id == "K02") == "待核"
    looks.confirm(desk, number, "K02", item.fields[-1].name, "clerk")
    assert next(one.state for one in looks.looked(desk, number) if one.item.id == "K02") == "已核"


def test_after_the_check_only_a_new_edition_and_the_plan_before_is_kept(desk):
    number = put(desk)
    settle(desk, number)
    checking.check_off(desk, number, SIGNED, "director")
    with pytest.raises(GuatuError, match="G-REVIEW-07"):
        looks.correct(desk, number, "T01", {"value": "33"}, "clerk")
    with pytest.raises(GuatuError, match="G-REVIEW-11"):
        checking.reopen(number, "clerk", " ")
    checking.reopen(number, "clerk", "与盖章件对照有误")
    looks.correct(desk, number, "T01", {"value": "33"}, "clerk")
    assert plan_of(desk).targets[0].value == 34, "what stands stays in force until the next check"
    words = checking.check_off(desk, number, SIGNED, "director")
    assert "plan-001.toml" in words and plan_of(desk).targets[0].value == 33
    earlier = (desk.folder / "plan" / "earlier" / "plan-001.toml").read_text()
    assert 'value = "34"' in earlier and records.get(f"notice/{number}")["edition"] == 2


def test_an_amendment_makes_a_dated_version_and_old_months_keep_the_old_number(desk):
    number = put(desk)
    settle(desk, number)
    checking.check_off(desk, number, SIGNED, "director")
    later = put(desk, AMENDMENT, shelf.AMENDING, "调整.txt")
    found = looks.looked(desk, later)
    assert [one.item.id for one in found if one.item.kind == "version"] == ["V-T01"]
    assert versions_of(desk) == ()
    settle(desk, later)
    assert "T01 自 2021-08-01 起 32" in checking.check_off(desk, later, SIGNED, "director")
    judged = {
        day: plan_on(plan_of(desk), versions_of(desk), day).targets[0].value
        for day in (date(2021, 7, 31), date(2021, 8, 1))
    }
    assert judged == {date(2021, 7, 31): Decimal(34), date(2021, 8, 1): Decimal(32)}


def test_a_version_is_corrected_or_set_aside_like_any_field(desk):
    number = put(desk)
    settle(desk, number)
    checking.check_off(desk, number, SIGNED, "director")
    later = put(desk, AMENDMENT, shelf.AMENDING, "调整.txt")
    looks.correct(desk, later, "V-T01", {"since": "2021-09-01", "level": "省"}, "clerk")
    settle(desk, later)
    checking.check_off(desk, later, SIGNED, "director")
    assert [(one.since, one.level, one.person) for one in versions_of(desk)] == [(date(2021, 9, 1), "省", "director")]
    checking.reopen(later, "clerk", "只试一次")
    looks.set_aside(desk, later, "V-T01", "", "clerk", "待核")
    assert "没有新的数" in checking.check_off(desk, later, SIGNED, "director")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("通知.exe", b"MZ\x90", "G-REVIEW-01"),
        ("通知.zip", b"PK\x03\x04", "G-REVIEW-01"),
        ("通知.txt", b"", "G-REVIEW-01"),
        ("通知.pdf", NOTICE.encode(), "G-READ-04"),
        ("通知.docx", b"PK\x03\x04 broken", "G-READ-"),
    ],
)
def test_what_is_no_notice_is_refused_in_a_sentence_and_leaves_nothing(desk, person, name, content, words):
    page = send(person(Role.OFFICE_CLERK), content, name)
    assert page.status_code == 200 and words in page.content.decode()
    assert not records.of_kind("notice") and not list((desk.folder / "plan").glob("readings/*"))


def test_the_same_file_twice_and_an_amendment_of_nothing_are_refused(desk):
    with pytest.raises(GuatuError, match="G-REVIEW-09"):
        put(desk, AMENDMENT, shelf.AMENDING)
    assert not records.of_kind("notice")
    put(desk)
    with pytest.raises(GuatuError, match="G-REVIEW-02"):
        put(desk)


def test_a_clerk_does_it_all_in_the_pages_and_the_director_signs_with_his_password(desk, person):
    clerk, director = person(Role.OFFICE_CLERK), person(Role.OFFICE_DIRECTOR)
    page = send(clerk, NOTICE.encode(), "通知.txt").content.decode()
    assert "复核解读结果" in page and "有疑点" in page and "可能漏了一位数" in page
    assert 'id="s-T01"' in page and 'href="?item=T01#card"' in page, "source and card lead to each other"
    post = "/notices/N001/look/"
    clerk.post(post, {"act": "correct", "item": "T02", "f-value": "90"})
    changed = clerk.post(post, {"act": "confirm", "item": "T01", "f-value": "35"}, follow=True).content.decode()
    assert "G-REVIEW-12" in changed, "a typed change is not thrown away by confirming"
    clerk.post(post, {"act": "confirm:value", "item": "T01"})
    clerk.post(post, {"act": "rest"})
    for one in looks.looked(desk, "N001"):
        if one.state == "有疑点":
            clerk.post(post, {"act": "confirm", "item": one.item.id})
    page = clerk.get("/notices/N001/").content.decode()
    assert "都核过了" in page and "由他本人登录后校核生效" in page
    clerk.post("/notices/N001/check/", {"signer": "王", "number": "1", "on": "2021-03-11"})
    assert not desk.plan_path.exists(), "he has an account, only he signs"
    director.post("/notices/N001/check/", {"password": "wrong"})
    assert not desk.plan_path.exists()
    director.post("/notices/N001/check/", {"password": PASSWORD})
    assert plan_of(desk).targets[1].value == 90
    assert records.get("notice/N001")["signer"] == "office_director"
    assert clerk.get("/notices/N001/original/").content == NOTICE.encode()


def test_two_who_look_at_once_do_not_overwrite_each_other(desk, person):
    put(desk)
    one, two = person(Role.OFFICE_CLERK), person(Role.OFFICE_DIRECTOR)
    stale = {"item": "T02", "version": str(records.version("look/N001/T02"))}
    one.post("/notices/N001/look/", {**stale, "act": "correct", "f-value": "90"})
    page = two.post("/notices/N001/look/", {**stale, "act": "correct", "f-value": "100"}, follow=True)
    assert "您打开之后别人改过" in page.content.decode()
    assert next(one for one in looks.looked(desk, "N001") if one.item.id == "T02").said["value"]["value"] == "90"


def test_without_an_account_of_the_director_the_clerk_records_the_paper(desk, person):
    clerk = person(Role.OFFICE_CLERK)
    settle(desk, put(desk))
    said = {"signer": "王某", "number": "景环委办〔2021〕12号", "on": "2021-03-11"}
    for lacking in (*said, "scan"):
        given = {**said, "scan": SimpleUploadedFile("签.pdf", PDF)}
        del given[lacking]
        assert "G-SIGN-04" in clerk.post("/notices/N001/check/", given, follow=True).content.decode(), lacking
    for name, content in (("签.docx", b"PK\x03\x04"), ("签.pdf", b"no pdf at all")):
        given = {**said, "scan": SimpleUploadedFile(name, content)}
        clerk.post("/notices/N001/check/", given)
    assert not desk.plan_path.exists()
    clerk.post("/notices/N001/check/", {**said, "scan": SimpleUploadedFile("签.pdf", PDF)})
    kept = records.get("notice/N001")
    assert (kept["recorded"], kept["signer"], kept["signed_on"]) == ("代录", "王某", "2021-03-11")
    entry = Entry.objects.filter(subject="notice/N001").first()
    assert (entry.person, entry.acting_for) == ("office_clerk", "王某")
    assert clerk.get("/notices/N001/signed/").content == PDF


def test_only_the_office_looks_and_nobody_else_opens_the_file(desk, person):
    put(desk)
    for role in (Role.RESPONSIBLE, Role.COUNTY, Role.ADMINISTRATOR):
        for address in ("/notices/", "/notices/N001/", "/notices/N001/original/", "/notices/N001/signed/"):
            assert person(role).get(address).status_code == 403, (role, address)
    for role in set(Role) - {Role.OFFICE_CLERK, Role.OFFICE_DIRECTOR}:
        for act in ("look", "check", "reopen"):
            assert person(role).post(f"/notices/N001/{act}/", {"act": "rest"}).status_code == 403
        assert person(role).post("/notices/upload/").status_code == 403
    page = person(Role.LEADER).get("/notices/N001/").content.decode()
    assert 'name="act"' not in page, "who only reads gets no buttons"
    assert not records.of_kind("look")


def test_the_jingdezhen_notice_is_reviewed_whole(desk):
    path = real_inputs("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt")
    number = shelf.upload(desk, path.name, path.read_bytes(), shelf.ANNUAL, "clerk")
    found = looks.looked(desk, number)
    kinds = [one.item.kind for one in found]
    assert (kinds.count("target"), kinds.count("task")) == (27, 30)
    noted = [note for one in found for note in one.item.doubts]
    asked = [note for note in shelf.opened(desk, number).plan.notes if note.kind in ("doubt", "gap")]
    assert sorted(map(repr, noted)) == sorted(map(repr, asked)), "no doubt is lost, none is shown twice"
    settle(desk, number)
    checking.check_off(desk, number, SIGNED, "director")
    assert len(plan_of(desk).targets) == 27 and Duty.objects.count() == 30
