"""Reminders by mail and robot, each once; letters from every trigger; the matrix is the office's own once confirmed."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document

from guatu.act.ladder import ladder
from guatu.act.letters import propose
from guatu.errors import ActError
from guatu.office import breakdowns, log
from guatu.office.ledger import (
    authority,
    causes,
    causes_air,
    causes_year,
    delivery,
    pressing,
    reminders,
    sending,
    storage,
)
from guatu.office.ledger.models import Notice, Problem
from tests.office_ledger.servers import Post, Robot, serving
from tests.office_ledger.test_pages_and_commands_say_the_same import DAY, demo

__all__ = ["demo"]
CAUSE = "SJ-2021-360202-0020"


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A mail server and a robot of this machine, switched on."""
    post, robot = Post(), Robot()
    with serving(post) as smtp, serving(robot) as hook:
        told = {
            "GUATU_MAIL_TO": '{"市住建局": "zjj@example.invalid", "昌江区": "cjq@example.invalid"}',
            "GUATU_MAIL_HOST": "127.0.0.1",
            "GUATU_MAIL_PORT": str(smtp),
            "GUATU_WEBHOOK": f"http://127.0.0.1:{hook}/send?key=x",
        }
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        yield post, robot


def test_each_reminder_goes_once_by_each_way(demo: Any, ways: Any) -> None:
    post, robot = ways
    made = reminders.tick(DAY)
    assert sending.send_all(DAY) == []
    texts = "\n".join(text for _, _, text in post.mails)
    mailed = [one for one in made if one.body in ("市住建局", "昌江区")]
    assert mailed and all(texts.count(one.text) == 1 for one in mailed)
    assert {to for to, _, _ in post.mails} <= {"zjj@example.invalid", "cjq@example.invalid"}
    assert all(subject.startswith("挂图作战提醒：") for _, subject, _ in post.mails)
    said = "\n".join(one["text"]["content"] for one in robot.posts)
    assert all(said.count(one.text) == 1 for one in made)
    assert all(one["msgtype"] == "text" and len(one["text"]["content"].encode()) <= 2048 for one in robot.posts)
    before = (len(post.mails), len(robot.posts))
    assert reminders.tick(DAY) == [] and sending.send_all(DAY) == []
    assert (len(post.mails), len(robot.posts)) == before
    assert all("群机器人" in sending.went(one) for one in Notice.objects.all())


def test_a_failure_is_shown_tried_again_and_given_up_to_a_person(demo: Any, ways: Any, client_of: Any) -> None:
    post, robot = ways
    robot.errcode, post.refusing = 45009, True
    reminders.tick(DAY)
    stuck = sending.send_all(DAY)
    assert len(stuck) == Notice.objects.count()
    page = client_of("office_clerk").get("/letters/reminders/").content.decode()
    assert "errcode 45009" in page and "试了 1 次" in page and "没有发出" in page
    for _ in range(sending.TRIES + 2):
        sending.send_all(DAY)
    tries = len(robot.posts)
    robot.errcode, post.refusing = 0, False
    assert sending.send_all(DAY) and len(robot.posts) == tries
    one = Notice.objects.first()
    assert client_of("leader").post("/letters/reminders/", {"pk": one.pk}).status_code == 403
    assert client_of("office_clerk").post("/letters/reminders/", {"pk": one.pk}).status_code == 302
    sending.send_all(DAY)
    one.refresh_from_db()
    assert "群机器人" in sending.went(one) and len(robot.posts) == tries + 1


def test_a_failure_of_the_day_before_goes_out_the_day_after(demo: Any, ways: Any) -> None:
    _, robot = ways
    robot.errcode = 1
    reminders.tick(DAY)
    sending.send_all(DAY)
    robot.errcode = 0
    sending.send_all(DAY + timedelta(days=1))
    assert all("群机器人" in sending.went(one) for one in Notice.objects.filter(made_on=DAY))


def test_what_was_on_its_way_when_the_machine_stopped_is_not_sent_again(demo: Any, ways: Any) -> None:
    _, robot = ways
    reminders.tick(DAY)
    one = Notice.objects.first()
    one.ways = {"群机器人": {"state": sending.SENDING, "tries": 1, "why": "", "at": "2021-10-12T08:00:00+08:00"}}
    one.save()
    stuck = sending.send_all(DAY)
    assert [each.pk for each in stuck] == [one.pk] and sending.failures(stuck[0]) == ["群机器人：不知是否发出"]
    assert not any(one.text in each["text"]["content"] for each in robot.posts)


