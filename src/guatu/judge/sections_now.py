"""Which sections missed their class in a month, by what and by how much, who answers, and how it was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.compute import surface_water
from guatu.compute.classes import ROMAN
from guatu.compute.surface_water import limit_of
from guatu.judge.reported_water import is_wanted, programme_of, samples_of, surface_name
from guatu.load.kept import known
from guatu.load.sections import Section, SectionList, Sections, sections_of
from guatu.load.water_class import CLASSES
from guatu.load.workspace import Workspace

PUBLISHED, SAMPLED = "公布", "样品"
UNMEASURED = ("ph", "do")  # of these no times over is told


@dataclass(frozen=True, slots=True)
class SectionMonth:
    """One section in one month.

    grade: its class 1 to 6, None where there is none; factors: what puts it there, with times over where known;
    source: 公布 or 样品; before, year_ago: its class a month and a year before; missed: whether it is worse than its
    aim (None: no aim or no class).
    """

    section: Section
    lists: tuple[str, ...]
    month: Period
    grade: int | None
    factors: str
    source: str
    before: int | None
    year_ago: int | None

    @property
    def missed(self) -> bool | None:
        """Whether it is worse than its aim."""
        return None if self.grade is None or not self.section.aim else self.grade > self.section.aim


def roman(grade: int | None) -> str:
    """The class as people write it; a dash for none."""
    return ROMAN[grade - 1] if grade else "—"


def sections_now(ws: Workspace, as_of: date, scope: str = "", month: Period | None = None) -> tuple[SectionMonth, ...]:
    """Every section of a list (none named: all of them) in a month, those that miss their class first, then the worst.

    month: the newest month of which any class or sample is known, if none is asked for. A published class goes before
    one computed from samples. Classes are of single months; they are no yearly evaluation.
    """
    waters = sections_of(ws)
    listed = waters.list_of(scope, as_of) if scope else None
    month = month or _newest(ws, as_of)
    if month is None or (scope and listed is None):
        return ()
    lists = [one for one in waters.lists if one.since <= as_of <= one.until]
    wanted = [one for one in waters.sections if not listed or one.id in listed.sections]
    wanted = [one for one in wanted if listed or any(one.id in each.sections for each in lists)]
    months = (month, _month(month.first - timedelta(days=1)), month.year_before)
    graded = [_grades(ws, waters, wanted, lists, one, as_of) for one in months]
    found = []
    for section in wanted:
        grade, factors, source = graded[0].get(section.id, (None, "", ""))
        then = [one.get(section.id, (None, "", ""))[0] for one in graded[1:]]
        names = tuple(one.name for one in lists if section.id in one.sections)
        found.append(SectionMonth(section, names, month, grade, factors, source, then[0], then[1]))
    return tuple(sorted(found, key=lambda one: (one.missed is not True, -(one.grade or 0))))


def good_share(ws: Workspace, indicator: str, scope: str, month: Period, as_of: date) -> tuple[Fraction | None, str]:
    """The share [%] of a list's sections that an indicator counts, in one month, and whether published or sampled."""
    waters = sections_of(ws)
    listed = waters.list_of(scope, min(as_of, month.last))
    if listed is None:
        return None, ""
    wanted = [one for one in waters.sections if one.id in listed.sections]
    graded = _grades(ws, waters, wanted, [listed], month, as_of)
    known_ones = [graded[one.id] for one in wanted if one.id in graded and graded[one.id][0] is not None]
    if not known_ones:
        return None, ""
    counted = sum(is_wanted(indicator, grade) for grade, _, _ in known_ones)
    return Fraction(100 * counted, len(known_ones)), "、".join(sorted({source for _, _, source in known_ones}))


def _newest(ws: Workspace, as_of: date) -> Period | None:
    months = known(ws.data, CLASSES, as_of).filter(_whole_month())["last"].max()
    sampled = samples_of(ws, Period(date(as_of.year - 1, 1, 1), as_of), as_of)["time"].max()
    days = [day for day in (months, sampled.date() if sampled is not None else None) if isinstance(day, date)]  # type: ignore[union-attr]
    return _month(max(days)) if days else None


def _grades(
    ws: Workspace, waters: Sections, wanted: list[Section], lists: list[SectionList], month: Period, as_of: date
) -> dict[str, tuple[int | None, str, str]]:
    """Class, factors and source by section, in one month; published classes over sampled ones."""
    found = dict(_sampled(ws, wanted, lists, month, as_of))
    rows = known(ws.data, CLASSES, as_of).filter((pl.col("first") == month.first) & (pl.col("last") == month.last))
    for row in rows.iter_rows(named=True):
        if row["class"] is not None:
            found[row["section"]] = (row["class"], row["factors"] or "", PUBLISHED)
    return found


def _sampled(
    ws: Workspace, wanted: list[Section], lists: list[SectionList], month: Period, as_of: date
) -> dict[str, tuple[int | None, str, str]]:
    frame = samples_of(ws, month.until(as_of), as_of)
    sections = {one.id: one for one in wanted if one.kind != "ground"}
    frame = frame.filter(pl.col("section").is_in(list(sections)))
    if frame.is_empty():
        return {}
    frame = frame.with_columns(
        pl.col("section").replace_strict({key: one.kind for key, one in sections.items()}).alias("kind"),
        pl.col("automatic").any().over("section"),
    )
    home = {key: next((one.name for one in lists if key in one.sections), "") for key in sections}
    found: dict[str, tuple[int | None, str, str]] = {}
    named = frame.with_columns(pl.col("section").replace_strict(home).alias("_list"))
    for (automatic, name), part in named.group_by("automatic", "_list"):
        listed = next((one for one in lists if one.name == name), None)
        items = programme_of(listed, month.last) if listed else ()
        there = [item for item in items if item in part.columns and part[item].null_count() < part.height]
        if there:
            graded = surface_water.year(
                part.select("section", "time", "kind", *there), there, automatic=bool(automatic)
            )
            for row in graded.iter_rows(named=True):
                found[row["section"]] = (row["class"], _over(sections[row["section"]], row, month.last), SAMPLED)
    return found


def _over(section: Section, row: dict[str, object], day: date) -> str:
    """The items worse than the aim with their times over it, (c − limit) / limit; of pH and oxygen no times."""
    if not section.aim:
        return ""
    told = []
    for item in str(row["deciding"] or "").split(","):
        if not item or not isinstance(row["class"], int) or row["class"] <= section.aim:
            continue
        if item in UNMEASURED:
            told.append(surface_name(item))
            continue
        limit = Fraction(limit_of(item, section.aim, day, section.kind))
        times = half_even((Fraction(Decimal(str(row[item]))) - limit) / limit, 1)
        told.append(f"{surface_name(item)}({times})")
    return "、".join(told)


def _whole_month() -> pl.Expr:
    same = pl.col("first").dt.truncate("1mo") == pl.col("last").dt.truncate("1mo")
    return same & (pl.col("last").dt.month_end() == pl.col("last"))


def _month(day: date) -> Period:
    return Period.of(f"{day:%Y-%m}")
