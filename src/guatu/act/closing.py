"""The form that closes a problem and the notice that publishes it, filled from what the ledger holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guatu.act.deadlines import end_of
from guatu.act.ledger import Ledger
from guatu.act.measure_rows import cell_of, measures_of
from guatu.act.problem import Paper, Problem
from guatu.act.working_days import Calendar

STAMP = "\n\n（盖章）　　年　　月　　日"
PAPER_HEADS = ("序号", "材料", "有无", "文件", "提供单位", "日期", "文号")


def form_rows(ledger: Ledger, problem: Problem) -> list[tuple[str, str]]:
    """Name and content of each line of the form (销号申请表); opinions are left open, to be written and stamped."""
    fields = problem.fields
    steps = {step.move: step for step in problem.steps}
    finished, submitted, accepted = steps.get("finish"), steps.get("submit"), steps.get("accept")
    measures = cell_of(measures_of(fields.get("measures"))).split("\n")
    published = "未公示"
    if fields.get("publicity_from"):
        published = (
            f"{fields['publicity_from']} 至 {fields.get('publicity_until', '')}，{fields.get('publicity_url', '')}"
        )
    by = f"{submitted.day} 申请验收（{submitted.signer}）" if submitted else "尚未申请验收"
    passed = f"{accepted.day} 验收通过（{accepted.signer}）" if accepted else "尚未验收"
    return [
        ("问题编号", "　".join([problem.number, *(f"来源 {one}" for one in _listed(fields.get("source_no")))])),
        ("问题原文", str(fields.get("text", ""))),
        ("属地", str(fields.get("county", ""))),
        ("责任单位", "、".join([str(fields.get("lead_unit", "")), *_listed(fields.get("support_units"))])),
        (
            "责任领导、包案领导",
            "、".join(filter(None, [fields.get("leader", ""), fields.get("case_leader", "")])) or "未填",
        ),
        ("整改目标", str(fields.get("goal", ""))),
        ("整改时限", _deadline(problem)),
        ("措施完成对照", "\n".join([*measures, f"完成情况：{fields.get('progress', '未填')}"])),
        ("完成时间", str(finished.day) if finished else "尚未完成"),
        ("举一反三", str(fields.get("similar_checked") or "未填")),
        ("长效机制", str(fields.get("standing_rule") or "未填")),
        ("责任追究", str(fields.get("accountability") or "无")),
        ("自查结论", f"{by}{STAMP}"),
        ("县级意见", STAMP),
        ("行业部门意见", f"{passed}，{fields.get('acceptance_unit', '')}{STAMP}"),
        ("公示情况", published),
        ("市级意见", STAMP),
        *([("上级回执", _receipt(problem) + STAMP)] if ledger.receipt else []),
        ("经办人、日期", ""),
    ]


def paper_rows(ledger: Ledger, problem: Problem) -> list[tuple[str, ...]]:
    """The list of papers for closing (材料清单): each kind with its newest paper, or that it is missing."""
    newest: dict[str, Paper] = {}
    for one in problem.papers:
        newest[one.kind] = one
    rows: list[tuple[str, ...]] = []
    for n, kind in enumerate(ledger.closing_papers, start=1):
        paper = newest.get(kind)
        said = (paper.name, paper.giver, str(paper.day or ""), paper.number) if paper else ("", "", "", "")
        rows.append((str(n), kind, "有" if paper else "缺", *said))
    return rows


def notice_row(problem: Problem, n: int = 1) -> tuple[str, ...]:
    """One line of the public notice: 序号、问题描述、整改目标、整改时限、整改措施、整改完成情况."""
    fields = problem.fields
    measures = "；".join(one.text for one in measures_of(fields.get("measures")))
    told = (fields.get("text", ""), fields.get("goal", ""), _deadline(problem), measures, fields.get("progress", ""))
    return (str(n), *(str(one) for one in told))


def notice_term(ledger: Ledger, first: date, calendar: Calendar) -> date:
    """The last day of a public notice that begins on a day, by the term of the ledger."""
    return end_of(ledger.publicity.term, first, calendar)


def _deadline(problem: Problem) -> str:
    fields = problem.fields
    now = str(fields.get("deadline_text") or fields.get("deadline") or fields.get("deadline_kind") or "未定")
    earlier = _listed(fields.get("earlier_deadlines"))
    return f"{fields.get('deadline')}（原 {'、'.join(earlier)}）" if earlier else now


def _receipt(problem: Problem) -> str:
    fields = problem.fields
    return f"{fields['receipt_no']}（{fields.get('receipt_on', '')}）" if fields.get("receipt_no") else "尚未收到"


def _listed(value: object) -> Sequence[str]:
    return value if isinstance(value, list) else [str(value)] if value else []
