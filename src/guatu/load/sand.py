"""The official list of days deducted as sand: imported with its paper, never derived from the data."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from guatu.errors import Fault, LoadError
from guatu.load.figures.row import places_of
from guatu.load.kept import Kept, Kind, keep, known
from guatu.load.office_table import Line, OfficeTable, tables_of
from guatu.load.water_class import UNSAID, Paper
from guatu.load.words import absent, day, named, plain
from guatu.load.workspace import Workspace

KIND = "sand"
HEADINGS = {
    "place": ("地区", "城市", "县区", "县(市、区)", "范围", "受影响城市"),
    "first": ("日期", "沙尘日期", "扣除日期", "开始日期", "起始日期"),
    "last": ("结束日期", "截止日期", "终止日期"),
    "items": ("项目", "指标", "扣除项目", "污染物"),
    "paper": ("文号", "来源", "文件"),
    "issued": ("发布日期", "发文日期", "印发日期"),
}
BOTH = ("pm10", "pm25")
DAYS = Kind(
    KIND,
    {
        "place": pl.String(),
        "date": pl.Date(),
        "pm10": pl.Boolean(),
        "pm25": pl.Boolean(),
        "paper": pl.String(),
        "issued": pl.Date(),
    },
    ("place", "date"),
)


def store_sand(
    ws: Workspace,
    file: Path | str,
    given: Paper = UNSAID,
    *,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Kept:
    """Keep a list 地区 日期（或起止） 项目 文号 发布日期; without 项目 both PM10 and PM2.5 are deducted.

    given: paper and date of the whole file, where it has no column of them. The days count from the paper's date.
    Raises LoadError with every fault: G-SAND-01 no such table, 02 place, 03 day, 04 item, 05 paper or its date, and
    those of guatu.load.kept.keep (a changed day needs a reason).
    """
    path = Path(file)
    tables = tables_of(
        path, _meaning, ({"place"}, {"first"}), "G-SAND-01", "沙尘扣除日（地区、日期）", "表头要有 地区、日期 两列"
    )
    faults: list[Fault] = []
    names = places_of(ws)
    rows = [
        row
        for table in tables
        for line in table.lines
        if not line.total
        for row in _rows(table, line, names, given, faults)
    ]
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)
    return keep(ws.data, DAYS, path, rows, look=look, correct=correct, reason=reason, on=on, person=person, at=at)


def sand_days(data: Path, as_of: date) -> pl.DataFrame:
    """The deducted days known on a day: ``place date pm10 pm25 paper issued`` and where each was said."""
    return known(data, DAYS, as_of)


def _meaning(heading: str) -> str:
    bare = plain(heading).replace("（", "(").replace("）", ")")
    return next((name for name, words in HEADINGS.items() if bare in words), "")


def _rows(
    table: OfficeTable, line: Line, names: dict[str, str], given: Paper, faults: list[Fault]
) -> list[dict[str, Any]]:
    """A row for each day of a line."""
    cells, before = line.cells, len(faults)

    def blame(code: str, column: str, what: str, why: str, remedy: str) -> None:
        faults.append(Fault(code, table.where(line.number, column), what, why, remedy))

    place = named(cells["place"], names)
    if place is None:
        blame("G-SAND-02", "place", f"“{cells['place']}”没有登记", "不知扣哪里的数", "写工作区里的地区、范围或“全市”")
    first = day(cells["first"])
    last = first if absent(cells.get("last", "")) else day(cells["last"])
    if first is None or last is None or last < first:
        column = "last" if first and not absent(cells.get("last", "")) else "first"
        blame("G-SAND-03", column, "日期认不出来或先后颠倒", "不知扣哪一天", "写作 2021-03-15")
    said = plain(cells.get("items", "")).upper().replace(".", "")
    items = [item for item in BOTH if absent(said) or item.upper() in said or "颗粒物" in said]
    if not items:
        blame(
            "G-SAND-04", "items", f"项目写成了“{cells['items']}”", "只扣除颗粒物", "写 PM10、PM2.5 或留空（两项都扣）"
        )
    paper = cells.get("paper", "") or given.name
    issued = day(cells.get("issued", "")) or given.day
    if absent(paper) or issued is None:
        column = "paper" if absent(paper) else "issued"
        blame(
            "G-SAND-05",
            column,
            "没有文号或发文日期",
            "扣除以上级认定为准，要说得清是哪一件",
            "补上，或另写明文件和日期（命令 --paper、--date）",
        )
    if len(faults) > before or first is None or last is None or issued is None:
        return []
    return [
        {
            "place": place,
            "date": first + timedelta(days=k),
            **{item: item in items for item in BOTH},
            "paper": paper,
            "issued": issued,
            "received": issued,
            "sheet": table.sheet.name,
            "cell": table.address(line.number, "first"),
            "line": line.number,
        }
        for k in range((last - first).days + 1)
    ]
