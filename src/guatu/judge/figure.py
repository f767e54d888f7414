"""One figure of an air indicator: the statistic of a scope over a period, with its counts, flags and reason."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.place import Scope
from guatu.base.value import Step, Value
from guatu.compute.air.percentile import percentile
from guatu.judge.daily import by_day, days_of, hours_present, members
from guatu.judge.indicators import GOOD_DAYS, Indicator, good_aqi
from guatu.judge.room import Daily
from guatu.judge.sand import ASSESSED, observed, papers
from guatu.judge.why import of_period
from guatu.load.batches import inputs_hash
from guatu.load.workspace import Workspace

NO_SITE, NO_DATA, TOO_FEW, NOT_YET = "无点位", "数据未到", "数据不足", "未到统计期"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the days behind it: parts are the frames of the member areas, by scope name (see days_of)."""

    value: Value
    parts: dict[str, pl.DataFrame]

    def daily(self, item: str) -> Daily:
        """The days of each member area: the item's daily value, or the AQI."""
        return {name: by_day(frame, item) for name, frame in self.parts.items()}


def figure_of(
    ws: Workspace, indicator: Indicator, scope_name: str, period: Period, as_of: date, *, explained: bool = True
) -> Figure:
    """Compute a figure from the rows known on a day.

    A mean over stations is Σ daily / n of the urban area; over places the mean of the places' means; the good-day
    ratio of several places is all their good days over all their valid days. A scope without a site has no number
    (无点位), nor has a period without a valid day (数据未到, 未到统计期). Where the counts of valid days the clause
    asks for cannot be reached any more the running number is shown with the reason 数据不足. explained: whether the
    tree down to the hours is built; a wall of many places asks for it only when somebody opens a figure.
    """
    day = max(period.first, min(as_of, period.last))
    scope = ws.scope(scope_name, day)
    areas = members(ws, scope, day) if scope else ()
    empty = [area.name for area in areas if not area.sites] or ([] if scope and areas else [scope_name])
    version = ws.data_version(as_of)
    if empty or scope is None:
        reason, text = NO_SITE, f"“{'、'.join(empty)}”没有登记站点，不用别处的站点代替"
        return Figure(Value(indicator.id, scope_name, period, None, indicator.unit, reason=reason, why=Step(text)), {})
    if as_of < period.first:
        why = Step(f"{period} 还没有开始")
        return Figure(Value(indicator.id, scope_name, period, None, indicator.unit, reason=NOT_YET, why=why), {})
    parts = {area.name: days_of(ws, area, period, as_of) for area in areas}
    measured = {name: observed(frame) for name, frame in parts.items()}
    counts = {name: frame[indicator.item].count() for name, frame in measured.items()}
    n_valid, n_expected = sum(counts.values()), period.until(as_of).days * len(parts)
    raw = statistic(indicator, parts)
    flags = tuple(_flags(ws, areas, measured, indicator, counts, period, as_of))
    flags += tuple(_sand(indicator, parts, raw, statistic(indicator, measured)))
    short = tuple(
        text for name, frame in measured.items() for text in _out_of_reach(indicator, period, as_of, name, frame)
    )
    reason = NO_DATA if raw is None else TOO_FEW if short else ""
    value = Value(
        indicator.id,
        scope_name,
        period,
        None if raw is None else half_even(raw, indicator.shown),
        indicator.unit,
        raw=raw,
        reason=reason,
        n_valid=n_valid,
        n_expected=n_expected,
        flags=flags + short,
        rules=_rules(indicator, period)
        + ((ASSESSED,) if any("sand" in part.columns for part in parts.values()) else ()),
        inputs=inputs_hash(ws.data, as_of),
        data_version=version,
    )
    return Figure(of_period(ws, value, indicator, scope, parts, as_of) if explained else value, parts)


def statistic(indicator: Indicator, parts: dict[str, pl.DataFrame]) -> Fraction | None:
    """The exact, unrounded figure of the days of the member areas; None where one has no valid day."""
    if indicator.id in GOOD_DAYS:
        aqi = [value for frame in parts.values() for value in frame["aqi"].drop_nulls()]
        limit = good_aqi()
        return Fraction(100 * sum(value <= limit for value in aqi), len(aqi)) if aqi else None
    means = []
    for frame in parts.values():
        values = frame[indicator.item].drop_nulls()
        if values.is_empty():
            return None
        if values.dtype.is_integer() and not indicator.percentile:
            means.append(Fraction(int(values.sum()), values.len()))
            continue
        exact = [Fraction(str(value)) for value in values]
        percent = percentile(exact, indicator.percent) if indicator.percentile else None
        means.append(percent if percent is not None else sum(exact, Fraction()) / len(exact))
    return sum(means, Fraction()) / len(means)


