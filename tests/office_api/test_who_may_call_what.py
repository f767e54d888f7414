"""Every operation of the interface, called by nobody and by every role: the answers are the table, none is missing."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLResolver

from guatu.office.api import reference, tokens
from guatu.office.api.urls import urlpatterns
from guatu.office.models import Account, Hand, Role
from tests.office_api.conftest import Caller

pytestmark = pytest.mark.django_db
L, D, C, A = Role.LEADER, Role.OFFICE_DIRECTOR, Role.OFFICE_CLERK, Role.ANALYST
R, X, P, U, M = Role.RESPONSIBLE, Role.COUNTY, Role.ACCEPTOR, Role.AUDITOR, Role.ADMINISTRATOR
ROLES = set(Role)
BUSINESS = ROLES - {M}
READERS = {L, D, C, A, U}
LOG = {D, C, U, M}
OWN = {"rows": {"M001": {"state": "推进中", "text": "已开工"}}}
COUNTY_OWN = {"rows": {"M002": {"state": "推进中", "text": "已排查"}}}

# (method, path of the document) -> calls: address, body, who gets 200; the others get the status after them
TABLE = {
    ("get", "/api/me"): [("/api/me", None, ROLES, 403)],
    ("get", "/api/status"): [("/api/status", None, BUSINESS, 403)],
    ("get", "/api/targets"): [("/api/targets", None, BUSINESS, 403), ("/api/targets?status=fail", None, BUSINESS, 403)],
    ("get", "/api/targets/{code}"): [("/api/targets/T02", None, BUSINESS, 403)],
    ("get", "/api/explain/{address}"): [
        ("/api/explain/pm25_mean/市中心城区/2021-10-05", None, READERS, 403),
        ("/api/explain/pm25_mean/乐平市/2021", None, READERS | {X}, 403),
    ],
    ("get", "/api/tasks"): [("/api/tasks", None, BUSINESS, 403)],
    ("get", "/api/tasks/{code}"): [
        ("/api/tasks/K01", None, READERS | {R, X}, 403),
        ("/api/tasks/K04", None, READERS | {X}, 403),
    ],
    ("get", "/api/measures"): [("/api/measures", None, BUSINESS, 403)],
    ("get", "/api/measures/{name}"): [
        ("/api/measures/M001", None, READERS | {R}, {M: 403, X: 404, P: 404}),
        ("/api/measures/M002", None, READERS | {X}, {M: 403, R: 404, P: 404}),
    ],
    ("get", "/api/registers"): [("/api/registers", None, BUSINESS, 403)],
    ("get", "/api/registers/{name}"): [("/api/registers/papers", None, BUSINESS, 403)],
    ("get", "/api/registers/{name}/{number}"): [
        ("/api/registers/papers/W001", None, READERS | {R}, {M: 403, X: 404, P: 404}),
        ("/api/registers/meetings/Y001", None, READERS | {X}, {M: 403, R: 404, P: 404}),
    ],
    ("get", "/api/collection"): [("/api/collection", None, READERS, 403)],
    ("get", "/api/collection/{period}"): [("/api/collection/2021-09", None, READERS, 403)],
    ("get", "/api/collection/{period}/own"): [("/api/collection/2021-09/own", None, {R, X}, 403)],
    ("put", "/api/collection/{period}/own"): [
        ("/api/collection/2021-09/own", OWN, {R}, {X: 422}),
        ("/api/collection/2021-09/own", COUNTY_OWN, {X}, {R: 422}),
    ],
    # nothing was sent to the head here: he is refused in words, everybody else by who he is
    ("post", "/api/collection/{period}/own/approve"): [("/api/collection/2021-09/own/approve", {}, set(), {R: 422})],
    ("post", "/api/collection/{period}/own/return"): [
        ("/api/collection/2021-09/own/return", {"reason": "数不对"}, set(), {R: 422})
    ],
    ("post", "/api/collection/{period}/own/withdraw"): [
        ("/api/collection/2021-09/own/withdraw", {}, set(), {R: 422, X: 422})
    ],
    ("post", "/api/collection/{period}/own/recall"): [
        ("/api/collection/2021-09/own/recall", {"reason": "数不对"}, set(), {R: 422})
    ],
    ("get", "/api/ledgers"): [("/api/ledgers", None, BUSINESS, 403)],
    ("get", "/api/problems"): [("/api/problems", None, BUSINESS, 403)],
    ("get", "/api/problems/{number}"): [("/api/problems/SJ-2021-360222-0001", None, READERS | {R}, 403)],
    ("get", "/api/rates"): [("/api/rates", None, READERS, 403)],
    ("get", "/api/log"): [("/api/log", None, LOG, 403)],
    ("get", "/api/log/verify"): [("/api/log/verify", None, LOG, 403)],
    ("get", "/api/log/at/{day}"): [("/api/log/at/2021-09-15", None, LOG, 403)],
}
CALLS = [(method, *call) for (method, _), calls in TABLE.items() for call in calls]


def test_the_table_has_every_operation():
    assert {(method, path) for path, method, _ in reference.operations()} == set(TABLE)


def test_every_address_is_an_operation_or_a_page_about_the_interface(filled, person):
    """The pages about tokens are everybody's own; what changes a token is a form with its CSRF token."""
    resolvers = [one for one in urlpatterns if isinstance(one, URLResolver)]
    assert {one.name for one in urlpatterns if one not in resolvers} == {
        "tokens", "tokens-make", "tokens-revoke", "api-reference", "api-schema", "api-unknown",
    }  # fmt: skip
    listed = {f"/api/{str(one.pattern).replace('path:', '')}" for one in resolvers[0].url_patterns}
    assert {re.sub("<([^>]*)>", r"{\1}", one) for one in listed} == {path for path, _, _ in reference.operations()}
    for role in ROLES:
        browser = person(role)
        assert browser.get("/tokens/").status_code == browser.get("/api/").status_code == 200
        assert browser.get("/api/openapi.json").status_code == 200 and browser.get("/tokens/make/").status_code == 405
    forging = Client(enforce_csrf_checks=True)
    forging.force_login(get_user_model().objects.get(username="leader"), "django.contrib.auth.backends.ModelBackend")
    assert forging.post("/tokens/make/", {"name": "x"}).status_code == 403
    assert forging.post("/tokens/1/revoke/").status_code == 403
    for address in ("/tokens/", "/api/"):
        assert person(None).get(address).url.startswith("/login/")
    assert person(None).get("/api/openapi.json").status_code == 401


