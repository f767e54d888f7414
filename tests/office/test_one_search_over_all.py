"""One search over all: each kind is found by its words, nobody finds what is another's or who complained, and fast."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from guatu.office.ledger.models import Complainant, Concern, Problem
from guatu.office.models import Record, Role
from guatu.office.seeking import sources
from guatu.office.seeking.hits import excerpt, pieces, words_of
from tests.office import duty_rows

pytestmark = pytest.mark.django_db
DAY = date(2021, 9, 1)


def problem(number: str, title: str, *bodies: str, **more) -> Problem:
    made = Problem.objects.create(
        ledger="inspection", number=number, version=1, state="整改中", stage="整改", title=title,
        entered=DAY, last_step=DAY, **more,
    )  # fmt: skip
    Concern.objects.bulk_create(Concern(problem=made, body=body) for body in bodies)
    return made


def found(client, words: str, kind: str = "") -> str:
    return client.get("/search/", {"q": words, "kind": kind}).content.decode()


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("PM2.5 市中心城区", "/targets/T02/"),
        ("t02", "/targets/T02/"),
        ("Ｔ０２", "/targets/T02/"),
        ("M001", "/breakdown/M001/"),
        ("雨污管网错接", "/problems/SD-017/"),
        ("sd-017", "/problems/SD-017/"),
        ("演示陶瓷厂", "/objects/QY-1/"),
        ("住建", "/homes/"),
        ("乐平市", "/homes/"),
        ("W001", "/papers/W001/"),
        ("怎么读", "/help/#states"),
    ],
)  # fmt: skip
def test_each_kind_is_found_by_its_words(office, person, words, address):
    duty_rows.put(office)
    problem("SD-017", "乐平工业园雨污管网错接", "乐平市")
    Record.objects.create(
        subject="object/QY-1", kind="object", version=1, data={"kind": "enterprise", "name": "演示陶瓷厂"}
    )
    Record.objects.create(
        subject="body/B001", kind="body", version=1, data={"kind": "部门", "spells": [{"name": "市住建局"}]}
    )
    assert f'href="{address}' in found(person(Role.OFFICE_CLERK), words)


def test_a_body_finds_only_what_is_its_own(office, person):
    duty_rows.put(office)
    problem("SD-1", "雨污管网错接甲", "市住建局", lead_unit="市住建局")
    problem("SD-2", "雨污管网错接乙", "市水利局", lead_unit="市水利局")
    unit, clerk = found(person(Role.RESPONSIBLE), "雨污管网"), found(person(Role.OFFICE_CLERK), "雨污管网")
    assert "/problems/SD-1/" in unit and "/problems/SD-2/" not in unit and "错接乙" not in unit
    assert "/problems/SD-1/" in clerk and "/problems/SD-2/" in clerk
    assert 'href="/breakdown/M002/"' not in found(person(Role.RESPONSIBLE), "M002")
    assert 'href="/papers/' not in found(person(Role.COUNTY), "W001")
    administrator = found(person(Role.ADMINISTRATOR), "雨污管网")
    assert "没有找到" in administrator and "/targets/" not in found(person(Role.ADMINISTRATOR), "T02")


def test_who_complained_is_never_found(office, person):
    one = problem("XF-1", "夜间异味扰民", "乐平市")
    Complainant.objects.create(problem=one, identity="某来信人甲 13800000000")
    for role in Role:
        for words in ("某来信人甲", "13800000000"):
            assert "没有找到" in found(person(role), words), role


def test_of_thirty_thousand_problems_a_search_answers_at_once(office, person):
    Problem.objects.bulk_create(
        Problem(
            ledger="inspection", number=f"SD-{n:05d}", version=1, state="整改中", stage="整改",
            title=f"第{n}件：雨污管网错接", entered=DAY, last_step=DAY,
        )
        for n in range(30_000)
    )  # fmt: skip
    client = person(Role.OFFICE_CLERK)
    user = User.objects.get(username=Role.OFFICE_CLERK.value)
    client.get("/search/", {"q": "管网"})
    for words, number in (("管网", 30_000), ("29999", 1), ("管网 第12345件", 1), ("没有这样的词", 0)):
        began = time.process_time()
        group = sources.problems(user, words_of(words), 6)
        spent = time.process_time() - began
        assert group is not None and group.total == number
        assert spent < 0.25, f"{words}: {spent:.3f} s of processor time"
    assert "29999" in found(client, "29999")


def test_the_words_of_a_question():
    assert words_of(" ＰＭ2.5  乐平 乐平 ") == ("pm2.5", "乐平")
    assert words_of("字" * 100) == ("字" * 60,)
    assert pieces("治理雨污管网", ("雨污",)) == [("治理", False), ("雨污", True), ("管网", False)]
    assert excerpt(("雨污",), "前" * 90 + "雨污管网") == "…" + "前" * 26 + "雨污管网"


def test_nothing_asked_says_what_can_be_asked(office, person):
    page = person(Role.LEADER).get(reverse("search")).content.decode()
    assert "只找您能打开的" in page and "没有找到" not in page


def test_every_page_has_the_box_and_an_account_of_a_body_begins_at_its_own_page(office, person):
    assert 'action="/search/"' in person(Role.LEADER).get("/targets/").content.decode()
    for role in (Role.RESPONSIBLE, Role.COUNTY):
        assert person(role).get("/").url == "/homes/mine/"
