"""The air of counties as the ways of other provinces count it: rank by month, months worse than a year before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from guatu.act.ladder import Number
from guatu.act.letters import Case, Letter
from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.office import snapshots
from guatu.office.ledger import causes_year
from guatu.report.figures import air_number

SUBJECT, COUNTY, TALK = "县区空气", "县（市、区）", "约谈"
ITEM = "pm25_mean"
Pair = tuple[Decimal | None, Decimal | None]


def air_cases(version: str, day: date, letters: Mapping[str, Letter]) -> Iterator[Case]:
    """Each county with a figure of PM2.5 in the last whole month: printed figures are compared, as bulletins do."""
    months, counties = _of_counties(version, day)
    newest = {place: pairs[-1][0] for place, pairs in counties.items()}
    for place, pairs in counties.items():
        now, before = pairs[-1]
        if now is None:
            continue
        worse = [None if a is None or b is None else a > b for a, b in pairs]
        facts: dict[str, Number] = {
            "rank_from_bottom": 1 + sum(1 for one in newest.values() if one is not None and one > now)
        }
        if None not in worse:
            facts["worse_times"] = sum(map(bool, worse))
        running = next((n for n, one in enumerate(reversed(worse)) if not one), len(worse))
        if running == len(worse) or worse[-1 - running] is not None:
            facts["months_worse_running"] = running
        cause = f"空气 {place}"
        talks = [one for one in letters.values() if (one.cause, one.letter) == (cause, TALK) and one.state != "作废"]
        facts["talks_running"] = len(talks)
        was = f"，上年同月 {before}" if before is not None else ""
        told = f"{months[-1].words} PM2.5 {now} 微克/立方米{was}，倒数第 {facts['rank_from_bottom']}"
        run = f"今年同比变差 {facts['worse_times']} 个月" if "worse_times" in facts else "有的月份缺数，变差次数说不清"
        year = causes_year.county_facts(version, day, place)
        missing = (
            {"worse_times": lacking, "months_worse_running": lacking} if (lacking := _lacking(months, pairs)) else {}
        )
        figures = (f"{place}环境空气", f"{told}；{run}", *year.figures)
        yield Case(cause, SUBJECT, {COUNTY: place}, facts | year.facts, figures, missing | year.missing)


def _lacking(months: tuple[Period, ...], pairs: list[Pair]) -> str:
    """The months whose figures, of this year or the last, are not there."""
    found = []
    for month, (now, before) in zip(months, pairs, strict=True):
        found += [month.words] if now is None else []
        found += [month.year_before.words] if before is None else []
    return f"{'、'.join(found)} PM2.5 没有数" if found else ""


@lru_cache(maxsize=2)
def _of_counties(version: str, day: date) -> tuple[tuple[Period, ...], dict[str, list[Pair]]]:
    """The whole months of the year so far, and of each county its figures with those of the year before."""
    ws = snapshots.opened()
    last = (day + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    months = tuple(Period.of(f"{last.year}-{n:02d}") for n in range(1, last.month + 1))
    found: dict[str, list[Pair]] = {}
    for place in ws.places:
        try:
            found[place.name] = [
                (_number(ws, place.name, one, day), _number(ws, place.name, one.year_before, day)) for one in months
            ]
        except GuatuError:
            continue
    return months, found


def _number(ws: object, place: str, month: Period, day: date) -> Decimal | None:
    try:
        return Decimal(air_number(ws, ITEM, place, month, day).text)
    except InvalidOperation:
        return None
