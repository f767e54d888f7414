"""Measures of a problem: rows that go into one cell and come back, late by their date, changed by whom it is for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.act import measures
from guatu.act.closing import form_rows, notice_row
from guatu.act.definition import ledgers
from guatu.act.headings import suggest
from guatu.act.making import register
from guatu.act.measure_rows import DONE, STATES, UNDER_WAY, Measure, cell_of, cell_read, measures_of, plain, standing
from guatu.act.sheet import read, write
from guatu.act.workbook import printed, read_page, write_page
from guatu.errors import ActError
from tests.act.people import COUNTY, PEOPLE, START, UNIT, opening, sign

LEDGER = ledgers()["provincial_inspection"]
WORDS = st.text(
    st.one_of(
        st.sampled_from("管网泵站；;（）()：\\\n1．.、①责任单位时限状态佐证完成标准ns"),
        st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Co", "Cn")),
    ),
    max_size=30,
).map(str.strip)
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31)).map(date.isoformat)
ROWS = st.lists(
    st.builds(
        Measure,
        text=WORDS.filter(bool),
        unit=WORDS,
        due=st.one_of(st.just(""), DAYS),
        first_due=st.one_of(st.just(""), DAYS),
        state=st.sampled_from(STATES),
        done_when=WORDS,
        proof=WORDS,
    ),
    max_size=5,
)


@settings(max_examples=400, deadline=None)
@given(ROWS)
def test_a_cell_gives_every_row_back(rows: list[Measure]) -> None:
    assert cell_read(cell_of(rows)) == plain(rows)
    assert measures_of(plain(rows)) == tuple(rows)


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("排查管网；改造泵站、提升井；建立巡查制度", ["排查管网", "改造泵站、提升井", "建立巡查制度"]),
        ("1.排查管网\n2.改造1.5公里管网", ["排查管网", "改造1.5公里管网"]),
        ("（1）排查；（2）改造", ["排查", "改造"]),
        ("①排查\n②改造；加强巡查", ["排查", "改造；加强巡查"]),
        ("1.5公里管网改造", ["1.5公里管网改造"]),
        ("排查（含雨水口）", ["排查（含雨水口）"]),
    ],
)
def test_the_cells_of_older_ledgers(cell: str, texts: list[str]) -> None:
    assert [one["text"] for one in cell_read(cell)] == texts


def test_what_an_office_writes_by_hand_is_understood() -> None:
    (row,) = cell_read("改造泵站（责任单位：市住建局；时限：2021年6月30日；完成标准：通过验收）")
    assert row == {"text": "改造泵站", "unit": "市住建局", "due": "2021-06-30", "done_when": "通过验收"}


def test_late_is_derived_from_the_date() -> None:
    rows = [Measure("甲", due="2021-06-30"), Measure("乙", due="2021-06-30", state=DONE, proof="x"), Measure("丙")]
    assert [one.late(date(2021, 7, 3)) for one in rows] == [3, 0, 0]
    assert standing(rows, date(2021, 7, 3)) == "措施 3 条，已完成 1 条，逾期 1 条。"
    assert standing(rows, date(2021, 6, 30)) == "措施 3 条，已完成 1 条，没有逾期。"


def problem(state: str) -> Any:
    fields = {**opening(LEDGER), "county": COUNTY, "lead_unit": UNIT}
    fields["measures"] = [{"text": "改造泵站", "due": "2021-06-30"}]
    return register(LEDGER, "SJ-1", fields, sign(PEOPLE["office_clerk"], START, None), state=state)[0]


def settled(item: Any, rows: list[Measure], who: str, reason: str = "") -> Any:
    by = sign(PEOPLE[who], START, None, reason=reason)
    return measures.settle(LEDGER, item, rows, by, version=item.version)[0]


def refusal(item: Any, rows: list[Measure], who: str, reason: str = "") -> str:
    with pytest.raises(ActError) as caught:
        settled(item, rows, who, reason)
    return "".join(f"{one.code}{one.what}" for one in caught.value.faults)


def test_while_the_plan_is_written_the_unit_sets_it() -> None:
    rows = [Measure("改造泵站", UNIT, "2021-07-31", done_when="通水"), Measure("巡查")]
    made = settled(problem("已交办"), rows, "unit_contact")
    assert measures_of(made.fields["measures"]) == tuple(rows) and made.version == 2


def test_once_it_stands_the_unit_says_how_far_and_the_office_changes_it_with_a_reason() -> None:
    item = problem("整改中")
    same = Measure("改造泵站", due="2021-06-30", state=UNDER_WAY)
    made = settled(item, [same], "unit_contact")
    assert measures_of(made.fields["measures"]) == (same,)
    later = [Measure("改造泵站", due="2021-08-31")]
    assert "方案已定" in refusal(item, later, "unit_head")
    assert "没有写理由" in refusal(item, later, "office_clerk")
    (one,) = measures_of(settled(item, later, "office_clerk", "市政府同意").fields["measures"])
    assert (one.due, one.first_due) == ("2021-08-31", "2021-06-30")
    assert "方案已定" in refusal(item, [], "unit_contact")


def test_done_asks_for_proof_and_a_closed_problem_is_left_alone() -> None:
    done = Measure("改造泵站", due="2021-06-30", state=DONE)
    assert "没有佐证" in refusal(problem("整改中"), [done], "unit_contact")
    proved = Measure("改造泵站", due="2021-06-30", state=DONE, proof="a" * 64)
    assert settled(problem("整改中"), [proved], "unit_contact").fields["measures"][0]["proof"] == "a" * 64
    assert "已销号" in refusal(problem("已销号"), [proved], "office_clerk", "x")
    wrong = [Measure("改造泵站", due="明年", state=UNDER_WAY)]
    assert "G-ACT-37" in refusal(problem("已交办"), wrong, "unit_contact")


def test_the_printed_form_goes_in_again_without_loss(tmp_path: Path) -> None:
    item = problem("整改中")
    rows = plain([Measure("改造（一期）泵站", UNIT, "2021-07-31", "2021-06-30", DONE, "通水；验收", "景建〔2021〕3号"),
                  Measure("巡查")])  # fmt: skip
    item.fields["measures"][:] = rows
    lines = printed(LEDGER, [item])
    at = lines[0].index("整改措施")
    assert "1．改造（一期）泵站（责任单位：市住建局；时限：2021-07-31" in lines[1][at]
    write_page(tmp_path / "a.xlsx", lines, 1)
    page = read_page(tmp_path / "a.xlsx")
    layout = suggest(page.rows, LEDGER).settled({}, {"round": "省级督察", "feedback_on": "2021-01-05"})
    sheet = read(page.rows, layout, LEDGER, 2021)
    assert sheet.rows[0].fields["measures"] == rows
    again = write(sheet, LEDGER, {sheet.rows[0].line: item})
    assert again[1][at] == lines[1][at]
    told = dict(form_rows(LEDGER, item))["措施完成对照"]
    assert "状态：已完成" in told and "完成标准：通水" in told
    assert notice_row(item)[4] == "改造（一期）泵站；巡查"
