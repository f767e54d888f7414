"""The air indicators that are computed from rows: which daily item, which statistic, how many decimals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from guatu import rules
from guatu.read.plan import Target
from guatu.rules.cards import Card, Cards, built_in

GOOD_DAYS = ("aqi_good_ratio",)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An air indicator: id, Chinese name, daily item (``aqi`` for the ratio), unit, decimals shown.

    percentile: whether it is the percentile of daily values that HJ 663 asks of the item, not their mean.
    """

    id: str
    name: str
    item: str
    unit: str
    shown: int
    percentile: bool = False

    @property
    def percent(self) -> int:
        """Which percentile (HJ 663 附录A.6)."""
        return int(rules.timeline("hj663.percentile")[-1].value[self.item])


AIR = {
    entry.id: entry
    for entry in (
        Indicator("pm25_mean", "细颗粒物（PM2.5）平均浓度", "pm25", "µg/m³", 1),
        Indicator("pm10_mean", "可吸入颗粒物（PM10）平均浓度", "pm10", "µg/m³", 1),
        Indicator("so2_mean", "二氧化硫平均浓度", "so2", "µg/m³", 1),
        Indicator("no2_mean", "二氧化氮平均浓度", "no2", "µg/m³", 1),
        Indicator("o3_p90", "臭氧日最大8小时平均第90百分位浓度", "o3_8h", "µg/m³", 1, percentile=True),
        Indicator("co_p95", "一氧化碳日均值第95百分位浓度", "co", "mg/m³", 2, percentile=True),
        Indicator("aqi_good_ratio", "空气质量优良天数比例", "aqi", "%", 1),
    )
}
ALL_OR_NONE = ((">=", Decimal(100)), ("==", Decimal(100)), ("<=", Decimal(0)), ("==", Decimal(0)))
MEANS = tuple(key for key, entry in AIR.items() if key not in GOOD_DAYS and not entry.percentile)


def good_aqi() -> int:
    """The AQI up to which a day is good (HJ 633 表2, level 2)."""
    return int(rules.timeline("hj633.class.2")[-1].value["upto"])


def card_of(target: Target, cards: Cards | None = None) -> Card | None:
    """The indicator's card, of cards or else those of guatu; None for an indicator that has none."""
    return (cards or built_in()).get(target.indicator_id)


def settled(target: Target, day: date, cards: Cards) -> Target:
    """A target with the decimals its card asks for written on it, so that an office's own card counts everywhere.

    约 N stays as it is: it is judged at the decimals N is written in, whatever the card keeps.
    """
    return (
        target
        if target.decimals is not None or target.op == "~"
        else replace(target, decimals=judged_decimals(target, day, cards))
    )


def is_all_or_none(target: Target) -> bool:
    """Whether a ratio must reach the whole, or nothing: 100 % at least, 0 % at most. No rounding makes it so."""
    return target.unit == "%" and (target.op, target.value) in ALL_OR_NONE


def judged_decimals(target: Target, day: date, cards: Cards | None = None) -> int:
    """The decimals a target is judged at: its own, else those of its clause, never fewer than it is written in.

    ``<= 30`` of PM2.5 is judged at 0 decimals by HJ 663 表3, so a mean of 30.5 still meets it; a plan that says
    decimals = 1 ends at 30.05.
    """
    if target.decimals is not None:
        return target.decimals
    written = [-int(v.as_tuple().exponent) for v in (target.value, target.stretch) if isinstance(v, Decimal)]
    indicator = AIR.get(target.indicator_id or "")
    if indicator is None:
        card = card_of(target, cards)
        return max([card.decimals if card else 0, *written])
    if indicator.id in GOOD_DAYS:
        clause = int(rules.at("hj663.decimals.ratio_percent", day).value)
    else:
        clause = int(rules.at("hj663.decimals.evaluation", day).value[indicator.item.partition("_")[0]])
    return max([clause, *written])
