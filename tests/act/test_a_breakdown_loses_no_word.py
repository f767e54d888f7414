"""Splitting and merging in any order keeps every character of duty; nothing is chosen silently."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.breakdown import Row, edited, merged, rows_of, split, uncovered
from guatu.act.breakdown_gaps import asked_of, gaps
from guatu.act.duty_states import bar_of, days_late, sayable, state_of, states_on
from guatu.errors import ActError

TEXT = "开展散煤治理，关停燃煤锅炉，推广清洁取暖，巩固禁燃成果，建立巡查台账。"


def a_row(**more):
    return Row("M001", "K01", "三/1", TEXT, ((100, 100 + len(TEXT)),), **more)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 34)), max_size=6), st.randoms())
def test_no_character_is_lost_however_rows_are_cut_and_joined(cuts, chance):
    rows, whole = [a_row()], [(100, 100 + len(TEXT))]
    for which, at in cuts:
        one = rows[which % len(rows)]
        try:
            rows[rows.index(one) : rows.index(one) + 1] = split(one, at)
        except ActError as error:
            assert error.codes == ("G-ACT-83",)
        if len(rows) > 2 and chance.random() < 0.4:
            pair = chance.sample(rows, 2)
            rows = [row for row in rows if row not in pair] + [merged(pair)]
    assert uncovered(whole, rows) == ()
    assert sorted("".join(row.text for row in rows)) == sorted(TEXT)


def test_what_no_row_holds_is_named():
    one, two = split(a_row(), 7)
    assert (one.text, two.text) == (TEXT[:7], TEXT[7:])
    assert uncovered([(100, 100 + len(TEXT))], [two]) == ((100, 107),)
    assert uncovered([(100, 100 + len(TEXT))], [one]) == ((107, 100 + len(TEXT)),)


def test_rows_that_differ_are_not_merged():
    one, two = split(a_row(node=date(2021, 6, 30)), 7)
    with pytest.raises(ActError) as refused:
        merged([one, replace(two, node=date(2021, 9, 30), done="paper")])
    assert [fault.what for fault in refused.value.faults] == ["节点不同", "完成标志不同"]


def test_a_lead_is_only_first_until_a_person_says_so():
    sentence = SimpleNamespace(id="M1", task="K1", outline="三", text="做好。", span=(0, 3), value=None, unit=None,
                               deadlines=("2021Q1",), paper="", indicator_id=None, done="standing")  # fmt: skip
    block = SimpleNamespace(title="", id="K1", units=("甲局", "乙局"), lead=(), responsible=(), coop=("丙局",),
                            implicit_units=("各县（市、区）政府",), deadlines=())  # fmt: skip
    row = rows_of([sentence], [block])[0]
    assert row.bodies() == (("甲局", "首位"), ("乙局", "责任"), ("丙局", "配合"), ("各县（市、区）政府", "默认承担"))
    assert row.node == date(2021, 3, 31)
    assert [gap.kind for gap in gaps([row], ["A县"], ["新区"])] == ["牵头未确认", "未覆盖"]
    assert gaps([edited(row, {"confirmed": True})], ["A县", "新区"], ["新区"]) == ()
    assert {name: len(rows) for name, rows in asked_of([row], ["A县", "B县"]).items()} == {
        "甲局": 1, "乙局": 1, "丙局": 1, "A县": 1, "B县": 1,
    }  # fmt: skip
    assert Row.of(row.record()) == row


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"text": "改"}, "G-ACT-81"), ({"node": "2021-9-31"}, "G-ACT-82"), ({"done": "60%"}, "G-ACT-82"),
     ({"quantity": "一批"}, "G-ACT-82"), ({"quantity": "0"}, "G-ACT-82")],
)  # fmt: skip
def test_what_may_not_be_changed_or_cannot_be_is_refused(changes, code):
    with pytest.raises(ActError) as refused:
        edited(a_row(), changes)
    assert refused.value.codes == (code,)


@pytest.mark.parametrize(
    ("node", "said", "verified", "state"),
    [
        (None, "", False, "未报"),
        (None, "滞后", False, "滞后"),
        ("2021-09-30", "推进中", False, "逾期"),
        ("2021-10-12", "推进中", False, "推进中"),
        ("2021-09-30", "办结", False, "待核实"),
        ("2021-09-30", "办结", True, "办结"),
        (None, "长期坚持", False, "长期坚持"),
        (None, "申请调整", False, "申请调整"),
        (None, "未启动", False, "未启动"),
    ],
)
def test_states_follow_from_what_was_said_verified_and_due(node, said, verified, state):
    day = date(2021, 10, 12)
    assert state_of(date.fromisoformat(node) if node else None, "paper", said, verified, day) == state
    assert state in states_on(day) and "逾期" not in sayable(day)


def test_a_bar_is_measures_done_of_measures_due():
    day, early, late = date(2021, 10, 12), date(2021, 9, 30), date(2021, 12, 31)
    assert bar_of([(None, "推进中"), (late, "推进中")], day) is None
    assert bar_of([(early, "办结"), (early, "逾期"), (late, "推进中"), (late, "办结")], day) == (2, 3)
    assert days_late(early, None, day) == 12 and days_late(early, date(2021, 10, 2), day) == 2
