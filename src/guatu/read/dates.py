"""Deadlines as a notice writes them: 到2025年, 2025年底前, 6月底, 2021年1季度."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_END = r"(?:底|末|年底|年末)(?:以前|之前|前)?"
_FORMS = re.compile(
    rf"""
    (?P<year>20\d\d)年(?:(?P<q>[1-4一二三四])|第(?P<q2>[1-4一二三四]))季度
  | (?P<half_year>20\d\d)年(?P<half>[上下])半年
  | (?P<year_end>20\d\d)年?{_END}
  | (?P<ymd_year>20\d\d)年(?P<ymd_month>\d{{1,2}})月(?P<ymd_day>\d{{1,2}})日(?P<ymd_mark>以?前|之前)?
  | (?P<ym_year>20\d\d)年(?P<ym_month>\d{{1,2}})月(?P<ym_end>底|末|份)?(?P<ym_mark>以?前|之前)?
  | (?:到|至|在)(?P<to_year>20\d\d)年(?:[和、及](?P<and_year>20\d\d)年)?
    (?!起|度?以来|开始|底|末|年底|\d{{1,2}}月|[1-4一二三四第]|的?基础上)
  | (?:^|(?<=[，。；、]))(?P<list_year>20\d\d)年、(?P<list_next>20\d\d)年，
  | (?:第(?P<bq>[1-4一二三四])|(?<![\d年])(?P<bq2>[1-4一二三四]))季度(?=末|底|前|完成|取得|验收|建成|出台|印发)
  | (?P<this_half>上)半年(?=前|完成|取得|底)
  | (?<![\d每])(?P<bare_end>今年|本年|当年)?(?:年底|年末)(?:以前|之前|前)
  | (?<![\d年个每])(?P<month>\d{{1,2}})月(?P<end>底|末)(?:以前|之前|前)?
  | (?<![\d年个每])(?P<md_month>\d{{1,2}})月(?P<md_day>\d{{1,2}})日(?:以?前|之前)
  | (?<![\d年个每])(?P<plain_month>\d{{1,2}})月(?:份)?(?=以?前|之前|完成|取得|启动|出台|印发)
    """,
    re.VERBOSE,
)
_SEASON = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月?[-—–－~～至到]+(?:(?P<to>20\d\d)年)?(?P<until>\d{1,2})月(?:份|期间)?(?=，|全|优|P)"
)
_BASELINE = re.compile(r"(?:较|比|以|自|从|超过|不低于|相当于|为|截至|截止)$")
_DONE_BY = re.compile(r"[^，。；]{0,12}?(?:完成|取得|启动|出台|印发|建成|到位)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, month, quarter or year by which something is due, and where the words stand."""

    text: str
    first: int
    last: int
    firm: bool  # names an end (底, 前, a day): stronger than 到2025年


def deadlines_in(text: str, first: int, last: int, year: int | None, due: bool = False) -> Iterator[Deadline]:
    """Deadlines of [first, last), in order; a month without a year takes the notice's year.

    Years of history, base years (较2020年), starts (2021年起), frequencies (每年) and names are none. due: the words
    stand under 完成时限, where a bare day is one too.
    """
    masked = masked_names(text[first:last])
    for match in _FORMS.finditer(masked):
        before, after = masked[max(0, match.start() - 8) : match.start()], masked[match.end() : match.end() + 24]
        if _BASELINE.search(before) or after.startswith(("起", "以来", "开始", "现状", "水平", "度")):
            continue
        if not due and not _is_due(match, after):
            continue
        for value in _values(match, year):
            yield Deadline(value, first + match.start(), first + match.end(), "底" in match[0] or "前" in match[0])


def season_at(text: str, first: int, last: int, year: int | None) -> str:
    """The months that a sentence opens with (2020年10—12月，), as a period; none of a year nowhere written."""
    match = _SEASON.match(text, first, last)
    if match is None or not (match["year"] or year):
        return ""
    begin = int(match["year"] or year or 0), int(match["month"])
    end = int(match["to"] or begin[0]), int(match["until"])
    if begin >= end or not (1 <= begin[1] <= 12 and 1 <= end[1] <= 12):
        return ""
    return f"{begin[0]}-{begin[1]:02}-01..{end[0]}-{end[1]:02}-{monthrange(*end)[1]:02}"


def _is_due(match: re.Match[str], after: str) -> bool:
    """A bare day or month is a deadline only with 前, 底 or a verb of completion after it."""
    part = match.groupdict()
    if part["ymd_year"]:
        return bool(part["ymd_mark"])
    if part["ym_year"]:
        return part["ym_end"] in ("底", "末") or bool(part["ym_mark"] or _DONE_BY.match(after))
    return True


def masked_names(text: str) -> str:
    """The text with what stands inside 《》 blotted out, character for character."""
    return re.sub(r"《[^《》]*》", lambda m: "□" * len(m[0]), text)


def _values(match: re.Match[str], year: int | None) -> Iterator[str]:
    part = match.groupdict()
    if part["year"]:
        yield f"{part['year']}Q{_QUARTERS[part['q'] or part['q2']]}"
    elif part["half_year"]:
        yield f"{part['half_year']}-06-30" if part["half"] == "上" else f"{part['half_year']}-12-31"
    elif part["year_end"]:
        yield f"{part['year_end']}-12-31"
    elif part["ymd_year"]:
        yield from _day(int(part["ymd_year"]), part["ymd_month"], part["ymd_day"])
    elif part["ym_year"]:
        whole = part["ym_end"] in ("底", "末")
        yield from _month(int(part["ym_year"]), part["ym_month"], whole)
    elif part["to_year"]:
        yield part["to_year"]
        if part["and_year"]:
            yield part["and_year"]
    elif part["list_year"]:
        yield part["list_year"]
        yield part["list_next"]
    elif year is None:
        return
    elif quarter := part["bq"] or part["bq2"]:
        yield f"{year}Q{_QUARTERS[quarter]}"
    elif part["this_half"]:
        yield f"{year}-06-30"
    elif part["month"]:
        yield from _month(year, part["month"], True)
    elif part["md_month"]:
        yield from _day(year, part["md_month"], part["md_day"])
    elif part["plain_month"]:
        yield from _month(year, part["plain_month"], False)
    else:
        yield f"{year}-12-31"


def _month(year: int, month: str, end: bool) -> Iterator[str]:
    if 1 <= int(month) <= 12:
        yield f"{year}-{int(month):02}" + (f"-{monthrange(year, int(month))[1]:02}" if end else "")


def _day(year: int, month: str, day: str) -> Iterator[str]:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(year, int(month))[1]:
        yield f"{year}-{int(month):02}-{int(day):02}"
