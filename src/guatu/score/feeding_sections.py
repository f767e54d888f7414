"""Facts of the sections of a county: classes by month and over the period, published ones before computed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.period import Period
from guatu.compute import surface_water
from guatu.compute.classes import ROMAN
from guatu.judge.reported_water import programme_of, samples_of, set_aside
from guatu.load.kept import known
from guatu.load.sections import Section, SectionList, Sections, sections_of
from guatu.load.water_class import CLASSES
from guatu.load.workspace import Workspace
from guatu.score.facts import ABSENT, Fact, Row
from guatu.score.inputs import stamp_of

INFERIOR = len(ROMAN)


@dataclass(frozen=True, slots=True)
class Classed:
    """A section's class over a stretch: which counts, what both witnesses say, and what decides."""

    section: Section
    stretch: str
    grade: int
    official: int | None
    computed: int | None
    words: str

    @property
    def over(self) -> bool:
        """Worse than the class it should keep; without one, worse than Ⅲ."""
        return self.grade > (self.section.aim or _good())


@dataclass(frozen=True, slots=True)
class Water:
    """All sections of the city over a period: the class over the period and by month, by section id."""

    whole: Mapping[str, Classed]
    months: Mapping[tuple[str, str], Classed]
    listing: str
    sections: Sections


def section_fact(ws: Workspace, what: str, place: str, period: Period, as_of: date) -> Fact:
    """A count of the sections that a place (the city: all of them) answers for, with the sections or months behind it.

    what: all (sections with a class), good (Ⅲ or better), over (section-months worse than the aim), inferior
    (section-months of 劣Ⅴ), year_over (sections worse than the aim over the period), improved (sections a class better
    than the year before).
    """
    water = water_of(ws, period, as_of)
    mine = [one for one in water.sections.sections if place in (one.place, ws.name) and one.kind != "ground"]
    address = f"sw_good_ratio/{water.listing}/{period}@{as_of}" if water.listing else ""
    if not mine:
        return Fact(reason=f"{ABSENT}（没有登记本地的断面）")
    ids = {one.id for one in mine}
    whole = [one for key, one in water.whole.items() if key in ids]
    if not whole:
        return Fact(reason="断面数据未到", address=address)
    months = [one for (key, _), one in sorted(water.months.items(), key=lambda pair: pair[0][::-1]) if key in ids]
    settled = as_of >= period.last
    if what == "improved":
        return _improved(ws, whole, period, as_of, address)
    chosen = {
        "all": whole,
        "good": [one for one in whole if one.grade <= _good()],
        "year_over": [one for one in whole if one.over],
        "over": [one for one in months if one.over],
        "inferior": [one for one in months if one.grade == INFERIOR],
    }[what]
    unit = "月次" if what in ("over", "inferior") else "个"
    looked = months if unit == "月次" else whole
    both = {
        name: f"{sum(_counts(what, getattr(one, name), one) for one in looked)} {unit}"
        for name in ("official", "computed")
        if any(getattr(one, name) is not None for one in looked)
    }
    return Fact(
        Fraction(len(chosen)), shown=f"{len(chosen)} {unit}", address=address,
        rows=tuple(_row(one, address) for one in chosen), settled=settled,
        official=both.get("official", ""), computed=both.get("computed", ""), differs=_differing(what, looked),
    )  # fmt: skip


def _differing(what: str, looked: list[Classed]) -> str:
    """The sections (in a month) that one witness counts and the other does not, in words."""
    found = [
        f"{one.section.name}（{one.stretch}）{one.words}"
        for one in looked
        if one.official is not None
        and one.computed is not None
        and _counts(what, one.official, one) != _counts(what, one.computed, one)
    ]
    return "；".join(found)


def water_of(ws: Workspace, period: Period, as_of: date) -> Water:
    """The classes of all sections, reckoned once for the rows known on a day."""
    return _water(ws, period, as_of, stamp_of(ws))


@lru_cache(maxsize=8)
def _water(ws: Workspace, period: Period, as_of: date, stamp: str) -> Water:
    sections = sections_of(ws)
    listed = _widest(sections, min(as_of, period.last))
    if listed is None or as_of < period.first:
        return Water({}, {}, "", sections)
    computed, by_month = _computed(ws, sections, listed, period, as_of)
    official, printed = _published(ws, period, as_of)
    whole = {}
    for section in sections.sections:
        said, ours = official.get(section.id), computed.get(section.id)
        made = _classed(section, str(period.until(as_of)), said, ours)
        if made is not None:
            whole[section.id] = made
    months = {}
    for key in {*printed, *by_month}:
        found = sections.by_id(key[0])
        made = _classed(found, key[1], printed.get(key), by_month.get(key)) if found else None
        if made is not None:
            months[key] = made
    return Water(whole, months, listed.name, sections)


