"""Shares of sections and points: from the classes a level above published, and from samples; both, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.period import Period
from guatu.base.value import Step, Value
from guatu.compute import surface_water
from guatu.compute.classes import ROMAN
from guatu.compute.rates import rate
from guatu.judge.reported_rows import TOO_FEW, source_of, stretch_of, value_of
from guatu.load.kept import known
from guatu.load.sections import Section, SectionList, Sections, sections_of
from guatu.load.water import SAMPLES
from guatu.load.water_class import CLASSES
from guatu.load.waters import items
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card

MOST_SAMPLES = 31  # shown of one month
SHARES = ("sw_good_ratio", "sw_inferior_v_ratio", "gw_v_ratio")


@dataclass(frozen=True, slots=True)
class Graded:
    """The class of one section over a stretch of time and where it comes from; None: no class."""

    section: Section
    grade: int | None
    text: str
    stretch: Period
    below: tuple[Step, ...] = ()


def from_classes(ws: Workspace, card: Card, scope: str, period: Period, as_of: date) -> tuple[Value, str, date] | None:
    """The share from class-only tables, with the paper and its date; None where there is no table or no list.

    A table of the whole period goes first, then one that runs on from its first day (1—9月), then the newest month.
    """
    waters = sections_of(ws)
    listed = waters.list_of(scope, min(as_of, period.last))
    if listed is None or card.id not in SHARES:
        return None
    rows = known(ws.data, CLASSES, as_of)
    rows = rows.filter((rows["first"] >= period.first) & (rows["last"] <= period.last))
    if rows.is_empty():
        return None
    rows = rows.filter(pl.col("section").is_in(list(listed.sections)))
    if rows.is_empty():
        return None
    stretches = sorted(
        {stretch_of(row) for row in rows.to_dicts()}, key=lambda one: (one.first == period.first, one.last)
    )
    chosen = stretches[-1]
    mine = {row["section"]: row for row in rows.to_dicts() if stretch_of(row) == chosen}
    graded = _listed(waters, listed, mine, chosen)
    newest = max(mine.values(), key=lambda row: (row["day"], row["batch"]))
    flags = [] if chosen.first == period.first else [f"取 {chosen} 的类别，不是时段均值，全年以上级年度评价为准"]
    text = f"按“{newest['paper']}”（{newest['day']}）公布的断面类别"
    value = share_of(ws, card, scope, period, as_of, "water-class", graded, text, flags)
    return value, newest["paper"], newest["day"]


def from_samples(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, *, opened: bool = False
) -> Value | None:
    """The share from samples: period means of each section of the list, then its class; None without a sample.

    A single value that makes a section worse than the class published with it (7 for 7E-05) is left out of the mean
    and told. opened: whether each section opens to its samples.
    """
    waters = sections_of(ws)
    listed = waters.list_of(scope, min(as_of, period.last))
    if listed is None or card.id == "gw_v_ratio" or card.id not in SHARES:
        return None
    frame = samples_of(ws, period.until(as_of), as_of).filter(pl.col("section").is_in(list(listed.sections)))
    if frame.is_empty():
        return None
    frame, doubted = set_aside(frame, waters, programme_of(listed, period.last))
    classes = year_classes(frame, waters, programme_of(listed, period.last))
    short = rules.at("water.means", period.last).value["year_months"]
    running = period.first <= as_of < period.last
    sampled = set(frame.filter(pl.col("time").dt.month() == as_of.month)["section"])
    graded, flags = [], []
    for key in listed.sections:
        section = waters.by_id(key)
        row = classes.get(key)
        if section is None:
            continue
        text = "没有监测数据" if row is None else f"{row['n']} 个月均值，{deciding_of(row)}"
        rows = frame.filter(section=key) if opened and row is not None else None
        below = by_month(rows, programme_of(listed, period.last)) if rows is not None else ()
        graded.append(Graded(section, row["class"] if row else None, text, period.until(as_of), below))
        rest = 12 - as_of.month + (key not in sampled) if running else 0
        if row is not None and row["n"] + rest < short:
            flags.append(f"{section.name} 全年至多 {row['n'] + rest} 个月，少于 {short} 个月")
    reached = not flags
    flags += doubted
    reason = "" if reached else TOO_FEW
    text = f"由 {frame.height} 个样品的时段均值评价（{listed.programme} 项目）"
    return share_of(ws, card, scope, period, as_of, "water", graded, text, flags, reason)


def samples_of(ws: Workspace, period: Period, as_of: date) -> pl.DataFrame:
    """The samples of a stretch of time as known on a day; see guatu.load.water for the columns."""
    rows = known(ws.data, SAMPLES, as_of)
    return rows.filter(pl.col("time").dt.date().is_between(period.first, period.last))


def set_aside(frame: pl.DataFrame, waters: Sections, programme: Sequence[str]) -> tuple[pl.DataFrame, list[str]]:
    """Take out the values that alone would make a sample worse than its published class, with a sentence for each."""
    there = [item for item in programme if item in frame.columns and frame[item].null_count() < frame.height]
    published = frame.filter(pl.col("published").is_not_null())
    if published.is_empty() or not there:
        return frame, []
    kinds = {section.id: section.kind for section in waters.sections}
    keyed = published.with_columns(pl.col("section").replace_strict(kinds, default="river").alias("kind"))
    told = []
    out = frame
    for item in there:
        alone = surface_water.sample_class(keyed.select("section", "time", "kind", item, "published"), [item])
        worse = alone.filter(pl.col("class") > pl.col("published"))
        if worse.is_empty():
            continue
        marks = worse.select("section", "time", pl.lit(True).alias("_out"))
        joined = out.join(marks, on=["section", "time"], how="left", maintain_order="left")
        out = joined.with_columns(pl.when(pl.col("_out")).then(None).otherwise(pl.col(item)).alias(item)).drop("_out")
        for row in worse.head(5).iter_rows(named=True):
            name = next((s.name for s in waters.sections if s.id == row["section"]), row["section"])
            told.append(
                f"{name} {row['time']:%Y-%m-%d %H:%M} {item}={row[item]} 单项为{ROMAN[row['class'] - 1]}类，"
                f"比公布的{ROMAN[row['published'] - 1]}类差，多半是科学计数法丢了指数，没有计入均值"
            )
        if worse.height > len(told):
            told.append(f"{item} 共 {worse.height} 个这样的值")
    return out, told


def doubts(ws: Workspace, as_of: date) -> list[str]:
    """Every sample value that does not go with the class published beside it."""
    waters = sections_of(ws)
    frame = known(ws.data, SAMPLES, as_of)
    return set_aside(frame, waters, rules.timeline("water.programme.21")[-1].value)[1] if frame.height else []


def programme_of(listed: SectionList, day: date) -> tuple[str, ...]:
    """The items that set the class of the sections of a list."""
    name = listed.programme
    first = rules.timeline(f"water.programme.{name}")[0].since
    return surface_water.programme(name, max(day, first), listed.extra)


def year_classes(frame: pl.DataFrame, waters: Sections, programme: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Class of each section over the samples given, through months; automatic stations through days."""
    kinds = {section.id: section.kind for section in waters.sections}
    there = [item for item in programme if item in frame.columns and frame[item].null_count() < frame.height]
    extra = [item for item in items() if item == "do_sat" and frame[item].null_count() < frame.height]
    found: dict[str, Mapping[str, Any]] = {}
    whole = frame.with_columns(pl.col("automatic").any().over("section"))
    for (automatic,), part in whole.group_by("automatic"):
        table = part.select("section", "time", *there, *extra).with_columns(
            pl.col("section").replace_strict(kinds, default="river").alias("kind")
        )
        if there:
            graded = surface_water.year(table, there, automatic=bool(automatic))
            found |= {row["section"]: row for row in graded.iter_rows(named=True)}
    return found


