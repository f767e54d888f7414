"""Every address of the office, asked by nobody and by every role: the answers are the table below."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guatu.office.models import Account, Duty, Entry, Role
from guatu.office.registering import PAGES
from tests.office import duty_rows, sample

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
L, D, C, A, R, X, P, U, M = Role  # leader, director, clerk, analyst, responsible, county, acceptor, auditor, admin
EVERYONE = set(Role)
BUSINESS = EVERYONE - {M}
READERS = {L, D, C, A, U}

# name of the address -> (an address, who gets an answer, what they get); everybody else gets 403
TABLE = {
    "home": [("/", EVERYONE, 302)],
    "wall": [("/wall/", BUSINESS, 200)],
    "targets": [("/targets/", BUSINESS, 200)],
    "targets-export": [("/targets/export.csv", BUSINESS, 200), ("/targets/export.xlsx", BUSINESS, 200)],
    "target": [("/targets/T02/", BUSINESS, 200)],
    "tasks": [("/tasks/", BUSINESS, 200)],
    "task": [
        ("/tasks/K01/", READERS | {R, X}, 200),  # owed by 市住建局, and by every county by name
        ("/tasks/K04/", READERS | {X}, 200),  # 市林业局 alone, counties implied
    ],
    "explain": [
        ("/explain/pm25_mean/市中心城区/2021-10-05/", READERS, 200),
        ("/explain/pm25_mean/乐平市/2021/", READERS | {X}, 200),
    ],
    "breakdown": [("/breakdown/", BUSINESS, 200)],
    "breakdown-annex": [("/breakdown/annex.docx", BUSINESS, 200), ("/breakdown/annex.xlsx", BUSINESS, 200)],
    "mine": [("/my/", {R, X}, 200)],
    "collections": [("/collect/", READERS, 200)],
    "collect": [("/collect/2021-09/", READERS, 200)],
    "collect-sheets": [("/collect/2021-09/sheets.zip", READERS, 200)],
    "collect-table": [("/collect/2021-09/table.docx", READERS, 200), ("/collect/2021-09/table.xlsx", READERS, 200)],
    "heap": [(f"/collect/2021-09/heaps/{duty_rows.HEAP}/", {D, C}, 200)],
    "heap-marked": [(f"/collect/2021-09/heaps/{duty_rows.HEAP}/marked.zip", {D, C}, 200)],
    "registers": [("/registers/", BUSINESS, 302)],
    "register": [(f"/{page}/", BUSINESS, 200) for page in PAGES],
    "accounts": [("/accounts/", {M}, 200)],
    "log": [("/log/", {D, C, U, M}, 200)],
    "log-past": [("/log/past/?at=2021-09-15", {D, C, U, M}, 200)],
    "help": [("/help/", EVERYONE, 200)],
}
POSTS = {"accounts-switch": {M}, "logout": EVERYONE, "look": EVERYONE}
OFFICE_POSTS = {
    "breakdown-begin": "/breakdown/begin/",
    "breakdown-change": "/breakdown/change/",
    "measure-edit": "/breakdown/M001/edit/",
    "measure-split": "/breakdown/M001/split/",
    "collections-begin": "/collect/begin/",
    "collect-upload": "/collect/2021-09/upload/",
    "collect-verify": "/collect/2021-09/verify/",
    "register-add": "/papers/add/",
}
# rows of the breakdown: seen by those who see all tasks and by the bodies that report on them, others find nothing
ROWS = {
    "measure": [("/breakdown/M001/", READERS | {R}), ("/breakdown/M002/", READERS | {X})],
    "entry-file": [("/sessions/H001/file/", READERS | {R})],
    "entry": [("/papers/W001/", READERS | {R}), ("/meetings/Y001/", READERS | {X})],
}
OPEN = {"login", "look", "favicon", "logout"}


@pytest.mark.parametrize(("address", "allowed", "status"), [row for rows in TABLE.values() for row in rows])
def test_each_role_gets_what_the_table_says(office, person, address, allowed, status):
    duty_rows.put(office)
    first = Duty.objects.get(code="K01")
    first.parts.update_or_create(body="市住建局", defaults={"kind": "responsible", "position": 0})
    first.parts.update_or_create(body="乐平市政府", defaults={"kind": "responsible", "position": 9})
    Duty.objects.get(code="K04").parts.filter(body="市住建局").delete()
    for role in Role:
        answer = person(role).get(address)
        assert answer.status_code == (status if role in allowed else 403), (address, role)
        if role not in allowed:
            assert role.label in answer.content.decode(), "the refusal names the reader's own role"
    answer = person(None).get(address)
    assert answer.status_code == 302 and answer.url.startswith("/login/?next=")


@pytest.mark.parametrize("address", OFFICE_POSTS.values())
def test_only_the_committee_office_changes_duties_and_only_by_a_form(office, person, address):
    duty_rows.put(office)
    for role in set(Role) - {D, C}:
        assert person(role).post(address).status_code == 403, role
    for role in (D, C):
        assert person(role).get(address).status_code == 405
        assert person(role).post(address).status_code == 302
        forging = Client(enforce_csrf_checks=True)
        forging.force_login(person(role) and User.objects.get(username=role.value), BACKEND)
        assert forging.post(address).status_code == 403, "a form without its token"
    assert person(None).post(address).url.startswith("/login/")


@pytest.mark.parametrize(("address", "allowed"), [row for rows in ROWS.values() for row in rows])
def test_a_row_is_seen_by_those_it_concerns(office, person, address, allowed):
    duty_rows.put(office)
    for role in BUSINESS:
        assert person(role).get(address).status_code == (200 if role in allowed else 404), role
    assert person(M).get(address).status_code == 403
    listed = person(R).get("/breakdown/").content.decode()
    assert 'href="/breakdown/M001/"' in listed and 'href="/breakdown/M002/"' not in listed


def test_changing_an_account_is_the_administrators_and_is_logged(office, person):
    for role in Role:
        person(role)
    other = Account.objects.get(role=Role.LEADER)
    for role in set(Role) - {M}:
        assert person(role).post(f"/accounts/{other.pk}/switch/").status_code == 403
    assert person(None).post(f"/accounts/{other.pk}/switch/").status_code == 302
    assert person(M).get(f"/accounts/{other.pk}/switch/").status_code == 405
    assert person(M).post(f"/accounts/{other.pk}/switch/").status_code == 302
    other.user.refresh_from_db()
    entry = Entry.objects.first()
    assert not other.user.is_active
    assert (entry.person, entry.act, entry.subject, entry.old, entry.new) == (
        "administrator",
        "停用账号",
        "leader",
        {"active": True},
        {"active": False},
    )
    own = Account.objects.get(role=M)
    person(M).post(f"/accounts/{own.pk}/switch/")
    own.user.refresh_from_db()
    assert own.user.is_active, "nobody locks himself out"


def test_a_unit_and_a_county_list_only_what_they_owe(office, person):
    named = {task.id for task in sample.plan().tasks if "市住建局" in task.units}
    together = {task.id for task in sample.plan().tasks if task.implicit_units}
    for role, owed in ((R, named), (X, together)):
        page = person(role).get("/tasks/").content.decode()
        assert {code for code in (task.id for task in sample.plan().tasks) if f'href="/tasks/{code}/"' in page} == owed


def test_a_user_without_a_role_sees_help_only(office, db, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody"), "django.contrib.auth.backends.ModelBackend")
    assert client.get("/").url == "/help/"
    assert client.get("/wall/").status_code == 403
    assert "还没有指定角色" in client.get("/help/").content.decode()
