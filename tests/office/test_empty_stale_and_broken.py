"""What the pages say when something lacks: no plan, no data, old data, a wrong address, a fault of the program."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from guatu.errors import WorkspaceError
from guatu.load.workspace import Workspace
from guatu.office import demo_accounts, duties, picture, snapshots
from guatu.office.models import Duty, Entry, Role, Snapshot
from tests.office import sample

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
MARK = "演示数据，非实测"


@pytest.mark.parametrize(
    ("address", "words"), [("/wall/", "还没有生效的目标"), ("/targets/", "还没有目标"), ("/tasks/", "还没有任务")]
)
def test_without_a_plan_each_page_says_how_to_begin(city, person, address, words):
    page = person(Role.OFFICE_DIRECTOR).get(address).content.decode()
    assert words in page and "guatu read" in page and MARK in page


def test_the_demo_mark_is_on_every_page_and_on_none_of_a_real_city(office, person, settings, tmp_path):
    director, administrator = person(Role.OFFICE_DIRECTOR), person(Role.ADMINISTRATOR)
    pages = [
        director.get(a)
        for a in ("/wall/", "/targets/", "/targets/T09/", "/tasks/", "/tasks/K01/", "/help/", "/log/", "/no/")
    ]
    pages += [administrator.get("/accounts/"), administrator.get("/wall/"), Client().get("/login/")]
    pages += [director.get("/explain/pm25_mean/市中心城区/2021-10-05/"), director.get("/targets/T99/")]
    assert all(MARK in page.content.decode() for page in pages)
    real = Workspace.create(tmp_path / "real", type(sample.CITY)("甲市"))
    settings.GUATU_WORKSPACE = real.folder
    assert MARK not in Client().get("/login/").content.decode() and "甲市" in Client().get("/login/").content.decode()


def test_the_login_page_names_demo_accounts_only_in_a_demo(office, settings, tmp_path):
    demo_accounts.make()
    assert demo_accounts.PASSWORD in Client().get("/login/").content.decode()
    settings.GUATU_WORKSPACE = Workspace.create(tmp_path / "real", type(sample.CITY)("甲市")).folder
    assert demo_accounts.PASSWORD not in Client().get("/login/").content.decode()


@pytest.mark.parametrize(
    ("demo", "now", "hours"),
    [
        (False, datetime(2021, 10, 12, 23, tzinfo=CHINA), 0),
        (False, datetime(2021, 10, 13, 2, 0, tzinfo=CHINA), 0),  # 26 h is still fresh
        (False, datetime(2021, 10, 13, 3, 30, tzinfo=CHINA), 27),
        (True, datetime(2026, 1, 1, tzinfo=CHINA), 0),
    ],
)
def test_data_are_stale_after_26_hours(demo, now, hours):
    assert snapshots.hours_stale({"demo": demo, "data_until": "2021-10-11"}, now) == hours


def test_a_stale_city_says_so_on_top_of_the_last_picture(office, person):
    shot = snapshots.latest()
    shot.picture["demo"] = False
    shot.save()
    page = person(Role.ANALYST).get("/targets/").content.decode()
    assert "数据停在 2021年10月11日24时" in page and "小时没有更新" in page


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/targets/T99/", "/tasks/K99/", "/explain/x/y/2021/", "/targets/export.pdf"]
)
def test_a_wrong_address_is_answered_in_words(office, person, address):
    answer = person(Role.OFFICE_DIRECTOR).get(address)
    assert answer.status_code == 404 and "没有找到这一页" in answer.content.decode()


def test_a_fault_of_the_program_is_a_page_not_a_traceback(office, person, monkeypatch):
    client = person(Role.ANALYST)
    client.raise_request_exception = False
    monkeypatch.setattr(snapshots, "hours_stale", lambda *_: 1 / 0)
    answer = client.get("/targets/")
    assert (
        answer.status_code == 500
        and "数据没有受影响" in answer.content.decode()
        and "ZeroDivision" not in answer.content.decode()
    )
    assert MARK in answer.content.decode()


def test_a_picture_is_taken_once_a_day_and_data_version(office):
    assert snapshots.refresh(office).pk == snapshots.refresh(office).pk and Snapshot.objects.count() == 1
    office.plan_path.touch()
    import os

    os.utime(office.plan_path, (1, 1))
    assert snapshots.refresh(office).pk is not None and Snapshot.objects.count() == 2


@pytest.mark.parametrize(
    "fault", [WorkspaceError.of("x", "G-TEST-02", "数据", "坏了", "算不出", "修好"), ValueError("x")]
)
def test_a_failed_picture_leaves_the_last_one(office, monkeypatch, fault):
    def broken(*_):
        raise fault

    monkeypatch.setattr(snapshots, "plan_of", broken)
    assert "G-" in snapshots.try_refresh(office) and Snapshot.objects.count() == 1


def test_numbers_in_the_picture_are_text(office):
    def floats(node):
        if isinstance(node, dict):
            return [found for key, value in node.items() if key not in ("east", "north") for found in floats(value)]
        return (
            [found for value in node for found in floats(value)]
            if isinstance(node, list)
            else [node] * isinstance(node, float)
        )

    assert floats(snapshots.latest().picture) == []


def test_duties_follow_the_plan_and_every_difference_is_logged(office):
    assert Duty.objects.count() == 30 and duties.take_over(sample.plan()) == 0
    Duty.objects.filter(code="K01").update(state=Duty.State.UNDER_WAY)
    plan = sample.plan()
    first = plan.tasks[0]
    changed = type(first)(first.id, first.outline, "改了的题目", first.text, units=("市林业局",))
    shorter = type(plan)(plan.head, plan.targets, (changed, *plan.tasks[1:-1]))
    assert duties.take_over(shorter) == 2 and Duty.objects.count() == 29
    duty = Duty.objects.get(code="K01")
    assert duty.title == "改了的题目" and duty.state == Duty.State.UNDER_WAY
    assert [(p.body, p.kind) for p in duty.parts.all()] == [("市林业局", "first")]
    assert {(e.act, e.subject) for e in Entry.objects.all()[:2]} == {("更改任务", "K01"), ("撤下任务", "K30")}


def test_places_without_figures_are_drawn_all_the_same(office, person, monkeypatch):
    monkeypatch.setattr(picture, "_value_or_none", lambda *_: None)
    shot = snapshots.latest()
    for place in shot.picture["places"]:
        place.update(figures=[], east=0, north=0)
    shot.save()
    page = person(Role.LEADER).get("/wall/").content.decode()
    assert page.count('class="area ') == 4
