"""A table with an office's own headings and units, made into the columns the compute room takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from guatu import rules
from guatu.base.table import open_table
from guatu.errors import Fault, GuatuError, LoadError
from guatu.load import ground_items, hourly, waters
from guatu.load.columns import meaning as air_meaning
from guatu.load.office_table import Line, OfficeTable, tables_of
from guatu.load.table import sheets_of
from guatu.load.water import KINDS, moment
from guatu.load.words import absent, number, plain, reading

_CITY = ("城市", "城市名称", "所在城市", "city")
_LAKE = {
    "sd": ("透明度", "sd", "透明度sd"),
    "lake": ("湖库名称", "湖泊名称", "水库名称", "湖库", "lake"),
    "point": ("点位", "点位名称", "point"),
}
_SOIL = {
    "ph": ("ph", "ph值", "土壤ph"),
    "land": ("land", "土地利用", "土地利用类型", "用地类型", "利用方式"),
    "site": ("点位编号", "点位", "样品编号"),
    "time": ("采样日期", "采样时间", "time"),
}
_BLACK = {
    "sd_cm": ("透明度", "sd", "sd_cm"),
    "orp_mv": ("氧化还原电位", "orp", "orp_mv"),
    "depth_cm": ("水深", "depth_cm"),
    "section": ("水体名称", "点位", "点位名称", "测点"),
}
_ECOLOGY = {
    "biology": ("biology", "生物丰度指数"),
    "vegetation": ("vegetation", "植被覆盖指数"),
    "water": ("water", "水网密度指数"),
    "land_stress": ("land_stress", "土地胁迫指数"),
    "pollution_load": ("pollution_load", "污染负荷指数"),
    "limit": ("limit", "环境限制指数"),
    "pattern": ("pattern", "生态格局"),
    "function": ("function", "生态功能"),
    "biodiversity": ("biodiversity", "生物多样性"),
    "stress": ("stress", "生态胁迫"),
    "place": ("place", "地区", "县区", "县(市、区)"),
}
_LENGTHS = {"m": 0, "cm": -2, "dm": -1, "米": 0, "厘米": -2}
_SOURCE_KINDS = {
    **KINDS,
    **dict.fromkeys(("地下水", "地下", "地下水型"), "ground"),
    "河流型": "river",
    "湖库型": "lake",
}
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Headed:
    """A file as it was read: frame for the compute room, the table as written (text), and what was taken for what.

    written has a row for each of frame, headed as in the file; told: heading → name of the column it became.
    """

    frame: pl.DataFrame
    written: pl.DataFrame
    told: Mapping[str, str]


def headed_frame(path: Path, room: str) -> Headed | None:
    """Read a file by an office's headings for a room of compute: air, surface_water, lakes, groundwater, sources.

    None where the file already has the names the room takes (then it is opened as it stands), or none that are known.
    Raises LoadError with every fault by its cell: G-HEAD-01 a time, 02 no reading, 03 a unit, 04 a kind of water, and
    those of hourly air (G-LOAD-05 to 14).
    """
    meaning = _MEANINGS[room]
    try:
        names = open_table(path).collect_schema().names()
    except GuatuError:
        names = []  # a title over the headings, or another sheet first: looked at below
    known = [name for name in names if meaning(name)]
    if known and all(_as_it_stands(name, meaning, room) for name in known):
        return None
    if path.suffix.lower() == ".parquet":
        return None
    if room == "air":
        return _hourly(path)
    items = _items(room)
    try:
        tables = tables_of(path, meaning, (items,), "G-HEAD-01", "监测数据")
    except LoadError:
        return None
    return _samples(tables[0], room, items)


def _as_it_stands(name: str, meaning: Callable[[str], str], room: str) -> bool:
    spelt = rules.timeline("gbt14848.spellings")[-1].value if room in ("groundwater", "sources") else {}
    return meaning(name) == name or name in spelt


def _hourly(path: Path) -> Headed | None:
    """Hours of air with exact values, the end of the hour as time, and the city where a column says it."""
    sheet = sheets_of(path)[0]
    head = hourly.headed(sheet)
    if head is None:
        return None
    frame, faults = hourly.rows_of(sheet, head, "end", {})
    if faults or frame is None:
        raise LoadError(f"{path.name} has {len(faults)} faults", faults)
    told = {column.heading: column.name for column in head.columns}
    place = {plain(cell).lower(): at for at, cell in enumerate(head.cells)}
    every = {f"{at}": at for at, cell in enumerate(head.cells) if cell}
    written, _ = sheet.columns(head.after, len(head.cells), every)
    cells = frame.select("line").join(written, on="line", how="left", maintain_order="left")
    if "code" in frame.columns:
        frame = frame.drop("station", strict=False).rename({"code": "station"})
        told = {heading: "station" if name == "code" else name for heading, name in told.items() if name != "station"}
    city = next((place[word] for word in _CITY if word in place), None)
    if city is not None and "city" not in frame.columns:
        frame = frame.with_columns(cells[f"{city}"].alias("city"))
        told[head.cells[city]] = "city"
    kept = frame.drop("line", "date", "hour", strict=False)
    return Headed(kept, cells.drop("line").rename(_unlike(head.cells, every)), told)


def _unlike(cells: tuple[str, ...], every: Mapping[str, int]) -> dict[str, str]:
    """Headings for the columns, a doubled one with its place."""
    said: dict[str, str] = {}
    for key, at in every.items():
        said[key] = cells[at] if cells[at] not in said.values() else f"{cells[at]}_{at + 1}"
    return said


def _samples(table: OfficeTable, room: str, items: frozenset[str]) -> Headed:
    """Samples of water as text in the units of their standard."""
    faults: list[Fault] = list(table.faults)
    rows = [dict(_row(table, line, room, items, faults)) for line in table.lines if not line.total]
    if faults:
        raise LoadError(f"{table.sheet.file} has {len(faults)} faults", faults)
    names = list(dict.fromkeys(name for row in rows for name in row))
    kinds: dict[str, pl.DataType] = {name: pl.Datetime("ms") if name == "time" else pl.String() for name in names}
    frame = pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=kinds)
    by_line = dict(table.sheet.lines())
    headings = {f"{at}": at for at in table.headings}
    width = max(table.headings) + 1
    as_is = [[*by_line[line.number], *[""] * width] for line in table.lines if not line.total]
    written = pl.DataFrame(
        {key: [cells[at] for cells in as_is] for key, at in headings.items()},
        schema=dict.fromkeys(headings, pl.String()),
    )
    full = tuple(table.headings.get(at, "") for at in range(width))
    return Headed(
        frame, written.rename(_unlike(full, headings)), {table.headings[at]: name for name, at in table.columns.items()}
    )


def _row(
    table: OfficeTable, line: Line, room: str, items: frozenset[str], faults: list[Fault]
) -> Iterator[tuple[str, Any]]:
    kind = ""
    if "kind" in table.columns:
        cell = line.cells["kind"]
        kind = _SOURCE_KINDS.get(plain(cell), cell if cell in ("river", "lake", "ground") else "")
        if not kind and cell:
            remedy = "写成 河流、湖库 或 地下水"
            faults.append(
                Fault("G-HEAD-04", table.where(line.number, "kind"), f"“{cell}”认不出是哪种水", "限值不同", remedy)
            )
        yield "kind", kind or None
    for name, at in table.columns.items():
        cell, where = line.cells[name], table.where(line.number, name)
        if name == "time":
            when = moment(cell)
            if when is None and cell:
                faults.append(Fault("G-HEAD-01", where, f"“{cell}”认不出是哪一天", "标准按日期取用", "写成 2021-09-30"))
            yield "time", when
        elif name in items:
            column = name
            if room == "sources" and kind != "ground":
                column = ground_items.surface_name(name) or ""
            if column and not absent(cell):
                yield column, _amount(cell, column, table.headings[at], room, kind, where, faults)
        elif name != "kind":
            yield {"site": "point"}.get(name, name) if room == "groundwater" else name, cell or None


def _amount(cell: str, item: str, heading: str, room: str, kind: str, where: str, faults: list[Fault]) -> str | None:
    """A reading in the unit of its room; a fault where it is none, or where the unit cannot be turned into it."""
    said: str | None
    if room in ("groundwater", "sources"):
        said = ground_items.amount(cell, item, heading, room == "groundwater" or kind == "ground")
    elif item == "orp_mv":
        number_said = number(cell)
        said = None if number_said is None else format(number_said, "f")
    else:
        power = _power(item, heading, room)
        if power is None:
            faults.append(Fault("G-HEAD-03", where, f"“{heading}”的单位换算不了", "数会差很多倍", "改成标准的单位"))
            return None
        said = reading(cell)
        if said is not None and said != "未检出" and power:
            below = "L" * said.endswith("L")
            said = format(Decimal(said.removesuffix("L")).scaleb(power), "f") + below
    if said is None:
        faults.append(Fault("G-HEAD-02", where, f"“{cell}”不是测值", "不能参加评价", "写数，未检出写成 0.01L"))
    return said


def _power(item: str, heading: str, room: str) -> int | None:
    """The power of ten from the unit a heading states to that of the room: mg/L, chla of lakes mg/m³, sd m."""
    units = [unit.strip().lower() for unit in _BRACKET.findall(plain(heading))]
    if item == "sd":
        return next((_LENGTHS[unit] for unit in units if unit in _LENGTHS), 0)
    if item in ("sd_cm", "depth_cm"):
        return next((_LENGTHS[unit] + 2 for unit in units if unit in _LENGTHS), 0)
    if item in ("ph", "wtemp", "ec", "turbidity", "do_sat", "fecal"):
        return 0
    if item == "chla":
        stated = ground_items.stated_power(heading)
        return 0 if stated is None or any(unit == "mg/m3" for unit in units) else stated + 3
    return waters.power_of(heading)


def _items(room: str) -> frozenset[str]:
    if room == "groundwater":
        return frozenset(ground_items.ground_items())
    if room == "sources":
        return frozenset(ground_items.source_items())
    if room == "soil_table":
        plots = (*rules.timeline("gb36600.basic")[-1].value, *rules.timeline("gb36600.other")[-1].value)
        return frozenset(("ph", *rules.timeline("gb15618.names")[-1].value, *plots))
    if room == "black_water_table":
        return frozenset(("sd_cm", "do", "orp_mv", "nh3n", "depth_cm"))
    if room == "ecology_table":
        return frozenset(_ECOLOGY) - {"place", "limit"}
    return frozenset((*waters.items(), "sd"))


def _of_air(heading: str) -> str:
    name = air_meaning(heading)[0]
    return "city" if plain(heading).lower() in _CITY else "station" if name == "code" else name


def _of_lakes(heading: str) -> str:
    bare = _BRACKET.sub("", plain(heading)).lower()
    own = next((name for name, words in _LAKE.items() if bare in words), "")
    return own or waters.meaning(heading)


def _of_sources(heading: str) -> str:
    return "kind" if plain(heading).lower() == "kind" else ground_items.source_meaning(heading)


def _of_soil(heading: str) -> str:
    bare = _BRACKET.sub("", plain(heading)).lower()
    names = {str(name): item for item, name in rules.timeline("gb15618.names")[-1].value.items()}
    common = next((name for name, words in _SOIL.items() if bare in words), "")
    plots = (*rules.timeline("gb36600.basic")[-1].value, *rules.timeline("gb36600.other")[-1].value)
    whole = plain(heading).lower()
    return common or names.get(bare) or next((item for item in plots if plain(item).lower() in (whole, bare)), "")


def _of_black_water(heading: str) -> str:
    bare = _BRACKET.sub("", plain(heading)).lower()
    own = next((name for name, words in _BLACK.items() if bare in words), "")
    return own or {"do": "do", "nh3n": "nh3n", "section": "section", "time": "time"}.get(waters.meaning(heading), "")


def _of_ecology(heading: str) -> str:
    bare = _BRACKET.sub("", plain(heading)).lower()
    return next((name for name, words in _ECOLOGY.items() if bare in words), "")


_MEANINGS: dict[str, Callable[[str], str]] = {
    "air": _of_air,
    "surface_water": waters.meaning,
    "lakes": _of_lakes,
    "groundwater": ground_items.ground_meaning,
    "sources": _of_sources,
    "soil_table": _of_soil,
    "ecology_table": _of_ecology,
    "black_water_table": _of_black_water,
}
