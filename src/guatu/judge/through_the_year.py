"""A target month by month and quarter by quarter, with the year before: what a page without a daily curve shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.judge.figure import figure_of
from guatu.judge.indicators import AIR
from guatu.judge.reported import answer_of
from guatu.judge.reported_water import SHARES
from guatu.judge.sections_now import good_share
from guatu.load.workspace import Workspace
from guatu.read.plan import Target


@dataclass(frozen=True, slots=True)
class Stretch:
    """One month, quarter, half or whole year: the figure that counts, who says so, and that of the year before.

    source: the paper, or how guatu has it (data_version's kind); last_year: None where nothing is known of it.
    """

    period: Period
    number: Decimal | None
    source: str
    address: str
    last_year: Decimal | None = None


def through_the_year(ws: Workspace, target: Target, year: int, as_of: date) -> tuple[Stretch, ...]:
    """The months, quarters and the year that have begun and of which a figure is known, in order of their end.

    Of air and of shares of sections the months alone; a share of a month is no yearly evaluation. A stretch of which
    neither this year nor the year before says anything is left out.
    """
    months = [Period.of(f"{year}-{month:02d}") for month in range(1, 13)]
    quarters = [Period.of(f"{year}Q{quarter}") for quarter in range(1, 5)]
    whole = Period.of(str(year))
    monthly = target.indicator_id in AIR or target.indicator_id in SHARES
    asked = months if monthly else sorted([*months, *quarters, whole], key=lambda one: (one.last, one.days))
    found: list[Stretch] = []
    for period in (one for one in asked if one.first <= as_of):
        now, source = _figure(ws, target, period, as_of)
        then, _ = _figure(ws, target, _before(period), as_of)
        if now is None and then is None:
            continue
        if found and (found[-1].number, found[-1].source) == (now, source) and found[-1].period.last == period.last:
            continue  # the quarter that a list of its last month stands for
        address = f"{target.indicator_id}/{target.scope}/{period}@{as_of}"
        found.append(Stretch(period, now, source, address, then))
    return tuple(found)


def _figure(ws: Workspace, target: Target, period: Period, as_of: date) -> tuple[Decimal | None, str]:
    name = target.indicator_id or target.indicator
    indicator = AIR.get(name)
    if indicator is not None:
        value = figure_of(ws, indicator, target.scope, period, as_of, explained=False).value
        return (None if value.reason else value.number), "计算"
    if name in SHARES:
        share, source = good_share(ws, name, target.scope, period, as_of)
        return (None if share is None else half_even(share, 1)), source
    answer = answer_of(ws, name, target.scope, period, as_of, target.index_kind)
    said = answer.official
    if answer.judged.reason or answer.judged.number is None:
        return None, ""
    return answer.judged.number, f"“{said.paper}”" if said else "报送和清单"


def _before(period: Period) -> Period:
    """The same stretch a year before, named the same way."""
    text = str(period)
    return Period.of(text.replace(str(period.first.year), str(period.first.year - 1), 1))
