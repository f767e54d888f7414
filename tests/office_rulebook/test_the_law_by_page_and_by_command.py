"""The pages of the law say cell by cell what the commands say; filters live in the address."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date

import pytest
from typer.testing import CliRunner

from guatu.cli import app
from guatu.office.models import Role
from guatu.rules.register import asked, differences, entries

pytestmark = pytest.mark.django_db


def told(*words):
    done = CliRunner().invoke(app, ["rules", *words])
    assert done.exit_code == 0, done.output
    return list(csv.reader(io.StringIO(done.output)))


def rows(answer, heads):
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return table[table.index(heads) :]


def text(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode())))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", []),
        ("q=pm2.5", ["pm2.5"]),
        ("family=黑臭水体", ["--family", "黑臭水体"]),
        ("on=2026-05-01&q=gb3095", ["gb3095", "--on", "2026-05-01"]),
        ("unsure=1", ["--unsure"]),
        ("trust=E", ["--trust", "E"]),
    ],
)
def test_the_same_rows(office, person, query, words):
    command = told("list", *words, "--csv")
    assert rows(person(Role.ANALYST).get(f"/rules/export.csv?{query}"), command[0]) == command
    page = person(Role.COUNTY).get(f"/rules/?{query}")
    assert page.context["shown"] == len(command) - 1


def test_the_same_differences(office, person):
    command = told("diff", "2026-02-28", "2026-03-01", "--csv")
    client = person(Role.ANALYST)
    assert rows(client.get("/rules/diff/export.csv?before=2026-02-28&after=2026-03-01"), command[0]) == command
    page = text(client.get("/rules/diff/?before=2026-02-28&after=2026-03-01&how=改了"))
    assert "二级 35" in page and "二级 30" in page
    assert f"{len(command) - 1} 条不同" in page
    same = text(client.get("/rules/diff/?before=2021-05-01&after=2021-05-02"))
    assert "完全相同" in same


def test_each_rule_has_its_own_page_with_everything(office, person):
    client = person(Role.LEADER)
    for one in {one.id: one for one in entries()}.values():
        answer = client.get(f"/rules/{one.id}/")
        assert answer.status_code == 200, one.id
        page = text(answer)
        for said in (one.title, one.clause, one.source, one.trust, one.unsure):
            assert re.sub(r"\s+", " ", said) in page, (one.id, said)
    assert client.get("/rules/gb3095.pm99/").status_code == 404


def test_what_is_not_verified_is_marked(office, person):
    page = text(person(Role.ANALYST).get("/rules/?trust=M"))
    assert page.count("未核实") >= min(50, len(asked(trust="M")))


def test_a_day_that_is_none_is_said(office, person):
    assert "不是日期" in text(person(Role.ANALYST).get("/rules/?on=昨天"))
    assert "不是日期" in text(person(Role.ANALYST).get("/rules/diff/?before=昨天"))


def test_pages_follow_one_another(office, person):
    client = person(Role.ANALYST)
    seen = [one.id for number in (1, 2, 3) for one in client.get(f"/rules/?page={number}").context["page"]]
    assert seen == [one.id for one in entries()][: len(seen)] and len(seen) == 150
    sorted_ = [one.confidence for one in client.get("/rules/?sort=-confidence").context["page"]]
    assert sorted_ == sorted(sorted_, reverse=True)


def test_the_default_is_the_last_turn_of_the_law(office, person):
    page = person(Role.ANALYST).get("/rules/diff/")
    assert page.context["rows"] and page.context["before"] < page.context["after"]
    assert differences(page.context["before"], page.context["after"])
    assert differences(date(2021, 1, 1), date(2021, 1, 1)) == []
