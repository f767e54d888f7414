"""An office's 督察 Excel: its own headings, all faults by cell, the same columns out, the right rates."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.definition import ledgers
from guatu.act.headings import Layout, suggest
from guatu.act.making import register
from guatu.act.problem import Problem
from guatu.act.rates import list_rate, listings
from guatu.act.sheet import Sheet, cell_name, read, text_of, write
from guatu.act.workbook import printed, read_page, write_page
from guatu.errors import ActError
from tests.act.people import PEOPLE, sign

LEDGER = ledgers()["provincial_inspection"]
SAME = {"round": "省级督察", "feedback_on": "2020-12-01"}
HEAD: list[list[Any]] = [
    ["景德镇市省级生态环境保护督察反馈问题整改台账", *[None] * 14],
    ["序号", "编号", "问题原文", "属地", "整改目标", "整改措施", "责任", None, None, None, "整改时限", "整改进展",
     "是否销号", "备 注", "督导组电话"],
    [None, None, None, None, None, None, "牵头单位", "配合单位", "责任领导", "责任人", None, None, None, None, None],
]  # fmt: skip


def line(n: int, due: Any = "2021年6月底前", done: Any = "否", **cells: Any) -> list[Any]:
    row = [float(n), f"S-{n}", f"第{n}个问题：雨污混流", "乐平市", "消除直排", "修复管网；建设泵站"]
    row += ["市住建局", "市城管局、乐平市", "李副市长", "王某", due, "正在施工", done, None, "0798-1"]
    named = {"text": 2, "county": 3, "phone": 14}
    for name, cell in cells.items():
        row[named[name]] = cell
    return row


ROWS = [
    *HEAD,
    line(1, "2021年6月底前", "是"),
    line(2, "2021年1季度", "√"),
    line(3, "年底前", "否"),
    line(4, "长期坚持", "否"),
    line(5, datetime(2021, 9, 30), "未销号", phone=13807980000.0),
    [None] * 15,
    ["合计", None, "5件", *[None] * 12],
]


def layout(rows: list[list[Any]] = ROWS, **same: Any) -> Layout:
    return suggest(rows, LEDGER).settled({}, {**SAME, **same})


def stored(sheet: Sheet) -> dict[int, Problem]:
    by = sign(PEOPLE["office_clerk"], date(2021, 10, 1), None)
    return {
        row.line: register(
            LEDGER, f"SJ-2021-360281-{row.line:04d}", row.fields, by, state=row.state, since=date(2021, 6, 1)
        )[0]
        for row in sheet.rows
    }


def test_the_headings_are_found_below_the_title_and_over_two_rows() -> None:
    found = layout()
    assert found.head == 3
    assert [column.field for column in found.columns] == [
        *("sequence", "source_no", "text", "county", "goal", "measures", "lead_unit", "support_units", "leader"),
        *("person", "deadline_text", "progress", "closed", "remark", ""),
    ]


def test_what_the_cells_say() -> None:
    rows = read(ROWS, layout(), LEDGER, 2021).rows
    assert [row.line for row in rows] == [4, 5, 6, 7, 8]
    assert [row.fields.get("deadline") for row in rows] == [
        "2021-06-30",
        "2021-03-31",
        "2021-12-31",
        None,
        "2021-09-30",
    ]
    assert [row.state for row in rows] == ["已销号", "已销号", "整改中", "整改中", "整改中"]
    assert rows[0].fields["measures"] == [{"text": "修复管网"}, {"text": "建设泵站"}]
    assert rows[0].fields["support_units"] == ["市城管局", "乐平市"]
    assert rows[0].fields["round"] == "省级督察"
    assert rows[3].fields["deadline_kind"] == "长期坚持"


def test_the_right_rates_come_out() -> None:
    """Four items are due some day, two are closed; one is standing: 50 % of the plan, 2 of 3 due by October."""
    problems = stored(read(ROWS, layout(), LEDGER, 2021))
    rate = list_rate(listings()["provincial"], ledgers(), problems.values(), date(2021, 10, 31))
    assert rate.together.accepted.printed() == "2/4（50.00%）"
    assert rate.together.due.printed() == "2/3（66.67%）"
    assert len(rate.together.long_term.of) == 1


def test_the_same_columns_come_out_and_go_in_again_without_loss() -> None:
    sheet = read(ROWS, layout(), LEDGER, 2021)
    problems = stored(sheet)
    out = write(sheet, LEDGER, problems)
    assert out == ROWS
    again = read(out, layout(), LEDGER, 2021)
    assert [row.fields for row in again.rows] == [row.fields for row in sheet.rows]


def test_what_changed_is_written_in_its_own_column_and_nothing_else() -> None:
    from dataclasses import replace

    sheet = read(ROWS, layout(), LEDGER, 2021)
    problems = stored(sheet)
    third = problems[6]
    problems[6] = replace(
        third, state="已销号", fields={**third.fields, "progress": "已完工", "deadline": "2022-03-31"}
    )
    out = write(
        sheet, LEDGER, problems, [replace(third, number="SJ-9", fields={"text": "新增", "measures": ["甲", "乙"]})]
    )
    changed = {
        (at, column) for at, row in enumerate(ROWS) for column, cell in enumerate(row) if out[at][column] != cell
    }
    assert changed == {(5, 10), (5, 11), (5, 12)}
    assert [out[5][n] for n in (10, 11, 12)] == ["2022年3月31日", "已完工", "是"]
    assert out[-1][2:6] == ["新增", None, None, "1．甲\n2．乙"]
    again = read(out[: len(ROWS)], layout(), LEDGER, 2021)
    assert again.rows[2].fields["deadline"] == "2022-03-31"


def test_all_faults_come_by_cell_before_anything_is_kept() -> None:
    bad = [*HEAD, line(1, "尽快"), line(2, done="大概"), line(3, text=None), line(4, "2021年9月31日"), line(5)]
    with pytest.raises(ActError) as caught:
        read(bad, layout(bad), LEDGER, 2021)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        ("G-ACT-72", "单元格 K4（整改时限）"),
        ("G-ACT-72", "单元格 M5（是否销号）"),
        ("G-ACT-73", "单元格 C6（问题原文）"),
        ("G-ACT-72", "单元格 K7（整改时限）"),
    ]


def test_a_ledger_that_lacks_what_is_required_says_which_column() -> None:
    with pytest.raises(ActError) as caught:
        read(ROWS, suggest(ROWS, LEDGER), LEDGER, 2021)
    assert {fault.code for fault in caught.value.faults} == {"G-ACT-71"}
    assert {"没有一列是“督察类别”", "没有一列是“反馈日期”"} == {fault.what for fault in caught.value.faults}


def test_a_person_settles_what_the_words_do_not() -> None:
    rows = [["编号", "情况", "问题", "包干部门"], ["1", "甲", "乙", "市水利局"]]
    guessed = suggest(rows, LEDGER)
    assert [column.field for column in guessed.columns] == ["source_no", "", "text", ""]
    settled = guessed.settled({"包干部门": "lead_unit", "情况": "progress"}, SAME)
    (row,) = read(rows, settled, LEDGER, 2021).rows
    assert (row.fields["lead_unit"], row.fields["progress"]) == ("市水利局", "甲")
    twice = guessed.settled({"包干部门": "lead_unit", "情况": "lead_unit"}, SAME)
    with pytest.raises(ActError) as caught:
        read(rows, twice, LEDGER, 2021)
    assert "同一个字段" in caught.value.faults[0].what


def test_no_heading_at_all_is_said() -> None:
    with pytest.raises(ActError) as caught:
        suggest([["甲", "乙"], ["丙", "丁"]], LEDGER)
    assert caught.value.codes == ("G-ACT-71",)


def test_who_complained_is_set_apart_and_never_comes_out() -> None:
    petition = ledgers()["petition"]
    rows = [
        ["受理编号", "交办问题基本情况", "行政区域", "举报人联系方式"],
        ["D3SX202505280018", "夜间施工噪声", "昌江区", "张某13800000000"],
    ]
    settled = suggest(rows, petition).settled({}, {"round": "省级督察", "batch": "第一批"})
    sheet = read(rows, settled, petition, 2025)
    assert sheet.rows[0].private == {"complainant": "张某13800000000"}
    assert "13800000000" not in repr((sheet.lines, sheet.rows[0].fields, sheet.rows[0].cells))
    by = sign(PEOPLE["office_clerk"], date(2025, 5, 28), None)
    problem, entry = register(petition, "XF-1", sheet.rows[0].fields, by)
    out = write(sheet, petition, {2: problem})
    assert "13800000000" not in repr((out, entry))
    assert out[0] == rows[0] and out[1][:3] == rows[1][:3]


def workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(at, column, cell, day)
            elif cell is not None:
                page.write(at, column, cell)
    page.merge_range(0, 0, 0, 14, ROWS[0][0])
    page.merge_range(1, 6, 1, 9, "责任")
    page.merge_range(3, 3, 5, 3, "乐平市", book.add_format({"border": 1}))
    book.close()


def test_a_real_workbook_goes_through(tmp_path: Path) -> None:
    path = tmp_path / "督察台账.xlsx"
    workbook(path)
    page = read_page(path)
    assert 3 in page.merged
    assert page.rows[4][3] is None  # swallowed by the merged cell
    found = suggest(page.rows, LEDGER, page.merged).settled({}, SAME)
    sheet = read(page.rows, found, LEDGER, 2021)
    assert [row.fields["county"] for row in sheet.rows] == ["乐平市"] * 5
    rows = write(sheet, LEDGER, stored(sheet))
    out = tmp_path / "回传.xlsx"
    write_page(out, rows, found.head)
    back = read_page(out).rows
    assert [[text_of(cell) for cell in row] for row in back] == [[text_of(cell) for cell in row] for row in page.rows]


def test_a_file_that_is_no_workbook_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing")
    with pytest.raises(ActError) as caught:
        read_page(path)
    assert caught.value.codes == ("G-ACT-70",)
    workbook(tmp_path / "y.xlsx")
    with pytest.raises(ActError) as caught:
        read_page(tmp_path / "y.xlsx", "没有的表")
    assert "只有 台账" in caught.value.faults[0].what


def test_the_usual_printed_form() -> None:
    problems = list(stored(read(ROWS, layout(), LEDGER, 2021)).values())
    rows = printed(LEDGER, problems)
    assert rows[0] == [
        *("序号", "来源编号", "问题原文", "属地", "整改目标", "整改措施", "牵头单位", "配合单位", "责任领导", "责任人"),
        *("整改时限", "整改进展", "是否销号", "备注"),
    ]
    assert rows[1][:4] == [1, "S-1", "第1个问题：雨污混流", "乐平市"]
    assert [row[12] for row in rows[1:]] == ["是", "是", "否", "否", "否"]
    again = suggest(rows, LEDGER).settled({}, SAME)
    assert [row.fields["text"] for row in read(rows, again, LEDGER, 2021).rows] == [
        problem.fields["text"] for problem in problems
    ]


def test_fifty_thousand_rows_with_progress() -> None:
    rows = [*HEAD, *(line(n) for n in range(50_000))]
    seen: list[tuple[int, int]] = []
    sheet = read(rows, layout(rows), LEDGER, 2021, lambda done, total: seen.append((done, total)))
    assert len(sheet.rows) == 50_000
    assert seen[-1] == (50_003, 50_003) and len(seen) > 40


@pytest.mark.parametrize(("at", "name"), [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1")])
def test_cells_are_named_as_excel_names_them(at: int, name: str) -> None:
    assert cell_name(1, at) == name


dirt = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-5, 10**6),
    st.datetimes(),
    st.timedeltas(),
    st.sampled_from(["是", "问题", "合计", "2021年6月", "０９", "立行立改", "长期坚持", "√", "１３月底", " ", "\n"]),
    st.text(max_size=8),
)


@given(rows=st.lists(st.lists(dirt, max_size=16), min_size=1, max_size=6))
def test_dirt_of_any_kind_is_a_fault_and_never_a_crash(rows: list[list[Any]]) -> None:
    """A sheet is read whole or refused with faults that name cells; short and long lines too."""
    sheet = [*HEAD, *rows]
    try:
        found = read(sheet, layout(sheet), LEDGER, 2021)
    except ActError as error:
        assert all(fault.where.startswith("单元格 ") for fault in error.faults)
    else:
        assert [list(line) for line in found.lines[:3]] == HEAD
        for row in found.rows:
            by = sign(PEOPLE["office_clerk"], date(2021, 10, 1), None)
            assert register(LEDGER, str(row.line), row.fields, by, state=row.state)[0].fields["text"]


cells = st.one_of(st.none(), st.text(alphabet="甲乙丙 、；\n", max_size=6), st.integers(0, 99).map(float))


@given(rows=st.lists(st.tuples(cells, st.sampled_from(["是", "否", None, "√"]), cells, cells), max_size=8))
def test_whatever_is_in_the_cells_goes_out_as_it_came(rows: list[tuple[Any, ...]]) -> None:
    """Free cells under text, list and unmapped headings, each item with a problem text."""
    sheet_rows = [["问题原文", "是否销号", "整改措施", "自用列"], *(["问题", *row[1:]] for row in rows)]
    settled = suggest(sheet_rows, LEDGER).settled({}, SAME)
    sheet = read(sheet_rows, settled, LEDGER, 2021)
    by = sign(PEOPLE["office_clerk"], date(2021, 10, 1), None)
    problems = {row.line: register(LEDGER, str(row.line), row.fields, by, state=row.state)[0] for row in sheet.rows}
    assert write(sheet, LEDGER, problems) == [list(row) for row in sheet_rows]
