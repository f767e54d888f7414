"""Ordinary questions about scores are answered by a page as by a command, with the same numbers."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from guatu.cli import score as commands
from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.office import log, records
from guatu.office.models import Entry, Role
from guatu.office.scoring import acting, entered, process, sheets
from guatu.score import Facts, losses_of, score_of, scores_of
from guatu.score.book import scheme
from guatu.score.facts import record, restore

DAY = date(2021, 10, 11)
COUNTIES, BODIES, LAST = "demo-counties-2021", "demo-bodies-2021", "demo-counties-2020"


@pytest.fixture
def command(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Callable: command("score", "why", …) is what the command prints."""
    monkeypatch.setattr(commands, "opened", lambda _context: office)

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["-C", str(office.folder), *words])
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    return run


def text(page: bytes) -> str:
    """A page as a person reads it."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.decode())))


def test_every_county_every_body_and_where_each_point_went(office: Workspace, command: Any, client_of: Any) -> None:
    """Question 17: trial scores with their lines and proof; the same by command, page and file."""
    page = client_of(Role.OFFICE_CLERK)
    for name, of, count in ((COUNTIES, "counties", 6), (BODIES, "bodies", 22)):
        sheets._scores.cache_clear()
        found = sheets.scores(office, scheme(name), DAY)
        assert len(found.sheets) == count
        told = json.loads(command("score", "--scheme", name, "--json"))
        shown = text(page.get(f"/scores/?of={of}").content)
        for sheet, said in zip(found.sheets, told, strict=True):
            assert (said["subject"], said["total"], said["rank"]) == (sheet.subject, str(sheet.total), sheet.rank)
            assert re.search(rf"{sheet.rank} {sheet.subject}.*? {sheet.total} ", shown), sheet.subject
            losses = losses_of(sheet)
            assert sum((one.lost for one in losses), Decimal(0)) == Decimal(100) - sheet.total
        book = load_workbook(BytesIO(page.get(f"/scores/{name}/table.xlsx").content)).active
        cells = [[str(cell.value) for cell in row] for row in book.iter_rows(min_row=3, max_row=2 + count)]
        assert [row[2] for row in cells] == [sheet.subject for sheet in found.sheets]
        assert [str(sheet.total) in row for row, sheet in zip(cells, found.sheets, strict=True)] == [True] * count
        assert "试算" in shown and "演示数据" in shown


def test_why_a_county_lost_its_points(office: Workspace, command: Any, client_of: Any) -> None:
    """Question 18: months, sections, problems and the rule; the objection, the review and both scores stay."""
    printed = re.sub(r"[\s│]+", "", command("score", "why", "浮梁县"))
    sheet = sheets.scores(office, scheme(COUNTIES), DAY).of("浮梁县")
    own, other = client_of(Role.COUNTY, "浮梁县"), client_of(Role.COUNTY, "乐平市")
    address = f"/scores/{COUNTIES}/浮梁县/"
    shown = re.sub(r"\s+", "", text(own.get(address).content))
    for loss in losses_of(sheet):
        word = f"失{loss.lost}" if loss.lost > 0 else f"加{-loss.lost}"
        assert f"{loss.lost}" in printed and (word in shown or not loss.item), loss.item
        for step in loss.steps:
            for row in step.rows:
                bare = re.sub(r"\s+", "", row.text)
                assert bare in shown, bare
    water = next(loss for loss in losses_of(sheet) if loss.item == "W1")
    assert [row.text for step in water.steps for row in step.rows] and "演示断面" in printed
    assert other.get(address).status_code == 403, "a county sees only its own"
    assert other.get("/scores/").status_code == 200
    before = sheet.line("W1")
    assert before is not None
    said = {"item": "W1", "text": "演示断面7 上游来水已超标，应扣除来水影响"}
    assert other.post(f"{address}object/", said).status_code == 403
    assert own.post(f"{address}object/", said).status_code == 302
    assert own.post(f"{address}object/", said).status_code == 400, "one objection an item at a time"
    made = process.objections(scheme(COUNTIES), "浮梁县")[0]
    assert (made.state, made.before, made.hash) == ("已提出", str(before.got), sheet.hash)
    director = client_of(Role.OFFICE_DIRECTOR)
    decided = {"answer": "来水资料不全，酌情返还", "points": "5"}
    assert own.post(f"/scores/objections/{made.number}/", decided).status_code == 403
    assert director.post(f"/scores/objections/{made.number}/", decided).status_code == 302
    line = sheets.scores(office, scheme(COUNTIES), DAY).of("浮梁县").line("W1")
    assert line is not None and (line.got, line.computed, line.state) == (Decimal("5.00"), before.got, "人工")
    again = process.objections(scheme(COUNTIES), "浮梁县")[0]
    assert (again.state, again.before, again.after) == ("调整", str(before.got), "5")
    acts = [one.act for one in Entry.objects.filter(subject=f"objection/{made.number}")]
    assert acts == ["复核：调整", "提出异议"] and log.verify() == ()


def test_a_county_without_a_task(office: Workspace, command: Any, client_of: Any) -> None:
    """Question 19: the policy is stated item by item, and the sum that is shown is the sum that is made."""
    sheet = sheets.scores(office, scheme(COUNTIES), DAY).of("浮梁县")
    missing = sheet.line("W5")
    assert missing is not None and (missing.state, missing.policy) == ("缺项", "rescale")
    base = sum((line.exact for line in sheet.lines if line.exact is not None and line.points), Fraction(0))
    beyond = sum((line.exact for line in sheet.lines if line.exact is not None and not line.points), Fraction(0))
    assert sheet.exact == base * 100 / (100 - sheet.missing) + beyond
    shown = text(client_of(Role.LEADER).get(f"/scores/{COUNTIES}/浮梁县/").content)
    printed = re.sub(r"[\s│]+", "", command("score", "sheet", "浮梁县"))
    assert sheet.composed in shown and re.sub(r"\s+", "", sheet.composed) in printed
    assert "S2 无此项任务得满分" in text(client_of(Role.LEADER).get("/scores/").content)


def test_last_years_scores_by_last_years_scheme(office: Workspace, command: Any, client_of: Any) -> None:
    """Question 20: made final, reckoned again from what was kept and from the rows: the same bytes."""
    day, by = date(2021, 1, 15), scheme(LAST)
    found = sheets.scores(office, by, day)
    assert not any(one.trial for one in found.sheets)
    page = client_of(Role.OFFICE_DIRECTOR)
    assert client_of(Role.OFFICE_CLERK).post(f"/scores/{LAST}/final/?day={day}").status_code == 403
    assert page.post(f"/scores/{LAST}/final/?day={day}").status_code == 302
    assert [one.bytes for one in scores_of(by, restore(record(found.facts)), day).sheets] == [
        one.bytes for one in found.sheets
    ]
    printed = command("score", "verify")
    for sheet in found.sheets:
        assert f"{sheet.subject} {sheet.total} 分，与定稿逐字节相同（{sheet.hash[:12]}）" in printed
    assert by.sha256[:12] in printed and found.facts.data_version in printed
    with pytest.raises(GuatuError) as caught:
        entered.enter(by, "乐平市", "A1", "override", "50", "某人", "改一下")
    assert caught.value.codes == ("G-SCORING-05",)
    said = records.get(f"final/{LAST}")
    said["sheets"]["乐平市"]["total"] = "99.99"
    records.change(f"final/{LAST}", "改数", {"sheets": said["sheets"]}, person="某人")
    assert [fault.code for fault in process.verify()[1]] == ["G-SCORING-11"]


def test_the_year_that_runs_cannot_be_final(office: Workspace, client_of: Any) -> None:
    with pytest.raises(GuatuError) as caught:
        process.finish(office, scheme(COUNTIES), DAY, "主任", "")
    assert set(caught.value.codes) == {"G-SCORING-10"}
    assert acting.text_of(office, scheme(COUNTIES)).startswith("#")


def test_what_a_new_target_does_to_the_scores(office: Workspace, command: Any, client_of: Any) -> None:
    """Question 22: 33 instead of 30, by page and by command; nothing is stored."""
    before = sheets.scores(office, scheme(COUNTIES), DAY).of("珠山区")
    page = client_of(Role.ANALYST)
    shown = text(page.get(f"/scores/{COUNTIES}/珠山区/?target=T01&value=33").content)
    printed = command("score", "what-if", "珠山区", "--target", "T01=33")
    sentence = re.search(r"珠山区：([\d.]+) → ([\d.]+)（([+-][\d.]+)）", printed)
    assert sentence is not None and sentence[0] in shown
    assert Decimal(sentence[1]) == before.total and Decimal(sentence[2]) - before.total == Decimal(sentence[3]) > 0
    assert sheets.scores(office, scheme(COUNTIES), DAY).of("珠山区") == before
    assert page.get(f"/scores/{COUNTIES}/珠山区/?target=T01&value=三十三").status_code == 400


def test_a_version_in_force_moves_the_score_from_its_day_on(office: Workspace) -> None:
    before = sheets.scores(office, scheme(COUNTIES), DAY).of("珠山区")
    path = office.folder / "plan" / "versions.toml"
    path.write_text(
        '[[version]]\ntarget = "T01"\nsince = 2021-10-11\nlevel = "省"\nvalue = "33"\npaper = "演示〔2021〕8号"\n'
        'reason = "调整"\n',
        encoding="utf-8",
    )
    try:
        assert sheets.scores(office, scheme(COUNTIES), DAY).of("珠山区").total > before.total
        earlier = sheets.scores(office, scheme(COUNTIES), date(2021, 10, 10)).of("珠山区").line("A1")
    finally:
        path.unlink()
    assert earlier is not None and earlier.facts["goal"].number == 30


def test_one_more_good_month(office: Workspace, command: Any, client_of: Any) -> None:
    printed = command("score", "why", "乐平市")
    found = sheets.with_good_month(office, scheme(COUNTIES), DAY, "乐平市")
    sentence = f"乐平市：{found.before.total} → {found.after.total}（{found.gain:+}）"
    assert found.gain > 0 and sentence in printed
    assert sentence in text(client_of(Role.LEADER).get(f"/scores/{COUNTIES}/乐平市/").content)


def test_points_by_hand_need_a_reason_and_stay_in_the_log(office: Workspace, command: Any, client_of: Any) -> None:
    clerk, address = client_of(Role.OFFICE_CLERK), f"/scores/{BODIES}/市住建局/enter/"
    assert clerk.post(address, {"what": "U5|points", "value": "9"}).status_code == 400
    assert clerk.post(address, {"what": "U5|points", "value": "11", "reason": "好"}).status_code == 400
    assert clerk.post(address, {"what": "U1|done", "value": "1", "reason": "好"}).status_code == 400
    assert clerk.post(address, {"what": "B1|praised", "value": "1", "level": "省", "reason": "好"}).status_code == 400
    assert clerk.post(address, {"what": "U5|points", "value": "9", "reason": "测评优"}).status_code == 302
    line = sheets.scores(office, scheme(BODIES), DAY).of("市住建局").line("U5")
    assert line is not None and (line.got, line.state, line.reason) == (Decimal("9.00"), "人工", "测评优")
    assert line.person == clerk.get("/scores/").context["user"].get_username()
    command("score", "enter", "市住建局", "B1", "1", "--fact", "praised", "--level", "次", "--reason", "省厅通报表扬")
    command("score", "enter", "市住建局", "B1", "1", "--fact", "praised", "--level", "次", "--reason", "再次表扬")
    line = sheets.scores(office, scheme(BODIES), DAY).of("市住建局").line("B1")
    assert line is not None and line.got == Decimal("2.00")
    assert [row.text for row in line.facts["praised"].rows] == ["省厅通报表扬", "再次表扬"]
    assert clerk.post(address, {"what": "U5|points", "reason": "录错", "act": "withdraw"}).status_code == 302
    line = sheets.scores(office, scheme(BODIES), DAY).of("市住建局").line("U5")
    assert line is not None and (line.state, line.got) == ("待定", None)
    assert log.verify() == ()


def test_facts_for_a_bodys_report_on_duty(office: Workspace, command: Any, client_of: Any) -> None:
    """Question 28, the score's part: a body's tasks, closed problems, late list and lost points, open to itself."""
    sheet = sheets.scores(office, scheme(BODIES), DAY).of("市住建局")
    for item, name in (("U1", "due"), ("U2", "late"), ("U3", "done")):
        line = sheet.line(item)
        assert line is not None and line.facts[name].number == len(line.facts[name].rows)
    own = client_of(Role.RESPONSIBLE, "市住建局")
    assert own.get(f"/scores/{BODIES}/市住建局/").status_code == 200
    assert own.get(f"/scores/{BODIES}/市水利局/").status_code == 403
    assert str(sheet.total) in command("score", "why", "市住建局")


def test_both_witnesses_stand_on_the_sheet(office: Workspace, client_of: Any) -> None:
    """A section published in another class than its samples give: both are told, the published one counts."""
    line = sheets.scores(office, scheme(COUNTIES), DAY).of("浮梁县").line("W1")
    assert line is not None and line.facts["good"].official != line.facts["good"].computed
    shown = text(client_of(Role.LEADER).get(f"/scores/{COUNTIES}/浮梁县/").content)
    assert f"通报 {line.facts['good'].official}，计算 {line.facts['good'].computed}" in shown


def test_without_the_offices_database_a_score_says_what_it_lacks(city: Workspace) -> None:
    """The core alone scores what files give; duties and problems wait, never zero."""
    from guatu.judge.board import plan_of
    from guatu.score.feeding import facts_of

    by = scheme(COUNTIES)
    facts: Facts = facts_of(city, plan_of(city), by, DAY)
    sheet = score_of(by, "乐平市", facts, DAY)
    waiting = {line.item for line in sheet.lines if line.got is None}
    assert waiting == {"R1", "R2", "R3", "T1", "T2", "T3"} and sheet.grade == ""


def test_a_scheme_file_is_checked_by_a_command(command: Any, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(acting.files("guatu.score").joinpath("schemes/demo_counties_2020.toml").read_text("utf-8"), "utf-8")
    assert "可用：3 项，满分 100" in command("score", "check", str(path))
    path.write_text(path.read_text("utf-8").replace("points = 50", "points = 60"), "utf-8")
    done = CliRunner().invoke(app, ["score", "check", str(path)])
    assert isinstance(done.exception, GuatuError) and done.exception.codes == ("G-SCORE-08",)
    printed = command("score", "schemes")
    assert "shicheng-2018-townships" in printed and "节录，缺" in printed


def test_an_objection_by_commands_from_beginning_to_end(office: Workspace, command: Any, tmp_path: Path) -> None:
    printed = command("score", "object", "珠山区", "T3", "--reason", "述职材料已补交", "--person", "zhushan")
    number = re.search(r"异议 (\d+) 已记下：珠山区 T3 原得分 5.50", printed)
    assert number is not None
    assert f"异议 {number[1]}（珠山区）没有办完" in command("score", "finish")
    command("score", "decide", number[1], "--answer", "材料属实，维持", "--person", "zhuren")
    one = next(one for one in process.objections() if one.number == number[1])
    assert (one.state, one.before, one.after, one.decided_by) == ("维持原分", "5.50", "5.50", "zhuren")
    assert f"异议 {number[1]}（珠山区）没有办完" not in command("score", "finish")
    out = tmp_path / "珠山区.xlsx"
    command("score", "export", str(out), "--subject", "珠山区")
    book = load_workbook(out).active
    sheet = sheets.scores(office, scheme(COUNTIES), DAY).of("珠山区")
    rows = [[str(cell.value) for cell in row] for row in book.iter_rows(min_row=3, max_row=2 + len(sheet.lines))]
    assert [row[0].split(" ")[0] for row in rows] == [line.item for line in sheet.lines]
    given = [row[2] for row in rows if row[2] not in ("待定", "—")]
    assert given == [str(line.got) for line in sheet.lines if line.got is not None]


def test_a_year_without_a_scheme_says_how_to_bring_one_in(office: Workspace, client_of: Any) -> None:
    answer = client_of(Role.LEADER).get("/scores/?day=2023-05-01")
    assert answer.status_code == 200 and "还没有导入" in text(answer.content) and "G-SCORE-30" in text(answer.content)
    assert client_of(Role.ADMINISTRATOR).get("/scores/").status_code == 403


def test_the_score_of_a_past_day_is_that_of_what_was_known(office: Workspace) -> None:
    """On 31 August nothing had been entered by hand, and what was overdue was so by fewer days."""
    early = sheets.scores(office, scheme(COUNTIES), date(2021, 8, 31)).of("乐平市")
    late = sheets.scores(office, scheme(COUNTIES), DAY).of("乐平市")
    assert early.line("T3").got is None and late.line("T3").got == Decimal("4.50")  # type: ignore[union-attr]
    told = [sheet.line("R2").facts["rate"].rows[0].text for sheet in (early, late)]  # type: ignore[union-attr]
    assert ["逾期 31 天" in told[0], "逾期 72 天" in told[1]] == [True, True], "due on 31 July, open on both days"


def test_a_scheme_that_is_not_whole_says_so_over_its_sums(office: Workspace, command: Any, client_of: Any) -> None:
    words = "这份细则是节录（缺 其余各行、省控断面的打折、加分、扣分），下面只是所列各项之和，不是总分"
    assert words in command("score", "--scheme", "zhoushan-2021-water")
    assert words in text(client_of(Role.LEADER).get("/scores/?scheme=zhoushan-2021-water").content)
