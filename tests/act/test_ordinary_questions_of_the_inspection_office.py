"""What a clerk or a leader asks on an ordinary day: counts, likely duplicates, visits, the list of the late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.alike import alike
from guatu.act.definition import ledgers
from guatu.act.letter_numbers import count_letters, read_number
from guatu.act.overview import overview, stage_table
from guatu.act.problem import Problem, Step
from guatu.act.visits import visits_of
from guatu.errors import ActError, RuleError

LEDGERS = ledgers()


def item(ledger: str, number: str, state: str = "整改中", since: date = date(2021, 1, 4), **fields: Any) -> Problem:
    step = Step("register", "", state, since, "经办", deadline=fields.get("deadline", ""))
    return Problem(ledger, number, state, fields, steps=(step,))


def test_a_published_letter_number_is_taken_apart() -> None:
    found = read_number("D3SX202505280018")
    assert (found.channel, found.round, found.province) == ("来电", "3", "SX")
    assert (found.day, found.sequence, found.key_item) == (date(2025, 5, 28), 18, False)
    assert read_number("*x 3SX 202505280001").channel == "来信"
    assert read_number("D3SX202505280018（重点）").key_item


@pytest.mark.parametrize("text", ["", "12", "D3SX202513280018", "Q3SX202505280018"])
def test_another_form_is_not_guessed(text: str) -> None:
    with pytest.raises(ActError) as caught:
        read_number(text)
    assert caught.value.codes == ("G-ACT-04",)


LETTERS = [
    item("petition", "1", "已销号", county="乐平市", pollution=["水", "大气"]),
    item("petition", "2", "已办结", county="乐平市", pollution=["噪声"]),
    item("petition", "3", "阶段性办结", county="浮梁县", pollution=["水"]),
    item("petition", "4", "不属实办结", county="浮梁县", pollution=["大气", "噪声", "水"]),
    item("petition", "5", "正在办理"),
]


def test_letters_by_county_and_type() -> None:
    """Question 11: the types add up to seven for the four letters that have one; it says so."""
    count = count_letters(LEDGERS["petition"], LETTERS)
    assert count.words == (
        "累计交办 5 件：办结 2 件，阶段性办结 1 件，不属实 1 件，未办结 1 件；一件可属多个类型，类型合计比件数多 3。"
    )
    assert count.counties == {"乐平市": ("1", "2"), "浮梁县": ("3", "4"), "未填": ("5",)}
    assert count.types == {"水": ("1", "3", "4"), "大气": ("1", "4"), "噪声": ("2", "4"), "未填": ("5",)}


def test_letters_of_one_type_each_do_not_exceed() -> None:
    assert "多个类型" not in count_letters(LEDGERS["petition"], LETTERS[1:3]).words


TEXT = "某陶瓷厂夜间偷排废气，气味刺鼻，影响周边居民"


def test_likely_duplicates_are_shown_with_their_reason() -> None:
    """Questions 10 and 26: same object, near place across ledgers, the same words in one county."""
    problems = [
        item("nature_reserve", "LD-1", longitude="117.20000", latitude="29.30000"),
        item("central_inspection", "ZY-1", longitude="117.20100", latitude="29.30100"),
        item("mine", "KS-1", longitude="117.30000", latitude="29.30000", object_no="91360200X"),
        item("voc", "VQ-1", object_no="91360200X"),
        item("petition", "XF-1", county="昌江区", text=TEXT),
        item("petition", "XF-2", county="昌江区", text="某陶瓷厂夜间偷排废气，气味很刺鼻，影响周边居民生活"),
        item("petition", "XF-3", county="浮梁县", text=TEXT),
    ]
    found = alike(problems)
    assert [(one.first, one.second, one.reasons) for one in found] == [
        ("LD-1", "ZY-1", ("相距约 147 米",)),  # 0.001 degree each way: 111 m and 97 m
        ("KS-1", "VQ-1", ("同一对象",)),
        ("XF-1", "XF-2", ("文字相近",)),
    ]
    assert found[0].metres == 147
    assert [one.first for one in alike(problems, near=100)] == ["KS-1", "XF-1"]


def test_what_a_person_has_linked_is_not_asked_again() -> None:
    linked = [
        item("nature_reserve", "LD-1", longitude="117.2", latitude="29.3", also_in=["ZY-1"]),
        item("central_inspection", "ZY-1", longitude="117.2", latitude="29.3"),
    ]
    assert alike(linked) == ()


places = st.tuples(st.integers(0, 400), st.integers(0, 400))


@given(points=st.lists(places, max_size=12))
def test_the_grid_finds_what_comparing_every_pair_finds(points: list[tuple[int, int]]) -> None:
    """Against the plain way: each pair, great-circle distance; only pairs at the very edge may differ."""
    from math import asin, cos, radians, sin, sqrt

    problems = [
        item("mine", str(n), longitude=f"{117 + x / 100000:.5f}", latitude=f"{29 + y / 100000:.5f}")
        for n, (x, y) in enumerate(points)
    ]
    found = {(one.first, one.second) for one in alike(problems)}
    for n, (x1, y1) in enumerate(points):
        for m in range(n + 1, len(points)):
            x2, y2 = points[m]
            a, b = radians(29 + y1 / 100000), radians(29 + y2 / 100000)
            half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians((x2 - x1) / 100000) / 2) ** 2
            metres = 2 * 6371008.8 * asin(sqrt(half))
            if abs(metres - 200) > 3:
                assert ((str(n), str(m)) in found) == (metres < 200)


def pond(level: str, *visits: str) -> Problem:
    return item("tailings", "WK-1", pond="某尾矿库", watch_level=level, visits=list(visits))


@pytest.mark.parametrize(
    ("level", "visits", "day", "short", "before"),
    [
        ("一级", ["2021-03-02", "2021-09-10"], "2021-10-31", 0, 0),
        ("一级", ["2021-06-01", "2021-09-10"], "2021-10-31", 1, 1),  # 1 June is no longer before it
        ("一级", ["2021-05-31"], "2021-06-30", 1, 0),
        ("一级", ["2020-05-31", "2021-07-01"], "2021-06-30", 2, 1),  # last year's and next month's do not count
        ("二级", [], "2021-10-31", 1, 0),
        ("三级", [], "2021-10-31", 0, 0),
    ],
)
def test_first_grade_ponds_before_the_floods(level: str, visits: list[str], day: str, short: int, before: int) -> None:
    """Question 25, 环办固体函〔2021〕613号: two visits a year, one before 1 June."""
    (found,) = visits_of([pond(level, *visits)], date.fromisoformat(day))
    assert (found.short, found.short_before_flood) == (short, before)


def test_visits_are_said_in_words_and_only_since_the_rule() -> None:
    (found,) = visits_of([pond("一级", "2021-03-02")], date(2021, 10, 31))
    assert found.words == "某尾矿库（一级）：本年应查 2 次、已查 1 次，汛前（6月1日前）应查 1 次、已查 1 次"
    with pytest.raises(RuleError):
        visits_of([pond("一级")], date(2020, 12, 31))


def test_how_far_the_look_back_is_and_who_is_late() -> None:
    """Question 6: all, due, in step; the late with unit, leader, days and the first date where it was moved."""
    june = {"deadline": "2021-06-30", "first_deadline": "2021-06-30"}
    who = {"lead_unit": "市住建局", "leader": "李某"}
    problems = [
        item("central_inspection", "1", "已销号", date(2021, 7, 10), **june),
        item("central_inspection", "2", deadline="2021-10-01", first_deadline="2021-06-30", title="渗滤液", **who),
        item("central_inspection", "3", deadline="2021-08-31", first_deadline="2021-08-31"),
        item("central_inspection", "4", "长期坚持"),
        item("central_inspection", "5", deadline="2021-12-31"),
        item("central_inspection", "6", since=date(2021, 11, 2), deadline="2021-01-31"),  # not entered yet
    ]
    found = overview(LEDGERS, problems, date(2021, 10, 31))
    assert found.words == "共 5 件，到期 3 件、已完成 1 件，迟办结 1 件，逾期 2 件；长期坚持达到序时进度 1 件。"
    assert [(line.number, line.late.overdue) for line in found.overdue] == [("3", 61), ("2", 30)]
    late = found.overdue[1]
    assert (late.title, late.lead_unit, late.leader) == ("渗滤液", "市住建局", "李某")
    assert late.late.words == "逾期 30 天（原定 2021-06-30）"
    assert [line.number for line in found.finished_late] == ["1"]
    assert {stage: len(lines) for stage, lines in found.stages.items() if lines} == {"整改": 4, "销号": 1}


def test_the_last_day_is_due_but_not_late() -> None:
    found = overview(LEDGERS, [item("mine", "1", deadline="2021-10-31")], date(2021, 10, 31))
    assert (len(found.due), len(found.overdue)) == (1, 0)


def test_the_printed_table_maps_every_state_of_every_ledger() -> None:
    heading, *rows = stage_table(LEDGERS)
    assert heading[:2] == ("阶段", "状态")
    for code, marks in zip(heading[2:], list(zip(*rows, strict=True))[2:], strict=True):
        ledger = next(one for one in LEDGERS.values() if one.code == code)
        named = {row[1] for row, mark in zip(rows, marks, strict=True) if mark}
        assert named == set(ledger.states)


@given(texts=st.lists(st.text(alphabet="甲乙丙丁戊", min_size=6, max_size=10), max_size=10))
def test_texts_are_found_alike_as_comparing_every_pair_finds_them(texts: list[str]) -> None:
    """Against the plain way: the share of pairs of characters two texts have in common, at least three fifths."""

    def pairs(text: str) -> set[str]:
        return {text[n] + text[n + 1] for n in range(len(text) - 1)}

    problems = [item("petition", str(n), county="乐平市", text=text) for n, text in enumerate(texts)]
    wanted = {
        (str(n), str(m))
        for m in range(len(texts))
        for n in range(m)
        if 5 * len(pairs(texts[n]) & pairs(texts[m])) >= 3 * len(pairs(texts[n]) | pairs(texts[m]))
    }
    assert {(one.first, one.second) for one in alike(problems)} == wanted
