"""A heap of figures taken back: what another door had brought stands again, whatever the days say."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from guatu.load.figures.filled import store_figures
from guatu.load.figures.row import FIGURES
from guatu.load.kept import known
from guatu.office import collecting, collecting_heap
from tests.office import dirt, duty_rows

pytestmark = pytest.mark.django_db
NAMES = [f"数:town_sewage_rate@{place}@2021Q3" for place in ("乐平市", "浮梁县")]


def figures(ws) -> dict[str, tuple[Decimal, Decimal]]:
    rows = known(ws.data, FIGURES).iter_rows(named=True)
    return {row["place"]: (row["numerator"], row["denominator"]) for row in rows}


def returned(ws, folder: Path, part: int) -> Path:
    """The bureau's sheet with both figures filled in."""
    content = collecting.sheets(ws, "2021-09", ["市住建局"])["市住建局-工作进展-2021-09.xlsx"]
    folder.mkdir()
    path = folder / "表.xlsx"
    load_workbook(io.BytesIO(content)).save(path)
    sheet = dirt.Sheet(path)
    numbers = sheet.figures()
    for name in NAMES:
        numbers.put(name, "分子", part)
        numbers.put(name, "分母", 560)
    sheet.save(path)
    return path


def stored(ws, path: Path, received: date) -> str:
    """The heap confirmed with every correction allowed; its id."""
    heap = collecting_heap.read(ws, [path], "2021-09", received)
    answers = {one.id: "以新换旧" for one in heap.review.questions}
    heap = collecting_heap.with_answers(ws, heap, path.parent, answers)
    assert len(collecting_heap.confirm(heap, "经办", None, ws, path.parent)) == 2
    return heap.id


def test_what_was_known_by_another_door_stands_again(office, tmp_path):
    duty_rows.put(office)
    words = [[name, f"城镇生活污水处理率 {name[-11:]}"] for name in NAMES]
    collecting.begin("2021-09", date(2021, 10, 13), "试", figures={"市住建局": words})
    source = tmp_path / "q3.csv"
    source.write_text(
        "指标,地区,时段,分子,分母,填报日期\n城镇生活污水处理率,乐平市,2021Q3,500,560,2021-10-08\n", "utf-8"
    )
    store_figures(office, source)
    unit = {one.sender: one for one in collecting.standings("2021-09", date(2021, 10, 12))}["市住建局"]
    assert (unit.figures, unit.given) == (2, 1), "what came by another door counts as given"
    before = figures(office)

    first = stored(office, returned(office, tmp_path / "a", 550), date(2021, 10, 18))
    assert figures(office) == dict.fromkeys(("乐平市", "浮梁县"), (Decimal(550), Decimal(560)))
    second = stored(office, returned(office, tmp_path / "b", 551), date(2021, 10, 19))
    assert figures(office)["浮梁县"] == (Decimal(551), Decimal(560))

    # taken back in the wrong order: the first heap's rows were replaced since, nothing moves
    done = collecting_heap.undo(office, "2021-09", first, "经办", date(2021, 10, 12), "放错了")
    assert (done.rows, len(done.left)) == (0, 2) and figures(office)["乐平市"][0] == 551
    done = collecting_heap.undo(office, "2021-09", second, "经办", date(2021, 10, 12), "放错了")
    assert done.rows == 2 and figures(office)["乐平市"][0] == 550 and figures(office)["浮梁县"][0] == 550
    done = collecting_heap.undo(office, "2021-09", first, "经办", date(2021, 10, 12), "还是放错了")
    assert done.rows == 2 and figures(office) == before, "dated before the corrections, and still the last word"
