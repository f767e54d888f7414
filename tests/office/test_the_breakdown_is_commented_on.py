"""Each body sees its rows and comments; the office settles each comment with a reason; then the director signs."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.errors import GuatuError
from guatu.office import breakdowns, commenting, log, records
from guatu.office.models import Account, Entry, Role
from tests.office import duty_rows
from tests.office.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SIGNED = {"signer": "主任", "signed_on": "2021-03-26"}


@pytest.fixture
def sent(office):
    """The draft of two rows, sent to the two bodies that owe them."""
    duty_rows.put(office)
    assert commenting.send("clerk", date(2021, 3, 23)) == ("市住建局", "乐平市")
    return office


def test_silence_is_not_consent(sent):
    assert [(one.body, one.word) for one in commenting.voices()] == [("市住建局", "未反馈"), ("乐平市", "未反馈")]
    commenting.no_objection("乐平市", "xianqu")
    commenting.say("市住建局", "M001", "节点推到九月", "danwei")
    assert [(one.word, one.waiting) for one in commenting.voices()] == [("1 条意见", 1), ("无意见", 0)]


def test_nothing_is_approved_while_a_comment_waits_and_a_reason_is_owed(sent):
    name = commenting.say("市住建局", "M001", "节点推到九月", "danwei")
    with pytest.raises(GuatuError, match="G-OFFICE-37"):
        breakdowns.approve("director", SIGNED)
    for answer, reason in (("采纳", " "), ("同意", "有理")):
        with pytest.raises(GuatuError, match="G-ACT-88"):
            commenting.settle(name, answer, reason, "clerk")
    commenting.settle(name, "不采纳", "文件已写明六月底", "clerk")
    breakdowns.approve("director", SIGNED)
    assert breakdowns.head()["status"] == "批准" and breakdowns.head()["signed_on"] == "2021-03-26"
    entry = Entry.objects.get(subject=f"comment/{name}", act="答复意见")
    assert (entry.person, entry.reason) == ("clerk", "文件已写明六月底") and log.verify() == ()


@pytest.mark.parametrize(
    ("body", "row", "text", "code"),
    [
        ("市住建局", "M002", "不归我们", "G-ACT-87"),
        ("市住建局", "M001", "  ", "G-ACT-86"),
        ("市林业局", "", "漏了我们", "G-OFFICE-38"),
    ],
)
def test_a_body_speaks_of_its_own_rows_only(sent, body, row, text, code):
    with pytest.raises(GuatuError, match=code):
        commenting.say(body, row, text, "somebody")
    assert commenting.comments() == ()


def test_before_and_after_the_round_nobody_comments(office):
    duty_rows.put(office)
    with pytest.raises(GuatuError, match="G-OFFICE-38"):
        commenting.say("市住建局", "M001", "早了", "danwei")
    commenting.send("clerk")
    with pytest.raises(GuatuError, match="G-OFFICE-18"):
        commenting.send("clerk")
    breakdowns.approve("director", SIGNED)
    with pytest.raises(GuatuError, match="G-OFFICE-38"):
        commenting.say("市住建局", "M001", "晚了", "danwei")


def test_it_goes_through_the_pages(sent, person):
    unit, county, clerk = person(Role.RESPONSIBLE), person(Role.COUNTY), person(Role.OFFICE_CLERK)
    unit.post("/breakdown/comments/say/", {"act": "say", "row": "M001", "text": "节点推到九月"})
    unit.post("/breakdown/comments/say/", {"act": "say", "body": "乐平市", "row": "M001", "text": "再说一句"})
    assert {one.body for one in commenting.comments()} == {"市住建局"}, "a unit speaks for itself whatever it sends"
    assert "节点推到九月" not in county.get("/breakdown/comments/").content.decode(), "each sees its own"
    assert person(Role.LEADER).post("/breakdown/comments/say/", {"act": "none"}).status_code == 403
    clerk.post("/breakdown/comments/say/", {"act": "none", "body": "乐平市"})
    paper = next(one for one in commenting.comments() if one.body == "乐平市")
    assert (paper.kind, paper.recorded) == ("无意见", "代录")
    assert "2 条意见待答复" in clerk.get("/breakdown/").content.decode()
    for one in commenting.waiting():
        clerk.post(f"/breakdown/comments/{one.id}/settle/", {"answer": "采纳", "reason": "同意"})
    person(Role.OFFICE_DIRECTOR).post("/breakdown/change/", {"act": "approve", "password": PASSWORD})
    assert breakdowns.head()["status"] == "批准"
    assert "采纳" in unit.get("/breakdown/comments/").content.decode()


def test_the_clerk_records_the_paper_only_where_the_director_has_no_account(sent, person):
    clerk, paper = person(Role.OFFICE_CLERK), {"act": "approve", "signer": "王某", "number": "1号", "on": "2021-03-26"}
    director = person(Role.OFFICE_DIRECTOR)

    def scan():
        return SimpleUploadedFile("签批.png", b"\x89PNG\r\n stamped")

    clerk.post("/breakdown/change/", {**paper, "scan": scan()})
    assert breakdowns.head()["status"] == "征求意见"
    Account.objects.get(role=Role.OFFICE_DIRECTOR).user.delete()
    del director
    future = {**paper, "on": "2999-01-01"}
    assert "不能预先签批" in clerk.post("/breakdown/change/", {**future, "scan": scan()}, follow=True).content.decode()
    clerk.post("/breakdown/change/", {**paper, "scan": scan()})
    head = records.get("breakdown/current")
    assert (head["status"], head["recorded"], head["signer"]) == ("批准", "代录", "王某")
    assert clerk.get("/breakdown/signed/").content.startswith(b"\x89PNG")
    assert person(Role.RESPONSIBLE).get("/breakdown/signed/").status_code == 403


def test_the_administrator_never_signs(sent, person):
    admin = person(Role.ADMINISTRATOR)
    answer = admin.post("/breakdown/change/", {"act": "approve", "password": PASSWORD})
    assert answer.status_code == 403 and breakdowns.head()["status"] == "征求意见"
