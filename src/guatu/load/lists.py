"""Lists of objects at the door: plots, villages, sources, black waters, problems; a rate is counted from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from guatu.base.period import Period
from guatu.errors import Fault, LoadError
from guatu.load.figures.reading import in_title
from guatu.load.figures.row import places_of
from guatu.load.kept import AMOUNT, Kept, Kind, keep
from guatu.load.office_table import Line, OfficeTable, tables_of
from guatu.load.words import absent, day, named, number, period, plain, yes_or_no
from guatu.load.workspace import Workspace
from guatu.rules.lists import Counted, counted

OBJECTS = Kind(
    "list",
    {
        "list": pl.String(),
        "label": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
        "object": pl.String(),
        "place": pl.String(),
        "category": pl.String(),
        "weight": AMOUNT,
        "other": AMOUNT,
        "counts": pl.Boolean(),
        "done": pl.Boolean(),
        "deadline": pl.Date(),
        "done_on": pl.Date(),
        "why": pl.String(),
    },
    ("list", "label", "first", "last", "place", "object"),
)
_PLACE = ("地区", "县区", "县(市、区)", "所在县区", "所在地区", "行政区", "责任地区", "县市区", "所属县区")
_DEADLINE = ("整改时限", "完成时限", "时限", "整改期限", "计划完成时间")
_DONE_ON = ("完成时间", "完成日期", "销号日期", "销号时间", "实际完成时间", "整改完成时间")
_STANDING = ("长期坚持", "长期", "持续推进", "立行立改并长期坚持", "持续")


def store_list(
    ws: Workspace,
    file: Path | str,
    kind: str,
    *,
    label: str = "",
    at_period: str = "",
    received: date | None = None,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Kept:
    """Check a list of objects and keep it as one batch: the state of each object at the end of a period.

    kind: id of the list (plots, farmland, villages, sources, county_black_water, rural_black_water, problems); label:
    which of several lists of the kind (省级督察, 回头看), a list of its own for its rate; at_period: where no title
    says it. Raises LoadError with every fault: G-LIST-01 no such table, 02 no name, 03 place, 04 measure, 05 yes or
    no, 06 class, 07 period, 08 day, 09 no label, and those of guatu.load.kept.keep; RuleError for an unknown list.
    """
    path = Path(file)
    rule = counted(kind)
    meanings = _meanings(rule)

    def meaning(heading: str) -> str:
        text = plain(heading)
        return meanings.get(text) or meanings.get(re.sub(r"[\(\[].*?[\)\]]", "", text), "")

    needed = ({"object"}, {"done", "done_on"})
    remedy = f"表头要有 {rule.names[0]}、{rule.done[0]} 等列"
    tables = tables_of(path, meaning, needed, "G-LIST-01", rule.name, remedy)
    faults: list[Fault] = []
    if rule.id == "problems" and not label:
        why = "各份清单各算各的完成率"
        faults.append(
            Fault("G-LIST-09", path.name, "没有写是哪一份清单", why, "写明是哪一份，如 省级环保督察（命令 --label）")
        )
    places = places_of(ws)
    rows = [
        row
        for table in tables
        for row in _rows(table, rule, places, label, period(at_period) if at_period else None, faults)
    ]
    for row in rows:
        row["received"] = received or (at or datetime.now()).date()
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)
    return keep(ws.data, OBJECTS, path, rows, look=look, correct=correct, reason=reason, on=on, person=person, at=at)


def _meanings(rule: Counted) -> dict[str, str]:
    more = {f"also:{heading}": (heading,) for headings in rule.also_for.values() for heading in headings}
    groups = {
        "object": rule.names, "place": _PLACE, "weight": rule.weight, "other": rule.other, "counts": rule.counts,
        "done": rule.done, "category": rule.category, "deadline": _DEADLINE, "done_on": _DONE_ON, **more,
    }  # fmt: skip
    return {plain(word): name for name, words in groups.items() for word in words}


def _rows(
    table: OfficeTable, rule: Counted, places: Mapping[str, str], label: str, given: Period | None, faults: list[Fault]
) -> list[dict[str, Any]]:
    faults += table.faults
    stretch = given or in_title(" ".join((*table.above, table.sheet.name)))
    if stretch is None:
        why = "不知是哪一天的状态"
        faults.append(
            Fault("G-LIST-07", table.sheet.file, "表题里没有写时段", why, "写明时段，如 2021-09（命令 --period）")
        )
    rows = []
    for line in table.lines:
        if line.total:
            continue
        reader = _Object(table, line, rule, faults)
        place = line.cells.get("place", "")
        found = named(place, places) if place else ""
        if found is None:
            reader.blame("G-LIST-03", "place", f"地区“{place}”没有登记", "不知是哪里的", "写 guatu.toml 里的地区名")
        name = line.cells["object"].strip()
        if not name:
            reader.blame("G-LIST-02", "object", f"没有写{rule.object}名称", "说不清是哪一个", "补上名称")
        done, why = reader.done()
        rows.append(
            {
                "list": rule.id,
                "label": label,
                "first": stretch.first if stretch else None,
                "last": stretch.last if stretch else None,
                "object": name,
                "place": found or "",
                "category": reader.category(),
                "weight": reader.amount("weight") if rule.weight else Decimal(1),
                "other": reader.amount("other") if "other" in table.columns else None,
                "counts": reader.answer("counts") if "counts" in table.columns else True,
                "done": done,
                "deadline": reader.deadline(),
                "done_on": reader.day("done_on"),
                "why": why,
                "sheet": table.sheet.name,
                "cell": table.address(line.number, "done"),
                "line": line.number,
            }
        )
    return rows


class _Object:
    """One row of a list being read."""

    def __init__(self, table: OfficeTable, line: Line, rule: Counted, faults: list[Fault]) -> None:
        self.table, self.line, self.rule, self.faults = table, line, rule, faults

    def blame(self, code: str, name: str, what: str, why: str, remedy: str) -> None:
        """Note a fault of one cell."""
        self.faults.append(Fault(code, self.table.where(self.line.number, name), what, why, remedy))

    def answer(self, name: str) -> bool | None:
        """Yes or no of a cell; a blank is a fault, since it is neither."""
        cell = self.line.cells.get(name, "")
        found = yes_or_no(cell)
        if found is None:
            what = f"“{cell}”不是“是”或“否”" if cell else "没有填是或否"
            self.blame("G-LIST-05", name, what, "不知算不算完成", "填 是 或 否（√、×也可）")
        return found

    def done(self) -> tuple[bool | None, str]:
        """Whether the object counts in the numerator, and why not if not."""
        if "done" not in self.table.columns:
            return self.day("done_on") is not None, ""
        if not self.answer("done"):
            return (False, f"{self.table.headings[self.table.columns['done']]}：否")
        asked = self.rule.also_for.get(self.category(quiet=True), ())
        there = [heading for heading in asked if f"also:{heading}" in self.table.columns]
        if asked and not there:
            self.blame("G-LIST-05", "done", f"没有“{asked[0]}”列", "这一类还要它才算完成", "补上这一列")
        for heading in there:
            if not self.answer(f"also:{heading}"):
                return False, f"{heading}：否"
        return True, ""

    def category(self, quiet: bool = False) -> str:
        """The class of the object among those the list has; empty where it has none."""
        if not self.rule.categories:
            return ""
        cell = plain(self.line.cells.get("category", ""))
        found = next((one for one in self.rule.categories if cell.startswith(one)), "")
        if not found and not quiet:
            known = "、".join(self.rule.categories)
            self.blame("G-LIST-06", "category", f"“{cell}”不是 {known} 之一", "各类的条件不同", f"写 {known} 之一")
        return found

    def amount(self, name: str) -> Decimal | None:
        """The measure of the object."""
        cell = self.line.cells.get(name, "")
        found = number(cell)
        if found is None or found < 0:
            what = f"“{cell}”不是大于零的数" if cell else "没有填数"
            self.blame("G-LIST-04", name, what, "算不进比例", "填数")
        return found

    def day(self, name: str) -> date | None:
        """A day, or the last day of a month; none where the cell is blank."""
        cell = self.line.cells.get(name, "")
        if absent(cell):
            return None
        month = period(cell)
        found = day(cell) or (month.last if month else None)
        if found is None:
            self.blame("G-LIST-08", name, f"“{cell}”不是日期", "不知是否到期、何时完成", "写成 2021-09-30 或 2021年9月")
        return found

    def deadline(self) -> date | None:
        """The day a problem is due; none for one that is kept up for good."""
        cell = self.line.cells.get("deadline", "")
        return None if any(word in plain(cell) for word in _STANDING) else self.day("deadline")
