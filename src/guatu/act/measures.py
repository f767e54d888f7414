"""Setting the measures of a problem: by its unit while the plan is written, by the office once it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from guatu.act import log
from guatu.act.ledger import Ledger
from guatu.act.making import Signature, changed
from guatu.act.measure_rows import DONE, FIELD, Measure, measures_of, plain, wrong_with_rows
from guatu.act.problem import Problem
from guatu.errors import ActError, Fault

OFFICE = frozenset({"office_clerk", "office_director"})
PLANNED = ("text", "unit", "due", "done_when")
"""What the plan says of a measure; once the plan stands, only the office changes it, with a reason."""


def is_planning(ledger: Ledger, problem: Problem) -> bool:
    """Whether the plan is still being written: a move from here asks for the measures."""
    return any(FIELD in move.fields for move in ledger.leaving[problem.state])


def settle(
    ledger: Ledger, problem: Problem, rows: Sequence[Measure], by: Signature, *, version: int
) -> tuple[Problem, log.Entry]:
    """Set the measures of a problem; a date that is moved keeps the first one.

    While the plan is written its unit sets everything. Once it stands, the unit says how far each is and proves it;
    what the plan says is changed by the office alone, with a reason. Raises ActError: G-ACT-31 stale, G-ACT-37 a
    wrong value, G-ACT-39 done without proof, a change of the plan by another hand or without a reason, or closed.
    """
    before = measures_of(problem.fields.get(FIELD))
    faults: list[Fault] = []

    def refuse(what: str, why: str, remedy: str) -> None:
        faults.append(Fault("G-ACT-39", f"问题 {problem.number}", what, why, remedy))

    if ledger.states[problem.state].closed:
        refuse(f"现在是“{problem.state}”", "办完的件，措施不再改", "确要改的，先按回头看反弹等重新交办")
    for n, one in enumerate(rows, start=1):
        was = before[n - 1] if n <= len(before) else None
        if one.state == DONE and not one.proof and (was is None or was.state != DONE):
            refuse(f"第 {n} 条措施“{one.text[:20]}”写已完成，没有佐证", "完成要有凭据", "先上传材料再选它，或写明文号")
    if not is_planning(ledger, problem) and _plan(rows) != _plan(before):
        if by.person.roles.isdisjoint(OFFICE):
            refuse("方案已定，措施的内容、责任单位、时限、完成标准不能自己改", "改了就不是批准的方案", "找环委办更改")
        elif not by.reason:
            refuse("改动了方案里的措施，没有写理由", "改方案要有依据", "写明批准的依据")
    if wrong := wrong_with_rows(plain(rows)):
        faults.append(Fault("G-ACT-37", f"问题 {problem.number}", f"“整改措施”{wrong}", "存进去会算错", "改正后再交"))
    if faults:
        raise ActError(f"{problem.number}: measures refused", faults)
    kept = []
    for n, one in enumerate(rows):
        old = before[n] if n < len(before) else one
        first = old.first_due or (
            old.due if old.due and old.due != one.due and not is_planning(ledger, problem) else ""
        )
        kept.append(replace(one, first_due=first))
    return changed(problem, {FIELD: plain(kept)}, "更新措施", by, version=version)


def _plan(rows: Iterable[Measure]) -> list[tuple[str, ...]]:
    return [tuple(getattr(one, name) for name in PLANNED) for one in rows]
