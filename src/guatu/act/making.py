"""Making a move: a new problem and its log entry, or every reason why not; nothing half-made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from guatu.act import log
from guatu.act.deadlines import end_of
from guatu.act.ledger import Ledger, Move
from guatu.act.moves import Lack, lacks_of, moves_of, opening_papers, sentence
from guatu.act.problem import Paper, Person, Problem, Step, record
from guatu.act.values import value_faults
from guatu.act.working_days import Calendar
from guatu.errors import ActError, Fault

LACK_CODES = {
    "role": "G-ACT-33",
    "body": "G-ACT-33",
    "hand": "G-ACT-33",
    "apart": "G-ACT-35",
    "paper": "G-ACT-34",
    "field": "G-ACT-34",
    "wait": "G-ACT-36",
}
KEPT = {"first_deadline", "earlier_deadlines"}
"""Fields the engine alone writes: what a deadline was before it was moved."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who does it, when, why, and for whom if it is recorded from paper; before: the last entry of the log."""

    person: Person
    moment: datetime
    before: log.Entry | None
    reason: str = ""
    acting_for: str = ""

    @property
    def day(self) -> date:
        """The day in Beijing."""
        return self.moment.astimezone(log.BEIJING).date()


def register(
    ledger: Ledger,
    number: str,
    fields: Mapping[str, Any],
    by: Signature,
    papers: Sequence[Paper] = (),
    *,
    state: str = "",
    since: date | None = None,
) -> tuple[Problem, log.Entry]:
    """Enter a problem, new or (state, since) as an older ledger has it.

    Raises ActError: G-ACT-32 no such state, G-ACT-34 a required field is empty, G-ACT-37 … 38 a value is wrong.
    """
    state = state or ledger.initial
    faults = [
        _fault("G-ACT-34", number, f"“{one.title}”还没有填", "登记时就要写明", f"填写“{one.title}”")
        for one in ledger.fields.values()
        if one.required and not fields.get(one.id)
    ]
    faults += value_faults(ledger, fields, number)
    faults += [_fault("G-ACT-37", number, f"“{name}”由程序记", "手工填会乱", "删去") for name in fields.keys() & KEPT]
    if state not in ledger.states:
        remedy = f"改为 {'、'.join(ledger.states)} 之一"
        faults.append(_fault("G-ACT-32", number, f"没有“{state}”这个状态", "不知道走到了哪一步", remedy))
    if faults:
        raise ActError(f"{number} cannot be entered", faults)
    filled = _filled(fields)
    first = {"first_deadline": filled["deadline"]} if filled.get("deadline") else {}
    step = Step(
        "register",
        "",
        state,
        since or by.day,
        by.person.name,
        acting_for=by.acting_for,
        deadline=filled.get("deadline", ""),
        finder=filled.get("found_by", ""),
    )
    made = Problem(ledger.id, number, state, filled | first, _put(papers, 0), (step,))
    return made, _entry("登记" if state == ledger.initial else "据原台账登记", None, made, by)


