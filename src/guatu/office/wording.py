"""Words and shapes of the pages: statuses, signs, units, dates, short names. Presentation only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from guatu.read.asking import SIGNS

RISK = ("missed", "behind", "close", "met", "aspired", "undecided")
GROUPS = {
    "missed": "fail",
    "behind": "fail",
    "close": "close",
    "met": "met",
    "aspired": "met",
    "undecided": "undecided",
}
SHORT = {
    "pm25_mean": "PM2.5",
    "aqi_good_ratio": "优良天数",
    "sw_good_ratio": "Ⅲ类断面",
    "sw_inferior_v_ratio": "劣Ⅴ断面",
    "gw_v_ratio": "地下水Ⅴ类",
    "co2_per_gdp_reduction": "碳强度",
    "energy_per_gdp": "单位能耗",
    "nonfossil_share": "非化石能源",
    "nox_emission_reduction": "氮氧化物",
    "vocs_emission_reduction": "VOCs",
    "cod_emission_reduction": "COD",
    "nh3n_emission_reduction": "氨氮",
    "polluted_farmland_safe_use": "受污染耕地",
    "polluted_plot_safe_use": "污染地块",
    "eco_index": "生态指数",
    "forest_cover": "森林覆盖率",
    "ecored_share": "生态红线",
    "drinking_source_ok": "饮用水源",
    "town_sewage_rate": "城镇污水",
    "rural_sewage_rate": "农村污水",
    "msw_harmless_rate": "垃圾处理",
    "sanitation_village_cover": "环卫覆盖",
    "county_black_water": "县城黑臭",
    "rural_black_water": "农村黑臭",
}
POLLUTANTS = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "co": "CO", "o3": "臭氧"}
DOMAINS = {
    "环境质量": ("pm25_mean", "aqi_good_ratio", "sw_good_ratio", "sw_inferior_v_ratio", "gw_v_ratio"),
    "降碳减排": (
        "co2_per_gdp_reduction",
        "energy_per_gdp",
        "nonfossil_share",
        "nox_emission_reduction",
        "vocs_emission_reduction",
        "cod_emission_reduction",
        "nh3n_emission_reduction",
    ),
    "风险防控": ("polluted_farmland_safe_use", "polluted_plot_safe_use"),
    "生态保护": ("eco_index", "forest_cover", "ecored_share"),
    "人居环境": (
        "drinking_source_ok",
        "town_sewage_rate",
        "rural_sewage_rate",
        "msw_harmless_rate",
        "sanitation_village_cover",
        "county_black_water",
        "rural_black_water",
    ),
}
_SHORT_SCOPE = (("国控", "国控"), ("省控", "省控"), ("国考", "国考"), ("中心城区", "城区"), ("全市", "全市"))
_SHORT_REASON = {
    "待上级下达目标值": "待下达",
    "待省下达目标值": "待下达",
    "未到统计期": "未到期",
    "判据待确认": "待确认",
}
_QUARTER = re.compile(r"(?<![\w/])(\d{4})Q([1-4])(?![\w/])")
_WEEK = "一二三四五六日"


def short_name(indicator_id: str | None, name: str) -> str:
    """A tile's name: the known short one, else the notice's own without brackets."""
    return SHORT.get(indicator_id or "") or re.sub(r"（[^）]*）", "", name)[:7]


def domain(indicator_id: str | None) -> str:
    """The field an indicator belongs to, as the wall labels its bands; empty where none is known."""
    return next((word for word, ids in DOMAINS.items() if indicator_id in ids), "")


def pollutants(text: str | None) -> str | None:
    """The primary pollutants of a day in words: ``臭氧、PM2.5``."""
    return "、".join(POLLUTANTS.get(name, name) for name in text.split(",")) if text else text


def short_scope(scope: str) -> str:
    """A tile's scope in two to six characters."""
    return next((short for word, short in _SHORT_SCOPE if word in scope), scope[:6])


def tile_scope(scope: str) -> str:
    """A tile's scope in two characters; a longer one stands only on the target's own page."""
    short = short_scope(scope)
    return short if len(short) <= 2 else ""


