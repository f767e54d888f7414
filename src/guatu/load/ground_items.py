"""The words of tables about groundwater and drinking-water sources: items of both standards, and their units."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from guatu import rules
from guatu.load import waters
from guatu.load.words import plain, reading

VOLUME = "取水量"
_MORE = {
    "色": "色度",
    "嗅和味": "臭和味 嗅味",
    "浑浊度": "浊度 turbidity",
    "总硬度": "总硬度以caco3计 总硬度以碳酸钙计",
    "溶解性总固体": "tds 溶解性固体",
    "挥发性酚类": "挥发酚 挥发性酚 挥发性酚类以苯酚计",
    "阴离子表面活性剂": "las 阴离子合成洗涤剂",
    "耗氧量": "高锰酸盐指数 codmn 耗氧量codmn 耗氧量codmn法以o2计 高锰酸盐指数codmn",
    "氨氮": "nh3n 氨氮以n计",
    "硝酸盐": "硝酸盐氮 硝酸盐以n计 no3n",
    "亚硝酸盐": "亚硝酸盐氮 亚硝酸盐以n计 no2n",
    "六价铬": "铬六价 cr6 cr6+",
    "菌落总数": "细菌总数",
    "三氯甲烷": "氯仿",
    "苯并[a]芘": "苯并a芘",
    "ph": "ph值",
}
COMMON = {
    "site": "点位名称 点位 监测点位 点位编码 点位编号 监测井 监测井名称 井名 水源名称 水源地名称 水源地 水源 "
    "饮用水水源名称",
    "river": "水文地质单元 所在河流",
    "place": "所在县区 县区 县(市、区) 地区 行政区",
    "time": "采样日期 监测时间 采样时间 监测日期 日期 时间 time",
    "class": "水质类别 类别 综合类别 评价类别 地下水质量类别",
    "kind": "水源类型 点位类型 类型 水体类型",
    VOLUME: "取水量 取水总量 取水水量 月取水量 监测月取水量",
}
# Items of groundwater that GB 3838 calls otherwise; the rest share their name or their Chinese word.
_SURFACE = {"耗氧量": "codmn", "挥发性酚类": "phenol", "六价铬": "cr6", "浑浊度": "", "色": ""}
_GRAM_POWERS = {"g/l": 3, "mg/l": 0, "ug/l": -3, "μg/l": -3, "µg/l": -3, "ng/l": -6}
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


@cache
def ground_items() -> tuple[str, ...]:
    """Every item of GB/T 14848-2017, in the order of its tables, with ``ph`` and what is only seen or smelt."""
    tables = ("gbt14848.table1", "gbt14848.table2")
    named = [item for table in tables for item in rules.timeline(table)[-1].value]
    return ("ph", *rules.timeline("gbt14848.senses")[-1].value, *named)


@cache
def source_items() -> tuple[str, ...]:
    """Every item a drinking-water source may be judged by: of groundwater, and of GB 3838 tables 1, 2 and 3."""
    surface = rules.timeline("water.items")[-1].value
    further = [item for table in ("gb3838.table2", "gb3838.table3") for item in rules.timeline(table)[-1].value]
    return tuple(dict.fromkeys((*ground_items(), *surface, *further)))


def ground_meaning(heading: str) -> str:
    """What a heading of a table of groundwater means: an item by its printed name, a common column, or nothing."""
    return _looked_up(heading, _ground_words())


def source_meaning(heading: str) -> str:
    """The same for a table of sources; an item both standards know goes by its name for groundwater."""
    found = _looked_up(heading, _ground_words()) or _looked_up(heading, _further_words())
    if found:
        return found
    item = waters.meaning(heading)
    return item if item in rules.timeline("water.items")[-1].value else ""


def surface_name(item: str) -> str:
    """The id by which GB 3838 knows an item of a table of sources; empty where it does not."""
    if item in _SURFACE:
        return _SURFACE[item]
    tables = (rules.timeline("gb3838.table2")[-1].value, rules.timeline("gb3838.table3")[-1].value)
    known = waters.meaning(item)
    if known in rules.timeline("water.items")[-1].value:
        return known
    return item if any(item in table for table in tables) else ""


def home_power(item: str, ground: bool) -> int | None:
    """The power of ten from mg/L to the unit the standard prints: 3 for µg/L; None for what is no mass."""
    units = rules.timeline("gbt14848.units")[-1].value
    unit = next((unit for unit, names in units.items() if item in names), "mg/L") if ground else "mg/L"
    if item in ("ph", "wtemp", "fecal", *rules.timeline("gbt14848.senses")[-1].value):
        return None
    return {"mg/L": 0, "μg/L": 3}.get(unit)


def stated_power(heading: str) -> int | None:
    """The power of ten from the unit a heading states to mg/L; None where it states none."""
    text = plain(heading).lower()
    units = [*_BRACKET.findall(text), text.rpartition("／")[2], text.rpartition("_")[2]]
    return next((_GRAM_POWERS[unit.strip()] for unit in units if unit.strip() in _GRAM_POWERS), None)


def amount(cell: str, item: str, heading: str, ground: bool) -> str | None:
    """A reading as text in the unit of its standard; 有 and 无 of what is seen or smelt; None: no reading.

    A heading without a unit is in the unit of the standard.
    """
    if item in rules.timeline("gbt14848.senses")[-1].value:
        said = plain(cell)
        return "无" if said in ("无", "没有", "否") else "有" if said in ("有", "是") else None
    said_reading = reading(cell)
    stated, home = stated_power(heading), home_power(item, ground)
    if said_reading is None or said_reading == "未检出" or stated is None or home is None:
        return said_reading
    below = "L" * said_reading.endswith("L")
    return format(Decimal(said_reading.removesuffix("L")).scaleb(stated + home), "f") + below


def _looked_up(heading: str, words: dict[str, str]) -> str:
    text = plain(heading).lower()
    if (whole := _bare(text)) in words:
        return words[whole]
    short = _bare(_BRACKET.sub("", text))
    return words.get(short) or words.get(re.sub(r"(mgl|ugl|ngl|浓度|均值)$", "", short), "")


@cache
def _ground_words() -> dict[str, str]:
    found = {_bare(item): item for item in ground_items()}
    found |= {_bare(word): item for word, item in rules.timeline("gbt14848.spellings")[-1].value.items()}
    for table in (_MORE, COMMON):
        found |= {_bare(word): name for name, words in table.items() for word in words.split()}
    return found


@cache
def _further_words() -> dict[str, str]:
    return {_bare(item): item for item in source_items()}


def _bare(text: str) -> str:
    return re.sub(r"[\s()（）\[\]_\-／/、,，.]", "", text).lower()
