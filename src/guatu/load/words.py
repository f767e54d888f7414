"""What an office writes into a cell: numbers, periods, days, classes, yes and no; never guessed at in silence."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from guatu.base.period import Period
from guatu.load.cells import MISSING

CLASSES = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
NOT_THERE = (*MISSING, "*", "空", "断流", "不适用", "----")
_DASH = re.compile(r"[—–―−﹣~～至]+")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][-+]?\d+)?")
_UNDETECTED = re.compile(r"(?:[<＜]\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*[\(]?(?:L|ND)[\)]?)", re.IGNORECASE)
_CLASS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        ("I 1 一 Ⅰ", "II 2 二 Ⅱ", "III 3 三 Ⅲ", "IV 4 四 Ⅳ", "V 5 五 Ⅴ", "劣V 6 劣五 劣5 >V 劣Ⅴ >Ⅴ"), 1
    )
    for word in words.split()
}
_YES = {
    "√", "✓", "✔", "是", "y", "yes", "1", "达标", "合格", "已完成", "完成", "已销号", "销号", "已整治", "已消除",
    "已治理", "到位", "已到位",
}  # fmt: skip
_NO = {
    "×", "✗", "x", "否", "n", "no", "0", "不达标", "未达标", "不合格", "未完成", "未销号", "未整治", "未消除", "未治理",
    "不到位", "未到位", "整改中",
}  # fmt: skip
_HALVES = {"上": (1, 6), "下": (7, 12)}
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # days a spreadsheet writes for the years 2000 to 2099


@lru_cache(maxsize=65536)
def plain(cell: str) -> str:
    """A cell with half-width digits and signs, no blanks, no footnote marks at its end."""
    return (
        re.sub(r"[★☆*①②③④⑤⑥⑦⑧⑨]+$", "", re.sub(r"\s", "", unicodedata.normalize("NFKC", _keep(cell)))) or cell.strip()
    )


def _keep(cell: str) -> str:
    """Marks that NFKC would turn into letters or digits (① → 1) are taken off before."""
    return re.sub(r"[①②③④⑤⑥⑦⑧⑨]", "", cell)


@lru_cache(maxsize=65536)
def absent(cell: str) -> bool:
    """Whether a cell says that there is no value: blank, —, /, 无, 停测, 断流."""
    return plain(cell).lower() in NOT_THERE or cell.strip().lower() in NOT_THERE


def number(cell: str) -> Decimal | None:
    """The exact number of a cell (１２．３, 1,234.5, −0.2); None where it is not one. A per cent sign is no number."""
    text = re.sub(r"^[—–−﹣]", "-", plain(cell))
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


@lru_cache(maxsize=65536)
def reading(cell: str) -> str | None:
    """A concentration as ``0.012`` or, below detection, ``0.01L``; ``未检出`` without a limit; None: not a reading."""
    text = plain(cell)
    if text.lower() in ("nd", "未检出", "l"):
        return "未检出"
    if below := _UNDETECTED.fullmatch(text):
        return f"{below[1] or below[2]}L"
    value = number(cell)
    return None if value is None or value < 0 else format(value, "f")


def water_class(cell: str) -> int | None:
    """1 to 6 of Ⅲ, III, 3, 三类, Ⅲ类, 劣Ⅴ类, >Ⅴ; None for anything else."""
    return _CLASS.get(re.sub(r"(水质|水|类|级)+$", "", plain(cell)).upper())


def yes_or_no(cell: str) -> bool | None:
    """True of √ 是 达标 已完成 …, False of × 否 未达标 …; None for anything else."""
    text = plain(cell).lower()
    return True if text in _YES else False if text in _NO else None


def day(cell: str) -> date | None:
    """A day written 2021-09-30, 2021/9/30, 2021.9.30, 2021年9月30日, 20210930, or as a spreadsheet's serial number."""
    text = re.sub(r"(00:00:00|T00:00:00)$", "", plain(cell))
    if match := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", text
    ):
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            return None
    return _EXCEL_ZERO + timedelta(days=int(text)) if text.isdecimal() and int(text) in _SERIALS else None


def period(cell: str, year: int | None = None) -> Period | None:
    """The period a cell names; year: that of its table, for 3月 or 一季度 alone. None where it is not clear.

    2021.10 is October, 2021.1 may be January or a 2021.10 that lost its nought: not clear. 1—9月 runs on from January.
    """
    text = _DASH.sub("-", plain(cell).replace("份", "").replace("第", ""))
    if unclear_month(cell):
        return None
    if text.isdecimal() and len(text) == 6:
        return _months(int(text[:4]), int(text[4:]), int(text[4:]))
    match = re.fullmatch(r"(?:(\d{4})(年|[-./]|Q|(?=[上前]))?)?(.*)", text)
    if match is None or (match[1] is None and year is None):
        return None
    at, sign, rest = int(match[1] or year or 0), match[2] or "", match[3]
    if sign == "Q":
        return Period.of(f"{at}Q{rest}") if rest in ("1", "2", "3", "4") else None
    if not rest or rest in ("全年", "年度", "年", "度"):
        return Period.of(str(at)) if match[1] else None
    if found := re.fullmatch(r"([一二三四1-4])季度?|Q([1-4])", rest):
        return Period.of(f"{at}Q{_CHINESE.get(found[1] or found[2]) or found[1] or found[2]}")
    if found := re.fullmatch(r"([上下])半年", rest):
        return _months(at, *_HALVES[found[1]])
    if found := re.fullmatch(r"前([一二三])季度?", rest):
        return _months(at, 1, 3 * _CHINESE[found[1]])
    if found := re.fullmatch(r"(\d{1,2})-(\d{1,2})月", rest):
        return _months(at, int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2})月?", rest):
        return _months(at, int(found[1]), int(found[1])) if sign or rest.endswith("月") else None
    if found := re.fullmatch(rf"(\d{{1,2}})-{at}年?(\d{{1,2}})月?|(\d{{1,2}})月-(\d{{1,2}})月", rest):
        first, last = (int(part) for part in found.groups() if part)
        return _months(at, first, last)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})\.\.(\d{4})-(\d{1,2})-(\d{1,2})", text):
        one, two = day("-".join(found.groups()[:3])), day("-".join(found.groups()[3:]))
        return Period(one, two) if one and two and one <= two else None
    return None


def unclear_month(cell: str) -> bool:
    """Whether a cell such as 2021.1 could be January or an October that lost its nought."""
    return re.fullmatch(r"\d{4}\.1", plain(cell)) is not None


def named(cell: str, names: Mapping[str, str]) -> str | None:
    """The registered name a cell means: itself, one it is known by also, or one it alone shortens (浮梁 → 浮梁县)."""
    text = plain(cell)
    if found := names.get(text) or names.get(cell.strip()):
        return found
    short = re.sub(r"[省市县区旗乡镇]$", "", text)
    near = {
        name for word, name in names.items() if short and len(short) > 1
        and (re.sub(r"[省市县区旗乡镇]$", "", word) == short or (len(word) > 2 and text.endswith(word)))
    }  # fmt: skip
    return near.pop() if len(near) == 1 else None


def _months(year: int, first: int, last: int) -> Period | None:
    if not 1 <= first <= last <= 12:
        return None
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
