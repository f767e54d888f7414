"""Why a figure is where it is, by its address: set against its target, or against last year's same stretch."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.judge.address import parse
from guatu.judge.board import period_of
from guatu.judge.course import not_computed
from guatu.judge.daily import today_of
from guatu.judge.indicators import AIR
from guatu.judge.moved import Moved
from guatu.judge.moved_air import against_last_year, of_air
from guatu.judge.moved_counts import of_counts
from guatu.judge.moved_percentile import of_percentile
from guatu.judge.paths import with_number
from guatu.judge.versions import plan_on, versions_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan


def moved_at(ws: Workspace, plan: Plan | None, address: str, *, last_year: bool = False) -> Moved:
    """What moved the figure of an address ``indicator/scope/period[@as-of]``, as known on that day.

    Set against the number of the plan's target for it as it stood on the day (without one against nought, a
    percentile against the standard's limit), or against last year's same stretch. Raises GuatuError: G-JUDGE-02, 03
    not an address or indicator, 04 no figure, 05 a percentile against last year, of which there is no sum.
    """
    indicator_id, scope, period, as_of = parse(address, today_of(ws))
    reference, against = Fraction(0), "零（计划里没有这项目标）"
    for target in plan_on(plan, versions_of(ws), as_of).targets if plan else ():
        year = plan.head.year if plan and plan.head.year else as_of.year
        if (target.indicator_id, target.scope) == (indicator_id, scope) and _within(period, period_of(target, year)):
            numbered, _ = with_number(ws, target, period.last.year, as_of)
            if isinstance(numbered.value, Decimal):
                reference, against = Fraction(numbered.value), "目标"
    indicator = AIR.get(indicator_id)
    if indicator is not None and indicator.percentile:
        if last_year:
            raise no_sum(indicator.name)
        return of_percentile(ws, indicator, scope, period, as_of, reference if against == "目标" else None)
    if indicator is not None and last_year:
        return against_last_year(ws, indicator, scope, period, as_of)
    if indicator is not None:
        return of_air(ws, indicator, scope, period, as_of, reference, against)
    if ws.cards.get(indicator_id) is None:
        raise not_computed(indicator_id)
    if last_year:
        raise no_sum(indicator_id)
    return of_counts(ws, indicator_id, scope, period, as_of, reference, against)


def no_sum(name: str) -> GuatuError:
    """The error for what cannot be cut into parts that add up."""
    return GuatuError.of(
        f"{name} cannot be cut against last year", "G-JUDGE-05", f"指标“{name}”", "与去年同期的差不是各部分之和",
        "拆成份额加不起来", "不带 --last-year，看对照目标的份额",
    )  # fmt: skip


def _within(period: Period, whole: Period) -> bool:
    return whole.first <= period.first and period.last <= whole.last
