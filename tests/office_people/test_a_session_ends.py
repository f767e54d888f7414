"""A session ends after a while without an act; the page knows how long it has, and asking does not prolong it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from guatu.office.models import Entry, Role
from guatu.office.people import session_end
from tests.office_people.conftest import PASSWORD


@pytest.fixture
def clock(monkeypatch):
    """A clock the test moves on."""

    class Clock:
        now = 1_600_000_000.0

        def time(self):
            return self.now

    made = Clock()
    monkeypatch.setattr(session_end, "time", made)
    return made


def test_away_too_long_is_out_and_comes_back_to_where_he_was(desk, person, clock, settings):
    client = person(Role.OFFICE_CLERK)
    assert client.get("/help/").status_code == 200
    clock.now += settings.SESSION_IDLE + 1
    answer = client.get("/breakdown/?unit=x")
    assert answer.status_code == 302 and answer.url == "/login/?next=/breakdown/?unit=x"
    page = client.get("/login/").content.decode()
    assert "离开太久，已经退出" in page


def test_whoever_acts_stays_but_no_longer_than_a_working_day(desk, person, clock, settings):
    client = person(Role.OFFICE_CLERK)
    start = clock.now
    while clock.now - start < settings.SESSION_COOKIE_AGE - settings.SESSION_IDLE:
        assert client.get("/help/").status_code == 200
        clock.now += settings.SESSION_IDLE - 61
    clock.now = start + settings.SESSION_COOKIE_AGE + 1
    assert client.get("/help/").status_code == 302


def test_asking_how_long_does_not_count_as_an_act_but_staying_does(desk, person, clock, settings):
    client = person(Role.OFFICE_CLERK)
    client.get("/help/")
    clock.now += settings.SESSION_IDLE - 100
    assert client.get("/session/").json() == {"left": 100}
    clock.now += 50
    assert client.get("/session/").json() == {"left": 50}
    said = client.post("/session/", headers={"X-Requested-With": "fetch"}).json()
    assert said == {"left": settings.SESSION_IDLE}
    assert client.post("/session/").url == "/", "without script the button leads on"


def test_each_page_carries_the_warning_hidden_and_nothing_inline(desk, person, clock):
    page = person(Role.OFFICE_CLERK).get("/help/").content.decode()
    assert 'class="leaving"' in page and 'data-session="3600"' in page and "不得录入涉密信息" in page
    assert "<script>" not in page and "onclick" not in page


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("short1", "10"),
        ("1234567890123", "数字"),
        ("onlylettershere", "字母和数字"),
        ("office_clerk1", "相似"),
        (PASSWORD, "不能和原来的一样"),
        ("password1234567", ""),
    ],
)
def test_the_rules_of_passwords(desk, person, new, words):
    client = person(Role.OFFICE_CLERK)
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    answer = client.post("/password/", given)
    if words:
        assert answer.status_code == 200 and words in answer.content.decode()
        assert get_user_model().objects.get(username="office_clerk").check_password(PASSWORD)
    else:
        assert answer.status_code == 302


def test_changing_ones_password_ends_the_other_sessions_and_is_logged(desk, person):
    here, there = person(Role.OFFICE_CLERK), person(Role.OFFICE_CLERK)
    new = "mo-sheng-ren-bu-zhi-7"
    wrong = here.post("/password/", {"old_password": "x", "new_password1": new, "new_password2": new})
    assert wrong.status_code == 200
    here.post("/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert here.get("/password/").status_code == 200
    assert there.get("/password/").status_code == 302
    entry = Entry.objects.first()
    assert (entry.act, entry.person, entry.old, entry.new) == ("改密码", "office_clerk", {}, {})
