"""What the remaining months of a section may average, item by item, so that its yearly class holds its aim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

import polars as pl

from guatu import rules
from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.compute.classes import ROMAN
from guatu.compute.surface_water import limit_of
from guatu.compute.surface_water.means import settled
from guatu.compute.surface_water.periods import means_of
from guatu.judge.reported_water import programme_of, samples_of, set_aside, surface_name
from guatu.load.sections import Section, Sections, sections_of
from guatu.load.workspace import Workspace

Months = Mapping[int, Fraction]
"""Exact monthly means of one item by month of the year."""
EASY = 10**6  # oxygen that no coming month can spoil comes last
AIM = 3  # a section without an aim of its own is held to class Ⅲ, as the share of sections Ⅰ–Ⅲ counts it


@dataclass(frozen=True, slots=True)
class ItemRoom:
    """Room of one item of one section [mg/L].

    mean: of the months so far; limit: of the class aimed at; months, left: months with a value, months still to come;
    rest: the largest mean of the coming months that keeps the limit (of oxygen the smallest), at one more decimal
    than the item is judged at; lost: no coming month can mend it; before: mean of the same months a year before.
    """

    section: str
    item: str
    aim: int
    limit: Decimal
    mean: Decimal
    months: int
    left: int
    rest: Decimal | None
    lost: bool = False
    before: Decimal | None = None

    @property
    def share(self) -> Fraction:
        """How much of the limit the rest is, the tighter the smaller: for putting items in order."""
        if self.rest is None or self.lost:
            return Fraction(-1)
        part = Fraction(self.rest) / Fraction(self.limit)
        if self.item != "do":
            return part
        return 1 / part if part > 0 else Fraction(EASY)

    @property
    def sentence(self) -> str:
        """The room in one Chinese sentence."""
        name, bound = surface_name(self.item), "不低于" if self.item == "do" else "不高于"
        head = f"{self.section} {name}：{self.months} 个月均值 {self.mean}，目标{ROMAN[self.aim - 1]}类 {self.limit}"
        before = f"，去年同期 {self.before}" if self.before is not None else ""
        if self.left == 0 or self.rest is None:
            return f"{head}，没有余下的月份"
        if self.item == "do" and self.rest <= 0:
            return f"{head}，余下 {self.left} 个月即使为零，年均也达标{before}"
        if self.lost:
            return f"{head}，余下 {self.left} 个月即使为零，年均也超标{before}"
        return f"{head}，余下 {self.left} 个月月均须{bound} {self.rest}{before}"


def section_rooms(ws: Workspace, scope: str, as_of: date, programme: Sequence[str] = ()) -> tuple[ItemRoom, ...]:
    """Room of every section of a list, or of one section, by item, the tightest first; empty without samples.

    The yearly mean is the mean of monthly means (环办〔2011〕22号 一(二)), rounded once at the item's decimals, so the
    bound is R = (T·N − Σ)/(N − n) with T the limit and the slack of that rounding. pH, a mean of hydrogen ions
    between two bounds, has no such figure.
    """
    waters = sections_of(ws)
    listed = waters.list_of(scope, as_of)
    wanted = [waters.by_id(key) for key in listed.sections] if listed else [waters.named(scope)]
    items = programme or (programme_of(listed, as_of) if listed else _programme(as_of))
    sections = [section for section in wanted if section is not None and section.kind != "ground"]
    year = Period.of(str(as_of.year))
    now = _months(ws, waters, sections, year.until(as_of), as_of, items)
    then = _months(ws, waters, sections, Period.of(str(as_of.year - 1)), as_of, items)
    found = [
        room
        for section in sections
        for item in items
        if item != "ph" and (room := _room(section, item, now, then, as_of)) is not None
    ]
    return tuple(sorted(found, key=lambda room: room.share))


def _programme(day: date) -> tuple[str, ...]:
    return tuple(rules.at("water.programme.21", day).value)


def _room(
    section: Section,
    item: str,
    now: Mapping[tuple[str, str], Months],
    then: Mapping[tuple[str, str], Months],
    as_of: date,
) -> ItemRoom | None:
    seen = now.get((section.id, item), {})
    if not seen:
        return None
    aim = section.aim or AIM
    limit = limit_of(item, aim, as_of, section.kind)
    coming = [month for month in range(as_of.month, 13) if month not in seen]
    total, count = sum(seen.values(), Fraction()), len(seen)
    mean = settled(item, total / count, as_of)
    earlier = [value for month, value in then.get((section.id, item), {}).items() if month in coming]
    before = settled(item, sum(earlier, Fraction()) / len(earlier), as_of) if earlier else None
    if not coming:
        return ItemRoom(section.name, item, aim, limit, mean, count, 0, None, before=before)
    places = int(rules.at("water.items", as_of).value[item]["decimals"])
    edge = Fraction(1, 2 * 10**places) * (-1 if item == "do" else 1)
    bound = Fraction(limit) + edge
    holds = half_even(bound, places) == limit
    rest = (bound * (count + len(coming)) - total) / len(coming)
    return ItemRoom(
        section.name,
        item,
        aim,
        limit,
        mean,
        count,
        len(coming),
        _inside(rest, places + 1, item == "do", holds),
        lost=item != "do" and (rest < 0 or (rest == 0 and not holds)),
        before=before,
    )


def _inside(rest: Fraction, places: int, upward: bool, holds: bool) -> Decimal:
    """The bound at so many decimals, on the side that still keeps the limit."""
    scaled = rest * 10**places
    whole = ceil(scaled) if upward else scaled.__floor__()
    if whole == scaled and not holds:
        whole += 1 if upward else -1
    return Decimal(whole).scaleb(-places)


def _months(
    ws: Workspace, waters: Sections, sections: Sequence[Section], period: Period, as_of: date, items: Sequence[str]
) -> dict[tuple[str, str], dict[int, Fraction]]:
    """Exact monthly means by section and item; values that contradict their published class stand aside."""
    frame = samples_of(ws, period, as_of).filter(pl.col("section").is_in([section.id for section in sections]))
    if frame.is_empty():
        return {}
    frame, _ = set_aside(frame, waters, items)
    kinds = {section.id: section.kind for section in sections}
    frame = frame.with_columns(
        pl.col("section").replace_strict(kinds).alias("kind"), pl.col("automatic").any().over("section")
    )
    found: dict[tuple[str, str], dict[int, Fraction]] = {}
    for (automatic,), part in frame.group_by("automatic"):
        there = [item for item in items if part[item].null_count() < part.height]
        for mean in means_of(part.select("section", "time", "kind", *there), "month", there, bool(automatic)):
            for item, value in _plain(mean.values):
                found.setdefault((mean.section, item), {})[mean.first.month] = value
    return found


def _plain(values: Mapping[str, Fraction]) -> Iterable[tuple[str, Fraction]]:
    return ((item, value) for item, value in values.items() if item != "ph")
