"""The tree of bodies in the office: taken over, renamed with a paper and a day; old months keep the old name."""

from __future__ import annotations

from datetime import date

import pytest

from guatu.errors import GuatuError
from guatu.office import breakdowns, collecting, log, records
from guatu.office.models import Account, Duty, Entry, Role
from guatu.office.people import bodies
from tests.office import duty_rows

WHY = "景府发〔2021〕30号"


@pytest.fixture
def grown(desk):
    """Two rows, an August collection, and the tree."""
    duty_rows.put(desk)
    bodies.begin(desk, "clerk")
    bodies.add("市住建局", "部门", "city", None, "clerk")
    return desk


def code_of(name):
    return next(code for code, node in bodies.tree().items() if name in node.names)


def test_places_of_the_workspace_are_taken_over_once(desk):
    assert bodies.begin(desk, "clerk") == 5 and bodies.begin(desk, "clerk") == 0
    assert {node.names[0] for node in bodies.tree().values()} == {"景德镇市", "昌江区", "珠山区", "浮梁县", "乐平市"}


def test_a_rename_takes_rows_and_accounts_along_and_leaves_old_months(grown, person):
    unit = person(Role.RESPONSIBLE, "市住建局")
    assert bodies.rename(code_of("市住建局"), "市住建和城管局", date(2021, 10, 1), "clerk", WHY) == 2
    assert records.get("measure/M001")["lead"] == "市住建和城管局"
    assert Account.objects.get(role=Role.RESPONSIBLE).body == "市住建和城管局"
    assert "市住建局" in records.get("collection/2021-09")["asked"], "September asked the body as it was called"
    collecting.begin("2021-10", date(2021, 11, 5), "clerk")
    assert set(records.get("collection/2021-10")["asked"]) == {"市住建和城管局", "乐平市"}
    assert 'href="/breakdown/M001/"' in unit.get("/breakdown/").content.decode()
    entry = Entry.objects.filter(act="单位更名", subject=f"body/{code_of('市住建局')}").get()
    assert entry.reason == WHY and log.verify() == ()


def test_what_it_said_under_the_old_name_is_not_lost(grown):
    records.change("measure/M001", "修改分解", {"confirmed": True}, person="clerk")
    row = {"said": {"state": "推进中", "text": "已开工"}, "received": "2021-10-08", "file": "表", "line": 5}
    records.change("report/2021-09/市住建局/M001", "收进展", row, person="clerk")
    bodies.rename(code_of("市住建局"), "市住建和城管局", date(2021, 10, 1), "clerk", WHY)
    stand = next(one for one in breakdowns.stands(date(2021, 10, 12)) if one.row.id == "M001")
    assert (stand.state, stand.said["text"]) == ("推进中", "已开工")
    collecting.begin("2021-10", date(2021, 11, 5), "clerk")
    asked = collecting.asked("2021-10")["市住建和城管局"]
    assert asked[0].last["text"] == "已开工", "last period's words stand grey on the new sheet"
    assert set(collecting.asked("2021-09")) == {"市住建局", "乐平市"}


def test_a_task_under_the_old_name_stays_the_bodys_own(grown, person):
    duty = Duty.objects.create(code="K01", position=0, outline="三", title="治污")
    duty.parts.create(body="市住建局", kind="responsible", position=0)
    unit = person(Role.RESPONSIBLE, "市住建局")
    assert unit.get("/tasks/K01/").status_code == 200
    bodies.rename(code_of("市住建局"), "市住建和城管局", date(2021, 10, 1), "clerk", WHY)
    assert unit.get("/tasks/K01/").status_code == 200
    assert person(Role.RESPONSIBLE, "市林业局", name="other").get("/tasks/K01/").status_code == 403


def test_the_page_shows_the_tree_of_a_past_day(grown, person):
    clerk = person(Role.OFFICE_CLERK)
    given = {"act": "rename", "code": code_of("市住建局"), "name": "市住建和城管局", "on": "2021-10-01", "reason": WHY}
    clerk.post("/bodies/change/", given)
    assert "市住建和城管局" in clerk.get("/bodies/").content.decode()
    old = clerk.get("/bodies/?at=2021-09-30").content.decode()
    assert '">市住建局</span>' in old and '">市住建和城管局</span>' not in old


@pytest.mark.parametrize(("on", "reason", "code"), [("2021-10-01", " ", "G-BODY-21"), ("2999-01-01", WHY, "G-BODY-22")])
def test_a_change_needs_its_paper_and_its_day(grown, on, reason, code):
    with pytest.raises(GuatuError, match=code):
        bodies.rename(code_of("市住建局"), "新名", date.fromisoformat(on), "clerk", reason)
    assert records.get("measure/M001")["lead"] == "市住建局"
