"""The month by one clerk: the notice broken down, 28 sheets out, a dirty heap in, every planted fault found."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.load.city import city_from_toml
from guatu.load.workspace import Workspace
from guatu.office import collecting, records
from guatu.office.models import Entry
from guatu.read import read_notice
from tests.conftest import real_inputs
from tests.office import dirt

pytestmark = pytest.mark.django_db
ZONES = ("高新区", "昌南新区")


class Desk:
    """The clerk at the command line."""

    def __init__(self, ws: Workspace) -> None:
        self.ws, self.runner = ws, CliRunner()

    def __call__(self, *words: str) -> str:
        answer = self.runner.invoke(app, ["-C", str(self.ws.folder), *words], env={"USER": "经办", "LOGNAME": "经办"})
        if isinstance(answer.exception, GuatuError):
            raise answer.exception
        assert answer.exit_code == 0, (answer.output, answer.exception)
        return answer.output


@pytest.fixture(params=["demo", "real"])
def desk(request: Any, tmp_path: Path, settings: Any) -> Desk:
    own = files("guatu.demo")
    ws = Workspace.create(tmp_path / "ws", city_from_toml(own.joinpath("city.toml").read_bytes()))
    settings.GUATU_WORKSPACE = ws.folder
    notice = ws.folder / "plan" / "notice.txt"
    if request.param == "real":
        source = real_inputs("notices", "texts", "00-jingdezhen-2021-eco-yaodian.txt")
        notice.write_bytes(source.read_bytes())
    else:
        notice.write_bytes(own.joinpath("notice.txt").read_bytes())
    ws.plan_path.write_text(read_notice(notice).to_toml(), encoding="utf-8")
    return Desk(ws)


def broken_down(desk: Desk) -> tuple[str, str]:
    """The breakdown made ready: two zones added, one measure of all counted, one of the land bureau a paper."""
    desk("duties", "begin")
    for zone in ZONES:
        desk("duties", "zone", zone, "--reason", "主任批示，按县区同等承担")
    every = {name: data for name, data in records.of_kind("measure").items() if data.get("task")}
    bodies = {name: {data["lead"], *data.get("responsible", [])} for name, data in every.items()}
    wanted = {"市工信局", "市交通运输局"}
    counted = next(name for name, found in bodies.items() if wanted <= found)
    paper = next(name for name, found in bodies.items() if "市自然资源规划局" in found and name != counted)
    desk("duties", "edit", counted, "--done", "count", "--quantity", "20", "--unit", "处")
    desk("duties", "edit", paper, "--done", "paper", "--node", "2021-09-30")
    desk("duties", "lead")
    desk("duties", "comment")
    scan = desk.ws.folder / "签批.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    desk("duties", "approve", "--signer", "王主任", "--scan", str(scan), "--number", "演示环委办〔2021〕12号")
    return counted, paper


def test_the_month_is_played_through(desk):
    counted, paper = broken_down(desk)
    gaps = desk("duties", "gaps")
    assert "高新区" not in gaps and "牵头未确认" not in gaps
    folder = desk.ws.folder

    # August, honestly: gives September its grey column
    desk("collect", "send", str(folder / "sent8"), "--period", "2021-08", "--due", "2021-09-08")
    assert len(list((folder / "sent8").iterdir())) == 28
    dirt.honest(folder / "sent8", folder / "heap8", {counted: (8, 20)}, 8)
    desk("collect", "heap", str(folder / "heap8"), "--period", "2021-08", "--received", "2021-09-07")
    desk("collect", "heap", "--confirm", str(folder / "heap8-核对"))
    assert desk("collect", "gaps", "--period", "2021-08", "--as-of", "2021-09-30").strip() == (
        "共 28 个单位，28 个按时报齐"
    )

    # September: 28 sheets out, the heap as it comes
    desk("collect", "send", str(folder / "sent9"), "--period", "2021-09")
    assert collecting.due_of("2021-09") == date(2021, 10, 13), "fifth working day after 30 September 2021"
    sheet = dirt.Sheet(folder / "sent9" / "市生态环境局-工作进展-2021-09.xlsx")
    first = next(iter(sheet.rows))
    assert "8月按计划推进" in sheet.get(first, "上期进展") and sheet.get(first, "上期状态") == "推进中"
    assert not sheet.sheet.cell(5, sheet.columns["本期状态"]).protection.locked
    assert sheet.sheet.cell(5, sheet.columns["具体措施"]).protection.locked
    assert sheet.book["_guatu"].sheet_state == "veryHidden" and sheet.sheet.column_dimensions["A"].hidden
    truth = dirt.dirty(folder / "sent9", folder / "heap9", {counted: (12, 20)}, paper, 9)
    before = Entry.objects.count()
    desk("collect", "heap", str(folder / "heap9"), "--period", "2021-09", "--received", "2021-10-12")
    assert Entry.objects.count() == before, "a heap only writes a review"

    review = json.loads((folder / "heap9-核对" / "review.json").read_text(encoding="utf-8"))
    found = Counter((fault["where"].split(" ")[0], fault["code"]) for fault in review["faults"])
    assert found == Counter(truth.faults)
    for kind, word in truth.questions:
        assert any(q["kind"] == kind and word in q["where"] + q["words"] for q in review["questions"]), (kind, word)
    assert len(review["questions"]) == len(truth.questions)
    assert {tuple(one) for one in review["blanks"]} == set(truth.blanks)

    # comments in copies of the senders' own files
    marked = load_workbook(folder / "heap9-核对" / "标红副本" / "公安局-标红.xlsx")["工作进展"]
    comments = [cell.comment.text for row in marked.iter_rows() for cell in row if cell.comment]
    assert len(comments) == 1 and "差不多了" in comments[0]
    assert not (folder / "heap9-核对" / "标红副本" / "浮梁-标红.xlsx").exists()

    # nothing answered: every good row lands, and nothing else
    desk("collect", "heap", "--confirm", str(folder / "heap9-核对"))
    landed = {key: data["said"] for key, data in collecting.stored("2021-09").items()}
    assert landed == {key: dict(sorted(said.items())) for key, said in truth.good.items()}
    assert "此前已经入账" in desk("collect", "heap", "--confirm", str(folder / "heap9-核对"))

    # answers in the workbook: the newer version, the honest number; the rest stays out
    book = load_workbook(folder / "heap9-核对" / "核对.xlsx")
    given = {"以哪一份为准": "林业局(1).xlsx", "是否属实": "属实", "是哪一期": "按本期收", "是谁的表": "不收",
             "是哪一条措施": "不收"}  # fmt: skip
    for row in book["疑问"].iter_rows(min_row=2):
        row[4].value = given[row[1].value]
    book.save(folder / "heap9-核对" / "核对.xlsx")
    desk("collect", "heap", "--confirm", str(folder / "heap9-核对"))
    after = {key: data["said"] for key, data in collecting.stored("2021-09").items()}
    assert after["昌江区", counted]["count"] == "2"
    assert "补充：完成造林核查" in [said["text"] for (sender, _), said in after.items() if sender == "市林业局"]
    assert any(sender == "市信访局" for sender, _ in after)
    assert not any(sender == "市市场监管局" for sender, _ in after)

    # the silent one comes late and stays late
    (folder / "late").mkdir()
    late = dirt.Sheet(folder / "sent9" / "市委宣传部-工作进展-2021-09.xlsx")
    dirt.fill(late, dirt.Truth(), {counted: (12, 20)}, 9)
    late.save(folder / "late" / "补报.xlsx")
    desk("collect", "heap", str(folder / "late"), "--period", "2021-09", "--received", "2021-10-18")
    desk("collect", "heap", "--confirm", str(folder / "late-核对"))
    units = {one["unit"]: one for one in json.loads(desk("collect", "gaps", "--period", "2021-09", "--as-of",
                                                         "2021-12-31", "--json"))}  # fmt: skip
    faulty = {"市交通运输局", "市自然资源规划局", "市公安局", "市财政局", "市应急局", "市人大常委会办公室", "珠山区"}
    assert {name for name, one in units.items() if one["word"] != "按时"} == faulty | {"市委宣传部", "市市场监管局"}
    assert units["市委宣传部"]["word"] == "迟报 5 天"
    assert units["市市场监管局"]["word"].startswith("未报，已迟")
    for name in faulty:
        only_blank = name == "市应急局" and units[name]["asked"] == 1
        assert units[name]["word"] == ("未报，已迟 79 天" if only_blank else "漏报 1 项"), name

    # reminders and the bulletin's table
    desk("collect", "gaps", "--period", "2021-09", "--as-of", "2021-10-20", "--letters", str(folder / "letters"))
    assert {path.name.split("-")[1] for path in (folder / "letters").iterdir()} == faulty | {"市市场监管局"}
    table = [line.split("\t") for line in desk("collect", "table", "--period", "2021-09", "--as-of",
                                               "2021-10-20").splitlines()]  # fmt: skip
    total = dict(zip(table[0], table[-1], strict=True))
    assert int(total["已报"]) == len(collecting.stored("2021-09")) == int(total["有序推进"])
    assert int(total["应报"]) == sum(one["asked"] for one in units.values())
    assert total["报送情况"] == f"{len(faulty) + 2} 个单位未报齐或迟报"

    # one account's hand throughout, and a log that is whole
    assert set(Entry.objects.values_list("person", flat=True)) <= {"经办", "系统"}
    told = Entry.objects.filter(subject__startswith="report/2021-09/")
    assert all(one.acting_for == one.subject.split("/")[2] for one in told)
    assert "留痕完好" in desk("log", "verify")
