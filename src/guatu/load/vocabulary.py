"""The headings a person may choose for a column, kind by kind: each meaning with the word that stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guatu import rules
from guatu.load import columns, ground_items, official, sand, section_list, site_samples, waters, weather
from guatu.load.figures import row as figures
from guatu.rules.lists import counted

_AIR = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "co": "CO", "o3": "O3"}


def words_of(kind: str, list_id: str = "") -> dict[str, str]:
    """Meaning → the heading that stands for it, in the order in which people look for them; list_id: of a list."""
    if kind == "air-hourly":
        return {name: _AIR.get(name) or words.split()[0] for name, words in columns.NAMES.items()}
    if kind == "figures":
        return _first(figures.NAMES)
    if kind == "sections":
        return _first(section_list.NAMES)
    if kind == "official":
        return {**_firsts(official.HEADINGS), **_first(waters.COMMON)}
    if kind == "sand":
        return _firsts(sand.HEADINGS)
    if kind == "weather":
        return _firsts(weather.HEADINGS)
    if kind == "water":
        items = {item: str(entry["name"]) for item, entry in rules.timeline("water.items")[-1].value.items()}
        return {**_first(waters.COMMON), **items, **waters.EXTRA}
    if kind in site_samples.media():
        names = {item: str(entry["name"]) for item, entry in rules.timeline("water.items")[-1].value.items()}
        medium = site_samples.media()[kind]
        items = {medium.meaning(word): word for word in (names.get(item, item) for item in medium.items)}
        return {**_first(ground_items.COMMON), **items}
    if kind == "list" and list_id:
        rule = counted(list_id)
        named = {
            "object": rule.names, "place": ("地区",), "weight": rule.weight, "other": rule.other,
            "counts": rule.counts, "done": rule.done, "category": rule.category, "deadline": ("整改时限",),
            "done_on": ("完成时间",),
        }  # fmt: skip
        return _firsts(named)
    return {}


def _first(words: Mapping[str, str]) -> dict[str, str]:
    return {name: said.split()[0] for name, said in words.items()}


def _firsts(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {name: first for name, said in words.items() for first in list(said)[:1]}