def test_each_role_gets_what_the_table_says(filled, caller):
    programs = {role: caller(role) for role in ROLES}
    Account.objects.filter(role=R).update(hand=Hand.HEAD)
    nobody, forger = caller(None), Caller("guatu_" + "x" * 43)
    wrong = []
    for method, address, body, allowed, others in CALLS:
        for role, program in programs.items():
            answer = program(method, address, body)
            wanted = 200 if role in allowed else others.get(role, 403) if isinstance(others, dict) else others
            said = answer.json()
            spoken = wanted == 200 or (said["code"].startswith("G-") and said["message"])
            if answer.status_code != wanted or not spoken or "\\u" in answer.content.decode():
                wrong.append((method, address, role.value, answer.status_code, said))
        for program in (nobody, forger):
            if program(method, address, body).status_code != 401:
                wrong.append((method, address, "without a token that counts"))
    assert wrong == []


def test_a_token_without_the_scope_is_refused_whoever_owns_it(filled, caller):
    """The director, a unit's hand and the auditor, each with every scope but the one that is needed."""
    less = {
        scope: [caller(role, [one for one in tokens.SCOPES if one != scope]) for role in (D, R, U)]
        for scope in tokens.SCOPES
    }
    wrong = []
    for path, method, operation in reference.operations():
        scope = reference.scope_of(operation)
        for address, body, _, _ in TABLE[method, path]:
            for program in less.get(scope, ()):
                answer = program(method, address, body)
                if answer.status_code != 403 or scope not in answer.json()["message"]:
                    wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert [path for path, _, one in reference.operations() if not reference.scope_of(one)] == ["/api/me"]


def test_a_browsers_login_reads_but_writes_only_with_its_csrf_token(filled, person):
    person(R)
    user = get_user_model().objects.get(username=R.value)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = "/api/collection/2021-09/own"
    assert browser.get(address).status_code == 200
    body = {"data": json.dumps(OWN), "content_type": "application/json"}
    refused = browser.put(address, **body)
    assert refused.status_code == 403 and refused.json()["code"] == "G-API-06"
    for way in ("approve", "return"):
        assert browser.post(f"{address}/{way}", **body).json()["code"] == "G-API-06"
    browser.get("/my/")
    allowed = browser.put(address, **body, headers={"X-CSRFToken": browser.cookies["csrftoken"].value})
    assert allowed.status_code == 200, allowed.content


def test_lists_hold_only_what_concerns_the_owner(filled, caller):
    office, unit, county = caller(C), caller(R), caller(X)

    def names(program, address, key):
        return {one[key] for one in program("get", address).json()["items"]}

    assert names(office, "/api/measures", "id") == {"M001", "M002"}
    assert names(unit, "/api/measures", "id") == {"M001"} and names(county, "/api/measures", "id") == {"M002"}
    assert names(unit, "/api/registers/papers", "no") == {"W001"} and not names(county, "/api/registers/papers", "no")
    assert names(unit, "/api/problems", "number") == {"SJ-2021-360222-0001"} == names(office, "/api/problems", "number")
    assert not names(county, "/api/problems", "number")
    assert names(office, "/api/tasks?size=200", "code") > names(unit, "/api/tasks?size=200", "code") > set()
