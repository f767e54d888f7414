"""One table of hourly air: its row of headings, its units, its rows with times, stations and exact values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import polars as pl

from guatu.errors import Fault
from guatu.load.cells import cell_faults, read_numbers, read_times
from guatu.load.columns import ITEMS, POWER, WRITTEN, Column, recognise, stated
from guatu.load.hearing import FIRST_ROWS, Heard, hear
from guatu.load.table import Sheet

Stamp = Literal["end", "begin"]
# A unit that is not believable is asked for: CO in mg/m³ has medians below 4; the others in µg/m³ reach 1.
CO_MEDIAN_AT_MOST = 4
OTHERS_REACH = 1


@dataclass(frozen=True, slots=True)
class Head:
    """The row of headings of a table: its cells, its meaning, and the last line that is not yet data."""

    line: int
    cells: tuple[str, ...]
    columns: tuple[Column, ...]
    after: int


def headed(sheet: Sheet) -> Head | None:
    """The row of headings, with the row of units below it if there is one; None where none is near the top."""
    lines = sheet.head
    for at, (line, cells) in enumerate(lines):
        columns = recognise(cells)
        names = {column.name for column in columns}
        if not (names & {"time", "date"} and names & {"station", "code"} and names & set(ITEMS)):
            continue
        if "time" not in names and "hour" not in names:
            columns = [Column(c.heading, "time" if c.name == "date" else c.name, c.at, c.unit) for c in columns]
        after = line
        if at + 1 < len(lines) and _states_units(lines[at + 1][1], columns):
            after, units = lines[at + 1]
            columns = [Column(c.heading, c.name, c.at, c.unit or stated(units[c.at])) for c in columns]
        hear(_heard(sheet, line, len(cells), columns, after))
        return Head(line, tuple(cells), tuple(columns), after)
    return None


def _heard(sheet: Sheet, line: int, width: int, columns: list[Column], after: int) -> Heard:
    """What a person is shown of a table of hours."""
    meant = {column.at: column.name for column in columns}
    below = ((number, cells) for number, cells in sheet.lines() if number > after and any(cells))
    rows = tuple((number, tuple(cells)) for number, cells in islice(below, FIRST_ROWS))
    written = tuple(sheet.written(line))
    return Heard(sheet.name, line, written, tuple(meant.get(at, "") for at in range(width)), rows, sheet.size - after)


def headless(sheet: Sheet) -> Fault:
    """The fault of a table whose headings lack something, told from the line that came nearest."""
    best = max(sheet.head, key=lambda head: len(recognise(head[1])))
    hear(_heard(sheet, best[0], len(best[1]), recognise(best[1]), best[0]))
    names = {column.name for column in recognise(best[1])}
    lacking = [
        word
        for word, any_of in (
            ("时间", {"time", "date"}),
            ("站点", {"station", "code"}),
            ("浓度（如 PM2.5）", set(ITEMS)),
        )
        if not names & any_of
    ]
    seen = "、".join(cell[:12] for cell in best[1][:8] if cell.isprintable() and cell) or "没有可读的字"
    return Fault(
        "G-LOAD-06",
        sheet.where(best[0]),
        f"表头缺{'、'.join(lacking)}列（读到的是：{seen[:60]}）",
        "不是站点小时数据表",
        "在表头写明监测时间、站点和各项浓度",
    )


def rows_of(
    sheet: Sheet, head: Head, stamp: Stamp, units: Mapping[str, str]
) -> tuple[pl.DataFrame | None, list[Fault]]:
    """One sheet's rows with times and values read; None where its columns are not clear."""
    line, columns = head.line, head.columns
    names = [column.name for column in columns]
    faults = [
        Fault("G-LOAD-07", sheet.where(line), f"“{column.heading}”和前面一列意思相同", "不知取哪一列", "只留一列")
        for at, column in enumerate(columns)
        if column.name in names[:at]
    ]
    if faults:
        return None, faults
    frame, faults = sheet.columns(head.after, len(head.cells), {column.name: column.at for column in columns})
    if "time" not in frame.columns:
        day = pl.col("date").str.split(" ").list.first()
        frame = frame.with_columns((day + " " + pl.col("hour").str.strip_chars("时点")).alias("time"))
    heading = next((c.heading for c in columns if c.name == "time"), "日期、小时")
    frame, found = read_times(sheet, frame, heading, stamp == "begin")
    faults += found
    for column in columns:
        if column.name in ITEMS:
            unit = units.get(column.name) or column.unit or column.home
            if unit not in POWER[column.home]:
                faults.append(
                    _unit_fault(sheet, line, column, f"单位是 {unit}", "体积比要有温度气压才能换算，不代为假定")
                )
                continue
            frame, found = read_numbers(sheet, frame, column, unit)
            faults += found or _believable(sheet, line, column, unit, frame[column.name], column.name in units)
    return frame, faults


