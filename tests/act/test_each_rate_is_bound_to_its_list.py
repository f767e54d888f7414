"""三/（五）2 of the notice: 90 % is the provincial inspection, 80 % its look-back; who counts and who does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.definition import ledgers
from guatu.act.problem import Problem, Step
from guatu.act.rates import ListRate, Share, list_rate, listings

DAY = date(2021, 10, 31)


def item(
    ledger: str,
    number: str,
    state: str,
    deadline: str = "2021-06-30",
    kind: str = "限期",
    round_: str = "省级督察",
    since: date = date(2021, 6, 1),
    **fields: Any,
) -> Problem:
    filled = {"round": round_, "deadline": deadline, "deadline_kind": kind, **fields}
    step = Step("register", "", state, since, "经办", deadline=deadline)
    return Problem(ledger, number, state, {key: value for key, value in filled.items() if value}, steps=(step,))


PROBLEMS = [
    item("provincial_inspection", "P1", "已销号"),
    item("provincial_inspection", "P2", "待上级回执"),
    item("provincial_inspection", "P3", "公示中"),
    item("provincial_inspection", "P4", "已验收待公示", deadline="2021-12-31"),
    item("provincial_inspection", "P5", "已完成待验收"),  # not yet through acceptance
    item("provincial_inspection", "P6", "整改中", deadline="2021-12-31"),
    item("provincial_inspection", "P7", "长期坚持", deadline="", kind="长期坚持"),
    item("provincial_inspection", "P8", "整改中", deadline="", kind="长期坚持"),
    item("provincial_inspection", "P9", "整改中", deadline="", kind=""),  # nobody entered its time limit
    item("provincial_inspection", "P10", "合并", merged_into="P1"),  # keeps its place in this list
    item("petition", "X1", "已销号"),
    item("petition", "X2", "已办结"),
    item("petition", "X3", "阶段性办结"),
    item("petition", "X4", "不属实办结"),
    item("petition", "X5", "正在办理"),
    item("provincial_inspection", "B1", "已销号", round_="省级督察回头看"),
    item("petition", "B2", "正在办理", round_="省级督察回头看", deadline="2021-12-31"),
    item("central_inspection", "Z1", "已销号", round_="回头看（2018）", deadline="2021-03-31"),
    item("central_inspection", "Z2", "已销号", round_="第二轮（2021）"),  # not in the list of the notice
]


def rate(name: str, problems: list[Problem] = PROBLEMS, day: date = DAY) -> ListRate:
    return list_rate(listings()[name], ledgers(), problems, day)


def test_the_provincial_list_together_and_each_ledger_apart() -> None:
    """Counted by hand from the table above."""
    found = rate("provincial")
    assert found.together.accepted.of == ("P1", "P2", "P3", "P4", "P5", "P6", "P10", "X1", "X2", "X3", "X5")
    assert found.together.accepted.part == ("P1", "P2", "P3", "P4", "P10", "X1", "X2")
    assert found.together.accepted.exact == Fraction(700, 11)
    assert found.together.closed.part == ("P1", "P10", "X1")
    assert found.together.provisional.part == ("X3",)
    problems, letters = found.apart
    assert problems.accepted.printed() == "5/7（71.43%）"
    assert letters.accepted.printed() == "2/4（50.00%）"


def test_what_stands_aside_is_named_not_lost() -> None:
    together = rate("provincial").together
    assert together.long_term == Share(("P7",), ("P7", "P8"))
    assert together.untrue == ("X4",)
    assert together.unset == ("P9",)
    assert "时限未定 1 件未计入" in together.words
    assert "长期坚持 2 件另计，达到序时 1 件" in together.words


def test_the_due_rate_stands_beside_the_rate_over_the_plan() -> None:
    due = rate("provincial").together.due
    assert due.of == ("P1", "P2", "P3", "P5", "P10", "X1", "X2", "X3", "X5")
    assert due.exact == Fraction(600, 9)
    assert due.left == ("P5", "X3", "X5")


def test_each_target_meets_its_own_list_only() -> None:
    assert (listings()["provincial"].target, listings()["provincial_look_back"].target) == (Decimal(90), Decimal(80))
    assert rate("provincial").met is False
    look_back = rate("provincial_look_back")
    assert (look_back.together.accepted.printed(), look_back.met) == ("1/2（50.00%）", False)
    central = rate("central")
    assert central.together.accepted.of == ("Z1",)
    assert central.met is None  # 基本整改到位 is no number
    assert central.listing.by == date(2021, 3, 31)


def test_exactly_the_target_is_met_and_a_hair_less_is_not() -> None:
    nine = [item("provincial_inspection", str(n), "已销号" if n < 9 else "整改中") for n in range(10)]
    assert rate("provincial", nine).met is True
    many = [item("provincial_inspection", str(n), "已销号" if n < 8999 else "整改中") for n in range(9999)]
    found = rate("provincial", many)
    assert found.together.accepted.printed(0) == "8999/9999（90%）"  # printed 90 %, in truth 89.999
    assert found.met is False


def test_nothing_to_count_is_no_rate_and_never_zero() -> None:
    found = rate("provincial", [])
    assert found.together.accepted.exact is None
    assert found.met is None
    assert found.together.accepted.printed() == "没有应计的件"


def test_the_rate_on_a_past_day() -> None:
    assert rate("provincial", day=date(2021, 5, 31)).together.accepted.of == ()
    problem = item("provincial_inspection", "P1", "整改中")
    steps = (
        *problem.steps,
        Step("accept", "已完成待验收", "已验收待公示", date(2021, 9, 1), "甲", deadline="2021-06-30"),
    )
    moved = Problem(problem.ledger, "P1", "已验收待公示", problem.fields, steps=steps)
    assert rate("provincial", [moved], date(2021, 8, 31)).together.accepted.exact == 0
    assert rate("provincial", [moved], date(2021, 9, 1)).together.accepted.exact == 100


def test_what_is_due_today_is_due_and_what_became_standing_stands_aside() -> None:
    problems = [
        item("provincial_inspection", "A", "整改中", deadline="2021-10-31"),
        item("provincial_inspection", "B", "整改中", deadline="2021-11-01"),
        item("provincial_inspection", "C", "长期坚持", deadline="2021-06-30", kind="限期"),
    ]
    tally = rate("provincial", problems).together
    assert (tally.due.of, tally.accepted.of, tally.long_term.part) == (("A",), ("A", "B"), ("C",))


def test_mergers_that_run_in_a_circle_or_into_nothing_count_as_not_done() -> None:
    circle = [
        item("provincial_inspection", "A", "合并", merged_into="B"),
        item("provincial_inspection", "B", "合并", merged_into="A"),
        item("provincial_inspection", "C", "合并", merged_into="没有"),
    ]
    found = rate("provincial", circle)
    assert (found.together.accepted.part, found.together.accepted.of) == ((), ("A", "B", "C"))


def test_the_published_sentence_of_a_city() -> None:
    """Nanchang 2022: of 21 measures 7 whose time had come were all done, the other 14 kept step."""
    problems = [item("provincial_inspection", f"a{n}", "已销号") for n in range(7)]
    problems += [item("provincial_inspection", f"b{n}", "长期坚持", deadline="", kind="长期坚持") for n in range(14)]
    tally = rate("provincial", problems).together
    assert (tally.due.printed(0), len(tally.long_term.part)) == ("7/7（100%）", 14)


def test_letters_of_a_published_inspection() -> None:
    """Jiangxi 2024: 3,184 letters handed over, 2,100 closed and 1,084 by stages; by stages is shown, not counted."""
    letters = [item("petition", str(n), "已办结" if n < 2100 else "阶段性办结") for n in range(3184)]
    tally = rate("provincial", letters).together
    assert (len(tally.accepted.part), len(tally.provisional.part), len(tally.accepted.of)) == (2100, 1084, 3184)
    assert tally.accepted.exact == Fraction(210000, 3184)


STATES = {name: list(ledgers()[name].states) for name in ("provincial_inspection", "petition")}


@st.composite
def heaps(draw: st.DrawFn) -> list[Mapping[str, str]]:
    rows = []
    for number in range(draw(st.integers(0, 12))):
        ledger = draw(st.sampled_from(sorted(STATES)))
        rows.append(
            {
                "ledger": ledger,
                "number": str(number),
                "state": draw(st.sampled_from(STATES[ledger])),
                "deadline": draw(st.sampled_from(["", "2021-06-30", "2021-12-31"])),
                "kind": draw(st.sampled_from(["限期", "长期坚持", "未定", ""])),
                "round_": draw(st.sampled_from(["省级督察", "省级督察回头看"])),
            }
        )
    return rows


@given(rows=heaps())
@pytest.mark.parametrize("name", ["provincial", "provincial_look_back"])
def test_every_item_of_a_list_is_somewhere_and_once(name: str, rows: list[Mapping[str, str]]) -> None:
    """Counted, long-term, untrue or without a time limit: the four make up the list, and none is in two."""
    found = rate(name, [item(**row) for row in rows])  # type: ignore[arg-type]
    wanted = "省级督察" if name == "provincial" else "省级督察回头看"
    tally = found.together
    places = [*tally.accepted.of, *tally.long_term.of, *tally.untrue, *tally.unset]
    assert sorted(places) == sorted(row["number"] for row in rows if row["round_"] == wanted)
    assert set(tally.closed.part) <= set(tally.accepted.part) <= set(tally.accepted.of)
    assert not set(tally.provisional.part) & set(tally.accepted.part)
    assert sum(len(one.accepted.of) for one in found.apart) == len(tally.accepted.of)