def make(
    ledger: Ledger,
    problem: Problem,
    move_id: str,
    by: Signature,
    *,
    version: int,
    papers: Sequence[Paper] = (),
    fields: Mapping[str, Any] | None = None,
    calendar: Calendar | None = None,
    finder: str = "",
) -> tuple[Problem, log.Entry]:
    """Make a move with the papers and fields that come with it.

    version: the one the person saw; calendar: needed where a publicity period is checked. Raises ActError with every
    reason: G-ACT-31 stale, 32 no such move from here, 33 not this person's, 34 paper or field missing, 35 same person,
    36 too early, 37 a value wrong or not this move's to set, 38 private.
    """
    move, trial = _tried(ledger, problem, move_id, by, version, papers, fields or {})
    if by.acting_for:
        lacks = lacks_of(ledger, trial, move, by.person, by.day, by.acting_for)
    else:
        options = {option.move.id: option for option in moves_of(ledger, trial, by.person, by.day)}
        lacks = options[move_id].lacks
        if not lacks and options[move_id].hand == "填报":
            lacks = (Lack("hand", "批准", (), "您是填报人，填报后由负责人批准"),)
    faults = [_of_lack(ledger, trial, move, lack) for lack in lacks]
    faults += _publicity_faults(ledger, trial, move, calendar)
    if faults:
        raise ActError(f"{problem.number}: {move_id} refused", faults)
    step = Step(
        move.id,
        problem.state,
        move.target,
        by.day,
        by.person.name,
        problem.prepared[1] if problem.prepared[0] == move.id else "",
        by.acting_for,
        trial.fields.get("deadline", ""),
        finder or (trial.fields.get("rebound_found_by", "") if "rebound_found_by" in move.fields else ""),
    )
    steps = (*problem.steps, step)
    used = opening_papers(ledger, trial, move, by.day, ledger.roles[move.who[0]].side if by.acting_for else "")
    made = replace(
        trial,
        papers=tuple(replace(one, used=len(steps)) if one in used else one for one in trial.papers),
        state=move.target,
        steps=steps,
        version=problem.version + 1,
        round_at=len(steps) if move.again else problem.round_at,
        prepared=("", ""),
    )
    return made, _entry(move.title, problem, made, by)


def prepare(
    ledger: Ledger,
    problem: Problem,
    move_id: str,
    by: Signature,
    *,
    version: int,
    papers: Sequence[Paper] = (),
    fields: Mapping[str, Any] | None = None,
    calendar: Calendar | None = None,
) -> tuple[Problem, log.Entry]:
    """The first hand fills a move in, papers complete, for the second to approve. Raises ActError as make does."""
    move, trial = _tried(ledger, problem, move_id, by, version, papers, fields or {})
    option = next(one for one in moves_of(ledger, trial, by.person, by.day) if one.move.id == move_id)
    lacks = option.lacks
    if option.hand != "填报" and not lacks:
        lacks = (Lack("hand", "填报", (), "填报由另一个角色做，您可以直接办理或等填报"),)
    faults = [_of_lack(ledger, trial, move, lack) for lack in lacks]
    faults += _publicity_faults(ledger, trial, move, calendar)
    if faults:
        raise ActError(f"{problem.number}: {move_id} not prepared", faults)
    made = replace(trial, version=problem.version + 1, prepared=(move_id, by.person.name))
    return made, _entry(f"填报：{move.title}", problem, made, by)


def attach(problem: Problem, papers: Sequence[Paper], by: Signature, *, version: int) -> tuple[Problem, log.Entry]:
    """Put papers to a problem without moving it. Raises ActError G-ACT-31 (stale)."""
    _refuse_stale(problem, version)
    put = (*problem.papers, *_put(papers, len(problem.steps)))
    made = replace(problem, papers=put, version=problem.version + 1)
    return made, _entry("上传材料", problem, made, by)


def note(
    ledger: Ledger, problem: Problem, fields: Mapping[str, Any], by: Signature, *, version: int
) -> tuple[Problem, log.Entry]:
    """Write fields that no move guards (progress, difficulty …). Raises ActError: G-ACT-31 stale, 37, 38."""
    _refuse_stale(problem, version)
    guarded = {name for move in ledger.moves.values() for name in (*move.fields, *move.may)} - {"progress"}
    guarded |= KEPT
    faults = value_faults(ledger, fields, problem.number)
    faults += [
        _fault("G-ACT-37", problem.number, f"“{ledger.fields[name].title}”不能直接改", "它随动作改变", "办相应的动作")
        for name in sorted(fields.keys() & guarded)
    ]
    if faults:
        raise ActError(f"{problem.number}: fields refused", faults)
    return changed(problem, fields, "更新", by, version=version)


def changed(
    problem: Problem, fields: Mapping[str, Any], act: str, by: Signature, *, version: int
) -> tuple[Problem, log.Entry]:
    """The problem with some fields written, and its entry; who may is for the caller. Raises ActError G-ACT-31."""
    _refuse_stale(problem, version)
    made = replace(problem, fields=_filled({**problem.fields, **fields}), version=problem.version + 1)
    return made, _entry(act, problem, made, by)


