"""Samples of groundwater points and of drinking-water sources at the door: one row kept for every reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from guatu.errors import Fault, LoadError
from guatu.load.ground_items import (
    VOLUME,
    amount,
    ground_items,
    ground_meaning,
    home_power,
    source_items,
    source_meaning,
    stated_power,
    surface_name,
)
from guatu.load.kept import Kept, Kind, keep
from guatu.load.office_table import Line, Meaning, OfficeTable, tables_of
from guatu.load.sections import Section, sections_of
from guatu.load.water import moment
from guatu.load.words import absent, number, plain, water_class
from guatu.load.workspace import Workspace

CLASS = "类别"
_COLUMNS: dict[str, pl.DataType] = {
    "site": pl.String(),
    "time": pl.Datetime("ms"),
    "item": pl.String(),
    "reading": pl.String(),
}
GROUND = Kind("groundwater", _COLUMNS, ("site", "time", "item"))
SOURCES = Kind("sources", _COLUMNS, ("site", "time", "item"))
REMEDY = "表头要有 点位名称（或水源名称）、采样日期 和各项浓度，如 锰(mg/L)"
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Medium:
    """What is sampled: its kind of rows, its name, its headings and items, and which sites may be sampled so."""

    kind: Kind
    name: str
    meaning: Meaning
    items: tuple[str, ...]
    sites: tuple[str, ...]


def media() -> Mapping[str, Medium]:
    """Groundwater and drinking-water sources, by kind."""
    return {
        "groundwater": Medium(GROUND, "地下水监测数据", ground_meaning, ground_items(), ("ground",)),
        "sources": Medium(SOURCES, "饮用水水源监测数据", source_meaning, source_items(), ("river", "lake", "ground")),
    }


def store_site_samples(
    ws: Workspace,
    file: Path | str,
    kind: str,
    *,
    leave_unknown: bool = False,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Kept:
    """Check a table of samples and keep it as one batch: a row a reading, in the unit its standard prints.

    kind: ``groundwater`` (points of kind ground) or ``sources`` (a river, lake or ground source is judged by its own
    standard); leave_unknown: pass over sites the workspace does not have. The class and the volume a table prints are
    kept as readings 类别 and 取水量. Raises LoadError with every fault: G-RAW-01 no such table, 02 site, 03 time,
    04 no reading, 05 a non-detect without its limit, 06 a site of another kind, 07 class, 08 nothing left, and those
    of guatu.load.kept.keep. A sample counts as known from its own day.
    """
    path = Path(file)
    medium = media()[kind]
    known = sections_of(ws)
    needed = ({"site"}, {"time"}, set(medium.items))
    tables = tables_of(path, medium.meaning, needed, "G-RAW-01", medium.name, REMEDY)
    faults: list[Fault] = []
    rows: list[dict[str, Any]] = []
    strange: Counter[str] = Counter()
    silent: set[str] = set()
    for table in tables:
        faults += table.faults
        silent |= {
            table.headings[at] for name, at in table.columns.items()
            if name in medium.items and home_power(name, True) is not None and stated_power(table.headings[at]) is None
        }  # fmt: skip
        for line in table.lines:
            if line.total:
                continue
            site = known.named(line.cells["site"], line.cells.get("river", ""))
            if site is None:
                strange[line.cells["site"]] += 1
                if not leave_unknown:
                    faults.append(_unknown(table, line))
            elif site.kind not in medium.sites:
                faults.append(_other_kind(table, line, site))
            else:
                rows += _readings(table, line, site, medium, faults)
    if not rows and not faults:
        remedy = "在 plan/sections.toml 登记点位或水源"
        faults.append(Fault("G-RAW-08", path.name, "没有一行属于已登记的点位", "没有可入库的数据", remedy))
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults[:_SHOWN])
    notes = []
    if strange:
        notes.append(f"{sum(strange.values())} 行是没有登记的点位（{len(strange)} 个），按要求没有收")
    if silent:
        told = "、".join(sorted(silent)[:8])
        notes.append(f"{told}{' 等' if len(silent) > 8 else ''} {len(silent)} 列没有写单位，按标准所印单位收")
    return keep(
        ws.data, medium.kind, path, rows, look=look, correct=correct, reason=reason, on=on, person=person, at=at,
        notes=tuple(notes),
    )  # fmt: skip


def _readings(
    table: OfficeTable, line: Line, site: Section, medium: Medium, faults: list[Fault]
) -> Iterator[dict[str, Any]]:
    """One row for each cell that says something."""
    when = moment(line.cells["time"])
    if when is None:
        cell = line.cells["time"]
        what = f"“{cell}”认不出是哪一天" if cell else "没有采样日期"
        where = table.where(line.number, "time")
        faults.append(Fault("G-RAW-03", where, what, "标准按采样日期取用", "写成 2021-09-30"))
    ground = site.kind == "ground"
    for name in table.columns:
        cell = line.cells.get(name, "")
        if name in medium.items and name in ("嗅和味", "肉眼可见物") and plain(cell) == "无":
            item, said = name, "无"
        elif absent(cell):
            continue
        elif name == "class":
            item, grade = CLASS, water_class(cell)
            said = "" if grade is None else str(grade)
            if grade is None:
                where = table.where(line.number, name)
                faults.append(
                    Fault("G-RAW-07", where, f"“{cell}”不是水质类别", "对不上公布的类别", "写Ⅰ至Ⅴ，没有就写 —")
                )
        elif name == VOLUME:
            item, volume = VOLUME, number(cell)
            said = "" if volume is None else format(volume, "f")
            if volume is None or volume < 0:
                where = table.where(line.number, name)
                faults.append(Fault("G-RAW-04", where, f"“{cell}”不是取水量", "算不出按水量的达标率", "填 0 以上的数"))
        elif name in medium.items:
            item = name if ground else surface_name(name)
            if not item:
                continue
            said = _reading(table, line, name, item, ground, faults)
        else:
            continue
        yield {
            "site": site.id,
            "time": when,
            "item": item,
            "reading": said,
            "received": when.date() if when else None,
            "sheet": table.sheet.name,
            "cell": table.address(line.number, name),
            "line": line.number,
        }


def _reading(table: OfficeTable, line: Line, name: str, item: str, ground: bool, faults: list[Fault]) -> str:
    """The cell of an item as it is kept; a fault where it says nothing that can be judged."""
    cell, where = line.cells[name], table.where(line.number, name)
    said = amount(cell, item, table.headings[table.columns[name]], ground)
    if said is None:
        faults.append(Fault("G-RAW-04", where, f"“{cell}”不是测值", "不能参加评价", "写数，未检出写成 0.01L"))
    elif said == "未检出" and not ground:
        why, remedy = "均值要按检出限的一半计", "写成 0.01L 的样子"
        faults.append(Fault("G-RAW-05", where, f"“{cell}”没有写检出限", why, remedy))
    return said or ""


def _unknown(table: OfficeTable, line: Line) -> Fault:
    what = f"“{line.cells['site']}”没有登记或有同名的" if line.cells["site"] else "没有写点位"
    remedy = "在 plan/sections.toml 登记它或它的别名，或选“没有登记的不收”（命令 --leave-unknown）"
    return Fault("G-RAW-02", table.where(line.number, "site"), what, "不知属于哪份清单", remedy)


def _other_kind(table: OfficeTable, line: Line, site: Section) -> Fault:
    what = f"“{site.name}”登记的是 {site.kind}，不是地下水点位"
    remedy = "核对点位名，或把 plan/sections.toml 里它的 kind 改为 ground"
    return Fault("G-RAW-06", table.where(line.number, "site"), what, "地表水和地下水的标准不同", remedy)
