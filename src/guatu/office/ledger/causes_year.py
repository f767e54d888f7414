"""The air of a county by year and by season: held to its number, to last year and to the improvement it owes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from guatu.act.ladder import Number
from guatu.act.letters import Case
from guatu.base.period import Period
from guatu.errors import ActError, GuatuError
from guatu.judge.authority import levels_of
from guatu.judge.board import plan_of
from guatu.judge.versions import plan_on, versions_of
from guatu.load.workspace import Workspace
from guatu.office import snapshots
from guatu.report.figures import air_number

SUBJECT, COUNTY, ITEM = "年度", "县（市、区）", "pm25_mean"
WORSE, TASK, MISSES = "quality_worse", "year_task_missed", "misses_year_target"
SHORT, LOST = "season_improvement_short", "season_target_missed"
SEASONS = "plan/seasons.toml"
FIRST, LAST = (10, 1), (3, 31)
"""Autumn and winter as the national plans count them: from 1 October to 31 March."""


@dataclass
class Known:
    """Facts of a county, why some are not known, and the sentences with their numbers."""

    facts: dict[str, Number] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)


def year_cases(version: str, day: date) -> Iterator[Case]:
    """Each county in the last whole year: worse than the year before, its number of that year missed."""
    ws = snapshots.opened()
    year = Period.of(f"{day.year if (day.month, day.day) == (12, 31) else day.year - 1}")
    for place in ws.places:
        if place.name == ws.name:
            continue
        known = _year(version, day, place.name, year)
        figures = (f"{place.name}{year.words}环境空气", *known.figures)
        yield Case(f"年度 {place.name}", SUBJECT, {COUNTY: place.name}, known.facts, figures, known.missing)


@lru_cache(maxsize=64)
def county_facts(version: str, day: date, place: str) -> Known:
    """What the year so far and the newest season say of a county."""
    ws, known = snapshots.opened(), Known()
    year = Period.of(f"{day.year}")
    aim, now = _aim(ws, place, day), _number(ws, place, year, day)
    if aim is None:
        known.missing[MISSES] = f"{place} {day.year} 年的 PM2.5 目标没有存（plan/authority.toml 的 county）"
    elif now is None:
        known.missing[MISSES] = f"{place} {day.year} 年到目前的 PM2.5 没有数"
    else:
        known.facts[MISSES] = int(now > aim)
        known.figures.append(f"今年到 {day} 为 {now}，年度目标 {aim}")
    _season(ws, place, day, known)
    return known


@lru_cache(maxsize=64)
def _year(version: str, day: date, place: str, year: Period) -> Known:
    ws, known = snapshots.opened(), Known()
    before = year.year_before
    now, was = _number(ws, place, year, day), _number(ws, place, before, day)
    lacking = [one.words for one, number in ((year, now), (before, was)) if number is None]
    if now is None or was is None:
        known.missing[WORSE] = f"{place}{'、'.join(lacking)} PM2.5 没有数"
    else:
        known.facts[WORSE] = int(now > was)
        known.figures.append(f"PM2.5 {now} 微克/立方米，上年 {was}")
    aim = _aim(ws, place, year.last)
    if aim is None:
        known.missing[TASK] = f"{place}{year.words}的 PM2.5 目标没有存"
    elif now is None:
        known.missing[TASK] = f"{place}{year.words} PM2.5 没有数"
    else:
        known.facts[TASK] = int(now > aim)
        known.figures.append(f"{year.words}目标 {aim}")
    return known


def _season(ws: Workspace, place: str, day: date, known: Known) -> None:
    """The last whole quarter of the newest season against its aim, and the whole season once it is over."""
    season = _newest(day)
    aim = _seasons(ws.folder.joinpath(SEASONS).read_text(encoding="utf-8") if (ws.folder / SEASONS).exists() else "")
    wanted = aim.get((place, season.first.year))
    if wanted is None:
        why = f"{place} {season.first.year}—{season.last.year} 年秋冬季改善目标没有存（{SEASONS}）"
        known.missing |= {SHORT: why, LOST: why}
        return
    over = day >= season.last
    quarters = [Period.of(f"{season.first.year}Q4"), Period.of(f"{season.last.year}Q1")]
    whole = [one for one in quarters if one.last <= day]
    if not whole:
        known.missing[SHORT] = f"{quarters[0].words}还没有过完"
    else:
        _improved(ws, place, whole[-1], day, wanted, SHORT, known)
    if not over:
        known.facts[LOST] = 0  # nobody has missed what is not over
    else:
        _improved(ws, place, season, day, wanted, LOST, known)


def _improved(ws: Workspace, place: str, period: Period, day: date, wanted: Decimal, name: str, known: Known) -> None:
    """How far a period's improvement over the year before falls short of what is wanted [percentage points]."""
    now, was = _number(ws, place, period, day), _number(ws, place, period.year_before, day)
    if now is None or not was:
        lacking = [one.words for one, number in ((period, now), (period.year_before, was)) if not number]
        known.missing[name] = f"{place}{'、'.join(lacking)} PM2.5 没有数"
        return
    better = 100 * (Fraction(was) - Fraction(now)) / Fraction(was)
    short = Fraction(wanted) - better
    known.facts[name] = short if name == SHORT else int(short > 0)
    known.figures.append(f"{period.words} PM2.5 {now}，上年同期 {was}，改善目标 {wanted}%")


def _newest(day: date) -> Period:
    """The season that runs or the last that ran."""
    year = day.year if (day.month, day.day) >= FIRST else day.year - 1
    return Period(date(year, *FIRST), date(year + 1, *LAST))


@lru_cache(maxsize=4)
def _seasons(text: str) -> Mapping[tuple[str, int], Decimal]:
    """The improvement [%] each county owes in the season that begins in a year. Raises ActError (G-LEDGER-33)."""
    found = {}
    try:
        for one in tomllib.loads(text).get("season", []):
            found[str(one["place"]), int(one["year"])] = Decimal(str(one["improvement"]))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise ActError.of(
            f"seasons: {error}", "G-LEDGER-33", SEASONS, f"读不出来（{error}）", "秋冬季的条件说不清",
            '每段写 [[season]]、place = "县区"、year = 2020、improvement = "5"',
        ) from None  # fmt: skip
    return found


def _aim(ws: Workspace, place: str, day: date) -> Decimal | None:
    """The number of the plan's year a county is held to: its share, that of the target it follows, else the city's.

    None where the day is in no year of the plan, or no target of the whole city covers the counties.
    """
    try:
        plan = plan_on(plan_of(ws), versions_of(ws), day)
        shares = {one.target: one for one in levels_of(ws).shares if one.place == place}
    except GuatuError:
        return None
    if plan.head.year and plan.head.year != day.year:
        return None
    by_id = {one.id: one for one in plan.targets}
    for target in plan.targets:
        scope = ws.scope(target.scope, day)
        if target.indicator_id != ITEM or scope is None or scope.combine != "places":
            continue
        share = shares.get(target.id)
        other = by_id.get(share.follows) if share and share.follows else target
        value = Decimal(share.value) if share and share.value else other.value if other else None
        return value if isinstance(value, Decimal) else None
    return None


def _number(ws: Workspace, place: str, period: Period, day: date) -> Decimal | None:
    try:
        return Decimal(air_number(ws, ITEM, place, period, day).text)
    except (InvalidOperation, GuatuError):
        return None