def _tried(
    ledger: Ledger,
    problem: Problem,
    move_id: str,
    by: Signature,
    version: int,
    papers: Sequence[Paper],
    fields: Mapping[str, Any],
) -> tuple[Move, Problem]:
    """The move and the problem as it would be with the papers and fields given; checks what needs no person."""
    _refuse_stale(problem, version)
    move = ledger.moves.get(move_id)
    if move is None or problem.state not in move.origins:
        open_to = "、".join(one.title for one in ledger.leaving[problem.state]) or "没有"
        title = move.title if move else move_id
        raise ActError(
            f"{problem.number}: no move {move_id} from {problem.state}",
            [
                _fault(
                    "G-ACT-32",
                    problem.number,
                    f"现在是“{problem.state}”，不能“{title}”",
                    "次序不对",
                    f"可办的是：{open_to}",
                )
            ],
        )
    faults = value_faults(ledger, fields, problem.number)
    for name in fields:
        if name in ledger.fields and name not in (*move.fields, *move.may):
            title = ledger.fields[name].title
            what = f"“{move.title}”不能改“{title}”"
            faults.append(_fault("G-ACT-37", problem.number, what, "每个动作只改自己的栏目", "另办相应的动作"))
    if faults:
        raise ActError(f"{problem.number}: fields refused", faults)
    put = (*problem.papers, *_put(papers, len(problem.steps)))
    return move, replace(problem, papers=put, fields=_with_deadline(problem.fields, fields))


def _with_deadline(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The fields together; a deadline that is moved stays in the list of earlier ones, the first stays first."""
    fields = _filled({**old, **new})
    was, now = old.get("deadline"), fields.get("deadline")
    if now and not fields.get("first_deadline"):
        fields["first_deadline"] = now
    if was and now != was:
        fields["earlier_deadlines"] = [*old.get("earlier_deadlines", []), was]
    return fields


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something; an emptied one is gone, so that log and problem agree."""
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def _publicity_faults(ledger: Ledger, problem: Problem, move: Move, calendar: Calendar | None) -> list[Fault]:
    """A publicity period shorter than the ledger demands."""
    if "publicity_until" not in move.fields:
        return []
    first, last = problem.date_of("publicity_from"), problem.date_of("publicity_until")
    if first is None or last is None:
        return []
    end = end_of(ledger.publicity.term, first, calendar or Calendar.official())
    if last >= end:
        return []
    what = f"公示 {first} 至 {last}，不够规定的天数"
    return [_fault("G-ACT-36", problem.number, what, "公示不足不能销号", f"公示到 {end} 或以后")]


def _refuse_stale(problem: Problem, version: int) -> None:
    if version != problem.version:
        last = problem.steps[-1] if problem.steps else None
        who = f"（最近一步：{last.day} {last.signer}）" if last else ""
        raise ActError(
            f"{problem.number}: version {version}, now {problem.version}",
            [
                _fault(
                    "G-ACT-31", problem.number, f"您看到的已不是最新的{who}", "照旧的改会盖掉别人的", "刷新后对照再提交"
                )
            ],
        )


def _put(papers: Iterable[Paper], at: int) -> tuple[Paper, ...]:
    return tuple(replace(paper, at=at) for paper in papers)


def _entry(act: str, old: Problem | None, new: Problem, by: Signature) -> log.Entry:
    before, after = log.difference(record(old) if old else {}, record(new))
    return log.entry(
        by.before,
        new.subject,
        act,
        before,
        after,
        person=by.person.name,
        moment=by.moment,
        reason=by.reason,
        acting_for=by.acting_for,
    )


def _of_lack(ledger: Ledger, problem: Problem, move: Move, lack: Lack) -> Fault:
    what = sentence(ledger, problem, lack)
    return _fault(LACK_CODES[lack.kind], problem.number, what, f"不能“{move.title}”", lack.how)


def _fault(code: str, number: str, what: str, why: str, remedy: str) -> Fault:
    return Fault(code, f"问题 {number}", what, why, remedy)
