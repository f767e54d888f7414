"""The words of tables about waters: items and their units, sections, classes, factors."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from guatu import rules
from guatu.load.words import plain, reading

EXTRA = {"wtemp": "水温", "ec": "电导率", "turbidity": "浊度", "chla": "叶绿素a", "do_sat": "溶解氧饱和度"}
_MORE = {
    "codmn": "codmn 高锰酸盐指数codmn imn",
    "cod": "codcr cod 化学需氧量cod 化学需氧量codcr",
    "bod5": "bod bod5 五日生化需氧量bod5 生化需氧量",
    "nh3n": "nh3n nh4n 氨氮nh3n nh3-n",
    "tp": "总磷tp 总磷以p计",
    "tn": "总氮tn 总氮以n计",
    "do": "溶解氧do",
    "ph": "ph值 酸碱度",
    "cr6": "铬六价 六价铬cr6+ 铬(六价)",
    "f": "氟化物以f计 氟化物(以f-计)",
    "las": "阴离子表面活性剂las",
    "wtemp": "水温℃ 温度",
    "turbidity": "turb",
    "chla": "叶绿素α 叶绿素",
}
COMMON = {
    "section": "断面名称 断面 监测断面 断面(点位) 点位名称 监测点位名称 监测点名称 点位 站点名称 监测点位 水源名称 "
    "section site",
    "river": "河流 河流名称 所在河流 水系 河流(湖库)名称 河流|湖库名称 水体名称 河流/湖库 河流湖库",
    "place": "考核县区 责任地区 所在县区 县区 县(市、区) 地区",
    "time": "采样日期 监测时间 采样时间 监测日期 日期 时间 time",
    "class": "水质类别 累计类别 累计水质类别 均值类别 "
    "本月类别 水质现状 本月水质类别 类别 本期类别 现状类别 评价类别 本月 class classcode",
    "aim": "水质目标 目标类别 考核目标 目标",
    "factors": "主要污染指标(超标倍数) 主要污染指标 超标项目 定类项目 主要污染物 超标因子 超标因子(超标倍数) "
    "主要污染指标及超标倍数 定类因子",
    "times": "超标倍数 最大超标倍数",
    "kind": "水体类型 类型",
    "period": "时段 月份 监测月份 统计时段 评价时段",
    "note": "备注 说明",
}
_POWERS = {"mg/l": 0, "ug/l": -3, "μg/l": -3, "µg/l": -3, "ng/l": -6, "g/l": 3}
_DESCRIBED = re.compile(r"[\(\[]([^()\[\]]*)[\)\]]")


@cache
def words() -> dict[str, str]:
    """Every heading that is an item or a common column → its name here, in plain small letters."""
    named = {item: str(entry["name"]) for item, entry in rules.timeline("water.items")[-1].value.items()}
    found: dict[str, str] = {}
    for item, name in {**named, **EXTRA}.items():
        for word in (item, name, *_MORE.get(item, "").split()):
            found[_bare(word)] = item
    for name, said in COMMON.items():
        for word in said.split():
            found[_bare(word)] = name
    return found


@cache
def items() -> tuple[str, ...]:
    """The items a table of samples may have."""
    return (*rules.timeline("water.items")[-1].value, *EXTRA)


def meaning(heading: str) -> str:
    """What a heading of a table of waters means: an item, a common column, or nothing."""
    text = plain(heading).lower()
    whole = _bare(text)
    if whole in words():
        return words()[whole]
    short = _bare(_DESCRIBED.sub("", text))
    short = re.sub(r"(mgl|ugl|c|浓度|均值)$", "", short) if short not in words() else short
    return words().get(short, "")


def power_of(heading: str) -> int | None:
    """The power of ten from the unit a heading states to mg/L: -3 for µg/L, 0 where it states none; None: another."""
    text = plain(heading).lower()
    units = [unit.strip() for unit in _DESCRIBED.findall(text)] + [text.rpartition("／")[2], text.rpartition("_")[2]]
    for unit in units:
        if unit.replace(" ", "") in _POWERS:
            return _POWERS[unit.replace(" ", "")]
        if unit in ("mgl", "ugl"):
            return {"mgl": 0, "ugl": -3}[unit]
    return None if any(re.fullmatch(r"(ppm|ppb|mmol/l|mol/l)", unit) for unit in units) else 0


def amount(cell: str, power: int) -> str | None:
    """A reading as text in mg/L, ``0.01L`` below detection; None where the cell is no reading."""
    said = reading(cell)
    if said is None or said == "未检出" or not power:
        return said
    below = "L" * said.endswith("L")
    return format(Decimal(said.removesuffix("L")).scaleb(power), "f") + below


def _bare(text: str) -> str:
    return re.sub(r"[\s()\[\]（）_\-／/、,，.]", "", text).lower()
