"""Tables: what is sought, sorted and paged stands in the address; the file has the rows of the page; bulk and undo."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.registers import registers
from guatu.errors import ActError
from guatu.office import log, records, registering, tabled
from guatu.office.models import Role
from tests.office import duty_rows

WORDS = st.sampled_from(["—", "", "2", "10", "-3", "1,000", "2021-10-02", "甲", "乙 5"])
CELLS = st.lists(st.tuples(WORDS, st.text("ab", max_size=2)), max_size=8)


def text(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def file_rows(answer, head):
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return rows[next(at for at, row in enumerate(rows) if row and row[0] == head) + 1 :]


def test_numbers_sort_as_numbers_and_blanks_come_last_either_way():
    rows = [("10",), ("—",), ("9",), ("1,000",), ("",), ("-3 天",)]
    said = lambda sort: [row[0] for row in tabled.chosen({"sort": sort}, rows)]  # noqa: E731
    assert said("0") == ["-3 天", "9", "10", "1,000", "—", ""]
    assert said("-0") == ["1,000", "10", "9", "-3 天", "—", ""]
    assert said("7") == said("") == said("x") == [row[0] for row in rows]


@given(CELLS, st.sampled_from(["0", "-0", "1", "-1", "", "9"]), st.sampled_from(["", "a", "甲", "a b"]))
def test_nothing_is_lost_or_made_and_words_are_all_there(rows, sort, words):
    found = tabled.chosen({"sort": sort, "q": words}, rows)
    assert sorted(found) == sorted(row for row in rows if all(word in " ".join(row).lower() for word in words.split()))


@pytest.mark.django_db
def test_tasks_are_sought_sorted_and_taken_away_as_shown(office, person):
    client = person(Role.OFFICE_CLERK)
    every = client.get("/tasks/").context["table"]
    some = client.get("/tasks/?q=污水").context["table"]
    assert 0 < some.shown < every.shown
    rows = file_rows(client.get("/tasks/export.csv?q=污水&sort=-1"), "状态")
    page = client.get("/tasks/?q=污水&sort=-1").context["table"].page
    assert [row[1] for row in rows] == [one["duty"].code for one, _ in page]
    titles = [row[2] for row in file_rows(client.get("/tasks/export.csv?sort=1"), "状态")]
    assert titles == sorted(titles)
    unit = person(Role.RESPONSIBLE)
    own = file_rows(unit.get("/tasks/export.csv"), "状态")
    assert [row[1] for row in own] == [duty.code for duty in unit.get("/tasks/").context["visible"]]


@pytest.mark.django_db
def test_targets_are_sorted_by_a_column_and_sought(office, person):
    client = person(Role.ANALYST)
    figures = lambda query: [row["figure"] for row, _ in client.get(f"/targets/?{query}").context["rows"]]  # noqa: E731
    up = [float(one) for one in figures("sort=figure") if one]
    assert up == sorted(up) and len(up) > 3
    assert [float(one) for one in figures("sort=-figure") if one] == up[::-1]
    assert {row["scope"] for row, _ in client.get("/targets/?q=国控").context["rows"]} == {"国控断面"}
    assert len(file_rows(client.get("/targets/export.csv?q=国控"), "编号")) == 1


@pytest.mark.django_db
def test_the_log_is_filtered_by_person_act_and_day(office, person):
    duty_rows.put(office)
    client = person(Role.OFFICE_DIRECTOR)
    acts = {row[4] for row in client.get("/log/?act=分解任务").context["rows"]}
    assert acts == {"分解任务"}
    assert client.get("/log/?person=没有这个人").context["page"].paginator.count == 0
    assert client.get("/log/?since=2999-01-01").context["page"].paginator.count == 0
    assert client.get("/log/?until=1999-01-01").context["page"].paginator.count == 0
    assert client.get("/log/?since=昨天").status_code == 200
    new, old = ([*client.get(f"/log/{query}").context["rows"]] for query in ("", "?sort=old"))
    assert new[0][0] > old[0][0]
    rows = file_rows(client.get("/log/export.csv?act=分解任务"), "编号")
    assert {row[4] for row in rows} == {"分解任务"} and len(rows) == 2


@pytest.mark.django_db
def test_a_register_is_sought_sorted_and_taken_away_as_shown(office, person):
    duty_rows.put(office)
    for name in ("甲方案", "乙方案", "丙细则"):
        registering.add(registers()["paper"], {"name": name, "body": "市住建局"}, "试")
    client = person(Role.OFFICE_CLERK)
    table = client.get("/papers/?q=方案&sort=-3").context["table"]
    assert [row[3] for row in table.page] == ["甲方案", "乙方案"]
    assert 'aria-sort="descending"' in client.get("/papers/?sort=-3").content.decode()


@pytest.mark.django_db
def test_ticked_entries_move_together_after_a_look_and_can_be_undone(office, person):
    duty_rows.put(office)
    kind = registers()["project"]
    for name in ("一厂", "二厂"):
        registering.add(kind, {"name": name, "body": "市住建局"}, "试")
    client = person(Role.OFFICE_CLERK)
    form = {"act": "move", "name": ["G001", "G002"], "on": "2021-10-01"}
    names = list(records.of_kind("project"))
    form["name"] = names
    before = records.of_kind("project")
    page = client.post("/projects/add/", form)
    assert page.status_code == 200 and records.of_kind("project") == before, "first only a look"
    plan = page.context["plan"]
    assert [one.after for one in plan] == [kind.after(kind.states[0])] * 2
    if page.context["stuck"]:
        assert client.post("/projects/add/", {**form, "sure": "1"}).status_code == 200
        assert records.of_kind("project") == before, "all or none"
        return
    client.post("/projects/add/", {**form, "sure": "1"})
    assert {one["state"] for one in records.of_kind("project").values()} == {kind.after(kind.states[0])}
    client.post(f"/projects/{names[0]}/", {"act": "undo", "reason": "还没开工"})
    assert records.get(f"project/{names[0]}") == before[names[0]]
    assert log.verify() == ()


@pytest.mark.django_db
def test_what_cannot_move_holds_all_back_and_says_why(office, person):
    kind = registers()["paper"]
    names = [registering.add(kind, {"name": name, "body": "市住建局"}, "试") for name in ("甲", "乙")]
    client, form = person(Role.OFFICE_CLERK), {"act": "move", "name": names, "sure": "1"}
    while kind.after(records.get(f"paper/{names[0]}")["state"]) != "印发":
        assert client.post("/papers/add/", form).status_code == 302
    before = records.of_kind("paper")
    page = client.post("/papers/add/", form)
    assert "2 条还不能走" in text(page) and "文号" in text(page)
    assert records.of_kind("paper") == before
    assert "没有选" in text(client.post("/papers/add/", {"act": "move", "name": [], "sure": "1"}))
    assert person(Role.COUNTY).post("/papers/add/", form).status_code == 403


@pytest.mark.django_db
def test_undo_takes_back_the_last_change_only(office):
    kind = registers()["paper"]
    name = registering.add(kind, {"name": "甲", "body": "市住建局"}, "试")
    with pytest.raises(ActError):
        registering.undo(kind, name, "试")
    first = records.get(f"paper/{name}")
    registering.change(kind, name, {"note": "一", "due": "2021-10-01"}, "试")
    second = records.get(f"paper/{name}")
    registering.change(kind, name, {"note": "", "due": "2021-11-01"}, "试")
    registering.undo(kind, name, "试")
    assert records.get(f"paper/{name}") == second
    assert records.get(f"paper/{name}") != first


@pytest.mark.django_db
def test_the_tree_of_bodies_is_sought_and_taken_away(office, person):
    client = person(Role.OFFICE_CLERK)
    client.post("/bodies/change/", {"act": "begin"})
    rows = file_rows(client.get("/bodies/export.csv?q=乐平"), "名称")
    assert [row[0] for row in rows] == ["乐平市"]
    assert len(client.get("/bodies/?q=乐平").context["rows"]) == 1


@pytest.mark.django_db
def test_periods_of_collection_are_sorted_and_taken_away(office, person):
    duty_rows.put(office)
    client = person(Role.OFFICE_CLERK)
    rows = file_rows(client.get("/collect/export.csv"), "填报期")
    assert [row[0] for row in rows] == ["2021-09"] and "市住建局 未报" in rows[0][4]
    assert client.get("/collect/?q=没有").context["table"].shown == 0
    assert "aria-sort" in client.get("/collect/?sort=1").content.decode()
