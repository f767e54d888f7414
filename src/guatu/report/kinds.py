"""The kinds of bulletin, by the name a command calls them, and what makes each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.bulletins.air import air_month, air_quarter
from guatu.report.bulletins.county_ranking import county_ranking
from guatu.report.bulletins.drinking import drinking_month
from guatu.report.bulletins.duty import duty
from guatu.report.bulletins.letter import letter
from guatu.report.bulletins.one_page import one_page
from guatu.report.bulletins.plan_evaluation import final, midterm
from guatu.report.bulletins.rectification import rectification
from guatu.report.bulletins.tasks import task_progress
from guatu.report.bulletins.water import water_month
from guatu.report.bulletins.year import year_report
from guatu.report.facts import Office
from guatu.report.paper import Paper

FromData = Callable[[Workspace, Plan, Period, date], Paper]
FromOffice = Callable[[Workspace, Plan, Period, date, Office], Paper]
Facts = Callable[[Period, date, tuple[str, ...], str], Office]

OWN = ("duties", "problems", "own")
"""What a paper about one body's year takes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: its name, its Chinese name, the period it is of (month, quarter, year), the kind its papers say.

    data makes it from the workspace alone, office from what it needs (duties, problems, letter, own) of the office's
    database; subject: what it is about, where it is not about the whole city, in the words of a form.
    """

    name: str
    title: str
    of: str
    paper: str
    data: FromData | None = None
    office: FromOffice | None = None
    needs: tuple[str, ...] = ("duties", "problems")
    subject: str = ""


KINDS = {
    kind.name: kind
    for kind in (
        Kind("monthly", "环境空气质量月报", "month", "air_month", data=air_month),
        Kind("quarterly", "环境空气质量季报", "quarter", "air_quarter", data=air_quarter),
        Kind("water", "地表水环境质量月报", "month", "water_month", data=water_month),
        Kind("drinking", "集中式饮用水水源水质状况报告", "month", "drinking_month", data=drinking_month),
        Kind("ranking", "县（市、区）环境空气质量排名通报", "month", "county_ranking", data=county_ranking),
        Kind(
            "tasks",
            "重点工作推进情况通报，附滞后清单",
            "month",
            "task_progress",
            office=task_progress,
            needs=("duties",),
        ),
        Kind(
            "rectification",
            "督察反馈问题整改进展通报",
            "month",
            "rectification",
            office=rectification,
            needs=("problems",),
        ),
        Kind("brief", "一页纸：目标、任务、问题、预警", "month", "one_page", office=one_page),
        Kind("yearly", "年度报告（提交环委会）", "year", "year_report", office=year_report),
        Kind("midterm", "规划实施中期评估报告", "year", "plan_midterm", data=midterm),
        Kind("final", "规划实施总结评估报告", "year", "plan_final", data=final),
        Kind("duty", "成员单位述职材料初稿（--body 单位）", "year", "duty", office=duty, subject="单位", needs=OWN),
        Kind(
            "letter",
            "提醒、催办、督办、约谈等函件（--cause 事由编号）",
            "month",
            "letter",
            office=letter,
            needs=("letter",),
            subject="事由",
        ),
    )
}
OF_PAPER = {kind.paper: kind.name for kind in KINDS.values()}


def kind_of(name: str) -> Kind:
    """The kind of a name, a command's or a paper's. Raises GuatuError (G-REPORT-02) where there is none."""
    found = KINDS.get(OF_PAPER.get(name, name))
    if found is None:
        raise GuatuError.of(
            f"no kind of bulletin {name!r}",
            "G-REPORT-02",
            f"简报种类“{name}”",
            "没有这一种",
            "没有生成任何文件",
            f"从 {'、'.join(KINDS)} 中选一种",
        )
    return found


def made(ws: Workspace, plan: Plan, name: str, period: Period, as_of: date, facts: Facts, subject: str = "") -> Paper:
    """A paper of a kind, from the data as they are now known for that day; facts: asked only where it needs them;
    subject: the body the paper is about, if it is about one. Raises GuatuError (G-REPORT-02).
    """
    kind = kind_of(name)
    if kind.data is not None:
        return kind.data(ws, plan, period, as_of)
    assert kind.office is not None
    office = facts(period, as_of, kind.needs, subject)
    return replace(kind.office(ws, plan, period, as_of, replace(office, subject=subject)), subject=subject)
