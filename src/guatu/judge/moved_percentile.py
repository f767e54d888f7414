"""What holds a percentile above its number: it is no sum of days, but the days above that number are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.judge.figure import figure_of, statistic
from guatu.judge.indicators import Indicator
from guatu.judge.moved import Breakdown, Cause, Moved, no_figure
from guatu.load.workspace import Workspace

LIMITS = {"o3_p90": "gb3095.o3.day_max8h", "co_p95": "gb3095.co.day"}
SECOND = "II"  # class of the areas where people live

Day = tuple[str, date]


def of_percentile(
    ws: Workspace, indicator: Indicator, scope_name: str, period: Period, as_of: date, limit: Fraction | None
) -> Moved:
    """Cut the days above a number by months, counties and days, less those that may lie above it.

    The percentile lies between the two days of rank s and s + 1 (HJ 663 附录A.6), so it keeps the number whenever no
    more days lie above it than stand behind the higher of the two: n - ceil(1 + (n - 1) p), summed over the places.
    Figure and reference are counts of days; ``without`` is the percentile of the days left [the indicator's unit].
    limit: the target; None: the limit of the day the standard sets (class 2). Raises GuatuError (G-JUDGE-04).
    """
    parts = figure_of(ws, indicator, scope_name, period, as_of).parts
    exact = statistic(indicator, parts) if parts else None
    if exact is None:
        raise no_figure(f"{indicator.id}/{scope_name}/{period}")
    told = "目标"
    if limit is None:
        rule = rules.at(LIMITS[indicator.id], period.last)
        limit, told = Fraction(str(rule.value[SECOND])), f"日限值（{rule.clause}）"
    above: dict[Day, Fraction] = {}
    allowed = 0
    for name, frame in parts.items():
        values = {day: Fraction(str(value)) for day, value in _known(frame, indicator.item)}
        above |= {(name, day): value for day, value in values.items() if value > limit}
        allowed += len(values) - 1 - -(-(len(values) - 1) * indicator.percent // 100)
    cuts = [_cut("月份", indicator, parts, above, lambda one: f"{one[1]:%Y-%m}")]
    if len(parts) > 1:
        cuts.append(_cut("县（市、区）", indicator, parts, above, lambda one: one[0]))
    days = tuple(
        Cause(f"{day} {name}（{_plain(value)}）", Fraction(1), None, f"{indicator.id}/{name}/{day}@{as_of}", 1)
        for (name, day), value in sorted(above.items(), key=lambda pair: -pair[1])
    )
    cuts.append(Breakdown("日期", days, Fraction(-allowed), "至多容许"))
    ready = tuple(Breakdown(one.kind, one.causes, Fraction(-allowed), "至多容许") for one in cuts)
    unit = indicator.unit
    note = (
        f"第 {indicator.percent} 百分位 {half_even(exact, indicator.shown)} {unit}，{told} {_plain(limit)} {unit}；"
        f"百分位数不是各日之和，以高于{told.partition('（')[0]}的天数来拆：不多于 {allowed} 天，百分位数一定不高于它"
    )
    return Moved(Fraction(len(above)), Fraction(allowed), "至多容许", " 天", ready, note, f" {unit}")


def _known(frame: pl.DataFrame, item: str) -> Iterable[tuple[date, object]]:
    return frame.select("date", item).drop_nulls().iter_rows()


def _cut(
    kind: str, indicator: Indicator, parts: Mapping[str, pl.DataFrame], above: Mapping[Day, Fraction], key: object
) -> Breakdown:
    groups: dict[str, set[Day]] = {}
    assert callable(key)
    for one in above:
        groups.setdefault(key(one), set()).add(one)
    causes = [
        Cause(name, Fraction(len(days)), _left(indicator, parts, days), "", len(days)) for name, days in groups.items()
    ]
    return Breakdown(kind, tuple(sorted(causes, key=lambda one: -one.part)))


def _left(indicator: Indicator, parts: Mapping[str, pl.DataFrame], out: set[Day]) -> Fraction | None:
    """The percentile without some days above the number."""
    kept = {}
    for name, frame in parts.items():
        mine = [day for place, day in out if place == name]
        rest = frame.filter(~pl.col("date").is_in(mine)) if mine else frame
        if rest[indicator.item].count():
            kept[name] = rest
    return statistic(indicator, kept) if kept else None


def _plain(number: Fraction) -> str:
    return f"{half_even(number, 1).normalize():f}"
