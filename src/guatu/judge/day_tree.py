"""One day of one area opened: the stations behind it, and under each station its hours with their batch."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.place import Scope
from guatu.base.value import Step
from guatu.compute.air.pollutants import decimals, species
from guatu.compute.air.verdict import sub_index
from guatu.judge.daily import ITEMS, days_of, station_days
from guatu.judge.sand import ASSESSED, observed
from guatu.load.workspace import Workspace

NAMES = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "co": "CO", "o3_8h": "O3 日最大8小时", "o3": "O3"}


def area_day(ws: Workspace, item: str, scope_name: str, day: date, as_of: date) -> Step:
    """The tree of a day: for an item its stations and their hours, for the AQI its six items first."""
    scope = ws.scope(scope_name, day)
    frame = days_of(ws, scope, Period(day, day), as_of) if scope and as_of >= day else None
    if scope is None or frame is None or frame.is_empty():
        return Step(f"{day} {scope_name}没有数据")
    row = observed(frame).row(0, named=True)
    if row.get("sand") and f"{item}_observed" in row:
        left = frame.row(0, named=True)[item]
        text = f"{day} 是上级认定的沙尘扣除日（{row['sand']}），观测值如下，本日按"
        text += "不计入" if left is None else f"{left} 计"
        rule = rules.timeline(ASSESSED)[-1]
        below = _opened(ws, item, scope, row, day, as_of)
        return Step(text, "" if left is None else f"{left}", rule.clause, rule.id, rule.confidence, below=(below,))
    return _opened(ws, item, scope, row, day, as_of)


def _opened(ws: Workspace, item: str, scope: Scope, row: dict[str, Any], day: date, as_of: date) -> Step:
    """The tree of a day as it was measured."""
    scope_name = scope.name
    if item != "aqi":
        return _item(ws, item, scope.sites, row, day, as_of)
    below = tuple(_index(name, row, day, f"{name}/{scope_name}/{day}@{as_of}") for name in ITEMS)
    rule = rules.at("hj633.index", day)
    shown = "" if row["aqi"] is None else f"AQI {row['aqi']}"
    text = f"{day} AQI 取六项 IAQI 的最大值" + (f"，首要污染物 {row['primary']}" if row["primary"] else "")
    return Step(text, shown, rule.clause, rule.id, rule.confidence, below=below)


def _index(item: str, row: dict[str, Any], day: date, address: str) -> Step:
    value = row[item]
    if value is None:
        return Step(f"{NAMES[item]} 无有效日值", address=address)
    column = item if item == "o3_8h" else f"{species(item)}_24h"
    index = sub_index(column, Fraction(str(value)), day)
    rule = rules.at(f"hj633.iaqi.{column}", day)
    return Step(f"{NAMES[item]} {value}", f"IAQI {index}", rule.clause, rule.id, rule.confidence, address)


def _item(ws: Workspace, item: str, sites: tuple[str, ...], row: dict[str, Any], day: date, as_of: date) -> Step:
    names = {station.code: station.name for station in ws.stations}
    days = station_days(ws, as_of).filter((pl.col("date") == day) & pl.col("station").is_in(list(sites)))
    values = {r["station"]: r for r in days.iter_rows(named=True)}
    hours = _hours(ws, sites, day, as_of)
    below = tuple(_station(site, names.get(site, site), values.get(site), hours, item, day) for site in sites)
    shown = row[item]
    valid = [Fraction(str(values[site][item])) for site in sites if site in values and values[site][item] is not None]
    rule = rules.at("hj663.city.aggregation", day)
    text = f"{day} {NAMES[item]} 日均值：{len(valid)}／{row['n_stations'] or len(sites)} 个站有效"
    if valid:
        exact = sum(valid, Fraction()) / len(valid)
        text += f"，{' + '.join(str(half_even(v, decimals(item))) for v in valid)} 的平均 {half_even(exact, 2)}"
    if shown is None:
        few = rules.at("hj663.city.station_fraction", day)
        return Step(f"{text}，站点不够，不成城市日值", "", few.clause, few.id, few.confidence, below=below)
    return Step(text, f"{shown}", rule.clause, rule.id, rule.confidence, below=below)


def _station(code: str, name: str, row: dict[str, Any] | None, hours: pl.DataFrame, item: str, day: date) -> Step:
    kind = species(item)
    mine = hours.filter(pl.col("station") == code)
    found = {hour["time"]: hour for hour in mine.iter_rows(named=True)}
    below = [_hour(end, found.get(end), kind, day) for end in _ends(day)]
    if row is None:
        return Step(f"{code} {name}：没有小时值", below=tuple(below))
    if item == "o3_8h":
        text = f"{code} {name}：{row['n_o3_8h']} 个有效 8 小时窗口中的最大值{_window(found, day)}"
        rule = rules.at("hj663.o3_day.windows", day)
    else:
        whole = [half_even(Fraction(v), decimals(item)) for v in mine[kind].drop_nulls()]
        total = sum(whole)
        text = f"{code} {name}：{row[f'n_{item}']} 个小时值，和 {total}"
        if row[f"n_{item}"]:
            text += f"，平均 {half_even(Fraction(total) / row[f'n_{item}'], 2)}"
        rule = rules.at("hj663.day.min_hours", day)
    if row[item] is None:
        text += f"，不足 {rule.value} 个，无效" if item != "o3_8h" else "，窗口不足，无效"
    return Step(
        text, "" if row[item] is None else f"{row[item]}", rule.clause, rule.id, rule.confidence, below=tuple(below)
    )


def _window(found: dict[datetime, dict[str, Any]], day: date) -> str:
    """Which 8 h window won, named by its first and last hour; the earliest of equals."""
    form = rules.at("hj663.o3_day.windows", day).value
    least = rules.at("hj663.o3_8h.min_hours", day).value
    ends = _ends(day)
    best: tuple[Fraction, int, int] | None = None
    for last in range(form["first_end"], form["last_end"] + 1):
        hours = [found[end]["o3"] for end in ends[last - form["hours"] : last] if end in found]
        values = [half_even(Fraction(value), decimals("o3")) for value in hours if value is not None]
        if len(values) >= least:
            mean = Fraction(sum(values)) / len(values)
            best = (mean, last, len(values)) if best is None or mean > best[0] else best
    if best is None:
        return ""
    mean, last, count = best
    return f"，{last - form['hours'] + 1:02d} 至 {last:02d} 时的窗口（{count} 个小时值），平均 {half_even(mean, 2)}"


def _hours(ws: Workspace, sites: tuple[str, ...], day: date, as_of: date) -> pl.DataFrame:
    """The hours that end from 01:00 of the day to 24:00."""
    midnight = datetime.combine(day, datetime.min.time())
    within = (pl.col("time") > midnight) & (pl.col("time") <= midnight + timedelta(days=1))
    return ws.hours(as_of).filter(within & pl.col("station").is_in(list(sites))).sort("station", "time").collect()


def _ends(day: date) -> list[datetime]:
    midnight = datetime.combine(day, datetime.min.time())
    return [midnight + timedelta(hours=hour + 1) for hour in range(24)]


def _hour(end: datetime, row: dict[str, Any] | None, kind: str, day: date) -> Step:
    """One hour with the batch and line that said it; an hour no batch speaks of is named, not passed over."""
    if row is None:
        return Step(f"{_clock(end, day)} 没有这一小时的记录", "缺测")
    shown = "缺测" if row[kind] is None else f"{row[kind].normalize():f}"
    return Step(f"{_clock(end, day)} 批次 {row['batch']:04d} 第 {row['line']} 行", shown)


def _clock(time: datetime, day: date) -> str:
    return "24:00" if time.date() > day else f"{time:%H:%M}"
