"""Locks and headers: wrong passwords, forged forms, strict content policy, an append-only log, a private key."""

import stat
import subprocess
import sys

import pytest
from django.test import Client

from guatu.office import demo_accounts, log
from guatu.office.models import Entry, LogRefusedError, Role

pytestmark = pytest.mark.django_db


def test_five_wrong_passwords_lock_the_account(office):
    demo_accounts.make()
    client = Client()
    answers = [client.post("/login/", {"username": "fenxi", "password": "no"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    right = client.post("/login/", {"username": "fenxi", "password": demo_accounts.PASSWORD})
    assert (
        right.status_code == 429
        and "15 分钟" in right.content.decode()
        and "演示数据，非实测" in right.content.decode()
    )
    assert client.post("/login/", {"username": "zhuren", "password": demo_accounts.PASSWORD}).status_code == 302


def test_a_form_without_its_token_is_refused_in_words(office, person):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"username": "fenxi", "password": "x"})
    assert answer.status_code == 403 and "没有提交" in answer.content.decode()


def test_every_page_forbids_inline_script_and_style_and_has_none(office, person):
    for address in ("/wall/", "/targets/", "/targets/T02/", "/tasks/", "/help/", "/log/"):
        answer = person(Role.OFFICE_DIRECTOR).get(address)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy and "script-src 'self'" in policy and "style-src 'self'" in policy
        page = answer.content.decode()
        assert " style=" not in page and "<style" not in page and " onclick=" not in page and "javascript:" not in page
        inline = [one for one in page.split("<script")[1:] if " src=" not in one.partition(">")[0]]
        assert all('type="application/json"' in one.partition(">")[0] for one in inline)
        assert "http://" not in page and "https://" not in page
        assert answer["X-Frame-Options"] == "DENY" and answer["X-Content-Type-Options"] == "nosniff"


def test_going_back_after_the_look_never_leaves_the_site(office, person):
    answer = person(Role.ANALYST).post("/look/", {"look": "dark", "next": "https://elsewhere.example/"})
    assert answer.url == "/" and answer.cookies["look"].value == "dark"
    assert "look" not in person(Role.ANALYST).post("/look/", {"look": "<b>", "next": "/"}).cookies


def test_the_log_only_grows(db):
    entry = log.record("甲", "试", "乙")
    entry.act = "改"
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(act="改")):
        with pytest.raises(LogRefusedError):
            attempt()
    assert Entry.objects.get(pk=entry.pk).act == "试"


def test_a_cell_that_looks_like_a_formula_is_defused(office, person, monkeypatch):
    from guatu.office import export

    monkeypatch.setattr(export, "_cells", lambda row: ["=HYPERLINK(1)", "≥ 90", "@x", "-1+1", "-3.5", "--"])
    answer = person(Role.ANALYST).get("/targets/export.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1),≥ 90,'@x,'-1+1,-3.5,--" in answer


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path):
    said = [
        subprocess.run(
            [sys.executable, "-c", "from guatu.office import settings; print(settings.SECRET_KEY, settings.DEBUG)"],
            env={"GUATU_WORKSPACE": str(tmp_path), "PATH": "/usr/bin"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert said[0] == said[1] and said[0].endswith("False\n") and len(said[0]) > 50
    assert stat.S_IMODE((tmp_path / ".secret-key").stat().st_mode) == 0o600
