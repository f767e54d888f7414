"""A token is shown once, kept as a digest, acts as its owner, and ends by date, by revoking, with its owner."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office.api import tokens
from guatu.office.api.models import Token
from guatu.office.models import Entry, Role
from tests.office import sample
from tests.office_api.conftest import Caller
from tests.office_keeping.city import guatu, python

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(filled, person):
    person(Role.ANALYST)
    return get_user_model().objects.get(username="analyst")


def test_the_page_shows_a_token_once_and_keeps_its_digest_only(owner, person):
    browser = person(Role.ANALYST)
    answer = browser.post("/tokens/make/", {"name": "取数", "days": "90", "scope": ["targets:read", "tasks:read"]})
    words = re.search(r"guatu_[\w-]{43}", answer.content.decode()).group()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    made = Token.objects.get()
    assert made.digest == hashlib.sha256(words.encode()).hexdigest() and made.head == words[:12]
    assert words not in browser.get("/tokens/").content.decode()
    stored = repr([list(Token.objects.values_list()), list(Entry.objects.values_list())])
    assert words not in stored and words[12:] not in stored
    entry = Entry.objects.first()
    assert (entry.act, entry.person, entry.subject) == ("建立令牌", "analyst", "analyst")
    assert Caller(words)("get", "/api/targets").status_code == 200
    made.refresh_from_db()
    assert made.used_at is not None and "没有用过" not in browser.get("/tokens/").content.decode()
    assert Caller(words)("get", "/api/me").json() == {
        "name": "analyst", "role": "analyst", "role_word": "分析员", "body": "",
        "scopes": ["targets:read", "tasks:read"],
    }  # fmt: skip


def test_what_is_wrong_with_a_wish_is_said_at_once(owner, person):
    with pytest.raises(ActError) as refused:
        tokens.make(owner, " ", ["targets:read", "all"], 9999, "x")
    assert [fault.where for fault in refused.value.faults] == ["令牌的用途", "令牌的范围“all”", "令牌的有效期"]
    page = person(Role.ANALYST).post("/tokens/make/", {"name": "取数", "days": "90"}, follow=True).content.decode()
    assert "一项也没有选" in page and not Token.objects.exists()


@pytest.mark.parametrize("end", ["expired", "revoked", "stopped"])
def test_an_ended_token_opens_nothing(owner, person, end):
    made, words = tokens.make(owner, "取数", ["targets:read"], 1, "analyst")
    program = Caller(words)
    assert program("get", "/api/targets").status_code == 200
    if end == "expired":
        Token.objects.update(expires=date.today() - timedelta(days=2))
    elif end == "revoked":
        assert person(Role.ANALYST).post(f"/tokens/{made.pk}/revoke/").status_code == 302
        assert Entry.objects.first().act == "停用令牌"
    else:
        owner.is_active = False
        owner.save()
    assert program("get", "/api/targets").json()["code"] == "G-API-03"
    assert program("get", "/api/openapi.json").status_code == 401


def test_another_persons_token_is_not_his_to_see_or_end(owner, person):
    made, _ = tokens.make(owner, "取数专用", ["targets:read"], 30, "analyst")
    for role in (Role.LEADER, Role.OFFICE_CLERK):
        assert "取数专用" not in person(role).get("/tokens/").content.decode()
        person(role).post(f"/tokens/{made.pk}/revoke/")
        made.refresh_from_db()
        assert made.revoked_at is None
    administrator = person(Role.ADMINISTRATOR)
    assert "取数专用" in administrator.get("/tokens/").content.decode()
    administrator.post(f"/tokens/{made.pk}/revoke/")
    made.refresh_from_db()
    assert made.revoked_at is not None


def test_a_wrong_token_is_refused_even_beside_a_login(owner, person):
    browser = person(Role.ANALYST)
    assert browser.get("/api/targets").status_code == 200
    assert browser.get("/api/targets", headers={"Authorization": "Bearer guatu_no"}).status_code == 401


def test_a_token_is_made_listed_and_ended_by_command(tmp_path):
    """The token alone stands on the output, so that a script may take it; what is wrong is a sentence."""
    folder = tmp_path / "ws"
    Workspace.create(folder, sample.CITY)
    people = "import django; django.setup()\nfrom django.core.management import call_command\n"
    people += "call_command('migrate', verbosity=0)\nfrom django.contrib.auth import get_user_model\n"
    python(folder, people + "get_user_model().objects.create(username='wang')")
    made = guatu(folder, "token", "add", "wang", "--name", "取数", "--scope", "targets:read", "--days", "30")
    assert re.fullmatch(r"guatu_[\w-]{43}", made.stdout.strip()), made.stderr
    assert guatu(folder, "token", "list").stdout.strip().endswith("没有用过\t有效")
    assert made.stdout.strip() not in guatu(folder, "token", "list").stdout
    assert "已停用“取数”" in guatu(folder, "token", "revoke", "1").stdout
    assert guatu(folder, "token", "list").stdout.strip().endswith("已停用")
    for words, code in (
        (("add", "li", "--name", "x", "--scope", "targets:read"), "G-CLI-21"),
        (("add", "wang", "--name", "x", "--scope", "all"), "G-API-01"),
        (("revoke", "9"), "G-API-02"),
    ):
        said = guatu(folder, "token", *words)
        assert said.returncode == 1 and code in said.stderr, said
