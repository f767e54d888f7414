"""A unit's own page: measures and figures filled in, sent, withdrawn, returned, approved, recalled; late stays late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.errors import ActError
from guatu.load.figures.row import FIGURES
from guatu.load.kept import known
from guatu.office import collecting, log, own_reports, records
from guatu.office.models import Account, Entry, Role
from tests.office import duty_rows

pytestmark = pytest.mark.django_db
FIGURE = "数:town_sewage_rate@乐平市@2021Q3"
OTHER = "数:town_sewage_rate@浮梁县@2021Q3"
SAID = {"state:M001": "推进中", "text:M001": "已开工"}
NUMBERS = {f"numerator:{FIGURE}": "５５６", f"denominator:{FIGURE}": "560"}


@pytest.fixture
def contact(office, person):
    """市住建局 is asked one measure and two figures, due on 11 October; the pages stand on the 12th."""
    duty_rows.put(office)
    words = [[FIGURE, "城镇生活污水处理率 乐平市 2021Q3"], [OTHER, "城镇生活污水处理率 浮梁县 2021Q3"]]
    collecting.begin("2021-09", date(2021, 10, 11), "试", figures={"市住建局": words})
    return person(Role.RESPONSIBLE)


@pytest.fixture
def head(contact):
    user = get_user_model().objects.create_user("juzhang")
    Account.objects.create(user=user, role=Role.RESPONSIBLE, body="市住建局", hand="head")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def figures(office) -> dict[str, tuple[Decimal, Decimal]]:
    rows = known(office.data, FIGURES).iter_rows(named=True)
    return {row["place"]: (row["numerator"], row["denominator"]) for row in rows}


def mine() -> set[str]:
    both = {**collecting.stored("2021-09"), **collecting.stored_figures("2021-09")}
    return {measure for sender, measure in both if sender == "市住建局"}


def test_measures_and_figures_go_the_same_way(office, contact, head):
    page = contact.get("/my/").content.decode()
    assert "要报 1 项、2 个数" in page and "已过截止 1 天，现在报也记迟报" in page
    contact.post("/my/", {"act": "send", **SAID, **NUMBERS, f"numerator:{OTHER}": "99", f"denominator:{OTHER}": "98"})
    faulty = head.post("/my/", {"act": "approve"}, follow=True).content.decode()
    assert "城镇生活污水处理率 浮梁县 2021Q3" in faulty and "分子 99 大于分母 98" in faulty
    assert mine() == set() and figures(office) == {}, "all or nothing"
    head.post("/my/", {"act": "return", "reason": "浮梁县的数不对"})
    assert "浮梁县的数不对" in contact.get("/my/").content.decode()
    contact.post("/my/", {"act": "send", **SAID, **NUMBERS})
    head.post("/my/", {"act": "approve"})
    assert mine() == {"M001", FIGURE} and figures(office) == {"乐平市": (Decimal(556), Decimal(560))}
    page = contact.get("/my/").content.decode()
    assert "已报 1 项、1 个数" in page and "首次报送在 2021年10月12日，迟报 1 天" in page
    standing = next(one for one in collecting.standings("2021-09", date(2021, 10, 12)) if one.sender == "市住建局")
    assert standing.word == "迟报 1 天，缺 1 个数" and standing.missing == (OTHER,)


def test_what_is_sent_may_be_withdrawn_until_the_head_decides(contact, head):
    contact.post("/my/", {"act": "send", **SAID})
    refused = contact.post("/my/", {"act": "save", "state:M001": "办结"}, follow=True).content.decode()
    assert "先撤回再改" in refused
    contact.post("/my/", {"act": "withdraw"})
    assert own_reports.draft("2021-09", "市住建局")["status"] == "填报中"
    assert "还没有送审" in head.post("/my/", {"act": "approve"}, follow=True).content.decode()
    assert "没有可撤回的" in contact.post("/my/", {"act": "withdraw"}, follow=True).content.decode()
    assert Entry.objects.filter(act="撤回送审").count() == 1


def test_the_head_recalls_and_the_office_returns_and_late_stays_late(office, contact, head, person):
    contact.post("/my/", {"act": "send", **SAID, **NUMBERS})
    head.post("/my/", {"act": "approve"})
    assert "您是联络员" in contact.post("/my/", {"act": "recall", "reason": "错"}, follow=True).content.decode()
    head.post("/my/", {"act": "recall", "reason": "填错了行"})
    assert mine() == set() and figures(office) == {}
    draft = own_reports.draft("2021-09", "市住建局")
    assert draft["rows"]["M001"]["text"] == "已开工" and draft["reason"] == "填错了行"
    contact.post("/my/", {"act": "send", **SAID, **NUMBERS})
    head.post("/my/", {"act": "approve"})
    assert figures(office) == {"乐平市": (Decimal(556), Decimal(560))}, "told anew after it was taken back"
    clerk = person(Role.OFFICE_CLERK)
    asked = {"body": "市住建局", "reason": "没有附佐证"}
    assert "已退回 2 项" in clerk.post("/collect/2021-09/return/", asked, follow=True).content.decode()
    assert mine() == set() and "没有附佐证" in contact.get("/my/").content.decode()
    assert records.get("return/2021-09/市住建局") == {"first": "2021-10-12", "late": 1}, "the first day does not change"
    again = clerk.post("/collect/2021-09/return/", asked, follow=True).content.decode()
    assert "还没有报" in again and log.verify() == ()


def test_what_was_verified_is_not_taken_back(contact, head):
    said = {"state:M001": "办结", "text:M001": "已印发", "proof:M001": "甲发〔2021〕1号"}
    contact.post("/my/", {"act": "send", **said})
    head.post("/my/", {"act": "approve"})
    assert collecting.verify("2021-09", [("市住建局", "M001")], "经办", date(2021, 10, 12)) == 1
    with pytest.raises(ActError) as refused:
        own_reports.take_back("2021-09", "市住建局", "juzhang", "改主意", date(2021, 10, 12))
    assert refused.value.codes == ("G-OFFICE-64",) and mine() == {"M001"}
