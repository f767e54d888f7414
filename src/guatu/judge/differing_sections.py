"""Where published and computed class of a section or a point differ: which section, which month, which item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from guatu.base.period import Period
from guatu.base.value import Step
from guatu.compute.classes import ROMAN
from guatu.judge.reported_rows import source_of, stretch_of
from guatu.judge.reported_sites import by_sampling, point_year, sampling_step
from guatu.judge.reported_water import (
    MOST_SAMPLES,
    deciding_of,
    programme_of,
    sample_step,
    samples_of,
    set_aside,
    surface_name,
    year_classes,
)
from guatu.load.kept import known
from guatu.load.sections import Section, SectionList, Sections, sections_of
from guatu.load.site_samples import GROUND
from guatu.load.water_class import CLASSES
from guatu.load.workspace import Workspace

Row = Mapping[str, Any]


def sections_differ(ws: Workspace, scope: str, period: Period, as_of: date) -> list[Step]:
    """A step for each section of the scope's list whose published class is not the one its samples give.

    The published classes that reach furthest from the first day of the period count. Below a section of surface water
    stand its months, with what leaving one out would give; below a point of groundwater its samplings by cell.
    """
    waters = sections_of(ws)
    listed = waters.list_of(scope, min(as_of, period.last))
    if listed is None:
        return []
    rows = known(ws.data, CLASSES, as_of)
    rows = rows.filter(rows["section"].is_in(list(listed.sections)))
    whole = [row for row in rows.to_dicts() if row["first"] == period.first and row["last"] <= period.last]
    if not whole:
        return []
    last = max(row["last"] for row in whole)
    published = {row["section"]: row for row in whole if row["last"] == last}
    monthly = {(row["section"], stretch_of(row)): row for row in rows.to_dicts()}
    stretch = Period(period.first, last)
    found = [
        *_surface(ws, waters, listed, stretch, as_of, published, monthly),
        *_ground(ws, waters, stretch, as_of, published),
    ]
    return found


def _surface(
    ws: Workspace, waters: Sections, listed: SectionList, stretch: Period, as_of: date,
    published: Mapping[str, Row], monthly: Mapping[tuple[str, Period], Row],
) -> Iterator[Step]:  # fmt: skip
    frame = samples_of(ws, stretch, as_of).filter(pl.col("section").is_in(list(listed.sections)))
    if frame.is_empty():
        return
    programme = programme_of(listed, stretch.last)
    frame, aside = set_aside(frame, waters, programme)
    computed = year_classes(frame, waters, programme)
    lacking = [item for item in programme if item not in frame.columns or frame[item].null_count() == frame.height]
    for key, row in published.items():
        section, ours = waters.by_id(key), computed.get(key)
        if section is None:
            continue
        if ours is None:
            yield Step(
                f"{section.name}：公布{_said(row)}（{source_of(row, 'water-class')}），没有样品", _class(row["class"])
            )
            continue
        if row["class"] == ours["class"]:
            continue
        mine = frame.filter(section=key)
        below = [*_months(mine, section, waters, programme, row["class"], monthly)]
        below += [Step(one) for one in aside if one.startswith(section.name)]
        if lacking:
            names = "、".join(surface_name(item) for item in lacking)
            below.append(Step(f"样品里没有 {names}，公布的类别可能由这些项目定"))
        days = mine["time"].dt.date().sort().to_list()
        text = (
            f"{section.name}：公布{_said(row)}（{source_of(row, 'water-class')}），按样品 {_class(ours['class'])}，"
            f"{deciding_of(ours)}，{days[0]} 至 {days[-1]} 共 {len(set(days))} 天的样品"
        )
        yield Step(text, f"{_class(row['class'])}／{_class(ours['class'])}", below=tuple(below))


def _months(
    mine: pl.DataFrame, section: Section, waters: Sections, programme: Sequence[str], wanted: int | None,
    monthly: Mapping[tuple[str, Period], Row],
) -> Iterator[Step]:  # fmt: skip
    """Each month with its own class, the published one where there is one, and the class without that month."""
    month = pl.col("time").dt.strftime("%Y-%m")
    for name in mine.select(month)["time"].unique().sort():
        inside, rest = mine.filter(month == name), mine.filter(month != name)
        own = year_classes(inside, waters, programme).get(section.id)
        without = year_classes(rest, waters, programme).get(section.id) if rest.height else None
        told = []
        row = monthly.get((section.id, Period.of(name)))
        if row is not None:
            told.append(f"公布{_said(row)}（{source_of(row, 'water-class')}）")
        if own is not None:
            told.append(f"按样品{_class(own['class'])}，{deciding_of(own)}")
        if without is not None and without["class"] == wanted:
            told.append(f"不计这个月就是公布的{_class(wanted)}")
        cells = tuple(sample_step(one, programme) for one in inside.iter_rows(named=True))
        figure = _class(own["class"]) if own is not None else "—"
        yield Step(
            f"{name}：{'；'.join(told) or '没有可评价的项目'}",
            figure,
            below=cells if len(cells) <= MOST_SAMPLES else (),
        )


def _ground(
    ws: Workspace, waters: Sections, stretch: Period, as_of: date, published: Mapping[str, Row]
) -> Iterator[Step]:
    rows = known(ws.data, GROUND, as_of)
    inside = pl.col("time").dt.date().is_between(stretch.first, stretch.last)
    rows = rows.filter(inside & pl.col("site").is_in(list(published)))
    for (site,), part in rows.partition_by("site", as_dict=True, maintain_order=True).items():
        mine = part.to_dicts()
        found, row, point = point_year(mine), published[str(site)], waters.by_id(str(site))
        if point is None or found["class"] == row["class"]:
            continue
        steps = tuple(sampling_step(one, found["deciding"]) for one in by_sampling(mine).values())
        deciding = f"，定类项目 {found['deciding']}" if found["deciding"] else ""
        said = f"{point.name}：公布{_said(row)}（{source_of(row, 'water-class')}）"
        text = f"{said}，按采样 {_class(found['class'])}{deciding}"
        yield Step(text, f"{_class(row['class'])}／{_class(found['class'])}", below=steps)


def _said(row: Row) -> str:
    factors = f"（{row['factors']}）" if row["factors"] else ""
    return f"{_class(row['class'])}{factors}"


def _class(grade: int | None) -> str:
    return ROMAN[grade - 1] if grade else "无类别"
