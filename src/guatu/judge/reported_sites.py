"""Groundwater points and drinking-water sources from their samples: the class of each, and the rate of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.base.value import Step, Value
from guatu.compute import groundwater, sources
from guatu.compute.classes import ROMAN
from guatu.compute.rates import Rate
from guatu.judge.reported_rows import source_of, value_of
from guatu.judge.reported_water import Graded, share_of
from guatu.load.ground_items import VOLUME
from guatu.load.kept import known
from guatu.load.sections import Section, SectionList, Sections, sections_of
from guatu.load.site_samples import CLASS, GROUND, SOURCES
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card

POINTS, RATE = "gw_v_ratio", "drinking_source_ok"
_SHOWN = 8

Rows = Sequence[Mapping[str, Any]]


def from_sites(ws: Workspace, card: Card, scope: str, period: Period, as_of: date) -> Value | None:
    """The share of class Ⅴ points or the rate of sources from samples; None for another indicator or without any."""
    kind = {POINTS: GROUND, RATE: SOURCES}.get(card.id)
    waters = sections_of(ws) if kind is not None else Sections()
    listed = waters.list_of(scope, min(as_of, period.last))
    if kind is None or listed is None:
        return None
    stretch = period.until(as_of)
    rows = known(ws.data, kind, as_of)
    rows = rows.filter(
        pl.col("time").dt.date().is_between(stretch.first, stretch.last) & pl.col("site").is_in(list(listed.sections))
    )
    if rows.is_empty():
        return None
    by_site: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows.sort("site", "time", maintain_order=True).iter_rows(named=True):
        by_site.setdefault(row["site"], []).append(row)
    if card.id == POINTS:
        return _points(ws, card, scope, period, as_of, waters, listed, by_site)
    return _sources(ws, card, scope, period, as_of, waters, listed, by_site)


def doubts(ws: Workspace, kind: str, as_of: date) -> Iterator[str]:
    """Where a sample's class is not the one its table prints, and what its own limits of detection cannot prove."""
    waters = sections_of(ws)
    if kind != GROUND.name:
        return
    rows = known(ws.data, GROUND, as_of).to_dicts()
    for (key, when), mine in by_sampling(rows).items():
        table = wide(mine)
        section = waters.by_id(key)
        name = f"{section.name if section else key} {when:%Y-%m-%d}"
        said = next((int(row["reading"]) for row in mine if row["item"] == CLASS), None)
        graded = groundwater.sample_class(table).row(0, named=True)
        if said is not None and graded["class"] is not None and said != graded["class"]:
            yield (
                f"{name} 表上是{ROMAN[said - 1]}类，按各项为{ROMAN[graded['class'] - 1]}类"
                f"（{_readings_of(mine, graded['deciding'])}），请核对小数点和单位"
            )
        if unproved := groundwater.doubts(table)[0]:
            yield f"{name} {unproved} 的检出限高于Ⅰ类限值，不能证明是Ⅰ类"


def _points(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, waters: Sections, listed: SectionList,
    by_site: Mapping[str, Rows],
) -> Value:  # fmt: skip
    """Class of each point over its samplings (GB/T 14848-2017 6); the worst item of the means decides."""
    graded = []
    for key in listed.sections:
        point = waters.by_id(key)
        if point is None:
            continue
        rows = by_site.get(key)
        if rows is None:
            graded.append(Graded(point, None, "没有监测数据", period.until(as_of)))
            continue
        found = point_year(rows)
        times = sorted({row["time"] for row in rows})
        deciding = f"定类项目 {found['deciding'].replace(',', '、')}" if found["deciding"] else "无定类项目"
        text = f"{len(times)} 次采样均值，{deciding}"
        steps = tuple(sampling_step(mine, found["deciding"]) for mine in by_sampling(rows).values())
        graded.append(Graded(point, found["class"], text, period.until(as_of), steps))
    samplings = sum(len({row["time"] for row in rows}) for rows in by_site.values())
    text = f"由 {samplings} 次采样按 GB/T 14848 综合评价"
    return share_of(ws, card, scope, period, as_of, GROUND.name, graded, text, ())


def point_year(rows: Rows) -> Mapping[str, Any]:
    """``class`` and ``deciding`` of one point from the means of its samplings."""
    found: Mapping[str, Any] = groundwater.year(wide(rows).rename({"site": "point"})).row(0, named=True)
    return found


def sampling_step(rows: Rows, deciding: str | None) -> Step:
    """One sampling of a point: its own class, the items that decide over the year first, each with its cell."""
    first = rows[0]
    own = groundwater.sample_class(wide(rows)).row(0, named=True)
    wanted = (deciding or own["deciding"] or "").split(",")
    ordered = sorted(rows, key=lambda row: row["item"] not in wanted)
    cells = tuple(Step(f"{row['item']}（{source_of(row, GROUND.name)}）", row["reading"]) for row in ordered)
    figure = f"{ROMAN[own['class'] - 1]}" if own["class"] else "—"
    return Step(f"{first['time']:%Y-%m-%d} 采样，{len(rows)} 项", figure, "GB/T 14848-2017 6", below=cells)