def by_month(rows: pl.DataFrame, programme: Sequence[str]) -> tuple[Step, ...]:
    """The samples of a section month by month, each with its cell; of an automatic station as many as fit a page."""
    steps = []
    for (month,), part in rows.group_by(pl.col("time").dt.strftime("%Y-%m"), maintain_order=True):
        shown_rows = part.head(MOST_SAMPLES).iter_rows(named=True)
        cells = tuple(sample_step(row, programme) for row in shown_rows)
        more = part.height - len(cells)
        cells += (Step(f"另有 {more} 个样品"),) if more else ()
        steps.append(Step(f"{month}，{part.height} 个样品", "", below=cells))
    return tuple(steps)


def sample_step(row: Mapping[str, Any], programme: Sequence[str]) -> Step:
    """One sample: its cell, and what it says of the items that set the class."""
    said = "、".join(f"{surface_name(item)} {row[item]}" for item in programme if row.get(item) is not None)
    return Step(f"{row['time']:%Y-%m-%d %H:%M}（{source_of(row, 'water')}）", said)


def deciding_of(row: Mapping[str, Any]) -> str:
    """The items that set the class with their means."""
    names = [name for name in (row["deciding"] or "").split(",") if name]
    told = "、".join(f"{surface_name(name)} {row[name]:g}" for name in names)
    return f"定类项目 {told}" if told else "无定类项目"


