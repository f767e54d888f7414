"""The administrator makes accounts in the page; a first password is shown once and changed before anything else."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.office import log, records
from guatu.office.models import Account, Entry, Role

NEW = {"name": "zhaoliu", "role": "responsible", "body": "市水利局", "hand": "head"}
OWN = "shui-li-ju-2021-z"


def shown(answer):
    return re.search(r"<code>([^<]+)</code></p><p class=\"quiet\">请当面", answer.content.decode())[1]


def test_the_first_password_opens_only_the_page_that_changes_it(desk, person):
    admin = person(Role.ADMINISTRATOR)
    password = shown(admin.post("/accounts/add/", NEW))
    assert password not in admin.get("/accounts/").content.decode(), "shown once"
    client = Client()
    assert client.post("/login/", {"username": "zhaoliu", "password": password}).status_code == 302
    assert client.get("/my/").url == client.get("/tasks/").url == "/password/"
    client.post("/password/", {"old_password": password, "new_password1": OWN, "new_password2": OWN})
    assert client.get("/my/").status_code == 200 and not records.get("initial/zhaoliu")
    account = Account.objects.get(user__username="zhaoliu")
    assert (account.role, account.body, account.hand) == ("responsible", "市水利局", "head")
    said = "".join(str((one.old, one.new, one.reason)) for one in Entry.objects.all())
    assert password not in said and OWN not in said and log.verify() == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [({"name": " "}, "G-ACCOUNT-03"), ({"role": "king"}, "G-ACCOUNT-01"), ({"body": ""}, "G-ACCOUNT-02")],
)
def test_what_makes_no_account_is_refused(desk, person, change, code):
    page = person(Role.ADMINISTRATOR).post("/accounts/add/", {**NEW, **change}, follow=True).content.decode()
    assert code in page and not get_user_model().objects.filter(username="zhaoliu").exists()


def test_a_role_is_changed_and_a_forgotten_password_replaced_but_never_ones_own(desk, person):
    admin = person(Role.ADMINISTRATOR)
    admin.post("/accounts/add/", NEW)
    other = Account.objects.get(user__username="zhaoliu")
    admin.post(f"/accounts/{other.pk}/role/", {"role": "acceptor", "body": "市水利局"})
    other.refresh_from_db()
    assert (other.role, other.hand) == ("acceptor", "contact")
    password = shown(admin.post(f"/accounts/{other.pk}/first/"))
    assert get_user_model().objects.get(username="zhaoliu").check_password(password)
    own = Account.objects.get(role=Role.ADMINISTRATOR)
    for act in ("role", "first"):
        page = admin.post(f"/accounts/{own.pk}/{act}/", {"role": "office_director"}, follow=True).content.decode()
        assert "G-ACCOUNT-04" in page
    own.refresh_from_db()
    assert own.role == Role.ADMINISTRATOR, "an administrator never makes himself one who signs"
