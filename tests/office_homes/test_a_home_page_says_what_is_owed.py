"""What a county or body owes, by when: every kind, the late first, the same by command; nobody sees another's."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date

import pytest
from typer.testing import CliRunner

from guatu.act.registers import registers
from guatu.cli import app, duties
from guatu.office import registering, snapshots
from guatu.office.homes import owing
from guatu.office.ledger.models import Problem
from guatu.office.models import Role
from tests.office import sample

pytestmark = pytest.mark.django_db
DAY = date(2021, 10, 12)  # the day after the sample's last


def text(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def problem(number, body, deadline, **more):
    where = {"county": body} if body == "乐平市" else {"lead_unit": body}
    said = {"state": "整改中", "stage": "整改", "version": 1, "entered": DAY, "last_step": DAY, **where, **more}
    Problem.objects.create(ledger="inspection", number=number, title=f"问题{number}", deadline=deadline, **said)


def test_every_kind_is_there_and_the_late_first(busy):
    problem("P-1", "市住建局", date(2021, 9, 2))
    problem("P-2", "市住建局", date(2021, 10, 15))
    problem("P-3", "乐平市", date(2021, 9, 2))
    problem("P-4", "市住建局", date(2021, 9, 2), closed=True)
    registering.add(registers()["paper"], {"name": "方案", "body": "市住建局", "due": "2021-10-02"}, "试")
    found = owing.owed_by(busy, "市住建局", DAY)
    assert [(one.kind, one.number, one.late) for one in found[:3]] == [
        ("问题", "P-1", 40), ("文件", "W002", 10), ("报送表", "2021-09", 1),
    ]  # fmt: skip
    assert found[3].number == "P-2" and found[3].when(DAY) == owing.NEAR
    assert {(one.kind, one.number) for one in found[4:]} == {("措施", "M001"), ("文件", "W001"), ("会议", "H001")}


def test_a_county_owes_what_is_laid_on_all_counties_together(busy):
    found = {(one.kind, one.number) for one in owing.owed_by(busy, "乐平市", DAY)}
    assert {("措施", "M002"), ("报送表", "2021-09"), ("议定事项", "Y001")} <= found
    assert ("措施", "M001") not in found


def test_the_list_counts_what_the_pages_list(busy):
    problem("P-1", "市住建局", date(2021, 9, 2))
    counties, units = owing.names_known(busy)
    for tally in owing.tallies([*counties, *units], busy, DAY):
        mine = owing.owed_by(busy, tally.name, DAY)
        assert tally.open == sum(one.when(DAY) != owing.LONG for one in mine), tally.name
        assert tally.late == sum(one.late > 0 for one in mine)
        assert tally.days == max([one.late for one in mine], default=0)


def test_the_page_the_file_and_the_command_say_the_same(busy, person, monkeypatch):
    problem("P-1", "乐平市", date(2021, 9, 2))
    monkeypatch.setattr("guatu.cli.owes.opened", lambda _context: busy)
    monkeypatch.setattr("guatu.cli.owes.day_of", lambda _given: DAY)
    assert duties.day_of is not None
    said = CliRunner().invoke(app, ["-C", str(busy.folder), "owes", "乐平市", "--csv"])
    assert said.exit_code == 0, said.output
    command = list(csv.reader(io.StringIO(said.output)))
    client = person(Role.OFFICE_CLERK)
    table = list(csv.reader(io.StringIO(client.get("/homes/乐平市/owing.csv").content.decode("utf-8-sig"))))
    assert table[table.index(list(owing.HEADS)) :] == command
    page = client.get("/homes/乐平市/")
    assert [list(one.row) for one, _ in page.context["rows"]] == command[1:]
    assert "问题P-1" in text(page) and "逾期 40 天" in text(page)


def test_filters_live_in_the_address(busy, person):
    problem("P-1", "乐平市", date(2021, 9, 2))
    client = person(Role.LEADER)
    numbers = lambda query: [one.number for one, _ in client.get(f"/homes/乐平市/?{query}").context["rows"]]  # noqa: E731
    assert numbers("kind=问题") == ["P-1"]
    assert set(numbers("when=逾期")) == {"P-1", "2021-09"}
    assert numbers("q=P-1") == ["P-1"]
    assert numbers("kind=工程") == []
    assert client.get("/homes/?of=units&q=住建").context["rows"][0][0].name == "市住建局"
    lates = [one.late for one, _ in client.get("/homes/?sort=-late").context["rows"]]
    assert lates == sorted(lates, reverse=True)


def test_own_page_only_and_the_menu_leads_there(busy, person):
    unit, county = person(Role.RESPONSIBLE), person(Role.COUNTY)
    assert unit.get("/homes/mine/").url == "/homes/%E5%B8%82%E4%BD%8F%E5%BB%BA%E5%B1%80/"
    assert unit.get("/homes/市住建局/").status_code == 200
    assert "去填报" in text(unit.get("/homes/市住建局/"))
    for client, other in ((unit, "乐平市"), (county, "市住建局"), (person(Role.ADMINISTRATOR), "乐平市")):
        assert client.get(f"/homes/{other}/").status_code == 403
        assert client.get(f"/homes/{other}/owing.csv").status_code == 403
    assert unit.get("/homes/export.csv").status_code == 403


def test_a_name_nobody_has_is_said(busy, person):
    assert person(Role.LEADER).get("/homes/某某县/").status_code == 404


def test_a_body_that_owes_nothing_is_told_so(office, person):
    page = text(person(Role.COUNTY).get("/homes/乐平市/"))
    assert "什么都不欠" in page
    assert snapshots.latest().as_of == sample.AS_OF
