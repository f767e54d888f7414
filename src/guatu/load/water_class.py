"""Class-only tables of a level above: section, class, factor, times over; with the paper they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from guatu.base.period import Period
from guatu.errors import Fault, LoadError
from guatu.load.figures.reading import in_title
from guatu.load.kept import Kept, Kind, keep
from guatu.load.office_table import OfficeTable, tables_of
from guatu.load.sections import Sections, sections_of
from guatu.load.waters import items, meaning
from guatu.load.words import absent, period, plain, water_class
from guatu.load.workspace import Workspace

CLASSES = Kind(
    "water-class",
    {
        "section": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
        "class": pl.Int32(),
        "factors": pl.String(),
        "paper": pl.String(),
        "day": pl.Date(),
    },
    ("section", "first", "last"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper a table stands in: its title or 文号, its date, and the period where the table does not say it."""

    name: str = ""
    day: date | None = None
    period: str = ""


UNSAID = Paper()
_MONTH = re.compile(r"(20\d\d)?年?(1[0-2]|0?[1-9])月份?(?:水质)?(?:类别)?")
_MONTHS = [f"{year}-{month:02d}" for year in ("", *range(2000, 2100)) for month in range(1, 13)]
NEEDED = ({"section"}, {"class", *_MONTHS})


def is_class_table(file: Path | str) -> bool:
    """Whether a file holds sections with classes (and no concentrations): such a table is an official figure."""
    try:
        tables = tables_of(Path(file), _meaning, NEEDED, "G-WAT-11", "断面类别")
    except LoadError:
        return False
    return not any(set(items()) & table.columns.keys() for table in tables)


def store_classes(
    ws: Workspace,
    file: Path | str,
    paper: Paper = UNSAID,
    *,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Kept:
    """Check a class-only table and keep it as one batch; it counts from the date of its paper.

    Raises LoadError with every fault: G-WAT-11 no such table, 12 section, 13 class, 14 period, 15 no paper or date,
    16 title and column name other periods, and those of guatu.load.kept.keep.
    """
    path = Path(file)
    known = sections_of(ws)
    tables = tables_of(path, _meaning, NEEDED, "G-WAT-11", "断面类别")
    faults: list[Fault] = []
    if not paper.name.strip():
        faults.append(
            Fault("G-WAT-15", path.name, "没有写出自哪份文件", "官方数要有出处", "写明文号或标题（命令 --paper）")
        )
    if paper.day is None:
        faults.append(Fault("G-WAT-15", path.name, "没有写文件日期", "不知从哪天起算", "写明文件日期（命令 --date）"))
    rows: list[dict[str, Any]] = []
    for table in tables:
        faults += table.faults
        rows += _rows(table, known, paper, faults)
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)

    return keep(ws.data, CLASSES, path, rows, look=look, correct=correct, reason=reason, on=on, person=person, at=at)


def _rows(table: OfficeTable, known: Sections, paper: Paper, faults: list[Fault]) -> list[dict[str, Any]]:
    title = " ".join((*table.above, table.sheet.name))
    year = re.search(r"(20\d\d)", title)
    of_title = in_title(title) or (period(table.sheet.name, int(year[1])) if year else None)
    of_paper = period(paper.period) if paper.period else None
    if of_title and of_paper and of_title != of_paper:
        what = f"表题写的是 {of_title}，另写的时段是 {of_paper}"
        faults.append(Fault("G-WAT-16", table.sheet.file, what, "不知是哪一期的类别", "核对后改正"))
    rows = []
    for line, column in ((line, name) for line in table.lines for name in table.columns if name in NEEDED[1]):
        cells = line.cells
        if line.total:
            continue
        section = known.named(cells["section"], cells.get("river", ""))
        if section is None and column == next(name for name in table.columns if name in NEEDED[1]):
            what = f"断面“{cells['section']}”没有登记或有同名断面"
            remedy = "在 plan/sections.toml 登记它、它的别名或河流"
            faults.append(Fault("G-WAT-12", table.where(line.number, "section"), what, "不知属于哪份清单", remedy))
        grade = water_class(cells[column])
        if grade is None and not absent(cells[column]):
            what = f"“{cells[column]}”不是水质类别"
            faults.append(
                Fault("G-WAT-13", table.where(line.number, column), what, "算不了比例", "写Ⅰ至Ⅴ或劣Ⅴ，没有就写 —")
            )
        said = cells.get("period", "") if column == "class" else table.headings[table.columns[column]]
        stretch = period(_month_of(said), int(year[1]) if year else None) if said else of_paper or of_title
        if stretch is None:
            what = f"时段“{said}”认不出来" if said else "表题和列里都没有写时段"
            faults.append(
                Fault(
                    "G-WAT-14",
                    table.where(line.number, "period"),
                    what,
                    "不知是哪一期的类别",
                    "写明整张表的时段（命令 --period）",
                )
            )
        elif of_title and said and not _within(stretch, of_title):
            what = f"这一行是 {stretch}，表题是 {of_title}"
            faults.append(Fault("G-WAT-16", table.where(line.number, "period"), what, "两处写的时段不同", "核对后改正"))
        rows.append(
            {
                "section": section.id if section else None,
                "first": stretch.first if stretch else None,
                "last": stretch.last if stretch else None,
                "class": grade,
                "factors": _factors(cells) if column == "class" else "",
                "paper": paper.name.strip(),
                "day": paper.day,
                "received": paper.day,
                "sheet": table.sheet.name,
                "cell": table.address(line.number, column),
                "line": line.number,
            }
        )
    return rows


def _meaning(heading: str) -> str:
    """A heading as of any table of waters; besides a month whose column holds classes: 7月, 2021年7月类别."""
    found = _MONTH.fullmatch(plain(heading))
    return meaning(heading) or (f"{found[1] or ''}-{int(found[2]):02d}" if found else "")


def _month_of(said: str) -> str:
    return re.sub(r"(水质)?(类别)?$", "", plain(said))


def _within(part: Period, whole: Period) -> bool:
    return whole.first <= part.first and part.last <= whole.last


def _factors(cells: dict[str, str]) -> str:
    """The factors with their times over, as printed: 总磷（0.2）."""
    factors, times = cells.get("factors", ""), cells.get("times", "")
    if absent(factors):
        return ""
    return factors if absent(times) else f"{factors}（{times}）"
