"""The scope a target's words begin with: an area, a part of it, a class of places, or a set of points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guatu.rules import cards

_AREA = (
    r"(?:全[市省县区州国域]|全自治区|我[市省县区]|本[市省县区]|各县（市、区）|各设区市|各县|各区|各乡镇|各地)(?:含各县（市、区）|范围内)?"
    r"|(?:市)?(?:中心城区|主城区|建成区|城区|市区|市本级|规划区)(?:（包括[^（）]*）)?"
    r"|县级(?:(?:及)?以上)?城市(?:建成区)?|县级(?:及)?以上(?=集中|饮用)|(?:地级(?:及以上)?城市|(?:设区市|设市)(?:及以上)?(?:城市)?)(?:中心城区|城区|建成区)?|城市建成区|县城建成区|县城(?!区)"
    r"|(?:城区)?常住人口\d+万以上城市|重点城市|一般城市"
    r"|(?:全市)?(?:重点|规上|规模以上|龙头|骨干)(?:工业)?企业(?!级)"
)
_POINTS = r"(?:\d+个)?(?:地表水|地下水|空气)?"
_POINTS += r"(?:(?:国家|省级|市级)?(?:“[^“”]{1,8}”)?考核"
_POINTS += r"|(?:(?:国省考|国控|省控|市控|县控|国考|省考|市考|县考)(?:及?以上)?[、和及]?)+)"
_POINTS += r"(?:断面|点位|站点)(?:（水[域体]）)?"
_SCOPE = re.compile(rf"^(?:其中[，：]?)?(?P<words>(?:{_AREA})?(?:(?:[列纳]入[^，。；]{{2,24}}?的)?{_POINTS})?)")
_NO_PLACE = r"(?!(?<=州)[市县区])(?<![城都地超上新]市)(?<![能地园社景小城灌库辖山矿厂校片牧林功特老校禁保护库市]区)"
_NO_PLACE += r"(?<!建成区)(?<!示范区)(?<!保护区)"
_PLACE = re.compile(rf"[\u4e00-\u9fff]{{1,6}}[市县区州旗]{_NO_PLACE}(?:（[^（）]*）)?")
_PLACE_OF = re.compile(
    rf"(?P<place>(?:[\u4e00-\u9fff]{{1,6}}?[市县区州旗]{_NO_PLACE}(?:（[^（）]*）)?[、和](?=[\u4e00-\u9fff]{{1,6}}?[市县区州旗]))*"
    rf"[\u4e00-\u9fff]{{1,6}}?[市县区州旗]{_NO_PLACE}(?:（[^（）]*）)?)(?P<of>的?)(?P<year>(?:到|至)?20\d\d年)?(?=.)"
)
_WHOLE = {"市": "全市", "县": "全县", "区": "全区", "州": "全州", "旗": "全旗"}
_PROVINCES = ("省", "自治区")


@dataclass(frozen=True, slots=True)
class Scoped:
    """A subject split into its scope (empty when not written) and the indicator's words; both ranges in it."""

    scope: str
    rest: str
    sub: bool  # introduced by 其中: a part of the scope before


def split_scope(subject: str) -> Scoped:
    """Take the scope off the head of a subject."""
    match = _SCOPE.match(subject)
    words = match["words"] if match else ""
    rest = subject[match.end() :] if match else subject
    rest = rest.lstrip("，：的、内")
    if not words and _PLACE.fullmatch(rest):
        return Scoped(rest, "", subject.startswith("其中"))
    if not words and (place := _PLACE_OF.match(rest)):
        points = re.match(_POINTS, rest[place.end() :])
        end = place.end() + (points.end() if points else 0)
        named = rest[end:].lstrip("的")
        several = "、" in place["place"] or "和" in place["place"]
        if (place["of"] or points or several or cards.begins(named)) and (several or cards.match(named)):
            return Scoped(rest[: place.end("place")] + (points[0] if points else ""), named, subject.startswith("其中"))
    return Scoped(words, rest, subject.startswith("其中"))


def whole_area(region: str, issuer: str, title: str) -> str:
    """The words for the whole area of a notice: 全市, 全省, 全县, 全区, 全国."""
    if region[-1:] in _WHOLE and not region.endswith("自治区"):
        return _WHOLE[region[-1]]
    for words in (region, issuer, title):
        for mark in _PROVINCES:
            if mark in words[:9] and "市" not in words and "县" not in words:
                return "全区" if mark == "自治区" else "全省"
        if match := re.match(r"[\u4e00-\u9fff]{1,8}?([市县区旗]|州(?![市县区省]))", words):
            return _WHOLE[match[1]]
        if words.startswith(("国务院", "中共中央", "生态环境部")):
            return "全国"
    return ""