def surface_name(item: str) -> str:
    """The Chinese name of an item."""
    return str(rules.timeline("water.items")[-1].value[item]["name"])


def _listed(
    waters: Sections, listed: SectionList, rows: Mapping[str, Mapping[str, Any]], stretch: Period
) -> list[Graded]:
    graded = []
    for key in listed.sections:
        section, row = waters.by_id(key), rows.get(key)
        if section is not None:
            text = "表里没有" if row is None else f"{row['factors'] or '无超标项目'}（{source_of(row, 'water-class')}）"
            graded.append(Graded(section, row["class"] if row else None, text, stretch))
    return graded


def share_of(
    ws: Workspace, card: Card, scope: str, period: Period, as_of: date, kind: str, graded: Sequence[Graded], text: str,
    flags: Sequence[str], reason: str = "",
) -> Value:  # fmt: skip
    """Sections of the wanted class over sections with a class; a section without one is told, never counted as bad."""
    with_class = [one for one in graded if one.grade is not None]
    wanted = [one for one in with_class if is_wanted(card.id, one.grade)]
    found = rate(len(wanted), len(with_class))
    lacking = [one.section.name for one in graded if one.grade is None]
    told = [*flags, *([f"{'、'.join(lacking)} 没有类别，两边都不计"] if lacking else [])]
    steps = tuple(
        Step(
            f"{one.section.name}（{one.section.river or '—'}）{one.text}"
            + (f"，目标{ROMAN[one.section.aim - 1]}" if one.section.aim else ""),
            ROMAN[one.grade - 1] if one.grade else "—",
            below=one.below,
        )
        for one in sorted(graded, key=lambda one: -(one.grade or 0))
    )
    below = [Step(f"{scope} {len(graded)} 个断面（点位），差的在前", f"{len(wanted)}／{len(with_class)}", below=steps)]
    stretch = str(graded[0].stretch) if graded else str(period)
    return value_of(
        ws, card, scope, period, as_of, kind, found.exact, f"{text}，{stretch}", below, reason=reason or found.reason,
        n_valid=len(with_class), n_expected=len(graded), flags=told, part=Fraction(len(wanted)),
        whole=Fraction(len(with_class)),
    )  # fmt: skip


def is_wanted(indicator: str, grade: int | None) -> bool:
    """Whether a class is in the numerator: up to Ⅲ, 劣Ⅴ, or Ⅴ of groundwater."""
    if grade is None:
        return False
    if indicator == "sw_good_ratio":
        return grade <= int(rules.timeline("water.good_class")[-1].value)
    return grade == len(ROMAN) if indicator == "sw_inferior_v_ratio" else grade == len(ROMAN) - 1