def test_the_robot_of_dingtalk_has_its_own_form(demo: Any, ways: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, robot = ways
    monkeypatch.setenv("GUATU_WEBHOOK_FORM", "钉钉")
    reminders.tick(DAY)
    sending.send_all(DAY)
    assert all(one["at"] == {"isAtAll": False} and one["text"]["content"] for one in robot.posts)


@pytest.mark.parametrize(
    "said",
    [
        {"GUATU_WEBHOOK": "http://example.invalid/x"},
        {"GUATU_WEBHOOK": "https://example.invalid/x", "GUATU_WEBHOOK_FORM": "别的"},
        {"GUATU_MAIL_TO": "市住建局"},
        {"GUATU_MAIL_TO": '{"市住建局": 1}'},
        {"GUATU_MAIL_TO": "{}", "GUATU_MAIL_PORT": "x"},
    ],
)
def test_a_wrong_setting_is_said_in_words(said: dict[str, str]) -> None:
    with pytest.raises(ActError) as caught:
        delivery.channels(said)
    assert caught.value.codes == ("G-LEDGER-28",)


def test_the_draft_leaves_as_a_word_file_with_its_number_open(demo: Any, client_of: Any) -> None:
    answer = client_of("leader").get(f"/letters/draft/{CAUSE}/letter.docx")
    assert answer.status_code == 200 and answer["Content-Type"].endswith("wordprocessingml.document")
    document = Document(io.BytesIO(answer.content))
    text = "\n".join(one.text for one in document.paragraphs)
    for words in (
        "生态环境保护委员会办公室",
        "（文号待编）",
        "昌江区：",
        "逾期32天",
        "一、有关情况",
        "二、工作要求",
        "2021年10月22日前",
        "抄送：分管市领导。",
    ):
        assert words in text, words
    section = document.sections[0]
    assert [round(one.mm) for one in (section.top_margin, section.bottom_margin, section.left_margin)] == [37, 35, 28]
    assert "演示数据，非实测" in text


def test_the_matrix_is_a_draft_until_the_director_confirms_it(demo: Any, client_of: Any) -> None:
    found = authority.authority()
    assert found.confirmed is None and "还没有经本单位确认" in found.words
    page = client_of("office_clerk").get("/letters/authority/").content.decode()
    assert "自拟稿，待确认" in page and "依据" not in page.split("</table>")[-1]
    told: dict[str, Any] = {
        "version": "0",
        "paper": "市环委会2021年第2次会议纪要",
        "active": ["overdue_30", "hebei_last"],
    }
    told |= {
        "issuer-0": "市环委办",
        "approver-0": "市环委办主任",
        "letters-0": ["督办函"],
        "addressees-0": ["县（市、区）"],
    }
    assert client_of("office_clerk").post("/letters/authority/", told).status_code == 403
    director = client_of("office_director")
    for change, code in (
        ({"paper": ""}, "G-LEDGER-27"),
        ({"approver-0": ""}, "G-ACT-54"),
        ({"letters-0": []}, "G-ACT-54"),
    ):
        refused = director.post("/letters/authority/", {**told, **change})
        assert refused.status_code == 400 and code in refused.content.decode(), change
    assert director.post("/letters/authority/", told).status_code == 302
    found = authority.authority()
    assert found.confirmed == DAY and [row.approver for row in found.rules.matrix] == ["市环委办主任"]
    assert [one.id for one in found.rules.triggers if one.active] == ["overdue_30", "hebei_last"]
    assert director.post("/letters/authority/", told).status_code == 409  # seen: the draft, now confirmed
    drafts = pressing.proposals(Problem.objects.all(), DAY).drafts
    assert {one.letter for one in drafts} == {"督办函"} and all(
        "须经环委办确认" not in "".join(one.cautions) for one in drafts
    )
    assert [one.act for one in log.entries(authority.SUBJECT)] == ["确认发文权限表"] and log.verify() == ()


def test_every_active_trigger_has_cases_that_feed_it() -> None:
    """What the office can draw from its own data; triggers of other provinces wait until one switches them on."""
    fed = {"问题", "任务", "报送", "指标", "年度指标", "断面"}
    assert {one.subject for one in ladder().triggers if one.active} == fed


def test_late_measures_call_for_letters(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = breakdowns.Row("M009", "K01", "三/（一）/1", "补齐管网", (), lead="市住建局", node=date(2021, 9, 1))
    stand = breakdowns.Stand(row, "x", "逾期", "late", 41, "", {}, "")
    everyone = breakdowns.Stand(
        breakdowns.Row("M010", "K01", "", "各县", (), lead="各县（市、区）"), "", "逾期", "", 90, "", {}, ""
    )
    monkeypatch.setattr(breakdowns, "stands", lambda day: (stand, everyone))
    (case,) = [one for one in causes.other_cases(DAY) if one.subject == "任务"]
    (draft,) = propose(ladder(), [case], [], {}).drafts
    assert (draft.cause, draft.letter, draft.addressee) == ("任务 M009", "督办函", "市住建局")
    assert "逾期 41 天" in draft.figures[1]


def test_reports_late_several_times_running(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    collections = {f"2021-0{n}": {"due": f"2021-0{n + 1}-05"} for n in (6, 7, 8)} | {"2021-09": {"due": "2021-10-25"}}
    late = {"2021-06": ["甲局"], "2021-07": ["甲局", "乙局"], "2021-08": ["甲局", "丙局"], "2021-09": ["丁局"]}
    monkeypatch.setattr(causes.records, "of_kind", lambda kind: collections if kind == "collection" else {})

    def standings(period: str, day: date) -> list[Any]:
        names = ("甲局", "乙局", "丙局", "丁局")
        return [
            SimpleNamespace(sender=one, late=3 * (one in late[period]), first=day, word="迟报 3 天") for one in names
        ]

    monkeypatch.setattr(causes.collecting, "standings", standings)
    monkeypatch.setattr(causes.breakdowns, "stands", lambda day: ())
    cases = {one.bodies["责任单位"]: one.facts for one in causes.other_cases(DAY) if one.subject == "报送"}
    assert cases == {"甲局": {"late_running": 3}, "丙局": {"late_running": 1}}


def test_targets_lost_and_sections_past_their_aim(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    def row(n: int, **said: Any) -> dict[str, Any]:
        plain = {"id": f"T{n}", "indicator_id": "x", "indicator": "指标", "short_scope": "全市", "goal": "≤30",
                 "figure": "33", "word": "暂未达标", "class": "behind", "room": None}  # fmt: skip
        return plain | said

    room = {"outcome": "open", "bad_left": 4, "sentence": "还可超标 4 天"}
    rows = [
        row(1, room=room | {"outcome": "lost", "bad_left": None}),
        row(2, room=room | {"bad_left": -1}),
        row(3, room=room),
        row(4, **{"class": "missed"}),
        row(5, **{"class": "undecided"}, room=room | {"bad_left": -9}),
    ]
    shot = SimpleNamespace(picture={"rows": rows}, as_of=DAY, data_version="v")
    monkeypatch.setattr(causes, "BUREAU", demo.bodies[0].name if demo.bodies else "市生态环境局")
    monkeypatch.setattr(
        causes.snapshots, "opened", lambda: SimpleNamespace(bodies=[SimpleNamespace(name=causes.BUREAU)])
    )
    found = {one.cause: one for one in causes._targets(shot)}
    drafts = {one.cause: one.letter for one in propose(ladder(), found.values(), [], {}).drafts}
    assert drafts == {"目标 T1": "通报", "目标 T2": "预警函", "目标 T4": "通报"} and "目标 T5" not in found


def test_a_section_worse_than_last_year_reaches_the_warning_of_the_yangtze(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months of one section: Ⅳ twice running, last year Ⅱ; cumulative Ⅳ against Ⅱ: level one of 2018."""
    from types import SimpleNamespace

    from guatu.base.period import Period

    section = SimpleNamespace(id="a", name="甲断面", river="某河", place="昌江区", aim=3)
    grades = {"2021-09": 4, "2021-08": 4, "2021-07": 3, "2021": 4, "2020": 2}

    def now(_ws: Any, _day: date, month: Period | None = None) -> tuple[Any, ...]:
        month = month or Period.of("2021-09")
        one_month = month.first.month == month.last.month
        grade = grades[f"{month.first:%Y-%m}" if one_month else f"{month.first:%Y}"]
        return (
            SimpleNamespace(
                section=section, grade=grade, missed=grade > 3, year_ago=2, month=month, factors="总磷(0.4)"
            ),
        )

    monkeypatch.setattr(causes, "sections_now", now)
    monkeypatch.setattr(causes.snapshots, "opened", lambda: None)
    causes._of_sections.cache_clear()
    (case,) = causes._sections("v", DAY)
    causes._of_sections.cache_clear()
    assert case.facts == {
        "month_class": 4, "bad_months": 2, "month_classes_worse": 2, "cumulative_class": 4, "misses_year_target": 1,
        "cumulative_classes_worse": 2,
    }  # fmt: skip
    (draft,) = propose(ladder(), [case], [], {}).drafts
    assert draft.letter == "督办函" and draft.addressee == "昌江区" and "总磷(0.4)" in draft.figures[1]


def test_counties_ranked_by_their_air(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hebei 2017: last of the month, worse than a year before twice in the year, three times; ties share a rank."""
    from decimal import Decimal as D

    from guatu.act.ladder import settled
    from guatu.act.letters import Letter
    from guatu.base.period import Period

    months = tuple(Period.of(f"2021-0{n}") for n in range(1, 5))
    figures = {
        "甲县": [(D(30), D(28)), (D(31), D(33)), (D(40), D(35)), (D(41), D(40))],
        "乙县": [(D(30), D(31)), (D(31), D(33)), (D(40), D(45)), (D(41), D(42))],
        "丙县": [(D(20), D(19)), (D(21), None), (D(22), D(21)), (D(23), D(22))],
        "丁县": [(D(20), D(19)), (D(21), D(22)), (D(22), D(21)), (None, D(22))],
    }
    monkeypatch.setattr(causes_air, "_of_counties", lambda version, day: (months, figures))
    monkeypatch.setattr(causes_year, "county_facts", lambda version, day, place: causes_year.Known())
    sent = {"1": Letter("空气 甲县", "约谈", "甲县", "解除"), "2": Letter("空气 甲县", "约谈", "甲县", "作废")}
    facts = {one.bodies["县（市、区）"]: dict(one.facts) for one in causes_air.air_cases("v", DAY, sent)}
    assert facts == {
        "甲县": {"rank_from_bottom": 1, "worse_times": 3, "months_worse_running": 2, "talks_running": 1},
        "乙县": {"rank_from_bottom": 1, "worse_times": 0, "months_worse_running": 0, "talks_running": 0},
        "丙县": {"rank_from_bottom": 3, "talks_running": 0},
    }
    rules = settled(ladder(), ladder().matrix, ["hebei_last", "hebei_worse_2", "hebei_worse_3"])
    found = propose(rules, causes_air.air_cases("v", DAY, sent), [], {})
    assert [(one.addressee, one.letter) for one in found.drafts] == [("甲县", "约谈"), ("乙县", "预警函")]
    wanting = {one[:2]: one[2] for one in found.untold}
    assert wanting["空气 丙县", "hebei_worse_2"] == "同比变差次数（2020年2月 PM2.5 没有数）"


def test_a_letter_is_led_to_its_release_with_what_comes_back(demo: Any, client_of: Any) -> None:
    """签发 with 文号, day and scan; 送达; 反馈 with a scan; 复核; 解除 with a reason; then a new one may go."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    clerk = client_of("office_clerk")
    clerk.post(f"/letters/draft/{CAUSE}/")
    scan = b"%PDF-1.4 letter"
    way = [
        ("签发", {"number": "景环委办督〔2021〕7号", "day": "2021-10-12", "scan": scan}),
        ("送达", {"day": "2021-10-12"}),
        ("反馈", {"day": "2021-10-12", "scan": scan + b"2"}),
        ("复核", {"day": "2021-10-12", "reason": "现场看过"}),
        ("解除", {"day": "2021-10-12", "reason": "已完工"}),
    ]
    for to, said in way:
        files = {"scan": SimpleUploadedFile("a.pdf", said["scan"])} if "scan" in said else {}
        for name in said:
            told = {key: value for key, value in said.items() if key not in (name, "scan")} | {"to": to}
            told |= {} if name == "scan" else files
            refused = clerk.post("/letters/0001/step/", told)
            assert refused.status_code == 400 and "G-ACT-53" in refused.content.decode(), (to, name)
            for file in files.values():
                file.seek(0)
        assert clerk.post("/letters/0001/step/", {**said, **files, "to": to}).status_code == 302, to
    assert pressing.letters()["0001"].state == "解除"
    page = client_of("leader").get("/letters/").content.decode()
    assert "签发扫描件" in page and "现场看过" in page
    for name, content in (("签发", scan), ("反馈", scan + b"2")):
        assert b"".join(client_of("leader").get(f"/letters/0001/scans/{name}/").streaming_content) == content
    assert client_of("leader").get("/letters/0001/scans/送达/").status_code == 404
    assert clerk.post(f"/letters/draft/{CAUSE}/").status_code == 302 and len(pressing.letters()) == 2
    assert storage.get(CAUSE).state and log.verify() == ()