def _classed(
    section: Section, stretch: str, official: Mapping[str, Any] | None, computed: Mapping[str, Any] | None
) -> Classed | None:
    above = official["class"] if official and official["class"] else None
    ours = computed["class"] if computed and computed["class"] else None
    grade = above or ours
    if grade is None:
        return None
    aim = f"，目标{ROMAN[section.aim - 1]}" if section.aim else ""
    if above is not None and official is not None:
        factors = f"（{official['factors']}）" if official["factors"] else ""
        words = f"公布{ROMAN[above - 1]}{factors}{aim}"
        words += f"，按样品 {ROMAN[ours - 1]}" if ours is not None and ours != above else ""
    else:
        items = (computed or {}).get("deciding") or ""
        words = f"按样品 {ROMAN[grade - 1]}{aim}" + (f"，定类项目 {_names(items)}" if items else "")
    return Classed(section, stretch, grade, above, ours, words)


def _computed(
    ws: Workspace, sections: Sections, listed: SectionList, period: Period, as_of: date
) -> tuple[dict[str, Mapping[str, Any]], dict[tuple[str, str], Mapping[str, Any]]]:
    """Classes from samples over the period and by month."""
    programme = programme_of(listed, period.last)
    frame = samples_of(ws, period.until(as_of), as_of)
    if frame.is_empty():
        return {}, {}
    frame, _ = set_aside(frame, sections, programme)
    there = [item for item in programme if item in frame.columns and frame[item].null_count() < frame.height]
    kinds = {section.id: section.kind for section in sections.sections}
    whole: dict[str, Mapping[str, Any]] = {}
    months: dict[tuple[str, str], Mapping[str, Any]] = {}
    marked = frame.with_columns(pl.col("automatic").any().over("section"))
    for (automatic,), part in marked.group_by("automatic", maintain_order=True):
        table = part.select("section", "time", *there).with_columns(
            pl.col("section").replace_strict(kinds, default="river").alias("kind")
        )
        if not there:
            continue
        year = surface_water.year(table, there, automatic=bool(automatic))
        whole |= {row["section"]: row for row in year.iter_rows(named=True)}
        for row in surface_water.month(table, there, automatic=bool(automatic)).iter_rows(named=True):
            months[row["section"], str(row["period"])[:7]] = row
    return whole, months


def _published(
    ws: Workspace, period: Period, as_of: date
) -> tuple[dict[str, Mapping[str, Any]], dict[tuple[str, str], Mapping[str, Any]]]:
    """Classes a level above published: for the longest stretch from the period's first day, and for single months."""
    rows = known(ws.data, CLASSES, as_of)
    rows = rows.filter((rows["first"] >= period.first) & (rows["last"] <= period.last)).sort("last", "day")
    whole: dict[str, Mapping[str, Any]] = {}
    months: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in rows.iter_rows(named=True):
        if (row["first"].year, row["first"].month) == (row["last"].year, row["last"].month):
            months[row["section"], f"{row['first']:%Y-%m}"] = row
        if row["first"] == period.first:
            whole[row["section"]] = row
    return whole, months


def _improved(ws: Workspace, whole: list[Classed], period: Period, as_of: date, address: str) -> Fact:
    before = Period(period.first.replace(year=period.first.year - 1), period.last.replace(year=period.last.year - 1))
    then = water_of(ws, before, as_of).whole
    if not any(one.section.id in then for one in whole):
        return Fact(reason=f"{ABSENT}（没有上年的类别可比，不加分）", address=address)
    better = [one for one in whole if one.section.id in then and one.grade < then[one.section.id].grade]
    return Fact(
        Fraction(len(better)), shown=f"{len(better)} 个", address=address,
        rows=tuple(_row(one, address) for one in better), settled=as_of >= period.last,
    )  # fmt: skip


def _counts(what: str, grade: int | None, one: Classed) -> bool:
    """Whether one witness alone would count the section."""
    if grade is None:
        return False
    aim = one.section.aim or _good()
    return {
        "all": True, "good": grade <= _good(), "year_over": grade > aim, "over": grade > aim,
        "inferior": grade == INFERIOR,
    }[what]  # fmt: skip


def _row(one: Classed, address: str) -> Row:
    return Row(f"{one.section.name} {one.words}", place=one.section.place, day=one.stretch, address=address)


def _widest(sections: Sections, day: date) -> SectionList | None:
    """The list with the most sections in force, whose programme all classes are made by."""
    names = dict.fromkeys(one.name for one in sections.lists)
    found = [one for name in names if (one := sections.list_of(name, day)) is not None]
    kinds = {one.id: one.kind for one in sections.sections}
    waters = [one for one in found if all(kinds.get(key) != "ground" for key in one.sections)]
    return max(waters, key=lambda one: len(one.sections), default=None)


def _names(items: str) -> str:
    known_items = rules.timeline("water.items")[-1].value
    return "、".join(str(known_items[one]["name"]) for one in items.split(",") if one in known_items)


def _good() -> int:
    return int(rules.timeline("water.good_class")[-1].value)
