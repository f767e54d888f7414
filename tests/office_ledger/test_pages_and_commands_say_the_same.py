"""The questions of the inspection office on generated problems: pages and commands give the same numbers, at speed."""

from __future__ import annotations

import io
import json
import re
import statistics
import time
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pypdfium2
import pytest
from docx import Document

from guatu.act.definition import ledgers
from guatu.act.ladder import ladder
from guatu.act.lateness import lateness
from guatu.act.making import Signature, register
from guatu.act.problem import Person
from guatu.act.proof import file_faults, identity
from guatu.act.rates import list_rate, listings
from guatu.cli import ledger as commands
from guatu.cli import pressing as pressing_commands
from guatu.demo.problems import add_problems
from guatu.errors import ActError
from guatu.office import demo_duties, log
from guatu.office.ledger import (
    answers,
    declared,
    delivery,
    generated,
    listing,
    lists,
    papers,
    pressing,
    reminders,
    storage,
)
from guatu.office.ledger.models import Content, Notice, PaperProof, Problem
from tests.act.people import sign

DAY = date(2021, 10, 12)
MANY = 30_000
SLACK = 3
"""How many times slower than promised a busy test machine may be."""


@pytest.fixture
def demo(office: Any, day: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The generated problems, taken over."""
    monkeypatch.setattr(demo_duties, "make", lambda _ws: True)
    day.now = DAY
    (office.folder / "source").mkdir()
    add_problems(office.folder / "source")
    assert generated.take_over(office) == 46 and generated.take_over(office) == 0
    return office


def test_taken_over_problems_are_what_the_log_says(demo: Any) -> None:
    assert log.verify() == () and storage.faults() == ()
    Content.objects.filter(problem__number="SJ-2021-360281-0011").update(data={})
    assert [fault.code for fault in storage.faults()] == ["G-LEDGER-13"]


def test_every_paper_of_the_demonstration_is_a_real_file(demo: Any, client_of: Any) -> None:
    """Opened on the page, its bytes are what the log says they are; no two papers share one."""
    kept = list(PaperProof.objects.select_related("problem"))
    assert len(kept) == sum(len(item.papers) for item in storage.items(Problem.objects.all())) > 200
    assert len({one.sha256 for one in kept}) == len(kept)
    clerk = client_of("office_clerk")
    for one in [*kept[:6], *[each for each in kept if each.ending == ".png"][:2]]:
        answer = clerk.get(f"/problems/{one.problem.number}/papers/{one.pk}/")
        content = b"".join(answer.streaming_content)
        assert identity(content) == one.sha256 and file_faults(f"x{one.ending}", content) == []
    page = pypdfium2.PdfDocument(papers.path_of(kept[0].sha256, ".pdf"))[0]
    assert "演示数据，非实测" in page.get_textpage().get_text_range()


def test_rates_from_columns_and_from_steps_are_one(demo: Any) -> None:
    assert lists.cards(DAY) == lists.cards_on(DAY)
    provincial = lists.cards(DAY)[0]
    assert provincial.printed == "11/17（64.71%）" and provincial.met is False  # 9 of 12 problems, 2 of 5 letters


def provincial(day: date) -> Any:
    """The first list of the notice as act counts it from the steps of every problem."""
    found = storage.items(Problem.objects.all())
    return list_rate(listings()["provincial"], declared.ledgers(), found, day)


def shares_of(tally: Any) -> dict[str, tuple[str, ...]]:
    """The numbers act finds behind each figure."""
    return {
        "accepted": tally.accepted.part, "left": tally.accepted.left, "of": tally.accepted.of,
        "closed": tally.closed.part, "provisional": tally.provisional.part,
        "due": tally.due.of, "due-done": tally.due.part, "due-left": tally.due.left,
        "long_term": tally.long_term.of, "untrue": tally.untrue, "unset": tally.unset,
    }  # fmt: skip


def test_merged_problems_are_counted_in_the_database_as_act_counts_them(demo: Any) -> None:
    """Whatever a problem was merged into, over several mergers, in another ledger, lost or in a circle."""
    rows = list(Problem.objects.filter(ledger__in=["provincial_inspection", "petition"]).order_by("number"))
    into = [rows[5].number, rows[0].number, "没有这一件", rows[4].number, rows[3].number, ""]
    for row, target in zip(rows, into, strict=False):
        row.state, row.merged_into, row.accepted, row.closed = "合并", target, False, True
        row.save()
        Content.objects.filter(problem=row).update(
            data={**row.content.data, "state": "合并", "fields.merged_into": target,
                  "steps": [{**one, "target": "合并"} for one in row.content.data["steps"]]}
        )  # fmt: skip
    rate = provincial(DAY)
    forget()
    assert lists.cards(DAY)[0].together.n == rate.together.counts.n
    for part, numbers in shares_of(rate.together).items():
        assert set(Problem.objects.filter(lists.behind("provincial", part, DAY)).values_list("number", flat=True)) == {
            *numbers
        }, part
    forget()


def forget() -> None:
    """Nothing is remembered of rows that were changed past the log."""
    lists._cards.cache_clear()
    lists._followed.cache_clear()


def test_the_list_counts_what_act_counts(demo: Any) -> None:
    every = declared.ledgers()
    late = {
        item.number
        for item in storage.items(Problem.objects.all())
        if (found := lateness(every[item.ledger], item, DAY)) and found.overdue
    }
    assert late == set(Problem.objects.filter(listing.overdue(DAY)).values_list("number", flat=True)) and late
    found = listing.listed(Problem.objects.all(), listing.Asked(due="overdue"), DAY)
    assert {row.number for row in found.rows} == late and found.shown == len(late)


def test_each_figure_opens_to_its_list(demo: Any, client_of: Any) -> None:
    client = client_of("leader")
    shares = shares_of(provincial(DAY).together)
    for part in lists.PARTS:
        numbers = set(shares[part])
        page = client.get("/problems/", {"list": "provincial", "part": part}).content.decode()
        shown = set(re.findall(r'href="/problems/([A-Z]{2}-[^/"]+)/"', page.split("<table")[-1])) if numbers else set()
        assert shown == numbers, part


@pytest.mark.parametrize(
    ("address", "command", "args"),
    [
        ("/problems/rates/", commands.rates, {}),
        ("/problems/rates/?day=2021-08-31", commands.rates, {"as_of": "2021-08-31"}),
        (
            "/problems/due/?ledger=central_inspection&round=回头看（2018）",
            commands.due,
            {"ledger": "ZY", "turn": "回头看（2018）"},
        ),
        ("/problems/received/?ledger=petition", commands.received, {"ledger": "XF"}),
        ("/problems/counts/", commands.counts, {}),
        ("/problems/visits/", commands.visits, {}),
        ("/problems/same/", commands.same, {}),
        ("/letters/?body=浮梁县", pressing_commands.letters, {"body": "浮梁县"}),
        ("/letters/?letter=约谈", pressing_commands.letters, {"letter": "约谈"}),
    ],
)
def test_questions_by_page_and_by_command(
    demo: Any, client_of: Any, address: str, command: Any, args: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    from datetime import datetime

    monkeypatch.setattr(commands, "opened", lambda _context: demo)
    told = {key: datetime.fromisoformat(value) if key == "as_of" else value for key, value in args.items()}
    command(None, **told, as_json=True)
    said = json.loads(capsys.readouterr().out)
    page = Cells.of(client_of("leader").get(address).content.decode())
    for words in (said["title"], *said["words"]):
        assert words in page.text
    assert any(table["rows"] for table in said["tables"])
    wanted = [table for table in said["tables"] if table["rows"]]
    if address.startswith("/letters/"):
        of, action, approved = wanted[0]["rows"], 2, "批准"
        rows = [[r[0], r[1] + r[action], r[3], r[4] + r[5] + approved, *r[6:]] for r in of]
        assert page.tables[0] == rows
    else:
        assert page.tables == [table["rows"] for table in wanted]


class Cells(HTMLParser):
    """A page as a person reads it: every table's body cell by cell, every definition list, and all its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.told: dict[str, str] = {}
        self.items: list[str] = []
        self.text, self.term, self.inside, self.body = "", "", "", False

    @classmethod
    def of(cls, page: str) -> Cells:
        """Read a page."""
        made = cls()
        made.feed(page)
        return made

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tbody":
            self.body = True
        elif tag == "tr" and self.body:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.body:
            self.tables[-1][-1].append("")
            self.inside = "cell"
        elif tag == "li":
            self.items.append("")
            self.inside = "item"
        elif tag in ("dt", "dd"):
            self.inside = tag
            self.term = "" if tag == "dt" else self.term

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self.body = False
        elif tag in ("td", "th", "dt", "dd", "li"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside == "cell":
            self.tables[-1][-1][-1] += data
        elif self.inside == "item":
            self.items[-1] += data
        elif self.inside == "dt":
            self.term += data
        elif self.inside == "dd":
            self.told[self.term] = self.told.get(self.term, "") + data


def test_a_draft_by_page_and_by_command(
    demo: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Any
) -> None:
    """Question 15: every line of the form, and the same Word file."""
    monkeypatch.setattr(commands, "opened", lambda _context: demo)
    cause = "SJ-2021-360202-0020"
    pressing_commands.letters(None, draft=cause, out=tmp_path / "a.docx")
    lines = capsys.readouterr().out
    page = Cells.of(client_of("office_clerk").get(f"/letters/draft/{cause}/").content.decode())
    assert len(page.told) == len(ladder().letter_fields)
    for name, text in page.told.items():
        assert f"{name}：{text}" in lines, name
    content = client_of("office_clerk").get(f"/letters/draft/{cause}/letter.docx").content
    texts = [
        [one.text for one in Document(io.BytesIO(each)).paragraphs]
        for each in (content, (tmp_path / "a.docx").read_bytes())
    ]
    assert texts[0] == texts[1]


def test_the_matrix_by_page_and_by_command(
    demo: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(commands, "opened", lambda _context: demo)
    pressing_commands.authority(None, as_json=True)
    matrix, triggers = (table["rows"] for table in json.loads(capsys.readouterr().out)["tables"])
    page = Cells.of(client_of("leader").get("/letters/authority/").content.decode())
    assert page.tables[0] == matrix
    assert [[row[0], row[1], row[3], row[4], row[5]] for row in page.tables[1]] == [
        [row[0], row[1], row[3], row[4], row[5]] for row in triggers
    ]
    assert all(shown[2].startswith(row[2]) for shown, row in zip(page.tables[1], triggers, strict=True))


def test_long_tables_are_cut_on_the_page_and_say_so(demo: Any) -> None:
    table = answers.Table("甲", ("编号",), [(str(n),) for n in range(450)], 0)
    (found,) = answers.shortened(answers.Answer("x", (), (table,))).tables
    assert (len(found.rows), found.left, found.size) == (200, 250, 450)


def test_what_a_problem_lacks_by_page_and_by_command(demo: Any, client_of: Any) -> None:
    """Question 8: present, missing, who must supply, next step."""
    row = storage.get("SJ-2021-360281-0007")
    said = answers.missing(row, None, DAY)
    page = Cells.of(client_of("office_clerk").get(f"/problems/{row.number}/").content.decode())
    wanted = [cell for title, _, cell in said.tables[0].rows if title == "报请上级销号"]
    kinds = ("销号申请", "公示无异议说明", "销号请示", "市级核验意见")
    assert wanted and all(f"缺“{kind}”" in wanted[0] for kind in kinds)
    for title, _, cell in said.tables[0].rows:
        for lack in cell.split("；"):
            if lack.startswith("缺“"):
                kind, giver = lack[1:].split("，由")[0], lack.split("，由")[1].split("提供")[0]
                assert any(kind in one and f"由{giver}提供" in one for one in page.items), (title, lack)
    measures = [(row[1], row[2], row[3].split()[0]) for row in page.tables[0]]
    assert measures == [(row[1], row[2], row[3]) for row in said.tables[2].rows] and len(measures) == 3
    shown = {(row[0], row[2].split()[0]) for row in page.tables[1]}
    assert shown == {(kind, day) for kind, _, _, day, _, _ in said.tables[1].rows}


def test_a_problem_is_asked_for_by_the_number_of_its_source(demo: Any) -> None:
    row = storage.get("SJ-2021-360281-0007")
    same = Problem.objects.filter(source_no=row.source_no)
    if same.count() > 1:
        with pytest.raises(ActError) as caught:
            storage.find(row.source_no)
        assert caught.value.codes == ("G-LEDGER-30",) and row.number in caught.value.faults[0].remedy
    alone = next(one for one in Problem.objects.all() if Problem.objects.filter(source_no=one.source_no).count() == 1)
    assert storage.find(alone.source_no) == alone and storage.find(alone.number) == alone
    with pytest.raises(ActError) as caught:
        storage.find("没有")
    assert caught.value.codes == ("G-LEDGER-12",)


def test_no_second_letter_for_one_cause(demo: Any, client_of: Any, user: Any) -> None:
    """Question 15: facts from the ledger, 文号 left open, one letter a cause; 文号, date, scan come back."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    clerk, cause = client_of("office_clerk"), "SJ-2021-360202-0020"
    draft = clerk.get(f"/letters/draft/{cause}/").content.decode()
    assert "督办函" in draft and "逾期 32 天" in draft and "昌江区" in draft
    assert clerk.post(f"/letters/draft/{cause}/").status_code == 302
    second = clerk.post(f"/letters/draft/{cause}/")
    assert second.status_code == 400 and "G-ACT-51" in second.content.decode()
    assert client_of("leader").post(f"/letters/draft/{cause}/").status_code in (400, 403)
    assert len(pressing.letters()) == 1
    told = {"to": "签发", "day": "2021-10-12", "number": "景环委办督〔2021〕7号"}
    refused = clerk.post("/letters/0001/step/", told)
    assert refused.status_code == 400 and "扫描件" in refused.content.decode()
    told["scan"] = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 letter")
    assert clerk.post("/letters/0001/step/", told).status_code == 302
    letter = pressing.letters()["0001"]
    assert (letter.state, letter.number) == ("签发", "景环委办督〔2021〕7号")
    assert log.verify() == ()
    assert ladder().height("督办函") < ladder().height("约谈")


def test_a_tick_reminds_once(demo: Any) -> None:
    first = reminders.tick(DAY)
    assert len(first) == Notice.objects.count() == len({one.key for one in first})
    late = Problem.objects.filter(listing.overdue(DAY)).count()
    soon = Problem.objects.filter(accepted=False, closed=False, deadline__range=(DAY, DAY + listing.SOON)).count()
    assert len([one for one in first if "报送整改方案" not in one.text]) == late + soon
    assert reminders.tick(DAY) == [] and all(one.ways == {} for one in first)
    tomorrow = reminders.tick(DAY + timedelta(days=1))
    assert len(tomorrow) < late


def test_channels_are_off_until_switched_on() -> None:
    assert delivery.channels({}) == []
    mail, robot = delivery.channels(
        {
            "GUATU_MAIL_TO": '{"市住建局": "a@example.invalid"}',
            "GUATU_WEBHOOK": "https://example.invalid/x",
        }
    )
    assert (mail.name, robot.name) == ("邮件", "群机器人") and robot.form == "企业微信"
    assert json.loads(robot.message("市住建局", "逾期 3 天")) == {
        "msgtype": "text",
        "text": {"content": "【挂图作战】市住建局：逾期 3 天"},
    }
    assert mail.send("市林业局", "x") == delivery.NO_ADDRESS


def test_thirty_thousand_problems_are_listed_at_once(office: Any, day: Any, client_of: Any) -> None:
    """Every page of the list, whatever the filter: under 100 ms for 95 of 100 on an idle machine."""
    day.now = DAY
    ledger = ledgers()["provincial_inspection"]
    person = Person("经办", frozenset({"office_clerk"}))
    states, counties, units = (
        list(ledger.states),
        ["乐平市", "浮梁县", "昌江区", "珠山区"],
        [f"市第{n}局" for n in range(22)],
    )

    def many() -> Any:
        by = Signature(person, sign(person, date(2021, 1, 4), None).moment, None)
        for n in range(MANY):
            fields = {
                "text": f"第{n}个问题：雨污混流、管网破损、污水直排", "round": ("省级督察", "省级督察回头看")[n % 2],
                "feedback_on": "2020-12-20", "county": counties[n % 4], "lead_unit": units[n % 22],
                "deadline_kind": "限期", "deadline": (date(2021, 1, 31) + timedelta(days=n % 500)).isoformat(),
                "source_no": [f"S-{n}"],
            }  # fmt: skip
            item, entry = register(ledger, f"SJ-2021-360281-{n:05d}", fields, by, state=states[n % len(states)])
            yield ledger, item, [entry]

    start = time.process_time()
    assert storage.take_in(many(), MANY) == MANY
    print(f"stored in {time.process_time() - start:.1f} s")
    client = client_of("leader")
    addresses = [
        "/problems/", "/problems/?page=300", "/problems/?stage=整改", "/problems/?due=overdue", "/problems/?due=soon",
        "/problems/?county=乐平市", "/problems/?unit=市第3局&stage=验收", "/problems/?q=第29999个",
        "/problems/?page=600",
        "/problems/?county=浮梁县&due=overdue&page=7", "/problems/?list=provincial&part=left",
        "/problems/?list=provincial_look_back&part=accepted&page=9",
    ]  # fmt: skip
    unit = client_of("county")
    client.get("/problems/")
    unit.get("/problems/")
    times = []
    for _ in range(4):
        row = storage.get("SJ-2021-360281-00003")
        storage.note(row.number, {"progress": str(row.version)}, person, version=row.version)
        for who in (client, unit):
            for address in addresses:
                start = time.process_time()  # the work itself; a busy machine makes only the waiting longer
                answer = who.get(address)
                times.append(time.process_time() - start)
                assert answer.status_code == 200
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"p95 {p95 * 1000:.0f} ms, median {statistics.median(times) * 1000:.0f} ms")
    assert p95 < 0.1 * SLACK
