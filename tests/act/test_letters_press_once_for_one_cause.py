"""Escalation: what sets a letter off, who may send it to whom, no second letter for one cause, release."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.definition import ledgers
from guatu.act.drafting import case_of, form
from guatu.act.ladder import ladder
from guatu.act.letters import Case, Letter, open_letter, propose, step_letter
from guatu.act.problem import Problem, Step
from guatu.errors import ActError

RULES = ladder()
DAY = date(2021, 10, 31)
LEDGER = ledgers()["provincial_inspection"]


def overdue(days: int, state: str = "整改中") -> Case:
    deadline = (DAY - timedelta(days=days)).isoformat()
    fields = {
        "lead_unit": "市住建局",
        "county": "浮梁县",
        "deadline": deadline,
        "title": "管网破损",
        "source_no": ["12"],
    }
    step = Step("register", "", state, date(2021, 1, 4), "经办", deadline=deadline)
    found = case_of(LEDGER, Problem(LEDGER.id, "SJ-1", state, fields, steps=(step,)), DAY)
    assert found is not None
    return found


def section(**facts: int) -> Case:
    return Case("断面/鲇鱼山", "断面", {"县（市、区）": "昌江区"}, facts, ("10月Ⅳ类",))


@pytest.mark.parametrize(
    ("days", "letter", "addressee", "approver"),
    [
        (1, "催办单", "市住建局", "环委办经办"),
        (9, "催办单", "市住建局", "环委办经办"),
        (10, "提示函", "浮梁县", "环委办主任"),
        (30, "督办函", "浮梁县", "环委办主任"),
        (59, "督办函", "浮梁县", "环委办主任"),
        (60, "约谈", "浮梁县", "市领导"),
    ],
)
def test_the_slow_ladder_of_overdue_problems(days: int, letter: str, addressee: str, approver: str) -> None:
    (draft,) = propose(RULES, [overdue(days)], [], {}).drafts
    assert (draft.letter, draft.addressee, draft.approver, draft.action) == (letter, addressee, approver, "新发")
    assert any(f"逾期 {days} 天" in figure for figure in draft.figures)


def test_nothing_overdue_nothing_proposed() -> None:
    found = propose(RULES, [overdue(0), overdue(40, "已验收待公示")], [], {})
    assert (found.drafts, found.releases) == ((), ())


def test_which_reach_the_conditions_of_a_talk() -> None:
    """Question 16: the trigger, the figures, the letters sent before; a leader of the city approves, not the office."""
    sent = Letter("SJ-1", "督办函", "浮梁县", "送达", "景环委办函〔2021〕7号")
    (draft,) = propose(RULES, [overdue(75)], [sent], {}).drafts
    assert (draft.letter, draft.approver, draft.action, draft.earlier) == ("约谈", "市领导", "升级", (sent,))
    assert draft.trigger.id == "overdue_60"
    assert any("自拟稿" in caution for caution in draft.cautions)


def test_no_second_letter_for_one_cause() -> None:
    sent = Letter("SJ-1", "督办函", "浮梁县", "送达", "景环委办函〔2021〕7号")
    (draft,) = propose(RULES, [overdue(35)], [sent], {}).drafts
    assert draft.action == "并入"
    with pytest.raises(ActError) as caught:
        open_letter(draft, [sent])
    assert caught.value.codes == ("G-ACT-51",)
    answered = replace(sent, state="解除")
    assert propose(RULES, [overdue(35)], [answered], {}).drafts[0].action == "新发"


def test_a_heavier_letter_takes_the_place_of_the_lighter() -> None:
    sent = Letter("SJ-1", "提示函", "浮梁县", "送达", "3号")
    (draft,) = propose(RULES, [overdue(35)], [sent], {}).drafts
    old, new = open_letter(draft, [sent])
    assert (old.state, new.state, new.letter, new.instead_of) == ("升级", "拟稿", "督办函", "3号")
    assert propose(RULES, [overdue(35)], [old, new], {}).drafts[0].action == "并入"


@given(days=st.lists(st.integers(0, 90), max_size=12))
def test_however_the_days_go_one_letter_a_body_is_open(days: list[int]) -> None:
    letters: tuple[Letter, ...] = ()
    for late in days:
        for draft in propose(RULES, [overdue(late)], letters, {}).drafts:
            if draft.action != "并入":
                letters = open_letter(draft, letters)
                letters = tuple(replace(one, state="送达") if one.state == "拟稿" else one for one in letters)
        for body in ("市住建局", "浮梁县"):
            assert sum(one.is_open and one.addressee == body for one in letters) <= 1


def test_an_office_does_not_press_the_party_office() -> None:
    case = Case("SJ-2", "问题", {"责任单位": "市委宣传部", "县（市、区）": "市委宣传部"}, {"overdue_days": 90}, ())
    (draft,) = propose(RULES, [case], [], {"市委宣传部": "党委部门、人大、政协"}).drafts
    assert (draft.letter, draft.issuer, draft.approver) == ("提示函", "市环委会", "市环委会领导")
    assert any("最高只到“提示函”" in caution for caution in draft.cautions)


def test_the_warning_of_the_yangtze_has_two_levels() -> None:
    """2018: two classes worse than last year, month and cumulative, worse than Ⅲ, target missed: level one."""
    facts = {"month_class": 4, "cumulative_class": 4, "misses_year_target": 1, "bad_months": 0}
    worse = {"month_classes_worse": 1, "cumulative_classes_worse": 2}
    (two,) = propose(RULES, [section(**facts, **worse)], [], {}).drafts
    assert two.trigger.id == "yangtze_2"
    (one,) = propose(RULES, [section(**facts, month_classes_worse=2, cumulative_classes_worse=2)], [], {}).drafts
    assert one.trigger.id == "yangtze_1"
    fine = {**facts, **worse, "cumulative_class": 3}
    assert propose(RULES, [section(**fine)], [], {}).drafts == ()
    assert propose(RULES, [section(**{**facts, **worse, "misses_year_target": 0})], [], {}).drafts == ()


def test_a_missing_figure_triggers_nothing_releases_nothing_and_is_told() -> None:
    sent = Letter("断面/鲇鱼山", "预警函", "昌江区", "送达", "1号")
    found = propose(RULES, [section(month_class=4, bad_months=0)], [sent], {})
    assert (found.drafts, found.releases) == ((), ())
    assert ("断面/鲇鱼山", "yangtze_2") in {one[:2] for one in found.untold}


def test_a_letter_is_released_when_its_cause_is_gone() -> None:
    sent = Letter("SJ-1", "督办函", "浮梁县", "送达", "7号")
    other = Letter("SJ-9", "督办函", "浮梁县", "送达", "8号")  # nothing is known of SJ-9 today
    assert propose(RULES, [overdue(40, "已验收待公示")], [sent, other], {}).releases == (sent,)


def test_foreign_triggers_sleep_until_an_office_takes_them_up() -> None:
    case = Case("空气/浮梁县", "县区空气", {"县（市、区）": "浮梁县"}, {"worse_times": 3, "rank_from_bottom": 1})
    assert propose(RULES, [case], [], {}).drafts == ()
    (draft,) = propose(RULES, [case], [], {}, active=["hebei_last", "hebei_worse_2", "hebei_worse_3"]).drafts
    assert (draft.letter, draft.trigger.source[:3]) == ("约谈", "河北省")


def test_room_below_zero_is_compared_exactly() -> None:
    case = Case("pm25", "指标", {"责任单位": "市生态环境局"}, {"room": Fraction(-1, 10**12)})
    (draft,) = propose(RULES, [case], [], {}).drafts
    assert draft.letter == "预警函"
    assert propose(RULES, [replace(case, facts={"room": 0})], [], {}).drafts == ()


def test_a_letter_leaves_by_the_offices_own_system_and_comes_back_with_its_number() -> None:
    letter = Letter("SJ-1", "督办函", "浮梁县")
    with pytest.raises(ActError) as caught:
        step_letter(RULES, letter, "签发")
    assert caught.value.codes == ("G-ACT-53",) * 3  # 文号, 日期, 扫描件
    signed = step_letter(RULES, letter, "签发", day=DAY, number="景环委办函〔2021〕7号", scan="a" * 64)
    sent = step_letter(RULES, signed, "送达", day=DAY + timedelta(days=1))
    with pytest.raises(ActError) as caught:
        step_letter(RULES, sent, "反馈", day=DAY, scan="b" * 64)  # before it was delivered
    assert caught.value.codes == ("G-ACT-53",)
    answered = step_letter(RULES, sent, "反馈", day=DAY + timedelta(days=9), scan="b" * 64)
    checked = step_letter(RULES, answered, "复核", day=DAY + timedelta(days=12), reason="现场核实")
    released = step_letter(RULES, checked, "解除", day=DAY + timedelta(days=12), reason="已完成")
    assert not released.is_open
    with pytest.raises(ActError) as caught:
        step_letter(RULES, released, "签发", day=DAY, number="8号", scan="c" * 64)
    assert caught.value.codes == ("G-ACT-52",)


def test_the_draft_fills_the_form_and_leaves_the_number_open() -> None:
    """Question 15: a 督办函 to Fuliang with its facts from the ledger."""
    (draft,) = propose(RULES, [overdue(35)], [], {}).drafts
    filled = form(RULES, draft, DAY, demands=("10日内完成修复",), answer_by=date(2021, 11, 10))
    assert filled["文号"] == "" and filled["印章"] == ""
    assert filled["主送"] == "浮梁县"
    assert "来源编号 12" in filled["事实"] and "逾期 35 天" in filled["事实"]
    assert filled["抄送"] == "分管市领导"


def test_every_row_of_the_draft_matrix_stands_on_the_ladder() -> None:
    assert all(letter in RULES.rungs for row in RULES.matrix for letter in row.letters)
    assert all(trigger.letter in RULES.rungs for trigger in RULES.triggers)
    reached = {letter for row in RULES.matrix for letter in row.letters}
    assert reached == set(RULES.rungs)
    talks = [row for row in RULES.matrix if "约谈" in row.letters]
    assert {row.approver for row in talks} == {"市领导"}