def _states_units(cells: list[str], columns: list[Column]) -> bool:
    items = [cells[column.at] for column in columns if column.name in ITEMS and column.at < len(cells)]
    return bool(items) and all(stated(cell) for cell in items)


def _believable(sheet: Sheet, line: int, column: Column, unit: str, values: pl.Series, decided: bool) -> list[Fault]:
    """A fault (G-LOAD-08) where the values cannot be in the unit they would be read in and nobody decided."""
    seen = values.drop_nulls().cast(pl.Float64)
    if decided or seen.is_empty():
        return []
    said = "表头写的单位" if column.unit else "没有写单位，按"
    middle, top = seen.median(), seen.max()
    if column.name == "co" and isinstance(middle, float) and middle > CO_MEDIAN_AT_MOST:
        return [
            _unit_fault(
                sheet, line, column, f"{said} {WRITTEN[unit]}，中位数却是 {middle:g}", "多半是微克或十分之一毫克"
            )
        ]
    if column.name != "co" and isinstance(top, float) and 0 < top < OTHERS_REACH:
        return [_unit_fault(sheet, line, column, f"{said} {WRITTEN[unit]}，最大值却只有 {top:g}", "多半是毫克")]
    return []


def _unit_fault(sheet: Sheet, line: int, column: Column, what: str, why: str) -> Fault:
    remedy = (
        f"改正表头，或另写明单位 {column.name}=ug（微克/立方米）、=mg（毫克/立方米）、=x10（毫克的十分之一）；"
        f"命令 --unit {column.name}=ug"
    )
    return Fault("G-LOAD-08", sheet.where(line, column.heading), what, why, remedy)


def stations_of(
    sheet: Sheet, frame: pl.DataFrame, head: Head, known: dict[str, str], leave: bool
) -> tuple[pl.DataFrame, list[Fault]]:
    """Column `station` as the workspace's code; null where unknown and left out on request."""
    by = "code" if "code" in frame.columns else "station"
    heading = next(column.heading for column in head.columns if column.name == by)
    named = frame.with_columns(
        pl.col(by).str.strip_chars().alias("cell"),
        pl.col(by).str.strip_chars().replace_strict(known, default=None, return_dtype=pl.String).alias("station"),
    )
    lost = named.filter(pl.col("station").is_null())
    blank = lost.filter(pl.col("cell") == "")
    faults = cell_faults(
        sheet, heading, blank, "G-LOAD-11", lambda cell: ("没有站点", "这一行不知是哪里的", "补上站点")
    )
    unknown = (
        lost.filter(pl.col("cell") != "").group_by("cell").agg(pl.len().alias("n"), pl.col("line").min()).sort("line")
    )
    if unknown.height and not leave:
        names = "、".join(unknown["cell"].head(10)) + ("等" if unknown.height > 10 else "")
        faults.append(
            Fault(
                "G-LOAD-11",
                sheet.where(unknown["line"][0], heading),
                f"{names} {unknown.height} 个站点（{unknown['n'].sum()} 行）不在本工作区",
                "不知归哪个地区",
                "在 guatu.toml 登记，或选“没有登记的不收”（命令 --leave-unknown）",
            )
        )
    items = [item for item in ITEMS if item in named.columns]
    sheet_name = pl.lit(sheet.name).alias("sheet")
    return named.select("station", "time", *[pl.col(i) for i in items], "line", sheet_name), faults
