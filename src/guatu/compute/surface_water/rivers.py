"""The grade of a river, basin or area over a period (环办〔2011〕22号 二(一)2), and the X of the programme 5+X."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.frame import enter
from guatu.compute.readings import average, need
from guatu.compute.surface_water.grades import one_class, pollutants_by_share, section_grade
from guatu.compute.surface_water.items import ROOM, name_of
from guatu.compute.surface_water.means import SectionMean, settled
from guatu.compute.surface_water.periods import means_of, told
from guatu.compute.surface_water.shares import GRADES, Shares, good_class, rating
from guatu.errors import ComputeError


def river(
    frame: Any, length: str = "month", by: str = "river", items: Sequence[str] | None = None, *, automatic: bool = False
) -> Any:
    """Grade of each river (column ``by``, or basin, area) and period.

    Fewer than five sections: their mean concentrations give a class and its grade; five and more: the shares of
    classes do. frame as for ``month`` with the column by. Returns by, ``period sections good inferior good_pct
    inferior_pct class`` (null from five sections on) ``grade pollutants``. Rivers and lakes cannot be averaged
    together (G-WATER-13).
    """
    lazy, back = enter(frame)
    table = lazy.collect()
    need(table, [by], ROOM)
    rows = []
    for group in table.partition_by(by, maintain_order=True):
        periods: dict[date, list[SectionMean]] = {}
        for one in means_of(group, length, items, automatic):
            periods.setdefault(one.first, []).append(one)
        rows += [{by: group[by][0], **_graded(periods[first], length)} for first in sorted(periods)]
    schema: dict[str, pl.DataType] = {by: table.schema[by], "period": pl.String(), "sections": pl.Int64()}
    schema |= {"good": pl.Int64(), "inferior": pl.Int64(), "good_pct": pl.Float64(), "inferior_pct": pl.Float64()}
    schema |= {"class": pl.Int64(), "grade": pl.String(), "pollutants": pl.String()}
    return back(pl.DataFrame(rows, schema=schema).lazy())


def _graded(means: Sequence[SectionMean], length: str) -> dict[str, Any]:
    day = max(one.last for one in means)
    single = told(means, length)
    shares = Shares.of(single["class"])
    row = {"period": single["period"][0], **shares.row()}
    if shares.sections >= rules.at("water.river.sections", day).value:
        good, inferior = shares.good_pct or Fraction(0), shares.inferior_pct or Fraction(0)
        grade = rating(good, inferior, day)
        named = pollutants_by_share([(one.settled(), one.kind) for one in means], day)
        words = "" if grade in GRADES[:2] else "、".join(name_of(item, day) for item, _ in named)
        return row | {"class": None, "grade": grade, "pollutants": words or None}
    if len({one.kind for one in means}) > 1:
        raise ComputeError.of(
            "rivers and lakes in one mean",
            f"G-{ROOM}-13",
            f"断面 {'、'.join(one.section for one in means)}",
            "河流和湖库放在一起求均值",
            "两类水体总磷标准不同，少于 5 个断面时要按均值定类别",
            "分开评价河流和湖库",
        )
    together = {item: settled(item, mean, day) for item, mean in average([one.values for one in means]).items()}
    worst = max(one_class(item, value, day, means[0].kind) for item, value in together.items())
    parts = [f"{one['section']}：{one['pollutants']}" for one in single.iter_rows(named=True) if one["pollutants"]]
    return row | {"class": worst, "grade": section_grade(worst, day), "pollutants": "；".join(parts) or None}


def extra_items(years: Any, target: int | None = None) -> dict[str, tuple[str, ...]]:
    """X of the programme 5+X (714号 四): by section, the table-1 items outside the nine beyond class Ⅲ.

    years: rows of ``year`` of last and this year; target: the class the sections have to keep, Ⅲ unless
    their target says 1 or 2. An item beyond it in either year is evaluated.
    """
    lazy, _ = enter(years)
    table = lazy.collect()
    need(table, ["section", "kind", "period"], ROOM)
    nine = rules.timeline("water.programme.9+X")[-1].value
    found: dict[str, tuple[str, ...]] = {}
    for row in table.iter_rows(named=True):
        day = date(int(row["period"][:4]), 12, 31)
        over = [
            item
            for item in rules.at("water.programme.21", day).value
            if item not in nine
            and row.get(item) is not None
            and one_class(item, Fraction(str(row[item])), day, row["kind"]) > (target or good_class())
        ]
        found[row["section"]] = tuple(dict.fromkeys([*found.get(row["section"], ()), *over]))
    return found