def _flags(
    ws: Workspace,
    areas: tuple[Scope, ...],
    parts: dict[str, pl.DataFrame],
    indicator: Indicator,
    counts: dict[str, int],
    period: Period,
    as_of: date,
) -> Iterable[str]:
    """A sentence for what each area lacks, days and hours, so that a figure from less data never looks whole."""
    for area in areas:
        height = parts[area.name].height
        if counts[area.name] < height:
            yield f"{area.name}缺 {height - counts[area.name]} 天（有效 {counts[area.name]}／{height} 天）"
        there, due = hours_present(ws, area, period, as_of, indicator.item)
        if there < due:
            yield f"{area.name}缺 {due - there:,} 个小时值（应有 {due:,} 个）"


def _sand(
    indicator: Indicator, parts: dict[str, pl.DataFrame], left: Fraction | None, all_days: Fraction | None
) -> Iterable[str]:
    """What deduction of sand makes of the figure, and what it would be without: both stay in sight."""
    taken = {(day, paper) for frame in parts.values() for day, paper in papers(frame, indicator.item).items()}
    if taken:
        both = [
            "—" if raw is None else f"{half_even(raw, indicator.shown)} {indicator.unit}" for raw in (left, all_days)
        ]
        said = "、".join(sorted({paper for _, paper in taken}))
        days = len({day for day, _ in taken})
        yield f"沙尘扣除 {days} 天（{said}）：扣除后 {both[0]}，按扣除后评价；不扣除为 {both[1]}"


def _out_of_reach(indicator: Indicator, period: Period, as_of: date, name: str, frame: pl.DataFrame) -> Iterable[str]:
    """The counts of valid days (GB 3095 表4) that cannot be reached any more if all days to come are valid.

    Asked of whole calendar months in the period, and of the year where the period is one.
    """
    valid = {day for day, value in by_day(frame, indicator.item).items() if value is not None}
    if period.days == 1:
        return
    for first, last in _months(period):
        least = rules.at("hj663.month.min_days", last).value["february" if first.month == 2 else "month"]
        days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
        reach = sum(day in valid or day > as_of for day in days)
        if reach < least:
            yield f"{name} {first:%Y-%m} 有效天数至多 {reach} 天，少于 {least} 天"
    if str(period) == f"{period.first.year}":
        least = rules.at("hj663.year.min_days", period.last).value
        reach = len(valid) + period.after(as_of)
        if reach < least:
            yield f"{name}全年有效天数至多 {reach} 天，少于 {least} 天"


def _months(period: Period) -> Iterable[tuple[date, date]]:
    """The calendar months that lie wholly in the period."""
    year, month = period.first.year, period.first.month
    while date(year, month, 1) <= period.last:
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        if period.first <= first and last <= period.last:
            yield first, last
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _rules(indicator: Indicator, period: Period) -> tuple[str, ...]:
    common = ("hj663.day.min_hours", "hj663.city.station_fraction", "hj663.city.aggregation", "hj663.rounding")
    counts = ("hj663.year.min_days", "hj663.month.min_days") if period.days > 1 else ()
    own = ("hj633.index", "hj663.decimals.ratio_percent") if indicator.id in GOOD_DAYS else ("hj663.decimals.raw",)
    how = ("hj663.percentile", "hj663.percentile.formula") if indicator.percentile else ()
    return (*common, *counts, *own, *how)


def last_year_of(ws: Workspace, indicator: Indicator, scope_name: str, stretch: Period, as_of: date) -> Daily:
    """The days of the same stretch a year before, by member area; empty where none is known."""
    before = stretch.year_before
    scope = ws.scope(scope_name, before.last) or ws.scope(scope_name, as_of)
    if scope is None or stretch.days < 1:
        return {}
    areas = members(ws, scope, before.last)
    frames = {area.name: days_of(ws, area, before, as_of) for area in areas if area.sites}
    if len(frames) < len(areas):
        return {}
    return {name: by_day(frame, indicator.item) for name, frame in frames.items()}
