"""The month by one clerk at the command line: the notice broken down, 28 sheets out, a dirty heap in, all found."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from guatu.load.figures.row import FIGURES
from guatu.load.kept import known
from guatu.office import collecting
from guatu.office.models import Entry
from tests.office import dirt, the_month
from tests.office.tables import rows_told
from tests.office.the_month import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["demo", "real"])
def desk(request: Any, tmp_path: Path, settings: Any) -> Desk:
    ws = the_month.workspace(tmp_path / "ws", request.param)
    settings.GUATU_WORKSPACE = ws.folder
    return Desk(ws)


def on_record() -> dict[tuple[str, str], dict[str, str]]:
    both = {**collecting.stored("2021-09"), **collecting.stored_figures("2021-09")}
    return {key: data["said"] for key, data in both.items()}


def known_figures(desk: Desk) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    rows = known(desk.ws.data, FIGURES).filter(first=date(2021, 7, 1)).iter_rows(named=True)
    return {(row["indicator"], row["place"]): (row["numerator"], row["denominator"]) for row in rows}


def test_the_month_is_played_through(desk):
    counted, paper, issued = the_month.broken_down(desk)
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
    (folder / "heap9" / "补充材料").mkdir()
    truth.faults.append(("补充材料", "", "G-OFFICE-60"))
    asked = the_month.asked_in(folder / "sent9")
    before = Entry.objects.count()
    review_folder = folder / "heap9-核对"
    desk("collect", "heap", str(folder / "heap9"), "--period", "2021-09", "--received", "2021-10-12")
    assert Entry.objects.count() == before and on_record() == {}, "a heap only writes a review"

    review = json.loads((review_folder / "review.json").read_text(encoding="utf-8"))
    found = Counter(
        (fault["where"].split(" ")[0], (re.findall(r"[A-Z]+\d+(?=$|（)", fault["where"]) or [""])[0], fault["code"])
        for fault in review["faults"]
    )
    assert found == Counter(truth.faults), "every planted fault by file and cell, and no other"
    for kind, word in truth.questions:
        assert any(q["kind"] == kind and word in q["where"] + q["words"] for q in review["questions"]), (kind, word)
    assert len(review["questions"]) == len(truth.questions)
    assert {tuple(one) for one in review["blanks"]} == set(truth.blanks)

    # comments stand on the faulty cells of copies of the senders' own files
    for name, cell, code in truth.faults:
        if not cell:
            continue
        book = load_workbook(review_folder / "标红副本" / f"{Path(name).stem}-标红.xlsx")
        comments = [sheet[cell].comment.text for sheet in book if sheet[cell].comment]
        assert any(code in text for text in comments), (name, cell)
    assert not (review_folder / "标红副本" / "浮梁-标红.xlsx").exists()

    # nothing answered: every good row lands, and nothing else
    desk("collect", "heap", "--confirm", str(review_folder))
    assert on_record() == {key: dict(sorted(said.items())) for key, said in truth.good.items()}
    assert "此前已经入账" in desk("collect", "heap", "--confirm", str(review_folder))

    # answers in the workbook: the newer version, the honest number; the rest stays out
    book = load_workbook(review_folder / "核对.xlsx")
    for row in book["疑问"].iter_rows(min_row=2):
        row[4].value = dirt.ANSWERS[row[1].value]
    book.save(review_folder / "核对.xlsx")
    desk("collect", "heap", "--confirm", str(review_folder))
    final = the_month.settled(truth)
    assert on_record() == final
    figures = {key: said for key, said in final.items() if the_month.is_figure(key[1])}
    assert len(figures) == 10, "twelve asked, two spoiled"
    assert known_figures(desk) == {
        tuple(name.split(":")[1].split("@")[:2]): (Decimal(said["numerator"]), Decimal(said["denominator"]))
        for (_, name), said in figures.items()
    }, "figures of the returned sheets are figures of the workspace"

    # verified by the same clerk, for the unit entered it
    assert issued in desk("collect", "verify", "--period", "2021-09")
    desk("collect", "verify", "--period", "2021-09", issued, "--as-of", "2021-10-12")

    # taken back and stored again: every record as before, the log whole
    (heap_id,) = [line.split("\t")[0] for line in desk("collect", "undo", "--period", "2021-09").splitlines()]
    undo = ("collect", "undo", "--period", "2021-09", heap_id, "--reason", "放错了期", "--as-of", "2021-10-12")
    assert f"撤销 {len(final)} 行" in desk(*undo)
    assert on_record() == {} and known_figures(desk) == {}
    assert "留痕完好" in desk("log", "verify")
    desk("collect", "heap", "--confirm", str(review_folder))
    assert on_record() == final and len(known_figures(desk)) == 10
    desk("collect", "verify", "--period", "2021-09", issued, "--as-of", "2021-10-12")

    # the silent one comes late and stays late
    (folder / "late").mkdir()
    late = dirt.Sheet(folder / "sent9" / "市委宣传部-工作进展-2021-09.xlsx")
    came = dirt.Truth()
    dirt.fill(late, came, {counted: (12, 20)}, 9)
    late.save(folder / "late" / "补报.xlsx")
    desk("collect", "heap", str(folder / "late"), "--period", "2021-09", "--received", "2021-10-18")
    desk("collect", "heap", "--confirm", str(folder / "late-核对"))
    final |= {key: dict(sorted(said.items())) for key, said in came.good.items()}
    assert on_record() == final

    # the bulletin's table, the late list and the letters, against what was reckoned by hand
    rows = rows_told(desk.ws, "collect", "table", "--period", "2021-09", "--as-of", "2021-10-20")
    assert rows[0] == ["单位", "应报", "已报", "有序推进", "已完成", "应报数据", "已报数据", "报送情况"]
    wanted = the_month.table_of(asked, final, {"市委宣传部": 5}, 7, truth.returned)
    assert sorted(rows[1:-1]) == wanted[:-1] and rows[-1] == wanted[-1]
    owing = rows_told(desk.ws, "collect", "gaps", "--period", "2021-09", "--as-of", "2021-10-20", "--by-task")[1:]
    missing = asked - set(final)
    numbers = Counter(row[0] for row in owing if row[3] != "已补齐")
    assert numbers == Counter(sender for sender, _ in missing)
    assert {row[4] for row in owing} - {"—"} == {name for _, name in missing if not the_month.is_figure(name)}
    assert ["市委宣传部", "迟报 5 天", "—", "已补齐", "—", "5"] in owing
    letters = folder / "letters"
    desk("collect", "gaps", "--period", "2021-09", "--as-of", "2021-10-20", "--letters", str(letters))
    assert {path.name.split("-")[1] for path in letters.iterdir()} == {sender for sender, _ in missing}
    words = "\n".join(one.text for one in Document(letters / "催报函-市城管局-2021-09.docx").paragraphs)
    assert "还缺 2 项" in words and "城镇生活垃圾无害化处理率 昌江区 2021Q3" in words and "（待签）" in words
    desk("collect", "table", "--period", "2021-09", "--as-of", "2021-10-20", "-o", str(folder / "进展.docx"))
    printed = Document(folder / "进展.docx").tables[0]
    assert [[cell.text for cell in row.cells] for row in printed.rows] == rows

    # one account's hand throughout, and a log that is whole
    assert set(Entry.objects.values_list("person", flat=True)) <= {"经办", "系统"}
    told = Entry.objects.filter(subject__startswith="report/2021-09/")
    assert all(one.acting_for == one.subject.split("/")[2] for one in told if one.act != "核实办结")
    assert "留痕完好" in desk("log", "verify")
    shutil.rmtree(folder / "heap9")
