"""A county hands a measure to its own bureaus and towns, and merges what comes back into its draft."""

from __future__ import annotations

from datetime import date

import pytest

from guatu.errors import GuatuError
from guatu.office import log, own_reports, records
from guatu.office.models import Entry, Hand, Role
from guatu.office.people import bodies, handing
from tests.office import duty_rows

COUNTY, PERIOD = "乐平市", "2021-09"


@pytest.fixture
def county(desk):
    """M002 is the county's, by a node and a number; two towns and a bureau stand below it."""
    duty_rows.put(desk)
    changes = {"node": "2021-09-30", "quantity": "12", "unit": "处", "done": "count"}
    records.change("measure/M002", "修改分解", changes, person="clerk")
    bodies.begin(desk, "clerk")
    for name, kind in (("镇桥镇", "乡镇"), ("众埠镇", "乡镇"), ("乐平市城管局", "部门")):
        bodies.add(name, kind, "360281", None, "clerk")
    return desk


def test_what_comes_back_goes_into_the_countys_draft_and_through_its_head(county, person):
    contact, head = person(Role.COUNTY, COUNTY), person(Role.COUNTY, COUNTY, Hand.HEAD, "head")
    for to in ("镇桥镇", "众埠镇"):
        contact.post("/handdown/act/", {"act": "down", "measure": "M002", "to": to, "node": "2021-09-20"})
    town = person(Role.RESPONSIBLE, "镇桥镇", name="zhen")
    page = town.get("/handdown/").content.decode()
    assert "整治农村黑臭水体" in page and "转办" in page
    said = {"act": "say", "owner": COUNTY, "measure": "M002", "state": "推进中", "text": "整治两处", "count": "2"}
    town.post("/handdown/act/", said)
    answer = contact.post("/handdown/act/", {"act": "merge", "measure": "M002"}, follow=True).content.decode()
    assert "众埠镇还没有回" in answer
    row = own_reports.draft(PERIOD, COUNTY)["rows"]["M002"]
    assert row["text"] == "镇桥镇：整治两处" and "count" not in row
    paper = {"act": "say", "measure": "M002", "to": "众埠镇", "state": "推进中", "text": "整治一处", "count": "1.5"}
    contact.post("/handdown/act/", paper)
    contact.post("/handdown/act/", {"act": "merge", "measure": "M002"})
    assert own_reports.draft(PERIOD, COUNTY)["rows"]["M002"]["count"] == "3.5"
    acting = dict(Entry.objects.filter(act="下级回报").values_list("person", "acting_for"))
    assert acting == {"zhen": "", "county": "众埠镇"}, "written down by the county, the log says for whom"
    own_reports.save(PERIOD, COUNTY, own_reports.draft(PERIOD, COUNTY)["rows"], "county", own_reports.SENT)
    again = contact.post("/handdown/act/", {"act": "merge", "measure": "M002"}, follow=True).content.decode()
    assert "G-HAND-26" in again
    head.post("/my/", {"act": "approve"})
    assert records.get(f"report/{PERIOD}/{COUNTY}/M002")["said"]["count"] == "3.5" and log.verify() == ()


def test_a_merge_leaves_the_other_rows_of_the_draft(county):
    records.change("measure/M001", "修改分解", {"lead": COUNTY}, person="clerk")
    asked = records.get("collection/2021-09")["asked"]
    records.change(
        "collection/2021-09", "试", {"asked": {**asked, COUNTY: [["M001", "牵头"], ["M002", "牵头"]]}}, person="t"
    )
    own_reports.save(PERIOD, COUNTY, {"M001": {"state": "推进中", "text": "另一条"}}, "county")
    handing.hand_down(COUNTY, "M002", "镇桥镇", "county")
    handing.say(PERIOD, COUNTY, "M002", "镇桥镇", {"state": "推进中", "text": "在办"}, "county", own=False)
    handing.merge(PERIOD, COUNTY, "M002", "county")
    assert own_reports.draft(PERIOD, COUNTY)["rows"]["M001"]["text"] == "另一条"


@pytest.mark.parametrize(
    ("measure", "to", "node", "code"),
    [
        ("M001", "镇桥镇", None, "G-HAND-21"),
        ("M002", "市林业局", None, "G-HAND-22"),
        ("M002", "", None, "G-HAND-22"),
        ("M002", "镇桥镇", date(2021, 10, 1), "G-HAND-23"),
    ],
)
def test_only_its_own_measures_to_its_own_bodies_and_in_time(county, measure, to, node, code):
    with pytest.raises(GuatuError, match=code):
        handing.hand_down(COUNTY, measure, to, "county", node=node)
    assert not records.of_kind("handed")


def test_who_was_not_given_it_says_nothing_and_taking_back_needs_a_reason(county, person):
    handing.hand_down(COUNTY, "M002", "镇桥镇", "county")
    stranger = person(Role.RESPONSIBLE, "众埠镇", name="zhong")
    said = {"act": "say", "owner": COUNTY, "measure": "M002", "state": "办结", "text": "冒报"}
    assert "G-HAND-24" in stranger.post("/handdown/act/", said, follow=True).content.decode()
    assert not records.of_kind("handback")
    down = {"act": "down", "measure": "M002", "to": "镇桥镇"}
    assert "G-HAND-28" in stranger.post("/handdown/act/", down, follow=True).content.decode()
    with pytest.raises(GuatuError, match="G-HAND-24"):
        handing.take_back(COUNTY, "M002", "镇桥镇", "county", " ")
    handing.take_back(COUNTY, "M002", "镇桥镇", "county", "改由城管局办")
    assert handing.parts(PERIOD, COUNTY) == {}


def test_a_county_sees_only_its_own_and_registers_its_own_bodies(county, person):
    handing.hand_down(COUNTY, "M002", "镇桥镇", "county")
    other = person(Role.COUNTY, "浮梁县", name="fuliang").get("/handdown/").content.decode()
    assert "镇桥镇" not in other
    person(Role.COUNTY, COUNTY).post("/handdown/act/", {"act": "add", "name": "涌山镇", "kind": "乡镇"})
    assert "涌山镇" in bodies.below(COUNTY)