def tile_goal(op: str, value: str, unit: str) -> str:
    """A tile's target without a blank: ``≥90%``."""
    if op == "schedule" or not value:
        return "时序" if op == "schedule" else ""
    return f"{SIGNS.get(op, '')}{value}{unit if unit == '%' else ''}"


def tile_reason(reason: str) -> str:
    """A tile's reason in at most five characters; the whole of it stands in the tip and on the target's page."""
    short = _SHORT_REASON.get(reason, reason or "无数据")
    return short if len(short) <= 5 else f"{short[:4]}…"


def tile_room(room: Mapping[str, Any] | None) -> str:
    """A tile's room in at most eight characters; the whole sentence stands on the target's page."""
    if room is None or not room["days_left"]:
        return ""
    left = room["bad_left"]
    if room["outcome"] == "lost":
        return "已不可能"
    if room["kind"] == "days" and left is not None:
        return f"余{left}天" if left >= 0 else f"超{-left}天"
    if room["kind"] == "mean" and room["rest"]:
        return f"余{room['rest']}"
    if room["kind"] == "sections" and left is not None:
        return f"余{left}个" if left >= 0 else f"差{-left}个"
    if room["kind"] == "list" and left is not None:
        return f"差{left}项" if left > 0 else "已够"
    if room["kind"] == "tons" and room["rest"]:
        return f"差{room['rest']}吨" if room["outcome"] == "open" else "已够"
    return ""


def outline_text(outline: str) -> str:
    """``三/（三）/1/（2）#1`` as people write it: ``三（三）1（2）``."""
    return outline.partition("#")[0].replace("/", "")


def goal(op: str, value: str, op_alt: Iterable[str] = (), reference: str = "") -> str:
    """The target as a sign and a number, or the words of a schedule."""
    if op == "schedule" or not value:
        return "时序进度" if op == "schedule" else reference or "—"
    if op == "range":
        return value
    return f"{SIGNS.get(op, op)} {value}"


def day_text(day: date, year: int | None = None) -> str:
    """``10月11日``, with the year where it is not the year at hand."""
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """``星期二``."""
    return f"星期{_WEEK[day.weekday()]}"


def spoken(text: str) -> str:
    """A sentence with quarters as people write them: 2021年1季度 for 2021Q1."""
    return _QUARTER.sub(r"\1年\2季度", text)


def counts_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many rows stand in each of the four groups: fail, close, met, undecided."""
    counts = Counter(GROUPS[row["class"]] for row in rows)
    return {group: counts.get(group, 0) for group in ("fail", "close", "met", "undecided")}


def fail_word(rows: Iterable[Mapping[str, Any]]) -> str:
    """The word of the failing group: 暂未达标 while no finished year is among them."""
    return "未达标" if any(row["class"] == "missed" for row in rows) else "暂未达标"


def verdict(rows: list[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The first sentence of a page as (text, emphasis) pieces: what is wrong, before all else."""
    counts, pieces = counts_of(rows), [(f"{len(rows)}项目标：", "")]
    loud = [(f"{counts['fail']}项{fail_word(rows)}", "fail")] if counts["fail"] else []
    loud += [(f"{counts['close']}项临界", "close")] if counts["close"] else []
    for number, piece in enumerate(loud):
        pieces += [("、", "")] * bool(number) + [piece]
    if not loud:
        pieces.append((f"{counts['met']}项达标", "met"))
    if counts["undecided"] and counts["met"]:
        tail = (
            f"，{counts['undecided']}项无法判定"
            if not loud
            else f"，{counts['met']}项达标，{counts['undecided']}项无法判定"
        )
    else:
        tail = "，其余达标" if counts["met"] and loud else "，其余无法判定" if counts["undecided"] else ""
    return [*pieces, (f"{tail}。", "")]


def by_risk(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows with the worst status first, the notice's order inside each."""
    return sorted(rows, key=lambda row: RISK.index(row["class"]))
