"""Official figures: what the level above published, with paper and date, kept beside what guatu computes."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from guatu.base.period import Period
from guatu.base.still import once
from guatu.errors import Fault, GuatuError, LoadError
from guatu.load.figures.reading import in_title
from guatu.load.figures.row import places_of
from guatu.load.office_table import OfficeTable, tables_of
from guatu.load.water_class import UNSAID, Paper
from guatu.load.words import absent, day, named, number, period, plain
from guatu.load.workspace import Workspace

KIND = "official"
REMEDY = "指标表要有 范围、数值 两列；断面类别表要有 断面名称、水质类别 两列"
NEEDED = ({"scope"}, {"value"})
HEADINGS = {
    "indicator": ("指标", "指标名称", "indicator"),
    "scope": ("范围", "县（市、区）", "县区", "地区", "城市", "设区市", "scope"),
    "period": ("时段", "月份", "时间", "period"),
    "value": ("数值", "通报值", "官方值", "本期", "累计", "浓度", "比例", "value"),
    "paper": ("文号", "来源", "通报", "paper"),
    "day": ("发布日期", "日期", "day"),
}
SAYING = {
    "pm25_mean": ("pm25_mean", "PM2.5", "PM2.5平均浓度", "细颗粒物平均浓度"),
    "pm10_mean": ("pm10_mean", "PM10", "PM10平均浓度"),
    "so2_mean": ("so2_mean", "SO2", "SO2平均浓度"),
    "no2_mean": ("no2_mean", "NO2", "NO2平均浓度"),
    "aqi_good_ratio": ("aqi_good_ratio", "优良天数比例", "空气质量优良天数比例"),
}


@dataclass(frozen=True, slots=True)
class Official:
    """One published figure: indicator id, scope, period, value as printed, paper (文号 or title) and its date.

    index_kind: of an index with two editions, the one its words name. file, sheet, cell: where its value stands in
    what was loaded; they are no part of what it says.
    """

    indicator: str
    scope: str
    period: Period
    value: Decimal
    paper: str
    day: date
    index_kind: str = ""
    file: str = field(default="", compare=False)
    sheet: str = field(default="", compare=False)
    cell: str = field(default="", compare=False)

    @property
    def source(self) -> str:
        """File, sheet and cell in words; empty where it was not kept."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return f"{self.file} {sheet}{self.cell}".strip()


@once
def official_in(data: Path, as_of: date | None = None) -> tuple[Official, ...]:
    """The official figures published by a day, oldest paper first; a later paper on the same figure stands last."""
    path = data / "official.json"
    if not path.exists():
        return ()
    known = [figure for figure in _read_back(path.read_bytes()) if as_of is None or figure.day <= as_of]
    return tuple(sorted(known, key=lambda figure: figure.day))


@lru_cache(maxsize=8)
def _read_back(content: bytes) -> tuple[Official, ...]:
    """The figures of the file's bytes; a wall asks for them many times."""
    return tuple(
        Official(
            entry["indicator"],
            entry["scope"],
            Period.of(entry["period"]),
            Decimal(entry["value"]),
            entry["paper"],
            date.fromisoformat(entry["day"]),
            *(entry.get(name, "") for name in ("index_kind", "file", "sheet", "cell")),
        )
        for entry in json.loads(content)
    )


def official_of(data: Path, indicator: str, scope: str, period: Period, as_of: date) -> Official | None:
    """The newest official figure of exactly that indicator, scope and period known on a day."""
    asked = (indicator, scope, period)
    found = [f for f in official_in(data, as_of) if (f.indicator, f.scope, f.period) == asked]
    return found[-1] if found else None


