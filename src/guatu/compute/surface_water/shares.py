"""Shares of classes among sections, what grade they give a river or area, and how they changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.exact import Exact
from guatu.base.frame import enter
from guatu.compute.classes import ROMAN
from guatu.compute.readings import need
from guatu.compute.surface_water.grades import section_grade
from guatu.compute.surface_water.items import ROOM
from guatu.errors import ComputeError

GRADES = ("优", "良好", "轻度污染", "中度污染", "重度污染")
_COUNTS: dict[str, pl.DataType] = {
    "sections": pl.Int64(),
    "good": pl.Int64(),
    "inferior": pl.Int64(),
    "good_pct": pl.Float64(),
    "inferior_pct": pl.Float64(),
}


def good_class() -> int:
    """The worst class that counts as 优良: Ⅲ."""
    return int(rules.timeline("water.good_class")[-1].value)


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of the sections with a class are Ⅰ-Ⅲ and 劣Ⅴ; the shares are exact ratios [%]."""

    sections: int
    good: int
    inferior: int

    @classmethod
    def of(cls, classes: Iterable[int | None]) -> Shares:
        """Count classes 1 to 6; a section without a class is left out of both sides."""
        known = [one for one in classes if one is not None]
        return cls(len(known), sum(one <= good_class() for one in known), sum(one == len(ROMAN) for one in known))

    @property
    def good_pct(self) -> Fraction | None:
        """Share Ⅰ-Ⅲ [%], None without sections."""
        return Fraction(100 * self.good, self.sections) if self.sections else None

    @property
    def inferior_pct(self) -> Fraction | None:
        """Share 劣Ⅴ [%] (not Ⅴ and worse), None without sections."""
        return Fraction(100 * self.inferior, self.sections) if self.sections else None

    def row(self) -> dict[str, Any]:
        """The counts and shares as a row of a table; shares to the nearest double."""
        good, inferior = self.good_pct, self.inferior_pct
        return {"sections": self.sections, "good": self.good, "inferior": self.inferior} | {
            "good_pct": None if good is None else float(good),
            "inferior_pct": None if inferior is None else float(inferior),
        }


def rating(good_pct: Exact, inferior_pct: Exact, day: date) -> str:
    """The grade of a river, basin or area of at least five sections from its shares [%] (环办〔2011〕22号 表2)."""
    rule = {name: Fraction(bound) for name, bound in rules.at("water.river.grade", day).value.items()}
    good, inferior = Fraction(good_pct), Fraction(inferior_pct)
    if good >= rule["excellent"]:
        return GRADES[0]
    if good >= rule["good"]:
        return GRADES[1]
    if inferior < rule["moderate_inferior"]:
        return GRADES[2]
    return GRADES[3] if inferior < rule["heavy_inferior"] else GRADES[4]


def change(before: tuple[Exact, Exact], after: tuple[Exact, Exact], day: date) -> str:
    """无明显变化, 有所好转, 有所变差, 明显好转, 明显变差 from (share Ⅰ-Ⅲ, share 劣Ⅴ) of two comparable periods [%]."""
    rule = rules.at("water.change", day).value
    x = (Fraction(after[0]) - Fraction(before[0])) - (Fraction(after[1]) - Fraction(before[1]))
    if abs(x) <= Fraction(rule["some"]):
        return "无明显变化"
    return ("有所" if abs(x) <= Fraction(rule["clear"]) else "明显") + ("好转" if x > 0 else "变差")


def grade_change(before: int, after: int, day: date) -> str:
    """The same words from the classes of a section in two periods: one grade 有所, two or more 明显."""
    order = list(dict.fromkeys(section_grade(one, day) for one in range(1, len(ROMAN) + 1)))
    step = order.index(section_grade(before, day)) - order.index(section_grade(after, day))
    if not step:
        return "无明显变化"
    return ("有所" if abs(step) == 1 else "明显") + ("好转" if step > 0 else "变差")


def ratio(frame: Any, by: Sequence[str] = ("list_id", "year")) -> Any:
    """Shares of classes of each list of sections; lists of different programmes are never pooled.

    frame: ``section class`` and those of the columns of by that it has. Returns by, ``sections good inferior``
    (counts) and ``good_pct inferior_pct`` [%, null for a list without a class]. A section twice in one list is
    refused (G-WATER-12).
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, ["section", "class"], ROOM)
    keys = [name for name in by if name in table.columns]
    twice = table.filter(pl.struct(*keys, "section").is_duplicated())
    if twice.height:
        raise ComputeError.of(
            "a section is twice in one list",
            f"G-{ROOM}-12",
            f"断面 {twice['section'][0]}",
            "在同一清单里出现不止一次",
            "每个断面只能计一次",
            "按时段或清单分开，或去掉重复的行",
        )
    groups = table.partition_by(keys, maintain_order=True) if keys else [table]
    rows = [{name: group[name][0] for name in keys} | Shares.of(group["class"]).row() for group in groups]
    return back(pl.DataFrame(rows, schema={name: table.schema[name] for name in keys} | _COUNTS).lazy())
