"""From the notice alone, without a directory of areas: the two zones and the unnamed counties stand on the gap list."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from guatu.act.breakdown_gaps import asked_of, zones_in
from guatu.errors import GuatuError
from guatu.load.city import City
from guatu.load.workspace import Workspace
from guatu.office import breakdowns, records
from guatu.office.people import bodies
from guatu.office.reading import checking, looks, shelf
from tests.conftest import real_inputs

COUNTIES = ("昌江区", "珠山区", "乐平市", "浮梁县")


@pytest.fixture
def broken_down(tmp_path, settings, db):
    """The Jingdezhen notice read, looked at, checked off and broken down, by an office that has nothing else."""
    path = real_inputs("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt")
    ws = Workspace.create(tmp_path / "ws", City("景德镇市"))
    settings.GUATU_WORKSPACE = ws.folder
    number = shelf.upload(ws, path.name, path.read_bytes(), shelf.ANNUAL, "clerk")
    for one in looks.looked(ws, number):
        looks.confirm(ws, number, one.item.id, "", "clerk")
    checking.check_off(ws, number, {"signer": "主任", "signed_on": "2021-03-11"}, "director")
    breakdowns.begin(ws, "clerk")
    return ws


def test_zones_are_read_from_the_addressees():
    words = ("各县（市、区）人民政府", "高新区、昌南新区党工委、管委会", "市直有关单位")
    assert zones_in(words) == ("高新区", "昌南新区")
    assert zones_in(("昌江区人民政府",)) == ()


def test_the_gap_list_says_what_nobody_owns_and_what_nothing_covers(broken_down):
    found = breakdowns.all_gaps()
    kinds = Counter(gap.kind for gap in found)
    rows = breakdowns.rows()
    assert kinds["牵头未确认"] == sum(bool(row.lead) for row in rows), "no lead of the notice is confirmed by itself"
    assert kinds["没有责任单位"] == sum(not row.lead for row in rows) > 0
    whole = {(gap.kind, gap.words[:4]) for gap in found if not gap.row}
    assert whole == {("县区未登记", "“各县（"), ("未覆盖", "高新区没"), ("未覆盖", "昌南新区")}


def test_a_person_names_the_counties_and_takes_a_zone_in(broken_down):
    breakdowns.cover_zone("高新区", "clerk", "主任批示")
    breakdowns.set_counties(COUNTIES, "clerk")
    assert breakdowns.head()["counties"] == [*COUNTIES, "高新区"]
    asked = asked_of(breakdowns.rows(), breakdowns.head()["counties"])
    assert set(COUNTIES) <= set(asked) and "昌南新区" not in asked
    assert {gap.words[:4] for gap in breakdowns.all_gaps() if not gap.row} == {"昌南新区"}


def test_the_tree_of_bodies_tells_the_counties_where_it_was_kept_before(tmp_path, settings, db):
    path = real_inputs("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt")
    ws = Workspace.create(tmp_path / "ws", City("景德镇市"))
    settings.GUATU_WORKSPACE = ws.folder
    bodies.begin(ws, "clerk")
    for name in COUNTIES:
        bodies.add(name, "县级市" if name.endswith("市") else "区", bodies.CITY, None, "clerk")
    bodies.add("昌南新区", "功能区", bodies.CITY, None, "clerk")
    number = shelf.upload(ws, path.name, path.read_bytes(), shelf.ANNUAL, "clerk")
    for one in looks.looked(ws, number):
        looks.confirm(ws, number, one.item.id, "", "clerk")
    checking.check_off(ws, number, {"signer": "主任", "signed_on": "2021-03-11"}, "director")
    breakdowns.begin(ws, "clerk")
    assert set(breakdowns.head()["counties"]) == set(COUNTIES)
    assert breakdowns.head()["zones"] == ["昌南新区", "高新区"]


def test_nothing_is_overdue_before_it_has_a_node(broken_down):
    """Long after the year only rows whose node the notice or a person set are late; the others are unreported."""
    stands = breakdowns.stands(date(2030, 1, 1))
    assert {one.state for one in stands if one.row.node is None} == {"未报"}
    assert {one.state for one in stands if one.row.node is not None} == {"逾期"}
    name = next(one.row.id for one in stands if one.row.node is None)
    breakdowns.edit(name, {"node": "2021-06-30"}, "clerk")
    assert next(one for one in breakdowns.stands(date(2021, 7, 2)) if one.row.id == name).late == 2


def test_a_task_shows_measures_done_of_measures_due_and_never_a_typed_percentage(broken_down):
    rows = breakdowns.rows()
    assert breakdowns.bar(breakdowns.stands(date(2021, 1, 1)), date(2021, 1, 1)) is None, "no bar while none is due"
    for name in (rows[0].id, rows[1].id):
        breakdowns.edit(name, {"node": "2021-06-30", "done": "paper"}, "clerk")
    day = date(2021, 7, 1)
    due = sum(row.node is not None and row.node <= day for row in breakdowns.rows())
    assert breakdowns.bar(breakdowns.stands(day), day) == (0, due)
    with pytest.raises(GuatuError):
        breakdowns.edit(rows[0].id, {"percent": "80"}, "clerk")


def test_counties_after_the_approval_need_a_reason(broken_down):
    breakdowns.send_for_comment("clerk")
    breakdowns.approve("director", {"signer": "主任", "signed_on": "2021-03-26"})
    with pytest.raises(GuatuError, match="G-OFFICE-15"):
        breakdowns.set_counties(COUNTIES, "clerk")
    breakdowns.set_counties(COUNTIES, "clerk", "区划文件")
    assert records.get("breakdown/current")["counties"] == list(COUNTIES)