def _sources(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, waters: Sections, listed: SectionList,
    by_site: Mapping[str, Rows],
) -> Value:  # fmt: skip
    """达标率 by number: a source is up to standard when every sample of the stretch is; by volume it stands beside."""
    steps, lacking = [], []
    verdicts: list[bool | None] = []
    samples: list[bool | None] = []
    volumes: list[tuple[Fraction, Fraction]] = []
    whole = True
    for key in listed.sections:
        source = waters.by_id(key)
        if source is None:
            continue
        rows = by_site.get(key)
        if rows is None:
            lacking.append(source.name)
            verdicts.append(None)
            continue
        each = [_verdict(source, mine) for mine in by_sampling(rows).values()]
        known_ones = [ok for ok, _, _ in each if ok is not None]
        ok = all(known_ones) if known_ones else None
        verdicts.append(ok)
        samples += known_ones
        whole = whole and all(taken is not None for _, taken, _ in each)
        volumes += [(taken, taken if good else Fraction()) for good, taken, _ in each if taken is not None]
        told = "没有可判的项目" if ok is None else "达标" if ok else "不达标"
        steps.append(Step(f"{source.name}，{len(each)} 次采样", told, below=tuple(step for _, _, step in each)))
    steps.sort(key=lambda step: step.figure == "达标")
    found = sources.count_rate(verdicts)
    flags = [f"按水源个数，时段内每次采样都达标才算；另一口径，按达标次数：{_percent(sources.count_rate(samples))}"]
    if volumes and whole:
        flags.append(f"另一口径，按取水量：{_percent(sources.volume_rate(volumes))}")
    if lacking:
        flags.append(f"{'、'.join(lacking)} 没有监测数据，两边都不计")
    judged = [one for one in verdicts if one is not None]
    below = [Step(f"{scope} {len(verdicts)} 个水源，不达标的在前", f"{sum(judged)}／{len(judged)}", below=tuple(steps))]
    text = f"由 {len(samples)} 次采样逐个水源评价，{period.until(as_of)}"
    return value_of(
        ws, card, scope, period, as_of, SOURCES.name, found.exact, text, below, reason=found.reason,
        n_valid=len(judged), n_expected=len(verdicts), flags=flags, part=found.part, whole=found.whole,
    )  # fmt: skip


def _verdict(source: Section, rows: Rows) -> tuple[bool | None, Fraction | None, Step]:
    """Whether one sample is up to standard, the volume it speaks for, and its step down to the cells."""
    table = wide(rows).with_columns(pl.lit(source.kind).alias("kind"))
    row = sources.judged(table).row(0, named=True)
    volume = next((Fraction(one["reading"]) for one in rows if one["item"] == VOLUME), None)
    over = [word.partition("(")[0] for word in (row["over"] or "").split("、")]
    ordered = sorted(rows, key=lambda one: one["item"] not in over)
    cells = tuple(Step(f"{one['item']}（{source_of(one, SOURCES.name)}）", one["reading"]) for one in ordered)
    clause = "GB/T 14848-2017 Ⅲ类" if source.kind == "ground" else "GB 3838-2002 5.3"
    told = "—" if row["ok"] is None else "达标" if row["ok"] else f"超标：{row['over']}"
    apart = f"，{row['apart']} 单独评价" if row["apart"] else ""
    return row["ok"], volume, Step(f"{rows[0]['time']:%Y-%m-%d} 采样，{len(rows)} 项{apart}", told, clause, below=cells)


def by_sampling(rows: Rows) -> dict[tuple[str, Any], list[Mapping[str, Any]]]:
    """The readings of each sampling of each site, in the order given."""
    found: dict[tuple[str, Any], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["site"], row["time"]), []).append(row)
    return found


def wide(rows: Rows) -> pl.DataFrame:
    """One row a sampling with a column an item: site, time, readings as text."""
    items = [item for item in dict.fromkeys(row["item"] for row in rows) if item not in (CLASS, VOLUME)]
    told = []
    for (site, when), mine in by_sampling(rows).items():
        said = {row["item"]: row["reading"] for row in mine}
        told.append({"site": site, "time": when, **{item: said.get(item) for item in items}})
    schema: dict[str, pl.DataType] = {"site": pl.String(), "time": pl.Datetime("ms")}
    return pl.DataFrame(told, schema={**schema, **dict.fromkeys(items, pl.String())})


def _readings_of(rows: Rows, items: str | None) -> str:
    wanted = (items or "").split(",")
    told = [f"{row['item']} {row['reading']}，{row['cell']}" for row in rows if row["item"] in wanted]
    return "；".join(told[:_SHOWN]) or "各项都在Ⅰ类以内"


def _percent(found: Rate) -> str:
    return f"{half_even(found.exact, 1)}%" if found.exact is not None else found.reason
