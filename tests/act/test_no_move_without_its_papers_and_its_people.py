"""What a move lacks is said exactly: which paper, from whom, how; and who may not make it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from guatu.act import log
from guatu.act.definition import ledgers
from guatu.act.lateness import lateness, owed
from guatu.act.ledger import Ledger
from guatu.act.making import attach, make, note, prepare, register
from guatu.act.moves import SIGNED, moves_of, sentence
from guatu.act.problem import Paper, Person, Problem, on_day, restore
from guatu.act.working_days import Calendar
from guatu.errors import ActError
from tests.act.people import ACCEPTOR, PEOPLE, START, UNIT, given, opening, paper, sign

LEDGER = ledgers()["provincial_inspection"]


def advance(ledger: Ledger, problem: Problem, *moves: str, day: date = START, **fields: Any) -> Problem:
    """The problem after some moves made in order by the right people."""
    for move_id in moves:
        move = ledger.moves[move_id]
        until = problem.date_of(move.after) if move.after else None
        day = max(day, until + timedelta(days=1)) if until else day
        papers = [paper(need, day, salt=str(problem.version)) for need in move.papers]
        chosen = {**given(ledger, problem, move, day)}
        chosen |= {key: value for key, value in fields.items() if key in (*move.fields, *move.may)}
        if move.prepared_by:
            by = sign(PEOPLE[move.prepared_by[0]], day, None)
            problem, _ = prepare(ledger, problem, move_id, by, version=problem.version, papers=papers, fields=chosen)
            papers, chosen = [], {}
        by = sign(PEOPLE[move.who[0]], day, None)
        problem, _ = make(ledger, problem, move_id, by, version=problem.version, papers=papers, fields=chosen)
    return problem


def fresh(ledger: Ledger = LEDGER, **more: Any) -> Problem:
    return register(ledger, "SJ-2021-360281-0001", opening(ledger) | more, sign(PEOPLE["office_clerk"], START, None))[0]


TO_ACCEPTANCE = ("assign", "plan", "approve_plan", "finish", "submit")
WAITING = advance(LEDGER, fresh(), *TO_ACCEPTANCE)


def refusal(problem: Problem, move: str, who: str | Person, **more: Any) -> ActError:
    person = PEOPLE[who] if isinstance(who, str) else who
    by = more.pop("by", sign(person, START, None))
    with pytest.raises(ActError) as caught:
        make(LEDGER, problem, move, by, version=more.pop("version", problem.version), **more)
    return caught.value


def test_what_is_missing_who_supplies_it_and_how() -> None:
    """Question 8 of ordinary days: which papers closing still lacks, from whom."""
    option = next(
        one for one in moves_of(LEDGER, WAITING, PEOPLE["acceptor_contact"], START) if one.move.id == "accept"
    )
    assert not option.allowed
    assert option.hand == "填报"
    assert [sentence(LEDGER, WAITING, lack) for lack in option.lacks] == [
        f"缺“现场核查记录”，由验收单位（行业主管部门）（{ACCEPTOR}）提供：在材料栏选“现场核查记录”上传，注明日期",
        f"缺“验收意见表”，由验收单位（行业主管部门）（{ACCEPTOR}）提供：在材料栏选“验收意见表”上传，注明日期",
        f"缺“监测或鉴定报告”，由监测、鉴定机构或验收单位（行业主管部门）（{ACCEPTOR}）或责任单位（{UNIT}、乐平市）提供："
        "在材料栏选“监测或鉴定报告”上传，注明日期",
    ]


def test_the_committee_office_does_not_accept() -> None:
    for who in ("office_clerk", "office_director", "unit_head", "inspector"):
        error = refusal(WAITING, "accept", who)
        assert "G-ACT-33" in error.codes
        assert "验收单位负责人" in str(error.faults[0])


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "核查照片"},
        {"side": "unit", "giver": UNIT},
        {"giver": "市水利局"},
        {"day": None},
        {"day": START + timedelta(days=1)},
    ],
)
def test_a_paper_counts_only_typed_dated_and_from_whom_it_must_come(change: dict[str, Any]) -> None:
    papers = [paper(need, START) for need in LEDGER.moves["accept"].papers]
    wrong = [replace(papers[0], **change), *papers[1:]]
    by = sign(PEOPLE["acceptor_contact"], START, None)
    with pytest.raises(ActError) as caught:
        prepare(LEDGER, WAITING, "accept", by, version=WAITING.version, papers=wrong)
    assert caught.value.codes == ("G-ACT-34",)
    assert prepare(LEDGER, WAITING, "accept", by, version=WAITING.version, papers=papers)[0].prepared[0] == "accept"


def test_one_person_may_not_check_himself_and_accept() -> None:
    """The same person in both departments: refused as acceptor for having submitted the self-check."""
    both = Person("单位负责人", frozenset({"acceptor_head"}), frozenset({ACCEPTOR}))
    papers = [paper(need, START) for need in LEDGER.moves["accept"].papers]
    by = sign(PEOPLE["acceptor_contact"], START, None)
    ready, _ = prepare(LEDGER, WAITING, "accept", by, version=WAITING.version, papers=papers)
    error = refusal(ready, "accept", both)
    assert error.codes == ("G-ACT-35",)
    checker = replace(both, roles=frozenset({"acceptor_contact"}))  # nor be the one who checks on the spot
    with pytest.raises(ActError) as caught:
        by = sign(checker, START, None)
        prepare(LEDGER, WAITING, "accept", by, version=WAITING.version, papers=papers)
    assert caught.value.codes == ("G-ACT-35",)
    assert "自查和验收不能是同一个人" in error.faults[0].what
    assert make(LEDGER, ready, "accept", sign(PEOPLE["acceptor_head"], START, None), version=ready.version)


def test_two_hands_are_two_people() -> None:
    lone = Person("独一人", frozenset({"acceptor_contact"}), frozenset({ACCEPTOR}))
    papers = [paper(need, START) for need in LEDGER.moves["accept"].papers]
    ready, _ = prepare(LEDGER, WAITING, "accept", sign(lone, START, None), version=WAITING.version, papers=papers)
    head = replace(lone, roles=frozenset({"acceptor_contact", "acceptor_head"}))
    assert refusal(ready, "accept", head).codes == ("G-ACT-35",)
    assert refusal(WAITING, "accept", "acceptor_head", papers=papers).codes == ("G-ACT-33",)  # nobody filled it in


def test_a_person_of_another_body_may_not() -> None:
    stranger = Person("别处", frozenset({"unit_head"}), frozenset({"市水利局"}))
    problem = advance(LEDGER, fresh(), "assign", "plan", "approve_plan", "finish")
    error = refusal(problem, "submit", stranger)
    assert "G-ACT-33" in error.codes
    assert UNIT in error.faults[0].what


def test_a_stale_version_is_refused() -> None:
    """Two people saw the same version; the second learns who was first and loses nothing silently."""
    problem, _ = attach(
        WAITING,
        [paper(LEDGER.moves["accept"].papers[0], START)],
        sign(PEOPLE["acceptor_contact"], START, None),
        version=WAITING.version,
    )
    error = refusal(problem, "accept", "acceptor_head", version=WAITING.version)
    assert error.codes == ("G-ACT-31",)
    assert "不是最新" in error.faults[0].what


def test_a_move_from_another_state_is_refused_with_what_can_be_done() -> None:
    error = refusal(WAITING, "publish", "office_director")
    assert error.codes == ("G-ACT-32",)
    assert "验收通过" in error.faults[0].remedy and "验收退回" in error.faults[0].remedy


def test_a_paper_opens_one_step_only() -> None:
    """What opened acceptance once does not open it again after the superior sent the problem back."""
    problem = advance(LEDGER, WAITING, "accept", "publish", "report_up")
    day = problem.steps[-1].day
    problem = advance(LEDGER, problem, "returned", "resume", "finish", "submit", day=day)
    option = next(one for one in moves_of(LEDGER, problem, PEOPLE["acceptor_contact"], day) if one.move.id == "accept")
    assert len(option.lacks) == 3


def test_papers_of_an_earlier_round_do_not_count_in_the_next() -> None:
    """Put in before the problem was sent back and never used: a new round asks for new ones."""
    papers = [paper(need, START) for need in LEDGER.moves["accept"].papers]
    by = sign(PEOPLE["acceptor_contact"], START, None)
    problem, _ = attach(WAITING, papers, by, version=WAITING.version)
    option = {one.move.id: one for one in moves_of(LEDGER, problem, PEOPLE["acceptor_contact"], START)}["accept"]
    assert option.allowed
    problem = advance(LEDGER, problem, "reject", "resume", "finish", "submit")
    option = {one.move.id: one for one in moves_of(LEDGER, problem, PEOPLE["acceptor_contact"], START)}["accept"]
    assert len(option.lacks) == 3


def test_what_was_filled_in_serves_one_approval() -> None:
    problem = advance(LEDGER, fresh(), "assign", "plan", "approve_plan", "extend")
    papers = [paper(need, START, salt="再延") for need in LEDGER.moves["extend"].papers]
    by = sign(PEOPLE["office_director"], START, None)
    with pytest.raises(ActError) as caught:
        make(LEDGER, problem, "extend", by, version=problem.version, papers=papers, fields={"deadline": "2022-12-31"})
    assert caught.value.codes == ("G-ACT-33",)


def test_publicity_lasts_its_working_days_and_closing_waits_for_its_end() -> None:
    """Ten working days from 2025-04-28, first counted, end on 2025-05-14: a day less is refused."""
    day = date(2025, 4, 28)
    problem = advance(LEDGER, WAITING, "accept", day=day)
    by = sign(PEOPLE["office_clerk"], day, None)
    papers = [paper(need, day) for need in LEDGER.moves["publish"].papers]
    fields = {"publicity_url": "http://…", "publicity_from": "2025-04-28", "publicity_until": "2025-05-13"}
    with pytest.raises(ActError) as caught:
        prepare(LEDGER, problem, "publish", by, version=problem.version, papers=papers, fields=fields)
    assert caught.value.codes == ("G-ACT-36",)
    assert "2025-05-14" in caught.value.faults[0].remedy
    fields["publicity_until"] = "2025-05-14"
    ready, _ = prepare(LEDGER, problem, "publish", by, version=problem.version, papers=papers, fields=fields)
    director = sign(PEOPLE["office_director"], day, None)
    published, _ = make(LEDGER, ready, "publish", director, version=ready.version)
    last = date(2025, 5, 14)
    papers = [paper(need, last) for need in LEDGER.moves["report_up"].papers]
    fields = {"similar_checked": "已排查", "standing_rule": "已建立"}
    with pytest.raises(ActError) as caught:
        prepare(
            LEDGER, published, "report_up", sign(PEOPLE["office_clerk"], last, None),
            version=published.version, papers=papers, fields=fields,
        )  # fmt: skip
    assert caught.value.codes == ("G-ACT-36",)
    after = sign(PEOPLE["office_clerk"], last + timedelta(days=1), None)
    assert prepare(LEDGER, published, "report_up", after, version=published.version, papers=papers, fields=fields)


def test_late_stays_late_and_a_moved_date_keeps_the_old() -> None:
    problem = advance(LEDGER, fresh(), "assign", "plan", "approve_plan", deadline="2021-06-30")
    assert problem.fields["first_deadline"] == "2021-06-30"
    assert lateness(LEDGER, problem, date(2021, 6, 30)).overdue == 0  # type: ignore[union-attr]
    assert lateness(LEDGER, problem, date(2021, 7, 6)).words == "逾期 6 天"  # type: ignore[union-attr]
    problem = advance(LEDGER, problem, "extend", day=date(2021, 7, 6), deadline="2021-09-30")
    late = lateness(LEDGER, problem, date(2021, 7, 7))
    assert late is not None
    assert (late.overdue, late.ever_late, late.earlier, late.past_first) == (0, 6, (date(2021, 6, 30),), 7)
    problem = advance(LEDGER, problem, "finish", "submit", "accept", day=date(2021, 10, 4))
    late = lateness(LEDGER, problem, date(2022, 1, 1))
    assert late is not None
    assert (late.overdue, late.finished, late.finished_late, late.ever_late) == (0, date(2021, 10, 4), 4, 6)
    assert late.words == "已完成，迟 4 天（原定 2021-06-30）"
    assert problem.fields["earlier_deadlines"] == ["2021-06-30"]
    past = on_day(problem, date(2021, 7, 6) - timedelta(days=1))
    assert past is not None and past.fields["deadline"] == "2021-06-30"


def test_a_problem_that_comes_back_keeps_its_first_lateness_and_its_finder() -> None:
    problem = advance(LEDGER, fresh(found_by="省"), "assign", "plan", "approve_plan", deadline="2021-04-30")
    problem = advance(
        LEDGER, problem, "finish", "submit", "accept", "publish", "report_up", "receipt", day=date(2021, 5, 10)
    )
    day = problem.steps[-1].day
    problem = advance(LEDGER, problem, "look_back_bad", day=day, rebound_found_by="遥感")
    assert (problem.steps[0].finder, problem.steps[-1].finder) == ("省", "遥感")
    problem = advance(LEDGER, problem, "reassign", day=day, deadline="2022-12-31")
    late = lateness(LEDGER, problem, day)
    assert late is not None
    assert (late.overdue, late.finished, late.ever_late) == (0, None, 10)
    assert problem.state == "整改中"


def test_a_plan_is_owed_thirty_working_days_after_the_feedback() -> None:
    ledger = ledgers()["central_inspection"]
    problem = register(
        ledger, "ZY-1", opening(ledger) | {"feedback_on": "2021-01-29"}, sign(PEOPLE["office_clerk"], START, None)
    )[0]
    (one,) = owed(ledger, problem, date(2021, 3, 20), Calendar.official())
    assert (one.due, one.made, one.late) == (date(2021, 3, 17), None, 3)


def test_a_clerk_records_what_was_signed_on_paper() -> None:
    """代录: the scan of the signature, the signer named; the signer, not the clerk, is held apart."""
    clerk = PEOPLE["office_clerk"]
    papers = [paper(need, START) for need in LEDGER.moves["accept"].papers]
    unsigned = refusal(WAITING, "accept", clerk, papers=papers, by=sign(clerk, START, None, acting_for="王局长"))
    assert unsigned.codes == ("G-ACT-34",) and SIGNED in unsigned.faults[0].what
    scan = Paper(SIGNED, "acceptor", ACCEPTOR, START, "f" * 64)
    checker = sign(clerk, START, None, acting_for="单位负责人")
    assert refusal(WAITING, "accept", clerk, papers=[*papers, scan], by=checker).codes == ("G-ACT-35",)
    by = sign(clerk, START, None, acting_for="王局长", reason="局长无账号")
    problem, entry = make(LEDGER, WAITING, "accept", by, version=WAITING.version, papers=[*papers, scan])
    assert problem.state == "已验收待公示"
    assert (entry.person, entry.acting_for, entry.reason) == ("经办", "王局长", "局长无账号")
    other = sign(PEOPLE["unit_contact"], START, None, acting_for="王局长")
    assert "G-ACT-33" in refusal(WAITING, "accept", "unit_contact", papers=[*papers, scan], by=other).codes


def test_who_complained_never_enters_a_problem_or_the_log() -> None:
    for fields in ({"complainant": "张某 138…"}, {"complainant": ""}):
        with pytest.raises(ActError) as caught:
            register(LEDGER, "1", opening(LEDGER) | fields, sign(PEOPLE["office_clerk"], START, None))
        assert caught.value.codes == ("G-ACT-38",)
        with pytest.raises(ActError):
            note(LEDGER, WAITING, fields, sign(PEOPLE["office_clerk"], START, None), version=WAITING.version)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("found_on", "2021-9-31"),
        ("found_on", "20210901"),
        ("longitude", "东经117"),
        ("longitude", "NaN"),
        ("longitude", 117.2),
        ("found_by", "火星"),
        ("categories", "水"),
        ("nothing", "x"),
        ("first_deadline", "2021-01-01"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ActError) as caught:
        register(LEDGER, "1", opening(LEDGER) | {name: value}, sign(PEOPLE["office_clerk"], START, None))
    assert caught.value.codes == ("G-ACT-37",)


def test_a_deadline_is_not_edited_in_passing() -> None:
    by = sign(PEOPLE["office_clerk"], START, None)
    with pytest.raises(ActError) as caught:
        note(LEDGER, WAITING, {"deadline": "2029-01-01"}, by, version=WAITING.version)
    assert caught.value.codes == ("G-ACT-37",)
    assert refusal(WAITING, "accept", "acceptor_head", fields={"deadline": "2029-01-01"}).codes == ("G-ACT-37",)
    noted, entry = note(LEDGER, WAITING, {"progress": "完成 60 米"}, by, version=WAITING.version)
    assert entry.new["fields.progress"] == "完成 60 米"
    assert noted.version == WAITING.version + 1


def test_an_emptied_field_is_gone_from_problem_and_log_alike() -> None:
    by = sign(PEOPLE["office_clerk"], START, None)
    problem, first = register(LEDGER, "1", opening(LEDGER) | {"remark": "临时"}, by)
    emptied, second = note(LEDGER, problem, {"remark": ""}, replace(by, before=first), version=problem.version)
    assert "remark" not in emptied.fields
    assert restore(emptied.subject, log.fold([first, second])[emptied.subject]) == emptied


def test_required_fields_are_all_named_at_once() -> None:
    with pytest.raises(ActError) as caught:
        register(LEDGER, "1", {}, sign(PEOPLE["office_clerk"], START, None))
    assert caught.value.codes == ("G-ACT-34",) * 3


def test_an_older_ledger_is_taken_over_in_the_state_it_has() -> None:
    by = sign(PEOPLE["office_clerk"], date(2021, 9, 1), None)
    fields = opening(LEDGER) | {"deadline": "2021-03-31", "deadline_kind": "限期"}
    problem, entry = register(LEDGER, "1", fields, by, state="已销号", since=date(2021, 4, 2))
    late = lateness(LEDGER, problem, date(2021, 9, 1))
    assert late is not None
    assert (late.finished, late.finished_late) == (date(2021, 4, 2), 2)
    assert entry.act == "据原台账登记"
    with pytest.raises(ActError) as caught:
        register(LEDGER, "1", fields, by, state="超期")
    assert caught.value.codes == ("G-ACT-32",)
