"""A reported figure as it is kept, and the words of its table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from guatu import rules
from guatu.load.kept import AMOUNT, Kind
from guatu.load.words import plain
from guatu.load.workspace import Workspace
from guatu.rules.cards import Card

CITY = "全市"
FIGURES = Kind(
    "figures",
    {
        "indicator": pl.String(),
        "place": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
        "numerator": AMOUNT,
        "denominator": AMOUNT,
        "value": AMOUNT,
        "unit": pl.String(),
        "index_kind": pl.String(),
        "reporter": pl.String(),
        "proof": pl.String(),
        "note": pl.String(),
    },
    ("indicator", "place", "first", "last"),
    ("numerator", "denominator", "value"),
)
NAMES = {
    "indicator": "指标 指标名称 指标id indicator",
    "place": "地区 县区 县(市、区) 县市区 县(市区) 县(区) 区域 行政区 行政区划 范围 所在县区 单位名称 place scope",
    "period": "时段 统计期 统计时段 报告期 月份 季度 年度 年份 时间 period",
    "numerator": "分子 分子数 numerator",
    "denominator": "分母 分母数 denominator",
    "value": "数值 指标值 完成值 实际值 比例 现值 完成率 达标率 处理率 治理率 利用率 value",
    "unit": "单位 计量单位 unit",
    "index_kind": "指数种类 口径 指数",
    "reporter": "填报单位 报送单位 责任单位 填报人 reporter",
    "proof": "佐证 佐证材料 证明材料 依据 附件 proof",
    "received": "填报日期 报送日期 上报日期 date received",
    "note": "备注 说明 note",
    "key": "序号",
}
MEANING = {word: name for name, words in NAMES.items() for word in words.split()}


def meaning(heading: str) -> str:
    """What a heading of a table of figures means; units in brackets and what follows 分子 and 分母 is passed over."""
    text = plain(heading).lower()
    for start, name in (("分子", "numerator"), ("分母", "denominator"), ("上期", "")):
        if text.startswith(start):
            return name
    return MEANING.get(text) or MEANING.get(text.partition("(")[0], "")


def is_rate(card: Card) -> bool:
    """Whether an indicator is a part of a whole, so that it is handed in as numerator and denominator."""
    return card.unit == "%" and card.denominator not in ("", "-")


def unit_of(card: Card) -> str:
    """The unit a figure is counted in: of numerator and denominator of a rate, else of the value."""
    written = {"index": "（指数）", "tce": "吨标准煤"}
    units: dict[str, str] = rules.timeline("reported.units")[-1].value
    return card.counted_in or units.get(card.id, "") if is_rate(card) else written.get(card.unit, card.unit)


def reported(card: Card) -> bool:
    """Whether units hand the indicator in: all but those computed from hours of air."""
    return not card.compute.startswith("air.")


def adds_up(card: Card, day: date) -> bool:
    """Whether figures of stretches of time are added to that of the year (amounts), or the newest stands (states)."""
    return card.flow or card.id in rules.at("reported.flow", day).value


def may_pass(card: Card, day: date) -> bool:
    """Whether the numerator may be greater than the denominator."""
    return card.stock or card.id in rules.at("reported.stock", day).value


def places_of(ws: Workspace, more: Iterable[str] = ()) -> dict[str, str]:
    """Every word for a place a figure may be of → its registered name: the city, its areas, scopes, and more."""
    names = {CITY: CITY, ws.name: CITY, plain(ws.name): CITY, "市本级": "市本级"}
    for place in ws.places:
        names |= {place.name: place.name, place.code: place.name}
    for scope in ws.scopes:
        names |= {word: scope.name for word in (scope.name, *scope.also) if word not in names}
    return names | {plain(word): word for word in more if word not in names} | {word: word for word in more}
