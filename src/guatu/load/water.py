"""Samples of surface water at the door: sections by any of their names, items in any unit, non-detects kept."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from guatu.errors import Fault, LoadError
from guatu.load.kept import Kept, Kind, keep
from guatu.load.office_table import Line, OfficeTable, tables_of
from guatu.load.sections import Section, sections_of
from guatu.load.waters import amount, items, meaning, power_of
from guatu.load.words import absent, day, plain, water_class
from guatu.load.workspace import Workspace

KINDS = {"河流": "river", "河": "river", "湖库": "lake", "湖泊": "lake", "水库": "lake", "湖": "lake"}
SAMPLES = Kind(
    "water",
    {
        "section": pl.String(),
        "time": pl.Datetime("ms"),
        **dict.fromkeys(items(), pl.String()),
        "published": pl.Int32(),
        "automatic": pl.Boolean(),
    },
    ("section", "time"),
)
REMEDY = "表头要有 断面名称、采样日期 和各项浓度，如 氨氮(mg/L)"
_SHOWN = 20
_OFTEN = 2  # more samples of a section in a day come from an automatic station


def store_water(
    ws: Workspace,
    file: Path | str,
    *,
    leave_unknown: bool = False,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Kept:
    """Check a table of samples and keep it as one batch: section, time, items [mg/L] as text, the class published.

    leave_unknown: pass over sections the workspace does not have. Raises LoadError with every fault: G-WAT-01 no such
    table, 02 section, 03 time, 04 no reading, 05 a non-detect without its limit, 06 unit, 07 class, 08 nothing left,
    and those of guatu.load.kept.keep. A sample counts as known from its own day.
    """
    path = Path(file)
    known = sections_of(ws)
    tables = tables_of(
        path, meaning, ({"section"}, {"time"}, set(items()) - {"wtemp"}), "G-WAT-01", "地表水监测数据", REMEDY
    )
    faults: list[Fault] = []
    rows: list[dict[str, Any]] = []
    strange: Counter[str] = Counter()
    first: dict[str, str] = {}
    for table in tables:
        faults += table.faults
        powers = _powers(table, faults)
        for line in table.lines:
            if line.total:
                continue
            section = known.named(line.cells.get("section", ""), line.cells.get("river", ""))
            if section is None:
                name = line.cells["section"]
                strange[name] += 1
                first.setdefault(name, table.where(line.number, "section"))
            else:
                rows.append(_row(table, line, powers, section, faults))
    if strange and not leave_unknown:
        faults += _unknown(strange, first)
    if not rows and not faults:
        faults.append(
            Fault(
                "G-WAT-08", path.name, "没有一行属于已登记的断面", "没有可入库的数据", "在 plan/sections.toml 登记断面"
            )
        )
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults[: _SHOWN * 5])
    often = Counter((row["section"], row["time"].date()) for row in rows)
    automatic = {section for (section, _), n in often.items() if n > _OFTEN}
    for row in rows:
        row["automatic"] = row["section"] in automatic
    notes = []
    if strange:
        notes.append(f"{sum(strange.values())} 行是没有登记的断面（{len(strange)} 个），按要求没有收")
    if automatic:
        notes.append(f"{len(automatic)} 个断面一天不止 {_OFTEN} 次，按自动站收：先求日均")

    return keep(
        ws.data, SAMPLES, path, rows, look=look, correct=correct, reason=reason, on=on, person=person, at=at,
        notes=tuple(notes),
    )  # fmt: skip


def _powers(table: OfficeTable, faults: list[Fault]) -> dict[str, int]:
    """The power of ten of each item column to mg/L; a unit that is none of mass and volume is a fault."""
    powers = {}
    for name, at in table.columns.items():
        if name in items():
            power = (
                0
                if name in ("ph", "wtemp", "ec", "turbidity", "do_sat", "chla", "fecal")
                else power_of(table.headings[at])
            )
            if power is None:
                where = table.where(table.lines[0].number if table.lines else 1, name)
                faults.append(Fault("G-WAT-06", where, "单位换算不到 mg/L", "数会差很多倍", "改成 mg/L 或 µg/L"))
            powers[name] = power or 0
    return powers


def _row(
    table: OfficeTable, line: Line, powers: dict[str, int], section: Section, faults: list[Fault]
) -> dict[str, Any]:
    cells = line.cells
    when = moment(cells["time"])
    if when is None:
        what = f"“{cells['time']}”认不出是哪一天" if cells["time"] else "没有采样日期"
        faults.append(
            Fault("G-WAT-03", table.where(line.number, "time"), what, "标准按采样日期取用", "写成 2021-09-30")
        )
    row: dict[str, Any] = {"section": section.id, "time": when, "published": None}
    for item in items():
        cell = cells.get(item, "")
        row[item] = None if absent(cell) else amount(cell, powers[item])
        if not absent(cell) and row[item] is None:
            what = f"“{cell}”不是测值"
            faults.append(
                Fault("G-WAT-04", table.where(line.number, item), what, "不能参加评价", "写数，未检出写成 0.01L")
            )
        elif row[item] == "未检出":
            what = f"“{cell}”没有写检出限"
            faults.append(
                Fault("G-WAT-05", table.where(line.number, item), what, "均值要按检出限的一半计", "写成 0.01L 的样子")
            )
    said = cells.get("class", "")
    if not absent(said) and plain(said) not in ("-1", "未知"):
        row["published"] = water_class(said)
        if row["published"] is None:
            faults.append(
                Fault(
                    "G-WAT-07",
                    table.where(line.number, "class"),
                    f"“{said}”不是水质类别",
                    "对不上公布的类别",
                    "写Ⅰ至Ⅴ或劣Ⅴ",
                )
            )
    sheet = table.sheet.name
    return {
        **row,
        "received": when.date() if when else None,
        "sheet": sheet,
        "cell": f"{line.number}",
        "line": line.number,
    }


def moment(cell: str) -> datetime | None:
    """A day, or a day and an hour, as a moment."""
    text = cell.strip().replace("T", " ")
    found = day(text.partition(" ")[0])
    if found is None:
        return None
    clock = re.fullmatch(
        r"(\d{1,2})(?:[:：时](\d{1,2})?)?(?::\d{2})?(?:\.0+)?分?", plain(text.partition(" ")[2]) or "0"
    )
    if clock is None or int(clock[1]) > 23:
        return None
    return datetime(found.year, found.month, found.day, int(clock[1]), int(clock[2] or 0))


def _unknown(strange: Counter[str], first: dict[str, str]) -> list[Fault]:
    told = [
        Fault(
            "G-WAT-02",
            first[name],
            f"断面“{name}”没有登记（{n} 行）",
            "不知属于哪份清单",
            "在 plan/sections.toml 登记它或它的别名",
        )
        for name, n in strange.most_common(_SHOWN)
    ]
    if len(strange) > _SHOWN:
        rest = len(strange) - _SHOWN
        told.append(
            Fault(
                "G-WAT-02",
                "其余",
                f"另有 {rest} 个断面没有登记",
                "不知属于哪份清单",
                "登记，或选“没有登记的不收”（命令 --leave-unknown）",
            )
        )
    return told
