"""Which column is what: the headings of hourly air files in Chinese and English, and the units they state."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NAMES = {
    "time": "时间 监测时间 日期时间 监测日期时间 数据时间 采样时间 发布时间 time timepoint datetime monitortime",
    "date": "日期 监测日期 采样日期 date",
    "hour": "小时 时 时刻 hour",
    "code": "站点编码 站点代码 点位编码 点位代码 站点编号 点位编号 stationcode sitecode stationid siteid",
    "station": "站点 站点名称 监测点位 监测点 点位 点位名称 监测站点 站名 station stationname positionname site",
    "pm25": "pm25 细颗粒物 细颗粒物pm25 pm25细颗粒物",
    "pm10": "pm10 可吸入颗粒物 可吸入颗粒物pm10 pm10可吸入颗粒物",
    "so2": "so2 二氧化硫 二氧化硫so2 so2二氧化硫",
    "no2": "no2 二氧化氮 二氧化氮no2 no2二氧化氮",
    "co": "co 一氧化碳 一氧化碳co co一氧化碳",
    "o3": "o3 臭氧 臭氧o3 o3臭氧 臭氧1小时",
}
MEANING = {word: name for name, words in NAMES.items() for word in words.split()}
UNITS = {
    "ug": "μg/m3 ug/m3 ugm3 μgm3 微克/立方米 微克/m3 微克每立方米",
    "mg": "mg/m3 mgm3 毫克/立方米 毫克/m3 毫克每立方米",
    "mg_tenths": "x10",
    "ppb": "ppb ppbv",
    "ppm": "ppm ppmv",
}
UNIT = {word: unit for unit, words in UNITS.items() for word in words.split()}
WRITTEN = {"ug": "µg/m³", "mg": "mg/m³", "mg_tenths": "mg/m³ 的十分之一"}
# Powers of ten from a stated unit to the reporting unit: µg/m³, for CO mg/m³.
POWER = {"ug": {"ug": 0, "mg": 3}, "mg": {"mg": 0, "ug": -3, "mg_tenths": -1}}
ITEMS = ("pm25", "pm10", "so2", "no2", "co", "o3")
_HOURLY = re.compile(r"(实时|小时)?(浓度|均值|平均|值)+$|(?<=\d)1h$|1小时(平均)?$|hourly$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was recognised: heading as written, meaning, place from 0, unit stated (None: not stated)."""

    heading: str
    name: str
    at: int
    unit: str | None = None

    @property
    def home(self) -> str:
        """The reporting unit of the item: ``mg`` for CO, else ``ug``."""
        return "mg" if self.name == "co" else "ug"


def recognise(cells: list[str]) -> list[Column]:
    """The columns of a row of headings that mean something here, in order; others are left out."""
    found = []
    for at, cell in enumerate(cells):
        name, unit = meaning(cell)
        if name:
            found.append(Column(cell, name, at, unit))
    return found


def meaning(heading: str) -> tuple[str, str | None]:
    """Meaning and stated unit of one heading; ("", None) for a heading that means nothing here."""
    text = re.sub(r"[\s*①②③]", "", unicodedata.normalize("NFKC", heading)).lower().replace("{", "").replace("}", "")
    text = text.replace("、", "").replace(",", "").replace("，", "")
    unit = None
    for piece in re.findall(r"[(\[]([^()\[\]]*)[)\]]", text):
        if stated(piece):
            unit = stated(piece)
            text = text.replace(f"({piece})", "").replace(f"[{piece}]", "")
    base = re.sub(r"[()\[\]._\-]", "", text)
    if unit is None:
        for word in sorted(UNIT, key=len, reverse=True):
            if base.endswith(word) and base != word:
                base, unit = base.removesuffix(word).rstrip("/"), UNIT[word]
                break
    name = MEANING.get(base) or MEANING.get(_HOURLY.sub("", base), "")
    return name, unit if name in ITEMS else None


def stated(cell: str) -> str | None:
    """The unit a cell names (``ug mg mg_tenths ppb ppm``), None if it names none."""
    text = unicodedata.normalize("NFKC", cell).lower()
    return UNIT.get(re.sub(r"[\s()\[\]:]|单位", "", text))
