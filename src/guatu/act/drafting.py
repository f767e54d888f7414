"""From problems to cases and from a draft to the filled form of a letter; its number is left open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guatu.act.ladder import Ladder
from guatu.act.lateness import lateness
from guatu.act.ledger import Ledger
from guatu.act.letters import Case, Draft
from guatu.act.problem import Problem


def case_of(ledger: Ledger, problem: Problem, day: date) -> Case | None:
    """What a problem's dates say on a day, as a case for a letter; None if it was not entered yet."""
    late = lateness(ledger, problem, day)
    if late is None:
        return None
    fields = problem.fields
    named = (("责任单位", "lead_unit"), ("县（市、区）", "county"))
    bodies = {kind: str(fields[name]) for kind, name in named if fields.get(name)}
    if not bodies:
        return None
    title = fields.get("title") or str(fields.get("text", ""))[:40]
    figures = [f"{problem.number}（来源编号 {'、'.join(fields.get('source_no', [])) or '无'}）：{title}"]
    if late.deadline:
        figures.append(f"整改时限 {late.deadline}，至 {day} {late.words}")
    if fields.get("progress"):
        figures.append(f"目前进展：{fields['progress']}")
    return Case(problem.number, "问题", bodies, {"overdue_days": late.overdue}, tuple(figures))


def together(cases: Iterable[Case]) -> tuple[str, ...]:
    """The figures of several cases in one annex, in their order."""
    return tuple(figure for case in cases for figure in case.figures)


def form(rules: Ladder, draft: Draft, day: date, *, demands: tuple[str, ...], answer_by: date) -> dict[str, str]:
    """The fields of the letter as they are known: a person completes and signs; 文号 and 印章 come later."""
    known = {
        "主送": draft.addressee,
        "事由": f"关于{draft.cause}的{draft.letter}",
        "事实": "\n".join(draft.figures),
        "依据": draft.trigger.source,
        "要求": "\n".join(f"{n}. {one}" for n, one in enumerate(demands, start=1)),
        "完成时限": answer_by.isoformat(),
        "反馈方式与联系人": "书面反馈，联系人由经办填写",
        "抄送": "、".join(draft.copy_to),
        "附件": "、".join(f"{one.letter}{one.number}" for one in draft.earlier if one.number),
        "日期": day.isoformat(),
    }
    return {name: known.get(name, "") for name in rules.letter_fields}
