"""The table role × page × act, from the addresses themselves: a new page without a row fails here."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guatu.office.api.urls import urlpatterns as of_interface
from guatu.office.ledger.urls import urlpatterns as of_ledgers
from guatu.office.models import Role
from guatu.office.urls import urlpatterns
from tests.office.access import LETTERS, names, rooms, rows
from tests.office.test_who_may_see_what import OFFICE_POSTS, OPEN, POSTS, TABLE
from tests.office.test_who_may_see_what import ROWS as BY_BODY

pytestmark = pytest.mark.django_db
IDS = [f"{row.method} {row.address}" for row, _ in rows()]


def test_every_role_has_a_letter():
    assert set(LETTERS.values()) == set(Role)


def test_every_address_has_a_row():
    """Those of the ledgers and of the interface stand in tests/office_ledger and tests/office_api."""
    known = {row.name for row, _ in rows()} | {*TABLE, *POSTS, *OFFICE_POSTS, *BY_BODY, *OPEN}
    known |= {name for room in rooms().values() for name in getattr(room, "OPEN", ())}
    known |= {*names(of_ledgers), *names(of_interface)}
    there = set(names(urlpatterns))
    assert there - known == set(), "add rows for these addresses to a module of tests/office/access"
    assert known - there == set(), "these rows speak of addresses that are gone"


@pytest.mark.parametrize(("row", "put"), rows(), ids=IDS)
def test_each_role_gets_what_its_row_says(office, person, row, put):
    put(office)
    for role in Role:
        answer = getattr(person(role), row.method)(row.address)
        assert answer.status_code == (row.status if row.may(role) else row.refused), (row.address, role)
    answer = getattr(person(None), row.method)(row.address)
    assert answer.status_code in (302, 401), "nobody gets in without an account"
    if answer.status_code == 302:
        assert answer.url.startswith("/login/")


@pytest.mark.parametrize(("row", "put"), [one for one in rows() if one[0].method == "post"])
def test_no_act_by_a_link_or_by_a_forged_form(office, person, row, put):
    put(office)
    role = LETTERS[row.roles[0]]
    assert person(role).get(row.address).status_code in (405, 200, 404), "a link does not act"
    forging = Client(enforce_csrf_checks=True)
    forging.force_login(
        person(role) and User.objects.get(username=role.value), "django.contrib.auth.backends.ModelBackend"
    )
    assert forging.post(row.address).status_code == 403
