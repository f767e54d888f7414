"""The tree under a figure: rounding, statistic, counts, days, stations, hours, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.place import Scope
from guatu.base.value import Step, Value
from guatu.judge.day_tree import area_day
from guatu.judge.indicators import GOOD_DAYS, Indicator, good_aqi
from guatu.judge.sand import ASSESSED
from guatu.load.workspace import Workspace


def of_period(
    ws: Workspace, value: Value, indicator: Indicator, scope: Scope, parts: dict[str, pl.DataFrame], as_of: date
) -> Value:
    """The value with its tree: from the number down to days; the newest day down to its hours.

    Every day carries the address that opens it; see guatu.judge.address.
    """
    number = "—" if value.number is None else f"{value.number} {value.unit}"
    steps = [rounding(value, indicator)] if value.raw is not None else []
    steps.append(_statistic(value, indicator, scope, parts))
    steps.append(_counts(value, parts))
    if ASSESSED in value.rules:
        text = "沙尘：上级认定的扣除日，颗粒物不计入，AQI 按剩余项（原值不超过 100 的保留）；两个结果都保留"
        both = [Step(flag) for flag in value.flags if flag.startswith("沙尘")]
        steps.append(step(text, "", ASSESSED, value.period.last, both))
    last = value.period.until(as_of).last
    steps += [_area(ws, value, indicator, name, frame, as_of, last) for name, frame in parts.items()]
    steps.append(Step("数据版本", value.data_version or "没有数据", address=f"sha256:{value.inputs[:16]}"))
    text = f"{value.scope} {value.period} {indicator.name}，按 {as_of} 所知"
    if value.reason:
        text += f"，{value.reason}"
    return replace(value, why=Step(text, number, below=tuple(steps)))


def step(text: str, figure: str, rule_id: str, day: date, below: Iterable[Step] = (), address: str = "") -> Step:
    """A step by a rule, with the clause and confidence of the rule in force on the day."""
    rule = rules.at(rule_id, day)
    return Step(text, figure, rule.clause, rule.id, rule.confidence, address, tuple(below))


def rounding(value: Value, indicator: Indicator) -> Step:
    """How the exact ratio became the number shown."""
    raw = value.raw if value.raw is not None else Fraction()
    exact = f"{raw.numerator}／{raw.denominator}" if raw.denominator > 1 else f"{raw.numerator}"
    text = f"修约：精确值 {exact} ≈ {half_even(raw, 4)}，四舍六入五成双，保留 {indicator.shown} 位小数"
    return step(text, f"{value.number}", "hj663.rounding", value.period.last)


def _statistic(value: Value, indicator: Indicator, scope: Scope, parts: dict[str, pl.DataFrame]) -> Step:
    day = value.period.last
    below = []
    good = total = 0
    for name, frame in parts.items():
        days = frame[indicator.item].drop_nulls()
        if indicator.id in GOOD_DAYS:
            these = int((days <= good_aqi()).sum())
            good, total = good + these, total + days.len()
            below.append(Step(f"{name}：优良 {these} 天，有效 {days.len()} 天"))
        elif indicator.percentile:
            below.append(
                Step(
                    f"{name}：{days.len()} 个日值从小到大排列",
                    f"最小 {min(days.to_list())}，最大 {max(days.to_list())}",
                )
            )
        elif days.len():
            mean = half_even(Fraction(int(days.sum()), days.len()), 4)
            below.append(Step(f"{name}：日均值之和 {days.sum()} ÷ 有效 {days.len()} 天", f"{mean}"))
    if indicator.id in GOOD_DAYS and len(parts) > 1:
        text = f"优良天数（AQI ≤ {good_aqi()}）÷ 有效天数，{len(parts)} 个地区的天数合并计算，不取比例的平均"
        other = f"另一口径，各地比例的平均：{_mean_of_ratios(parts)}"
        note = Step("全市口径未见条文规定；上级通报采用另一口径时以通报为准", other)
        return step(text, f"{good}／{total}", "hj663.region.good_ratio", day, (*below, note))
    if indicator.id in GOOD_DAYS:
        text = f"优良天数（AQI ≤ {good_aqi()}）÷ 有效天数"
        return step(text, f"{good}／{total}", "hj663.decimals.ratio_percent", day, below)
    if indicator.percentile and len(parts) == 1:
        text = f"日值的第 {indicator.percent} 百分位数"
        return step(text, "", "hj663.percentile.formula", day, below)
    if len(parts) > 1:
        text = f"{len(parts)} 个地区各自均值的平均（区域值取各地统计值的平均，只有一个来源）"
        return step(text, "", "hj663.region.mean", day, below)
    return step("日均值的平均（不是小时值的平均）", "", "hj663.city.aggregation", day, below)


def _mean_of_ratios(parts: dict[str, pl.DataFrame]) -> str:
    """The other reading of several places, for comparison only; no status rests on it."""
    days = [frame["aqi"].drop_nulls() for frame in parts.values()]
    if not all(column.len() for column in days):
        return "有的地区没有有效天数"
    ratios = [Fraction(100 * int((column <= good_aqi()).sum()), column.len()) for column in days]
    return f"{half_even(sum(ratios, Fraction()) / len(ratios), 1)}%"


def _counts(value: Value, parts: dict[str, pl.DataFrame]) -> Step:
    texts = [Step(flag) for flag in value.flags]
    figure = f"{value.n_valid}／{value.n_expected} 天"
    if value.period.days == 1:
        return Step("有效性", figure, below=tuple(texts))
    day = value.period.last
    month, year = rules.at("hj663.month.min_days", day), rules.at("hj663.year.min_days", day)
    text = (
        f"有效天数：每月至少 {month.value['month']} 天（2 月 {month.value['february']} 天），全年至少 {year.value} 天"
    )
    if value.indicator in GOOD_DAYS:
        text += "；对优良天数比例未见另有规定，按同一天数判"
    return step(text, figure, "hj663.year.min_days", day, texts)


def _area(
    ws: Workspace, value: Value, indicator: Indicator, name: str, frame: pl.DataFrame, as_of: date, last: date
) -> Step:
    """All days of one area, by month."""
    months = []
    rows = frame.iter_rows(named=True)
    for month, days in groupby(rows, key=lambda row: f"{row['date']:%Y-%m}"):
        steps = [_day(ws, indicator, name, row, as_of, row["date"] == last) for row in days]
        months.append(Step(month, f"{sum(bool(s.figure) for s in steps)}／{len(steps)} 天", below=tuple(steps)))
    return Step(f"{name}的日值", below=tuple(months))


def _day(ws: Workspace, indicator: Indicator, name: str, row: dict[str, Any], as_of: date, whole: bool) -> Step:
    day: date = row["date"]
    address = f"{indicator.id}/{name}/{day}@{as_of}"
    if whole:
        return replace(area_day(ws, indicator.item, name, day, as_of), address=address)
    shown = row[indicator.item]
    sand = ""
    if row.get("sand") and f"{indicator.item}_observed" in row:
        was = row[f"{indicator.item}_observed"]
        sand = f" 沙尘扣除（{row['sand']}），观测值 {'—' if was is None else was}"
    if indicator.item == "aqi":
        text = f"{day} {row['primary'] or ''}".rstrip() + sand
        if shown is not None and shown > good_aqi():
            text += " 超标"
        return Step(text, "" if shown is None else f"AQI {shown}", address=address)
    text = f"{day} {row[f'n_{indicator.item}'] or 0}／{row['n_stations'] or 0} 个站有效{sand}"
    return Step(text, "" if shown is None else f"{Decimal(str(shown))}", address=address)