def store_official(
    ws: Workspace, file: Path | str, scopes: Collection[str] = (), given: Paper = UNSAID, *, look: bool = False
) -> tuple[int, int]:
    """Keep the figures of a table 指标、范围、时段、数值、文号、发布日期; returns how many are new and how many known.

    given: paper, date and period of the whole file, where it has no column of them; scopes: further scopes a figure
    may be of, besides those and the areas of the workspace (the plan's); look: keep nothing. Nothing is overwritten:
    a changed figure comes with its own paper and date. Raises LoadError with every fault:
    G-LOAD-01 to 05 unreadable, G-LOAD-30 columns, G-LOAD-31 a cell, G-LOAD-32 two values in one paper.
    """
    path = Path(file)
    known = {(f.indicator, f.scope, str(f.period), f.paper, f.day): f for f in official_in(ws.data)}
    told: list[Official] = []
    faults: list[Fault] = []
    for table in tables_of(path, _meaning, NEEDED, "G-LOAD-30", "官方数据（范围、数值）", REMEDY):
        _read(ws, table, given, scopes, told, faults)
    kept = dict(known)
    new = 0
    for figure in told:
        key = (figure.indicator, figure.scope, str(figure.period), figure.paper, figure.day)
        if key in kept and kept[key].value != figure.value:
            faults.append(
                Fault(
                    "G-LOAD-32",
                    f"{figure.source}（{figure.scope} {figure.period} {figure.indicator}）",
                    f"同一文件“{figure.paper}”有 {kept[key].value} 和 {figure.value} 两个数",
                    "不知以哪个为准",
                    "核对；更正通报要写它自己的文号和日期",
                )
            )
        new += key not in kept
        kept.setdefault(key, figure)
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was stored", faults)
    if look:
        return new, len(told) - new
    entries = [
        {**asdict(f), "period": str(f.period), "value": str(f.value), "day": f.day.isoformat()} for f in kept.values()
    ]
    aside = ws.data / "official.tmp"
    aside.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    aside.replace(ws.data / "official.json")
    return new, len(told) - new


def _read(
    ws: Workspace, table: OfficeTable, given: Paper, scopes: Collection[str], told: list[Official], faults: list[Fault]
) -> None:
    """The figures of one table; what its rows do not say stands in its title or was said of the whole file."""
    faults += table.faults
    title = " ".join((*table.above, table.sheet.name))
    named_period = in_title(title)
    whole = {
        "indicator": title,
        "period": given.period or (str(named_period) if named_period else ""),
        "paper": given.name,
        "day": given.day.isoformat() if given.day else "",
    }
    for line in table.lines:
        if line.total or absent(line.cells["value"]):
            continue
        row = {name: line.cells.get(name, "") or whole.get(name, "") for name in HEADINGS}
        try:
            figure = _figure(ws, row, scopes)
        except _CellError as error:
            where = table.where(line.number, error.column)
            faults.append(Fault("G-LOAD-31", where, error.message, "放不到对应的指标旁边", "改正这一格"))
            continue
        cell = table.address(line.number, "value")
        told.append(replace(figure, file=table.sheet.file, sheet=table.sheet.name, cell=cell))


class _CellError(GuatuError):
    """What is wrong with one cell, and the column it stands in."""

    def __init__(self, column: str, what: str) -> None:
        super().__init__(what)
        self.column = column


def _meaning(heading: str) -> str:
    text = plain(heading)
    short = text.partition("(")[0]
    return next((name for name, words in HEADINGS.items() if {text, short} & {plain(word) for word in words}), "")


def _period(text: str) -> Period:
    """A period as bulletins write it too: 2021年9月, 2021年1—9月, 2021年; or a day."""
    try:
        return period(text) or Period.of(text)
    except GuatuError:
        raise _CellError("period", f"时段“{text}”认不出来") from None


def _figure(ws: Workspace, row: dict[str, str], scopes: Collection[str]) -> Official:
    kind = ""
    indicator = next((key for key, words in SAYING.items() if row["indicator"] in words), "")
    if not indicator and (card := ws.cards.meant(row["scope"], row["indicator"])) is not None:
        indicator, kind = card.id, card.index_kind(row["indicator"])
    if not indicator:
        raise _CellError("indicator", f"指标“{row['indicator']}”认不出来")
    stretch = _period(row["period"])
    scope = ws.scope(row["scope"], stretch.first) or ws.scope(row["scope"], stretch.last)
    name = scope.name if scope else None if indicator in SAYING else named(row["scope"], places_of(ws, scopes))
    if name is None:
        raise _CellError("scope", f"范围“{row['scope']}”没有在 guatu.toml 登记")
    value = number(plain(row["value"]).removesuffix("%"))
    if value is None:
        raise _CellError("value", f"数值“{row['value']}”不是数")
    if not row["paper"]:
        raise _CellError("paper", "没有写文号或来源")
    published = day(row["day"])
    if published is None:
        raise _CellError("day", f"发布日期“{row['day']}”不是 2021-10-11 的样子")
    return Official(indicator, name, stretch, value, row["paper"], published, kind)
