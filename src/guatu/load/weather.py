"""What the meteorological bureau says of dispersion: forecasts and outlooks kept as records, the grade as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from guatu.base.period import Period
from guatu.errors import Fault, LoadError
from guatu.load.figures.row import places_of
from guatu.load.kept import Kept, Kind, keep, known
from guatu.load.office_table import Line, OfficeTable, tables_of
from guatu.load.words import absent, day, named, number, period, plain
from guatu.load.workspace import Workspace

KIND = "weather"
CITY_WIDE = "全市"
HEADINGS = {
    "product": ("产品", "产品名称", "预报产品", "类别"),
    "place": ("地区", "县区", "县(市、区)", "范围", "地点"),
    "day": ("日期", "预报日期", "有效日期", "对象日期"),
    "period": ("时段", "预报时段", "有效时段", "月份"),
    "grade": ("等级", "扩散条件", "扩散条件等级", "潜势等级", "气象条件等级", "级别"),
    "low": ("AQI下限", "AQI低值"),
    "high": ("AQI上限", "AQI高值", "AQI", "预报AQI"),
    "text": ("内容", "说明", "结论", "建议"),
    "paper": ("文号", "来源", "期号", "文件"),
    "issued": ("发布日期", "发布时间", "起报日期"),
}
PRODUCTS = Kind(
    KIND,
    {
        "product": pl.String(),
        "place": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
        "grade": pl.String(),
        "low": pl.Int32(),
        "high": pl.Int32(),
        "text": pl.String(),
        "paper": pl.String(),
        "issued": pl.Date(),
    },
    ("product", "place", "first", "last", "paper", "issued"),
)


@dataclass(frozen=True, slots=True)
class Product:
    """One record: product (大气扩散条件预报, 秋冬季污染潜势 …), place, the days it speaks of, the grade as given.

    low, high: forecast AQI where the product has one; paper and issued: where and when it was said. guatu adds no
    grade of its own.
    """

    product: str
    place: str
    period: Period
    grade: str
    paper: str
    issued: date
    low: int | None = None
    high: int | None = None
    text: str = ""

    @property
    def words(self) -> str:
        """One line for a page: what, for when, the grade, by which paper."""
        aqi = ""
        if self.high is not None:
            aqi = f"，AQI {self.high}" if self.low in (None, self.high) else f"，AQI {self.low}～{self.high}"
        told = f"，{self.text}" if self.text else ""
        what = f"{self.product}（{self.place}，{self.period.words}）"
        return f"{what}{self.grade}{aqi}{told}〔{self.paper}，{self.issued}〕"


def store_weather(
    ws: Workspace,
    file: Path | str,
    *,
    look: bool = False,
    correct: bool = False,
    reason: str = "",
    on: date | None = None,
    person: str = "",
    at: datetime | None = None,
) -> Kept:
    """Keep a table of products: 产品 日期（或时段） 等级 文号 发布日期, with 地区 and AQI where they are given.

    Raises LoadError with every fault: G-WEA-01 no such table, 02 place, 03 day or period, 04 nothing said, 05 AQI,
    06 paper or date of issue, and those of guatu.load.kept.keep. A record counts from its day of issue.
    """
    path = Path(file)
    needed = ({"grade", "high"}, {"day", "period"}, {"issued"})
    tables = tables_of(path, _meaning, needed, "G-WEA-01", "气象产品")
    faults: list[Fault] = []
    names = {**places_of(ws, ()), CITY_WIDE: CITY_WIDE, ws.name: CITY_WIDE}
    rows = [
        row
        for table in tables
        for line in table.lines
        if not line.total and (row := _row(table, line, names, faults)) is not None
    ]
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)
    return keep(ws.data, PRODUCTS, path, rows, look=look, correct=correct, reason=reason, on=on, person=person, at=at)


def products_of(ws: Workspace, as_of: date, first: date, last: date) -> tuple[Product, ...]:
    """The records known on a day that speak of a stretch of days; of each product, place and period the newest."""
    rows = known(ws.data, PRODUCTS, as_of).filter(
        (pl.col("first") <= last) & (pl.col("last") >= first) & (pl.col("issued") <= as_of)
    )
    newest = rows.sort("issued").unique(["product", "place", "first", "last"], keep="last", maintain_order=True)
    return tuple(
        Product(
            row["product"], row["place"], Period(row["first"], row["last"]), row["grade"], row["paper"],
            row["issued"], row["low"], row["high"], row["text"],
        )
        for row in newest.sort("first", "product", "place").iter_rows(named=True)
    )  # fmt: skip


def _meaning(heading: str) -> str:
    bare = plain(heading).replace("（", "(").replace("）", ")")
    return next((name for name, words in HEADINGS.items() if bare in words), "")


def _row(table: OfficeTable, line: Line, names: dict[str, str], faults: list[Fault]) -> dict[str, Any] | None:
    cells, before = line.cells, len(faults)

    def blame(code: str, column: str, what: str, why: str, remedy: str) -> None:
        faults.append(Fault(code, table.where(line.number, column), what, why, remedy))

    place = named(cells.get("place", ""), names) if cells.get("place") else CITY_WIDE
    if place is None:
        blame("G-WEA-02", "place", f"“{cells['place']}”没有登记", "不知说的是哪里", "写工作区里的地区名或“全市”")
    issued = day(cells.get("issued", ""))
    one = day(cells.get("day", ""))
    stretch = Period(one, one) if one else period(cells.get("period", ""), issued.year if issued else None)
    if stretch is None:
        blame(
            "G-WEA-03",
            "day" if cells.get("day") else "period",
            "认不出是哪一天或哪一段",
            "没有日期的预报用不上",
            "写作 2021-10-12 或 2021年10-12月",
        )
    if issued is None or absent(cells.get("paper", "")):
        column = "issued" if issued is None else "paper"
        blame("G-WEA-06", column, "没有文号或发布日期", "预报以后会变，要说得清是哪一期", "补上")
    limits = {name: number(cells.get(name, "")) for name in ("low", "high")}
    for name, limit in limits.items():
        said = cells.get(name, "")
        if not absent(said) and (limit is None or limit != int(limit) or not 0 <= limit <= 500):
            blame("G-WEA-05", name, f"AQI 写成了“{said}”", "AQI 是 0 至 500 的整数", "改正")
    if absent(cells.get("grade", "")) and limits["high"] is None:
        blame("G-WEA-04", "grade", "等级和 AQI 都没有", "没有说什么", "补上，或删去这一行")
    if len(faults) > before or stretch is None or issued is None:
        return None
    return {
        "product": cells.get("product") or "大气扩散条件预报",
        "place": place,
        "first": stretch.first,
        "last": stretch.last,
        "grade": "" if absent(cells.get("grade", "")) else cells["grade"],
        "low": None if limits["low"] is None else int(limits["low"]),
        "high": None if limits["high"] is None else int(limits["high"]),
        "text": cells.get("text", ""),
        "paper": cells["paper"],
        "issued": issued,
        "received": issued,
        "sheet": table.sheet.name,
        "cell": table.address(line.number, "grade"),
        "line": line.number,
    }
