"""The kinds of bulletin that guatu makes from a workspace, by the name a command calls them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.bulletins.air import air_month, air_quarter
from guatu.report.bulletins.water import water_month
from guatu.report.paper import Paper

Make = Callable[[Workspace, Plan, Period, date], Paper]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: its name, its Chinese name, the period it is of (month, quarter, year), and what makes it."""

    name: str
    title: str
    of: str
    make: Make


KINDS = {
    kind.name: kind
    for kind in (
        Kind("monthly", "环境空气质量月报", "month", air_month),
        Kind("quarterly", "环境空气质量季报", "quarter", air_quarter),
        Kind("water", "地表水环境质量月报", "month", water_month),
    )
}
OF_PAPER = {"air_month": "monthly", "air_quarter": "quarterly", "water_month": "water"}


def kind_of(name: str) -> Kind:
    """The kind of a name. Raises GuatuError (G-REPORT-02) where there is none."""
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


def made_again(ws: Workspace, plan: Plan, kind: str, period: Period, as_of: date) -> Paper:
    """The paper of an earlier issue, made again from the data as they are now known for that day."""
    return kind_of(kind).make(ws, plan, period, as_of)
